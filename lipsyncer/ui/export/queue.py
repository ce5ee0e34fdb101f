"""Exports that wait, run and have ended."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs import Export, Progress, export
from lipsyncer.media import Proxy
from lipsyncer.render.encoders import Kind
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.settings.job import Settings
from lipsyncer.ui.language.spoken_values import time_left
from lipsyncer.ui.language.translations import finding_in_language, in_language
from lipsyncer.ui.threads.frame_server import Wish, frame_index
from lipsyncer.ui.threads.worker import Failure, JobRunner


class State(Enum):
    """Where an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ExportItem:
    """One export.

    Attributes
    ----------
    number
        Names it.
    document
        The cut as it was when the export was asked for; editing goes on without it.
    target
        The file.
    preset
        Name of the platform's preset.
    render
        What the encoders are asked for.
    proxies
        Of the document's takes, for a look at what is being written.
    state
        Where it is.
    share
        Share written, 0 to 1.
    seconds
        How long it has been written so far.
    error
        The sentence that says why it failed, or what went otherwise than asked for.
    """

    number: int
    document: Document
    target: Path
    preset: str
    render: RenderSettings
    proxies: tuple[Proxy, ...] = ()
    state: State = State.WAITING
    share: float = 0.0
    seconds: float = 0.0
    error: str = ""

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        words = QCoreApplication.translate("ExportRow", "Writing, {n} %")
        words = words.format(n=round(100 * self.share))
        left = time_left(self.seconds, self.share)
        both = QCoreApplication.translate("ExportRow", "{done}. {left}")
        return both.format(done=words, left=left) if left else words

    @property
    def frame(self) -> Wish | None:
        """The take, and the frame of its proxy, that is being written now."""
        if not self.proxies:
            return None
        start, end = self.document.span
        take, source = TimeMap(self.document).source_at(start + self.share * (end - start))
        return take, frame_index(self.proxies[take], source)


class ExportQueue(QObject):
    """Writes one file after the other.

    Attributes
    ----------
    changed
        An `ExportItem` is new or in another state.
    failed
        The `Failure` of an export.
    removed
        The number of an export that is no longer in the queue.
    """

    changed = pyqtSignal(object)
    failed = pyqtSignal(object)
    removed = pyqtSignal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[int, ExportItem] = {}
        self._began: dict[int, float] = {}
        self._runner = JobRunner("export", self, gives_way=True)
        self._runner.progressed.connect(self._hear_progress)
        self._runner.finished.connect(self._hear_end)
        self._runner.failed.connect(self._hear_failure)
        self._runner.cancelled.connect(lambda number: self._change(number, State.CANCELLED))

    @property
    def items(self) -> tuple[ExportItem, ...]:
        """All exports of this session of the program, the oldest first."""
        return tuple(self._items.values())

    @property
    def running(self) -> ExportItem | None:
        """The export that is being written; None where none is."""
        return next((item for item in self.items if item.state is State.RUNNING), None)

    @property
    def busy(self) -> bool:
        """Whether a file is being written or waits for it."""
        return self._runner.busy

    def add(
        self,
        document: Document,
        target: Path,
        preset: str,
        proxies: tuple[Proxy, ...] = (),
        rendering: RenderSettings | None = None,
        encoder: Kind = "software",
    ) -> int:
        """Export a cut as it is now, after those that wait already.

        Parameters
        ----------
        rendering
            The preset's settings with what was chosen beside it; as they are by default.
        encoder
            What is to encode the picture.
        """
        render = replace(rendering or PRESETS[preset].settings, encoder=encoder)
        item = ExportItem(0, document, target, preset, render, proxies)
        return self._start(item)

    def retry(self, number: int) -> int:
        """Begin an export anew that failed or was cancelled, as a new item in its place."""
        item = self._items[number]
        self.remove(number)
        return self._start(item)

    def remove(self, number: int) -> None:
        """Take an export out that has ended; its file stays."""
        del self._items[number]
        self.removed.emit(number)

    def _start(self, item: ExportItem) -> int:
        settings = replace(Settings(), render=item.render)
        number = self._runner.start(partial(export, item.document, item.target, settings))
        item = replace(item, number=number, state=State.WAITING, share=0.0, error="")
        self._items[number] = item
        self.changed.emit(item)
        return number

    def cancel(self, number: int) -> None:
        """Stop an export; nothing is left of its file."""
        self._runner.cancel(number)

    def close(self) -> None:
        """Stop everything and wait for it."""
        self._runner.close()

    def _hear_progress(self, number: int, progress: Progress) -> None:
        share = progress.share if progress.stage == "render" else 0.0  # faces are looked for first
        if share == 0.0:
            self._began[number] = time.monotonic()
        spent = time.monotonic() - self._began.setdefault(number, time.monotonic())
        self._change(number, State.RUNNING, share, seconds=spent)

    def _hear_end(self, number: int, exported: Export) -> None:
        words = " ".join(finding_in_language(finding) for finding in exported.findings)
        self._change(number, State.DONE, 1.0, words)

    def _hear_failure(self, number: int, failure: Failure) -> None:
        self._change(number, State.FAILED, error=in_language(str(failure.error)))
        self.failed.emit(failure)

    def _change(
        self,
        number: int,
        state: State,
        share: float | None = None,
        error: str = "",
        seconds: float = 0.0,
    ) -> None:
        item = self._items[number]
        share = item.share if share is None else share
        item = replace(item, state=state, share=share, error=error, seconds=seconds)
        self._items[number] = item
        self.changed.emit(self._items[number])
