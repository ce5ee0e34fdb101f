"""The frame on screen at a time is the one that a player shows, however it is asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import clips
import imageio_ffmpeg
import numpy as np
import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media import FrameReader

THIRTY_THEN_TEN = [*clips.even_times(30, 5.0), *(5 + k / 10 for k in range(30))]


def _shown(times: list[float], time: float) -> int:
    """Index of the frame on screen, by the definition."""
    return max(0, int(np.searchsorted(times, time, side="right")) - 1)


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("b-frames.mp4", "libx264", {"bf": "3", "g": "40"}),
        ("open-gop.mp4", "libx264", {"x264-params": "open-gop=1:keyint=30:bframes=3"}),
        ("hevc.mp4", "libx265", {"x265-params": "keyint=30:log-level=error"}),
        ("b-frames.mkv", "libx264", {"bf": "3", "g": "40"}),
        ("b-frames.ts", "libx264", {"bf": "3", "g": "40"}),
    ],
)
def test_jumping_about_a_variable_rate_clip_gives_the_frame_on_screen(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    path = clips.write_clip(tmp_path / name, THIRTY_THEN_TEN, codec=codec, options=options)
    times = np.random.default_rng(7).uniform(-0.2, 8.2, 40)
    # Stamps may be rounded to a millisecond: keep clear of where one frame follows another.
    times = times[np.abs(np.subtract.outer(times, THIRTY_THEN_TEN)).min(axis=1) > 0.002]
    with FrameReader(path) as reader:
        shown = [clips.read_code(reader.frame_at(time)) for time in times]
    assert shown == [_shown(THIRTY_THEN_TEN, time) for time in times]


def test_reading_on_gives_every_frame_from_its_stamp_to_the_next(tmp_path: Path) -> None:
    path = clips.write_clip(tmp_path / "vfr.mp4", THIRTY_THEN_TEN)
    with FrameReader(path) as reader:
        for index, time in enumerate(THIRTY_THEN_TEN):
            assert clips.read_code(reader.frame_at(time)) == index
            assert reader.shown_time == pytest.approx(time, abs=1e-4)
            assert clips.read_code(reader.frame_at(time + 0.03)) == index


def test_before_the_first_frame_it_is_the_first_and_after_the_last_the_last(
    tmp_path: Path,
) -> None:
    times = [0.5 + t for t in clips.even_times(25, 1.0)]
    sound = clips.clicks([0.5], 2.0, 48_000)
    path = clips.write_clip(tmp_path / "take.mp4", times, sound=sound)
    with FrameReader(path) as reader:
        assert clips.read_code(reader.frame_at(99.0)) == 24
        assert clips.read_code(reader.frame_at(0.0)) == 0
        assert clips.read_code(reader.frame_at(-3.0)) == 0
        assert clips.read_code(reader.frame_at(0.5 + 0.1)) == 2


@pytest.mark.parametrize("suffix", [".mkv", ".ts"])
def test_a_container_that_starts_late_is_read_from_time_zero(tmp_path: Path, suffix: str) -> None:
    times = [5 + t for t in clips.even_times(25, 3.0)]
    path = clips.write_clip(tmp_path / f"late{suffix}", times)
    with FrameReader(path) as reader:
        assert [clips.read_code(reader.frame_at(t + 0.02)) for t in (0.0, 2.0, 1.0)] == [0, 50, 25]


def test_a_clip_cut_without_re_encoding_shows_nothing_from_before_the_cut(tmp_path: Path) -> None:
    whole = clips.write_clip(tmp_path / "whole.mp4", clips.even_times(25, 4.0))
    cut = clips.remux(whole, tmp_path / "cut.mp4", "-ss", "1.3")
    with FrameReader(cut) as reader:
        assert clips.read_code(reader.frame_at(0.0)) == 33  # the first frame from 1.3 s on
        assert clips.read_code(reader.frame_at(1.01)) == 58
        assert clips.read_code(reader.frame_at(0.0)) == 33


@pytest.mark.parametrize("name", ["clip.avi", "clip.h264"])
def test_a_stream_without_presentation_stamps_is_counted(tmp_path: Path, name: str) -> None:
    mp4 = clips.write_clip(tmp_path / "clip.mp4", clips.even_times(25, 3.0))
    with FrameReader(clips.remux(mp4, tmp_path / name)) as reader:
        assert [clips.read_code(reader.frame_at(t + 0.02)) for t in (0.0, 2.0, 1.0)] == [0, 50, 25]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_clip_comes_out_upright(tmp_path: Path, turn: int) -> None:
    # What a camera held sideways stores: the upright picture turned the other way.
    def stored(index: int) -> clips.Image:
        return np.ascontiguousarray(np.rot90(clips.coded_frame(index, (96, 128)), turn // 90))

    height, width = stored(0).shape[:2]
    flat = clips.write_clip(
        tmp_path / "flat.mp4", clips.even_times(25, 1.0), size=(width, height), picture=stored
    )
    path = clips.remux(flat, tmp_path / "turned.mp4", "-display_rotation", str(-turn))
    with FrameReader(path) as reader:
        assert reader.frame_size == (96, 128)
        assert reader.frame_at(0.42).shape == (128, 96, 3)
        assert clips.read_code(reader.frame_at(0.42)) == 10
        for_encoder = reader.video_frame_at(0.62)
        assert (for_encoder.width, for_encoder.height) == (96, 128)
        assert clips.read_code(for_encoder.to_ndarray(format="rgb24")) == 15


def test_a_mirrored_clip_comes_out_as_it_was_seen(tmp_path: Path) -> None:
    flat = clips.write_clip(
        tmp_path / "flat.mp4",
        clips.even_times(25, 1.0),
        picture=lambda k: np.ascontiguousarray(clips.coded_frame(k)[:, ::-1]),
    )
    path = clips.remux(flat, tmp_path / "mirrored.mp4", "-display_rotation", "0", "-display_hflip")
    with FrameReader(path) as reader:
        assert clips.read_code(reader.frame_at(0.42)) == 10


def test_wide_pixels_are_made_square_and_high_pictures_lower(tmp_path: Path) -> None:
    narrow = clips.write_clip(tmp_path / "narrow.mp4", clips.even_times(25, 1.0), size=(64, 128))
    after = ["-bsf:v", "h264_metadata=sample_aspect_ratio=3/2"]
    path = clips.remux(narrow, tmp_path / "wide.mp4", after=after)
    with FrameReader(path) as whole, FrameReader(path, max_height=64) as small:
        assert whole.frame_size == (96, 128)
        assert small.frame_size == (48, 64)
        assert small.frame_at(0.42).shape == (64, 48, 3)
        assert clips.read_code(small.frame_at(0.42)) == 10


COLOUR = (200, 60, 30)


@pytest.mark.parametrize(
    ("matrix", "full_range"),
    [("bt709", False), ("smpte170m", False), ("smpte170m", True), ("bt2020nc", False)],
)
def test_colours_follow_the_tags_of_the_file(tmp_path: Path, matrix: str, full_range: bool) -> None:
    weights = {
        "bt709": (0.2126, 0.7152, 0.0722),
        "smpte170m": (0.299, 0.587, 0.114),
        "bt2020nc": (0.2627, 0.6780, 0.0593),
    }[matrix]
    red, green, blue = (value / 255 for value in COLOUR)
    luma = np.dot(weights, (red, green, blue))
    blueness = (blue - luma) / (2 * (1 - weights[2]))
    redness = (red - luma) / (2 * (1 - weights[0]))
    scale, offset, chroma = (255, 0, 255) if full_range else (219, 16, 224)
    planes = [offset + scale * luma, 128 + chroma * blueness, 128 + chroma * redness]
    path = clips.write_clip(
        tmp_path / "colour.mp4",
        clips.even_times(25, 0.4),
        planes=[round(float(value)) for value in planes],
        options={
            "qp": "1",
            "colorspace": matrix,
            "color_range": "pc" if full_range else "tv",
        },
    )
    with FrameReader(path) as reader:
        np.testing.assert_allclose(reader.frame_at(0.1)[40, 60], COLOUR, atol=4)
        with FrameReader(path, max_height=reader.frame_size[1] // 2) as small:
            np.testing.assert_allclose(small.frame_at(0.1)[20, 30], COLOUR, atol=5)
        # For an encoder it is always BT.709 in video range.
        luma_plane = reader.video_frame_at(0.1).planes[0]
        expected = 16 + 219 * np.dot((0.2126, 0.7152, 0.0722), (red, green, blue))
        assert bytes(luma_plane)[0] == pytest.approx(expected, abs=2)


@pytest.mark.parametrize(("transfer", "white"), [("arib-std-b67", 0.75), ("smpte2084", 0.581)])
def test_high_dynamic_range_keeps_its_whites_bright_and_its_greys_grey(
    tmp_path: Path, transfer: str, white: float
) -> None:
    def level(signal: float, name: str) -> np.ndarray:
        luma = round((16 + 219 * signal) * 4)
        params = f"log-level=error:transfer={transfer}:colorprim=bt2020:colormatrix=bt2020nc"
        path = clips.write_clip(
            tmp_path / name,
            clips.even_times(25, 0.4),
            codec="libx265",
            pixel_format="yuv420p10le",
            planes=[luma, 512, 512],
            options={"x265-params": params},
        )
        with FrameReader(path) as reader:
            return reader.frame_at(0.1)[40, 60].astype(int)

    black, page, peak = level(0.0, "a.mp4"), level(white, "b.mp4"), level(1.0, "c.mp4")
    for grey in (black, page, peak):
        assert np.ptp(grey) <= 2
    assert black.max() <= 3
    assert 200 <= page.min() < 245  # a white page, with room for highlights above it
    assert peak.min() >= 250 if transfer == "arib-std-b67" else peak.min() > page.max()


def test_a_file_without_a_picture_is_refused(tmp_path: Path) -> None:
    path = clips.write_sound(tmp_path / "song.wav", clips.clicks([0.5], 1.0, 44_100))
    with pytest.raises(InputError, match="no picture"):
        FrameReader(path)


@pytest.mark.parametrize("turn", [0, 90, 180, -90])
@pytest.mark.parametrize("flip", ["-display_hflip", "-display_vflip"])
def test_a_front_camera_s_clip_is_shown_as_the_ffmpeg_program_shows_it(
    tmp_path: Path, turn: int, flip: str
) -> None:
    flat = clips.write_clip(
        tmp_path / "flat.mp4", clips.even_times(25, 0.2), picture=lambda k: clips.coded_frame(999)
    )
    path = clips.remux(flat, tmp_path / "front.mp4", "-display_rotation", str(turn), flip)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-frames:v", "1"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    with FrameReader(path) as reader:
        shown = reader.frame_at(0.0)
    expected = np.frombuffer(raw, np.uint8).reshape(shown.shape).astype(int)
    assert np.abs(shown - expected).mean() < 3
