"""Lyrics files are read as people have them, and each line is known by its times."""

from __future__ import annotations

from pathlib import Path

import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.render.overlays.lyrics import LONGEST, LyricLine, read_lyrics


def lines(folder: Path, content: str | bytes, name: str = "song.lrc") -> list[LyricLine]:
    data = content.encode() if isinstance(content, str) else content
    path = folder / name
    path.write_bytes(data)
    return list(read_lyrics(path))


def spans(found: list[LyricLine]) -> list[tuple[float, float, str]]:
    return [(round(line.start, 3), round(line.end, 3), line.text) for line in found]


def test_a_line_lasts_until_the_next_one_or_an_empty_one(tmp_path: Path) -> None:
    found = lines(tmp_path, "[ti:Song]\n[00:01.50]one\n[00:03]two\n[00:04.5]\n[01:02.250]three\n")
    assert spans(found) == [
        (1.5, 3.0, "one"),
        (3.0, 4.5, "two"),
        (62.25, 62.25 + LONGEST, "three"),
    ]


def test_words_that_return_have_several_stamps(tmp_path: Path) -> None:
    found = lines(tmp_path, "[00:09.00][00:01.00]again\r\n[00:04.00]between\r\n")
    assert [line.text for line in found] == ["again", "between", "again"]


def test_a_positive_offset_brings_the_words_earlier(tmp_path: Path) -> None:
    assert lines(tmp_path, "[offset:+500]\n[00:02.00]one")[0].start == 1.5
    assert lines(tmp_path, "[offset: -250]\n[00:02.00]one")[0].start == 2.25


def test_stamps_of_words_are_taken_out_and_the_last_one_ends_the_line(tmp_path: Path) -> None:
    text = "[00:01.00]<00:01.00> two <00:01.60>words <00:02.20>\n[00:05.00]next"
    assert spans(lines(tmp_path, text))[0] == (1.0, 2.2, "two words")


def test_hundredths_after_a_colon_are_read_too(tmp_path: Path) -> None:
    assert lines(tmp_path, "[01:02:50]one")[0].start == 62.5


def test_a_translation_of_the_same_time_is_shown_below(tmp_path: Path) -> None:
    found = lines(tmp_path, "[00:01.00]你好\n[00:01.00]hello\n[00:02.00]\n")
    assert spans(found) == [(1.0, 2.0, "你好\nhello")]


SRT = """\
1
00:00:01,000 --> 00:00:03,500
<i>Hello</i>
{\\an8}again

2
00:00:03,000 --> 00:00:04,000 X1:100
42

3
00:01:00.000 --> 00:01:01.000

"""


def test_subtitles_keep_their_ends_and_lose_their_markup(tmp_path: Path) -> None:
    assert spans(lines(tmp_path, SRT, "song.srt")) == [
        (1.0, 3.0, "Hello\nagain"),
        (3.0, 3.5, "Hello\nagain\n42"),
        (3.5, 4.0, "42"),
    ]
    # What is in it counts, not its name.
    assert len(lines(tmp_path, SRT.replace("\n", "\r\n"), "song.lrc")) == 3


KOREAN = ("너의 목소리가 들려", "오늘도 너를 기다리고 있어", "사랑해요")


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "euc_kr"])
def test_korean_files_are_read_as_korean(tmp_path: Path, encoding: str) -> None:
    text = "".join(f"[00:0{k}.00]{row}\n" for k, row in enumerate(KOREAN))
    assert tuple(line.text for line in lines(tmp_path, text.encode(encoding))) == KOREAN


def test_webvtt_may_leave_the_hours_out(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n00:01.500 --> 00:03.000\nHello\n\n00:00:03.000 --> 00:00:05.000\nSecond\n\n"
        "1:00:05.000 --> 01:00:06.500 align:start\nlate\n"
    )
    assert spans(lines(tmp_path, text, "song.vtt")) == [
        (1.5, 3.0, "Hello"),
        (3.0, 5.0, "Second"),
        (3605.0, 3606.5, "late"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_files_of_every_usual_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    words = "我独自走在郊外的小路上"
    assert lines(tmp_path, f"[00:01.00]{words}\n".encode(encoding))[0].text == words


def test_western_files_of_old_programs_are_read(tmp_path: Path) -> None:
    words = "Où ça? L’été, déjà – naïve"
    assert lines(tmp_path, f"[00:01.00]{words}".encode("cp1252"))[0].text == words


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"just words\nwithout times", "no line in it has a time"),
        (b"", "no line in it has a time"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "save the lyrics as UTF-8"),
        ("[00:01.00]مرحبا بالعالم هذه أغنية".encode("cp1256"), "save the lyrics as UTF-8"),
        (b"[00:01.00]" + b"la " * 1_000_000, "save the lyrics as UTF-8"),
    ],
)
def test_what_is_no_lyrics_is_said_in_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        lines(tmp_path, content)
    with pytest.raises(InputError, match="there is no such file"):
        read_lyrics(tmp_path / "nowhere.lrc")
