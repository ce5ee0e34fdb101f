"""How the cut is matched: three choices above the matrix, in effect as soon as they are made."""

from __future__ import annotations

import dataclasses
from typing import Any

from PyQt6.QtCore import QSignalBlocker, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.settings.matching import Matching
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.settings_dialog import translated
from lipsyncer.ui.editing.rematching import Rematching
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.elided_label import ElidedLabel


class MatchingRow(QWidget):
    """The choices, and how far the cut is that they ask for.

    Parameters
    ----------
    rematching
        Carries them out.
    """

    def __init__(self, rematching: Rematching, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rematching = rematching
        self._boxes: dict[str, QComboBox] = {}
        self._tips: dict[str, str] = {}
        self._state = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._state.setProperty("role", "muted")
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setProperty("kind", "quiet")
        self._cancel.setToolTip(self.tr("Cancel (Esc)"))
        self._cancel.clicked.connect(rematching.cancel)
        kept = self._cancel.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._cancel.setSizePolicy(kept)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self._state, 1)
        head.addWidget(self._cancel)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(theme.XS)
        self._form.setHorizontalSpacing(theme.M)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, 0, theme.S, 0)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addLayout(self._form)
        self._make()
        self.setFocusProxy(self._boxes["tightness"])
        rematching.changed.connect(self._show)
        self._show()

    def _make(self) -> None:
        explanations = {
            "tightness": self.tr(
                "Loose moves the whole video as one piece. Tighter settings correct "
                "smaller errors, with more cuts and changes of speed."
            ),
            "sync_source": self.tr(
                "The camera may have recorded the song from a loudspeaker. That sound "
                "helps to align the video, or aligns it alone, even without a face."
            ),
            "gaps": self.tr(
                "Where the lips move without singing, show a closed mouth from elsewhere "
                "in your video, or what you filmed."
            ),
        }
        replaced = self.tr(
            "Aligns everything again. What you set by hand stays, and undo brings the rest back."
        )
        for item in dataclasses.fields(Preferences):
            if item.name not in explanations:
                continue
            self._tips[item.name] = f"{explanations[item.name]}\n\n{replaced}"
            self._add(item.name, item.metadata)

    def _add(self, name: str, metadata: Any) -> None:
        box = QComboBox()
        for value, text in metadata["choices"].items():
            box.addItem(translated(text), value)
        box.setObjectName(f"matching {name}")
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label = translated(metadata["label"])
        box.setAccessibleName(label)
        box.activated.connect(lambda _: self._choose())
        heading = QLabel(label)
        heading.setBuddy(box)
        self._form.addRow(heading, box)
        self._boxes[name] = box

    # ------------------------------------------------------------------------ doing

    def _choose(self) -> None:
        chosen: dict[str, Any] = {name: box.currentData() for name, box in self._boxes.items()}
        self._rematching.choose(Matching(**chosen))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Cancel by Esc."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self._rematching.running:
            self._rematching.cancel()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------------------ showing

    def _show(self) -> None:
        wish, obstacle = self._rematching.wish, self._rematching.obstacle
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(getattr(wish, name)))
            box.setEnabled(not obstacle)
            box.setToolTip(obstacle or self._tips[name])
            label = self._form.labelForField(box)
            if label is not None:
                label.setToolTip(box.toolTip())
        self._state.set_whole(self._rematching.summary() or self.tr("How it is matched"))
        self._cancel.setVisible(self._rematching.running)


class MatchPanel(QWidget):
    """The choices above the matrix, whose line shows what they come to."""

    def __init__(self, row: MatchingRow, matrix: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(row)
        column.addWidget(matrix, 1)
        self.setFocusProxy(row)
