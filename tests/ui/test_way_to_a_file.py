"""How many clicks and keys it takes from a drop to a file, as the guide's table says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lipsyncer.cut.analysis import Analysis
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.jobs import Export, Job, Progress
from lipsyncer.media.kinds import Sorted
from lipsyncer.render.loudness import Loudness
from lipsyncer.resources import resource
from lipsyncer.settings.job import Settings
from lipsyncer.ui.export import queue
from lipsyncer.ui.files import opening
from lipsyncer.ui.window.main_window import MainWindow

PATIENCE = 60_000


class Counter(QObject):
    """Counts clicks and keys that reach the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None and isinstance(watched, QWidget):
            kinds = (QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress)
            self.count += event.type() in kinds
        return False


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    counter = Counter()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


@pytest.fixture
def written(
    monkeypatch: pytest.MonkeyPatch, snippet_analysis: Analysis
) -> list[tuple[Document, Path, Settings]]:
    """Know all files, and find and write at once what would take minutes."""
    written: list[tuple[Document, Path, Settings]] = []

    def sort(paths: tuple[Path, ...]) -> Job[Sorted]:
        yield Progress("probe", 1.0)
        return Sorted((paths[0],), tuple(paths[1:]), ())

    def analyse(song: Path, takes: tuple[Path, ...], settings: Settings) -> Job[Analysis]:
        yield Progress("align", 1.0)
        segment = Segment(0.0, 180.0, 0, 0.4, 180.4, "matched", 0.95)
        document = Document(song, 180.0, (Take(takes[0], 181.0),), (segment,))
        return made_up_analysis(document, [snippet_analysis.takes[0].proxy])

    def export(document: Document, target: Path, settings: Settings) -> Job[Export]:
        written.append((document, target, settings))
        yield Progress("render", 1.0)
        return Export(target, {}, Loudness(-14.0, -1.0))

    monkeypatch.setattr(opening, "_sorting", sort)
    monkeypatch.setattr("lipsyncer.jobs.analyse.analyse", analyse)
    monkeypatch.setattr(queue, "export", export)
    return written


def press(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Click a button that can be seen, without a mouse that would have to travel there first."""
    found = [
        button
        for button in window.findChildren(QPushButton)
        if button.text() == text and button.isVisible() and button.isEnabled()
    ]
    assert found, f"there is no button {text}"
    middle = found[0].rect().center()
    inside = window.rect().contains(found[0].mapTo(window, middle))
    assert inside, f"{text} has to be scrolled to"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=middle)


def test_the_table_of_the_guide_counts_right(
    open_window: Callable[[], MainWindow],
    qtbot: QtBot,
    counter: Counter,
    written: list[tuple[Document, Path, Settings]],
    tmp_path: Path,
) -> None:
    window = open_window()
    counter.count = 0
    window.dropped.emit([tmp_path / "song.mp3", tmp_path / "take.mov"])  # the drop is no click
    qtbot.waitUntil(lambda: window.session.analysis is not None, timeout=PATIENCE)
    steps = {}
    for step in ("Export…", "30 s", "Export"):
        press(window, qtbot, step)
        qtbot.wait(50)
        steps[step] = counter.count
    qtbot.waitUntil(lambda: len(written) == 1, timeout=PATIENCE)
    document, target, settings = written[0]
    start, end = document.span
    assert end - start == pytest.approx(30.0)
    assert target.name == "song TikTok.mp4"
    assert settings.render.size == (1080, 1920)
    assert list(steps.values()) == [1, 2, 3]
    page = resource("docs", "guide.md").read_text(encoding="utf-8")
    table = page.split("clicks and keys |")[1].split("\n\n")[0]
    row = next(line for line in table.splitlines() if "best 30 seconds for TikTok" in line)
    assert re.findall(r"\d+", row.split("|")[-2]) == ["3"]
