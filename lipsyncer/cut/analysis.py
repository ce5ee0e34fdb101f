"""What an analysis hands on: what is known of each take, and the cut made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lipsyncer.alignment import REFUSAL_THRESHOLD, Alignment, Evidence
from lipsyncer.alignment.attempts import Attempt
from lipsyncer.alignment.camera_sound import CameraSound
from lipsyncer.arrays import Float64s
from lipsyncer.cut.corrections import summary_of
from lipsyncer.cut.findings import cut_findings, placed
from lipsyncer.cut.rests import MouthFix
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.findings import Finding, FindingKind, Summary, sentence
from lipsyncer.media import Proxy
from lipsyncer.media.peaks import Peaks
from lipsyncer.settings.job import Settings, SyncSource

_ENOUGH = 8.0
"""Seconds of footage from which on lips nearly always tell where it belongs."""
_NOTES = (FindingKind.MOUTH_CLOSED, FindingKind.SONG_TRACK, FindingKind.TURNED)
"""What was done, and leaves nothing to look at."""


@dataclass(frozen=True)
class Footage:
    """What can be shown of one take.

    Attributes
    ----------
    take
        The file.
    proxy
        Its picture, quick to work on.
    track
        Its mouth.
    """

    take: Take
    proxy: Proxy
    track: MouthTrack


@dataclass(frozen=True)
class AlignedTake(Footage):
    """What is known of one take.

    Attributes
    ----------
    evidence
        How well its moments fit those of the song.
    alignment
        The time map from the song to this take alone, and how sure it is.
    segments
        The same as segments of a document, which may cover only a part of the song.
    camera_sound
        What its own sound says; None where it has none, or was not listened to.
    attempts
        Its stretches that perform parts of the song, in its own order, each with its map;
        ``alignment`` is that of the best one.
    """

    evidence: Evidence
    alignment: Alignment
    segments: tuple[Segment, ...]
    camera_sound: CameraSound | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def speed(self) -> float:
        """How many times the song's speed it was filmed at."""
        retimed = self.evidence.retimed
        return 1.0 if retimed is None else 1 / retimed.slope

    def attempt_of(self, segment: Segment) -> int | None:
        """Index of the attempt that the middle of a segment shows; None where it shows none."""
        source = (segment.source_start + segment.source_end) / 2
        for index, attempt in enumerate(self.attempts):
            if attempt.take_start <= source <= attempt.take_end:
                return index
        return None


@dataclass(frozen=True)
class AnalysisInputs:
    """What another cut of the same takes is made from, beside what is known of each.

    Attributes
    ----------
    settings
        The cut was made with these.
    beats
        Seconds of the song at which takes may best change; empty where there is one take.
    evidences
        By sync source: the evidence of each take, as far as it was made; always of ``"lips"``.
    file_findings
        What to look at in the files.
    """

    settings: Settings
    beats: Float64s
    evidences: Mapping[SyncSource, tuple[Evidence, ...]]
    file_findings: tuple[Finding, ...] = ()

    @property
    def listened(self) -> bool:
        """Whether the takes' own sound was listened to."""
        return any(source != "lips" for source in self.evidences)


@dataclass(frozen=True)
class Analysis:
    """What watching the lips against the song has found.

    Attributes
    ----------
    document
        The cut that brings the picture in time with the song, ready for export.
    takes
        What is known of each take, as in ``document.takes``.
    peaks
        Outline of the song's waveform.
    timings
        Seconds by stage.
    take_findings
        What to look at in the takes, whatever the cut shows.
    mouth_fixes
        Where the cut shows a closed mouth because the lips moved although there is no singing.
    basis
        What it was made from, beside what is known of each take.
    """

    document: Document
    takes: tuple[AlignedTake, ...]
    peaks: Peaks
    timings: Mapping[str, float]
    take_findings: tuple[Finding, ...] = ()
    mouth_fixes: tuple[MouthFix, ...] = ()
    basis: AnalysisInputs | None = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What to look at in the takes and the cut: what is about the takes comes first."""
        percent = round(100 * self.confidence)
        unmatched = FindingKind.TOO_SHORT if self.too_short else FindingKind.NOTHING_MATCHES
        nothing = () if self.matches else (Finding(unmatched, number=percent),)
        return (
            *nothing,
            *placed(self.take_findings, self.document),
            *cut_findings(self.document, self.takes, self.mouth_fixes),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences of those findings that warn."""
        names = [take.path.name for take in self.document.takes]
        return tuple(sentence(finding, names) for finding in self.findings if finding.warns)

    @property
    def summary(self) -> Summary:
        """What the cut puts right, and how much is left to look at."""
        left = sum(finding.warns and finding.kind not in _NOTES for finding in self.findings)
        return summary_of(
            self.document,
            matches=self.matches,
            left=left,
            too_short=self.too_short,
            attempts=self._attempts_shown,
        )

    @property
    def _attempts_shown(self) -> tuple[int, int]:
        """How many attempts of the first take the cut shows, and how many there are."""
        first = self.takes[0]
        shown = {
            first.attempt_of(segment) for segment in self.document.segments if segment.take == 0
        }
        return len(shown - {None}), len(first.attempts)

    @property
    def alignment(self) -> Alignment:
        """The alignment of the take that fits the song best."""
        return max((take.alignment for take in self.takes), key=lambda found: found.confidence)

    @property
    def confidence(self) -> float:
        """How sure it is that the takes belong to the song and the map is right, 0 to 1."""
        return self.alignment.confidence

    @property
    def matches(self) -> bool:
        """Whether the takes are believed to belong to the song."""
        return self.confidence >= REFUSAL_THRESHOLD

    @property
    def too_short(self) -> bool:
        """Whether they may belong to it, and hold too little singing for lips to tell."""
        by_sound = self.basis is not None and self.basis.settings.sync_source == "sound"
        longest = max(take.duration for take in self.document.takes)
        return not (self.matches or by_sound) and longest < _ENOUGH
