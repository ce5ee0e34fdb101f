"""The preferences while the window is open: whoever follows one hears when it changes."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.preferences import (
    Preferences,
    preferences_path,
    save_preferences,
    with_value,
)


class PreferenceStore(QObject):
    """Holds the preferences and writes each change to disk at once.

    Parameters
    ----------
    preferences
        As they were loaded.
    path
        Where they are kept; the usual place by default.

    Attributes
    ----------
    changed
        One or more preferences are different now.
    failed
        The `OutputError` because of which they can't be kept; they hold until the program ends.
    """

    changed = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(
        self,
        preferences: Preferences,
        parent: QObject | None = None,
        path: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._path = path

    @property
    def preferences(self) -> Preferences:
        """What the user has chosen."""
        return self._preferences

    @property
    def folder(self) -> Path:
        """Where they are kept, and whatever else is remembered from one time to the next."""
        return (self._path or preferences_path()).parent

    def set(self, name: str, value: object) -> None:
        """Set one preference.

        Raises
        ------
        ValueError
            When there is no such preference, or it can't have that value.
        """
        self._replace(with_value(self._preferences, name, value))

    def reset(self) -> None:
        """Go back to the defaults."""
        self._replace(Preferences())

    def _replace(self, preferences: Preferences) -> None:
        if preferences == self._preferences:
            return
        self._preferences = preferences
        self.changed.emit()
        try:
            save_preferences(preferences, self._path)
        except OutputError as error:
            self.failed.emit(error)
