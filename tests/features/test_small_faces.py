"""A singer who is filmed whole: the face is a dot in the picture, and still read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import clips
import imageio_ffmpeg
import numpy as np
import pytest
from program import Program

from lipsyncer.arrays import Float64s
from lipsyncer.demo import Demo
from lipsyncer.features import GRID_RATE, landmarks, tracking
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.tracking import track_take
from lipsyncer.media import probe
from lipsyncer.progress import driven, finish

WIDTH, HEIGHT = 1920, 1080
SMALL = 80
"""Width in pixels of the selfie that becomes a part of the picture; its face is 50 high."""
NOTICED = 45.0  # ms


def from_afar(take: Path, target: Path, x: str = "900", *, rate: int = 30) -> Path:
    """Show a selfie small in a large picture; x says where in FFmpeg's words, t being the time."""
    filters = (
        f"color=c=0x5a6a50:s={WIDTH}x{HEIGHT}:r={rate},noise=alls=12[wall];"
        f"[0:v]scale={SMALL}:-2:flags=area[small];[wall][small]overlay=x={x}:y=420:shortest=1[v]"
    )
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(take)]
    command += ["-filter_complex", filters, "-map", "[v]", "-map", "0:a"]
    command += ["-preset", "ultrafast", "-crf", "18", "-c:a", "copy", str(target)]
    subprocess.run(command, check=True)
    return target


def openings(track: MouthTrack) -> Float64s:
    """How far the lips are open, upper to lower, in distances between the eyes."""
    return np.ptp(track.shape[:, :, 1], axis=1).astype(np.float64)


@pytest.mark.parametrize("kind", ["mesh", "task"])
def test_the_lips_of_a_small_face_are_read(
    snippet: Demo, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "mesh" and not landmarks.has_mesh():
        pytest.skip("this mediapipe has no FaceMesh")
    monkeypatch.setattr(landmarks, "has_mesh", lambda: kind == "mesh")
    proxy, track = finish(track_take(probe(from_afar(snippet.take_path, tmp_path / "far.mp4"))))
    _, near = finish(track_take(probe(snippet.take_path)))
    assert track.seen > 0.9
    assert (track.faces, len(track), proxy.turned) == (1, len(near), 0)
    x, y, side = np.median(track.boxes, axis=0) * WIDTH / proxy.width
    assert 900 < x < 900 + SMALL and 420 < y < 420 + 2 * SMALL and 15 < side < SMALL
    assert np.corrcoef(openings(track), openings(near))[0, 1] > 0.8
    assert len(proxy.small.shown) == len(proxy.times) == round(proxy.duration * proxy.rate)


def test_a_small_face_is_followed_across_the_picture(snippet: Demo, tmp_path: Path) -> None:
    far = from_afar(snippet.take_path, tmp_path / "far.mp4", "200+150*t")
    proxy, track = finish(track_take(probe(far)))
    assert track.seen > 0.9
    moved = np.diff(track.boxes[:, 0]) * GRID_RATE * WIDTH / proxy.width
    assert np.median(moved) == pytest.approx(150, rel=0.1)


def test_a_take_with_a_small_face_is_aligned_as_it_is_from_near(
    lipsyncer: Program, demo: Demo, tmp_path: Path
) -> None:
    far = from_afar(demo.take_path, tmp_path / "far.mp4")
    told = tmp_path / "report.json"
    words = ("-o", tmp_path / "out.mp4", "--report", told)
    assert lipsyncer("align", demo.song_path, far, *words).code == 0
    report = json.loads(told.read_text(encoding="utf-8"))
    song, source = (
        [piece[f"{clock}_{end}"] for piece in report["map"] for end in ("start", "end")]
        for clock in ("song", "source")
    )
    error = demo.truth.error(lambda times: np.interp(times, song, source), demo.song)
    assert error.mean < NOTICED


def test_progress_does_not_begin_anew_with_the_second_look(snippet: Demo, tmp_path: Path) -> None:
    told: list[float] = []
    driven(track_take(probe(from_afar(snippet.take_path, tmp_path / "far.mp4"))), told.append)
    assert told == sorted(told)
    assert told[-1] <= 1.0


def test_a_take_whose_face_is_found_is_not_looked_at_in_full_size(
    snippet: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*_: object) -> None:
        raise AssertionError("nobody needs a second look")

    monkeypatch.setattr(tracking, "find_small_faces", looked)
    _, track = finish(track_take(probe(snippet.take_path)))
    assert track.seen > 0.9


def test_where_there_is_no_face_none_is_made_up(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(30, 2.0), size=(1280, 720))
    _, track = finish(track_take(probe(take)))
    assert (track.seen, track.faces) == (0, 0)
