"""The song and the takes of an analysis, read, and refused where they can't be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lipsyncer.arrays import Float32s, Float64s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.features.beats import beats_of
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.media import MediaInfo, is_silent, probe, require_song, require_take
from lipsyncer.media.audio import mono_mix, read_sound
from lipsyncer.media.cache import content_key
from lipsyncer.media.media_limits import check_work
from lipsyncer.progress import Stage


@dataclass(frozen=True)
class Read:
    """The song decoded, and what the takes hold.

    Attributes
    ----------
    samples
        (samples, channels), at ``SAMPLE_RATE``.
    song_duration
        Seconds.
    takes
        What each file holds, in the order they were named.
    beats
        Seconds of the song at which takes may best change; empty where there is one take.
    findings
        What to look at in the song's file.
    """

    samples: Float32s
    song_duration: float
    takes: tuple[MediaInfo, ...]
    beats: Float64s
    findings: tuple[Finding, ...] = ()


def read_files(song: Path, takes: Sequence[Path]) -> Stage[Read]:
    """Read a song and look into its takes.

    Raises
    ------
    InputError
        When a file can't be used, is silent as a song, or is given twice as a take, or the takes
        are too long for the memory that there is.
    """
    song_info = probe(song)
    require_song(song_info)
    infos = tuple(probe(take) for take in takes)
    for info in infos:
        require_take(info)
    _require_different(takes)
    lengths = [info.duration for info in infos]
    check_work(takes[int(np.argmax(lengths))], song_info.duration, sum(lengths))
    yield 0.1
    heard = read_sound(song_info, rate=SAMPLE_RATE, mono=False)
    samples = heard.samples
    if is_silent(samples):
        raise InputError(song, "the song is silent; choose the file that has the singing.")
    yield 0.7
    beats = beats_of(mono_mix(samples), SAMPLE_RATE) if len(takes) > 1 else np.zeros(0)
    several = heard.track is not None
    findings = (Finding(FindingKind.SONG_TRACK, number=heard.track),) if several else ()
    return Read(samples, len(samples) / SAMPLE_RATE, infos, beats, findings)


def _require_different(takes: Sequence[Path]) -> None:
    """Make sure that no file is given twice, under one name or two."""
    seen: dict[str, Path] = {}
    for take in takes:
        key = content_key(take, "take")
        if key in seen:
            other = seen[key].name
            same = "it is given twice" if other == take.name else f"it is the same file as {other}"
            raise InputError(take, f"{same}; name each take once.")
        seen[key] = take
