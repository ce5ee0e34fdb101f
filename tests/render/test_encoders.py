"""A card's encoder is used when it proves itself, and x264 where none does, which is then said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import flash
import numpy as np
import pytest
from program import Program

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.findings import WORDING, Finding, FindingKind
from lipsyncer.jobs import export
from lipsyncer.media.delivery import measure
from lipsyncer.progress import finish
from lipsyncer.project import Project, save_project
from lipsyncer.render import PRESETS, RenderSettings, encoders, render
from lipsyncer.render.check import check
from lipsyncer.render.encoder_choice import chosen, works
from lipsyncer.render.encoders import HARDWARE, X264, Encoder
from lipsyncer.settings.job import Settings

SIZE, RATE = (128, 192), Fraction(30)
SETTINGS = replace(PRESETS["tiktok"].settings, size=SIZE)


def x264_with(**more: str) -> Encoder:
    """Stand in for a card's encoder: x264 with some habits of its own."""
    return Encoder(
        "libx264",
        "stand-in",
        lambda *asked: X264.options(*asked) | more,
        "nv12",
    )


ABSENT = Encoder("h264_nowhere", "not there", lambda *asked: {})
REORDERING = x264_with(bf="2")
LONG_GROUPS = x264_with(g="300")
OPEN_GROUPS = x264_with(**{"x264-params": "open-gop=1:bframes=2:scenecut=0"})
BASELINE = x264_with(profile="baseline")
OTHER_CODEC = Encoder("mpeg4", "no H.264", lambda *asked: {})
GOOD = x264_with()


@pytest.mark.parametrize(
    ("encoder", "good"),
    [
        (X264, True),
        (GOOD, True),
        (ABSENT, False),
        (REORDERING, False),
        (LONG_GROUPS, False),
        (OPEN_GROUPS, False),
        (BASELINE, False),
        (OTHER_CODEC, False),
    ],
    ids=["x264", "good", "absent", "b-frames", "long", "open", "baseline", "mpeg4"],
)
def test_an_encoder_has_to_write_what_platforms_ask_for(encoder: Encoder, good: bool) -> None:
    assert works(encoder, SETTINGS, SIZE, RATE) is good


def test_the_first_that_works_is_chosen_and_only_where_it_is_asked_for() -> None:
    some = (ABSENT, REORDERING, GOOD, x264_with(qp="30"))
    assert chosen("hardware", SETTINGS, SIZE, RATE, some) is GOOD
    assert chosen("hardware", SETTINGS, SIZE, RATE, some[:2]) is X264
    assert chosen("software", SETTINGS, SIZE, RATE, some) is X264


@pytest.mark.parametrize("encoder", [X264, *HARDWARE], ids=lambda encoder: encoder.codec)
@pytest.mark.parametrize("preset", ["tiktok", "master"])
def test_no_encoder_is_asked_for_b_frames_or_more_than_the_limit(
    encoder: Encoder, preset: str
) -> None:
    settings = PRESETS[preset].settings
    options = encoders.options_of(encoder, settings, (1080, 1920), RATE)
    assert (options["bf"], options["profile"]) == ("0", "high")
    assert options["g"] == str(round(settings.key_interval * 30))
    assert all(isinstance(value, str) for value in options.values())
    if settings.max_bit_rate:
        assert int(options["maxrate"]) == settings.max_bit_rate
        assert int(options.get("b", 0)) <= settings.max_bit_rate


@pytest.fixture
def document(tmp_path: Path) -> Document:
    take = flash.make_take(tmp_path / "take.mp4", 60, [10, 40], size=SIZE)
    song = flash.make_song(tmp_path / "song.wav", 2.0, [10 / 30, 40 / 30])
    segment = Segment(0.0, 2.0, 0, 0.0, 2.0, "matched", 1.0)
    return Document(song, 2.0, (Take(take, 2.0),), (segment,))


def whole(settings: RenderSettings, document: Document, target: Path) -> tuple[Finding, ...]:
    """Export and give what the user should know."""
    return finish(export(document, target, Settings(render=settings))).findings


def test_where_no_card_helps_it_is_written_all_the_same_and_said(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "HARDWARE", (ABSENT, REORDERING))
    hardware = replace(SETTINGS, encoder="hardware")
    assert whole(hardware, document, tmp_path / "out.mp4") == (
        Finding(FindingKind.ENCODED_BY_PROCESSOR),
    )
    assert whole(SETTINGS, document, tmp_path / "plain.mp4") == ()
    assert (tmp_path / "out.mp4").read_bytes() == (tmp_path / "plain.mp4").read_bytes()


def test_what_another_encoder_writes_is_in_sync_and_as_the_platform_asks(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "HARDWARE", (GOOD,))
    target = tmp_path / "out.mp4"
    settings = replace(PRESETS["master"].settings, encoder="hardware")
    assert finish(render(document, target, settings)).encoder == GOOD
    assert [line.name for line in check(target, PRESETS["master"]) if not line.passed] == []
    for ignore in (False, True):
        seen, heard = flash.seen_and_heard(target, ignore_edit_lists=ignore)
        np.testing.assert_allclose(seen, [10 / 30, 40 / 30], atol=1e-3)
        np.testing.assert_allclose(heard, seen, atol=1e-3)


def test_the_command_line_really_tries_and_really_falls_back(
    lipsyncer: Program, document: Document, tmp_path: Path
) -> None:
    project, target = tmp_path / "cut.lipsync", tmp_path / "out.mp4"
    save_project(Project(document), project)
    outcome = lipsyncer(
        "export", project, "-o", target, "--preset", "master", "--encoder", "hardware"
    )
    assert outcome.code == 0
    assert measure(target).video is not None
    there_is_one = any(works(card, PRESETS["master"].settings, SIZE, RATE) for card in HARDWARE)
    assert (
        f"warning: {WORDING[FindingKind.ENCODED_BY_PROCESSOR]}" in outcome.err
    ) is not there_is_one
