"""What is burned in is there at its time, in its place, in its colours, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.inverse import inverted
from lipsyncer.render.interpolation import packed, tagged
from lipsyncer.render.overlays import fonts
from lipsyncer.render.overlays.burn import TITLE_SAFE, Burn, burn_in, burned, song_times_of
from lipsyncer.render.overlays.fonts import faces_for
from lipsyncer.render.overlays.lettering import lettered
from lipsyncer.render.overlays.options import ExtrasSettings

SIZE = (360, 640)
RATE = 10.0
GREY = 90
MARGINS = (0.06, 0.14, 0.12, 0.35)


@pytest.fixture
def lyrics(tmp_path: Path) -> Path:
    path = tmp_path / "song.lrc"
    path.write_text("[00:02.00]Hello, my friends\n[00:03.00]Good bye\n[00:04.00]\n", "utf-8")
    return path


def picture(
    path: Path, colour: tuple[int, int, int, int], size: tuple[int, int] = (80, 40)
) -> Path:
    Image.new("RGBA", size, colour).save(path)
    return path


def frames(count: int) -> list[VideoFrame]:
    made = []
    for _ in range(count):
        planes = np.full((SIZE[1] * 3 // 2, SIZE[0]), 128, np.uint8)
        planes[: SIZE[1]] = GREY
        made.append(tagged(VideoFrame.from_ndarray(planes, format="yuv420p")))
    return made


def prepared(
    settings: ExtrasSettings,
    seconds: float,
    first: float = 0.0,
    margins: tuple[float, float, float, float] = MARGINS,
) -> Burn:
    times = first + (np.arange(round(seconds * RATE)) + 0.5) / RATE
    burn = burn_in(settings, SIZE, margins, times, RATE)
    assert burn is not None
    return burn


def shown(settings: ExtrasSettings, seconds: float, first: float = 0.0) -> list[np.ndarray]:
    count = round(seconds * RATE)
    source = (frame for frame in frames(count))
    return [packed(frame) for frame in burned(source, prepared(settings, seconds, first))]


def touched(planes: np.ndarray) -> np.ndarray:
    """Where the brightness of a grey frame was changed."""
    return planes[: SIZE[1]] != GREY


def box(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def test_a_line_is_on_exactly_the_frames_of_its_time(lyrics: Path) -> None:
    seen = shown(ExtrasSettings(lyrics=lyrics), 5.0)
    written = [bool(touched(planes).any()) for planes in seen]
    assert written == [False] * 20 + [True] * 20 + [False] * 10
    assert all(np.array_equal(seen[20], other) for other in seen[21:30])
    assert not np.array_equal(seen[29], seen[30])
    assert all(np.array_equal(seen[30], other) for other in seen[31:40])


def test_an_excerpt_shows_the_line_that_is_sung_in_it(lyrics: Path) -> None:
    whole, part = (shown(ExtrasSettings(lyrics=lyrics), 1.5, first) for first in (2.0, 2.5))
    assert np.array_equal(part[0], whole[5])
    assert np.array_equal(part[5], whole[10])


@pytest.mark.parametrize("place", ["bottom", "top"])
def test_all_is_inside_what_the_platform_leaves_free(
    lyrics: Path, place: str, tmp_path: Path
) -> None:
    mark = picture(tmp_path / "mark.png", (255, 0, 0, 255))
    left, top, right, bottom = MARGINS
    settings = ExtrasSettings(
        lyrics=lyrics,
        lyrics_place=place,  # type: ignore[arg-type]
        countdown=2,
        watermark=mark,
        watermark_corner="bottom-right",
    )
    for planes in shown(settings, 4.0)[::5]:
        x, y, until_x, until_y = box(touched(planes))
        assert x >= left * SIZE[0] and until_x <= (1 - right) * SIZE[0]
        assert y >= top * SIZE[1] and until_y <= (1 - bottom) * SIZE[1]
        colour = planes[SIZE[1] :].reshape(2, SIZE[1] // 2, SIZE[0] // 2)
        x, y, until_x, until_y = box((colour != 128).any(axis=0))
        assert 2 * x >= left * SIZE[0] - 1 and 2 * until_x <= (1 - right) * SIZE[0] + 1
        assert 2 * y >= top * SIZE[1] - 1 and 2 * until_y <= (1 - bottom) * SIZE[1] + 1


def test_lyrics_stand_at_the_lower_border_or_the_upper_one(lyrics: Path) -> None:
    low, high = (
        box(touched(shown(ExtrasSettings(lyrics=lyrics, lyrics_place=place), 2.5)[22]))
        for place in ("bottom", "top")
    )
    assert low[3] == pytest.approx((1 - MARGINS[3]) * SIZE[1], abs=2)
    assert high[1] == pytest.approx(MARGINS[1] * SIZE[1], abs=2)
    assert low[0] + low[2] == pytest.approx(SIZE[0], abs=3)  # in the middle of the picture


def test_white_letters_have_a_black_outline_in_video_range(lyrics: Path) -> None:
    planes = shown(ExtrasSettings(lyrics=lyrics), 2.5)[22]
    luma = planes[: SIZE[1]][touched(planes)]
    assert luma.max() == 235 and luma.min() == 16
    assert np.all(np.abs(planes[SIZE[1] :].astype(int) - 128) <= 1)  # without a colour


def test_a_frame_without_anything_is_handed_on_and_no_frame_is_changed(lyrics: Path) -> None:
    given = frames(25)
    before = packed(given[22]).copy()
    out = list(burned((frame for frame in given), prepared(ExtrasSettings(lyrics=lyrics), 2.5)))
    assert all(a is b for a, b in zip(out[:20], given[:20], strict=True))
    assert out[22] is not given[22]
    assert np.array_equal(packed(given[22]), before)
    plain = list(burned((frame for frame in given), None))
    assert all(a is b for a, b in zip(plain, given, strict=True))


def test_long_lines_are_wrapped_and_long_words_broken(tmp_path: Path) -> None:
    for words in ("la " * 60, "Donau" * 40, "我独自走在郊外的小路上" * 8):
        face = faces_for([words.strip()], tmp_path)
        drawn = lettered(words.strip(), face, 40, 300, 400)
        assert drawn.width <= 300 and drawn.height <= 400
    few = lettered("la la la la la", faces_for(["la la la la la"], tmp_path), 40, 130, 400)
    assert few.height > 60


# ------------------------------------------------------------------------------- scripts


def ink(text: str, folder: Path) -> np.ndarray:
    """Letters drawn in one row, as coverage 0 to 1, without the outline's black."""
    drawn = lettered(text, faces_for([text], folder), 60, 2000, 400)
    return np.asarray(drawn, float)[..., 0] / 255


