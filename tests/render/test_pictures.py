"""The right picture in every output frame: upright, in the output's shape, in its own colours."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import render

SECONDS = 2.0


def take(path: Path, size: tuple[int, int] = (128, 96), **options: object) -> Path:
    return clips.write_clip(path, clips.even_times(25, SECONDS), size=size, **options)  # type: ignore[arg-type]


def rendered(*takes: Path, segments: tuple[Segment, ...] | None = None) -> Path:
    """Render the last take as it is, or the segments."""
    folder = takes[0].parent
    song = flash.make_song(folder / "song.wav", 10.0, [1.0])
    if segments is None:
        segments = (Segment(0.0, SECONDS, len(takes) - 1, 0.0, SECONDS, "matched", 1.0),)
    document = Document(song, 10.0, tuple(Take(path, 3.0) for path in takes), segments)
    return finish(render(document, folder / "out.mp4")).path


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_an_unchanged_take_comes_out_frame_by_frame(tmp_path: Path) -> None:
    frames = pictures(rendered(take(tmp_path / "take.mp4")))
    assert [clips.read_code(frame) for frame in frames] == list(range(50))


def test_footage_is_slowed_held_and_cut_as_the_segments_say(tmp_path: Path) -> None:
    frames = pictures(
        rendered(
            take(tmp_path / "take.mp4"),
            segments=(
                Segment(1.0, 2.0, 0, 1.0, 1.5, "matched", 1.0),
                Segment(2.0, 2.4, 0, 1.5, 1.5, "gap", 0.0),
                Segment(2.4, 3.0, 0, 0.4, 1.0, "matched", 1.0),
            ),
        )
    )
    slow = [25 + int((k + 0.5) / 2) for k in range(25)]
    held = [37] * 10
    back = list(range(10, 25))
    assert [clips.read_code(frame) for frame in frames] == slow + held + back


def test_a_variable_rate_take_shows_what_was_on_screen_at_each_moment(tmp_path: Path) -> None:
    # 25 per second, then a second at 5 per second, then 25 again.
    times = [k / 25 for k in range(25)] + [1 + k / 5 for k in range(5)]
    times += [2 + k / 25 for k in range(25)]
    path = clips.write_clip(tmp_path / "take.mp4", times)
    frames = pictures(rendered(path, segments=(Segment(0.0, 3.0, 0, 0.0, 3.0, "matched", 1.0),)))
    slow = [25 + k // 5 for k in range(25)]
    assert [clips.read_code(frame) for frame in frames] == [*range(25), *slow, *range(30, 55)]


def test_a_rotated_take_comes_out_upright_without_a_rotation_flag(tmp_path: Path) -> None:
    def lying(index: int) -> np.ndarray:
        return np.rot90(clips.coded_frame(index, (96, 128)), -1).copy()

    stored = take(tmp_path / "stored.mp4", (128, 96), picture=lying)
    output = rendered(clips.remux(stored, tmp_path / "turned.mp4", "-display_rotation", "90"))
    with av.open(str(output)) as container:
        assert next(container.decode(video=0)).rotation == 0
    frames = pictures(output)
    assert frames[0].shape == (128, 96, 3)
    assert [clips.read_code(frame) for frame in frames] == list(range(50))


def test_odd_sizes_lose_one_row_or_column_and_nothing_is_scaled(tmp_path: Path) -> None:
    def stripes(_: int) -> np.ndarray:
        picture = np.zeros((97, 129, 3), np.uint8)
        picture[:, 0:128:4] = picture[:, 1:128:4] = 255
        return picture

    odd = take(
        tmp_path / "odd.mkv",
        (129, 97),
        picture=stripes,
        pixel_format="yuv444p",
        options={"crf": "5", "preset": "ultrafast"},
    )
    frame = pictures(rendered(odd))[10]
    assert frame.shape == (96, 128, 3)
    np.testing.assert_allclose(frame, stripes(0)[:96, :128], atol=25)


@pytest.mark.parametrize(
    ("size", "content"),
    [
        ((96, 128), (slice(None), slice(28, 100))),  # upright in a wide output
        ((128, 48), (slice(24, 72), slice(None))),  # wider than the output
        ((64, 48), (slice(None), slice(None))),  # smaller, of the same shape
    ],
)
def test_a_take_of_another_shape_is_fitted_whole_over_black(
    tmp_path: Path, size: tuple[int, int], content: tuple[slice, slice]
) -> None:
    frames = pictures(rendered(take(tmp_path / "first.mp4"), take(tmp_path / "other.mp4", size)))
    assert [clips.read_code(frame[content]) for frame in frames] == list(range(50))
    black = frames[10].astype(int)
    black[content] = 0
    assert black.max() < 12


def test_a_cut_to_a_take_of_another_shape_and_back_shows_the_right_frames(tmp_path: Path) -> None:
    frames = pictures(
        rendered(
            take(tmp_path / "first.mp4"),
            take(tmp_path / "other.mp4", (64, 48)),
            segments=(
                Segment(0.0, 0.8, 0, 0.0, 0.8, "matched", 1.0),
                Segment(0.8, 1.6, 1, 1.0, 1.8, "matched", 1.0),
                Segment(1.6, 2.0, 0, 1.6, 2.0, "matched", 1.0),
            ),
        )
    )
    expected = [*range(20), *range(25, 45), *range(40, 50)]
    assert [clips.read_code(frame) for frame in frames] == expected


COLOURS = np.array([(200, 30, 30), (30, 180, 60), (40, 60, 200), (220, 180, 150)])


def encoded(rgb: np.ndarray, red: float, blue: float, *, full: bool) -> np.ndarray:
    """Y'CbCr of 8-bit colours (n, 3) by the luma weights of red and blue (ITU-R BT.601, BT.709)."""
    r, g, b = rgb.T / 255
    luma = red * r + (1 - red - blue) * g + blue * b
    difference = np.stack([(b - luma) / (2 - 2 * blue), (r - luma) / (2 - 2 * red)])
    scaled = (255 * luma, 255 * difference) if full else (16 + 219 * luma, 224 * difference)
    return np.vstack([scaled[0], scaled[1] + 128]).T


