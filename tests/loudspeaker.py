"""A song as the camera hears it: through a loudspeaker, a room, noise and a phone.

The phone's clock is the take's: what the song holds at s is heard at offset + (1 + drift) s. That
is when the direct sound arrives; echoes follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from lipsyncer.arrays import Float64s

Samples = NDArray[np.float32]

_FINE = 4


@dataclass(frozen=True)
class Scene:
    """What lies between the song and the recording; the defaults are a living room.

    Parameters
    ----------
    snr
        Level of the song above everything else that is heard (dB).
    low, high
        What the loudspeaker plays (Hz).
    reverberation
        Seconds until an echo has died away by 60 dB.
    direct
        Level of the direct sound above its echoes (dB).
    """

    snr: float = 0.0
    low: float = 250.0
    high: float = 7000.0
    reverberation: float = 0.45
    direct: float = 2.0


def random_scene(rng: np.random.Generator, snr: float) -> Scene:
    """A room and a loudspeaker of any usual kind, from a phone's to a good one's."""
    return Scene(
        snr=snr,
        low=float(rng.uniform(100, 450)),
        high=float(rng.uniform(4500, 10_000)),
        reverberation=float(rng.uniform(0.2, 0.8)),
        direct=float(rng.uniform(-2, 8)),
    )


def record(
    song: Samples,
    rate: int,
    seconds: float,
    *,
    offset: float = 0.0,
    drift: float = 0.0,
    scene: Scene | None = None,
    seed: int = 0,
) -> Samples:
    """What the phone records while the song plays, float32 (seconds * rate,).

    Parameters
    ----------
    song
        Mono (n,) at ``rate``.
    offset, drift
        See the module.
    """
    scene = scene or Scene()
    rng = np.random.default_rng((seed, 11))
    times = np.arange(round(seconds * rate)) / rate
    heard = _played(song, rate, (times - offset) / (1 + drift))
    band = (scene.low, min(scene.high, 0.45 * rate))
    heard = sosfilt(butter(2, band, "bandpass", fs=rate, output="sos"), heard)
    level = float(np.sqrt(np.mean(heard[heard != 0] ** 2))) if heard.any() else 0.0
    heard = np.tanh(0.7 * heard / max(2 * level, 1e-9))  # a small loudspeaker is overdriven
    heard = fftconvolve(heard, _room(rng, rate, scene))[: len(times)]
    noise = _noise(rng, rate, len(times))
    # A take that the song plays in only part of is not to be louder there.
    playing = heard[(times >= offset) & (times <= offset + (1 + drift) * len(song) / rate)]
    loud = float(np.sqrt(np.mean(playing**2))) if len(playing) else 1.0
    heard = heard / max(loud, 1e-9) + noise * 10 ** (-scene.snr / 20)
    heard = sosfilt(butter(1, 110.0, "highpass", fs=rate, output="sos"), heard)
    heard = _levelled(heard, rate)
    recorded: Samples = (0.5 * heard / max(float(np.abs(heard).max()), 1e-9)).astype(np.float32)
    return recorded


def _played(song: Samples, rate: int, times: Float64s) -> Float64s:
    """The song at any times (s), silent outside; interpolated between four times its samples."""
    fine = soxr.resample(song.astype(np.float64), rate, _FINE * rate)
    grid = np.arange(len(fine))
    return np.interp(times * rate * _FINE, grid, fine, left=0.0, right=0.0)


def _room(rng: np.random.Generator, rate: int, scene: Scene) -> Float64s:
    """Impulse response: the direct sound at 0, a few walls, and a tail that dies away."""
    tail = np.arange(round(scene.reverberation * rate)) / rate
    echo = rng.standard_normal(len(tail)) * np.exp(-6.9 * tail / scene.reverberation)
    echo[: round(0.005 * rate)] = 0.0
    for wall in rng.uniform(0.002, 0.03, 6):
        echo[round(wall * rate)] += rng.choice((-1, 1)) * rng.uniform(2, 8)
    echo *= 10 ** (-scene.direct / 20) / np.sqrt(np.sum(echo**2))
    echo[0] = 1.0
    return echo


def _noise(rng: np.random.Generator, rate: int, count: int) -> Float64s:
    """A room with people: pink noise, half of it swelling like speech, of level one."""
    spectrum = np.fft.rfft(rng.standard_normal((2, count)), axis=1)
    hertz = np.fft.rfftfreq(count, 1 / rate)
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 40.0)), count, axis=1)
    knots = np.arange(0, count + rate, rate // 4)
    slow = np.interp(np.arange(count), knots, rng.random(len(knots)))
    noise = pink[0] + 2 * slow**2 * pink[1]
    level: Float64s = noise / np.sqrt(np.mean(noise**2))
    return level


def _levelled(heard: Float64s, rate: int) -> Float64s:
    """A phone's automatic gain: quiet stretches are brought up by half."""
    power = fftconvolve(heard**2, np.ones(rate // 2) / (rate // 2), mode="same")
    return heard / np.maximum(power, 1e-6 + 0.01 * float(power.max())) ** 0.25
