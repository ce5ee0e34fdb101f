"""Every finding has a sentence, in English and in every other language."""

from __future__ import annotations

import string

import pytest

from lipsyncer.findings import WORDING, Finding, FindingKind, sentence


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_has_a_sentence_with_its_numbers(kind: FindingKind) -> None:
    words = sentence(Finding(kind, 1, (12.0, 13.44), (2.0, 2.5), 40))
    assert words[0].isupper() and words.endswith(".") and "{" not in words
    shown = {"start": "12.0", "end": "13.4", "source_start": "2.0", "number": "40"}
    blanks = {name for _, name, _, _ in string.Formatter().parse(WORDING[kind]) if name}
    assert all(shown[blank] in words for blank in blanks & shown.keys())
    assert ("start" in blanks) == ("end" in blanks)


def test_no_two_kinds_read_the_same() -> None:
    assert len(set(WORDING.values())) == len(FindingKind)


def test_the_take_is_named_where_there_are_several() -> None:
    finding = Finding(FindingKind.LIPS_MOVE, 1, (12.0, 13.44))
    words = "The lips move from 12.0 s to 13.4 s although there is no singing."
    assert sentence(finding) == sentence(finding, ["b.mp4"]) == words
    assert sentence(finding, ["a.mp4", "b.mp4"]) == f"b.mp4: {words}"
    whole = Finding(FindingKind.NOTHING_MATCHES, number=12)
    assert sentence(whole, ["a.mp4", "b.mp4"]).startswith("The footage does not seem to match")


def test_another_language_may_put_the_numbers_elsewhere() -> None:
    finding = Finding(FindingKind.LIPS_MOVE, span=(1.0, 2.0))
    assert sentence(finding, translate=lambda _: "bis {end} ab {start}") == "bis 2.0 ab 1.0"