@pytest.mark.parametrize("composed", [False, True], ids=["as it is", "composed"])
@pytest.mark.parametrize(
    ("matrix", "red", "blue", "full"),
    [(1, 0.2126, 0.0722, False), (5, 0.299, 0.114, False), (5, 0.299, 0.114, True)],
    ids=["bt709", "bt601", "bt601 in full range"],
)
def test_colours_come_out_as_bt709_in_video_range(
    tmp_path: Path, composed: bool, matrix: int, red: float, blue: float, full: bool
) -> None:
    path = tmp_path / "colours.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25), options={"crf": "5"})
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        stream.codec_context.colorspace = matrix
        stream.codec_context.color_range = 2 if full else 1
        values = np.rint(encoded(COLOURS, red, blue, full=full)).astype(np.uint8)
        for number in range(50):
            picture = av.VideoFrame(128, 96, "yuv420p")
            for plane, colours in zip(picture.planes, values.T, strict=True):
                row = np.repeat(colours, plane.width // 4).tobytes()
                plane.update(row.ljust(plane.line_size, b"\0") * plane.height)
            picture.pts = number
            picture.colorspace, picture.color_range = matrix, 2 if full else 1
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))

    first = [take(tmp_path / "first.mp4", (96, 128))] if composed else []
    output = rendered(*first, path)
    with av.open(str(output)) as container:
        frame = list(container.decode(video=0))[10]
    shown = []
    for plane in frame.planes:
        rows = np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)[:, : plane.width]
        shown.append(rows[plane.height // 2, [plane.width * k // 8 for k in (1, 3, 5, 7)]])
    expected = encoded(COLOURS, 0.2126, 0.0722, full=False)
    np.testing.assert_allclose(np.array(shown).T.astype(float), expected, atol=3)
