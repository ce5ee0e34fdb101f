"""The report's findings, marks and warnings are one list, seen three ways."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import jumping_take
import pytest

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.inverse import unchanged
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.handoff.report import report
from lipsyncer.settings.job import Settings

FACES = Finding(FindingKind.SEVERAL_FACES, 0, number=2)
DAMAGE = Finding(FindingKind.DAMAGED_SOURCE, 0, source=(3.0, 4.0))
PAGE = Path(__file__).resolve().parents[2] / "docs" / "report.md"


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Give a take that moves its lips in a pause, has a damaged second and shows two faces."""
    folder = tmp_path_factory.mktemp("film")
    known = jumping_take.analysis(folder, Settings(gaps="keep"))
    return replace(known, take_findings=(FACES, DAMAGE))


def test_every_finding_is_reported_with_its_place(analysis: Analysis) -> None:
    listed = report(analysis, {})["findings"]
    assert [entry["kind"] for entry in listed] == [f.kind.value for f in analysis.findings]
    faces, damage, *cut = listed
    assert faces == {
        "kind": "several faces",
        "take": 0,
        "song_start": None,
        "song_end": None,
        "sentence": sentence(FACES),
        "warns": True,
    }
    assert damage["song_start"] == pytest.approx(3.0 - jumping_take.FIRST, abs=0.02)
    assert damage["song_end"] == pytest.approx(4.0 - jumping_take.FIRST, abs=0.02)
    assert {entry["kind"] for entry in cut} == {"no voice", "lips move though nobody sings"}
    assert all(entry["song_start"] < entry["song_end"] for entry in cut)


def test_marks_are_the_findings_about_what_could_not_be_matched(analysis: Analysis) -> None:
    values = report(analysis, {})
    assert values["marks"] == [
        {
            "song_start": entry["song_start"],
            "song_end": entry["song_end"],
            "reason": entry["kind"],
        }
        for entry in values["findings"]
        if entry["kind"] not in ("several faces", "damaged source")
    ]
    assert len(values["marks"]) == 2


def test_warnings_are_the_sentences_of_the_findings_that_warn(analysis: Analysis) -> None:
    values = report(analysis, {})
    assert values["warnings"] == [e["sentence"] for e in values["findings"] if e["warns"]]
    assert values["warnings"] == list(analysis.warnings)
    assert len(values["warnings"]) == len(values["findings"]) - 1  # the pause itself


def test_a_song_that_was_fitted_to_the_picture_has_no_marks(analysis: Analysis) -> None:
    values = report(analysis, {}, fitted=unchanged(analysis.document))
    assert values["marks"] == []
    assert values["warnings"] == list(analysis.warnings)


def test_the_page_names_every_kind_once() -> None:
    named = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    kinds = {kind.value for kind in FindingKind} - {FindingKind.ENCODED_BY_PROCESSOR.value}
    assert {kind: named.count(kind) for kind in kinds} == dict.fromkeys(kinds, 1)
