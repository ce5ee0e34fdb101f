"""What a user sets once for all projects, declared once: name, type, default, help and limits."""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import platformdirs

from lipsyncer.alignment import Tightness
from lipsyncer.settings.job import Gaps, SyncSource
from lipsyncer.settings.limits import AUTOSAVE, OUTPUT_DELAY
from lipsyncer.settings.stored import fits, from_values, load_values, save_values

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """The user's habits. The settings dialog has one row for each field, made from this.

    Metadata of a field: ``label``; ``help``, a sentence; ``choices``, what each value of a
    ``Literal`` is called; ``limits`` and ``unit`` of a number; ``kind`` where a text
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
    new_result: Literal["play", "wait"] = field(
        default="play",
        metadata={
            "label": "New result",
            "help": "Whether it plays once by itself, from where its first correction matters.",
            "choices": {"play": "Play it once", "wait": "Wait"},
        },
    )
    output_delay_ms: int = field(
        default=0,
        metadata={
            "label": "Sound delay",
            "help": "How late your headphones or loudspeaker play. Bluetooth is often late.",
            "limits": OUTPUT_DELAY,
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
            "help": "If empty, videos go to your Videos folder.",
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
            "limits": AUTOSAVE,
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
    if name not in {item.name for item in dataclasses.fields(Preferences)}:
        raise ValueError(f"there is no preference {name!r}")
    if not fits(Preferences, name, value):
        raise ValueError(f"{name} can't be {value!r}")
    changes: dict[str, Any] = {name: value}
    return dataclasses.replace(preferences, **changes)


def preferences_path() -> Path:
    """Where they are kept, in the system's usual place for one user's settings."""
    return platformdirs.user_config_path("lipsyncer", appauthor=False) / "preferences.json"


def load_preferences(path: Path | None = None) -> Preferences:
    """Read the preferences; whatever is missing or makes no sense has its default."""
    stored = load_values(path or preferences_path())
    if "guide" in stored:  # the name of sync_source in earlier versions
        stored = {"sync_source": stored["guide"], **stored}
    return from_values(Preferences, stored)


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Write the preferences.

    Raises
    ------
    OutputError
        When they can't be written.
    """
    save_values(preferences, path or preferences_path())
