"""A font of this computer for words in any script."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from lipsyncer.diagnostics.errors import InputError

_KINDS = {".ttf", ".otf", ".ttc", ".otc"}
_UNFIT = ("emoji", "lastresort", "blank", "mono", "symbol", "italic", "oblique")
_GOOD = (
    "NotoSans-Bold,SegoeUIB,HelveticaNeue,Arial Bold,ArialBD,LiberationSans-Bold,DejaVuSans-Bold,"
    "NotoSansCJK-Bold,NotoSansSC-Bold,NotoSansJP-Bold,NotoSansKR-Bold,PingFang,Hiragino Sans GB,"
    "STHeiti Medium,msyhbd,YuGothB,malgunbd,AppleSDGothicNeo,wqy-microhei,wqy-zenhei,"
    "NotoSansArabic-Bold,GeezaPro,TahomaBD,NotoSansHebrew-Bold,ArialHB,NotoSansDevanagari-Bold,"
    "NirmalaB,NotoSansThai-Bold,Thonburi,LeelaUIB,NotoSansCJK-Regular,Arial Unicode"
).lower()
"""Names of files, the best first: plain and bold, as is read best over a picture."""
_TO_INSTALL = {
    "CJK": "Noto Sans CJK",
    "HIRAGANA": "Noto Sans CJK",
    "KATAKANA": "Noto Sans CJK",
    "HANGUL": "Noto Sans CJK",
    "ARABIC": "Noto Sans Arabic",
    "HEBREW": "Noto Sans Hebrew",
    "DEVANAGARI": "Noto Sans Devanagari",
    "THAI": "Noto Sans Thai",
}
_OPTIONAL = {"So", "Sk", "Sm", "Cf", "Cn", "Co", "Cs"}
"""Categories of signs that are left out where a font has none of them, like a note or a heart."""
_ASKED = 60


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and which of the fonts in it."""

    path: Path
    index: int = 0

    def at(self, pixels: int) -> ImageFont.FreeTypeFont:
        """Load it in a size."""
        engine = ImageFont.Layout.RAQM if _can_shape() else ImageFont.Layout.BASIC
        return ImageFont.truetype(str(self.path), pixels, self.index, layout_engine=engine)


def faces_for(rows: Iterable[str], owner: Path) -> Mapping[str, Face]:
    """Choose a font for each row of words: one for all where there is one.

    Parameters
    ----------
    owner
        The file that the words are from.

    Raises
    ------
    InputError
        When no font of this computer has the letters of a row, or nothing here can join and order
        the letters of its script.
    """
    rows = list(dict.fromkeys(rows))
    if any(map(_needs_shaping, rows)) and not _can_shape():
        raise InputError(
            owner,
            "its script needs the FriBiDi library, which is not installed; install fribidi and "
            "restart Lipsyncer.",
        )
    one = _face("".join(rows))
    if one is not None:
        return dict.fromkeys(rows, one)
    face_of_row = {}
    for row in rows:
        face = _face(row)
        if face is None:
            letter, font = _missing(row)
            raise InputError(
                owner,
                f"no font on this computer has its “{letter}”; install {font} and restart "
                "Lipsyncer.",
            )
        face_of_row[row] = face
    return face_of_row


def without_missing(row: str, face: Face) -> str:
    """Leave out the signs that a font does not have."""
    has = _letters(face)
    return "".join(
        c for c in row if ord(c) in has or c.isspace() or unicodedata.category(c) == "Cf"
    )


def _needed(text: str) -> frozenset[int]:
    return frozenset(
        ord(c) for c in text if not c.isspace() and unicodedata.category(c) not in _OPTIONAL
    )


def _face(text: str) -> Face | None:
    needed = _needed(text)
    return next((face for face in _candidates(needed) if needed <= _letters(face)), None)


def _missing(row: str) -> tuple[str, str]:
    """Give a letter that no font has, and the font to install."""
    needed = _needed(row)
    least = min((needed - _letters(face) for face in _candidates(needed)), key=len, default=needed)
    letter = chr(min(least or needed))
    script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return letter, _TO_INSTALL.get(script, "Noto Sans")


def _candidates(needed: frozenset[int]) -> Iterator[Face]:
    """Go through this computer's fonts: good ones, what the system would take, and any."""
    files = _files()
    good = [files[name] for name in _GOOD.split(",") if name in files]
    for path in good:
        yield Face(path, _variant(path, needed))
    yield from _of_fontconfig(needed)
    rest = [p for p in files.values() if p not in good and not _unfit(p)]
    yield from (Face(path) for path in sorted(rest, key=lambda p: "bold" not in p.stem.lower()))


def _variant(path: Path, needed: frozenset[int]) -> int:
    """Choose among the forms of Noto Sans CJK: Japanese, Korean, simplified Chinese."""
    if not (path.stem.startswith("NotoSansCJK") and path.suffix.lower() in (".ttc", ".otc")):
        return 0
    if any(0x3040 <= letter <= 0x30FF for letter in needed):
        return 0
    return 1 if any(0xAC00 <= letter <= 0xD7A3 for letter in needed) else 2


def _unfit(path: Path) -> bool:
    return any(word in path.stem.lower() for word in _UNFIT)


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Font files of this computer by their name without suffix, in small letters."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        folders = [
            Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"),
            Path(local, "Microsoft", "Windows", "Fonts"),
        ]
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        folders = [Path(folder, "fonts") for folder in shared.split(":") if folder]
        folders += [home / ".local/share/fonts", home / ".fonts"]
    path_of_font: dict[str, Path] = {}
    for folder in folders:
        for root, _, names in os.walk(folder):  # tells of no folder that can't be read
            for name in sorted(names):
                path = Path(root, name)
                if path.suffix.lower() in _KINDS:
                    path_of_font.setdefault(path.stem.lower(), path)
    return path_of_font


@lru_cache(maxsize=256)
def _letters(face: Face) -> frozenset[int]:
    """Code points that a font has; none where it can't be read."""
    try:
        with TTFont(str(face.path), fontNumber=face.index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # a broken font raises anything, and is as good as none
        return frozenset()


@lru_cache(maxsize=64)
def _asked(needed: frozenset[int]) -> Face | None:
    program = shutil.which("fc-match")
    if program is None:
        return None
    letters = " ".join(f"{letter:x}" for letter in sorted(needed, reverse=True)[:_ASKED])
    pattern = f"sans:bold:charset={letters}"
    try:
        answer = subprocess.run(
            [program, "-f", "%{index}|%{file}", pattern],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=10,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    index, _, file = answer.partition("|")
    path = Path(file)
    if not index.isdigit() or path.suffix.lower() not in _KINDS:
        return None
    return Face(path, int(index) & 0xFFFF)  # what is above names a form of a variable font


def _of_fontconfig(needed: frozenset[int]) -> Iterator[Face]:
    face = _asked(needed)
    if face is not None:
        yield face


def _can_shape() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))


def _needs_shaping(text: str) -> bool:
    """Whether letters join, stack, or run from right to left."""
    return any(
        unicodedata.bidirectional(c) in ("R", "AL")
        or 0x0900 <= ord(c) <= 0x0DFF
        or 0x1000 <= ord(c) <= 0x109F
        or 0x1780 <= ord(c) <= 0x17FF
        for c in text
    )
