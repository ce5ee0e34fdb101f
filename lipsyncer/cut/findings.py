"""What to look at in a cut as it is now.

Cheap enough to be found anew after every edit: nothing is tracked or aligned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from lipsyncer.alignment import Alignment, Evidence
from lipsyncer.alignment.agreement import lips_agree
from lipsyncer.alignment.pieces import SHORTEST_GAP, without_short_runs
from lipsyncer.arrays import Booleans, Float64s, Indices
from lipsyncer.cut.corrections import is_loose
from lipsyncer.cut.rests import Lips, MouthFix, bridged, false_singing, gaps_of, runs
from lipsyncer.cut.rolls import SUNG
from lipsyncer.edit.document import TOLERANCE, Document, Segment
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.movement import SEEN
from lipsyncer.findings import Finding, FindingKind

SHORTEST = 0.4
"""Seconds from which on unmatched lips are a finding; less is a blink of the tracker."""
SHORTEST_FREEZE = 0.2
"""Seconds from which on viewers see that the picture freezes."""

_WORTH_A_WARNING = 3.0
"""Seconds of singing that are unmatched."""
_HARDLY = 0.1
"""Quality below which the alignment takes nothing from a mouth."""
_MOSTLY_SEEN = 0.5
"""Mean quality from which on it is not for want of lips that nothing was matched."""
_JOINED = 0.2  # s
_SAME = 2.0 / GRID_RATE  # s; a mouth fix that still shows this moment is still there


class ScoredTake(Protocol):
    """What is known of a take; ``AlignedTake`` is one."""

    @property
    def evidence(self) -> Evidence:
        """How well its moments fit those of the song."""

    @property
    def track(self) -> MouthTrack:
        """Its mouth."""

    @property
    def alignment(self) -> Alignment:
        """Its own time map."""


def cut_findings(
    document: Document, takes: Sequence[ScoredTake], mouth_fixes: Sequence[MouthFix] = ()
) -> tuple[Finding, ...]:
    """Find what to look at in a cut.

    Parameters
    ----------
    document
        The cut.
    takes
        What is known of each of its takes.
    mouth_fixes
        Where a closed mouth was put in; one that the cut no longer shows is no finding.

    Returns
    -------
    In song order. Findings in a locked segment do not warn, as the user has checked it.
    """
    voice = np.nan_to_num(takes[0].evidence.voice).astype(np.float64)
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    findings = [
        *_unmatched(document, takes, voice),
        *loose_matches(document),
        *(
            Finding(FindingKind.NO_VOICE, span=gap, warns=False)
            for gap in gaps_of(voice, document.span)
        ),
    ]
    mouths = [(FindingKind.LIPS_MOVE, span) for span in false_singing(document, lips)]
    mouths += [
        (FindingKind.MOUTH_CLOSED, (fix.start, fix.end))
        for fix in fixes_shown(document, mouth_fixes)
    ]
    for kind, span in mouths:
        segment = document.segment_at(sum(span) / 2)
        findings.append(Finding(kind, segment.take, span, warns=not segment.locked))
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.kind.value)))


def loose_matches(document: Document) -> list[Finding]:
    """Find the matched segments that fit only loosely: those that the timeline shows as unsure.

    Each has its place, the part of it that shows moving footage or else all of it, and warns
    however short it is, unless it is locked.
    """
    findings = []
    for segment in document.segments:
        if not is_loose(segment):
            continue
        place = _covered(segment, document.takes[segment.take].duration)
        findings.append(
            Finding(
                FindingKind.LOOSE_MATCH,
                segment.take,
                place or (segment.song_start, segment.song_end),
                number=round(100 * segment.confidence),
                warns=not segment.locked,
            )
        )
    return findings


def placed(findings: Sequence[Finding], document: Document) -> tuple[Finding, ...]:
    """Give findings about a stretch of a take their place in the song, if the cut shows it."""
    return tuple(
        finding
        if finding.source is None
        else replace(finding, span=_first_shown(finding, document))
        for finding in findings
    )


def fixes_shown(document: Document, mouth_fixes: Sequence[MouthFix]) -> tuple[MouthFix, ...]:
    """Those mouth fixes that the document still shows."""
    lines = TimeMap(document)

    def shown(fix: MouthFix) -> bool:
        take, source = lines.source_at(fix.start + TOLERANCE)
        return take == fix.take and abs(source - fix.source) < _SAME

    return tuple(fix for fix in mouth_fixes if shown(fix))


@dataclass(frozen=True)
class _Rows:
    """What the cut shows at each position (n,) of the analysis grid, from ``first`` on."""

    first: int
    takes: Indices
    quality: Float64s
    sung: Booleans
    frozen: Booleans
    absent: Booleans
    covered: Booleans
    matched: Booleans
    locked: Booleans


def _rows(document: Document, takes: Sequence[ScoredTake], voice: Float64s) -> _Rows:
    first, last = (round(time * GRID_RATE) for time in document.span)
    rows = np.arange(first, min(last, len(voice)))
    time_map = TimeMap(document)
    shown, sources = time_map.sources_at(rows / GRID_RATE)
    index = time_map.indices_at(rows / GRID_RATE + 1e-9)
    frozen, absent, covered, agree = (np.zeros(len(rows), bool) for _ in range(4))
    frozen[1:] = (np.diff(sources) <= 1e-6) & (np.diff(shown) == 0)
    frozen[:-1] |= frozen[1:]
    quality = np.zeros(len(rows))
    for number in np.unique(shown):
        track, here = takes[int(number)].track, shown == number
        columns = np.clip(np.round(sources[here] * GRID_RATE), 0, len(track) - 1).astype(np.int64)
        quality[here] = track.quality[columns]
        absent[here] = ~_present(track)[columns]
        if len(track.covered) == len(track):
            covered[here] = track.covered[columns]
        agree[here] = _agree(takes[int(number)], rows[here], sources[here])
    covered &= (quality < SEEN) & ~absent
    matched = np.array([segment.kind == "matched" for segment in document.segments])[index]
    matched &= without_short_runs(agree, round(SHORTEST_GAP * GRID_RATE))
    locked = np.array([segment.locked for segment in document.segments])[index]
    sung = voice[rows] >= SUNG
    return _Rows(first, shown, quality, sung, frozen, absent, covered, matched, locked)


def _agree(take: ScoredTake, rows: Indices, sources: Float64s) -> Booleans:
    """Where (n,) there is singing, and a mouth that is seen to go with it."""
    evidence = take.evidence
    songs, columns = evidence.pairs.shape
    positions = np.full(songs, np.nan)
    positions[rows] = sources * GRID_RATE
    at = np.clip(np.round(sources * GRID_RATE), 0, columns - 1).astype(np.int64)
    weight = np.nan_to_num(evidence.voice)[rows] * np.nan_to_num(evidence.face)[at]
    agrees = lips_agree(evidence, positions, take.alignment.picture)[rows]
    return np.asarray(agrees & (weight > _HARDLY), bool)


def _unmatched(
    document: Document, takes: Sequence[ScoredTake], voice: Float64s
) -> Iterator[Finding]:
    """Find where no footage is shown, or nothing of it could be matched."""
    rows = _rows(document, takes, voice)
    hardly = (rows.quality < _HARDLY) & ~rows.absent & ~rows.covered
    seen = ~(rows.absent | rows.covered | hardly)
    masks = (
        (FindingKind.NO_FOOTAGE, rows.frozen & rows.sung),
        (FindingKind.NO_FACE, rows.absent & ~rows.frozen),
        (FindingKind.MOUTH_COVERED, rows.covered & ~rows.frozen),
        (FindingKind.MOUTH_HARD_TO_SEE, hardly & ~rows.frozen),
        (FindingKind.LIPS_DO_NOT_MATCH, rows.sung & seen & ~rows.frozen & ~rows.matched),
    )
    warning = _much_unmatched(rows, voice)
    for kind, mask in masks:
        shortest = SHORTEST_FREEZE if kind is FindingKind.NO_FOOTAGE else SHORTEST
        for low, high in (
            *runs(bridged(mask & ~rows.locked, _JOINED)),
            *runs(bridged(mask & rows.locked, _JOINED)),
        ):
            if high - low < shortest * GRID_RATE:
                continue
            dim = rows.quality[low:high].mean() <= _MOSTLY_SEEN
            yield Finding(
                FindingKind.MOUTH_HARD_TO_SEE
                if kind is FindingKind.LIPS_DO_NOT_MATCH and dim
                else kind,
                int(rows.takes[(low + high) // 2]),
                ((rows.first + low) / GRID_RATE, (rows.first + high) / GRID_RATE),
                warns=not rows.locked[low]
                and (kind is FindingKind.NO_FOOTAGE or bool(warning[low:high].mean() > 0.5)),
            )


def _much_unmatched(rows: _Rows, voice: Float64s) -> Booleans:
    """Positions (n,) of the stretches in which so much is unmatched that the user is told."""
    much = np.zeros(len(rows.matched), bool)
    for low, high in runs(~rows.matched & ~rows.frozen & ~rows.locked):
        sung = float(voice[rows.first + low : rows.first + high].sum()) / GRID_RATE
        much[low:high] = sung >= _WORTH_A_WARNING
    return much


def _present(track: MouthTrack) -> Booleans:
    return track.present if len(track.present) == len(track) else track.quality > 0


def _covered(segment: Segment, length: float) -> tuple[float, float] | None:
    """The part of a segment (s of the song) that shows moving footage; None where none does."""
    if segment.slope <= 0:
        return None
    start = max(segment.song_at(0.0), segment.song_start)
    end = min(segment.song_at(length), segment.song_end)
    return (start, end) if end > start else None


def _first_shown(finding: Finding, document: Document) -> tuple[float, float] | None:
    """The part of the song (s) in which a stretch of a take is shown first."""
    assert finding.source is not None
    for segment in document.segments:
        low = max(finding.source[0], segment.source_start)
        high = min(finding.source[1], segment.source_end)
        if segment.take == finding.take and segment.slope > 0 and low < high:
            return segment.song_at(low), segment.song_at(high)
    return None
