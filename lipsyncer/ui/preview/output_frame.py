"""Where the frame of the chosen platform lies in the picture, as it will be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import numpy as np
from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.arrays import Float64s
from lipsyncer.cut.analysis import Footage
from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.edit.document import Document, HandFraming
from lipsyncer.jobs import Job, Progress, faces_of
from lipsyncer.media import probe_take, require_take
from lipsyncer.render.compose import output_format
from lipsyncer.render.framing import (
    Framing,
    View,
    corners,
    framing_for,
    plan_corners,
    same_shape,
    view_of,
    within_reach,
)
from lipsyncer.render.presets import RenderSettings
from lipsyncer.render.retime import frame_at, output_rate, plan_frames
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.threads.worker import JobRunner

Size = tuple[int, int]


@dataclass(frozen=True)
class Frames:
    """Where the frame lies by itself in each output picture of a cut.

    Attributes
    ----------
    size, rate
        Of the output.
    shapes
        Width and height of each take.
    framing
        How takes of another shape are shown.
    corners
        (n, 2) from ``plan_corners``; None while they are being found.
    """

    size: Size
    rate: Fraction
    shapes: Mapping[int, Size]
    framing: Framing
    corners: Float64s | None = None

    def corner(self, number: int, take: int) -> Float64s:
        """Give the corner of an output picture; about the middle while it is being found."""
        if self.corners is not None and len(self.corners):
            return np.asarray(self.corners[min(number, len(self.corners) - 1)])
        middle = replace(self.framing, faces={})
        return np.asarray(
            corners(np.zeros(1), float(self.rate), take, self.shapes[take], self.size, middle)[0]
        )


@dataclass(frozen=True)
class Shown:
    """How one picture is framed.

    Attributes
    ----------
    segment
        Index of its segment.
    view
        Where the frame lies in it.
    size
        Width and height of the output.
    hand
        How the user has framed it.
    """

    segment: int
    view: View
    size: Size
    hand: HandFraming | None


def finding(
    document: Document, settings: RenderSettings, footage: tuple[Footage, ...]
) -> Job[Frames]:
    """Find where the frame lies in every picture, exactly as the export does."""
    yield Progress("frame", 0.0)
    frames = _known(document, settings, footage, probed=True)
    plan = plan_frames(document, frames.rate)
    found = plan_corners(plan, frames.shapes, frames.size, frames.framing)
    return replace(frames, corners=found)


def _known(
    document: Document,
    settings: RenderSettings,
    footage: tuple[Footage, ...],
    *,
    probed: bool,
) -> Frames:
    """Give what is known before anything was found; without looking at the files if wanted."""
    shapes = {index: (seen.proxy.width, seen.proxy.height) for index, seen in enumerate(footage)}
    proxy = footage[0].proxy
    size = settings.size or shapes[0]
    rate = output_rate(proxy.rate, settings.max_rate, settings.min_rate)
    if probed:
        try:
            videos = [require_take(probe_take(take)) for take in document.takes]
        except (LipsyncerError, OSError):
            pass  # footage that has gone is told of elsewhere; its proxy is of the same shape
        else:
            shapes = {index: (seen.width, seen.height) for index, seen in enumerate(videos)}
            size, rate = output_format(videos[0], settings)
    faces = {
        index: faces_of(seen.track, seen.proxy)
        for index, seen in enumerate(footage)
        if settings.size is not None
        and settings.reframe == "follow"
        and not same_shape(shapes[index], size)
    }
    return Frames(size, rate, shapes, framing_for(settings, faces))


class FrameFinder(QObject):
    """Knows the frame of a platform at every moment; finds it again when the cut changes.

    Parameters
    ----------
    session
        Whose cut is framed.

    Attributes
    ----------
    found
        The frame lies elsewhere now.
    """

    found = pyqtSignal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings: RenderSettings | None = None
        self._asked: tuple[Document, RenderSettings] | None = None
        self._frames: Frames | None = None
        self._number = 0
        self._runner = JobRunner("frame", self)
        self._runner.finished.connect(self._take)
        session.changed.connect(self._ask)
        session.analysed.connect(self._forget)

    @property
    def ready(self) -> bool:
        """Whether what is known is of the cut as it is now."""
        return self._frames is not None and not self._runner.busy

    def show(self, settings: RenderSettings | None) -> None:
        """Find the frame of an export with these settings; of none for None."""
        self._settings = settings
        self._ask()

    @property
    def frames(self) -> Frames | None:
        """What is known of the frame so far."""
        return self._frames if self._settings is not None else None

    def close(self) -> None:
        """End the thread."""
        self._runner.close()

    def at(self, song_time: float) -> Shown | None:
        """Say how the picture that is written for a song time (s) is framed; None if unknown."""
        document, time_map, frames = self._session.document, self._session.time_map, self._frames
        if document is None or time_map is None or frames is None:
            return None
        number = frame_at(document, frames.rate, song_time)
        middle = time_map.song_at_output((number + 0.5) / float(frames.rate))
        take = time_map.source_at(middle)[0]
        if take not in frames.shapes:
            return None
        index = document.index_at(middle)
        hand = document.segments[index].framing
        corner = frames.corner(number, take)
        view = view_of(corner, frames.shapes[take], frames.size, frames.framing, hand)
        return Shown(index, view, frames.size, hand)

    def reached(self, song_time: float, hand: HandFraming) -> HandFraming:
        """Bring a framing back to what moves the picture at a song time (s)."""
        document, time_map, frames = self._session.document, self._session.time_map, self._frames
        if document is None or time_map is None or frames is None:
            return hand
        number = frame_at(document, frames.rate, song_time)
        middle = time_map.song_at_output((number + 0.5) / float(frames.rate))
        take = time_map.source_at(middle)[0]
        corner = frames.corner(number, take)
        return within_reach(corner, frames.shapes[take], frames.size, frames.framing, hand)

    def _forget(self) -> None:
        self._asked, self._frames = None, None
        self._ask()

    def _ask(self) -> None:
        document, pictures = self._session.document, self._session.pictures
        if document is None or not pictures or self._settings is None:
            return
        if len(pictures) != len(document.takes):
            return
        # The hand moves what is found, and changes nothing of it.
        bare = replace(
            document,
            segments=tuple(replace(segment, framing=None) for segment in document.segments),
        )
        if self._asked == (bare, self._settings):
            return
        other = self._asked is None or self._asked[1] != self._settings
        self._asked = (bare, self._settings)
        settings = self._settings
        if other or self._frames is None:
            self._frames = _known(document, settings, pictures, probed=False)
        self._runner.cancel_all()
        self._number = self._runner.start(partial(finding, bare, settings, pictures))

    def _take(self, number: int, frames: Frames) -> None:
        if number == self._number:
            self._frames = frames
            self.found.emit()
