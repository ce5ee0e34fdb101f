"""How loud the part of the song is that would be exported, measured beside everything else."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.edit.document import Document
from lipsyncer.jobs import Progress
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.soundtrack import SONG_AS_IT_IS, output_sound
from lipsyncer.ui.threads.worker import JobRunner


class LoudnessMeter(QObject):
    """Measures on a thread of its own, once for each song and span.

    Attributes
    ----------
    measured
        The `Loudness` of what was asked for last.
    """

    measured = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: JobRunner | None = None
        self._asked: object = None
        self._number = -1

    def ask(self, document: Document) -> None:
        """Measure the song of a document, unless that was done."""
        asked = (document.song, document.span)
        if asked != self._asked:
            self._asked = asked
            if self._runner is None:
                self._runner = JobRunner("loudness", self)
                self._runner.finished.connect(self._hear)
            self._runner.cancel_all()
            self._number = self._runner.start(partial(_measure, document))

    def close(self) -> None:
        """End the thread."""
        if self._runner is not None:
            self._runner.close()
            self._runner = None
            self._asked = None

    def _hear(self, number: int, loudness: Loudness) -> None:
        if number == self._number:
            self.measured.emit(loudness)


def _measure(document: Document) -> Generator[Progress, None, Loudness]:
    yield Progress("loudness", 0.0)
    start, end = document.span
    _, loudness = output_sound(document, end - start, SONG_AS_IT_IS)
    return loudness
