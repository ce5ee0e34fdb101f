"""What is shown while footage is watched: the stages, the mouth, the growing matrix, time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPixmap
from PyQt6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.jobs import Progress
from lipsyncer.resources import resource
from lipsyncer.ui.language.spoken_values import time_left
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.colour_map import colour_table
from lipsyncer.ui.style.elided_label import ElidedLabel
from lipsyncer.ui.style.icons import pixmap

Grey = npt.NDArray[np.uint8]

LARGEST = 400
"""Pixels of the longer side of the matrix as it is shown here."""
_SIGHT = 190

# What share of the whole each stage takes, about; the last figures of `dev.py bench`.
_WEIGHTS = {
    "film": 0.0,
    "fetch": 0.0,
    "probe": 0.08,
    "track": 0.78,
    "encode": 0.04,
    "score": 0.02,
    "align": 0.08,
}


@dataclass(frozen=True)
class News:
    """Progress, with a copy of what was seen.

    Attributes
    ----------
    stage, share
        As in `Progress`.
    mouth
        uint8 (112, 112), or None.
    matrix
        uint8, at most 400 a side, 0 where nothing is known yet; or None.
    """

    stage: str
    share: float
    mouth: Grey | None = None
    matrix: Grey | None = None


def digest(progress: Progress) -> News:
    """Copy what a job sees, small enough to be shown; called on the worker's thread."""
    glimpse = progress.glimpse
    if glimpse is None:
        return News(progress.stage, progress.share)
    if progress.stage == "score":
        return News(progress.stage, progress.share, matrix=_small(glimpse))
    return News(progress.stage, progress.share, mouth=np.array(glimpse, np.uint8))


