"""Sound as samples on the file's own clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import soxr

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.media_limits import check_gap, check_length, check_sound
from lipsyncer.media.probe import MediaInfo, path_and_start
from lipsyncer.media.streams import (
    decoded,
    open_media,
    packets,
    presented,
    reading,
    sound_streams,
)

Samples = npt.NDArray[np.float32]

#: Stamps may stray this far (s) from the count of samples before silence is put in or sound cut:
#: phones stamp sound by the system clock, milliseconds to and fro.
_STRAY = 0.025

#: Samples of a channel after which pieces of sound are joined.
_JOINED = 2**19

#: Longest stretch (s) that one packet of a common codec holds (Opus: 120 ms).
_LONGEST_PACKET = 0.13

#: Share of the power of the channels' difference below which their mean has cancelled out.
_CANCELLED = 0.01

#: Loudest sample (full scale is 1) of what counts as silence: -66 dB, above dither and hiss.
_SILENCE = 5e-4


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a file.

    Attributes
    ----------
    samples
        See `read_audio`.
    rate
        Samples per second.
    track
        Which of its sound tracks that is, counted from 1 as they are stored; None where there is
        only one.
    """

    samples: Samples
    rate: int
    track: int | None


def read_audio(source: str | Path | MediaInfo, *, rate: int, mono: bool = True) -> Samples:
    """Decode the sound of a file: its first sound track that isn't silent, the default one first.

    Parameters
    ----------
    source
        Any file with sound, or what ``probe`` said of it, which saves finding its time 0 again.
    rate
        Samples per second wanted.
    mono
        Whether channels are mixed into one, see `mono_mix`.

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
    return read_sound(source, rate=rate, mono=mono).samples


def read_sound(source: str | Path | MediaInfo, *, rate: int, mono: bool = True) -> Sound:
    """Do as `read_audio`, and say which sound track was decoded."""
    heard = _first_heard(*path_and_start(source))
    samples = mono_mix(heard.samples) if mono else heard.samples
    if heard.rate != rate:
        samples = soxr.resample(samples, heard.rate, rate, quality="HQ")
    return Sound(np.ascontiguousarray(samples, dtype=np.float32), rate, heard.track)


def mono_mix(samples: Samples) -> Samples:
    """Mix sound, (n,) or (n, channels), into one channel (n,).

    It is the mean of the channels, unless they cancel each other: of stereo in opposite phase, as a
    wrongly wired microphone makes it, the mean holds next to nothing and half the difference all.
    """
    if samples.ndim == 1 or samples.shape[1] == 1:
        return samples.reshape(-1)
    middle: Samples = samples.mean(axis=1)
    if samples.shape[1] == 2:
        side = (samples[:, 0] - samples[:, 1]) / 2
        if float(middle @ middle) < _CANCELLED * float(side @ side):
            return np.asarray(side, np.float32)
    return middle


def is_silent(samples: Samples) -> bool:
    """Whether decoded sound holds nothing that could be heard."""
    return samples.size == 0 or max(float(samples.max()), -float(samples.min())) < _SILENCE


def _first_heard(path: Path, start: float) -> Sound:
    """The first sound track that isn't silent, the default one first, as stored."""
    number = 0
    silent: Sound | None = None
    while True:
        with reading(path), open_media(path) as container:
            tracks = sound_streams(container)
            if number >= len(tracks):
                break
            stored = container.streams.audio.index(tracks[number]) + 1
            samples, rate = _decode(path, container, tracks[number], start)
        sound = Sound(samples, rate, stored if len(tracks) > 1 else None)
        if not is_silent(samples):
            return sound
        silent = silent or sound
        number += 1
    if silent is None:
        raise InputError(path, "this file has no sound; choose another file.")
    return silent


@dataclass(slots=True)
class _Run:
    """Decoded sound without a gap: its pieces (n, channels), and where stamps put its first one."""

    pieces: list[Samples] = field(default_factory=list)
    origins: list[float] = field(default_factory=list)
    length: int = 0
    _loose: list[Samples] = field(default_factory=list)

    def add(self, piece: Samples) -> None:
        """Add sound; small pieces are joined to large ones, whose memory can be given back."""
        self._loose.append(piece)
        self.length += len(piece)
        if self.length > _JOINED * (len(self.pieces) + 1):
            self.join()

    def join(self) -> None:
        """Join what is loose."""
        self.pieces.append(np.concatenate(self._loose or [np.zeros((0, 1), np.float32)]))
        self._loose.clear()

    @property
    def position(self) -> int:
        """Sample of its first piece; the median undoes the rounding of stamps to milliseconds."""
        return round(float(np.median(self.origins))) if self.origins else 0


