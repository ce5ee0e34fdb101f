"""Work that is not saved yet, kept where a crash can't take it."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import platformdirs

from lipsyncer.diagnostics.errors import LipsyncerError, OutputError, is_folder
from lipsyncer.project.data import Project
from lipsyncer.project.files import GENERATIONS, generation, load_project, save_project
from lipsyncer.project.locks import Lock

_FILE = "autosaved.lipsync"
_OWNER = "owner.lock"
_ORIGIN = "saved as"
"""Key of the view under which the path of the user's own file is kept."""


def data_folder() -> Path:
    """Where the program keeps what belongs to the user and is not a setting."""
    return platformdirs.user_data_path("lipsyncer", appauthor=False)


@dataclass(frozen=True)
class Recoverable:
    """Work that a crash has left.

    Attributes
    ----------
    project
        The newest whole state.
    origin
        The user's own file, if it had one.
    when
        When it was kept.
    folder
        Where it lies.
    """

    project: Project
    origin: Path | None
    when: datetime
    folder: Path


class Autosave:
    """A place for one window's work.

    Parameters
    ----------
    folder
        Where the places are; the user's data folder by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        root = folder if folder is not None else data_folder() / "autosave"
        self._folder = root / f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        self._lock = Lock(self._folder / _OWNER)

    @property
    def path(self) -> Path:
        """The file that is written."""
        return self._folder / _FILE

    def keep(self, project: Project, origin: Path | None) -> None:
        """Keep the work as it is now.

        Raises
        ------
        OutputError
            When it can't be written; what was kept before stays.
        """
        self._lock.take()
        view = {**project.view, _ORIGIN: str(origin.absolute()) if origin is not None else ""}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            save_project(replace(project, view=view), self.path, generations=GENERATIONS)
        except (OSError, OutputError) as error:
            raise OutputError(
                self._folder,
                "unsaved work can't be kept here, so a crash would lose it; save the project, and "
                "check whether the disk is full or the folder may not be written to.",
            ) from error

    def discard(self) -> None:
        """Forget the work: it is safe elsewhere, or not wanted."""
        self._lock.give_back()
        shutil.rmtree(self._folder, ignore_errors=True)


def recoverable(folder: Path | None = None) -> list[Recoverable]:
    """Find the work of windows that ended without leave, the newest first."""
    root = folder if folder is not None else data_folder() / "autosave"
    found = []
    places: list[Path] = []
    with contextlib.suppress(OSError):  # there is none yet, or it may not be looked into
        places = sorted(root.iterdir())
    for place in places:
        lock = Lock(place / _OWNER)
        if not is_folder(place) or not lock.take():
            continue
        lock.give_back()
        kept = _newest(place / _FILE)
        if kept is None:
            shutil.rmtree(place, ignore_errors=True)
            continue
        project, when = kept
        origin = project.view.get(_ORIGIN)
        path = Path(origin) if isinstance(origin, str) and origin else None
        found.append(Recoverable(project, path, when, place))
    return sorted(found, key=lambda work: work.when, reverse=True)


def forget(work: Recoverable) -> None:
    """Throw away what a crash has left."""
    shutil.rmtree(work.folder, ignore_errors=True)


def project_lock(path: Path, folder: Path | None = None) -> Lock:
    """Make the lock that a window takes on a project it has open."""
    root = folder if folder is not None else data_folder() / "open"
    name = hashlib.blake2b(str(path.resolve()).encode(), digest_size=12).hexdigest()
    return Lock(root / f"{name}.lock")


def _newest(path: Path) -> tuple[Project, datetime] | None:
    """Read the newest state that is whole."""
    for candidate in (path, *(generation(path, n) for n in range(1, GENERATIONS + 1))):
        with contextlib.suppress(LipsyncerError, OSError):
            when = datetime.fromtimestamp(candidate.stat().st_mtime)
            return load_project(candidate), when
    return None
