"""Finding a project's song and takes again when they were moved or renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lipsyncer.diagnostics.errors import InputError, is_file
from lipsyncer.edit.document import Document
from lipsyncer.media.cache import content_key
from lipsyncer.project.data import Fingerprint, Project
from lipsyncer.project.files import load_project

_VERSION = "media"
_MOST_FILES = 2000
"""Files of a folder that are looked at; a folder of more is not where a project lives."""


def fingerprint(path: Path) -> Fingerprint | None:
    """Take a file's fingerprint; None where it can't be read."""
    try:
        status = path.stat()
        return _taken(path, status.st_size, status.st_mtime_ns)
    except OSError:
        return None


@lru_cache
def _taken(path: Path, size: int, changed: int) -> Fingerprint:
    """Take a fingerprint once for as long as the file is as it is."""
    return Fingerprint(path.name, size, content_key(path, _VERSION))


def with_fingerprints(project: Project) -> Project:
    """Add the fingerprints of media that have none yet."""
    media = dict(project.media)
    for path in project.paths:
        if path not in media:
            taken = fingerprint(path)
            if taken is not None:
                media[path] = taken
    return replace(project, media=media)


def missing_media(project: Project) -> tuple[Path, ...]:
    """Media that are not where the project says."""
    return tuple(dict.fromkeys(path for path in project.paths if not is_file(path)))


def changed_media(project: Project) -> tuple[Path, ...]:
    """Media whose content is another than when the project was saved."""
    changed = []
    for path in dict.fromkeys(project.paths):
        known = project.media.get(path)
        now = fingerprint(path) if known is not None and is_file(path) else None
        if known is not None and now is not None and (now.size, now.key) != (known.size, known.key):
            changed.append(path)
    return tuple(changed)


def open_with_media(path: Path) -> Project:
    """Read a project file, with its media where they are now.

    Raises
    ------
    InputError
        When it can't be read, or its song or a take is not found.
    """
    project = load_project(path)
    project = relocated(project, find_media(project, [path.absolute().parent]))
    for lost in missing_media(project):
        raise InputError(
            lost, "the project needs this file; put it back, or put it beside the project."
        )
    return project


def find_media(project: Project, folders: Iterable[Path]) -> dict[Path, Path]:
    """Look for what is missing, by content: name first, then any file of the same size.

    Parameters
    ----------
    folders
        Where to look, such as the project's own folder. Folders of media that are in place are
        looked into as well.

    Returns
    -------
    Where each missing file was found; those that were not found are left out.
    """
    missing = missing_media(project)
    places = [*folders, *(path.parent for path in project.paths if is_file(path))]
    found: dict[Path, Path] = {}
    for path in missing:
        known = project.media.get(path)
        candidate = _found(path, known, list(dict.fromkeys(places)))
        if candidate is not None:
            found[path] = candidate
            places.insert(0, candidate.parent)
    return found


def fits(project: Project, path: Path, candidate: Path) -> bool:
    """Whether a file is the one that the project calls ``path``; without a fingerprint, any is."""
    known = project.media.get(path)
    now = fingerprint(candidate)
    if now is None:
        return False
    return known is None or (now.size, now.key) == (known.size, known.key)


def relocated(project: Project, found: Mapping[Path, Path]) -> Project:
    """Give a project's media other paths."""

    def moved(document: Document) -> Document:
        return replace(
            document,
            song=found.get(document.song, document.song),
            takes=tuple(
                replace(take, path=found.get(take.path, take.path)) for take in document.takes
            ),
        )

    return replace(
        project,
        document=moved(project.document),
        found=moved(project.found) if project.found is not None else None,
        media={found.get(path, path): known for path, known in project.media.items()},
    )


def _found(path: Path, known: Fingerprint | None, folders: list[Path]) -> Path | None:
    for folder in folders:
        candidate = folder / path.name
        if is_file(candidate) and (known is None or _same(candidate, known)):
            return candidate
    if known is None:
        return None
    for folder in folders:
        for candidate in _files(folder):
            if _same(candidate, known):
                return candidate
    return None


def _same(candidate: Path, known: Fingerprint) -> bool:
    try:
        if candidate.stat().st_size != known.size:
            return False
        return content_key(candidate, _VERSION) == known.key
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    try:
        for number, path in enumerate(folder.iterdir()):
            if number >= _MOST_FILES:
                return
            if is_file(path):
                yield path
    except OSError:
        return
