"""From what is known of each take to one cut: aligned, chosen, jumps moved, mouths closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from lipsyncer.alignment import Alignment, Evidence
from lipsyncer.alignment.attempts import Attempt, best_attempt
from lipsyncer.alignment.camera_sound import CameraSound
from lipsyncer.alignment.other_speeds import fits_at_own_speed
from lipsyncer.arrays import Float64s
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.bridging import bridged
from lipsyncer.cut.picture_steps import picture_steps
from lipsyncer.cut.rests import Lips, MouthFix, close_gaps
from lipsyncer.cut.rolls import roll_cuts
from lipsyncer.cut.segments import joined, segments_of, without_freezes
from lipsyncer.cut.switching import shown_pieces, switch_takes, usable_takes
from lipsyncer.cut.sync_source import attempts_by
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.movement import lip_activity
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.media import Proxy
from lipsyncer.media.spilled import let_go
from lipsyncer.progress import Stage, each, part
from lipsyncer.settings.job import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class TrackedTake:
    """What is known of a take before it is aligned; see ``AlignedTake``."""

    take: Take
    proxy: Proxy
    track: MouthTrack
    evidence: Evidence
    camera_sound: CameraSound | None


@dataclass(frozen=True)
class AssembledCut:
    """A cut, and what is known of it; the fields are as in ``Analysis``."""

    document: Document
    takes: tuple[AlignedTake, ...]
    take_findings: tuple[Finding, ...]
    mouth_fixes: tuple[MouthFix, ...]


OtherSpeed = Callable[[MouthTrack, Alignment], Stage[tuple[Evidence, tuple[Attempt, ...]] | None]]
"""Looks for the speed at which a take was filmed; ``other_speeds.at_another_speed``."""


def make_cut(
    song: Path,
    song_duration: float,
    takes: Sequence[TrackedTake],
    settings: Settings,
    beats: Float64s,
    other_speed: OtherSpeed,
) -> Stage[AssembledCut]:
    """Align each take, and make the cut.

    Parameters and result are those of ``cut_of``; ``other_speed`` is asked about takes that don't
    surely fit at their own.
    """
    attempts = yield from part(aligned(takes, settings), 0.0, 0.5)
    takes = list(takes)
    for index, take in enumerate(takes):
        own = best_attempt(attempts[index]).alignment
        if fits_at_own_speed(own) or settings.sync_source == "sound" or not take.track.seen:
            continue
        shares = (0.5 + 0.2 * k / len(takes) for k in (index, index + 1))
        found = yield from part(other_speed(take.track, own), *shares)
        if found is not None:
            evidence, attempts[index] = found
            takes[index] = replace(take, evidence=evidence)
    cutting = cut_of(song, song_duration, takes, attempts, settings, beats)
    return (yield from part(cutting, 0.7, 1.0))


def aligned(
    takes: Sequence[TrackedTake | AlignedTake], settings: Settings
) -> Stage[list[tuple[Attempt, ...]]]:
    """Find the attempts of each take alone, and their time maps."""

    def attempts_of(take: TrackedTake | AlignedTake) -> tuple[Attempt, ...]:
        found = attempts_by(take.evidence, take.camera_sound, settings.sync_source, settings.align)
        let_go(take.evidence.pairs, reserve=True)
        return found

    return each(takes, lambda take: _whole(lambda: attempts_of(take)))


def cut_of(
    song: Path,
    song_duration: float,
    takes: Sequence[TrackedTake | AlignedTake],
    attempts: Sequence[tuple[Attempt, ...]],
    settings: Settings,
    beats: Float64s,
) -> Stage[AssembledCut]:
    """Make the cut of takes that are aligned.

    Parameters
    ----------
    song_duration
        Seconds.
    attempts
        Those of each take, at least one.
    beats
        Seconds of the song at which takes may best change.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    AssembledCut
    """
    aligned_takes = tuple(
        _aligned_take(take, index, tried, song_duration)
        for index, (take, tried) in enumerate(zip(takes, attempts, strict=True))
    )
    segments, findings = choose_segments(aligned_takes, song_duration, settings, beats)
    document = Document(song, song_duration, tuple(take.take for take in takes), segments)
    document, mouth_fixes = yield from _polished(document, aligned_takes, settings)
    return AssembledCut(document, aligned_takes, findings, mouth_fixes)


def _aligned_take(
    take: TrackedTake | AlignedTake,
    index: int,
    attempts: tuple[Attempt, ...],
    song_duration: float,
) -> AlignedTake:
    alignment = best_attempt(attempts).alignment
    return AlignedTake(
        take=take.take,
        proxy=take.proxy,
        track=take.track,
        evidence=take.evidence,
        alignment=alignment,
        segments=segments_of(alignment.pieces, song_duration, index),
        camera_sound=take.camera_sound,
        attempts=attempts,
    )


def _whole(work: Callable[[], T]) -> Stage[T]:
    """Make a stage of work that knows no shares."""
    yield 0.0
    return work()


def _polished(
    document: Document, takes: Sequence[AlignedTake], settings: Settings
) -> Stage[tuple[Document, tuple[MouthFix, ...]]]:
    """Move jumps to where they show least, and close mouths where there is no singing."""
    proxies = [take.proxy for take in takes]
    voices = [np.asarray(take.evidence.voice, np.float64) for take in takes]
    document = yield from part(roll_cuts(document, voices, proxies), 0.0, 0.7)
    # A song that is fitted to the picture follows all of it, whatever its lips do.
    if settings.gaps == "keep" or settings.retime == "song":
        return document, ()
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    usable = usable_takes([take.alignment for take in takes])
    lips = [
        one if index in usable else replace(one, activity=np.full_like(one.activity, np.nan))
        for index, one in enumerate(lips)
    ]
    closing = close_gaps(
        document,
        lips,
        picture_steps(proxies, [take.track for take in takes]),
        max_stretch=settings.align.max_stretch,
        max_cuts=settings.align.max_cuts,
    )
    return (yield from part(closing, 0.7, 1.0))


def choose_segments(
    takes: Sequence[AlignedTake],
    song_duration: float,
    settings: Settings,
    beats: Float64s,
) -> tuple[tuple[Segment, ...], tuple[Finding, ...]]:
    """Choose what is shown when, and find what to look at in the takes."""
    # A song that is fitted to the picture has to keep the picture's order.
    every = settings.attempts == "all" and settings.retime == "picture"
    lanes = [
        (index, attempt)
        for index, take in enumerate(takes)
        for attempt in (take.attempts if every else (best_attempt(take.attempts),))
    ]
    voice = takes[0].evidence.voice
    if len(lanes) == 1:
        segments = bridged(takes[0].segments, [None], song_duration, settings.align.trim)
        return without_freezes(joined(segments, voice)), _take_findings(0, takes[0], settings)
    choices = switch_takes(
        [(takes[index].evidence, attempt.alignment) for index, attempt in lanes],
        prefer=[k for k, (index, _) in enumerate(lanes) if index == settings.prefer_take],
        max_cuts=settings.align.max_cuts,
        beats=beats.tolist(),
    )
    usable = {lanes[k][0] for k in usable_takes([attempt.alignment for _, attempt in lanes])}
    shown = {lanes[choice.take][0] for choice in choices}
    chosen: list[Segment] = []
    findings: list[Finding] = []
    for index, take in enumerate(takes):
        if index not in usable:
            findings.append(Finding(FindingKind.TAKE_DOES_NOT_MATCH, index))
        elif index in shown:
            findings += _take_findings(index, take, settings)
    for choice in choices:
        index, attempt = lanes[choice.take]
        pieces = shown_pieces(attempt.alignment.pieces, choice.song_start, choice.song_end)
        chosen += segments_of(pieces, song_duration, index)
    activities = [
        lip_activity(take.track) if index in usable else None for index, take in enumerate(takes)
    ]
    segments = bridged(chosen, activities, song_duration, settings.align.trim)
    return without_freezes(joined(segments, voice)), tuple(findings)


def _take_findings(index: int, take: AlignedTake, settings: Settings) -> tuple[Finding, ...]:
    """What to look at in a take, wherever it is shown."""
    findings = tuple(replace(finding, take=index) for finding in take.alignment.findings)
    if take.track.one_of_several:
        findings = (Finding(FindingKind.SEVERAL_FACES, index, number=take.track.faces), *findings)
    if take.take.turned and settings.turn is None:
        findings += (Finding(FindingKind.TURNED, index, number=take.take.turned),)
    if take.camera_sound is not None and (track := take.camera_sound.track) is not None:
        findings += (Finding(FindingKind.TAKE_TRACK, index, number=track, warns=False),)
    return findings
