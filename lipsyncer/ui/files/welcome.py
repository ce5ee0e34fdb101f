"""The empty state: one line that says what to do, and the projects that were open before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lipsyncer.ui.style import theme
from lipsyncer.ui.style.elided_label import ElidedLabel
from lipsyncer.ui.style.icons import icon, pixmap

RecentProject = tuple[str, Path, datetime]
"""A project's name, its file, and when it was worked on last."""

_WIDEST = 90 * theme.S
"""Width of the column in the middle, however wide the window is."""
_HIGHEST = 70 * theme.S
_MOST_RECENT = 8
_MOST_TAKES = 4
"""Videos that have a line of their own."""
_ROWS = 4
"""Projects in view; the others are scrolled to."""
_PICTURE = theme.XL + theme.L


class Welcome(QWidget):
    """What is shown before there is anything to edit.

    Files are dropped on the whole window; `set_dragging` shows that they will be taken.

    Attributes
    ----------
    open_requested
        The user wants to choose files.
    start_requested
        What is here is to be aligned.
    own_sound_requested
        The only video that is here holds its song itself.
    removed
        The path of a file that the user has taken out.
    demo_requested
        The user wants to see the demo.
    project_requested
        The path of a project that the user wants back.
    """

    open_requested = pyqtSignal()
    start_requested = pyqtSignal()
    own_sound_requested = pyqtSignal()
    removed = pyqtSignal(Path)
    demo_requested = pyqtSignal()
    project_requested = pyqtSignal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = _DropArea(self)
        self._area.open_button.clicked.connect(self.open_requested)
        self._area.start_button.clicked.connect(self.start_requested)
        self._area.own_sound_button.clicked.connect(self.own_sound_requested)
        self._area.removed.connect(self.removed)
        self._area.demo_button.clicked.connect(self.demo_requested)
        self._recent = _Recent(self)
        self._recent.chosen.connect(self.project_requested)
        column = QVBoxLayout()
        column.setSpacing(theme.L)
        column.addStretch(1)
        column.addWidget(self._area, 1000)
        column.addWidget(self._recent)
        column.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDEST)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        self.set_pending(None, [])

    def set_dragging(self, dragging: bool) -> None:
        """Show that what hangs on the pointer would be taken, or no more."""
        self._area.set_dragging(dragging)

    def set_pending(self, song: Path | None, takes: Sequence[Path]) -> None:
        """Say what is here already and what is still missing."""
        self._area.set_pending(song, takes)
        area = self._area
        self.setFocusProxy(area.start_button if song and takes else area.open_button)

    def set_recent(self, projects: Sequence[RecentProject]) -> None:
        """List the projects that were open before, the last one first."""
        self._recent.set_projects(projects[:_MOST_RECENT])


