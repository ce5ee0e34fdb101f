"""The takes' own sound, moved by the time map as their picture is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lipsyncer.edit.document import Document
from lipsyncer.media.audio import Samples, read_audio
from lipsyncer.media.probe import MediaInfo, probe
from lipsyncer.render.mix import SAMPLE_RATE, stereo
from lipsyncer.render.time_stretch import stretched

CROSSFADE = 0.008
"""Seconds over which one piece gives way to the next."""

_STRAIGHT = 0.5
"""Samples by which a piece may drift from its first to its last one and still be copied."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the output and where its sound comes from, in samples.

    ``offset`` is the take's sample less the output's where samples are copied, and None where the
    speed is another one.
    """

    start: int
    end: int
    take: int
    source: float
    speed: float
    offset: int | None


def camera_sound(
    document: Document, seconds: float, media: Mapping[Path, MediaInfo] | None = None
) -> Samples:
    """Mix the sound of what is shown.

    Where the picture runs at the speed it was filmed at, samples are copied as they are; at another
    speed they are stretched; where a picture stands still there is silence.

    Parameters
    ----------
    seconds
        Length of the output.
    media
        What ``probe`` said of the takes; those missing are probed.

    Returns
    -------
    sound
        (round(seconds * SAMPLE_RATE), 2).

    Raises
    ------
    InputError
        When a take's sound can't be read. A take without any is silent.
    """
    total = round(seconds * SAMPLE_RATE)
    mixed = np.zeros((total, 2), dtype=np.float32)
    pieces = _pieces(document, total)
    half = round(CROSSFADE * SAMPLE_RATE / 2)
    sounds = {
        take: _take_sound(document.takes[take].path, media or {})
        for take in {piece.take for piece in pieces}
    }
    for number, piece in enumerate(pieces):
        before = half if number > 0 else 0
        after = half if number < len(pieces) - 1 else 0
        start, end = max(0, piece.start - before), min(total, piece.end + after)
        sound = _sound_of(piece, start, end, sounds[piece.take])
        # The two ramps of a cut add up to 1; a piece shorter than a ramp is quieter, not louder.
        ramp = (np.arange(2 * half, dtype=np.float32)[:, np.newaxis] + 0.5) / (2 * half)
        if before and len(sound) >= 2 * half:
            sound[: 2 * half] *= ramp
        if after and len(sound) >= 2 * half:
            sound[-2 * half :] *= ramp[::-1]
        mixed[start:end] += sound
    return mixed


def _take_sound(path: Path, media: Mapping[Path, MediaInfo]) -> Samples:
    info = media.get(path) or probe(path)
    if info.audio is None:
        return np.zeros((0, 2), dtype=np.float32)
    return stereo(read_audio(info, rate=SAMPLE_RATE, mono=False))


def _pieces(document: Document, total: int) -> list[_Piece]:
    """Lay segments out in samples; those that run on as copies become one."""
    first, _ = document.span
    pieces: list[_Piece] = []
    for segment in document.segments:
        start = min(total, round((segment.song_start - first) * SAMPLE_RATE))
        end = min(total, round((segment.song_end - first) * SAMPLE_RATE))
        if end <= start:
            continue
        source = segment.source_start * SAMPLE_RATE
        copied = abs(segment.slope - 1) * (end - start) < _STRAIGHT
        offset = round(source) - start if copied else None
        last = pieces[-1] if pieces else None
        if last and copied and (last.take, last.offset) == (segment.take, offset):
            pieces[-1] = _Piece(last.start, end, last.take, last.source, 1.0, offset)
        else:
            pieces.append(_Piece(start, end, segment.take, source, segment.slope, offset))
    return pieces


def _sound_of(piece: _Piece, start: int, end: int, sound: Samples) -> Samples:
    """Sound of a piece for output samples, which may reach a little beyond it."""
    if piece.speed == 0:
        return np.zeros((end - start, 2), dtype=np.float32)
    if piece.offset is None:
        begin = piece.source + (start - piece.start) * piece.speed
        return stretched(sound, begin, piece.speed, end - start, SAMPLE_RATE)
    copied = np.zeros((end - start, 2), dtype=np.float32)
    low, high = max(0, start + piece.offset), min(len(sound), end + piece.offset)
    if high > low:
        copied[low - piece.offset - start : high - piece.offset - start] = sound[low:high]
    return copied
