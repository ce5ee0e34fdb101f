"""Lyrics, countdown and watermark on the command line, through the whole program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from program import Program, contents

from lipsyncer.cli.parser import build_parser
from lipsyncer.demo import Demo
from lipsyncer.media import FrameReader
from lipsyncer.render.overlays.options import ExtrasSettings


@pytest.fixture
def extras(tmp_path: Path) -> dict[str, Path]:
    lyrics, mark = tmp_path / "song.lrc", tmp_path / "mark.png"
    lyrics.write_text("[00:02.50]Hello, my friends\n[00:03.50]\n", "utf-8")
    Image.new("RGBA", (60, 60), (255, 0, 0, 255)).save(mark)
    return {"lyrics": lyrics, "mark": mark}


def test_a_take_is_aligned_and_everything_asked_for_is_on_it(
    lipsyncer: Program, snippet: Demo, extras: dict[str, Path], tmp_path: Path
) -> None:
    both = []
    for name, options in (
        ("plain.mp4", ()),
        (
            "full.mp4",
            (
                *("--lyrics", extras["lyrics"], "--lyrics-place", "top", "--countdown", "1"),
                *("--watermark", extras["mark"], "--watermark-corner", "bottom-left"),
                *("--watermark-size", "20", "--watermark-opacity", "100"),
            ),
        ),
    ):
        out = tmp_path / name
        span = ("--from", "1", "--to", "4", "--force")
        told = lipsyncer("align", snippet.song_path, snippet.take_path, "-o", out, *span, *options)
        assert told.code == 0, told.err
        with FrameReader(out) as reader:
            both.append([reader.frame_at(moment).astype(int) for moment in (1.0, 2.0, 2.8)])
    height, width = both[0][0].shape[:2]
    upper, lower = np.s_[: height // 3], np.s_[-height // 3 :]
    counting, lyrics, neither = (
        np.abs(plain - full).max(axis=2) > 60 for plain, full in zip(*both, strict=True)
    )
    assert 0 < counting[upper].sum() < lyrics[upper].sum()
    assert not neither[upper].any()
    for changed, full in zip((counting, lyrics, neither), both[1], strict=True):
        rows, columns = np.nonzero(changed[lower])
        assert columns.max() < width / 3
        middle = full[lower][int(np.median(rows)), int(np.median(columns))]
        assert middle == pytest.approx([255, 0, 0], abs=12)


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--lyrics", "none.lrc"), 3, "none.lrc: there is no such file"),
        (("--lyrics", "mark.png"), 3, "mark.png: this is not text"),
        (("--watermark", "song.lrc"), 3, "song.lrc: this can't be read as a picture"),
        (("--lyrics-place", "top"), 2, "--lyrics-place needs --lyrics FILE."),
        (("--watermark-size", "20"), 2, "--watermark-size needs --watermark PICTURE."),
        (("--lyrics", "song.lrc", "--report", "song.lrc"), 3, "choose another name"),
    ],
)
def test_what_can_not_be_burned_in_is_said_before_any_work(
    lipsyncer: Program,
    snippet: Demo,
    extras: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    told = lipsyncer("align", snippet.song_path, snippet.take_path, "-o", "out.mp4", *options)
    assert told.code == code
    assert len(told.complaints) == 1 and says in told.complaints[0]
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("option", "value", "limits"),
    [
        ("--countdown", "10", "1 to 9"),
        ("--watermark-size", "101", "1 to 100 %"),
        ("--watermark-opacity", "0", "1 to 100 %"),
        ("--fade-in", "60.5", "0 to 60"),
        ("--fade-out", "-1", "0 to 60"),
        ("--camera-sound", "7", "-60 to 6"),
    ],
)
def test_a_number_that_goes_too_far_is_answered_with_its_limits(
    lipsyncer: Program, option: str, value: str, limits: str
) -> None:
    told = lipsyncer("align", "song.wav", "take.mp4", "-o", "out.mp4", f"{option}={value}")
    assert told.code == 2
    assert told.err.endswith(f"argument {option}: {value} is out of range; it must be {limits}\n")


def test_nothing_is_burned_in_unless_it_is_asked_for() -> None:
    from lipsyncer.cli.overlay_options import with_overlays
    from lipsyncer.render import DEFAULT

    plain = build_parser().parse_args(["export", "a.lipsync", "-o", "b.mp4"])
    assert with_overlays(DEFAULT, plain).extras == ExtrasSettings()
    three = build_parser().parse_args(["export", "a.lipsync", "-o", "b.mp4", "--countdown"])
    assert with_overlays(DEFAULT, three).extras == ExtrasSettings(countdown=3)
