"""Footage that lies on its side or upside down, without a word about it in the file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from program import Program

from lipsyncer.arrays import UInt8s
from lipsyncer.demo import Demo
from lipsyncer.features.tracking import track_take
from lipsyncer.media import FrameReader, probe
from lipsyncer.progress import driven, finish

FILTERS = {0: "null", 90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}
MOMENT = 2.0  # s


def lying(take: Path, target: Path, degrees: int, rate: int = 30) -> Path:
    """Store a take's picture turned clockwise, as a converter does that loses the flag."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(take), "-r", str(rate)]
    command += ["-vf", FILTERS[degrees], "-preset", "ultrafast", "-c:a", "copy", str(target)]
    subprocess.run(command, check=True)
    return target


def picture(video: Path, turn: int = 0) -> UInt8s:
    with FrameReader(video, turn=turn) as reader:
        return reader.frame_at(MOMENT)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_the_mouth_is_followed_in_the_picture_turned_upright(
    snippet: Demo, tmp_path: Path, degrees: int
) -> None:
    take = lying(snippet.take_path, tmp_path / "take.mp4", degrees)
    proxy, track = finish(track_take(probe(take)))
    assert proxy.turned == 360 - degrees
    assert (proxy.width, proxy.height) == (360, 640)
    assert track.seen > 0.8
    upright = picture(snippet.take_path).astype(int)
    assert np.abs(picture(take, proxy.turned) - upright).mean() < 6


def test_a_picture_that_is_upright_stays_so(snippet: Demo) -> None:
    proxy, _ = finish(track_take(probe(snippet.take_path)))
    assert proxy.turned == 0


@pytest.mark.parametrize("rate", [15, 60])
@pytest.mark.parametrize("degrees", [0, 180])
def test_takes_are_turned_whatever_their_rate(
    snippet: Demo, tmp_path: Path, degrees: int, rate: int
) -> None:
    told: list[float] = []
    take = lying(snippet.take_path, tmp_path / "take.mp4", degrees, rate)
    proxy, _ = driven(track_take(probe(take)), told.append)
    assert proxy.turned == degrees
    assert told == sorted(told)


def test_a_take_on_its_side_is_aligned_written_upright_and_told_of(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    take = lying(snippet.take_path, tmp_path / "take.mp4", 90)
    output, told = tmp_path / "out.mp4", tmp_path / "report.json"
    words = ("--force", "-o", output, "--report", told)
    outcome = lipsyncer("align", snippet.song_path, take, *words)
    assert outcome.code == 0
    said = "The file does not say which way up its picture is; it was turned by 270° clockwise."
    assert f"warning: {said}" in outcome.err
    findings = json.loads(told.read_text(encoding="utf-8"))["findings"]
    assert said in [finding["sentence"] for finding in findings if finding["kind"] == "turned"]
    shown, filmed = picture(output).astype(int), picture(snippet.take_path)
    assert shown.shape == filmed.shape
    # Another moment of the song, but the same face the same way up.
    assert 2 * np.abs(shown - filmed).mean() < np.abs(shown[::-1, ::-1] - filmed).mean()


def test_whoever_knows_which_way_up_a_take_is_can_say_so(
    lipsyncer: Program, snippet: Demo, tmp_path: Path
) -> None:
    take = lying(snippet.take_path, tmp_path / "take.mp4", 180)
    filmed = picture(snippet.take_path).astype(int)
    for turn, upright in (("0", False), ("180", True), ("0", False), ("auto", True)):
        output, told = tmp_path / "out.mp4", tmp_path / "report.json"
        words = ("--force", "-o", output, "--report", told, "--turn", turn)
        assert lipsyncer("align", snippet.song_path, take, *words).code == 0
        shown = picture(output)
        nearest = np.abs(shown - filmed).mean() < np.abs(shown[::-1, ::-1] - filmed).mean()
        assert nearest == upright
        findings = json.loads(told.read_text(encoding="utf-8"))["findings"]
        assert any(finding["kind"] == "turned" for finding in findings) == (turn == "auto")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turn_that_was_asked_for_is_made_whatever_is_seen(
    snippet: Demo, tmp_path: Path, turn: int
) -> None:
    info = probe(snippet.take_path)
    for known in (info, info.turned(90), info.turned(270)):
        proxy, _ = finish(track_take(known, turn=turn))
        assert proxy.turned == turn
        assert (proxy.width, proxy.height) == ((360, 640) if turn == 180 else (640, 360))
