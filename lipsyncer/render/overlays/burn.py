"""Which extras are on which frame, where they stand, and laying them there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from lipsyncer.arrays import Float64s, Indices
from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.render.overlays.fonts import Face, faces_for
from lipsyncer.render.overlays.lettering import lettered
from lipsyncer.render.overlays.lyrics import LyricLine, read_lyrics
from lipsyncer.render.overlays.mouth_avoidance import covered
from lipsyncer.render.overlays.options import ExtrasSettings, LyricsSize, Place
from lipsyncer.render.overlays.patch import Patch, laid_over, patch
from lipsyncer.render.overlays.watermark import fitted, read_watermark

Margins = tuple[float, float, float, float]
"""Shares of the picture at left, top, right and bottom that stay free of extras."""

TITLE_SAFE: Margins = (0.05, 0.05, 0.05, 0.05)
"""Where no platform lays anything over the picture: 90 % each way (SMPTE ST 2046-1, 2009)."""

_LYRICS: Mapping[LyricsSize, float] = {"small": 0.045, "medium": 0.06, "large": 0.08}
"""Size of the lyrics' letters, as a share of the picture's shorter side."""
_LYRICS_HEIGHT = 0.4
"""Most of the free height that lyrics take."""
_NUMBER = 0.2
"""Size of the countdown's numbers, as a share of the picture's shorter side."""
_DIGITS = "0123456789"
_COUNTDOWN = "countdown"
_SEEN = 0.5
"""Seconds of a number that must be there, or it is left out."""
_OVER_MOUTH = 0.05
"""Share of a line's frames on which it may touch the mouth before it goes to the other place."""
_KEPT = 4  # patches; lyrics of a whole song in 4K would be a few hundred megabytes


@dataclass(frozen=True)
class Extras:
    """What was read and checked of the files that are asked for.

    Attributes
    ----------
    lines
        The lyrics; none where they are not asked for.
    faces
        A font for each of their rows and for the numbers.
    watermark
        RGBA.
    """

    lines: tuple[LyricLine, ...]
    faces: Mapping[str, Face]
    watermark: Image.Image | None


def read_extras(settings: ExtrasSettings) -> Extras:
    """Read the files of what is to be burned in.

    Raises
    ------
    InputError
        When one of them can't be used, or no font here has the letters of the lyrics.
    """
    lines = read_lyrics(settings.lyrics) if settings.lyrics is not None else ()
    faces: dict[str, Face] = {}
    if settings.lyrics is not None:
        rows = [row for line in lines for row in line.text.split("\n")]
        faces.update(faces_for(rows, settings.lyrics))
    if settings.countdown:
        faces.update(faces_for([_DIGITS], Path(_COUNTDOWN)))
    watermark = read_watermark(settings.watermark) if settings.watermark is not None else None
    return Extras(lines, faces, watermark)


