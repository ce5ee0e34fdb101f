"""Warp recovery: distort a take in a known way and see whether the lips alone undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lipsyncer.alignment import Alignment, AlignSettings, align
from lipsyncer.alignment.scores import evidence_for
from lipsyncer.arrays import Booleans, Float64s
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import compress
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import Weights
from lipsyncer.progress import finish
from lipsyncer.training.clips import Clip
from lipsyncer.training.distort import (
    FAMILIES,
    Distortion,
    distortion,
    voiced_positions,
    with_false_lips,
)

_EARLIEST_SOUND, _LATEST_SOUND = 45.0, -125.0  # ms: detectable (ITU-R BT.1359-1)
_EARLIEST_STRICT, _LATEST_STRICT = 40.0, -60.0  # ms: EBU R37


@dataclass(frozen=True)
class Recovery:
    """Errors of a correction over voiced positions, ms: positive where the sound is early.

    Attributes
    ----------
    corrected, uncorrected
        Of the take put in sync, and of the distorted take as it came, (n,) each.
    alignment
        What the program made of it.
    """

    corrected: Float64s
    uncorrected: Float64s
    alignment: Alignment


def source_times(alignment: Alignment, song_times: Float64s) -> Float64s:
    """Take time that an alignment shows at each song time; NaN outside its span."""
    source = np.full(len(song_times), np.nan)
    for piece in alignment.pieces:
        inside = (song_times >= piece.song_start) & (song_times < piece.song_end)
        source[inside] = piece.source_at(song_times[inside])
    return source


def align_clip(clip: Clip, weights: Weights, settings: AlignSettings | None = None) -> Alignment:
    """Align a clip's picture to its sound by its lips alone."""
    sound = finish(encode_song(weights.model, compress(clip.power)))
    visual = finish(encode_take(weights.model, clip.crops, clip.shape))
    track = MouthTrack(clip.crops, clip.shape, clip.quality)
    return align(evidence_for(sound, visual, track, weights), settings)


def recover(clip: Clip, fault: Distortion, weights: Weights, voiced: Booleans) -> Recovery:
    """Align a distorted clip and measure what is left of the fault."""
    alignment = align_clip(clip, weights)
    position = np.arange(len(clip), dtype=float)
    source = source_times(alignment, position / GRID_RATE) * GRID_RATE
    original = np.interp(np.nan_to_num(source), position, fault.original)
    first, last = max(fault.original[0], 0.0), min(fault.original[-1], len(clip) - 1.0)
    # Where the distorted picture has no footage of the moment, no correction could show it.
    counted = voiced & np.isfinite(source) & (position >= first) & (position <= last)
    to_ms = 1000 / GRID_RATE
    return Recovery(
        corrected=(position - original)[counted] * to_ms,
        uncorrected=(position - fault.original)[counted] * to_ms,
        alignment=alignment,
    )


def summary(errors: Sequence[Float64s]) -> dict[str, float]:
    """AFE in frames and the shares within the two tolerances, over all positions."""
    e = np.concatenate(list(errors)) if errors else np.zeros(0)
    if not len(e):
        return {"afe": float("nan"), "detectable": float("nan"), "strict": float("nan")}
    return {
        "afe": float(np.abs(e).mean() / 1000 * GRID_RATE),
        "detectable": float(((e >= _LATEST_SOUND) & (e <= _EARLIEST_SOUND)).mean()),
        "strict": float(((e >= _LATEST_STRICT) & (e <= _EARLIEST_STRICT)).mean()),
    }


def warp_recovery(
    takes: Iterable[Clip],
    weights: Weights,
    *,
    seed: int = 1,
    false_lips: float = 0.0,
    change: Callable[[Clip], Clip] | None = None,
) -> dict[str, dict[str, Any]]:
    """Recover every family of distortion on every take (PROTOCOL part 4).

    Parameters
    ----------
    takes
        Takes in sync of about 12 s or more.
    weights
        The network.
    seed
        Of the distortions.
    false_lips
        Share of the picture that is replaced by still or other mouths.
    change
        Applied to each clip's sound before aligning, for music beneath the voice.

    Returns
    -------
    dict
        By family and ``"all"``: figures corrected and uncorrected, takes and positions.
    """
    takes = list(takes)
    rng = np.random.default_rng(seed)
    corrected: dict[str, list[Float64s]] = {}
    uncorrected: dict[str, list[Float64s]] = {}
    for family in FAMILIES:
        for index, take in enumerate(takes):
            fault = distortion(family, take.power, rng)
            changed = change(take) if change else take
            clip = fault.apply(changed)
            if false_lips:
                stranger = takes[(index + 1) % len(takes)]
                clip = with_false_lips(clip, stranger, false_lips, rng)
            result = recover(clip, fault, weights, voiced_positions(take.power))
            for key in (family, "all"):
                corrected.setdefault(key, []).append(result.corrected)
                uncorrected.setdefault(key, []).append(result.uncorrected)
    return {
        key: {
            **summary(corrected[key]),
            "uncorrected": summary(uncorrected[key]),
            "takes": len(corrected[key]),
            "positions": int(sum(map(len, corrected[key]))),
        }
        for key in corrected
    }


def harm(clips: Iterable[Clip], weights: Weights) -> tuple[int, int]:
    """How many in-sync clips are moved by more than a frame anywhere in voiced positions."""
    moved = total = 0
    for clip in clips:
        alignment = align_clip(clip, weights)
        times = np.arange(len(clip)) / GRID_RATE
        shift = np.abs(source_times(alignment, times) - times)[voiced_positions(clip.power)]
        total += 1
        moved += bool(np.nan_to_num(shift, nan=0.0).max(initial=0.0) > 1 / GRID_RATE)
    return moved, total
