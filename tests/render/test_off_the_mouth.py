"""Words stay off the mouth where they can."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import flash
import numpy as np
import pytest

from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, HandFraming, Segment, Take
from lipsyncer.jobs import export
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, Faces, render
from lipsyncer.render.framing import WHOLE
from lipsyncer.render.overlays.mouth_avoidance import covered, mouth_boxes
from lipsyncer.render.overlays.options import NO_EXTRAS, ExtrasSettings, Place
from lipsyncer.render.presets import Reframe
from lipsyncer.render.retime import plan_frames
from lipsyncer.settings.job import Settings

FRAMES = 32


def faces(x: float, y: float, eyes: float = 0.1) -> Faces:
    seen = np.arange(0, 3, 0.04)
    return Faces(seen, *(np.full(len(seen), value) for value in (x, y, eyes)))


def rows_with_words(
    folder: Path,
    found: Faces | None,
    place: Place = "bottom",
    take_size: tuple[int, int] = (96, 160),
    size: tuple[int, int] | None = None,
    reframe: Reframe = "follow",
) -> tuple[float, float]:
    """Render a black take with one line of lyrics: its first and last row, as shares."""
    take = flash.make_take(folder / "take.mp4", FRAMES, [], size=take_size)
    song = flash.make_song(folder / "song.wav", FRAMES / 30, [])
    lyrics = folder / "words.lrc"
    lyrics.write_text("[00:00.00]la la", encoding="utf-8")
    segment = Segment(0.0, FRAMES / 30, 0, 0.0, FRAMES / 30, "matched", 1.0)
    document = Document(song, FRAMES / 30, (Take(take, FRAMES / 30),), (segment,))
    extras = ExtrasSettings(lyrics=lyrics, lyrics_place=place)
    settings = replace(DEFAULT, extras=extras, size=size, reframe=reframe)
    known = {} if found is None else {0: found}
    out = finish(render(document, folder / "out.mp4", settings, faces=known)).path
    with av.open(str(out)) as container:
        luma = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)][FRAMES // 2]
    rows = np.flatnonzero(luma.max(axis=1) > 150)
    assert len(rows)
    return rows[0] / len(luma), rows[-1] / len(luma)


def test_words_stand_at_the_bottom_while_the_mouth_is_elsewhere(tmp_path: Path) -> None:
    assert rows_with_words(tmp_path, faces(0.5, 0.5))[0] > 0.8
    assert rows_with_words(tmp_path, None)[0] > 0.8


@pytest.mark.parametrize(("place", "mouth"), [("bottom", 0.9), ("top", 0.1)])
def test_words_go_to_the_other_end_where_they_would_cover_the_mouth(
    tmp_path: Path, place: Place, mouth: float
) -> None:
    first, last = rows_with_words(tmp_path, faces(0.5, mouth), place)
    assert last < 0.2 if place == "bottom" else first > 0.8


def test_words_that_would_cover_it_anywhere_stay_where_they_are_wished(tmp_path: Path) -> None:
    assert rows_with_words(tmp_path, faces(0.5, 0.5, eyes=1.2))[0] > 0.8


def test_a_crop_is_taken_into_account(tmp_path: Path) -> None:
    # The mouth is low in an upright take; the square cut from it around the face has it higher.
    first, _ = rows_with_words(
        tmp_path, faces(0.5, 0.93, 0.05), take_size=(96, 288), size=(96, 96), reframe="follow"
    )
    whole, last = rows_with_words(
        tmp_path, faces(0.5, 0.93, 0.05), take_size=(96, 288), size=(96, 96), reframe="blur"
    )
    assert first > 0.7  # the crop stands at the take's end; its mouth is at four fifths
    assert last < 0.3 and whole < 0.3


def test_a_box_covers_the_mouth_where_they_meet_and_never_one_that_was_not_seen() -> None:
    boxes = np.array([[10, 10, 20, 20], [10, 30, 20, 40], [np.nan] * 4, [0, 0, 5, 5]])
    assert covered(boxes, (0, 15, 100, 25)) == pytest.approx(0.25)
    assert covered(boxes, (0, 50, 100, 60)) == 0.0


def test_an_export_with_words_looks_for_the_mouth_and_one_without_does_not(
    snippet: Demo, tmp_path: Path
) -> None:
    lyrics = tmp_path / "words.lrc"
    lyrics.write_text("[00:00.00]la la", encoding="utf-8")
    segment = Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0)
    document = Document(snippet.song_path, 4.0, (Take(snippet.take_path, 4.0),), (segment,))

    def stages(extras: ExtrasSettings) -> list[str]:
        settings = Settings(render=replace(DEFAULT, extras=extras))
        seen = [news.stage for news in export(document, tmp_path / "out.mp4", settings)]
        return list(dict.fromkeys(seen))

    assert stages(NO_EXTRAS) == ["render"]
    assert stages(ExtrasSettings(lyrics=lyrics)) == ["track", "render"]


def test_a_picture_that_was_enlarged_by_hand_takes_the_mouth_with_it() -> None:
    segment = Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0)
    document = Document(Path("song.wav"), 1.0, (Take(Path("take.mp4"), 1.0),), (segment,))
    by_hand = replace(segment, framing=HandFraming(0.0, 0.0, 2.0))

    def box(cut: Document) -> np.ndarray:
        plan = plan_frames(cut, Fraction(25))
        shapes, size = {0: (100, 100)}, (100, 100)
        boxes = mouth_boxes(plan, shapes, size, WHOLE, {0: faces(0.5, 0.6)})
        return np.asarray(boxes[12])

    left, top, right, bottom = box(document)
    assert (left + right) / 2 == pytest.approx(50) and (top + bottom) / 2 == pytest.approx(60)
    # Twice as large about the middle.
    wider = box(replace(document, segments=(by_hand,)))
    assert wider == pytest.approx([2 * side - 50 for side in (left, top, right, bottom)], abs=0.1)
