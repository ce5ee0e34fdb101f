"""Lyrics with times, from the kinds of file that people have.

LRC is what players and lyrics sites use: ``[mm:ss.xx]words``, several stamps before words that
return, ``[offset:ms]`` for the whole file (positive brings the words earlier), and in the enhanced
form ``<mm:ss.xx>`` before single words. SRT and WebVTT are what video sites use, WebVTT
also without hours. What is read here is what files in use have in common.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lipsyncer.diagnostics.errors import InputError, require_file

LONGEST = 8.0
"""Seconds that a line of an LRC file, which has no ends, stays when no other one follows."""

_LARGEST = 2_000_000  # bytes
_SHORTEST = 0.05  # s; less is not seen

_STAMP = r"(\d{1,5}):(\d{1,2})(?::(\d{1,2}))?(?:[.,](\d{1,3}))?"
_LINE_STAMP = re.compile(rf"\s*\[{_STAMP}\]")
_WORD_STAMP = re.compile(rf"<{_STAMP}>")
_OFFSET = re.compile(r"^\s*\[offset:\s*([+-]?\d+)\s*\]", re.IGNORECASE | re.MULTILINE)
_CUE_STAMP = r"(?:(\d{1,5}):)?(\d{1,5}):(\d{1,2}[.,]\d{1,9})"
_CUE = re.compile(rf"^[ \t]*{_CUE_STAMP}[ \t]*-->[ \t]*{_CUE_STAMP}.*$", re.MULTILINE)
_PARTICLES = frozenset("이가은는을를의에도로고다나지어아서해요네")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}")


@dataclass(frozen=True, slots=True)
class LyricLine:
    """Words, and when they are shown.

    Attributes
    ----------
    start, end
        Song times (s); lines do not overlap.
    text
        The words, without any markup; a new line where the file has one.
    """

    start: float
    end: float
    text: str


def read_lyrics(path: Path) -> tuple[LyricLine, ...]:
    """Read an LRC, SRT or WebVTT file; which of them it is its contents say.

    Returns
    -------
    tuple of LyricLine
        In the order of the song; at least one. What is shown at the same time, as translations
        are, is one line.

    Raises
    ------
    InputError
        When the file can't be read, or no line in it has a time.
    """
    text = _text(path)
    cues = list(_cues(text)) if _CUE.search(text) else list(_stamped(text))
    lines = tuple(_apart(cues))
    if not lines:
        raise InputError(
            path,
            "no line in it has a time; lyrics are an .lrc file with lines like [00:12.30]words, "
            "or an .srt file.",
        )
    return lines


def _text(path: Path) -> str:
    try:
        require_file(path)
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(
            path, "the lyrics can't be read; check that the file exists, and its permissions."
        ) from error
    text = _decoded(data) if len(data) <= _LARGEST else None
    if text is None or "\0" in text:
        raise InputError(path, "this is not text in a known encoding; save the lyrics as UTF-8.")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    """Turn bytes into text: by their mark, as UTF-8, or as old Western, Chinese or Korean files."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode(data, encoding)
    text = _decode(data, "utf-8")
    if text is not None:
        return text
    # Chinese letters are pairs of high bytes; in Western files most high bytes stand alone.
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
    even = sum(run for run in runs if run % 2 == 0) / sum(runs)
    letters = len(re.findall(rb"[A-Za-z]", data))
    if even > 0.9 and max(runs) > 2:
        korean = _decode(data, "cp949")
        if korean is not None and _is_korean(korean):
            return korean
        return _decode(data, "gb18030")
    if max(runs) <= 3 and sum(runs) < letters:
        return _decode(data, "cp1252")
    return None


def _is_korean(text: str) -> bool:
    """Whether text that was read as Korean makes sense as such.

    Chinese text read as Korean has Chinese characters and signs among its syllables, and lacks the
    particles and endings that every Korean sentence has.
    """
    letters = [c for c in text if ord(c) > 0x7F]
    syllables = sum("\uac00" <= c <= "\ud7a3" for c in letters)
    particles = sum(c in _PARTICLES for c in letters)
    return syllables >= 0.95 * len(letters) and particles >= 0.1 * len(letters)


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _stamped(text: str) -> Iterator[LyricLine]:
    """Read the lines of an LRC file; each lasts until the next one begins."""
    tag = _OFFSET.search(text)
    offset = int(tag[1]) / 1000 if tag else 0.0
    begins: list[tuple[float, float, str]] = []
    for row in text.split("\n"):
        stamps = []
        while stamp := _LINE_STAMP.match(row):
            stamps.append(_stamp(*stamp.groups()))
            row = row[stamp.end() :]
        inner = [_stamp(*stamp) for stamp in _WORD_STAMP.findall(row)]
        words = _clean(_WORD_STAMP.sub("", row))
        # A stamp after the last word says when it ends.
        closed = inner and words and re.search(r">\s*$", row)
        for stamp_time in stamps:
            length = inner[-1] - stamps[0] if closed else LONGEST
            end = stamp_time + max(length, _SHORTEST)
            begins.append((stamp_time - offset, end - offset, words))
    times = sorted({start for start, _, _ in begins})
    following = dict(zip(times, [*times[1:], times[-1] + LONGEST], strict=True)) if times else {}
    for start, end, words in begins:
        if words:
            yield LyricLine(max(start, 0.0), min(end, following[start]), words)


def _cues(text: str) -> Iterator[LyricLine]:
    """Read the cues of an SRT or WebVTT file."""
    cues = list(_CUE.finditer(text))
    for number, cue in enumerate(cues):
        last = number + 1 == len(cues)
        rows = text[cue.end() : len(text) if last else cues[number + 1].start()].split("\n")
        while rows and not rows[-1].strip():
            rows.pop()
        if not last and rows and rows[-1].strip().isdigit() and len(rows) > 1:
            rows.pop()  # the number of the cue that follows
        words = "\n".join(filter(None, map(_clean, rows)))
        if words:
            yield LyricLine(_seconds(*cue.groups()[:3]), _seconds(*cue.groups()[3:]), words)


def _apart(cues: list[LyricLine]) -> Iterator[LyricLine]:
    """Cut lines that overlap, and show what is shown at one time as one."""
    moments = sorted({moment for cue in cues for moment in (cue.start, cue.end)})
    waiting = sorted(cues, key=lambda cue: cue.start)
    current: list[LyricLine] = []
    for start, end in pairwise(moments):
        current = [cue for cue in current if cue.end > start]
        while waiting and waiting[0].start <= start:
            if waiting[0].end > start:
                current.append(waiting[0])
            waiting.pop(0)
        words = "\n".join(dict.fromkeys(cue.text for cue in current))
        # A copyist's overlap of a hundredth would flash both lines; the later one is meant.
        if end - start < _SHORTEST and len(current) > 1:
            words = current[-1].text
        if words:
            yield LyricLine(start, end, words)


def _stamp(first: str, second: str, third: str, fraction: str) -> float:
    """Read mm:ss, mm:ss.xx, hh:mm:ss.xx, and mm:ss:xx, which some files have."""
    rest = float(f"0.{fraction or 0}")
    if third and fraction:
        return int(first) * 3600 + int(second) * 60 + int(third) + rest
    return int(first) * 60 + int(second) + (float(f"0.{third}") if third else rest)


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _clean(words: str) -> str:
    words = _TAGS.sub("", words)
    printable = "".join(c for c in words if unicodedata.category(c) != "Cc" or c == "\t")
    return " ".join(printable.split())
