"""From files that were dropped to an analysis: sorting, waiting for what is missing, starting."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.cut.analysis import Analysis
from lipsyncer.diagnostics.errors import InputError, is_file
from lipsyncer.edit.document import Document
from lipsyncer.jobs import Job, Recalled, recall, timed
from lipsyncer.media.kinds import Sorted, sort_media
from lipsyncer.project.relink import fingerprint
from lipsyncer.settings.job import Settings
from lipsyncer.ui.threads.worker import Digest, Failure, JobRunner

log = logging.getLogger(__name__)


class Opening(QObject):
    """Gathers a song and takes, in any order, and analyses them when both are there.

    Attributes
    ----------
    pending_changed
        What has been gathered so far: a song or None, and a tuple of takes.
    started
        An analysis began, of a song and a tuple of takes.
    progressed
        What ``digest`` made of its progress.
    analysed
        The `Analysis`, when it is done.
    replacing
        A `Sorted` with a song arrived over an open project; nothing is taken in until ``take_in``.
    refused
        An error about one file; the others are gone on with.
    failed
        The `Failure` that ended an analysis.
    stopped
        The analysis was cancelled.
    recalled
        A `Recalled`: what was kept of a project's footage.
    """

    pending_changed = pyqtSignal(object, tuple)
    started = pyqtSignal(object, tuple)
    progressed = pyqtSignal(object)
    analysed = pyqtSignal(object)
    replacing = pyqtSignal(object)
    refused = pyqtSignal(object)
    failed = pyqtSignal(object)
    stopped = pyqtSignal()
    recalled = pyqtSignal(object)

    def __init__(
        self,
        settings: Callable[[], Settings],
        is_open: Callable[[], bool],
        digest: Digest,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_open = is_open
        self._settings = settings
        self._digest = digest
        self._runner = JobRunner("analysis", self)
        self._runner.progressed.connect(self._hear_progress)
        self._runner.finished.connect(self._hear_result)
        self._runner.failed.connect(self._hear_failure)
        self._runner.cancelled.connect(self._hear_cancelled)
        self._song: Path | None = None
        self._takes: tuple[Path, ...] = ()
        self._analysing = 0
        self._recalling = 0
        self._ahead = 0
        self._interrupted = False

    @property
    def song(self) -> Path | None:
        """The song gathered so far."""
        return self._song

    @property
    def takes(self) -> tuple[Path, ...]:
        """The takes gathered so far."""
        return self._takes

    @property
    def analysing(self) -> bool:
        """Whether an analysis runs."""
        return self._analysing > 0

    def add(self, paths: Sequence[Path]) -> None:
        """Look into files and take each as what it is: the song, or one more take."""
        self._interrupted = self._interrupted or self._analysing > 0
        self._stop_analysis()
        self._runner.start(partial(_sorting, tuple(paths)))

    def set_song(self, path: Path) -> None:
        """Take a file as the song, also where it has a picture: a music video."""
        self._song = path
        self._takes = tuple(take for take in self._takes if take != path)
        self._gathered()

    def use_own_sound(self) -> None:
        """Take the only video's own sound as the song: it holds it already."""
        (self._song,) = self._takes
        self._gathered()

    def remove(self, path: Path) -> None:
        """Take a file out again before anything is analysed."""
        if path == self._song:
            self._song = None
        self._takes = tuple(take for take in self._takes if take != path)
        self.pending_changed.emit(self._song, self._takes)

    def recall(self, document: Document) -> None:
        """Show a project's footage as it is known already; analyse only what is not."""
        self._song, self._takes = document.song, tuple(take.path for take in document.takes)
        self._stop_analysis()
        self._recalling = self._runner.start(partial(recall, document))

    def gathered_before(self, song: Path, takes: Sequence[Path]) -> None:
        """Take as given what a project that is open consists of; nothing is analysed yet."""
        self._song, self._takes = song, tuple(takes)

    def begin_again(self) -> None:
        """Forget what was gathered and stop what runs."""
        self._stop_analysis()
        self._song, self._takes = None, ()
        self.pending_changed.emit(None, ())

    def analyse_again(self) -> None:
        """Analyse what is gathered, as when a project is opened."""
        self._gathered()

    def demo(self) -> None:
        """Make the demo's song and selfie, or find those made before, and analyse them."""
        ahead, self._ahead = self._ahead, 0
        self._stop_analysis()
        self._analysing = ahead or self._runner.start(_filming, self._digest)
        self.started.emit(None, ())

    def film_ahead(self) -> None:
        """Make the demo while nothing else is asked for, so that it is there when it is."""
        if not (self._analysing or self._song or self._takes):
            self._ahead = self._runner.start(_filming, self._digest)

    def cancel(self) -> None:
        """Stop everything that runs."""
        self._runner.cancel_all()

    def close(self) -> None:
        """Stop everything and wait for it."""
        self._runner.close()

    def _gathered(self) -> None:
        self.pending_changed.emit(self._song, self._takes)
        if self._song is None or not self._takes:
            return
        self._stop_analysis()
        job = partial(_analysing, self._song, self._takes, self._settings())
        self._analysing = self._runner.start(job, self._digest)
        self.started.emit(self._song, self._takes)

    def _stop_analysis(self) -> None:
        for number in filter(None, (self._analysing, self._recalling, self._ahead)):
            self._runner.cancel(number)
        self._analysing = self._recalling = self._ahead = 0

    def _hear_progress(self, number: int, news: object) -> None:
        if number == self._analysing:
            self.progressed.emit(news)

    def _hear_result(self, number: int, result: object) -> None:
        if number == self._ahead:
            self._ahead = 0
        elif isinstance(result, Sorted) and number == self._analysing:  # the demo
            self._analysing = 0
            (self._song,), self._takes = result.songs, result.takes
            self._gathered()
        elif isinstance(result, Sorted):
            for error in result.refused:
                self.refused.emit(error)
            if result.songs and self._is_open():
                self.replacing.emit(result)
            else:
                self.take_in(result)
        elif number == self._recalling:
            self._recalling = 0
            if isinstance(result, Recalled):
                self.recalled.emit(result)
            else:
                self._gathered()
        elif number != self._analysing:
            return
        elif isinstance(result, Analysis):
            self._analysing = 0
            self.analysed.emit(result)

    def take_in(self, found: Sorted) -> None:
        """Add files to what is gathered, and analyse when a song and a take are there."""
        for extra in found.songs[1:]:
            self.refused.emit(
                InputError(extra, "one song is enough; the first one is used, drop another alone.")
            )
        if found.songs:
            self._song = found.songs[0]
        new = tuple(take for take in found.takes if take not in (*self._takes, self._song))
        self._takes += new
        if found.songs or new or self._interrupted:
            self._interrupted = False
            self._gathered()

    def _hear_failure(self, number: int, failure: Failure) -> None:
        if number == self._ahead:
            self._ahead = 0
            return  # whoever asks for the demo hears of it
        if number == self._analysing:
            self._analysing = 0
        self._forget(failure)
        self.failed.emit(failure)
        self.pending_changed.emit(self._song, self._takes)

    def _forget(self, failure: Failure) -> None:
        """Leave the file out that an analysis failed on, so that another one can be dropped."""
        bad = getattr(failure.error, "path", None)
        if bad == self._song:
            self._song = None
        self._takes = tuple(take for take in self._takes if take != bad)

    def _hear_cancelled(self, number: int) -> None:
        if number == self._analysing:
            self._analysing = 0
            self.stopped.emit()


def _sorting(paths: Sequence[Path]) -> Job[Sorted]:
    return timed("probe", sort_media(paths), {})


def _analysing(song: Path, takes: Sequence[Path], settings: Settings) -> Job[Analysis]:
    from lipsyncer.jobs.analyse import analyse  # with torch, for which the window doesn't wait

    found = yield from analyse(song, takes, settings)
    found.findings  # noqa: B018 - are found here, so that the window needn't look for them
    for path in (song, *takes):
        fingerprint(path)  # so that the window needn't read the files when it keeps the work
    return found


def _filming() -> Job[Sorted]:
    """Film the demo where it is found the next time: among the working files."""
    from lipsyncer.demo import make_demo

    folder = Path(platformdirs.user_cache_dir("lipsyncer", False)) / "demo"
    song, take = folder / "song.wav", folder / "selfie.mp4"
    if not (is_file(song) and is_file(take)):
        began = time.perf_counter()
        yield from timed("film", make_demo(folder), {})
        log.info("filmed the demo in %.1f s", time.perf_counter() - began)
    return Sorted((song,), (take,), ())
