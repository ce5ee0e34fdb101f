"""What holds of lyrics, whatever is written in the file."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.render.overlays.lyrics import LONGEST, read_lyrics

words = st.text(
    st.characters(categories=["L", "N"], include_characters=" ,.!?'"), min_size=1, max_size=30
).filter(str.strip)
lines = st.lists(st.tuples(st.integers(0, 59_999), words), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lyrics") / "song.lrc"


def normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@given(lines)
def test_lrc_lines_come_back_in_order_and_never_overlap(
    file: Path, lines: list[tuple[int, str]]
) -> None:
    starts = [hundredths for hundredths, _ in lines]
    assume(all(abs(one - other) >= 10 for one, other in pairwise(sorted(starts))))
    rows = [
        f"[{start // 6000:02d}:{start // 100 % 60:02d}.{start % 100:02d}]{text}"
        for start, text in lines
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    found = read_lyrics(file)
    wanted = sorted((start / 100, normal(text)) for start, text in lines)
    assert [(line.start, normal(line.text)) for line in found] == [
        (pytest.approx(start, abs=1e-6), text) for start, text in wanted
    ]
    assert all(one.start < one.end <= other.start + 1e-9 for one, other in pairwise(found))
    assert all(line.end - line.start <= LONGEST + 1e-9 for line in found)


@given(lines, st.integers(1, 300))
def test_srt_cues_come_back_with_their_times(
    file: Path, lines: list[tuple[int, str]], length: int
) -> None:
    starts = sorted(hundredths for hundredths, _ in lines)
    assume(all(other - one >= 10 for one, other in pairwise(starts)))
    assume(length >= 10)

    def stamp(hundredths: int) -> str:
        return f"00:{hundredths // 6000:02d}:{hundredths // 100 % 60:02d},{hundredths % 100:02d}0"

    cues = [
        f"{k}\n{stamp(start)} --> {stamp(start + length)}\n{text}\n"
        for k, (start, text) in enumerate(lines, 1)
    ]
    file.write_text("\n".join(cues), encoding="utf-8")
    found = read_lyrics(file)
    assert all(one.end <= other.start + 1e-9 for one, other in pairwise(found))
    assert min(line.start for line in found) == pytest.approx(starts[0] / 100, abs=1e-6)
    assert max(line.end for line in found) == pytest.approx((starts[-1] + length) / 100, abs=1e-6)
    for start, text in lines:
        (there,) = [line for line in found if line.start <= start / 100 + 1e-6 < line.end]
        assert normal(text) in normal(there.text)


@given(st.binary(max_size=400) | st.text(alphabet="[]<>:.0123456789-, \nab", max_size=400))
def test_whatever_a_file_holds_there_are_lines_or_one_sentence(
    file: Path, content: bytes | str
) -> None:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        found = read_lyrics(file)
    except InputError as error:
        assert str(error).startswith("song.lrc: ") and str(error).endswith(".")
        return
    assert found
    assert all(line.start < line.end and line.text.strip() for line in found)
    assert all(one.end <= other.start + 1e-9 for one, other in pairwise(found))
