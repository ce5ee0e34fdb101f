"""Clips whose sound lies beside their picture are found out and put in sync."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from noise_clips import clip_of_noise
from program import Program

from lipsyncer.demo.fault import Truth
from lipsyncer.demo.make import make_demo
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, finish
from lipsyncer.training import lags
from lipsyncer.training.clips import Clip, with_sound
from lipsyncer.training.lags import (
    all_in_sync,
    believed,
    halves,
    in_sync,
    lag_of,
    network_lags,
    read_clips_in_sync,
    read_lags,
    write_lags,
)
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.reader import read_clips

SAMPLES = SAMPLE_RATE // 25


@pytest.fixture(scope="module")
def singer(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Give the demo's singer in sync, with the song as the camera's sound."""
    folder = tmp_path_factory.mktemp("singer")
    making = make_demo(folder, seconds=6.0, size=(256, 256), fault=Truth(), microphone="song")
    finish(making)
    (clip,) = finish(read_clips(folder, "train", workers=1))
    return clip


@pytest.mark.parametrize(("lag", "first", "last"), [(2.5, 0, 57), (-1.25, 2, 60), (3.0, 0, 57)])
def test_sound_is_moved_and_what_has_no_counterpart_is_cut(
    lag: float, first: int, last: int
) -> None:
    clip = clip_of_noise(1)
    moved = in_sync(clip, lag)
    np.testing.assert_array_equal(moved.crops, clip.crops[first:last])
    start = round((first + lag) * SAMPLES)
    np.testing.assert_array_equal(moved.sound, clip.sound[start : start + len(moved) * SAMPLES])
    assert len(moved.shape) == len(moved.quality) == len(moved) == len(moved.power) // 4


def test_the_spectrogram_moves_with_the_sound() -> None:
    clip = clip_of_noise(2)
    clip = with_sound(clip, clip.sound.astype(np.float32) / 32768)
    moved = in_sync(clip, 2.0)
    # The level, which is divided out, is that of a slightly shorter sound; its end is silent now.
    expected = clip.power[12:][: len(moved.power) - 12]
    np.testing.assert_allclose(moved.power[4:-8], expected, rtol=0.02)


def test_a_clip_at_its_word_is_left_alone() -> None:
    clip = clip_of_noise(3)
    assert in_sync(clip, 0.0) is clip
    (kept,) = all_in_sync([clip], {"another": 2.0})
    assert kept is clip


@pytest.mark.parametrize("lag", [-3.0, -1.3, 0.0, 0.4, 2.7])
def test_a_lag_is_read_off_the_scores_to_a_fraction_of_a_frame(lag: float) -> None:
    offsets = np.arange(-MOST_OFFSET, MOST_OFFSET + 1)
    rng = np.random.default_rng(0)
    scores = 5 * np.exp(-0.5 * ((offsets - lag) / 1.2) ** 2) + rng.normal(0, 0.5, (30, 31))
    position = np.arange(30)[:, None] + offsets
    scores[(position < 0) | (position >= 30)] = np.nan
    assert lag_of(scores.astype(np.float32)) == pytest.approx(lag, abs=0.3)


def test_nothing_known_is_no_lag_at_an_edge() -> None:
    assert abs(lag_of(np.full((9, 31), np.nan, np.float32))) <= 6


def test_only_sources_whose_clips_lie_loose_are_moved() -> None:
    rng = np.random.default_rng(0)
    clips, found = [], {}
    for source, spread, count in (("cut", 1.3, 40), ("sound", 0.2, 40), ("few", 1.3, 5)):
        for k in range(count):
            clip = replace(clip_of_noise(0), name=f"{source} {k}", source=source)
            clips.append(clip)
            found[clip.name] = float(rng.normal(0, spread))
    kept = believed(found, clips)
    assert set(kept) == {c.name for c in clips if c.source == "cut"}
    assert max(map(abs, kept.values())) <= 3.5


def test_halves_share_no_speaker_and_no_group_of_speakers() -> None:
    speakers = ["lrcar_g1_c01", "lrcar_g1_c02", "lrcar_g4_c01", "grid_s1", "grid_s2", "someone"]
    clips = [
        replace(clip_of_noise(0), speaker=speaker, name=f"{speaker} {k}")
        for speaker in speakers
        for k in range(3)
    ]
    first, second = halves(clips)
    groups = [{c.speaker.split("_c")[0] for c in half} for half in (first, second)]
    assert not groups[0] & groups[1]
    assert sorted(c.name for c in first + second) == sorted(c.name for c in clips)
    assert abs(len(first) - len(second)) <= 6


def test_a_table_of_lags_comes_back(tmp_path: Path) -> None:
    write_lags(tmp_path / "lags.csv", {"b/1.mp4": -1.25, "a, and c.mp4": 2.0})
    assert read_lags(tmp_path / "lags.csv") == {"b/1.mp4": -1.25, "a, and c.mp4": 2.0}
    assert [path.name for path in tmp_path.iterdir()] == ["lags.csv"]


def test_clips_are_read_in_sync_where_a_table_says_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, unknown = clip_of_noise(1), clip_of_noise(2)

    def read(data: Path, split: str, corpus: str) -> Stage[list[Clip]]:
        yield 1.0
        return [known, unknown]

    monkeypatch.setattr(lags, "read_clips", read)
    write_lags(tmp_path / "lags.csv", {known.name: 2.0, "of another split": 1.0})
    moved, left = finish(read_clips_in_sync(tmp_path, "test", lags=tmp_path / "lags.csv"))
    assert (len(moved), len(left)) == (58, 60)
    assert finish(read_clips_in_sync(tmp_path, "test")) == [known, unknown]


@pytest.mark.parametrize(
    "content", [b"clip,lag\na.mp4,late\n", b"name,offset\na,1\n", b"\xff\xfe\x00"]
)
def test_what_is_no_table_of_lags_is_one_sentence(
    lipsyncer: Program, tmp_path: Path, content: bytes
) -> None:
    table = tmp_path / "lags.csv"
    table.write_bytes(content)
    outcome = lipsyncer("evaluate", tmp_path, "--lags", table)
    assert outcome.code == 3
    assert "lags.csv" in outcome.err
    assert "Traceback" not in outcome.err


def test_the_shipped_network_dates_a_singer_whose_sound_was_moved(singer: Clip) -> None:
    model = load_weights().model
    (before,) = network_lags([model], [singer]).values()
    assert before == pytest.approx(0.0, abs=1.0)
    for shift in (-2.0, 1.5):
        moved = in_sync(singer, shift)  # what was in sync is off by as much the other way
        (lag,) = network_lags([model], [moved]).values()
        assert lag == pytest.approx(before - shift, abs=0.35)
