"""All that can be chosen for an export beside platform and file, folded away at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.settings.export_choices import ExportChoices
from lipsyncer.settings.limits import Limits
from lipsyncer.ui.export.file_field import FileField
from lipsyncer.ui.style import theme

_LIMITS: dict[str, Limits] = {
    item.name: item.metadata["limits"]
    for item in fields(ExportChoices)
    if "limits" in item.metadata
}


class MoreChoices(QWidget):
    """One row for each choice, in effect as soon as it is made.

    Attributes
    ----------
    changed
        The choices, or the lyrics, are others now.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = ExportChoices()
        self._show: dict[str, Callable[[Any], None]] = {}
        self._widgets: dict[str, QWidget] = {}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(theme.XS)
        self._form.setHorizontalSpacing(theme.M)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(self._form)
        self._make_picture()
        self._make_sound()
        self._make_extras()
        defaults = QPushButton(self.tr("Defaults"))
        defaults.setProperty("kind", "quiet")
        defaults.setToolTip(self.tr("Restore the defaults under More"))
        defaults.clicked.connect(self._reset)
        column.addWidget(defaults, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_choices(self._choices)

    @property
    def choices(self) -> ExportChoices:
        """What is chosen."""
        return self._choices

    @property
    def lyrics(self) -> Path | None:
        """The lyrics that are chosen."""
        return self._lyrics.path

    def show_choices(self, choices: ExportChoices) -> None:
        """Show choices that were made elsewhere."""
        self._choices = choices
        for name, show in self._show.items():
            with QSignalBlocker(self._widgets[name]):
                show(getattr(choices, name))
        self._enable()

    def compare(self, wanted: bool) -> None:
        """Choose a before/after video, or none, as the user does."""
        if wanted != (self._choices.before_after != "none"):
            box = self._widgets["before_after"]
            assert isinstance(box, QComboBox)
            box.setCurrentIndex(box.findData("beside" if wanted else "none"))

    def show_lyrics(self, path: Path | None) -> None:
        """Show the lyrics that belong to the song."""
        self._lyrics.show_path(path)
        self._enable()

    def say_loudness(self, text: str) -> None:
        """Say how loud the song is."""
        self._loudness.setText(text)
        self._loudness.setVisible(bool(text))

    # ------------------------------------------------------------------------ making

    def _make_picture(self) -> None:
        self._heading(self.tr("Picture"))
        kinds = {
            "follow": self.tr("Follow the face"),
            "centre": self.tr("Keep the middle"),
            "blur": self.tr("Whole, blurred border"),
            "black": self.tr("Whole, black border"),
        }
        self._row(self.tr("Framing"), "reframe", self._choice("reframe", kinds))
        kinds = {
            "morph": self.tr("Morph"),
            "punch-in": self.tr("Come closer"),
            "cut": self.tr("Plain cut"),
        }
        self._row(self.tr("Jumps"), "jumps", self._choice("jumps", kinds))
        self._row("", "interpolate", self._switch("interpolate", self.tr("Smooth slow motion")))
        kinds = {
            "none": self.tr("Only the result"),
            "beside": self.tr("Before beside after"),
            "split": self.tr("Before and after in one picture"),
        }
        self._row(self.tr("Show"), "before_after", self._choice("before_after", kinds))
        self._row("", "mirror", self._switch("mirror", self.tr("Mirrored")))
        self._row("", "black_white", self._switch("black_white", self.tr("Black and white")))
        self._fades("picture_fade_in", "picture_fade_out")

    def _make_sound(self) -> None:
        self._heading(self.tr("Sound"))
        self._loudness = QLabel()
        self._loudness.setWordWrap(True)
        self._loudness.setProperty("role", "caption")
        self._loudness.hide()
        self._form.addRow(self._loudness)
        text = self.tr("Turn down to −14 LUFS, −1 dBTP")
        self._form.addRow(self._named("turn_down", self._switch("turn_down", text)))
        self._fades("fade_in", "fade_out")
        level = QSpinBox()
        level.setSuffix(" dB")
        switch = self._switch("camera", self.tr("Camera sound"))
        self._row(
            self._named("camera", switch), "camera_level", self._number("camera_level", level)
        )
        level.setAccessibleName(self.tr("Level of the camera sound"))

    def _fades(self, *names: str) -> None:
        for name, text in zip(names, (self.tr("Fade in"), self.tr("Fade out")), strict=True):
            box = QDoubleSpinBox()
            box.setDecimals(1)
            box.setSingleStep(0.5)
            box.setSuffix(" s")
            self._row(text, name, self._number(name, box))

    def _make_extras(self) -> None:
        self._heading(self.tr("On the picture"))
        self._lyrics = FileField(
            self.tr("Choose lyrics"), self.tr("Lyrics (*.lrc *.srt);;All files (*)")
        )
        self._lyrics.changed.connect(self._hear_lyrics)
        self._row(self.tr("Lyrics"), "lyrics", self._lyrics)
        places = {"bottom": self.tr("Below"), "top": self.tr("Above")}
        self._row("", "lyrics_place", self._choice("lyrics_place", places))
        self._widgets["lyrics_place"].setAccessibleName(self.tr("Where the lyrics stand"))
        sizes = {
            "small": self.tr("Small"),
            "medium": self.tr("Medium"),
            "large": self.tr("Large"),
        }
        self._row("", "lyrics_size", self._choice("lyrics_size", sizes))
        self._widgets["lyrics_size"].setAccessibleName(self.tr("Size of the lyrics"))
        box = QSpinBox()
        box.setSuffix(" s")
        box.setSpecialValueText(self.tr("None"))
        self._row(self.tr("Countdown"), "countdown", self._number("countdown", box))
        self._mark = FileField(
            self.tr("Choose a watermark"),
            self.tr("Pictures (*.png *.webp *.jpg *.jpeg);;All files (*)"),
        )
        self._mark.changed.connect(self._hear_watermark)
        self._show["watermark"] = lambda path: self._mark.show_path(Path(path) if path else None)
        self._row(self.tr("Watermark"), "watermark", self._mark)
        corners = {
            "top-left": self.tr("Upper left"),
            "top-right": self.tr("Upper right"),
            "bottom-left": self.tr("Lower left"),
            "bottom-right": self.tr("Lower right"),
        }
        self._row("", "watermark_corner", self._choice("watermark_corner", corners))
        self._widgets["watermark_corner"].setAccessibleName(self.tr("Corner of the watermark"))
        for name, text in (
            ("watermark_size", self.tr("Size")),
            ("watermark_opacity", self.tr("Opacity")),
        ):
            box = QSpinBox()
            box.setSingleStep(5)
            box.setSuffix(" %")
            self._row(text, name, self._number(name, box))

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("role", "muted")
        label.setContentsMargins(0, theme.S, 0, 0)
        self._form.addRow(label)

    def _row(self, label: str | QWidget, name: str, field: QWidget) -> None:
        self._named(name, field)
        if isinstance(label, QWidget):
            self._form.addRow(label, field)
            return
        heading = QLabel(label)
        heading.setBuddy(field.focusProxy() or field)
        if label:
            (field.focusProxy() or field).setAccessibleName(label)
        self._form.addRow(heading, field)

    def _named(self, name: str, field: QWidget) -> QWidget:
        field.setObjectName(name)
        self._widgets[name] = field
        return field

    def _choice(self, name: str, kinds: Mapping[str, str]) -> QComboBox:
        box = QComboBox()
        for value, text in kinds.items():
            box.addItem(text, value)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.currentIndexChanged.connect(lambda index: self._choose(name, box.itemData(index)))
        self._show[name] = lambda value: box.setCurrentIndex(box.findData(value))
        return box

    def _switch(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.toggled.connect(partial(self._choose, name))
        self._show[name] = box.setChecked
        return box

    def _number(self, name: str, box: QSpinBox | QDoubleSpinBox) -> QAbstractSpinBox:
        limits = _LIMITS[name]
        if isinstance(box, QSpinBox):
            box.setRange(int(limits.least), int(limits.most))
        else:
            box.setRange(limits.least, limits.most)
        box.setKeyboardTracking(False)  # a number is chosen when it is typed to its end
        box.valueChanged.connect(partial(self._choose, name))
        self._show[name] = box.setValue
        return box

    # ------------------------------------------------------------------------ doing

    def _choose(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        self._choices = replace(self._choices, **changes)
        self._enable()
        self.changed.emit()

    def _hear_watermark(self) -> None:
        self._choose("watermark", str(self._mark.path or ""))

    def _hear_lyrics(self) -> None:
        self._enable()
        self.changed.emit()

    def _reset(self) -> None:
        self._lyrics.show_path(None)
        self.show_choices(ExportChoices())
        self.changed.emit()

    def _enable(self) -> None:
        """Let only that be set which means something."""
        chosen = self._choices
        self._widgets["camera_level"].setEnabled(chosen.camera)
        self._widgets["lyrics_place"].setEnabled(self.lyrics is not None or chosen.countdown > 0)
        self._widgets["lyrics_size"].setEnabled(self.lyrics is not None)
        for name in ("watermark_corner", "watermark_size", "watermark_opacity"):
            self._widgets[name].setEnabled(bool(chosen.watermark))