def stretches(letters: np.ndarray) -> list[int]:
    """Widths of the stretches, from left to right, that have ink."""
    columns = (letters > 0.5).any(axis=0).astype(int)
    borders = np.flatnonzero(np.diff(np.concatenate([[0], columns, [0]])))
    return [int(width) for width in np.diff(borders)[::2]]


def test_arabic_letters_are_joined(tmp_path: Path) -> None:
    # ba, ha, ra join into one stretch; with non-joiners between them they stand alone.
    assert len(stretches(ink("بحب", tmp_path))) == 1
    assert len(stretches(ink("ب\u200cح\u200cب", tmp_path))) == 3


def test_hebrew_and_arabic_run_from_right_to_left(tmp_path: Path) -> None:
    for wide, narrow in (("ש", "ו"), ("د", "ا")):
        left, right = stretches(ink(wide + narrow, tmp_path))
        assert right > 1.5 * left


def test_words_of_another_script_within_keep_their_own_order(tmp_path: Path) -> None:
    # From left to right: the last Hebrew letter, the Latin ones as they are read, the first one.
    widths = stretches(ink("ש Wl ו", tmp_path))
    assert len(widths) == 4
    last, broad, thin, first = widths
    assert broad > 2 * thin and first > 1.5 * last


def test_chinese_is_drawn_with_a_font_that_has_it(tmp_path: Path) -> None:
    one, other = ink("你好", tmp_path), ink("再见", tmp_path)
    assert one.shape != other.shape or np.abs(one - other).mean() > 0.05


