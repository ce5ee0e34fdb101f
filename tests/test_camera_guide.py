"""The camera's own sound as a guide, from the command line to the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from clips import clicks, even_times, write_clip
from loudspeaker import Scene, record
from program import Program

from lipsyncer.alignment.camera_sound import CameraSound, SoundPiece
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.guided import WORTH, guided, laid_by_sound
from lipsyncer.demo import Demo, Truth, make_demo, make_song
from lipsyncer.media import probe
from lipsyncer.media.shift import shift_picture
from lipsyncer.progress import finish

LATE = 0.4
RATE = 25.0


@pytest.fixture(scope="module")
def filmed_to_loudspeaker(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A selfie whose camera hears the song, picture and sound late by as much."""
    folder = tmp_path_factory.mktemp("loudspeaker")
    making = make_demo(
        folder, seconds=8.0, size=(360, 640), fault=Truth(late=LATE), microphone="song"
    )
    return finish(making)


def align(lipsyncer: Program, song: Path, take: Path, folder: Path, *more: str) -> dict[str, Any]:
    report = folder / "report.json"
    outcome = lipsyncer("align", song, take, "-o", folder / "out.mp4", "--report", report, *more)
    assert outcome.code == 0, outcome
    values: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return values | {"out": outcome.out}


def test_the_report_says_what_the_camera_heard(
    lipsyncer: Program, filmed_to_loudspeaker: Demo, tmp_path: Path
) -> None:
    made = filmed_to_loudspeaker
    said = align(lipsyncer, made.song_path, made.take_path, tmp_path)
    sound = said["takes"][0]["sound"]
    assert sound["found"]
    assert sound["confidence"] > 0.9
    assert sound["offset_ms"] == pytest.approx(1000 * LATE, abs=5)
    assert abs(sound["drift_ppm"]) < 300
    assert sound["pieces"] == 1
    assert "selfie.mp4: its own sound contains the song, 400 ms later" in said["out"]
    assert said["offset_ms"] == pytest.approx(1000 * LATE, abs=45)


def test_by_lips_alone_nothing_is_listened_to(
    lipsyncer: Program, filmed_to_loudspeaker: Demo, tmp_path: Path
) -> None:
    made = filmed_to_loudspeaker
    said = align(lipsyncer, made.song_path, made.take_path, tmp_path, "--guide", "lips")
    assert said["takes"][0]["sound"] is None
    assert "its own sound" not in said["out"]


def test_a_take_without_a_face_is_laid_by_its_sound(lipsyncer: Program, tmp_path: Path) -> None:
    song = make_song(12.0).samples.mean(axis=1)
    soundfile.write(tmp_path / "song.wav", song, 44_100)
    heard = record(song, 44_100, 10.0, offset=-1.5, scene=Scene(snr=5.0))
    take = write_clip(tmp_path / "take.mp4", even_times(25, 10), sound=heard, sound_rate=44_100)
    refused = lipsyncer("align", tmp_path / "song.wav", take, "-o", tmp_path / "out.mp4")
    assert refused.code == 3
    assert "no face" in refused.complaints[0]
    said = align(lipsyncer, tmp_path / "song.wav", take, tmp_path, "--guide", "sound")
    (shown,) = [piece for piece in said["map"] if piece["source_end"] > piece["source_start"]]
    assert shown["source_start"] - shown["song_start"] == pytest.approx(-1.5, abs=0.005)
    assert said["confidence"] > 0.9


def test_sound_that_does_not_hold_the_song_is_no_guide(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    words = ("align", snippet.song_path, snippet.take_path, "-o", tmp_path / "out.mp4")
    refused = lipsyncer(*words, "--guide", "sound")
    assert refused.code == 4
    assert "check that the song can be heard in the take" in refused.complaints[0]
    assert not (tmp_path / "out.mp4").exists()


def test_a_silent_film_can_not_be_laid_by_its_sound(lipsyncer: Program, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "song.wav", clicks([1.0], 3.0, 44_100), 44_100)
    take = write_clip(tmp_path / "take.mp4", even_times(25, 3))
    words = ("align", tmp_path / "song.wav", take, "-o", tmp_path / "out.mp4")
    refused = lipsyncer(*words, "--guide", "sound")
    assert refused.code == 3
    assert "no sound that can be heard; go by its lips" in refused.complaints[0]


def blank(songs: int = 500, takes: int = 500) -> Evidence:
    nothing = np.zeros((songs, takes), np.float32)
    return Evidence(RATE, nothing, np.ones(songs, np.float32), np.ones(takes, np.float32))


def heard(*pieces: SoundPiece) -> CameraSound:
    return CameraSound(1.0, 80.0, pieces)


def test_sound_is_worth_a_few_nats_near_its_map_and_nothing_elsewhere() -> None:
    evidence = guided(blank(), heard(SoundPiece(2.0, 20.0, 2.0, 0.0)))
    assert np.trace(evidence.pairs, offset=50) == pytest.approx(WORTH, rel=0.02)
    assert np.trace(evidence.pairs, offset=53) == pytest.approx(WORTH, rel=0.02)
    assert np.trace(evidence.pairs, offset=50 + 14) == 0
    assert np.trace(evidence.pairs, offset=0) == 0


def test_sound_without_the_song_changes_no_evidence() -> None:
    evidence = blank()
    assert guided(evidence, CameraSound(0.1, 5.0)) is evidence


def test_a_cut_in_the_take_becomes_a_cut_in_the_map() -> None:
    first, second = SoundPiece(0.0, 8.0, -2.0, 0.0), SoundPiece(8.0, 16.0, -5.0, 0.0)
    pieces = laid_by_sound(heard(first, second), 525, 400, RATE).pieces
    shown = [piece for piece in pieces if piece.kind == "matched"]
    assert [round(p.source_start - p.song_start, 6) for p in shown] == [-2.0, -5.0]
    # Song 10 s to 13 s was not filmed; the cut lies in its middle.
    assert shown[0].song_end == shown[1].song_start == pytest.approx(11.5)


@pytest.mark.parametrize("later", [0.24, 1.2])
def test_where_the_mouth_is_later_than_the_loudspeaker_the_lips_are_believed(
    lipsyncer: Program, filmed_to_loudspeaker: Demo, tmp_path: Path, later: float
) -> None:
    made = filmed_to_loudspeaker
    shift_picture(probe(made.take_path), tmp_path / "late.mp4", later)
    said = align(lipsyncer, made.song_path, tmp_path / "late.mp4", tmp_path)
    assert said["takes"][0]["sound"]["offset_ms"] == pytest.approx(1000 * LATE, abs=5)
    assert said["offset_ms"] == pytest.approx(1000 * (LATE + later), abs=45)
    assert said["confidence"] > 0.5
