"""A closed mouth shown in one rest of a cut, where the user asks for it."""

from __future__ import annotations

import math
from dataclasses import replace

from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.picture_steps import picture_steps
from lipsyncer.cut.rests import Lips, Span, close_gaps
from lipsyncer.edit.document import Document
from lipsyncer.jobs.running import Job, timed
from lipsyncer.settings.job import Settings


def closed_rest(analysis: Analysis, document: Document, span: Span) -> Job[Document]:
    """Show a closed mouth where lips move without singing, however far the picture steps.

    Parameters
    ----------
    analysis
        What is known of the document's takes.
    document
        The cut.
    span
        Seconds of the song in which the lips move, as a finding has them.

    Yields
    ------
    Progress

    Returns
    -------
    The cut with a segment set by hand.

    Raises
    ------
    ValueError
        When no footage nearby has a closed mouth for so long, or something there is locked.
    """
    takes = analysis.takes[: len(document.takes)]
    settings = analysis.basis.settings if analysis.basis is not None else Settings()
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    closing = close_gaps(
        document,
        lips,
        picture_steps([take.proxy for take in takes], [take.track for take in takes]),
        within=span,
        most=math.inf,
        max_stretch=settings.align.max_stretch,
    )
    after, closed = yield from timed("align", closing, {})
    if not closed:
        raise ValueError(
            "your footage shows no closed mouth that is long enough for this rest; "
            "drag the picture of this segment to another moment instead"
        )
    (fix,) = closed
    segments = tuple(
        replace(segment, by_hand=True) if segment.song_start == fix.start else segment
        for segment in after.segments
    )
    return replace(after, segments=segments)