class _DropArea(QFrame):
    """The dashed field in the middle."""

    removed = pyqtSignal(Path)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dragging = False
        self._has_song = self._has_takes = False
        self._pictures = {name: QLabel(self) for name in ("song", "add", "film")}
        pictures = QHBoxLayout()
        pictures.setSpacing(theme.M)
        pictures.addStretch()
        for picture in self._pictures.values():
            pictures.addWidget(picture)
        pictures.addStretch()
        self._hero = QLabel(self)
        self._hero.setProperty("role", "hero")
        self._hint = QLabel(self)
        self._hint.setProperty("role", "muted")
        for label in (self._hero, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._here = QVBoxLayout()
        self._here.setSpacing(0)
        self.start_button = QPushButton(self.tr("Put in sync"), self)
        self.start_button.setProperty("kind", "primary")
        self.own_sound_button = QPushButton(self.tr("Use this video's own sound"), self)
        self.own_sound_button.setToolTip(
            self.tr("For a video that already has its song: brings its lips in time with it")
        )
        self.open_button = QPushButton(self.tr("Open files…"), self)
        self.open_button.setProperty("kind", "primary")
        self.open_button.setToolTip(self.tr("Choose a song and your videos (Ctrl+O)"))
        self.demo_button = QPushButton(self.tr("Try the demo"), self)
        self.demo_button.setToolTip(
            self.tr("Makes a short song and a selfie that is out of sync, and corrects it")
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.M)
        buttons.addStretch()
        for button in (
            self.start_button,
            self.open_button,
            self.own_sound_button,
            self.demo_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addStretch()
        column.addLayout(pictures)
        column.addSpacing(theme.S)
        column.addLayout(self._here)
        for widget in (self._hero, self._hint):
            column.addWidget(widget)
        column.addSpacing(theme.L)
        column.addLayout(buttons)
        column.addStretch()
        self.setMaximumHeight(_HIGHEST)
        theme.manager.changed.connect(self._draw_pictures)

    def set_dragging(self, dragging: bool) -> None:
        self._dragging = dragging
        self._draw_pictures()
        self.update()

    def set_pending(self, song: Path | None, takes: Sequence[Path]) -> None:
        if song is None and not takes:
            hero = self.tr("Drop a song and your video here")
            hint = self.tr(
                "Lipsyncer watches the lips and moves the picture until it sings in time.\n"
                "Several videos of the same song are welcome."
            )
        elif song is None:
            hero = self.tr("Now drop your song")
            hint = self.tr("The recording that you sang to.")
        elif not takes:
            hero = self.tr("Now drop your video")
            hint = self.tr("You singing to this song; several videos are welcome.")
        else:
            hero = self.tr("Drop another song or video")
            hint = self.tr("A new song takes the place of the old one.")
        self._hero.setText(hero)
        self._hint.setText(hint)
        self._list(song, takes)
        complete = song is not None and bool(takes)
        self.start_button.setVisible(complete)
        self.open_button.setProperty("kind", "" if complete else "primary")
        theme.restyle(self.open_button)
        self.own_sound_button.setVisible(song is None and len(takes) == 1)
        self.demo_button.setVisible(song is None and not takes)
        self._has_song, self._has_takes = song is not None, bool(takes)
        self._draw_pictures()
        self.setAccessibleName(hero)
        self.setAccessibleDescription(hint)

    def _list(self, song: Path | None, takes: Sequence[Path]) -> None:
        """Show a line for each file, each with a button that takes it out."""
        while (item := self._here.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        lines = []
        if song is not None:
            lines.append(_Have("song", self.tr("Song: {name}").format(name=song.name), song, self))
        for take in takes[:_MOST_TAKES]:
            lines.append(_Have("film", self.tr("Video: {name}").format(name=take.name), take, self))
        if more := takes[_MOST_TAKES:]:
            text = self.tr("%n more videos", "", len(more))
            lines.append(_Have("film", text, None, self, tip="\n".join(one.name for one in more)))
        for line in lines:
            line.removed.connect(self.removed)
            self._here.addWidget(line)

    def _draw_pictures(self) -> None:
        """Colour what is here already and what is wanted next."""
        wanted = "accent" if self._dragging or self._has_song != self._has_takes else "text"
        colours = {
            "song": "good" if self._has_song else wanted,
            "add": "muted",
            "film": "good" if self._has_takes else wanted,
        }
        for name, colour in colours.items():
            size = _PICTURE // 2 if name == "add" else _PICTURE
            self._pictures[name].setPixmap(pixmap(name, colour, size))

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Draw the field; a full line and a tint say that the files can be let go."""
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.colour("accent" if self._dragging else "gap")
        style = Qt.PenStyle.SolidLine if self._dragging else Qt.PenStyle.CustomDashLine
        pen = QPen(edge, theme.FOCUS, style)
        if not self._dragging:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(colours.colour("panel"))
        inset = theme.FOCUS / 2
        field = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(field, 2 * theme.RADIUS, 2 * theme.RADIUS)
        if self._dragging:
            painter.setBrush(colours.colour("accent", 0.12))
            painter.drawRoundedRect(field, 2 * theme.RADIUS, 2 * theme.RADIUS)


class _Have(QWidget):
    """One line for a file that is here already, with a tick in front and a way to take it out."""

    removed = pyqtSignal(Path)

    def __init__(
        self, icon_name: str, text: str, path: Path | None, parent: QWidget, tip: str = ""
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._tick, self._icon = QLabel(self), QLabel(self)
        label = ElidedLabel(self)
        label.set_whole(text, tip or text)
        self._remove = QToolButton(self)
        self._remove.setToolTip(self.tr("Take it out"))
        self._remove.setVisible(path is not None)
        if path is not None:
            self._remove.setAccessibleName(self.tr("Take {name} out").format(name=path.name))
            self._remove.clicked.connect(lambda: self.removed.emit(path))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addStretch(1)
        for widget in (self._tick, self._icon, label, self._remove):
            row.addWidget(widget)
        row.addStretch(1)
        theme.manager.changed.connect(self._draw_icons)
        self._draw_icons()

    def _draw_icons(self) -> None:
        self._tick.setPixmap(pixmap("done", "good", theme.L))
        self._icon.setPixmap(pixmap(self._icon_name, "text", theme.L))
        self._remove.setIcon(icon("close"))


class _Recent(QWidget):
    """The projects that were open before, one row each."""

    chosen = pyqtSignal(Path)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel(self.tr("Recent projects"), self)
        heading.setProperty("role", "title")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        holder = QWidget(self)
        holder.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for surface in (holder, scroll.viewport()):
            if surface is not None:
                surface.setAutoFillBackground(False)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(heading)
        column.addWidget(scroll)
        self.hide()

    def set_projects(self, projects: Sequence[RecentProject]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for name, path, when in projects:
            row = _ProjectRow(name, path, self._day(when), self)
            row.clicked.connect(lambda _=False, path=path: self.chosen.emit(path))
            self._rows.addWidget(row)
        shown = min(len(projects), _ROWS)
        self._scroll.setFixedHeight(shown * _ProjectRow.HEIGHT)
        self.setVisible(bool(projects))

    def _day(self, when: datetime) -> str:
        days = (date.today() - when.date()).days
        if days <= 0:
            return self.tr("today")
        if days == 1:
            return self.tr("yesterday")
        return self.locale().toString(when.date(), self.locale().FormatType.ShortFormat)


class _ProjectRow(QAbstractButton):
    """A project: its name, where it lies, and when it was worked on."""

    HEIGHT = theme.HIT + theme.L

    def __init__(self, name: str, path: Path, when: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._folder, self._when = name, str(path.parent), when
        self.setText(name)
        self.setToolTip(str(path))
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{path}, {when}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines of text."""
        return QSize(_WIDEST, self.HEIGHT)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Draw the row, raised under the pointer, with a ring where the keyboard is."""
        colours = theme.theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isDown() or self.underMouse():
            painter.setBrush(colours.colour("hover"))
            painter.drawRoundedRect(field, theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("selection"), theme.FOCUS))
            painter.drawRoundedRect(field, theme.RADIUS, theme.RADIUS)
        inside = self.rect().adjusted(theme.M, theme.XS, -theme.M, -theme.XS)
        font = self.font()
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(colours.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, right, self._when)
        inside.setRight(inside.right() - metrics.horizontalAdvance(self._when) - theme.L)
        lower = inside.adjusted(0, inside.height() // 2, 0, 0)
        folder = metrics.elidedText(
            self._folder, Qt.TextElideMode.ElideMiddle, max(0, lower.width())
        )
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, folder)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colours.colour("text"))
        upper = inside.adjusted(0, 0, 0, -inside.height() // 2)
        name = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideMiddle, max(0, upper.width())
        )
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
