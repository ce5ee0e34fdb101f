"""What clips are made to sound like when a network is measured or trained."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.cli import values
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, finish
from lipsyncer.training import conditions, evaluation
from lipsyncer.training.clips import Clip, with_sound
from lipsyncer.training.conditions import CONDITIONS, Sounds, under_music
from lipsyncer.training.distort import voiced_positions
from lipsyncer.training.evaluation_table import as_json, as_text
from lipsyncer.training.recipe import TrainConfig
from lipsyncer.training.sampler import Sampler

N = 80


@pytest.fixture
def clip() -> Clip:
    """A second of silence, then a tone, in a picture that grows brighter by the position."""
    times = np.arange(640 * N) / 16000
    samples = (0.1 * np.sin(2 * np.pi * 500 * times) * (times > 1)).astype(np.float32)
    crops = np.broadcast_to(np.arange(N, dtype=np.uint8)[:, None, None], (N, 64, 64)).copy()
    silent = Clip(
        "a clip",
        "somebody",
        "made up",
        crops,
        np.broadcast_to(np.arange(N, dtype=np.float32)[:, None, None], (N, 56, 3)).copy(),
        np.ones(N, np.float32),
        np.zeros((4 * N, 80), np.float32),
        np.zeros(640 * N, np.int16),
    )
    return with_sound(silent, samples)


@pytest.fixture
def pieces() -> list[np.ndarray]:
    noise = np.random.default_rng(0).normal(0, 0.02, (3, 16000))
    return [*noise.astype(np.float32)]


@pytest.mark.parametrize("level", [0.0, -5.0])
def test_music_is_as_loud_beside_the_voice_as_it_is_called(
    clip: Clip, pieces: list[np.ndarray], level: float
) -> None:
    mixed = under_music(clip, pieces, level)
    silence, voice = mixed.sound[:16000].astype(float), clip.sound[16000:].astype(float)
    ratio = 10 * np.log10(np.mean(voice**2) / np.mean(silence**2))
    assert ratio == pytest.approx(level, abs=0.5)


def test_music_leaves_the_picture_and_the_length_alone(
    clip: Clip, pieces: list[np.ndarray]
) -> None:
    mixed = under_music(clip, pieces, -5.0)
    assert mixed.crops is clip.crops
    assert mixed.power.shape == clip.power.shape
    assert voiced_positions(mixed.power).sum() > voiced_positions(clip.power).sum()


def test_a_clip_meets_the_same_music_again(clip: Clip, pieces: list[np.ndarray]) -> None:
    first, again = under_music(clip, pieces, 0.0), under_music(clip, pieces, 0.0)
    assert np.array_equal(first.sound, again.sound)


def test_speech_alone_needs_nothing_made(clip: Clip) -> None:
    sounds = Sounds([CONDITIONS["speech"]], [clip])
    finish(sounds.make())
    (voice,) = sounds.voices(CONDITIONS["speech"])
    assert sounds.change(CONDITIONS["speech"])(voice) is clip


def test_every_condition_can_be_asked_for_by_name() -> None:
    assert tuple(CONDITIONS) == values.CONDITIONS == values.conditions("all")
    assert values.conditions("singing,speech,singing") == ("singing", "speech")
    with pytest.raises(ArgumentTypeError, match="humming"):
        values.conditions("humming")


def test_each_condition_has_its_rows_in_the_table(
    clip: Clip, pieces: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(data: Path, split: str, corpus: str, lags: Path | None) -> Stage[list[Clip]]:
        yield 1.0
        return [clip, replace(clip, name="another")]

    monkeypatch.setattr(evaluation, "read_clips_in_sync", read)
    monkeypatch.setattr(conditions, "random_music", lambda *_: pieces)
    names = ("speech", "loud-music")
    table = finish(evaluation.evaluate(load_weights(None), Path(), conditions=names))
    titles = [CONDITIONS[name].title for name in names]
    assert [*table["conditions"]] == titles
    assert all(len(f.offsets) == 6 for f in table["conditions"].values())
    text = as_text(table)
    assert all(f"{title}, {2 * N} positions" in text for title in titles)
    kept = json.loads(json.dumps(as_json(table)))
    assert kept["conditions"][titles[1]]["match"]["pairs"] > 0
    assert kept["harm"]["clips"] == 2


def test_a_batch_draws_the_sung_variants_it_is_told_to(clip: Clip) -> None:
    sung = replace(clip, source="sung")
    for share, sources in ((0.0, {"made up"}), (0.5, {"made up", "sung"}), (1.0, {"sung"})):
        config = TrainConfig(short=(28, 1), singing=share)
        sampler = Sampler([clip], config, np.random.default_rng(0), [sung])
        assert {sampler.sample(False)[0].source for _ in range(20)} == sources


def test_a_sung_clip_shows_the_moments_it_is_heard_to_sing(clip: Clip) -> None:
    pytest.importorskip("pyworld", reason="singing needs the extra “train”")
    from lipsyncer.training.singing_clips import sung_clip

    times = np.arange(640 * N) / 16000
    pulses = np.mod(times * 140, 1.0) < 0.1  # a voice, as far as its pitch can be told
    syllables = np.clip(np.sin(2 * np.pi * 2 * times), 0.02, 1)
    spoken = with_sound(clip, (0.3 * pulses * syllables).astype(np.float32))
    sung = sung_clip(spoken, seed=1)
    assert len(sung) > 1.2 * N
    assert len(sung.power) == 4 * len(sung)
    assert len(sung.sound) == 640 * len(sung)
    # The picture's brightness is its position: a syllable's peak is seen where it is heard.
    loud = sung.power.sum(axis=1).reshape(-1, 4).mean(axis=1)
    expected = np.interp(sung.shape[:, 0, 0], np.arange(N), _loudness(spoken))
    assert np.corrcoef(np.log(loud + 1e-2), np.log(expected + 1e-2))[0, 1] > 0.9


def _loudness(clip: Clip) -> np.ndarray:
    return clip.power.sum(axis=1).reshape(-1, 4).mean(axis=1)
