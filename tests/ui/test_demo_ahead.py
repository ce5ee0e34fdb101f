"""The demo is made before it is asked for, once, and gives way to files of the user's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import lipsyncer.demo
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.job import Settings
from lipsyncer.ui.files.analysis_page import digest
from lipsyncer.ui.files.opening import Opening


@pytest.fixture
def filmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what has been done to the demo, which is filmed in an instant."""
    done: list[str] = []

    def film(folder: Path) -> Iterator[float]:
        done.append("begun")
        try:
            while not release.wait(0.01):
                yield 0.5
        except GeneratorExit:
            done.append("given up")
            raise
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("song.wav", "selfie.mp4"):
            (folder / name).write_bytes(b"")
        done.append("made")

    release = threading.Event()
    release.set()
    film.release = release  # type: ignore[attr-defined]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_: str(tmp_path))
    monkeypatch.setattr(lipsyncer.demo, "make_demo", film)
    return done


@pytest.fixture
def opening(
    qapp: QApplication, filmed: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opening]:
    opening = Opening(Settings, lambda: False, digest)
    monkeypatch.setattr(opening, "analyse_again", lambda: None)
    monkeypatch.setattr(opening, "_gathered", lambda: None)
    yield opening
    opening.close()


def test_what_was_made_ahead_is_there_at_the_click(
    opening: Opening, filmed: list[str], qtbot: QtBot
) -> None:
    opening.film_ahead()
    qtbot.waitUntil(lambda: filmed == ["begun", "made"])
    opening.demo()
    qtbot.waitUntil(lambda: opening.song is not None)
    assert opening.song is not None and opening.song.is_file()
    assert [take.name for take in opening.takes] == ["selfie.mp4"]
    assert filmed == ["begun", "made"]


def test_a_click_while_it_is_made_shows_the_rest_of_the_making(
    opening: Opening, filmed: list[str], qtbot: QtBot
) -> None:
    lipsyncer.demo.make_demo.release.clear()  # type: ignore[attr-defined]
    opening.film_ahead()
    qtbot.waitUntil(lambda: filmed == ["begun"])
    with qtbot.waitSignal(opening.progressed):
        opening.demo()
    lipsyncer.demo.make_demo.release.set()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: opening.song is not None)
    assert filmed == ["begun", "made"]


def test_files_of_ones_own_end_it(
    opening: Opening, filmed: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    lipsyncer.demo.make_demo.release.clear()  # type: ignore[attr-defined]
    opening.film_ahead()
    qtbot.waitUntil(lambda: filmed == ["begun"])
    opening.add([tmp_path])
    qtbot.waitUntil(lambda: filmed == ["begun", "given up"])
    opening.set_song(tmp_path / "song.mp3")
    opening.film_ahead()
    assert filmed == ["begun", "given up"]


def test_only_whoever_asks_for_it_hears_that_it_can_not_be_made(
    opening: Opening, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bool] = []

    def film(folder: Path) -> Iterator[float]:
        yield 0.0
        tried.append(True)
        raise OutputError(folder, "the disk is full; free some space.")

    monkeypatch.setattr(lipsyncer.demo, "make_demo", film)
    with qtbot.assertNotEmitted(opening.failed):
        opening.film_ahead()
        qtbot.waitUntil(lambda: tried == [True])
        qtbot.wait(50)
    with qtbot.waitSignal(opening.failed):
        opening.demo()
