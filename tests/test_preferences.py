"""Preferences: kept whole, read leniently, and never a reason not to start."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.preferences import (
    Preferences,
    load_preferences,
    preferences_path,
    save_preferences,
    with_value,
)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Preferences(theme="light", output_delay_ms=-120, export_folder="/videos/für mich")
    save_preferences(chosen, tmp_path / "new" / "preferences.json")
    assert load_preferences(tmp_path / "new" / "preferences.json") == chosen
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["preferences.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00", '{"theme": "mauve"}'])
def test_a_file_that_makes_no_sense_gives_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="utf-8")
    assert load_preferences(path) == Preferences()


def test_one_value_that_makes_no_sense_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    stored = {"theme": "dark", "output_delay_ms": 9999, "autosave_seconds": True, "old": 1}
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_preferences(path) == Preferences(theme="dark")


def test_preferences_of_an_earlier_version_are_read(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    stored = {"guide": "lips", "emphasise_vocals": True, "gaps": "keep"}
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_preferences(path) == Preferences(sync_source="lips", gaps="keep")
    save_preferences(Preferences(sync_source="sound"), path)
    assert load_preferences(path) == Preferences(sync_source="sound")


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="can't be saved"):
        save_preferences(Preferences(), tmp_path / "file" / "preferences.json")


def test_the_file_from_before_survives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "preferences.json"
    save_preferences(Preferences(theme="dark"), path)

    def full(self: Path, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError):
        save_preferences(Preferences(theme="light"), path)
    assert load_preferences(path) == Preferences(theme="dark")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "mauve"),
        ("output_delay_ms", 301),
        ("output_delay_ms", 1.5),
        ("autosave_seconds", 0),
        ("export_folder", None),
        ("no_such_thing", 1),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        with_value(Preferences(), name, value)


def test_every_preference_can_be_shown() -> None:
    kinds = get_type_hints(Preferences)
    for item in dataclasses.fields(Preferences):
        assert item.metadata["label"] and item.metadata["help"].endswith(".")
        choices = get_args(kinds[item.name])
        assert set(item.metadata.get("choices", ())) == set(choices)
        if kinds[item.name] is int:
            assert item.default in item.metadata["limits"]
            assert item.metadata["unit"]


def test_the_usual_place_is_the_user_s_own_folder_for_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    save_preferences(Preferences(theme="dark"))
    assert preferences_path().is_relative_to(tmp_path)
    assert load_preferences() == Preferences(theme="dark")
