"""Undo and redo over pure edits: a command holds the documents before and after, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from PyQt6.QtGui import QUndoCommand

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document


class EditCommand(QUndoCommand):
    """One step of the history.

    Parameters
    ----------
    show
        Puts a document in place.
    before, after
        The document on either side of the edit.
    name
        What the history list calls it.
    merge
        Consecutive commands of the same, not empty, key become one.
    """

    def __init__(
        self,
        show: Callable[[Document], None],
        before: Document,
        after: Document,
        name: str,
        merge: str,
    ) -> None:
        super().__init__(name)
        self._show = show
        self._before = before
        self._after = after
        self._merge = merge

    def id(self) -> int:
        """Tell Qt which commands may merge; -1 never does."""
        return crc32(self._merge.encode()) & 0x7FFFFFFF if self._merge else -1

    def mergeWith(self, other: QUndoCommand | None) -> bool:  # noqa: N802
        """Take in the command that follows, if it carries on the same gesture."""
        if not isinstance(other, EditCommand) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setText(other.text())
        # A drag that ends where it began is no edit, and leaves no mark of one.
        if self._after == self._before:
            self.setObsolete(True)
            self._show(self._before)
        return True

    def redo(self) -> None:
        """Put the edit into effect."""
        self._show(self._after)

    def undo(self) -> None:
        """Bring the document from before back."""
        self._show(self._before)


@dataclass(frozen=True)
class Matched:
    """A cut with what it was found from.

    Attributes
    ----------
    document
        The cut.
    found
        The cut as it was found, before any edit.
    analysis
        What is known of the footage.
    """

    document: Document
    found: Document
    analysis: Analysis


class MatchCommand(QUndoCommand):
    """A step of the history that has found the whole cut again.

    Parameters
    ----------
    show
        Puts a cut in place, with what it was found from.
    before, after
        On either side of the step.
    name
        What the history list calls it.
    """

    def __init__(
        self, show: Callable[[Matched], None], before: Matched, after: Matched, name: str
    ) -> None:
        super().__init__(name)
        self._show, self._before, self._after = show, before, after

    def redo(self) -> None:
        """Put the other cut in."""
        self._show(self._after)

    def undo(self) -> None:
        """Bring the earlier one back."""
        self._show(self._before)
