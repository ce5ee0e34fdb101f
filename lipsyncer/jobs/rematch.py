"""The whole cut found again with other choices, from what is known of the footage already.

Nothing is decoded, watched or encoded again: the evidence is there, and only the path through it is
looked for anew. What the user has set by hand stays; see ``over``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lipsyncer.alignment import Evidence
from lipsyncer.alignment.camera_sound import CameraSound
from lipsyncer.cut.analysis import AlignedTake, Analysis, AnalysisInputs
from lipsyncer.cut.assemble import aligned, cut_of
from lipsyncer.cut.realign import Solvers, framing_at, pinned
from lipsyncer.cut.sync_source import listen_to_takes, unheard, unseen, with_camera_sound
from lipsyncer.edit.document import TOLERANCE, Document, Segment
from lipsyncer.edit.edits import overwrite, trim
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.jobs import Job, timed
from lipsyncer.media import probe, read_audio
from lipsyncer.progress import Stage, part
from lipsyncer.settings.job import Settings, SyncSource

log = logging.getLogger(__name__)

_FLASH = 0.12
"""Seconds below which what is left beside a segment that stands would be seen as a flash."""


@dataclass(frozen=True)
class Rematch:
    """What other choices have come to.

    Attributes
    ----------
    analysis
        As if the takes had been analysed with these choices; its document is the cut as found.
    document
        The same cut with what the user had set by hand, pinned and framed.
    solvers
        For pins that are set from now on.
    """

    analysis: Analysis
    document: Document
    solvers: Solvers


def matched_again(analysis: Analysis, document: Document, settings: Settings) -> Job[Rematch]:
    """Find the whole cut again with other settings.

    Parameters
    ----------
    analysis
        What is known of the document's takes, and maybe of more.
    document
        The cut as it is now, of which segments that stand and pins stay.
    settings
        How closely the lips are followed, by what source, and what is shown in gaps.

    Yields
    ------
    Progress

    Returns
    -------
    Rematch

    Raises
    ------
    InputError
        When a take has nothing that the chosen source could use.
    ValueError
        When the analysis does not say what it was made from, or not of all the takes.
    """
    timings: dict[str, float] = {}
    again = yield from timed("align", _again(analysis, document, settings), timings)
    return replace(again, analysis=replace(again.analysis, timings=timings))


def _again(analysis: Analysis, document: Document, settings: Settings) -> Stage[Rematch]:
    basis, count = analysis.basis, len(document.takes)
    if basis is None or count > len(analysis.takes):
        raise ValueError("this cut can't be found again before its footage was watched")
    takes: Sequence[AlignedTake] = analysis.takes[:count]
    listening = _camera_sounds(document, takes, basis, settings.sync_source)
    camera_sounds = yield from part(listening, 0.0, 0.3)
    evidences = _evidences(basis, takes, camera_sounds, settings.sync_source)
    takes = [
        replace(take, evidence=evidence, camera_sound=camera_sound)
        for take, evidence, camera_sound in zip(
            takes, evidences[settings.sync_source], camera_sounds, strict=True
        )
    ]
    before = basis.settings
    if (settings.align, settings.sync_source) == (before.align, before.sync_source):
        attempts = [take.attempts for take in takes]
    else:
        attempts = yield from part(aligned(takes, settings), 0.3, 0.7)
    cutting = cut_of(document.song, document.song_duration, takes, attempts, settings, basis.beats)
    cut = yield from part(cutting, 0.7, 0.9)
    solvers = Solvers(cut.takes, settings.align)
    found, kept = yield from part(over(cut.document, document, solvers), 0.9, 1.0)
    file_findings = (f for f in basis.file_findings if f.take in (None, *range(count)))
    again = replace(
        analysis,
        document=found,
        takes=cut.takes,
        take_findings=(*file_findings, *cut.take_findings),
        mouth_fixes=cut.mouth_fixes,
        basis=replace(basis, settings=settings, evidences=evidences),
    )
    return Rematch(again, kept, solvers)


def preferring(analysis: Analysis, document: Document, take: int | None) -> Job[Rematch]:
    """Find the whole cut again, preferring one take, or none; see ``matched_again``."""
    if analysis.basis is None:
        raise ValueError("this cut can't be found again before its footage was watched")
    settings = replace(analysis.basis.settings, prefer_take=take)
    return (yield from matched_again(analysis, document, settings))


def without_take(analysis: Analysis, document: Document, take: int) -> Job[Rematch]:
    """Find the whole cut again without one of its takes; see ``matched_again``.

    Parameters
    ----------
    take
        Index into ``document.takes``, of which there are several.
    """
    basis = analysis.basis
    if basis is None:
        raise ValueError("this cut can't be found again before its footage was watched")
    kept = [index for index in range(len(document.takes)) if index != take]
    place = {index: number for number, index in enumerate(kept)}
    before = replace(
        document,
        takes=tuple(document.takes[index] for index in kept),
        segments=tuple(_of_the_rest(segment, place) for segment in document.segments),
        pins=tuple(
            replace(pin, take=place[pin.take]) for pin in document.pins if pin.take in place
        ),
    )
    preferred = basis.settings.prefer_take
    settings = replace(
        basis.settings, prefer_take=None if preferred is None else place.get(preferred)
    )
    evidences = {
        name: tuple(made[index] for index in kept) for name, made in basis.evidences.items()
    }
    file_findings = tuple(
        finding if finding.take is None else replace(finding, take=place[finding.take])
        for finding in basis.file_findings
        if finding.take in (None, *place)
    )
    known = replace(
        analysis,
        document=before,
        takes=tuple(analysis.takes[index] for index in kept),
        basis=replace(basis, settings=settings, evidences=evidences, file_findings=file_findings),
    )
    return (yield from matched_again(known, before, settings))


def _of_the_rest(segment: Segment, place: Mapping[int, int]) -> Segment:
    """A segment under its take's new number; nothing to keep where that take has gone."""
    if segment.take in place:
        return replace(segment, take=place[segment.take])
    start, end = segment.song_start, segment.song_end
    return Segment(start, end, 0, start, end, "gap", 0.0)