def _small(matrix: npt.NDArray[Any]) -> Grey:
    """Turn a matrix of ratios into a small picture, as bright as it is likely."""
    step = max(1, -(-max(matrix.shape) // LARGEST))
    thinned = matrix[::step, ::step]
    known = np.isfinite(thinned)
    if not known.any():
        return np.zeros(thinned.shape, np.uint8)
    low, high = np.percentile(thinned[known], (5, 99.5))
    scaled = np.clip((thinned - low) / max(float(high - low), 1e-6), 0, 1)
    return np.where(known, 1 + 254 * np.nan_to_num(scaled), 0).astype(np.uint8)


class AnalysingPanel(QWidget):
    """A page that shows how far an analysis is.

    Attributes
    ----------
    cancel_requested
        The user does not want to wait.
    """

    cancel_requested = pyqtSignal()

    def __init__(
        self, parent: QWidget | None = None, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._stage = ""
        self._has_filmed = False
        self._share = 0.0
        self._began = now()
        self._left = ""
        self._words = {
            "film": self.tr("Filming the demo"),
            "fetch": self.tr("Fetching the face model"),
            "probe": self.tr("Reading the files"),
            "track": self.tr("Watching the lips"),
            "encode": self.tr("Listening to the song"),
            "score": self.tr("Comparing song and lips"),
            "align": self.tr("Bringing them in sync"),
        }
        self._marks: dict[str, QLabel] = {}
        self._lines: dict[str, QLabel] = {}
        self._make()
        theme.manager.changed.connect(self._mark)

    def _make(self) -> None:
        self._title = ElidedLabel(self)
        self._title.setProperty("role", "hero")
        self._names = ElidedLabel(self)
        self._names.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._time = QLabel(self)
        self._time.setProperty("role", "muted")
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setToolTip(self.tr("Cancel (Esc)"))
        self._cancel.clicked.connect(self.cancel_requested)
        stages = QGridLayout()
        stages.setHorizontalSpacing(theme.S)
        stages.setVerticalSpacing(theme.S)
        for row, (name, text) in enumerate(self._words.items()):
            mark, line = QLabel(self), QLabel(text, self)
            mark.setFixedSize(20, 20)
            stages.addWidget(mark, row, 0)
            stages.addWidget(line, row, 1)
            self._marks[name], self._lines[name] = mark, line
        stages.setColumnStretch(1, 1)
        self._mouth, mouth = _sight(self.tr("The mouth"))
        self._matrix, matrix = _sight(self.tr("Song against take"))
        middle = QHBoxLayout()
        middle.setSpacing(theme.XL)
        middle.addLayout(stages, 1)
        middle.addWidget(mouth)
        middle.addWidget(matrix)
        last = QHBoxLayout()
        last.addWidget(self._time, 1)
        last.addWidget(self._cancel)
        inner = QWidget(self)
        inner.setMaximumWidth(860)
        column = QVBoxLayout(inner)
        column.setSpacing(theme.L)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._names)
        column.addSpacing(theme.S)
        column.addLayout(middle)
        column.addSpacing(theme.S)
        column.addWidget(self._bar)
        column.addLayout(last)
        column.addStretch(2)
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addWidget(inner, 20)
        across.addStretch(1)

    # ------------------------------------------------------------------------ showing

    def begin(self, song: str, takes: Sequence[str]) -> None:
        """Start anew, for a song and takes; without a song the demo is filmed first."""
        self._title.set_whole(self.tr("Watching the lips") if song else self.tr("Making the demo"))
        self._names.set_whole(" · ".join(filter(None, [song, *takes])))
        self._stage, self._share, self._began, self._left = "", 0.0, self._now(), ""
        self._list("film", not song)
        self._list("fetch", False)
        if not song:
            self._mouth.setPixmap(_portrait())
        elif not self._has_filmed:  # the demo's singer stays until there is more to be seen of her
            self._mouth.setPixmap(_waiting("face"))
        self._has_filmed = not song
        self._matrix.setPixmap(_waiting("matrix"))
        self._time.clear()
        self._bar.setValue(0)
        self._mark()
        self._cancel.setFocus()

    def _list(self, name: str, shown: bool) -> None:
        """List a stage that few analyses have, or leave it out."""
        self._marks[name].setVisible(shown)
        self._lines[name].setVisible(shown)

    def show_progress(self, news: object) -> None:
        """Show how far it is, from a `News`."""
        if not isinstance(news, News):
            return
        if news.stage != self._stage:
            self._stage = news.stage
            self._mark()
        if news.stage == "fetch":
            self._list("fetch", True)
        if news.stage in ("film", "fetch"):
            self._share = news.share
        else:
            before = 0.0
            for name, weight in _WEIGHTS.items():
                if name == news.stage:
                    self._share = before + weight * news.share
                    break
                before += weight
        self._bar.setValue(round(1000 * self._share))
        self._guess()
        if news.mouth is not None:
            self._mouth.setPixmap(_grey_pixmap(news.mouth))
        if news.matrix is not None:
            self._matrix.setPixmap(_matrix_pixmap(news.matrix))

    @property
    def share(self) -> float:
        """Share of the current stage that is done, 0 to 1."""
        return self._share

    def summary(self) -> str:
        """Say in a few words how far it is, for a status bar."""
        words = self._words.get(self._stage, "")
        return f"{words} {round(100 * self._share)} %".strip() if words else ""

    def _guess(self) -> None:
        """Tell the time left; what was told before stays where there is no better guess."""
        text = time_left(self._now() - self._began, self._share)
        if text and text != self._left:
            self._left = text
            self._time.setText(text)

    def _mark(self) -> None:
        """Tick what is done, point at what runs."""
        names = list(self._words)
        at = names.index(self._stage) if self._stage in names else -1
        for number, name in enumerate(names):
            line, mark = self._lines[name], self._marks[name]
            line.setProperty("role", "" if number <= at else "muted")
            font = line.font()
            font.setBold(number == at)
            line.setFont(font)
            theme.restyle(line)
            if number < at:
                mark.setPixmap(pixmap("done", "good", 18))
            elif number == at:
                mark.setPixmap(pixmap("play", "accent", 18))
            else:
                mark.setPixmap(QPixmap())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Cancel with Escape."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.cancel_requested.emit()
        else:
            super().keyPressEvent(event)


def _sight(title: str) -> tuple[QLabel, QWidget]:
    """Make a framed square for something seen, with a line below it."""
    picture = QLabel()
    picture.setFixedSize(_SIGHT, _SIGHT)
    picture.setScaledContents(True)
    picture.setAccessibleName(title)
    picture.setStyleSheet(f"background: {theme.DARK.stage}; border-radius: {theme.RADIUS}px;")
    caption = QLabel(title)
    caption.setProperty("role", "caption")
    caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.XS)
    column.addWidget(picture)
    column.addWidget(caption)
    column.addStretch(1)
    return picture, box


def _waiting(icon_name: str) -> QPixmap:
    """Draw what stands in a frame until there is something to be seen."""
    picture = QPixmap(_SIGHT, _SIGHT)
    picture.fill(QColor(theme.DARK.raised))
    drawn = pixmap(icon_name, "muted", _SIGHT // 3)
    painter = QPainter(picture)
    painter.drawPixmap(_SIGHT // 3, _SIGHT // 3, drawn)
    painter.end()
    return picture


def _portrait() -> QPixmap:
    """Show the demo's singer, a square about her face."""
    whole = QPixmap(str(resource("assets", "portrait.jpg")))
    side = min(whole.width(), whole.height())
    smooth = Qt.TransformationMode.SmoothTransformation
    square = whole.copy((whole.width() - side) // 2, 0, side, side)
    return square.scaled(2 * _SIGHT, 2 * _SIGHT, transformMode=smooth)


def _grey_pixmap(picture: Grey) -> QPixmap:
    height, width = picture.shape
    image = QImage(picture.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    return QPixmap.fromImage(image)


def _matrix_pixmap(matrix: Grey) -> QPixmap:
    """Draw song time across and take time upwards, as the matrix dock does."""
    turned = np.ascontiguousarray(matrix.T[::-1])
    height, width = turned.shape
    image = QImage(turned.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colour_table())
    return QPixmap.fromImage(image.convertToFormat(QImage.Format.Format_RGB32))
