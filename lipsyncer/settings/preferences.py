"""What a user sets once for all projects, declared once: name, type, default, help and limits."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

import platformdirs

from lipsyncer.align import Tightness
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.job import Gaps, SyncSource
from lipsyncer.whole_file import write_text

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """The user's habits. The settings dialog has one row for each field, made from this.

    Metadata of a field: ``label``; ``help``, a sentence; ``choices``, what each value of a
    ``Literal`` is called; ``least``, ``most`` and ``unit`` of a number; ``kind`` where a text
    names a ``"folder"`` or a ``"platform"``.
    """

    theme: Literal["system", "light", "dark"] = field(
        default="system",
        metadata={
            "label": "Look",
            "help": "Light, dark, or like the desktop.",
            "choices": {"system": "As the desktop", "light": "Light", "dark": "Dark"},
        },
    )
    language: Literal["system", "en", "de", "zh"] = field(
        default="system",
        metadata={
            "label": "Language",
            "help": "Takes effect when you restart Lipsyncer.",
            "choices": {
                "system": "As the desktop",
                "en": "English",
                "de": "Deutsch",
                "zh": "简体中文",
            },
        },
    )
    output_delay_ms: int = field(
        default=0,
        metadata={
            "label": "Sound delay",
            "help": "How late your headphones or loudspeaker play. Bluetooth is often late.",
            "least": -300,
            "most": 300,
            "unit": "ms",
        },
    )
    preset: str = field(
        default="tiktok",
        metadata={
            "label": "Platform",
            "help": "Chosen first when you export.",
            "kind": "platform",
        },
    )
    export_folder: str = field(
        default="",
        metadata={
            "label": "Export folder",
            "help": "If empty, videos go beside the first take.",
            "kind": "folder",
        },
    )
    encoder: Literal["software", "hardware"] = field(
        default="software",
        metadata={
            "label": "Encode with",
            "help": "A graphics card is faster if it works; the processor makes smaller files.",
            "choices": {"software": "The processor", "hardware": "The graphics card"},
        },
    )
    tightness: Tightness = field(
        default="normal",
        metadata={
            "label": "Follow the lips",
            "help": "For new songs; the Match panel sets it for the open song.",
            "choices": {
                "loose": "Loose",
                "relaxed": "Relaxed",
                "normal": "Normal",
                "close": "Close",
                "tight": "Tight",
            },
        },
    )
    sync_source: SyncSource = field(
        default="both",
        metadata={
            "label": "Go by",
            "help": "What to align new videos by.",
            "choices": {
                "both": "Lips and camera sound",
                "lips": "Lips alone",
                "sound": "Camera sound alone",
            },
        },
    )
    gaps: Gaps = field(
        default="close",
        metadata={
            "label": "Where there is no singing",
            "help": "What to show where the lips move in the pauses of a new song.",
            "choices": {"close": "Close the mouth", "keep": "Leave as filmed"},
        },
    )
    autosave_seconds: int = field(
        default=3,
        metadata={
            "label": "Autosave",
            "help": "How long after a change your work is safe on disk.",
            "least": 1,
            "most": 60,
            "unit": "s",
        },
    )


def with_value(preferences: Preferences, name: str, value: object) -> Preferences:
    """Give the preferences with one of them set.

    Raises
    ------
    ValueError
        When there is no preference of that name, or the value is not one of its type or limits.
    """
    for item in dataclasses.fields(Preferences):
        if item.name == name:
            if not _fits(value, get_type_hints(Preferences)[name], item.metadata):
                raise ValueError(f"{name} can't be {value!r}")
            changes: dict[str, Any] = {name: value}
            return dataclasses.replace(preferences, **changes)
    raise ValueError(f"there is no preference {name!r}")


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
    if "guide" in stored:  # the name of sync_source in earlier versions
        stored = {"sync_source": stored["guide"], **stored}
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dataclasses.asdict(preferences), indent=2, ensure_ascii=False)
        write_text(path, text + "\n")
    except (OSError, OutputError) as error:
        raise OutputError(
            path, "the settings can't be saved; check the permissions of the folder."
        ) from error


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
