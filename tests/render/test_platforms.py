"""What is made for a platform is what the platform asks for, by measure of the finished file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media.delivery import measure
from lipsyncer.progress import finish
from lipsyncer.render import render
from lipsyncer.render.check import check
from lipsyncer.render.presets import PRESETS
from lipsyncer.render.retime import output_rate

#: Each platform with a take of another rate, so that all rates go through some platform.
RATES = {
    "tiktok": Fraction(30),
    "reels": Fraction(15),
    "stories": Fraction(120),
    "feed": Fraction(30000, 1001),
    "shorts": Fraction(24),
    "douyin": Fraction(60),
    "kuaishou": Fraction(48),
    "xiaohongshu": Fraction(25),
    "bilibili": Fraction(24000, 1001),
    "master": Fraction(50),
}
MILLISECOND = 1e-3


def failed(path: Path, preset: str) -> list[str]:
    return [line.name for line in check(path, PRESETS[preset]) if not line.passed]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, np.ndarray]]:
    """Give a video for each platform, and the times (s) of its flashes and clicks."""
    files = {}
    for name, rate in RATES.items():
        folder = tmp_path_factory.mktemp(name)
        frames = round(3.4 * rate)
        # Flashes on frames that the output has as well, whatever its rate.
        numbers = list(range(8, frames - 8, 8 * max(1, frames // 100)))
        times = np.array([float(n / rate) for n in numbers])
        seconds = float(frames / rate)
        take = flash.make_take(folder / "take.mp4", frames, numbers, rate=rate, size=(90, 160))
        song = flash.make_song(folder / "song.wav", seconds, times)
        segment = Segment(0.0, seconds, 0, 0.0, seconds, "matched", 1.0)
        document = Document(song, seconds, (Take(take, seconds),), (segment,))
        rendered = finish(render(document, folder / "out.mp4", PRESETS[name].settings))
        files[name] = rendered.path, times
    return files


@pytest.mark.parametrize("name", RATES)
def test_the_file_is_what_the_platform_asks_for(
    made: dict[str, tuple[Path, np.ndarray]], name: str
) -> None:
    assert failed(made[name][0], name) == []


@pytest.mark.parametrize("ignore_edit_lists", [False, True])
@pytest.mark.parametrize("name", RATES)
def test_flash_and_click_come_out_together_on_every_platform(
    made: dict[str, tuple[Path, np.ndarray]], name: str, ignore_edit_lists: bool
) -> None:
    path, times = made[name]
    seen, heard = flash.seen_and_heard(path, ignore_edit_lists=ignore_edit_lists)
    assert len(seen) == len(heard) == len(times) > 3
    assert np.max(np.abs(heard - times)) < MILLISECOND
    assert np.max(np.abs(seen - times)) < MILLISECOND


@pytest.mark.parametrize(
    ("nominal", "least", "most", "expected"),
    [
        (30.0, 23.0, 60.0, Fraction(30)),
        (30000 / 1001, 23.0, 60.0, Fraction(30000, 1001)),
        (24000 / 1001, 23.0, 60.0, Fraction(24000, 1001)),
        (15.0, 23.0, 60.0, Fraction(30)),
        (10.0, 23.0, 60.0, Fraction(30)),
        (120.0, 23.0, 60.0, Fraction(60)),
        (15.0, 0.0, 60.0, Fraction(15)),
    ],
)
def test_a_rate_is_kept_where_it_is_allowed(
    nominal: float, least: float, most: float, expected: Fraction
) -> None:
    assert output_rate(nominal, most, least) == expected


def test_a_file_of_another_kind_is_told_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = clips.write_clip(
        tmp_path / "take.mov",
        clips.even_times(10.0, 4.0),
        sound=clips.clicks([1.0], 4.0, 44_100),
        sound_rate=44_100,
        sound_start=0.3,
    )
    wrong = failed(path, "reels")
    assert {
        "index (moov)",
        "size",
        "frames per second",
        "frame order",
        "samples",
        "start of picture and sound",
    } <= set(wrong)
    assert "container" not in wrong


def test_what_other_programs_write_is_measured_right(tmp_path: Path) -> None:
    plain = clips.write_clip(
        tmp_path / "plain.mp4", clips.even_times(25.0, 2.0), options={"bf": "0"}
    )
    fast = clips.remux(plain, tmp_path / "fast.mp4", after=["-movflags", "+faststart"])
    turned = clips.remux(plain, tmp_path / "turned.mp4", "-display_rotation", "90")
    placed = clips.remux(
        plain, tmp_path / "placed.mp4", after=["-metadata", "location=+48.85+002.35/"]
    )
    late = clips.remux(plain, tmp_path / "late.mp4", "-itsoffset", "0.5")
    webm = clips.write_clip(tmp_path / "vp9.webm", clips.even_times(25.0, 1.0), codec="libvpx-vp9")
    assert measure(plain).index_first is False
    assert measure(fast).index_first is True
    assert "rotation flag" in failed(turned, "master")
    assert measure(placed).location and not measure(plain).location
    assert measure(late).edit_lists == 1
    assert measure(webm).index_first is None
    assert {"container", "codec", "sound"} <= set(failed(webm, "master"))


def test_an_open_group_of_pictures_is_found(tmp_path: Path) -> None:
    options = {"preset": "ultrafast", "x264-params": "open-gop=1:bframes=2:keyint=10:scenecut=0"}
    path = clips.write_clip(tmp_path / "open.mp4", clips.even_times(25.0, 3.0), options=options)
    assert measure(path).closed_groups is False or measure(path).largest_key_interval > 2.0
    assert "groups of pictures" in failed(path, "tiktok")


def test_the_heaviest_second_is_found(tmp_path: Path) -> None:
    noise = np.random.default_rng(0)

    def picture(k: int) -> clips.Image:
        if 50 <= k < 75:
            return noise.integers(0, 255, (96, 128, 3), dtype=np.uint8)
        return np.full((96, 128, 3), 90, np.uint8)

    path = clips.write_clip(tmp_path / "burst.mp4", clips.even_times(25.0, 5.0), picture=picture)
    facts = measure(path)
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size and p.pts is not None]
        burst = sum(p.size for p in packets if 2.0 <= clips.seconds(p.pts, p.time_base) < 3.0)
    assert facts.worst_second == pytest.approx(8 * burst, rel=0.05)
    assert facts.bit_rate == pytest.approx(8 * sum(p.size for p in packets) / 5.0, rel=0.05)


def test_limits_of_length_and_bytes_are_kept_an_eye_on(
    made: dict[str, tuple[Path, np.ndarray]],
) -> None:
    path, _ = made["tiktok"]
    short = replace(PRESETS["tiktok"], max_duration=2.0, max_bytes=1000)
    wrong = {line.name for line in check(path, short) if not line.passed}
    assert wrong == {"length", "file size"}


def test_no_media_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.mp4"
    path.write_text("words " * 100)
    with pytest.raises(InputError):
        measure(path)
