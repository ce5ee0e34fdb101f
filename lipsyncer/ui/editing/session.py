"""What the window is about: the cut being made, and where in it the user is.

Every part of the window shows a `Session` and changes it through this class alone. An edit is a
pure function from document to document; it goes on the undo stack as one command that holds the
documents before and after.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QUndoStack

from lipsyncer.cut.analysis import AlignedTake, Analysis, Footage
from lipsyncer.cut.lanes import Lane, lanes_of
from lipsyncer.cut.realign import Solvers, rated
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import labelled_as, recognise
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs import Recalled
from lipsyncer.jobs.rematch import Rematch
from lipsyncer.media.peaks import Peaks
from lipsyncer.settings.matching import Matching
from lipsyncer.ui.editing.look import Look, Pair
from lipsyncer.ui.editing.solving import Solving
from lipsyncer.ui.editing.time_view import TimeView
from lipsyncer.ui.editing.undo import EditCommand, MatchCommand, Matched
from lipsyncer.ui.messages.message import Message, error_message, sentence
from lipsyncer.ui.threads.working_copies import WorkingCopies

Edit = Callable[[Document], Document]

_PART = 0.6
"""Share of a song below which its footage fills the view when it is opened."""
_BESIDE = 0.05
"""Share of the footage that is shown beside it then."""


class Session(QObject):
    """The document, its undo history, what the analysis knows, and where the user is.

    Attributes
    ----------
    opened
        Another document is edited now, or none.
    changed
        The document is another one: opened, edited, undone or redone.
    analysed
        What is known of the footage came or went.
    matched
        The cut was matched otherwise, or is said to have been.
    selection_changed
        Another segment is selected; -1 for none.
    playhead_moved
        The playhead is at another song time (s), whoever moved it.
    sought
        The user put the playhead somewhere (s); playback goes on from there.
    loop_changed
        Another span is looped.
    looked
        Another cut is looked at for a while, or the document again.
    paired
        Two frames are held beside each other, or none any more.
    said
        A `Message` for the user.
    undo_stack
        All edits. Its clean state is the document as it was saved last.
    view
        The stretch of the song that timeline and matrix show.
    solving
        What pins and finding a segment again need of each take.
    copies
        Working copies of the takes.
    keep_work
        Saves the work and returns whether that went well; whoever keeps projects sets it.
    """

    opened = pyqtSignal()
    changed = pyqtSignal()
    analysed = pyqtSignal()
    matched = pyqtSignal()
    selection_changed = pyqtSignal(int)
    playhead_moved = pyqtSignal(float)
    sought = pyqtSignal(float)
    loop_changed = pyqtSignal()
    looked = pyqtSignal()
    paired = pyqtSignal()
    said = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keep_work: Callable[[], bool] = lambda: True
        self.undo_stack = QUndoStack(self)
        self.view = TimeView(self)
        self.solving = Solving(self)
        self.solving.failed.connect(lambda failure: self.say_error(failure.error, failure.details))
        self.copies = WorkingCopies(self)
        self._document: Document | None = None
        self._found: Document | None = None
        self._analysis: Analysis | None = None
        self._recalled: Recalled | None = None
        self._matching: Matching | None = None
        self._time_map: TimeMap | None = None
        self._selected = -1
        self._playhead = 0.0
        self._loop: tuple[float, float] | None = None
        self._lanes: tuple[Lane, ...] = ()
        self._look: Look | None = None
        self._pair: Pair | None = None

    def close(self) -> None:
        """End the threads that make solvers and working copies ready."""
        self.solving.close()
        self.copies.close()

    # ------------------------------------------------------------------------ the document

    @property
    def document(self) -> Document | None:
        """The cut as it is now."""
        return self._document

    @property
    def found(self) -> Document | None:
        """The cut as the analysis found it, for resetting to."""
        return self._found

    @property
    def time_map(self) -> TimeMap | None:
        """The document's map from song time to take time."""
        return self._time_map

    def open(
        self,
        document: Document | None,
        found: Document | None = None,
        analysis: Analysis | None = None,
    ) -> None:
        """Edit another document, with a history of its own.

        Parameters
        ----------
        document
            The cut; None for the empty state.
        found
            As the analysis found it; the document itself by default.
        analysis
            What is known of its footage.
        """
        self.undo_stack.clear()
        self._found = found or document
        self._matching = None
        self._recalled = None
        self._know(None)
        self._loop = None
        self._put(document)
        self.select(-1)
        if document is not None:
            self.view.show_song(document.song_duration)
            first, last = document.span
            if last - first < _PART * document.song_duration:
                beside = _BESIDE * (last - first)
                self.view.show(first - beside, last + beside)
            self.move_playhead(document.span[0])
        self.opened.emit()
        if analysis is not None:
            self.learn(analysis)
        else:
            self.analysed.emit()
        self.loop_changed.emit()
        self.changed.emit()

    def edit(self, name: str, change: Edit, *, merge: str = "", select: int | None = None) -> bool:
        """Change the document by a pure edit that can be undone.

        Parameters
        ----------
        name
            What the history calls it: "Slip segment 2 by +40 ms".
        change
            From ``lipsyncer.edit.edits``, with its arguments bound.
        merge
            Consecutive edits of the same, not empty, key become one step of the history: a row of
            nudges, or a drag.
        select
            Index of the segment to select afterwards.

        Returns
        -------
        bool
            Whether the document changed. An edit that can't be made says why in the bar.
        """
        if self._document is None:
            return False
        try:
            after = change(self._document)
        except ValueError as error:
            self.say(Message("note", sentence(str(error))))
            return False
        if self._found is not None and self._found.takes == after.takes:
            after = recognise(after, self._found)
        after = rated(after, self.solving.of)
        if after == self._document:
            return False
        self.undo_stack.push(EditCommand(self._show, self._document, after, name, merge))
        if select is not None:
            self.select(select)
        return True

    def extend(self, document: Document, found: Document, name: str) -> None:
        """Put in a document with more takes, which can be undone, and what was found of it."""
        if self._document is not None:
            document = labelled_as(document, self._document)
        self._found = found
        self.edit(name, lambda _: document)

    def _show(self, document: Document) -> None:
        """Put in a document of the same history."""
        self._put(document)
        if self._selected >= len(document.segments):
            self.select(len(document.segments) - 1)
        self.changed.emit()

    def _put(self, document: Document | None) -> None:
        self.look_at(None)
        self._document = document
        if document is not None and self._found is not None:
            self._found = labelled_as(self._found, document)
        self._time_map = TimeMap(document) if document is not None else None
        self._find_lanes()

    # ------------------------------------------------------------------------ another look

    @property
    def look(self) -> Look | None:
        """What the viewer shows in place of the document, if anything."""
        return self._look

    @property
    def viewed(self) -> tuple[Document, TimeMap] | None:
        """The cut that the viewer shows, and its time map; None where nothing is edited."""
        if self._document is None or self._time_map is None:
            return None
        if self._look is not None:
            return self._look.document, TimeMap(self._look.document)
        return self._document, self._time_map

    def look_at(self, look: Look | None) -> None:
        """Show another cut for a while, or the document again; it is no edit."""
        if look != self._look:
            self._look = look
            self.looked.emit()

    @property
    def pair(self) -> Pair | None:
        """Two frames that the viewer shows in place of the cut, if any."""
        return self._pair

    def hold_up(self, pair: Pair | None) -> None:
        """Show two frames beside each other, or the cut again."""
        if pair != self._pair:
            self._pair = pair
            self.paired.emit()

    # ------------------------------------------------------------------------ what is known

    @property
    def analysis(self) -> Analysis | None:
        """What watching the footage has found; None until that is done."""
        return self._analysis

    def learn(self, analysis: Analysis) -> None:
        """Take in what is known of the footage of the document that is open."""
        self._know(analysis)
        if analysis.basis is not None:
            self._matching = Matching.of(analysis.basis.settings)
        self.analysed.emit()
        self.matched.emit()

    def recall(self, recalled: Recalled) -> None:
        """Show what is kept of the footage of the document that is open, until it is analysed."""
        self._recalled = recalled
        self.analysed.emit()

    @property
    def pictures(self) -> tuple[Footage, ...]:
        """What can be shown of each take; nothing before that is known."""
        if self._analysis is not None:
            return self._analysis.takes
        return self._recalled.footage if self._recalled is not None else ()

    @property
    def peaks(self) -> Peaks | None:
        """Outline of the song's waveform; None before it is known."""
        known = self._analysis or self._recalled
        return known.peaks if known is not None else None

    @property
    def matching(self) -> Matching | None:
        """How the cut is matched, as far as that is known."""
        return self._matching

    def recall_matching(self, matching: Matching | None) -> None:
        """Say how the cut was matched that is open, before its footage is known."""
        self._matching = matching
        self.matched.emit()

    def match_again(self, name: str, again: Rematch) -> None:
        """Put in a cut that was found with other choices, as one step that can be undone."""
        if self._document is None or self._found is None or self._analysis is None:
            return
        before = Matched(self._document, self._found, self._analysis)
        document = labelled_as(again.document, self._document)
        after = Matched(document, again.analysis.document, again.analysis)
        chosen = self._document.segments[self._selected] if self._selected >= 0 else None
        self._know(again.analysis, again.solvers)
        self.undo_stack.push(MatchCommand(self._show_matched, before, after, name))
        if chosen is not None:
            middle = (chosen.song_start + chosen.song_end) / 2
            self.select(again.document.index_at(middle))

    def _show_matched(self, matched: Matched) -> None:
        takes = self._document.takes if self._document is not None else ()
        self._found = matched.found
        # A take that was added meanwhile stays known, for the step that adds it again.
        known = [take.take.path for take in self._analysis.takes] if self._analysis else []
        wanted = [take.path for take in matched.document.takes]
        if len(known) <= len(wanted) or known[: len(wanted)] != wanted:
            self._know(matched.analysis)
        if matched.analysis.basis is not None:
            self._matching = Matching.of(matched.analysis.basis.settings)
        self._show(matched.document)
        if takes != matched.document.takes:
            self.analysed.emit()  # one was removed, or is there again
        self.matched.emit()

    def _know(self, analysis: Analysis | None, solvers: Solvers | None = None) -> None:
        """Keep what is known of the footage, and make ready what pins need of it."""
        if analysis is self._analysis is not None:
            return
        self._analysis = analysis
        if analysis is not None and solvers is None:
            basis = analysis.basis
            solvers = Solvers(analysis.takes, basis.settings.align if basis is not None else None)
        self.solving.begin(solvers)
        takes = analysis.takes if analysis is not None else ()
        self.copies.begin([seen.take for seen in takes if seen.proxy.path == seen.take.path])
        self._find_lanes()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """What each take, or each attempt in it, would show along the song."""
        return self._lanes

    def _find_lanes(self) -> None:
        document, takes = self._document, self._analysis.takes if self._analysis else ()
        self._lanes = lanes_of(document, takes) if document is not None else ()

    def footage(self, take: int) -> Footage | None:
        """What can be shown of a take of the document, or None."""
        pictures = self.pictures
        return pictures[take] if 0 <= take < len(pictures) else None

    def aligned(self, take: int) -> AlignedTake | None:
        """What an analysis knows of a take of the document, or None."""
        if self._analysis is None or not 0 <= take < len(self._analysis.takes):
            return None
        return self._analysis.takes[take]

    # ------------------------------------------------------------------------ where the user is

    @property
    def selected(self) -> int:
        """Index of the selected segment; -1 for none."""
        return self._selected

    def select(self, index: int) -> None:
        """Select a segment; -1 for none."""
        count = len(self._document.segments) if self._document is not None else 0
        index = index if 0 <= index < count else -1
        if index != self._selected:
            self._selected = index
            self.selection_changed.emit(index)

    def choose(self, index: int) -> None:
        """Select a segment as the user asks: the playhead goes there, unless it is in it."""
        self.select(index)
        if self._document is None or self._selected < 0:
            return
        segment = self._document.segments[self._selected]
        if not segment.song_start <= self._playhead < segment.song_end:
            self.seek(segment.song_start)

    @property
    def playhead(self) -> float:
        """Song time (s) that is shown and heard."""
        return self._playhead

    def move_playhead(self, song_time: float) -> None:
        """Say where playback is; within the span of the document."""
        song_time = self._within(song_time)
        if song_time != self._playhead:
            self._playhead = song_time
            self.playhead_moved.emit(song_time)

    def seek(self, song_time: float) -> None:
        """Put the playhead somewhere, as the user asks."""
        self.move_playhead(song_time)
        self.sought.emit(self._playhead)

    @property
    def loop(self) -> tuple[float, float] | None:
        """Span of the song (s) that is played again and again, or None."""
        return self._loop

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Loop a span of the song (s), or nothing."""
        if loop is not None and loop[1] <= loop[0]:
            loop = None
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit()

    def _within(self, song_time: float) -> float:
        if self._document is None:
            return 0.0
        first, last = self._document.span
        return min(max(song_time, first), last)

    # ------------------------------------------------------------------------ telling

    def say(self, message: Message) -> None:
        """Show a message in the bar."""
        self.said.emit(message)

    def say_error(self, error: BaseException, details: str = "") -> None:
        """Show what went wrong: an error's own sentence, or that it is the program's fault."""
        self.say(error_message(error, details, self.keep_work))
