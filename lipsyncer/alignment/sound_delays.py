"""Delays between a song and a recording of it to a fraction of a millisecond.

Generalised cross-correlation with phase transform (Knapp and Carter, 1976): every frequency counts
alike, so that the direct sound stands out as a sharp peak before its echoes, whatever loudspeaker
and room have done to the spectrum. Windows of two seconds each give how probable every delay
near an expected one is; a line through all windows, with a drift, is then found as in a Hough
transform, and fitted to their peaks by the median of slopes (Theil, 1950; Sen, 1968), which a
third of wrong peaks do not move.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np
import soxr
from scipy.fft import ifft, next_fast_len, rfft

from lipsyncer.arrays import Booleans, Float32s, Float64s
from lipsyncer.features.log_mel import SAMPLE_RATE

# Windows of as much as a song changes over; a short take has more and shorter ones.
_WINDOW, _SHORT_TAKE = 2.0, 8.0  # s
_MOST_WINDOWS = 120  # of one line; a long take has them further apart
_LONG_ENOUGH = 8.0  # s; over less a drift can't be told
_LOWEST, _HIGHEST = 150.0, 7000.0  # Hz; below is hum and rumble, above little comes through
_FAINT = 3e-4  # of the loudest frequency; what the song does not hold can't be heard in the take
# From here on a window counts for hardly more, so that none decides alone; but the direct sound
# still counts for more than an echo of it.
_CAP, _BEYOND = 25.0, 5.0
_DRIFT_STEP, _MOST_DRIFT = 20e-6, 600e-6
_BIN = 0.001  # s
_REACH, _NEAR = 0.25, 0.02  # s around the expected delay: at first, and once a line is known
# A window is asked for its peak this near the line; the direct sound is on it exactly, while what
# two songs have in common by chance, a drum or a chord, lies anywhere.
_ON_LINE, _EXACTLY = 0.003, 0.0006  # s
_STANDS_OUT = 12.0
# Of a line that is worth fitting to its peaks; such a line is the song's one time in a hundred.
_LEAST_STATISTIC = 9.0


@dataclass(frozen=True)
class SoundLine:
    """take = offset + (1 + drift) * song, seconds, and how well windows keep to it.

    Attributes
    ----------
    statistic
        By how many standard deviations the windows' sum along the line exceeds that of any line.
    times
        (w,) middles of the windows in the take, seconds.
    heard
        (w,) which windows hear something near the line.
    kept
        (w,) which of those hear it exactly on the line.
    """

    offset: float
    drift: float
    statistic: float
    times: Float64s
    heard: Booleans
    kept: Booleans

    @property
    def agreement(self) -> float:
        """Share of the windows that hear something which hear it exactly on the line."""
        return float(self.kept.sum()) / max(1, int(self.heard.sum()))


def refine_line(
    song: Float32s, take: Float32s, start: float, end: float, offset: float, drift: float
) -> SoundLine | None:
    """Find the line that the recording keeps to near an expected one.

    Parameters
    ----------
    song, take
        Mono sound at 16 kHz.
    start, end
        Part of the take to look at, seconds.
    offset, drift
        What is expected, to within a quarter of a second and 600 ppm.

    Returns
    -------
    None where nothing can be compared, as there is no second of sound or one of the two is silent,
    and where no line stands out.
    """
    found = _correlated(song, take, start, end, offset, drift, _REACH)
    if found is None:
        return None
    times, powers = found
    shift, more, statistic = _best_line(times, powers)
    if statistic < _LEAST_STATISTIC:
        return None
    middle = float(times.mean())
    # The line found is a delay at the middle of the take's part, and a drift on the take's clock.
    offset, drift = _composed(offset, drift, shift - more * middle, more)
    found = _correlated(song, take, start, end, offset, drift, _NEAR)
    if found is None:
        return None
    times, powers = found
    errors, heights = _peaks(powers, _ON_LINE)
    heard = heights > _STANDS_OUT
    if not heard.any():
        return SoundLine(offset, drift, statistic, times, heard, heard)
    shift, more = _fitted(times[heard], errors[heard])
    kept = heard & (np.abs(errors - (shift + more * times)) < _EXACTLY)
    if kept.any():
        shift, more = _fitted(times[kept], errors[kept])
    return SoundLine(*_composed(offset, drift, shift, more), statistic, times, heard, kept)


def heard_on_line(
    song: Float32s, take: Float32s, times: Float64s, offset: float, drift: float, seconds: float
) -> Float64s:
    """How much the recording holds the song on a line, (len(times),), nats.

    Parameters
    ----------
    times
        Middles in the take of windows of this many ``seconds``.
    """
    heard = np.zeros(len(times))
    stretched, first = _on_take_clock(song, drift, offset, times[0] - seconds, times[-1] + seconds)
    for k, time in enumerate(times):
        power = _phase_transform(stretched, take, time, first, round(seconds * SAMPLE_RATE))
        if power is not None:
            reach = round(_ON_LINE * SAMPLE_RATE)
            heard[k] = np.take(power, np.arange(-reach, reach + 1), mode="wrap").max()
    return np.minimum(heard, _CAP)


def _composed(offset: float, drift: float, shift: float, more: float) -> tuple[float, float]:
    """Offset and drift of a line whose take times t are late by shift + more * t."""
    slope = (1 + drift) / (1 - more)
    return (offset + shift) / (1 - more), slope - 1


def _fitted(times: Float64s, errors: Float64s) -> tuple[float, float]:
    """Delay at time 0 and drift; few or close windows tell no drift."""
    if np.ptp(times) < _LONG_ENOUGH:
        return float(np.median(errors)), 0.0
    from scipy.stats import theilslopes  # as long to load as all else here

    slope, intercept, _, _ = theilslopes(errors, times)
    return float(intercept), float(slope)


def _correlated(
    song: Float32s,
    take: Float32s,
    start: float,
    end: float,
    offset: float,
    drift: float,
    reach: float,
) -> tuple[Float64s, Float32s] | None:
    """Middles (w,) of windows and the probability of delays in each (w, 2 * reach * rate + 1).

    Delays are from the expected one; a song's part outside the song gives no window.
    """
    if end - start < 1.0:
        return None
    seconds = _WINDOW if end - start >= _SHORT_TAKE else _WINDOW / 2
    step = max(seconds / 2, (end - start) / _MOST_WINDOWS)
    times = np.arange(start + seconds / 2, end - seconds / 2 + 1e-9, step)
    stretched, first = _on_take_clock(song, drift, offset, start, end)
    lags = np.arange(-round(reach * SAMPLE_RATE), round(reach * SAMPLE_RATE) + 1)
    kept, powers = [], []
    for time in times:
        power = _phase_transform(stretched, take, time, first, round(seconds * SAMPLE_RATE))
        if power is not None:
            kept.append(float(time))
            powers.append(np.take(power, lags, mode="wrap"))
    if not kept:
        return None
    return np.array(kept), np.array(powers)


def _on_take_clock(
    song: Float32s, drift: float, offset: float, start: float, end: float
) -> tuple[Float32s, float]:
    """Part of the song at the speed of the take, and the take time of its first sample."""
    first = max(0, round(((start - 1 - offset) / (1 + drift)) * SAMPLE_RATE))
    last = min(len(song), round(((end + 1 - offset) / (1 + drift)) * SAMPLE_RATE))
    part = song[first:last] if last > first else song[:0]
    if drift and len(part):
        part = soxr.resample(part, 1.0, 1.0 + drift)
    return part, offset + (1 + drift) * first / SAMPLE_RATE


def _phase_transform(
    song: Float32s, take: Float32s, time: float, first: float, length: int
) -> Float32s | None:
    """Squared envelope of the correlation by lag, wrapped around; 1 on average where unrelated.

    The envelope, as loudspeakers and rooms turn the phase of everything, or its sign.

    Parameters
    ----------
    song
        At the speed of the take.
    time
        Middle of the window in the take, seconds.
    first
        Take time of the song's first sample, seconds.
    """
    begin = round(time * SAMPLE_RATE) - length // 2
    exact = (begin / SAMPLE_RATE - first) * SAMPLE_RATE
    there = round(exact)
    if begin < 0 or begin + length > len(take) or there < 0 or there + length > len(song):
        return None
    window = _window(length)
    size = next_fast_len(2 * length)
    heard = rfft(window * take[begin : begin + length], size)
    played = rfft(window * song[there : there + length], size)
    loud = np.abs(played)
    if not loud.max() > 1e-6 or not np.abs(heard).max() > 1e-6:
        return None
    band = slice(int(_LOWEST * size / SAMPLE_RATE) + 1, ceil(_HIGHEST * size / SAMPLE_RATE))
    used = loud[band] > _FAINT * loud.max()
    product = heard[band] * np.conj(played[band])
    # The song was taken from a whole sample; what that leaves is turned back here.
    turns = np.arange(band.start, band.stop, dtype=np.float32)
    turns *= np.float32(2 * np.pi * (exact - there) / size)
    product *= np.cos(turns) + np.complex64(1j) * np.sin(turns)
    phases = np.zeros(size, np.complex64)  # of the positive frequencies alone: analytic
    phases[band] = np.where(used, product / np.maximum(np.abs(product), 1e-20), 0)
    correlation = ifft(phases, overwrite_x=True)
    envelope = correlation.real**2 + correlation.imag**2
    # Padding doubles the number of frequencies but not what they say.
    power: Float32s = envelope * np.float32(size**2 / max(2.0 * float(used.sum()), 1.0))
    return power


@cache
def _window(length: int) -> Float32s:
    return np.hanning(length).astype(np.float32)


def _peaks(powers: Float32s, near: float) -> tuple[Float64s, Float64s]:
    """Delay (s) and height of each window's highest peak within ``near`` of the expected delay."""
    middle = powers.shape[1] // 2
    reach = round(near * SAMPLE_RATE)
    inside = powers[:, middle - reach : middle + reach + 1]
    best = inside.argmax(axis=1)
    return (best - reach) / SAMPLE_RATE, inside.max(axis=1)