def test_rows_of_several_scripts_each_get_a_font(tmp_path: Path) -> None:
    rows = ["你好", "مرحبا"]
    faces = faces_for(rows, tmp_path)
    assert faces[rows[0]] != faces[rows[1]]
    assert lettered("\n".join(rows), faces, 30, 300, 200).height > 50


def test_a_sign_that_no_font_has_is_left_out(tmp_path: Path) -> None:
    face = faces_for(["la"], tmp_path)["la"]
    assert fonts.without_missing("la\U0001f9ff", face) == "la"
    assert faces_for(["la \U0001f9ff"], tmp_path)


def test_letters_that_no_font_has_are_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no font on this computer has its “\U00012000”"):
        faces_for(["\U00012000"], tmp_path / "song.lrc")
    monkeypatch.setattr(fonts, "_candidates", lambda needed: iter(()))
    with pytest.raises(InputError, match="“你”; install Noto Sans CJK"):
        faces_for(["你"], tmp_path / "song.lrc")
    monkeypatch.setattr(fonts, "_can_shape", lambda: False)
    with pytest.raises(InputError, match="needs the FriBiDi library"):
        faces_for(["مرحبا"], tmp_path / "song.lrc")


# ------------------------------------------------------------------------------- watermark


def test_a_red_watermark_is_red_and_lets_through_what_its_alpha_says(tmp_path: Path) -> None:
    red = {}
    for alpha, opacity in ((255, 1.0), (255, 0.5), (128, 1.0), (128, 0.5)):
        mark = picture(tmp_path / "mark.png", (255, 0, 0, alpha))
        settings = ExtrasSettings(watermark=mark, watermark_opacity=opacity)
        planes = shown(settings, 0.1)[0]
        x, y, until_x, until_y = box(touched(planes))
        middle = ((y + until_y) // 2, (x + until_x) // 2)
        colour = planes[SIZE[1] :].reshape(2, SIZE[1] // 2, SIZE[0] // 2)
        half = (middle[0] // 2, middle[1] // 2)
        red[alpha * opacity] = np.array([planes[middle], colour[0][half], colour[1][half]], float)
    # ITU-R BT.709: pure red is 63, 102, 240.
    assert red[255.0] == pytest.approx([63, 102, 240], abs=1)
    grey = np.array([GREY, 128.0, 128.0])
    for share, seen in red.items():
        part = share / 255
        assert seen == pytest.approx(part * red[255.0] + (1 - part) * grey, abs=1.5)


def test_a_watermark_stands_in_its_corner_in_its_size(tmp_path: Path) -> None:
    mark = picture(tmp_path / "mark.png", (0, 0, 255, 255))
    for corner, (across, down) in {
        "top-left": (0, 0),
        "top-right": (1, 0),
        "bottom-left": (0, 1),
        "bottom-right": (1, 1),
    }.items():
        settings = ExtrasSettings(
            watermark=mark,
            watermark_corner=corner,  # type: ignore[arg-type]
            watermark_size=0.25,
        )
        x, y, until_x, until_y = box(touched(shown(settings, 0.1)[0]))
        assert until_x - x == pytest.approx(90, abs=1)
        assert until_y - y == pytest.approx(45, abs=1)
        edges = (MARGINS[0], 1 - MARGINS[2])[across] * SIZE[0]
        assert (x, until_x)[across] == pytest.approx(edges, abs=1)
        edges = (MARGINS[1], 1 - MARGINS[3])[down] * SIZE[1]
        assert (y, until_y)[down] == pytest.approx(edges, abs=1)


def test_a_transparent_border_neither_counts_nor_bleeds(tmp_path: Path) -> None:
    whole = Image.new("RGBA", (300, 300), (0, 255, 0, 0))  # green that nobody is to see
    whole.paste((255, 255, 255, 255), (100, 100, 200, 200))
    whole.save(tmp_path / "mark.png")
    planes = shown(ExtrasSettings(watermark=tmp_path / "mark.png", watermark_opacity=1.0), 0.1)[0]
    x, y, until_x, until_y = box(touched(planes))
    assert until_x - x == until_y - y == round(0.18 * SIZE[0])
    assert np.all(np.abs(planes[SIZE[1] :].astype(int) - 128) <= 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no picture", "can't be read as a picture"),
        (b"", "can't be read as a picture"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "can't be read as a picture"),
        (None, "there is no such file"),
    ],
)
def test_what_is_no_picture_is_said(tmp_path: Path, content: bytes | None, says: str) -> None:
    mark = tmp_path / "mark.png"
    if content is not None:
        mark.write_bytes(content)
    with pytest.raises(InputError, match=says):
        prepared(ExtrasSettings(watermark=mark), 0.1)


def test_a_picture_of_nothing_is_said(tmp_path: Path) -> None:
    mark = picture(tmp_path / "mark.png", (255, 255, 255, 0))
    with pytest.raises(InputError, match="fully transparent"):
        prepared(ExtrasSettings(watermark=mark), 0.1)


# ------------------------------------------------------------------------------- countdown


def numbers(settings: ExtrasSettings, seconds: float, first: float = 0.0) -> list[int]:
    """Which of the countdown's numbers each frame shows, known by how they look."""
    seen = shown(settings, seconds, first)
    looks: dict[bytes, int] = {bytes(frames(1)[0].planes[0])[:1]: 0}
    reference = shown(ExtrasSettings(countdown=3), 3.0)
    for number, frame in ((3, 5), (2, 15), (1, 25)):
        looks[reference[frame].tobytes()] = number
    assert len(looks) == 4
    return [looks.get(planes.tobytes(), 0) for planes in seen]


def in_seconds(found: list[int]) -> Iterator[int]:
    for k in range(0, len(found), 10):
        part = set(found[k : k + 10])
        assert len(part) == 1
        yield part.pop()


def test_a_countdown_without_a_word_to_wait_for_is_at_the_start() -> None:
    assert list(in_seconds(numbers(ExtrasSettings(countdown=3), 5.0))) == [3, 2, 1, 0, 0]


def test_a_countdown_ends_when_the_first_line_begins(lyrics: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.lrc"
    late.write_text("[00:05.00]word\n[00:06.00]\n")
    settings = ExtrasSettings(lyrics=late, countdown=3)
    assert list(in_seconds(numbers(settings, 7.0))) == [0, 0, 3, 2, 1, 0, 0]
    # With two seconds before the word, the three is left out.
    settings = replace(settings, lyrics=lyrics)
    assert list(in_seconds(numbers(settings, 4.0))) == [2, 1, 0, 0]
    # An excerpt counts to the first line in it.
    settings = replace(settings, lyrics=late)
    assert list(in_seconds(numbers(settings, 4.0, first=3.0))) == [2, 1, 0, 0]


def test_a_countdown_ends_at_the_first_word_that_was_heard() -> None:
    settings = ExtrasSettings(countdown=3, first_word=4.0)
    assert list(in_seconds(numbers(settings, 5.0))) == [0, 3, 2, 1, 0]


# ------------------------------------------------------------------------------- times


def test_times_are_the_songs_also_where_the_song_is_fitted_to_the_picture() -> None:
    # The take begins a second before the song, and leaves out a second of it.
    document = Document(
        Path("song.wav"),
        6.0,
        (Take(Path("take.mp4"), 5.0),),
        (
            Segment(0.0, 2.0, 0, 1.0, 3.0, "matched", 1.0),
            Segment(2.0, 3.0, 0, 3.0, 3.0, "gap", 0.0),
            Segment(3.0, 5.0, 0, 3.0, 5.0, "matched", 1.0),
        ),
    )
    fitted = inverted(document, lambda moment: 0.0)
    times = song_times_of(document, fitted, 50, RATE)
    assert np.isnan(times[:10]).all()
    assert times[10:30] == pytest.approx(np.arange(20) / 10 + 0.05, abs=0.03)
    assert times[31:50] == pytest.approx(3.1 + np.arange(19) / 10 + 0.05, abs=0.03)
    plain = song_times_of(document, None, 10, RATE)
    assert plain == pytest.approx((np.arange(10) + 0.5) / RATE)


def test_nothing_that_is_asked_for_is_nothing() -> None:
    assert burn_in(ExtrasSettings(), SIZE, TITLE_SAFE, np.zeros(3), RATE) is None
