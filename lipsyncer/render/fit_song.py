"""The song fitted to a picture that stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lipsyncer.edit.document import Document
from lipsyncer.edit.inverse import Loudness, inverted, unchanged
from lipsyncer.media.audio import read_audio
from lipsyncer.media.probe import MediaInfo

_RATE = 8_000
_WINDOW = 0.04  # s


def fit_song(
    document: Document, media: Mapping[Path, MediaInfo] | None = None
) -> tuple[Document, Document]:
    """Turn a cut that moves the picture into one that moves the song.

    Parameters
    ----------
    document
        Of one take.
    media
        What ``probe`` said of the song, where it is known.

    Returns
    -------
    picture
        The take as it was filmed; its sound is to come from ``sound``.
    sound
        Which moment of the song is heard when: ``camera_sound`` of it is the fitted song.

    Raises
    ------
    InputError
        When the song can't be read.
    ValueError
        When the cut shows several takes.
    """
    song = (media or {}).get(document.song, document.song)
    return unchanged(document), inverted(document, _loudness(song))


def _loudness(song: Path | MediaInfo) -> Loudness:
    samples = read_audio(song, rate=_RATE, mono=True)
    power = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    half = round(_WINDOW * _RATE / 2)

    def loudness(moment: float) -> float:
        middle = round(moment * _RATE)
        low, high = (int(np.clip(middle + d, 0, len(samples))) for d in (-half, half))
        return float(power[high] - power[low])

    return loudness
