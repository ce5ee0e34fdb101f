"""Projects that were open lately."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from pathlib import Path

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.project.autosave import data_folder
from lipsyncer.whole_file import write_text

MOST = 12


class RecentProjects:
    """A short list on disk; where it can't be kept, it is forgotten without a word.

    Parameters
    ----------
    path
        The list; in the user's data folder by default.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path if path is not None else data_folder() / "recent.json"

    def entries(self) -> list[tuple[str, Path, datetime]]:
        """Name, file and last change of each project that is still there, the latest first."""
        found = []
        for path in self._paths():
            with contextlib.suppress(OSError, ValueError):
                when = datetime.fromtimestamp(path.stat().st_mtime)
                found.append((path.stem, path, when))
        return found

    def add(self, path: Path) -> None:
        """Put a project first."""
        path = path.absolute()
        paths = [path, *(other for other in self._paths() if other != path)][:MOST]
        text = json.dumps([str(path) for path in paths], ensure_ascii=False)
        with contextlib.suppress(OutputError, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_text(self._path, text)

    def _paths(self) -> list[Path]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        entries = stored if isinstance(stored, list) else []
        return [Path(entry) for entry in entries if isinstance(entry, str) and entry]
