"""Showing another attempt or take in a segment: by a menu with a live look, or by a key."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QEvent, QObject, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from lipsyncer.cut.lanes import Lane, swapped
from lipsyncer.edit.document import Document
from lipsyncer.ui.editing.lane_names import lane_name, numbered_name
from lipsyncer.ui.editing.look import Look
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.window.actions import make_action


class Swapping(QObject):
    """Offers the other lanes that have a segment's words.

    Parameters
    ----------
    session
        Whose segments are swapped.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # While it goes through them, several segments may stand where there was one.
        self._going: tuple[Document, float, float] | None = None
        tip = self.tr("Shows another attempt, or another take, that has these words")
        self._next = make_action(
            self, self.tr("Show the ne&xt attempt"), partial(self._step, 1), "X", tip=tip
        )
        self._previous = make_action(
            self,
            self.tr("Show the attempt before"),
            partial(self._step, -1),
            "Shift+X",
            tip=tip,
        )
        session.selection_changed.connect(self._enable)
        session.changed.connect(self._enable)
        session.analysed.connect(self._enable)
        self._enable()

    @property
    def actions(self) -> list[QAction]:
        """Those with a key."""
        return [self._next, self._previous]

    def add_menu(self, menu: QMenu) -> None:
        """Add a menu of all takes and attempts, filled when it opens."""
        lanes = LaneMenu(self.tr("Show another attempt or &take"), menu)
        lanes.aboutToShow.connect(partial(self._fill, lanes))
        lanes.hovered.connect(self._look)
        lanes.left.connect(partial(self._session.look_at, None))
        menu.addMenu(lanes)

    def swap(self, lane: Lane, song_time: float) -> bool:
        """Show a lane in the segment at a song time (s); say whether anything has changed."""
        document = self._session.document
        if document is None:
            return False
        index = document.index_at(song_time)
        segment = document.segments[index]
        return self._swap(lane, segment.song_start, segment.song_end, merge="")

    # ------------------------------------------------------------------------ what there is

    def _span(self) -> tuple[float, float] | None:
        """Song times (s) of the selected segment, or of what a swap before has put in."""
        document, index = self._session.document, self._session.selected
        if document is None or index < 0:
            return None
        segment = document.segments[index]
        if self._going is not None and self._going[0] is document:
            _, start, end = self._going
            if start <= (segment.song_start + segment.song_end) / 2 <= end:
                return start, end
        return segment.song_start, segment.song_end

    def _choices(self, start: float, end: float) -> list[Lane]:
        return [lane for lane in self._session.lanes if lane.has(start, end)]

    def _shown(self) -> Lane | None:
        document, index = self._session.document, self._session.selected
        if document is None or index < 0:
            return None
        segment = document.segments[index]
        return next((lane for lane in self._session.lanes if lane.shows(segment)), None)

    def _enable(self) -> None:
        span, document = self._span(), self._session.document
        movable = False
        if span is not None and document is not None:
            locked = document.segments[self._session.selected].locked
            others = [lane for lane in self._choices(*span) if lane != self._shown()]
            movable = bool(others) and not locked
        for action in self.actions:
            action.setEnabled(movable)

    # ------------------------------------------------------------------------ the menu

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        document, span = self._session.document, self._span()
        if document is None or span is None:
            return
        locked = document.segments[self._session.selected].locked
        choices, shown = self._choices(*span), self._shown()
        # What has other words comes last: it may still be shown while nobody sings.
        others = [lane for lane in self._session.lanes if lane not in choices]
        for lanes in (choices, others):
            if lanes is others and choices and others:
                menu.addSection(self.tr("These words are not in"))
            for lane in lanes:
                action = menu.addAction(numbered_name(document, lane).replace("&", "&&"))
                if action is not None:
                    action.setData(lane)
                    action.setCheckable(True)
                    action.setChecked(lane == shown)
                    action.setEnabled(not locked)
                    action.triggered.connect(partial(self._choose, lane, *span))

    def _look(self, action: QAction) -> None:
        """Play what a choice would show, until the menu is left."""
        document, span, lane = self._session.document, self._span(), action.data()
        if document is None or span is None or not isinstance(lane, Lane) or not action.isEnabled():
            self._session.look_at(None)
            return
        after = document if action.isChecked() else swapped(document, lane, *span)
        self._session.look_at(Look(after, span))

    def _choose(self, lane: Lane, start: float, end: float, checked: bool = False) -> None:
        self._session.look_at(None)
        if lane != self._shown():
            self._swap(lane, start, end, merge="")

    # ------------------------------------------------------------------------ what is done

    def _step(self, step: int) -> None:
        span = self._span()
        if span is None:
            return
        choices, shown = self._choices(*span), self._shown()
        if not choices:
            return
        # From footage that is on no lane, it begins at either end.
        at = choices.index(shown) if shown in choices else (-1 if step > 0 else 0)
        start, end = span
        self._swap(choices[(at + step) % len(choices)], start, end, merge=f"swap {start} {end}")

    def _swap(self, lane: Lane, start: float, end: float, *, merge: str) -> bool:
        document = self._session.document
        if document is None:
            return False
        name = self.tr("Show {lane} in segment {n}").format(
            lane=lane_name(document, lane), n=document.index_at((start + end) / 2) + 1
        )
        changed = self._session.edit(
            name, lambda document: swapped(document, lane, start, end), merge=merge
        )
        after = self._session.document
        if changed and after is not None:
            self._going = (after, start, end)
            self._session.select(after.index_at((start + end) / 2))
            self._enable()
        return changed


class LaneMenu(QMenu):
    """A menu that tells when it is left: by the mouse, or because it closes.

    Attributes
    ----------
    left
        Nothing of it is looked at any more.
    """

    left = pyqtSignal()

    def __init__(self, title: str, parent: QMenu) -> None:
        super().__init__(title, parent)
        self.aboutToHide.connect(self.left)

    def leaveEvent(self, event: QEvent | None) -> None:  # noqa: N802
        """Tell that the mouse is gone."""
        super().leaveEvent(event)
        self.left.emit()
