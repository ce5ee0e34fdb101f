"""The export sheet: a card for each platform, name and folder, one button, and what is running."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QSignalBlocker, QSize, QStandardPaths, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.diagnostics.errors import InputError, is_file, is_folder
from lipsyncer.edit.document import Document
from lipsyncer.edit.edits import trim
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.overlays.burn import read_extras
from lipsyncer.render.overlays.vocal_onset import first_word
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.settings.export_choices import load_kept, rendering, save_kept
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.export.cautions import cautions, loudness_in_words
from lipsyncer.ui.export.loudness_meter import LoudnessMeter
from lipsyncer.ui.export.more import MoreChoices
from lipsyncer.ui.export.part_choice import PartChoice
from lipsyncer.ui.export.platform_cards import PlatformChoice
from lipsyncer.ui.export.queue import ExportItem, ExportQueue, State
from lipsyncer.ui.export.rows import ExportRow
from lipsyncer.ui.export.target_fields import TargetFields
from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.icons import icon


class ExportSheet(QWidget):
    """Chooses platforms and a file, and shows the exports under way.

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
        An export would have other `RenderSettings`, or write another span of the song (s).
    """

    chosen = pyqtSignal(object, tuple)

    def __init__(
        self,
        session: Session,
        queue: ExportQueue,
        store: PreferenceStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._queue, self._store = session, queue, store
        self._kept_at = store.folder / "export.json"
        self._kept = load_kept(self._kept_at)
        self._checked: tuple[Path | None, Path | None] = (None, None)
        self._problem = ""
        self._told: object = None
        self._meter = LoudnessMeter(self)
        self._meter.measured.connect(self.show_loudness)
        self._rows: dict[int, ExportRow] = {}
        self._make()
        session.opened.connect(self._begin)
        session.changed.connect(self._warn)
        session.changed.connect(self._measure)
        store.changed.connect(self._suggest_folder)
        queue.changed.connect(self._show_item)
        queue.removed.connect(self._remove_row)
        self._begin()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Give room for the cards' words."""
        return QSize(max(340, self.minimumSizeHint().width()), 520)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut the cards' words, also beside the bar that scrolls."""
        bar = self._area.verticalScrollBar()
        room = 2 * theme.M + (bar.sizeHint().width() if bar is not None else 0)
        cards = self._platforms.minimumSizeHint().width()
        return QSize(cards + room, super().minimumSizeHint().height())

    @property
    def presets(self) -> list[str]:
        """Names of the platforms that are ticked."""
        return self._platforms.chosen

    @property
    def targets(self) -> list[Path]:
        """The files that would be written, one for each platform."""
        return self._target.paths_for([PRESETS[name].name for name in self.presets])

    @property
    def rendering(self) -> RenderSettings:
        """What the encoders would be asked for, for the first platform that is ticked."""
        return self._rendering_for(next(iter(self.presets), "master"))

    def _rendering_for(self, preset: str) -> RenderSettings:
        document = self.document
        start = document.span[0] if document is not None else 0.0
        takes = range(len(document.takes)) if document is not None else ()
        known = [take for take in map(self._session.aligned, takes) if take is not None]
        sung = first_word([take.evidence.voice for take in known], start)
        titles = (self.tr("Before"), self.tr("After"))
        base = PRESETS[preset].settings
        return rendering(base, self._more.choices, self._more.lyrics, sung, titles)

    @property
    def document(self) -> Document | None:
        """The part of the cut that would be written."""
        document, part = self._session.document, self._part.span
        if document is None or part is None:
            return document
        try:
            return trim(document, *part)
        except ValueError:  # an edit has moved the cut away from the part
            return document

    def choose(self, *presets: str) -> None:
        """Choose platforms by the names of their presets."""
        self._platforms.choose(presets)

    # ------------------------------------------------------------------------ making

    def _make(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        column.setSpacing(theme.S)
        self._platforms = PlatformChoice()
        self._platforms.changed.connect(self._suggest)
        column.addWidget(self._platforms)
        self._part = PartChoice(self._session)
        self._part.changed.connect(self._warn)
        self._part.changed.connect(self._measure)
        column.addWidget(self._part)
        self._compared = QCheckBox(self.tr("Before and after"))
        self._compared.setToolTip(self.tr("Shows what you filmed beside the result"))
        column.addWidget(self._compared)
        self._target = TargetFields(self._taken)
        self._target.changed.connect(self._warn)
        column.addWidget(self._target)
        self._fold = QToolButton()
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setToolTip(self.tr("Framing, sound, lyrics, countdown, watermark"))
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = MoreChoices()
        self._more.show_choices(self._kept.choices)
        self._compared.setChecked(self._kept.choices.before_after != "none")
        self._more.changed.connect(self._keep)
        self._compared.toggled.connect(self._more.compare)
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
        self._shorten = QPushButton(self.tr("Take the best part"))
        self._shorten.clicked.connect(self._take_best_part)
        self._button = QPushButton(self.tr("Export"))
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.export)
        column = QVBoxLayout()
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self._warning)
        column.addWidget(self._shorten)
        column.addWidget(self._button)
        return column

    # ------------------------------------------------------------------------ doing

    def _take_best_part(self) -> None:
        if (limit := self._limit) is not None:
            self._part.offer_up_to(limit)

    @property
    def _limit(self) -> float | None:
        """Seconds that every platform that is ticked takes; None for any number."""
        limits = [PRESETS[name].max_duration for name in self.presets]
        return min((limit for limit in limits if limit is not None), default=None)

    def export(self) -> None:
        """Export what is open, as it is now, for every platform that is ticked."""
        document = self.document
        if document is None:
            return
        takes = [self._session.footage(index) for index in range(len(document.takes))]
        proxies = tuple(take.proxy for take in takes if take is not None)
        shown = proxies if len(proxies) == len(takes) else ()
        encoder = self._store.preferences.encoder
        for preset, target in zip(self.presets, self.targets, strict=True):
            if target.parent == _videos():
                with suppress(OSError):  # the export says what is wrong with the folder
                    target.parent.mkdir(parents=True, exist_ok=True)
            render = self._rendering_for(preset)
            self._queue.add(document, target, preset, shown, render, encoder)
        self._suggest()

    def _taken(self, path: Path) -> bool:
        waiting = (State.WAITING, State.RUNNING)
        queued = (item.target for item in self._queue.items if item.state in waiting)
        return is_file(path) or is_folder(path) or path in queued

    def _begin(self) -> None:
        """Suggest anew for another document."""
        self._target.begin_again()
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
        with QSignalBlocker(self._compared):
            self._compared.setChecked(self._more.choices.before_after != "none")
        self._check_files()
        self._suggest()

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
        document = self.document
        if document is not None and self._fold.isChecked() and is_file(document.song):
            self._meter.ask(document)

    def show_loudness(self, loudness: Loudness) -> None:
        """Say how loud the song is, and what platforms make of it."""
        if text := loudness_in_words(loudness):
            self._more.say_loudness(text)

    def _suggest_folder(self) -> None:
        """Give the folder of the settings, unless the user has chosen one for this document."""
        document = self._session.document
        if document is not None:
            folder = self._store.preferences.export_folder
            self._target.suggest_folder(folder or str(_videos()))

    def _suggest(self) -> None:
        """Name the file after song and platform, unless the user has named it."""
        document = self._session.document
        if document is not None:
            words = [document.song.stem[:80]]
            words += [PRESETS[name].name for name in self.presets] if len(self.presets) == 1 else []
            words += [self.tr("before and after")] if self._compared.isChecked() else []
            self._target.suggest_name(f"{' '.join(words)}.mp4")
        self._warn()

    def _warn(self) -> None:
        """Say what is worth knowing before the button is pressed."""
        document = self.document
        targets = self.targets
        self._button.setEnabled(document is not None and self._target.named and bool(targets))
        self.tell()
        limit = self._limit
        too_long = limit is not None and document is not None and np.ptp(document.span) > limit
        self._shorten.setVisible(bool(too_long))
        lines = cautions(document, self.presets, targets, self._problem)
        if len(targets) > 1:
            self._button.setText(self.tr("Export %n videos", "", len(targets)))
        elif document is not None and any(is_file(target) for target in targets):
            self._button.setText(self.tr("Export and replace"))
        else:
            self._button.setText(self.tr("Export"))
        self._warning.setText("\n".join(lines))
        self._warning.setVisible(bool(lines))

    def tell(self, *, anew: bool = False) -> None:
        """Tell what an export would make of the picture, where that has changed or who asks."""
        document = self.document
        told = (self.rendering, document.span if document is not None else (0.0, 0.0))
        if anew or told != self._told:
            self._told = told
            self.chosen.emit(*told)

    def _show_item(self, item: ExportItem) -> None:
        row = self._rows.get(item.number)
        if row is None:
            row = self._rows[item.number] = ExportRow(self._queue, item)
            self._running.insertWidget(0, row)
            row.grown.connect(self._reveal)
        if row.show_item(item):
            self._reveal(row)
        self._warn()

    def _remove_row(self, number: int) -> None:
        row = self._rows.pop(number)
        row.close()
        row.deleteLater()

    def _reveal(self, widget: QWidget) -> None:
        """Bring all of a row, or of what is new in it, into sight when it has its place."""
        QTimer.singleShot(0, partial(self._scroll_to, widget))

    def _scroll_to(self, widget: QWidget) -> None:
        content = self._area.widget()
        if content is not None and (layout := content.layout()) is not None:
            layout.activate()
        self._area.ensureWidgetVisible(widget)

    def close(self) -> bool:
        """End what the rows hold and what is measured."""
        self._meter.close()
        for row in self._rows.values():
            row.close()
        return super().close()


def _videos() -> Path:
    """Give the user's folder for videos."""
    movies = QStandardPaths.StandardLocation.MoviesLocation
    return Path(QStandardPaths.writableLocation(movies) or Path.home())
