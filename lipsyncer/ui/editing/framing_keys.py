"""Framing by hand by keys and menus, for who does not use a mouse."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview import PreviewPanel
from lipsyncer.ui.preview.framing_gestures import ZOOM_STEP
from lipsyncer.ui.window.actions import make_action

_STEP = 0.01
"""Share of the frame by which a key moves the picture."""


class FramingActions(QObject):
    """What moves the picture of the segment under the playhead within the platform's frame.

    Parameters
    ----------
    session
        What they edit.
    panel
        Its preview knows the frame, and shows it while the user frames by hand.
    """

    def __init__(
        self, session: Session, panel: PreviewPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._panel = session, panel
        hand = panel.canvas.hand
        self.moves = [
            make_action(self, words, partial(hand.nudge, x * _STEP, y * _STEP), keys)
            for words, keys, x, y in (
                (self.tr("Picture to the left in its frame"), "Ctrl+Left", -1, 0),
                (self.tr("Picture to the right in its frame"), "Ctrl+Right", 1, 0),
                (self.tr("Picture up in its frame"), "Ctrl+Up", 0, -1),
                (self.tr("Picture down in its frame"), "Ctrl+Down", 0, 1),
            )
        ]
        self.moves += [
            make_action(self, self.tr("Closer"), partial(hand.zoom, ZOOM_STEP), "Ctrl+Shift+Up"),
            make_action(
                self, self.tr("Further away"), partial(hand.zoom, 1 / ZOOM_STEP), "Ctrl+Shift+Down"
            ),
        ]
        self._reset = make_action(
            self,
            self.tr("Frame it automatically again"),
            hand.reset,
            "Shift+C",
            tip=self.tr("The frame follows the face again in this segment"),
        )
        self._all = make_action(
            self,
            self.tr("Frame the whole take like this"),
            hand.frame_take,
            tip=self.tr("Frames every segment of this take like the one under the playhead"),
        )
        for signal in (
            session.changed,
            session.analysed,
            session.playhead_moved,
            hand.changed,
        ):
            signal.connect(self._enable)
        self._enable()

    @property
    def actions(self) -> list[QAction]:
        """All of them, in the order of the menu."""
        return [*self.moves, self._reset, self._all]

    def _enable(self) -> None:
        document = self._session.document
        segment = None
        if document is not None:
            segment = document.segment_at(self._session.playhead)
        free = segment is not None and not segment.locked
        for action in self.moves:
            action.setEnabled(free and self._panel.canvas.framing)
        self._reset.setEnabled(free and segment is not None and segment.framing is not None)
        self._all.setEnabled(document is not None)