def _best_line(times: Float64s, powers: Float32s) -> tuple[float, float, float]:
    """Delay at the middle of the times, drift and statistic of the line with the highest sum."""
    per_bin = round(_BIN * SAMPLE_RATE)
    bins = powers.shape[1] // per_bin
    pooled = powers[:, : bins * per_bin].reshape(len(powers), bins, per_bin).max(axis=2)
    pooled = np.minimum(pooled, _CAP) + _BEYOND * np.log(np.maximum(pooled / _CAP, 1.0))
    expected = float(np.median(pooled))
    # Echoes stand out as well; the median does not take them for chance.
    spread = 1.4826 * float(np.median(np.abs(pooled - expected)))
    away = times - times.mean()
    drifts = np.arange(-_MOST_DRIFT, _MOST_DRIFT + 1e-9, _DRIFT_STEP)
    best = (-np.inf, 0, 0.0)
    rows = np.arange(len(times))[:, None]
    for drift in drifts if np.ptp(times) >= _LONG_ENOUGH else (0.0,):
        shift = np.round(away * drift / _BIN).astype(int)
        index = np.arange(bins)[None, :] + shift[:, None]
        inside = (index >= 0) & (index < bins)
        total = np.where(inside, pooled[rows, np.clip(index, 0, bins - 1)], expected).sum(axis=0)
        top = int(total.argmax())
        if total[top] > best[0]:
            best = (float(total[top]), top, float(drift))
    statistic = (best[0] - expected * len(times)) / (max(spread, 1e-6) * np.sqrt(len(times)))
    middle = powers.shape[1] // 2
    delay = ((best[1] + 0.5) * per_bin - middle) / SAMPLE_RATE
    return delay, best[2], statistic