# ------------------------------------------------------------------------------- the sync source


def _camera_sounds(
    document: Document, takes: Sequence[AlignedTake], basis: AnalysisInputs, source: SyncSource
) -> Stage[list[CameraSound | None]]:
    """Make sure that each take has what the source needs; listen to those not listened to yet."""
    for take in takes:
        if source != "sound" and take.track.seen == 0:
            raise unseen(take.take.path)
    if source == "lips" or basis.listened:
        camera_sounds = [take.camera_sound for take in takes]
    else:
        song = read_audio(document.song, rate=SAMPLE_RATE)
        yield 0.2
        infos = [probe(take.path) for take in document.takes]
        camera_sounds = yield from part(
            listen_to_takes(song, infos, source, document.song), 0.2, 1.0
        )
    for take, camera_sound in zip(takes, camera_sounds, strict=True):
        if source == "sound" and camera_sound is None:
            raise unheard(take.take.path)
    return camera_sounds


def _evidences(
    basis: AnalysisInputs,
    takes: Sequence[AlignedTake],
    camera_sounds: Sequence[CameraSound | None],
    source: SyncSource,
) -> Mapping[SyncSource, tuple[Evidence, ...]]:
    """Evidence by sync source, with that of the wanted one; what was made before is kept.

    A matrix of all pairs is large, and switching between two sources needs no third one.
    """
    known: dict[SyncSource, tuple[Evidence, ...]] = {
        name: evidences[: len(takes)] for name, evidences in basis.evidences.items()
    }
    if source not in known:
        known[source] = tuple(
            with_camera_sound(lips, camera_sound, source)
            for lips, camera_sound in zip(known["lips"], camera_sounds, strict=True)
        )
    return known