def _decode(path: Path, container: Any, sound: Any, start: float) -> tuple[Samples, int]:
    """Samples (n, channels) as stored, from time 0 of the file's clock, and their rate."""
    sound.thread_type = "AUTO"
    runs: list[_Run] = []
    uniform: _Uniform | None = None
    lost = kept = 0
    end = start
    for packet in packets(container, sound):
        frames = decoded(packet)
        kept += bool(frames)
        lost += not frames and packet.size > 0
        end = max(end, (presented(packet) or (0.0, 0.0))[1])
        for frame in frames:
            if uniform is None:
                check_sound(path, frame.layout.nb_channels, frame.sample_rate)
                uniform = _Uniform(frame)
            piece = uniform(frame)
            run = runs[-1] if runs else _Run()
            if frame.time is not None:
                check_length(path, frame.time - start)
                origin = (frame.time - start) * uniform.rate - run.length
                if run.origins and abs(origin - run.origins[0]) > _STRAY * uniform.rate:
                    run, origin = _Run(), origin + run.length
                run.origins.append(origin)
            run.add(piece)
            if not runs or run is not runs[-1]:
                runs.append(run)
    if uniform is None or lost > kept:
        raise InputError(path, "most of its sound can't be decoded; copy or convert the file.")
    length = max(run.position + run.length for run in runs)
    check_length(path, length / uniform.rate)
    runs.sort(key=lambda run: run.position)
    check_gap(path, runs[0].position / uniform.rate)
    for before, after in pairwise(runs):
        check_gap(path, (after.position - before.position - before.length) / uniform.rate)
    # The last packet is filled up by the encoder; only some containers make the decoder cut it.
    surplus = length - round((end - start) * uniform.rate)
    if 0 < surplus < _LONGEST_PACKET * uniform.rate:
        length -= surplus
    samples = np.zeros((length, uniform.channels), np.float32)
    for run in runs:
        run.join()
        position = run.position
        for number, piece in enumerate(run.pieces):
            part = piece[max(0, -position) :]
            place = samples[max(0, position) :][: len(part)]
            place[:] = part[: len(place)]
            position += len(piece)
            run.pieces[number] = piece[:0].copy()  # a long song is not held twice
    return samples, uniform.rate


class _Uniform:
    """Brings frames to the rate of the first one, as float32 in one channel or two."""

    def __init__(self, first: Any) -> None:
        self.rate: int = first.sample_rate
        self.channels = 1 if first.layout.nb_channels == 1 else 2
        self._resampler: Any = None
        self._for: tuple[Any, ...] = ()
        self._gain = np.float32(1)

    def __call__(self, frame: Any) -> Samples:
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._for:  # broadcasts change between stereo and mono as they go
            layout = "mono" if self.channels == 1 else "stereo"
            self._resampler = av.AudioResampler(format="flt", layout=layout, rate=self.rate)
            self._for = kind
            self._gain = _mixing_gain(frame.layout.name, layout)
        parts = [f.to_ndarray().reshape(-1, self.channels) for f in self._resampler.resample(frame)]
        samples: Samples = np.concatenate(parts or [np.zeros((0, self.channels), np.float32)])
        samples *= self._gain
        return samples


@lru_cache
def _mixing_gain(layout: str, mixed: str) -> np.float32:
    """What to multiply a mix of channels by so that no sound within full scale leaves it."""
    channels = av.AudioLayout(layout).nb_channels
    if channels <= 2:
        return np.float32(1)
    full = av.AudioFrame.from_ndarray(
        np.ones((1, 1024 * channels), np.float32), format="flt", layout=layout
    )
    full.sample_rate = 48_000
    mix = av.AudioResampler(format="flt", layout=mixed, rate=48_000).resample(full)
    return np.float32(1 / max(1.0, *(float(np.abs(part.to_ndarray()).max()) for part in mix)))
