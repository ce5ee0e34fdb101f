"""What an analysis hands on: what is known of each take, and the cut made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lipsyncer.align import REFUSAL_THRESHOLD, Alignment, Evidence
from lipsyncer.align.camera_sound import CameraSound
from lipsyncer.arrays import Float64s
from lipsyncer.cut.findings import cut_warnings
from lipsyncer.cut.rests import MouthFix
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import Proxy
from lipsyncer.media.peaks import Peaks
from lipsyncer.settings.job import Guide, Settings


@dataclass(frozen=True)
class AlignedTake:
    """What is known of one take.

    Attributes
    ----------
    take
        The file.
    proxy
        Its picture, quick to work on.
    track
        Its mouth.
    evidence
        How well its moments fit those of the song.
    alignment
        The time map from the song to this take alone, and how sure it is.
    segments
        The same as segments of a document, which may cover only a part of the song.
    heard
        What its own sound says; None where it has none, or was not listened to.
    """

    take: Take
    proxy: Proxy
    track: MouthTrack
    evidence: Evidence
    alignment: Alignment
    segments: tuple[Segment, ...]
    heard: CameraSound | None = None


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
        By guide: the evidence of each take, as far as it was made. ``"lips"`` is always there.
    broken
        Sentences about takes that can't be decoded in places.
    """

    settings: Settings
    beats: Float64s
    evidences: Mapping[Guide, tuple[Evidence, ...]]
    broken: tuple[str, ...] = field(default=())

    @property
    def listened(self) -> bool:
        """Whether the takes' own sound was listened to."""
        return any(guide != "lips" for guide in self.evidences)


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
    warnings
        Sentences for the user.
    timings
        Seconds by stage.
    standing
        Those of the sentences that no edit of the cut changes.
    closed
        Where the cut shows a closed mouth because lips moved though nobody sings.
    basis
        What it was made from, beside what is known of each take.
    """

    document: Document
    takes: tuple[AlignedTake, ...]
    peaks: Peaks
    warnings: tuple[str, ...]
    timings: dict[str, float]
    standing: tuple[str, ...] = ()
    closed: tuple[MouthFix, ...] = ()
    basis: AnalysisInputs | None = None

    def warnings_about(self, document: Document) -> tuple[str, ...]:
        """Sentences about another cut of the same takes, which an edit has made of this one.

        Parameters
        ----------
        document
            Its takes are those of the analysis.
        """
        return (*self.standing, *cut_warnings(document, self.takes, self.closed))

    def with_document(self, document: Document) -> Analysis:
        """The same with another cut, and with what there is to say about that one."""
        if document == self.document:
            return self
        before = self.warnings_about(self.document)
        others = [warning for warning in self.warnings if warning not in before]
        warnings = (*self.warnings_about(document), *others)
        return replace(self, document=document, warnings=warnings)

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