# ------------------------------------------------------------------------------------ what stays


def over(found: Document, before: Document, solvers: Solvers) -> Stage[tuple[Document, Document]]:
    """Put what the user has fixed over another cut of the same takes.

    Segments that are locked or set by hand are put in whole, every pin is passed as if it were set
    again, and footage is framed as it was at that moment of the song.

    Parameters
    ----------
    found
        The other cut.
    before
        The cut with what is fixed.
    solvers
        Of the takes.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    The other cut, which reaches as far as what is fixed, and the same with it.
    """
    standing = [segment for segment in before.segments if segment.stands]
    fixed = [
        *(time for segment in standing for time in (segment.song_start, segment.song_end)),
        *(pin.song for pin in before.pins),
    ]
    if fixed:
        found = _reaching(found, before, min(fixed), max(fixed))
    framed = [part for segment in found.segments for part in _framed(segment, before)]
    document = replace(found, segments=tuple(framed))
    for segment in standing:
        document = _without_flashes(overwrite(document, segment), segment)
    inside = [pin for pin in before.pins if document.segment_at(pin.song).stands]
    document = replace(document, pins=tuple(inside))
    for number, pin in enumerate(before.pins):
        yield number / len(before.pins)
        if pin in inside:
            continue
        try:
            document = pinned(document, pin, solvers[pin.take])
        except ValueError:  # one that went against another pin even before
            log.warning("the pin at %.2f s can't be set again", pin.song, exc_info=True)
    return found, document


def _framed(segment: Segment, before: Document) -> list[Segment]:
    """Frame a segment as it was framed by hand, in parts where that changed in the middle of it."""
    borders = [
        after.song_start
        for earlier, after in pairwise(before.segments)
        if earlier.framing != after.framing
        and segment.song_start + TOLERANCE < after.song_start < segment.song_end - TOLERANCE
    ]
    return [
        replace(
            segment.part(start, end), framing=framing_at(before, (start + end) / 2, segment.take)
        )
        for start, end in pairwise([segment.song_start, *borders, segment.song_end])
    ]


def _reaching(found: Document, before: Document, first: float, last: float) -> Document:
    """Carry a cut on to two song times (s) with what was shown there before."""
    start, end = found.span
    first, last = max(first, before.span[0]), min(last, before.span[1])
    segments = list(found.segments)
    until, since = min(start, before.span[1]), max(end, before.span[0])
    if until - first > TOLERANCE:
        head = [_free(segment) for segment in trim(before, first, until).segments]
        segments = [*head, *_bridge(head[-1], start), *segments]
    if last - since > TOLERANCE:
        tail = [_free(segment) for segment in trim(before, since, last).segments]
        segments += [*_bridge(segments[-1], since), *tail]
    return replace(found, segments=tuple(segments))


def _free(segment: Segment) -> Segment:
    return replace(segment, locked=False, by_hand=False, framing=None)


def _bridge(segment: Segment, until: float) -> list[Segment]:
    """Footage that runs on from a segment to a song time (s), where that is later."""
    start, source = segment.song_end, segment.source_end
    if until - start <= TOLERANCE:
        return []
    return [Segment(start, until, segment.take, source, source + until - start, "gap", 0.0)]


def _without_flashes(document: Document, standing: Segment) -> Document:
    """Let the footage beyond run up to a segment that stands where a few frames would be left."""
    segments = list(document.segments)
    index = segments.index(standing)
    # What lies after it first, so that the index still holds for what lies before.
    for beside, beyond in ((index + 1, index + 2), (index - 1, index - 2)):
        if not (0 <= beyond < len(segments)):
            continue
        left, other = segments[beside], segments[beyond]
        if left.song_end - left.song_start >= _FLASH or left.stands or other.stands:
            continue
        start, end = min(left.song_start, other.song_start), max(left.song_end, other.song_end)
        segments[beyond] = other.part(start, end)
        del segments[beside]
    return replace(document, segments=tuple(segments))
