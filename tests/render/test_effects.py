"""Effects change the pixels of the written video, and nothing where none are asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from PIL import Image

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.edits import as_filmed
from lipsyncer.progress import finish
from lipsyncer.render import RenderSettings, render
from lipsyncer.render.check import check
from lipsyncer.render.composition import composes
from lipsyncer.render.effects import NO_EFFECTS, EffectSettings
from lipsyncer.render.overlays.options import ExtrasSettings
from lipsyncer.render.presets import DEFAULT, PRESETS

LOSSLESS = replace(DEFAULT, crf=1.0)
LATE = 5
"""Frames by which the cut shows the take later than it was filmed."""


def coloured(index: int) -> np.ndarray:
    """Red on the left, blue on the right, a frame's number in the middle."""
    picture = np.zeros((240, 320, 3), np.uint8)
    picture[:, :160], picture[:, 160:] = (200, 40, 40), (40, 40, 200)
    picture[90:150, 30:130] = clips.coded_frame(index, (100, 60))
    picture[90:150, 190:290] = clips.coded_frame(index, (100, 60))
    return picture


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Give a cut of 2 s that shows a take five frames later than it was filmed."""
    take = clips.write_clip(
        tmp_path / "take.mp4", clips.even_times(25, 4), size=(320, 240), picture=coloured
    )
    song = flash.make_song(tmp_path / "song.wav", 2.0, [1.0])
    moved = LATE / 25
    segment = Segment(0.0, 2.0, 0, moved, 2.0 + moved, "matched", 1.0)
    return Document(song, 2.0, (Take(take, 4.0),), (segment,))


def written(document: Document, settings: RenderSettings) -> list[np.ndarray]:
    target = document.song.with_name("out.mp4")
    finish(render(document, target, settings))
    with av.open(str(target)) as container:
        return [
            frame.reformat(
                format="rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.DEFAULT
            ).to_ndarray()
            for frame in container.decode(video=0)
        ]


def with_effects(**chosen: object) -> RenderSettings:
    return replace(LOSSLESS, effects=EffectSettings(**chosen))  # type: ignore[arg-type]


def codes(picture: np.ndarray) -> tuple[int, int]:
    """Numbers that a picture of 320x240 shows on its left and on its right."""
    return clips.read_code(picture[90:150, 30:130]), clips.read_code(picture[90:150, 190:290])


def test_only_effects_are_composed() -> None:
    assert not composes(NO_EFFECTS)
    assert not composes(EffectSettings(titles=("Vorher", "Nachher")))
    assert composes(EffectSettings(mirror=True))


def test_beside_each_other_the_left_half_is_as_filmed_and_the_right_one_is_the_cut(
    document: Document,
) -> None:
    frames = written(document, with_effects(before_after="beside"))
    assert frames[0].shape == (240, 644, 3)
    assert len(frames) == 50
    for number in (3, 20, 47):
        assert codes(frames[number][:, :320]) == (number, number)
        assert codes(frames[number][:, 324:]) == (number + LATE, number + LATE)
    assert frames[20][:, 321:323].max() < 30


def test_a_split_picture_is_as_filmed_on_the_left_and_the_cut_on_the_right(
    document: Document,
) -> None:
    frames = written(document, with_effects(before_after="split"))
    assert frames[0].shape == (240, 320, 3)
    for number in (3, 47):
        assert codes(frames[number]) == (number, number + LATE)
    assert frames[20][200, 159:161].min() > 200


def test_titles_stand_over_both_halves_and_can_be_in_any_language(document: Document) -> None:
    plain = written(document, with_effects(before_after="beside", titles=(" ", " ")))[9]
    chosen = with_effects(before_after="beside", titles=("Vorher", "Nachher"))
    titled = written(document, chosen)[9]
    touched = np.abs(plain.astype(int) - titled).max(axis=2) > 60
    assert touched[:60, :320].sum() > 50
    assert touched[:60, 324:].sum() > 50
    assert not touched[80:].any()


def test_an_upright_platform_gets_one_above_the_other(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "tiktok.mp4"
    settings = replace(
        PRESETS["feed"].settings,
        effects=EffectSettings(before_after="beside"),
        reframe="centre",
        x264_preset="ultrafast",
    )
    finish(render(document, target, settings))
    with av.open(str(target)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert picture.shape == (1350, 1080, 3)
    assert picture[673:677].max() < 40
    assert picture[600].max() > 150 and picture[740].max() > 150


def test_a_mirrored_picture_has_its_sides_swapped_and_its_watermark_has_not(
    document: Document, tmp_path: Path
) -> None:
    mark = tmp_path / "mark.png"
    wide = np.full((20, 40, 4), (255, 255, 255, 255), np.uint8)
    wide[:, :20] = (0, 255, 0, 255)
    Image.fromarray(wide).save(mark)
    extras = ExtrasSettings(watermark=mark, watermark_size=0.25, watermark_opacity=1.0)
    frame = written(document, replace(with_effects(mirror=True), extras=extras))[10]
    np.testing.assert_allclose(frame[200, 20], (40, 40, 200), atol=12)
    np.testing.assert_allclose(frame[200, 300], (200, 40, 40), atol=12)
    assert clips.read_code(frame[90:150, 30:130][:, ::-1]) == 10 + LATE
    green = (frame[..., 1] > 150) & (frame[..., 0] < 110)
    white = frame.min(axis=2) > 200
    white[60:] = False
    assert 170 < np.flatnonzero(green.any(axis=0)).mean() < np.flatnonzero(white.any(axis=0)).mean()


def test_black_and_white_keeps_no_colour(document: Document) -> None:
    frame = written(document, with_effects(black_white=True))[10].astype(int)
    assert np.ptp(frame, axis=2).max() <= 4
    assert codes(frame) == (10 + LATE, 10 + LATE)


def test_the_picture_fades_from_and_to_black(document: Document) -> None:
    plain = written(document, LOSSLESS)
    faded = written(document, with_effects(fade_in=0.8, fade_out=0.4))
    share = [f.mean() / p.mean() for f, p in zip(faded, plain, strict=True)]
    times = (np.arange(50) + 0.5) / 25
    expected = np.clip(np.minimum(times / 0.8, (2.0 - times) / 0.4), 0, 1)
    np.testing.assert_allclose(share, expected, atol=0.03)


def test_a_composed_file_is_what_the_platform_asks_for(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "both.mp4"
    finish(render(document, target, with_effects(before_after="beside", mirror=True)))
    assert [line.name for line in check(target, PRESETS["master"]) if not line.passed] == []
    heard = flash.seen_and_heard(target, ignore_edit_lists=True)[1]
    np.testing.assert_allclose(heard, [1.0], atol=0.001)


def test_a_take_that_would_be_over_begins_with_the_part_that_is_shown(document: Document) -> None:
    late = replace(
        document,
        song_duration=60.0,
        segments=(Segment(40.0, 44.0, 0, 0.0, 4.0, "matched", 1.0),),
    )
    shown = as_filmed(late).segments[0]
    assert (shown.source_start, shown.source_end) == (0.0, 4.0)
    assert as_filmed(document).segments[0].source_start == 0.0
