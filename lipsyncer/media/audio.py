"""Sound as samples on the file's own clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import soxr

from ..diagnostics import InputError
from .streams import clock_start, decoded, open_media, packets, presented, sound_stream

Samples = npt.NDArray[np.float32]

#: Stamps may stray this far (s) from the count of samples before silence is put in or sound cut:
#: phones stamp sound by the system clock, milliseconds to and fro.
_STRAY = 0.025

#: Longest stretch (s) that one packet of a common codec holds (Opus: 120 ms).
_LONGEST_PACKET = 0.13

#: Loudest sample (full scale is 1) of what counts as silence: -66 dB, above dither and hiss.
_SILENCE = 5e-4


def read_audio(path: str | Path, *, rate: int, mono: bool = True) -> Samples:
    """Decode the sound of a file.

    Parameters
    ----------
    path
        Any file with sound.
    rate
        Samples per second wanted.
    mono
        Whether channels are averaged into one.

    Returns
    -------
    numpy.ndarray
        float32, full scale 1; (n,) where mono, else (n, channels) with one or two channels. Sample
        i is at time ``i / rate`` of the file's own clock: where sound begins later than the
        picture, silence comes first; what an encoder put in front to warm up is removed.

    Raises
    ------
    InputError
        When the file has no sound, or most of it can't be decoded.
    """
    path = Path(path)
    start = clock_start(path)
    with open_media(path) as container:
        sound = sound_stream(container)
        if sound is None:
            raise InputError(path, "this file has no sound; choose another file.")
        samples, stored_rate = _decode(path, container, sound, start)
    if mono:
        samples = samples.mean(axis=1)
    if stored_rate != rate:
        samples = soxr.resample(samples, stored_rate, rate, quality="HQ")
    return np.ascontiguousarray(samples, dtype=np.float32)


def is_silent(samples: Samples) -> bool:
    """Whether decoded sound holds nothing that could be heard."""
    return samples.size == 0 or float(np.abs(samples).max()) < _SILENCE


def _decode(path: Path, container: Any, sound: Any, start: float) -> tuple[Samples, int]:
    """Samples (n, channels) as stored, from time 0 of the file's clock, and their rate."""
    sound.thread_type = "AUTO"
    rate = 0
    position = 0
    pieces: list[Samples] = []
    resampler: Any = None
    lost = kept = 0
    end = 0.0
    for packet in packets(container, sound):
        frames = decoded(packet)
        kept += bool(frames)
        lost += not frames and packet.size > 0
        end = max(end, (presented(packet) or (0.0, 0.0))[1])
        for frame in frames:
            if resampler is None:
                rate = frame.sample_rate
                layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
                resampler = av.AudioResampler(format="flt", layout=layout, rate=rate)
                channels = 1 if layout == "mono" else 2
            piece = np.concatenate(
                [f.to_ndarray().reshape(-1, channels) for f in resampler.resample(frame)]
                or [np.zeros((0, channels), np.float32)]
            )
            if frame.time is not None:
                due = round((frame.time - start) * rate)
                if due - position > _STRAY * rate or (not pieces and due > position):
                    pieces.append(np.zeros((due - position, channels), np.float32))
                    position = due
                elif position - due > _STRAY * rate:
                    piece = piece[position - due :]
            pieces.append(piece)
            position += len(piece)
    if not pieces or lost > kept:
        raise InputError(path, "most of its sound can't be decoded; copy or convert the file.")
    samples = np.concatenate(pieces)
    # The last packet is filled up by the encoder; only some containers make the decoder cut it.
    surplus = len(samples) - round((end - start) * rate)
    return (samples[:-surplus] if 0 < surplus < _LONGEST_PACKET * rate else samples), rate
