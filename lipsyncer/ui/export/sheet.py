"""The export sheet: a card for each platform, name and folder, one button, and what is running."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.diagnostics import InputError
from lipsyncer.edit.document import Document
from lipsyncer.export_choices import load_kept, rendering, save_kept
from lipsyncer.render.extras.burn import read_extras
from lipsyncer.render.extras.firstword import first_word
from lipsyncer.render.loudness import Loudness, turn_down
from lipsyncer.render.presets import PRESETS, Preset, RenderSettings
from lipsyncer.ui import theme
from lipsyncer.ui.export.loudness import LoudnessMeter
from lipsyncer.ui.export.more import MoreChoices
from lipsyncer.ui.export.queue import ExportItem, ExportQueue
from lipsyncer.ui.export.rows import ExportRow
from lipsyncer.ui.icons import icon
from lipsyncer.ui.preference_store import PreferenceStore
from lipsyncer.ui.session import Session
from lipsyncer.ui.translations import in_language
from lipsyncer.ui.wording import clock

_UNSURE = 0.5


class ExportSheet(QWidget):
    """Chooses a platform and a file, and shows the exports under way.

    Parameters
    ----------
    session
        Whose document is exported.
    queue
        Which writes the files.
    store
        For the platform and the folder that the user likes.

    Attributes
    ----------
    chosen
        The `RenderSettings` that an export would have are others now.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self,
        session: Session,
        queue: ExportQueue,
        store: PreferenceStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._queue, self._store = session, queue, store
        self._named_by_user = self._folder_by_user = False
        self._kept_at = store.folder / "export.json"
        self._kept = load_kept(self._kept_at)
        self._checked: tuple[Path | None, Path | None] = (None, None)
        self._problem = ""
        self._told: RenderSettings | None = None
        self._meter = LoudnessMeter(self)
        self._meter.measured.connect(self.show_loudness)
        self._rows: dict[int, ExportRow] = {}
        self._cards = QButtonGroup(self)
        self._make()
        session.opened.connect(self._begin)
        session.changed.connect(self._warn)
        session.changed.connect(self._measure)
        store.changed.connect(self._suggest_folder)
        queue.changed.connect(self._show_item)
        self._begin()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give room for the cards' words."""
        return QSize(340, 520)

    @property
    def preset(self) -> str:
        """Name of the platform that is chosen."""
        button = self._cards.checkedButton()
        return str(button.property("preset")) if button is not None else "master"

    @property
    def target(self) -> Path:
        """The file that would be written."""
        name = self._name.text().strip()
        name = name if name.lower().endswith(".mp4") else f"{name}.mp4"
        return Path(self._folder.text()).expanduser() / name

    @property
    def rendering(self) -> RenderSettings:
        """What the encoders would be asked for."""
        document = self._session.document
        start = document.span[0] if document is not None else 0.0
        takes = range(len(document.takes)) if document is not None else ()
        known = [take for take in map(self._session.footage, takes) if take is not None]
        sung = first_word([take.evidence.voice for take in known], start)
        base = PRESETS[self.preset].settings
        return rendering(base, self._more.choices, self._more.lyrics, sung)

    def choose(self, preset: str) -> None:
        """Choose a platform by the name of its preset."""
        for button in self._cards.buttons():
            if button.property("preset") == preset:
                button.setChecked(True)
        self._suggest()

    # ------------------------------------------------------------------------ making

    def _make(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        column.setSpacing(theme.S)
        for key, preset in PRESETS.items():
            card = _Card(key, preset)
            self._cards.addButton(card)
            column.addWidget(card)
        self._cards.buttonClicked.connect(self._suggest)
        self._name = QLineEdit()
        self._name.textEdited.connect(self._rename)
        column.addLayout(_below(_named(self.tr("&Name"), self._name), self._name))
        self._folder = QLineEdit()
        self._folder.textEdited.connect(self._choose_folder)
        self._folder.textChanged.connect(self._warn)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._browse)
        across = QHBoxLayout()
        across.setSpacing(theme.S)
        across.addWidget(self._folder, 1)
        across.addWidget(browse)
        column.addLayout(_below(_named(self.tr("&Folder"), self._folder), across))
        self._fold = QToolButton()
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setToolTip(self.tr("Framing, sound, lyrics, countdown, watermark"))
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = MoreChoices()
        self._more.show_choices(self._kept.choices)
        self._more.changed.connect(self._keep)
        column.addWidget(self._more)
        self._fold.setChecked(self._kept.more)
        self._fold.toggled.connect(self._unfold)
        theme.manager.changed.connect(self._show_fold)
        self._running = QVBoxLayout()
        self._running.setSpacing(theme.S)
        column.addLayout(self._running)
        column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addLayout(self._foot())
        self.setFocusProxy(self._button)
        self._show_fold()

    def _foot(self) -> QVBoxLayout:
        """Make what stays in sight however far the rest is scrolled: warnings and the button."""
        self._warning = QLabel()
        self._warning.setWordWrap(True)
        self._warning.setProperty("role", "muted")
        self._button = QPushButton(self.tr("Export"))
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.export)
        column = QVBoxLayout()
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self._warning)
        column.addWidget(self._button)
        return column

    # ------------------------------------------------------------------------ doing

    def export(self) -> None:
        """Export what is open, as it is now."""
        document, target = self._session.document, self.target
        if document is None:
            return
        takes = [self._session.footage(index) for index in range(len(document.takes))]
        proxies = tuple(take.proxy for take in takes if take is not None)
        shown = proxies if len(proxies) == len(takes) else ()
        encoder = self._store.preferences.encoder
        self._queue.add(document, target, self.preset, shown, self.rendering, encoder)

    def _begin(self) -> None:
        """Suggest anew for another document."""
        self._named_by_user = self._folder_by_user = False
        self._suggest_folder()
        preferred = self._store.preferences.preset
        self.choose(preferred if preferred in PRESETS else next(iter(PRESETS)))
        document = self._session.document
        lyrics = None if document is None else self._kept.lyrics_of(document.song)
        self._more.show_lyrics(lyrics)
        self._show_fold()
        self._check_files()
        self._warn()
        self._measure()

    def _unfold(self, more: bool) -> None:
        self._keep()
        self._show_fold()
        self._measure()
        if more:
            # When the choices have their place, the first of them comes into sight.
            QTimer.singleShot(0, self._show_first_choice)

    def _show_first_choice(self) -> None:
        bar = self._area.verticalScrollBar()
        if self._fold.isChecked() and bar is not None:
            bar.setValue(self._fold.y() - theme.S)

    def _show_fold(self) -> None:
        """Name the fold by what is behind it."""
        more = self._fold.isChecked()
        count = self._more.choices.changed + (self._more.lyrics is not None)
        text = self.tr("More")
        if count and not more:
            text = self.tr("More: %n chosen", "", count)
        self._fold.setText(text)
        self._fold.setIcon(icon("chevron-up" if more else "chevron-down"))
        self._more.setVisible(more)

    def _keep(self) -> None:
        """Remember what was chosen."""
        kept = replace(self._kept, choices=self._more.choices, more=self._fold.isChecked())
        document = self._session.document
        if document is not None:
            kept = kept.with_lyrics(document.song, self._more.lyrics)
        self._kept = kept
        save_kept(kept, self._kept_at)
        self._check_files()
        self._warn()

    def _check_files(self) -> None:
        """Find out whether what is to be burned in can be used, when another file is chosen."""
        extras = self.rendering.extras
        files = (extras.lyrics, extras.watermark)
        if files == self._checked:
            return
        self._checked, self._problem = files, ""
        try:
            read_extras(extras)
        except InputError as error:
            self._problem = in_language(str(error))

    def _measure(self) -> None:
        """Find out how loud the song is, where somebody looks."""
        document = self._session.document
        if document is not None and self._fold.isChecked() and document.song.is_file():
            self._meter.ask(document)

    def show_loudness(self, loudness: Loudness) -> None:
        """Say how loud the song is, and what platforms make of it."""
        if not math.isfinite(loudness.integrated):
            return
        text = self.tr("The song has {loudness} LUFS, its peak {peak} dBTP.").format(
            loudness=_signed(loudness.integrated), peak=_signed(loudness.true_peak)
        )
        gain = turn_down(loudness)
        if gain < 0:
            louder = self.tr("Platforms play it {gain} dB lower.")
            text = f"{text} {louder.format(gain=f'{-gain:.1f}')}"
        self._more.say_loudness(text)

    def _suggest_folder(self) -> None:
        """Give the folder of the settings, unless the user has chosen one for this document."""
        document = self._session.document
        if self._folder_by_user or document is None:
            return
        folder = self._store.preferences.export_folder
        self._folder.setText(folder or str(document.takes[0].path.absolute().parent))

    def _choose_folder(self, folder: str) -> None:
        self._folder_by_user = bool(folder)
        self._folder.setText(folder)

    def _rename(self, text: str) -> None:
        self._named_by_user = bool(text)
        self._warn()

    def _suggest(self) -> None:
        """Name the file after song and platform, unless the user has named it."""
        document = self._session.document
        if document is not None and not self._named_by_user:
            stem = document.song.stem[:80]
            self._name.setText(f"{stem} {PRESETS[self.preset].name}.mp4")
            self._name.setCursorPosition(0)
        self._warn()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where to put the video"), self._folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._choose_folder)
        dialog.open()

    def _warn(self) -> None:
        """Say what is worth knowing before the button is pressed."""
        document = self._session.document
        self._button.setEnabled(document is not None and bool(self._name.text().strip()))
        if (rendering := self.rendering) != self._told:
            self._told = rendering
            self.chosen.emit(rendering)
        lines = [] if document is None else self._warnings(document)
        exists = document is not None and self.target.is_file()
        self._button.setText(self.tr("Export and replace") if exists else self.tr("Export"))
        self._warning.setText("\n".join(lines))
        self._warning.setVisible(bool(lines))

    def _warnings(self, document: Document) -> list[str]:
        lines = []
        preset, (start, end) = PRESETS[self.preset], document.span
        if preset.max_duration is not None and end - start > preset.max_duration:
            text = self.tr("{platform} takes up to {limit}; this is {length}.")
            lines.append(
                text.format(
                    platform=preset.name,
                    limit=clock(preset.max_duration, 0),
                    length=clock(end - start, 0),
                )
            )
        unsure = [
            str(number)
            for number, segment in enumerate(document.segments, start=1)
            if segment.kind == "matched" and segment.confidence < _UNSURE
        ]
        if unsure:
            text = self.tr("Not sure about segment {numbers}: have a look at it first.")
            lines.append(text.format(numbers=", ".join(unsure)))
        if self._problem:
            lines.append(self._problem)
        if self.target.is_file():
            lines.append(self.tr("There is a file of this name already; it will be replaced."))
        return lines

    def _show_item(self, item: ExportItem) -> None:
        row = self._rows.get(item.number)
        if row is None:
            row = self._rows[item.number] = ExportRow(self._queue, item)
            self._running.insertWidget(0, row)
            QTimer.singleShot(0, self._show_newest)
        row.show_item(item)
        self._warn()

    def _show_newest(self) -> None:
        self._area.ensureWidgetVisible(self._rows[max(self._rows)])

    def close(self) -> bool:
        """End what the rows hold and what is measured."""
        self._meter.close()
        for row in self._rows.values():
            row.close()
        return super().close()


class _Card(QRadioButton):
    """A platform to choose: a radio button whose words stand on two lines."""

    def __init__(self, key: str, preset: Preset) -> None:
        size = preset.settings.size
        pixels = f"{size[0]} × {size[1]}" if size is not None else ""
        line = " · ".join(filter(None, [in_language(preset.description), pixels]))
        super().__init__(f"{preset.name}\n{line}")
        self.setProperty("preset", key)
        self.setAccessibleName(f"{preset.name}, {line}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("card")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give both lines their height, which the style forgets."""
        lines = 2 * self.fontMetrics().height()
        return QSize(super().sizeHint().width(), lines + 2 * theme.S + 2 * theme.FOCUS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut a line in two, however little room there is."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        """Choose with Return too."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _below(label: QLabel, field: QWidget | QLayout) -> QVBoxLayout:
    """Put a field close below its label."""
    column = QVBoxLayout()
    column.setSpacing(theme.XS // 2)
    column.addWidget(label)
    if isinstance(field, QLayout):
        column.addLayout(field)
    else:
        column.addWidget(field)
    return column


def _signed(decibels: float) -> str:
    return f"{decibels:.1f}".replace("-", "−")


def _named(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    return label
