"""What a user sets once for all projects, declared once: name, type, default, help and limits."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

import platformdirs

from lipsyncer.diagnostics import OutputError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """The user's habits. The settings dialog has one row for each field, made from this."""

    theme: Literal["system", "light", "dark"] = field(
        default="system", metadata={"label": "Theme", "help": "light, dark, or as the desktop"}
    )
    language: Literal["system", "en", "de", "zh"] = field(
        default="system",
        metadata={"label": "Language", "help": "takes effect at the next start"},
    )
    output_delay_ms: int = field(
        default=0,
        metadata={
            "label": "Sound delay",
            "help": "how late your headphones or loudspeaker play, in ms; Bluetooth is often late",
            "least": -300,
            "most": 300,
        },
    )
    preset: str = field(
        default="tiktok",
        metadata={"label": "Platform", "help": "chosen first when you export"},
    )
    export_folder: str = field(
        default="",
        metadata={"label": "Export folder", "help": "empty: beside the first take"},
    )
    emphasise_vocals: bool = field(
        default=False,
        metadata={
            "label": "Bring the voice forward before listening",
            "help": "may help with loud accompaniment; mostly it does not",
        },
    )
    autosave_seconds: int = field(
        default=3,
        metadata={
            "label": "Autosave",
            "help": "seconds after a change until it is safe on disk",
            "least": 1,
            "most": 60,
        },
    )


def preferences_path() -> Path:
    """Where they are kept, in the system's usual place for one user's settings."""
    return platformdirs.user_config_path("lipsyncer", appauthor=False) / "preferences.json"


def load_preferences(path: Path | None = None) -> Preferences:
    """Read the preferences; whatever is missing or makes no sense has its default."""
    try:
        stored = json.loads((path or preferences_path()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(stored, dict):
        return Preferences()
    hints = get_type_hints(Preferences)
    kept = {
        item.name: stored[item.name]
        for item in dataclasses.fields(Preferences)
        if item.name in stored and _fits(stored[item.name], hints[item.name], item.metadata)
    }
    return Preferences(**kept)


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Write the preferences; the file changes when the new one is whole.

    Raises
    ------
    OutputError
        When they can't be written.
    """
    path = path or preferences_path()
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dataclasses.asdict(preferences), indent=2, ensure_ascii=False)
        partial.write_text(text + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise OutputError(
            path, "the settings can't be kept here; check that the folder is yours to write."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _fits(value: object, kind: Any, metadata: Any) -> bool:
    """Whether a stored value is one of the type, and within its limits."""
    choices = get_args(kind)
    if choices:
        return value in choices
    if type(value) is not kind:
        return False
    if isinstance(value, int) and not isinstance(value, bool):
        return bool(metadata.get("least", value) <= value <= metadata.get("most", value))
    return True
