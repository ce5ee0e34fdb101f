"""What is framed by hand lies where the hand has put it, in every output; the rest is untouched."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, HandFraming, Segment, Take
from lipsyncer.jobs import export
from lipsyncer.media import FrameReader, probe
from lipsyncer.progress import finish
from lipsyncer.render.compose import Pictures
from lipsyncer.render.framing import (
    Framing,
    View,
    corners,
    filling_size,
    plan_corners,
    view_of,
)
from lipsyncer.render.layers import zoomed
from lipsyncer.render.presets import DEFAULT, PRESETS, Reframe
from lipsyncer.render.reframe import Faces
from lipsyncer.render.retime import plan_frames
from lipsyncer.render.transitions import TransitionSettings, treatment
from lipsyncer.settings.job import Settings

RATE, SECONDS = 25, 2.0
WIDE, UPRIGHT = (640, 360), (180, 320)
SIDE = 24


def place(k: int) -> tuple[float, float]:
    """Middle of the white square in frame k of the wide take, in pixels."""
    return 240.0 + 2 * k, 150.0 + k


def wide_frame(k: int) -> clips.Image:
    x, y = place(k)
    frame = np.full((WIDE[1], WIDE[0], 3), 60, np.uint8)
    half = SIDE // 2
    frame[int(y) - half : int(y) + half, int(x) - half : int(x) + half] = 235
    return frame


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.write_clip(
        tmp_path_factory.mktemp("framing") / "wide.mp4",
        clips.even_times(RATE, SECONDS),
        size=WIDE,
        picture=wide_frame,
        options={"preset": "ultrafast", "crf": "8"},
    )


@pytest.fixture(scope="module")
def cut(wide: Path) -> Document:
    """Give two segments of one take that run on from each other."""
    song = flash.make_song(wide.parent / "song.wav", SECONDS, [1.0])
    return Document(
        song,
        SECONDS,
        (Take(wide, SECONDS),),
        (
            Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0),
            Segment(1.0, 2.0, 0, 1.0, 2.0, "matched", 1.0),
        ),
    )


def framed_by(cut: Document, hand: HandFraming, index: int = 1) -> Document:
    return edits.reframe(cut, index, hand.x, hand.y, hand.zoom)


def shown(cut: Document, size: tuple[int, int], framing: Framing) -> list[np.ndarray]:
    path = cut.takes[0].path
    plan = plan_frames(cut, Fraction(RATE))
    takes = {0: probe(path)}
    return [
        frame.to_ndarray(format="yuv420p")[: size[1]].astype(float)
        for frame in Pictures(plan, takes, size, framing)
    ]


def square(picture: np.ndarray) -> tuple[float, float, float]:
    """Middle and side of the white square in a picture, in pixels."""
    weight = np.clip(picture - 130, 0, 60)
    rows, columns = np.indices(picture.shape) + 0.5
    total = weight.sum()
    middle = (columns * weight).sum() / total, (rows * weight).sum() / total
    return (*middle, float(np.sqrt(total / 60)))


FACES = Faces(
    np.arange(60) / RATE,
    np.array([place(k)[0] / WIDE[0] for k in range(60)]),
    np.array([place(k)[1] / WIDE[1] for k in range(60)]),
    np.full(60, 0.1),
)
FOLLOW = Framing("follow", {0: FACES})


@pytest.mark.parametrize("size", [UPRIGHT, (216, 270), (360, 640)])
@pytest.mark.parametrize(
    "hand",
    [
        HandFraming(0.05, 0.0, 1.0),
        HandFraming(-0.03, 0.0, 1.4),
        HandFraming(0.02, 0.04, 2.0),
        HandFraming(0.0, -0.02, 3.0),
    ],
)
def test_a_square_lands_where_the_hand_has_put_it(
    cut: Document, size: tuple[int, int], hand: HandFraming
) -> None:
    scale = np.array(filling_size(WIDE, size)) / WIDE
    sources = (np.arange(50) + 0.5) / RATE
    corner = corners(sources, RATE, 0, WIDE, size, FOLLOW)
    frames = shown(framed_by(cut, hand), size, FOLLOW)
    for k in (25, 37, 49):
        # The frame's middle moves by shares of the picture, and the picture grows about it.
        middle = (corner[k] + np.array(size) / 2) / scale + np.array([hand.x, hand.y]) * WIDE
        half = np.array(size) / 2 / scale / hand.zoom
        middle = np.clip(middle, half, np.array(WIDE) - half)
        expected = (np.array(place(k)) - middle) * scale * hand.zoom + np.array(size) / 2
        x, y, side = square(frames[k])
        # A crop that is not enlarged is moved by even pixels.
        near = 1.1 if hand.zoom == 1 else 0.5
        assert (x, y) == pytest.approx(tuple(expected), abs=near)
        assert side == pytest.approx(SIDE * scale[1] * hand.zoom, rel=0.04)


def test_segments_that_nobody_touched_are_as_they_were(cut: Document) -> None:
    untouched = shown(cut, UPRIGHT, FOLLOW)
    frames = shown(framed_by(cut, HandFraming(0.05, 0.0, 1.3)), UPRIGHT, FOLLOW)
    for k in range(25):
        assert np.array_equal(frames[k], untouched[k])
    assert all(not np.array_equal(frames[k], untouched[k]) for k in range(25, 50))


def test_frames_that_nobody_touched_go_to_the_encoder_as_they_were_decoded(cut: Document) -> None:
    frames = shown(framed_by(cut, HandFraming(0.1, 0.0, 1.5)), WIDE, Framing())
    with FrameReader(cut.takes[0].path) as reader:
        for k in (0, 24):
            decoded = reader.video_frame_at((k + 0.5) / RATE).to_ndarray(format="yuv420p")
            assert np.array_equal(frames[k], decoded[: WIDE[1]])


def test_a_change_of_frame_within_a_take_is_a_cut_and_no_pan(cut: Document) -> None:
    hand = HandFraming(0.08, 0.0, 1.0)
    by_itself = [square(frame)[0] for frame in shown(cut, UPRIGHT, FOLLOW)]
    moved = [square(frame)[0] for frame in shown(framed_by(cut, hand), UPRIGHT, FOLLOW)]
    offset = np.array(by_itself) - np.array(moved)
    assert np.abs(offset[:25]).max() < 0.01
    scaled = WIDE[0] * UPRIGHT[1] / WIDE[1]
    assert offset[25:] == pytest.approx(np.full(25, 0.08 * scaled), abs=1.0)


@pytest.mark.parametrize("hand", [HandFraming(1.0, 1.0, 1.0), HandFraming(-1.0, -1.0, 2.5)])
@pytest.mark.parametrize("size", [UPRIGHT, WIDE, (540, 960), (216, 270)])
@pytest.mark.parametrize("kind", ["follow", "centre", "black", "blur"])
def test_no_frame_shows_more_than_there_is(
    hand: HandFraming, size: tuple[int, int], kind: Reframe
) -> None:
    framing = Framing(kind, {0: FACES})
    corner = corners(np.arange(50) / RATE, RATE, 0, WIDE, size, framing)
    for k in (0, 49):
        view = view_of(corner[k], WIDE, size, framing, hand)
        for first, side in ((view.left, view.width), (view.top, view.height)):
            if side <= 1:
                assert -1e-9 <= first <= 1 - side + 1e-9
            else:  # smaller than the frame, and whole inside of it
                assert 1 - side - 1e-9 <= first <= 1e-9


def test_a_take_of_the_outputs_shape_is_shown_closer(cut: Document) -> None:
    for size in (WIDE, (320, 180), (960, 540)):
        scale = size[0] / WIDE[0]
        frames = shown(framed_by(cut, HandFraming(0.05, 0.02, 2.0)), size, Framing())
        x, y, side = square(frames[30])
        expected = (np.array(place(30)) - np.array(WIDE) * [0.55, 0.52]) * 2 * scale
        assert (x - size[0] / 2, y - size[1] / 2) == pytest.approx(tuple(expected), abs=2.5 * scale)
        assert side == pytest.approx(SIDE * 2 * scale, rel=0.05)


@pytest.mark.parametrize("kind", ["black", "blur"])
def test_a_picture_that_is_kept_whole_can_be_moved_and_enlarged(
    cut: Document, kind: Reframe
) -> None:
    framing = Framing(kind)
    fit = UPRIGHT[0] / WIDE[0]
    for hand in (HandFraming(0.0, -0.4, 1.0), HandFraming(0.05, 0.1, 2.0)):
        frames = shown(framed_by(cut, hand), UPRIGHT, framing)
        scale = fit * hand.zoom
        moved = np.array([hand.x, hand.y]) * WIDE
        expected = (np.array(place(40)) - np.array(WIDE) / 2 - moved) * scale
        x, y, side = square(frames[40])
        assert (x - UPRIGHT[0] / 2, y - UPRIGHT[1] / 2) == pytest.approx(tuple(expected), abs=1.0)
        assert side == pytest.approx(SIDE * scale, rel=0.12)
    # Enlarged until it fills the frame, it is a crop, and nothing of the background is left.
    full = shown(framed_by(cut, HandFraming(0.0, 0.0, 3.0)), UPRIGHT, framing)[40]
    band = (UPRIGHT[1] - round(WIDE[1] * fit * 3)) // 2
    assert full[: band - 2].max() < 60 <= full[band + 2 : -band - 2].min() + 10


def test_a_closer_picture_is_made_of_the_pixels_that_were_filmed(tmp_path: Path) -> None:
    """Lines a pixel wide in a take twice as fine as the output are there again at zoom 2."""

    def stripes(_: int) -> clips.Image:
        frame = np.full((720, 1280, 3), 40, np.uint8)
        frame[:, ::4] = frame[:, 1::4] = 220
        return frame

    path = clips.write_clip(
        tmp_path / "fine.mp4",
        clips.even_times(RATE, 1.0),
        size=(1280, 720),
        picture=stripes,
        options={"preset": "ultrafast", "crf": "4"},
    )
    segment = Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0)
    fine = Document(Path("song.wav"), 1.0, (Take(path, 1.0),), (segment,))
    plain = shown(fine, (640, 360), Framing())[2]
    closer = shown(framed_by(fine, HandFraming(0.0, 0.0, 2.0), 0), (640, 360), Framing())[2]
    assert np.std(closer) > 0.9 * (205 - 50) / 2  # as black and white as it was filmed
    assert np.std(closer) > 1.1 * np.std(plain)


def test_a_jump_at_which_the_frame_changes_is_not_morphed(cut: Document) -> None:
    jumped = edits.slip(cut, 1, 0.5)
    transitions = TransitionSettings("morph")
    assert treatment(jumped, Fraction(RATE), 50, transitions).morphs
    framed = framed_by(jumped, HandFraming(0.0, 0.0, 1.2))
    assert not treatment(framed, Fraction(RATE), 50, transitions).morphs


def test_the_plans_corners_are_those_of_its_takes_and_follow_no_hand(cut: Document) -> None:
    plan = plan_frames(cut, Fraction(RATE))
    whole = plan_corners(plan, {0: WIDE}, UPRIGHT, FOLLOW)
    assert np.array_equal(whole, corners(plan.sources, RATE, 0, WIDE, UPRIGHT, FOLLOW))
    framed = plan_frames(framed_by(cut, HandFraming(0.1, 0.0, 2.0)), Fraction(RATE))
    assert np.array_equal(whole, plan_corners(framed, {0: WIDE}, UPRIGHT, FOLLOW))
    assert sorted(framed.framed) == list(range(25, 50))


@pytest.mark.parametrize("kind", ["centre", "black"])
def test_the_written_file_is_framed_by_hand(cut: Document, tmp_path: Path, kind: Reframe) -> None:
    settings = replace(PRESETS["tiktok"].settings, size=UPRIGHT, reframe=kind)
    hand = HandFraming(0.04, 0.05, 1.5)
    target = tmp_path / "out.mp4"
    finish(export(framed_by(cut, hand), target, Settings(render=settings)))
    with av.open(str(target)) as container:
        written = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    expected = shown(framed_by(cut, hand), UPRIGHT, Framing(kind))
    for k in (10, 40):
        assert square(written[k].astype(float)) == pytest.approx(square(expected[k]), abs=1.0)
    assert abs(square(written[24].astype(float))[2] - square(written[25].astype(float))[2]) > 2


def test_the_master_copy_is_framed_by_hand_too(cut: Document, tmp_path: Path) -> None:
    target = tmp_path / "master.mp4"
    framed = framed_by(cut, HandFraming(0.0, 0.0, 2.0))
    finish(export(framed, target, Settings(render=DEFAULT)))
    with av.open(str(target)) as container:
        written = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    assert square(written[10].astype(float))[2] == pytest.approx(SIDE, rel=0.08)
    assert square(written[40].astype(float))[2] == pytest.approx(2 * SIDE, rel=0.08)


@pytest.mark.parametrize(
    ("left", "top", "share"), [(0.1234, 0.307, 0.4), (0.0, 0.5, 0.5), (2 / 3, 2 / 3, 1 / 3)]
)
def test_an_enlarged_part_lies_exactly_where_its_view_says(
    left: float, top: float, share: float
) -> None:
    columns, rows, size = 320, 240, (480, 360)

    def waves(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 120 + 60 * np.sin(x / 9)[None, :] + 40 * np.sin(y / 11)[:, None]

    planes = np.full((rows * 3 // 2, columns), 128, np.uint8)
    planes[:rows] = np.round(waves(np.arange(columns), np.arange(rows)))
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    out = zoomed(frame, View(left, top, share, share), size).to_ndarray()[: size[1]]
    x = left * columns + (np.arange(size[0]) + 0.5) * share * columns / size[0] - 0.5
    y = top * rows + (np.arange(size[1]) + 0.5) * share * rows / size[1] - 0.5
    away = np.abs(out - waves(x, y))
    inside = np.ix_((y > 2) & (y < rows - 3), (x > 2) & (x < columns - 3))
    assert away[inside].max() < 2.5
    assert away[inside].mean() < 0.5  # a quarter of a pixel beside it would be 1
