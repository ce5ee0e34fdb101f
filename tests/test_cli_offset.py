"""A video's own offset between sound and lips, and the copy without it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import av
import numpy as np
import pytest
from clips import click_times, clicks, even_times, read_code, remux, write_clip
from flash import make_song, make_take, seen_and_heard
from program import Program, contents

from lipsyncer.demo import Demo, Truth, make_demo
from lipsyncer.media import FrameReader, probe, read_audio, require_take
from lipsyncer.media.shift import shift_picture
from lipsyncer.progress import finish

HALF_A_FRAME = 1000 / 30 / 2


@pytest.fixture(scope="module")
def in_sync(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A selfie whose own sound is the song its lips sing, in time."""
    folder = tmp_path_factory.mktemp("own")
    making = make_demo(folder, seconds=9.0, size=(360, 640), fault=Truth(), microphone="song")
    return finish(making)


def printed(out: str) -> float:
    found = re.search(r": ([+-]\d+) ms \(.*\), confidence \d+%", out)
    assert found, out
    return float(found[1])


def packets_of(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        stream = getattr(container.streams, kind)[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


def test_lips_and_sound_that_are_together_are_said_to_be(
    lipsyncer: Program, in_sync: Demo, tmp_path: Path
) -> None:
    outcome = lipsyncer("offset", in_sync.take_path, "--fix", tmp_path / "fixed.mp4")
    assert outcome.code == 0, outcome
    assert abs(printed(outcome.out)) < HALF_A_FRAME
    assert "not written" in outcome.out
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("late", [0.24, -0.2])
def test_a_delay_is_measured_and_mended(
    lipsyncer: Program, in_sync: Demo, tmp_path: Path, late: float
) -> None:
    delayed, fixed = tmp_path / "delayed.mp4", tmp_path / "fixed.mov"
    assert shift_picture(probe(in_sync.take_path), delayed, late)
    outcome = lipsyncer("offset", delayed, "--fix", fixed)
    assert outcome.code == 0, outcome
    assert printed(outcome.out) == pytest.approx(1000 * late, abs=HALF_A_FRAME)
    assert f"ms {'late' if late > 0 else 'early'} relative to the sound" in outcome.out
    assert set(contents(tmp_path)) == {"delayed.mp4", "fixed.mov"}
    again = lipsyncer("offset", fixed)
    assert abs(printed(again.out)) < HALF_A_FRAME
    for kind in ("video", "audio"):
        assert packets_of(fixed, kind) == packets_of(delayed, kind)


def test_what_align_has_written_is_in_sync(
    lipsyncer: Program, in_sync: Demo, tmp_path: Path
) -> None:
    late, aligned = tmp_path / "late.mp4", tmp_path / "aligned.mp4"
    shift_picture(probe(in_sync.take_path), late, 0.5)
    assert lipsyncer("align", in_sync.song_path, late, "-o", aligned).code == 0
    outcome = lipsyncer("offset", aligned)
    assert outcome.code == 0, outcome
    assert abs(printed(outcome.out)) < HALF_A_FRAME


def test_the_offset_can_be_had_as_json(lipsyncer: Program, in_sync: Demo) -> None:
    outcome = lipsyncer("offset", in_sync.take_path, "--json")
    values = json.loads(outcome.out)
    assert list(values) == ["file", "offset_ms", "confidence"]
    assert abs(values["offset_ms"]) < HALF_A_FRAME
    assert values["confidence"] > 0.5


def test_a_voice_that_is_not_the_one_seen_is_refused(
    lipsyncer: Program, demo: Demo, tmp_path: Path
) -> None:
    outcome = lipsyncer("offset", demo.take_path, "--fix", tmp_path / "fixed.mp4")
    assert outcome.code == 4
    assert "lips and sound could not be matched" in outcome.complaints[0]
    assert contents(tmp_path) == {}


def test_what_can_not_be_measured_is_said_in_a_sentence(lipsyncer: Program, tmp_path: Path) -> None:
    times, sound = even_times(25, 2), clicks([0.5, 1.2], 2.0, 48_000)
    nobody = write_clip(tmp_path / "nobody.mp4", times, sound=sound)
    film = write_clip(tmp_path / "film.mp4", times)
    hushed = write_clip(tmp_path / "hushed.mp4", times, sound=0 * sound)
    for video, reason in (
        (nobody, "no face was found"),
        (film, "it has no sound"),
        (hushed, "its sound is silent"),
        (tmp_path / "missing.mp4", "missing.mp4"),
    ):
        outcome = lipsyncer("offset", video)
        assert outcome.code == 3
        (sentence,) = outcome.complaints
        assert reason in sentence


def test_the_copy_has_to_be_another_file_of_a_kind_that_can_be_written(
    lipsyncer: Program, in_sync: Demo, tmp_path: Path
) -> None:
    before = in_sync.take_path.read_bytes()
    for target in (in_sync.take_path, tmp_path / "fixed.avi", tmp_path / "no" / "fixed.mp4"):
        assert lipsyncer("offset", in_sync.take_path, "--fix", target).code == 3
    assert in_sync.take_path.read_bytes() == before
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("b_frames", [0, 2])
@pytest.mark.parametrize("seconds", [0.2, -0.2, 0.031, -0.031])
def test_players_agree_about_the_copy_whether_they_honour_edit_lists_or_not(
    tmp_path: Path, seconds: float, b_frames: int
) -> None:
    flashes, sound = [45, 90, 135], make_song(tmp_path / "clicks.wav", 6.0, [1.5, 3.0, 4.5])
    film = make_take(tmp_path / "film.mp4", 180, flashes, options={"bf": str(b_frames)})
    source = remux(film, tmp_path / "source.mp4", "-i", str(sound), after=["-c:a", "aac"])
    copy = tmp_path / "copy.mp4"
    assert shift_picture(probe(source), copy, seconds)
    for ignoring in (False, True):
        seen, heard = seen_and_heard(copy, ignore_edit_lists=ignoring)
        assert seen - heard == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize("b_frames", [0, 2])
def test_frames_that_are_only_counted_are_shown_in_their_order(
    tmp_path: Path, b_frames: int
) -> None:
    sound = clicks([0.5, 1.5], 2.0, 48_000)
    options = {"bf": str(b_frames), "preset": "medium"}
    film = write_clip(tmp_path / "film.mp4", even_times(25, 2), sound=sound, options=options)
    counted = remux(film, tmp_path / "film.avi", after=["-c:a", "pcm_s16le"])
    shift_picture(probe(counted), tmp_path / "copy.mp4", -0.2)
    with FrameReader(tmp_path / "copy.mp4") as reader:
        shown = [read_code(reader.frame_at((k + 0.5) / 25 - 0.2)) for k in range(6, 50)]
    assert shown == list(range(6, 50))
    heard = read_audio(tmp_path / "copy.mp4", rate=48_000)
    assert click_times(heard, 48_000, [0.5, 1.5]) == pytest.approx([0.5, 1.5], abs=0.001)


def rotation(path: Path) -> int:
    return require_take(probe(path)).rotation


def test_the_copy_keeps_every_packet_and_how_the_picture_is_turned(tmp_path: Path) -> None:
    sound = clicks([0.5, 1.5], 2.0, 48_000)
    film = write_clip(tmp_path / "film.mp4", even_times(25, 2), sound=sound)
    turned = remux(film, tmp_path / "turned.mp4", "-display_rotation", "90")
    assert rotation(turned)
    copy = tmp_path / "copy.mp4"
    shift_picture(probe(turned), copy, -0.2)
    assert rotation(copy) == rotation(turned)
    assert packets_of(copy, "video") == packets_of(turned, "video")
    heard = read_audio(copy, rate=48_000)
    assert click_times(heard, 48_000, [0.5, 1.5]) == pytest.approx([0.5, 1.5], abs=0.001)


def test_sound_that_begins_long_after_the_picture_stays_there(tmp_path: Path) -> None:
    sound = clicks([0.5], 2.0, 48_000)
    film = write_clip(tmp_path / "film.mp4", even_times(25, 4), sound=sound, sound_start=2.0)
    copy = tmp_path / "copy.mp4"
    assert not shift_picture(probe(film), copy, -0.2)
    found = probe(copy)
    assert found.audio is not None and found.video is not None
    assert found.audio.start - found.video.start == pytest.approx(2.2, abs=0.03)
    assert np.isfinite(click_times(read_audio(copy, rate=48_000), 48_000, [2.7])).all()


def test_streams_that_mp4_does_not_hold_are_named(tmp_path: Path) -> None:
    sound = clicks([0.5], 1.0, 48_000)
    web = write_clip(tmp_path / "web.webm", even_times(25, 1), codec="libvpx", sound=sound)
    with pytest.raises(ValueError, match="does not support"):
        shift_picture(probe(web), tmp_path / "copy.mp4", 0.1)