class Burn:
    """Says what lies over each output frame.

    Parameters
    ----------
    extras
        What was read.
    settings
        What is asked for.
    size
        Width and height of the output.
    margins
        What stays free.
    song_times
        (n,) song time (s) heard in the middle of each output frame; NaN where none is.
    rate
        Output frames per second.
    mouths
        (n, 4) where the mouth is on each output frame, from ``mouth_boxes``, where it is known.
    """

    def __init__(
        self,
        extras: Extras,
        settings: ExtrasSettings,
        size: tuple[int, int],
        margins: Margins,
        song_times: Float64s,
        rate: float,
        mouths: Float64s | None = None,
    ) -> None:
        self._extras, self._settings = extras, settings
        width, height = size
        self._size = size
        left, top, right, bottom = margins
        self._box = (
            math.ceil(left * width),
            math.ceil(top * height),
            math.floor((1 - right) * width),
            math.floor((1 - bottom) * height),
        )
        self._line = _lines_at(extras.lines, song_times)
        self._mouths = mouths
        self._places: dict[int, Place] = {}
        self._number = self._count(song_times, rate)
        self._watermark = self._corner() if extras.watermark is not None else None
        self._words = lru_cache(maxsize=_KEPT)(self._lyrics)
        self._digit = lru_cache(maxsize=_KEPT)(self._counted)

    def at(self, frame: int) -> list[Patch]:
        """Give what lies over an output frame, the lowest first."""
        patches = []
        line = int(self._line[frame])
        if line >= 0:
            if line not in self._places:
                self._places[line] = self._place(line)
            patches.append(self._words(self._extras.lines[line].text, self._places[line]))
        if self._number[frame] > 0:
            patches.append(self._digit(int(self._number[frame])))
        if self._watermark is not None:
            patches.append(self._watermark)
        return patches

    def _count(self, song_times: Float64s, rate: float) -> Indices:
        """(n,) the number on each frame; 0 where there is none."""
        numbers = np.zeros(len(song_times), np.intp)
        seconds = self._settings.countdown
        if not seconds:
            return numbers
        end = self._word(song_times)
        if end is None:
            end = round(seconds * rate)
        for number in range(1, seconds + 1):
            first, last = (end - round(n * rate) for n in (number, number - 1))
            frames = slice(max(first, 0), max(min(last, len(numbers)), 0))
            if frames.stop - frames.start >= _SEEN * rate:
                numbers[frames] = number
        return numbers

    def _word(self, song_times: Float64s) -> int | None:
        """Frame on which the first word begins; None where it isn't known."""
        words = [line.start for line in self._extras.lines]
        if not words and self._settings.first_word is not None:
            words = [self._settings.first_word]
        sung = np.flatnonzero(np.isfinite(song_times))
        for word in words:
            later = sung[song_times[sung] >= word]
            # A word before the part that is exported is not the first one in it.
            if len(later) and (later[0] != sung[0] or abs(song_times[later[0]] - word) < 0.1):
                return int(later[0])
        return None

    def _place(self, line: int) -> Place:
        """Choose where a line stands: where it is wished, unless it would cover the mouth."""
        wished = self._settings.lyrics_place
        if self._mouths is None:
            return wished
        other: Place = "top" if wished == "bottom" else "bottom"
        boxes = self._mouths[self._line == line]
        words = self._extras.lines[line].text
        first, second = (covered(boxes, self._words(words, place).box) for place in (wished, other))
        return other if first > _OVER_MOUTH and second < first else wished

    def _lyrics(self, text: str, place: Place) -> Patch:
        left, top, right, bottom = self._box
        # In the middle of the picture, also where buttons stand at one side only.
        side = max(left, self._size[0] - right)
        width, height = self._size[0] - 2 * side, round(_LYRICS_HEIGHT * (bottom - top))
        pixels = round(_LYRICS[self._settings.lyrics_size] * min(self._size))
        picture = lettered(text, self._extras.faces, pixels, width, height)
        return self._placed(picture, place)

    def _counted(self, number: int) -> Patch:
        left, top, right, bottom = self._box
        face = self._extras.faces[_DIGITS]
        pixels = round(_NUMBER * min(self._size))
        text = str(number)
        picture = lettered(text, {text: face}, pixels, right - left, bottom - top)
        return self._placed(picture, self._settings.lyrics_place)

    def _placed(self, picture: Image.Image, place: Place) -> Patch:
        """Put words in the middle of the picture, at the upper or lower border of what is free."""
        _, top, _, bottom = self._box
        x = (self._size[0] - picture.width) // 2
        return patch(picture, x, top if place == "top" else bottom - picture.height)

    def _corner(self) -> Patch:
        assert self._extras.watermark is not None
        left, top, right, bottom = self._box
        chosen = self._settings
        longer = round(chosen.watermark_size * min(self._size))
        picture = fitted(self._extras.watermark, longer, right - left, bottom - top)
        x = left if "left" in chosen.watermark_corner else right - picture.width
        y = top if "top" in chosen.watermark_corner else bottom - picture.height
        return patch(picture, x, y, chosen.watermark_opacity)


def burn_in(
    settings: ExtrasSettings,
    size: tuple[int, int],
    margins: Margins,
    song_times: Float64s,
    rate: float,
    mouths: Float64s | None = None,
) -> Burn | None:
    """Prepare what is to be burned in; None for nothing. The parameters are those of `Burn`.

    Raises
    ------
    InputError
        As `read_extras`.
    """
    if settings.lyrics is None and settings.watermark is None and not settings.countdown:
        return None
    return Burn(read_extras(settings), settings, size, margins, song_times, rate, mouths)


def burned(frames: Iterable[VideoFrame], burn: Burn | None) -> Iterator[VideoFrame]:
    """Lay the extras over the frames; those that carry none are handed on as they are."""
    for number, frame in enumerate(frames):
        patches = burn.at(number) if burn is not None else []
        yield laid_over(frame, patches) if patches else frame


def song_times_of(document: Document, fitted: Document | None, count: int, rate: float) -> Float64s:
    """Say which moment of the song is heard in the middle of each output frame.

    Parameters
    ----------
    document
        What is shown.
    fitted
        Where the song is moved: which moment of it is heard when, from ``fit_song``.
    count, rate
        Output frames, and how many a second.

    Returns
    -------
    numpy.ndarray
        (count,) seconds; NaN where nothing of the song is heard.
    """
    middles = (np.arange(count) + 0.5) / rate
    if fitted is None:
        return np.asarray(TimeMap(document).song_at_output(middles), np.float64)
    song = TimeMap(fitted)
    moments = song.song_at_output(middles)
    _, times = song.sources_at(moments)
    silent = np.array([segment.kind == "gap" for segment in fitted.segments])
    return np.asarray(np.where(silent[song.indices_at(moments)], np.nan, times), np.float64)


def _lines_at(lines: Sequence[LyricLine], song_times: Float64s) -> Indices:
    """(n,) index of the line shown at each moment; -1 for none."""
    if not lines:
        return np.full(len(song_times), -1, np.intp)
    starts = np.array([line.start for line in lines])
    ends = np.array([line.end for line in lines])
    index = np.searchsorted(starts, song_times, side="right") - 1
    inside = np.isfinite(song_times) & (index >= 0)
    inside &= np.where(inside, song_times, 0.0) < ends[index]
    return np.where(inside, index, -1)
