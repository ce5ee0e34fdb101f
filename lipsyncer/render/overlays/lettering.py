"""Words as a picture: wrapped evenly, centred, white with a dark outline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from lipsyncer.render.overlays.fonts import Face, without_missing

_OUTLINE = 0.09
"""Width of the outline, as a share of the letters' size."""
_LEADING = 1.25
_SMALLEST = 0.5
"""Share of the size wished for below which words are broken anywhere instead."""
_FEW = 3
_FEW_DOWN_TO = 0.7
"""Share of the size wished for down to which a row is kept within so many."""
_STEP = 0.92

# Signs that may not begin or end a row (JLREQ, W3C 2020, 3.1.7 and 3.1.8).
_NOT_FIRST = set(
    "、。，．・：；？！ー々〉》」』】〕）］｝’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…"
)
_NOT_LAST = set("〈《「『【〔（［｛‘“")


@dataclass(frozen=True)
class _Row:
    text: str
    font: ImageFont.FreeTypeFont
    direction: Literal["ltr", "rtl"] | None


def lettered(
    text: str, faces: Mapping[str, Face], pixels: int, width: int, height: int
) -> Image.Image:
    """Draw words no larger than a box.

    Parameters
    ----------
    text
        One or more rows.
    faces
        The font of each row.
    pixels
        Size of the letters (of the em); they get smaller where the words would not fit.
    width, height
        Of the box, in pixels.

    Returns
    -------
    Image
        RGBA, cut to what is drawn.
    """
    smallest = max(6, round(_SMALLEST * pixels))
    few, few_down_to = _FEW * len(text.split("\n")), _FEW_DOWN_TO * pixels
    while True:
        rows = _wrapped(text, faces, pixels, width, breaking=pixels <= smallest)
        fits = rows is not None and len(rows) * _LEADING * pixels + pixels / 2 <= height
        fits &= rows is not None and (len(rows) <= few or pixels <= few_down_to)
        if rows is not None and (fits or pixels <= smallest):
            break
        pixels = max(smallest, round(_STEP * pixels) if pixels > 12 else pixels - 1)
    return _drawn(rows, pixels, width)


def _wrapped(
    text: str, faces: Mapping[str, Face], pixels: int, width: int, *, breaking: bool
) -> list[_Row] | None:
    """Wrap words; None where one is wider than the box and is not to be broken."""
    width -= 2 * _outline(pixels)
    rows: list[_Row] = []
    for row in text.split("\n"):
        face = faces[row]
        font = face.at(pixels)
        drawable = without_missing(row, face).strip()
        direction = _direction(drawable, font)
        units = _units(drawable)
        if any(font.getlength(unit.strip(), direction=direction) > width for unit in units):
            if not breaking:
                return None
            units = list(drawable)
        parts = _even(units, font, direction, width)
        rows += [_Row(part, font, direction) for part in parts if part]
    return rows


def _units(row: str) -> list[str]:
    """Split a row where it may be broken; spaces go with what stands before them."""
    units: list[str] = []
    for word in re.findall(r"\S+\s*", row):
        begin = 0
        for k in range(1, len(word)):
            before, after = word[k - 1], word[k]
            wide = _breaks(before) or _breaks(after)
            if wide and after not in _NOT_FIRST and before not in _NOT_LAST and after.strip():
                units.append(word[begin:k])
                begin = k
        units.append(word[begin:])
    return units


def _breaks(letter: str) -> bool:
    """Whether a row may end beside a letter: between Chinese and Japanese ones, not Korean."""
    return unicodedata.east_asian_width(letter) in "WF" and not "\uac00" <= letter <= "\ud7a3"


def _even(
    units: Sequence[str],
    font: ImageFont.FreeTypeFont,
    direction: Literal["ltr", "rtl"] | None,
    width: float,
) -> list[str]:
    """Wrap to as few rows as it takes, and those to about the same length."""

    def wrap(limit: float) -> list[str] | None:
        rows = [""]
        for unit in units:
            longer = rows[-1] + unit
            if not rows[-1] or font.getlength(longer.strip(), direction=direction) <= limit:
                rows[-1] = longer
            else:
                rows.append(unit)
        longest = max(font.getlength(row.strip(), direction=direction) for row in rows)
        return [row.strip() for row in rows] if longest <= limit else None

    best = wrap(width) or ["".join(units).strip()]
    low, high = width / len(best) * 0.8, width
    for _ in range(7):
        middle = (low + high) / 2
        rows = wrap(middle)
        if rows is not None and len(rows) <= len(best):
            best, high = rows, middle
        else:
            low = middle
    return best


def _direction(row: str, font: ImageFont.FreeTypeFont) -> Literal["ltr", "rtl"] | None:
    """Where a row begins: as its first letter does (Unicode Annex 9, P2); None needs no shaping."""
    if font.layout_engine != ImageFont.Layout.RAQM:
        return None
    for letter in row:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def _drawn(rows: Sequence[_Row], pixels: int, width: int) -> Image.Image:
    leading = round(_LEADING * pixels)
    canvas = Image.new("RGBA", (width, leading * (len(rows) + 1)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(canvas)
    outline = _outline(pixels)
    # All outlines first, so that none lies over the letters of another row.
    for ink, stroke in (((0, 0, 0, 255), outline), ((255, 255, 255, 255), 0)):
        for number, row in enumerate(rows, start=1):
            draw.text(
                (width / 2, number * leading),
                row.text,
                fill=ink,
                font=row.font,
                anchor="ms",
                direction=row.direction,
                stroke_width=stroke,
                stroke_fill=ink,
            )
    return canvas.crop(canvas.getbbox() or (0, 0, 1, 1))


def _outline(pixels: int) -> int:
    return max(1, round(_OUTLINE * pixels))
