"""Editing by keys and menus: each action is one pure edit of the selected segment."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QCoreApplication, QObject, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from lipsyncer.alignment.span import SpanSolver
from lipsyncer.cut.realign import pinned, realigned, unpinned
from lipsyncer.edit import edits
from lipsyncer.edit.document import TOLERANCE, Document, Pin, Segment
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features import GRID_RATE
from lipsyncer.ui.editing.session import Edit, Session
from lipsyncer.ui.editing.swapping import Swapping
from lipsyncer.ui.language.spoken_values import clock, signed_ms
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.window.actions import make_action

_FEW = 5
"""Frames that Shift makes of one."""


class Nudging(QObject):
    """The actions on segments, enabled where they can be done.

    Parameters
    ----------
    session
        What they edit.

    Attributes
    ----------
    swapping
        What else a segment could show.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.slips = self._slip_actions()
        self.choices = self._choice_actions()
        self.cuts = self._cut_actions()
        self.wishes = self._wish_actions()
        self.swapping = Swapping(session, self)
        session.selection_changed.connect(self._enable)
        session.changed.connect(self._enable)
        session.analysed.connect(self._enable)
        session.playhead_moved.connect(self._enable_unpin)
        self._enable()

    @property
    def actions(self) -> list[QAction]:
        """All of them, in the order of the menu."""
        return [*self.wishes, *self.cuts, *self.slips, *self.choices, *self.swapping.actions]

    @property
    def buttons(self) -> list[QAction]:
        """Those that have a button on the toolbar."""
        return [*(action for action in self.wishes if action is not self._unpin), *self.cuts]

    def fill(self, menu: QMenu) -> None:
        """Put the actions into a menu, and a menu of what else a segment could show."""
        for group in (self.wishes, self.cuts, self.slips, self.choices, self.swapping.actions):
            menu.addActions(group)
            menu.addSeparator()
        self.swapping.add_menu(menu)

    # ------------------------------------------------------------------------ the actions

    def _slip_actions(self) -> list[QAction]:
        frame, few = self.tr("one frame"), self.tr("five frames")
        tiny = self.tr("a millisecond")
        earlier = self.tr("Picture {amount} earlier")
        later = self.tr("Picture {amount} later")
        tip = self.tr("Moves the footage under the song; the cuts stay where they are")
        actions = []
        for keys, amount, frames in (
            ("", frame, 1.0),
            ("Shift+", few, float(_FEW)),
            ("Alt+", tiny, 0.0),
        ):
            for key, words, sign in (("Left", earlier, -1), ("Right", later, 1)):
                action = make_action(
                    self,
                    words.format(amount=amount),
                    partial(self._nudge, sign, frames),
                    keys + key,
                    tip=tip,
                )
                # Arrows belong to lists and sliders where these have the keyboard.
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                actions.append(action)
        return actions

    def _choice_actions(self) -> list[QAction]:
        return [
            make_action(self, self.tr("Select the segment &before"), self._select_before, "Up"),
            make_action(self, self.tr("Select the &next segment"), self._select_next, "Down"),
        ]

    def _cut_actions(self) -> list[QAction]:
        self._split = make_action(
            self,
            self.tr("&Split at the playhead"),
            self._do_split,
            "S",
            icon="split",
            tip=self.tr("Makes two segments that you can move separately"),
        )
        self._join = make_action(
            self,
            self.tr("&Join with the next"),
            self._do_join,
            "M",
            icon="join",
            tip=self.tr("Removes the cut; the first segment's footage continues"),
        )
        self._lock = make_action(
            self,
            self.tr("&Lock"),
            self._do_lock,
            "Ctrl+L",
            icon="lock",
            tip=self.tr("Only you can move a locked segment"),
            checkable=True,
        )
        return [self._split, self._join, self._lock]

    def _wish_actions(self) -> list[QAction]:
        self._pin = make_action(
            self,
            self.tr("&Pin this moment"),
            self._do_pin,
            "P",
            icon="pin",
            tip=self.tr("Keeps the frame on screen at this moment of the song"),
        )
        self._unpin = make_action(
            self,
            self.tr("Remove &the nearest pin"),
            self._do_unpin,
            "Shift+P",
            tip=self.tr("Aligns the segment again without the pin nearest to the playhead"),
        )
        self._realign = make_action(
            self,
            self.tr("&Align it again"),
            self._do_realign,
            "R",
            icon="realign",
            tip=self.tr("Aligns this segment alone again"),
        )
        self._reset = make_action(
            self,
            self.tr("&Reset to what was found"),
            self._do_reset,
            "Delete",
            icon="reset",
            tip=self.tr("Undoes every change to this stretch of the song"),
        )
        return [self._pin, self._unpin, self._realign, self._reset]

    def _enable(self) -> None:
        document, index = self._session.document, self._session.selected
        chosen = document is not None and index >= 0
        segment = document.segments[index] if document is not None and chosen else None
        movable = segment is not None and not segment.locked
        last = document is not None and index == len(document.segments) - 1
        for action in self.slips:
            action.setEnabled(movable)
        for action in self.choices:
            action.setEnabled(document is not None)
        self._split.setEnabled(document is not None)
        self._join.setEnabled(movable and not last)
        self._lock.setEnabled(chosen)
        self._lock.setChecked(segment is not None and segment.locked)
        # Where the footage is only shown, these have it analysed first.
        self._pin.setEnabled(document is not None and bool(self._session.pictures))
        self._realign.setEnabled(movable and bool(self._session.pictures))
        self._unpin.setEnabled(self._pin_near_playhead() is not None)
        self._reset.setEnabled(movable)

    # ------------------------------------------------------------------------ what they do

    def _edit(self, name: str, change: Edit, *, merge: str = "", select: int | None = None) -> bool:
        return self._session.edit(name, change, merge=merge, select=select)

    def _selected(self) -> tuple[int, Segment] | None:
        document, index = self._session.document, self._session.selected
        if document is None or index < 0:
            return None
        return index, document.segments[index]

    def _nudge(self, sign: int, frames: float) -> None:
        chosen = self._selected()
        if chosen is None:
            return
        index, segment = chosen
        seconds = frames * frame_length(self._session, segment.take) if frames else 0.001
        # A picture that comes later shows earlier footage at the same moment of the song.
        self._edit(
            slip_name(self._session, index, segment.source_start - sign * seconds),
            partial(edits.slip, index=index, seconds=-sign * seconds),
            merge=f"slip {index}",
        )

    def _select_before(self) -> None:
        self._select(-1)

    def _select_next(self) -> None:
        self._select(1)

    def _select(self, step: int) -> None:
        document, index = self._session.document, self._session.selected
        if document is None:
            return
        if index < 0:
            index = document.index_at(self._session.playhead)
        else:
            index = min(max(index + step, 0), len(document.segments) - 1)
        self._session.choose(index)
        self._session.view.reveal(document.segments[index].song_start)

    def _select_at(self, song_time: float) -> None:
        """Select the segment that begins at a song time, or has it inside."""
        if self._session.document is not None:
            self._session.select(self._session.document.index_at(song_time + TOLERANCE))

    def _do_split(self) -> None:
        time = self._session.playhead
        document = self._session.document
        if document is not None:
            self._edit(
                self.tr("Split at {time}").format(time=clock(time)),
                partial(edits.split, song_time=time),
                select=document.index_at(time) + 1,
            )

    def _do_join(self) -> None:
        chosen = self._selected()
        if chosen is not None:
            name = self.tr("Join segments {first} and {second}")
            self._edit(
                name.format(first=chosen[0] + 1, second=chosen[0] + 2),
                partial(edits.join, index=chosen[0]),
            )

    def _do_lock(self) -> None:
        chosen = self._selected()
        if chosen is None:
            return
        index, segment = chosen
        change = edits.unlock if segment.locked else edits.lock
        name = self.tr("Unlock segment {n}") if segment.locked else self.tr("Lock segment {n}")
        self._edit(name.format(n=index + 1), partial(change, index=index))

    def _do_reset(self) -> None:
        chosen, found = self._selected(), self._session.found
        if chosen is None or found is None:
            return
        index, segment = chosen
        start, end = segment.song_start, segment.song_end
        name = self.tr("Reset segment {n}").format(n=index + 1)
        if self._edit(name, partial(edits.reset, other=found, song_start=start, song_end=end)):
            self._select_at(start)

    def _do_realign(self) -> None:
        chosen = self._selected()
        if chosen is None:
            return
        index, segment = chosen
        document = self._session.document
        name = self.tr("Align segment {n} again").format(n=index + 1)

        def find(solver: SpanSolver) -> None:
            # What was edited while the solver was made ready may have moved the segment.
            if self._session.document is document:
                self._edit(name, partial(realigned, index=index, solver=solver))

        self._session.solving.when_ready(segment.take, find)

    def _do_pin(self) -> None:
        document, time = self._session.document, self._session.playhead
        if document is None:
            return
        take, source = TimeMap(document).source_at(time)
        name, pin = self.tr("Pin {time}").format(time=clock(time)), Pin(time, take, source)

        def fix(solver: SpanSolver) -> None:
            before = self._session.document
            if self._edit(name, partial(pinned, pin=pin, solver=solver)) and before is not None:
                tell_replaced(self._session, before)

        self._session.solving.when_ready(take, fix)

    def _enable_unpin(self) -> None:
        """Follow the playhead, cheaply, as it moves with every frame that is played."""
        document = self._session.document
        if document is not None and (document.pins or self._unpin.isEnabled()):
            self._unpin.setEnabled(self._pin_near_playhead() is not None)

    def _pin_near_playhead(self) -> Pin | None:
        """Give the nearest pin in the segment that is under the playhead."""
        document, time = self._session.document, self._session.playhead
        if document is None:
            return None
        segment = document.segment_at(time)
        inside = [
            pin for pin in document.pins if segment.song_start <= pin.song <= segment.song_end
        ]
        return min(inside, key=lambda pin: abs(pin.song - time), default=None)

    def _do_unpin(self) -> None:
        pin = self._pin_near_playhead()
        if pin is None:
            return
        name = self.tr("Remove the pin at {time}").format(time=clock(pin.song))
        change = partial(unpinned, song_time=pin.song)
        if self._session.footage(pin.take) is None:
            self._edit(name, change)
        else:
            self._session.solving.when_ready(
                pin.take, lambda solver: self._edit(name, partial(change, solver=solver))
            )


def frame_length(session: Session, take: int) -> float:
    """Seconds that one frame of a take is shown."""
    footage = session.footage(take)
    return 1.0 / (footage.proxy.rate if footage is not None else GRID_RATE)


def tell_replaced(session: Session, before: Document) -> None:
    """Say what a pin has changed around it.

    Parameters
    ----------
    before
        The cut before the pin was set.
    """
    after = session.document
    span = edits.changed_span(before, after) if after is not None else None
    if span is not None:
        text = QCoreApplication.translate(
            "Nudging", "The pin changed the picture from {start} to {end}. Undo brings it back."
        )
        note = text.format(start=clock(span[0]), end=clock(span[1]))
        session.say(Message("note", note))


def slip_name(session: Session, index: int, source_start: float) -> str:
    """Name a slip by how far it has moved the picture since the gesture began.

    Parameters
    ----------
    source_start
        Where the segment's footage begins after it, in seconds of the take.
    """
    document = session.document
    shift = document.segments[index].song_start - source_start if document is not None else 0.0
    text = QCoreApplication.translate("Nudging", "Move the picture of segment {n} to {shift}")
    return text.format(n=index + 1, shift=signed_ms(shift))
