"""The preview with its row of buttons and times."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.preview.volume import Volume
from lipsyncer.ui.style import theme
from lipsyncer.ui.window.actions import tool_button


class PreviewPanel(QWidget):
    """The picture, the transport below it, and which moments are shown.

    Parameters
    ----------
    session, player
        What is shown, and what plays it.
    """

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self.canvas = Canvas(session, player, self)
        self._song_time = _times(self.tr("Song time"))
        self._take_time = _times(self.tr("Take time"))
        self._take_time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.XS)
        self._row.addWidget(self._song_time, 1)
        self._row.addWidget(Volume(player, self))
        self._row.addWidget(self._take_time, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.canvas, 1)
        column.addLayout(self._row)
        session.playhead_moved.connect(self._write)
        session.changed.connect(self._write)
        player.state_changed.connect(self._write)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Leave out the times, the take's first, where the buttons need the room."""
        room = self.width() - self._row.minimumSize().width()
        time = self._song_time.fontMetrics().horizontalAdvance("00:00.000")
        self._song_time.setVisible(room >= time)
        self._take_time.setVisible(room >= 2 * time)
        super().resizeEvent(event)

    def close(self) -> bool:
        """End the thread that reads frames."""
        self.canvas.close()
        return super().close()

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put buttons between the two times."""
        for number, action in enumerate(actions, start=1):
            self._row.insertWidget(number, tool_button(action, self))

    def _write(self) -> None:
        time_map = self._session.time_map
        if time_map is None:
            self._song_time.clear()
            self._take_time.clear()
            return
        rate = self._player.rate
        speed = f"  {rate:+g}×" if rate not in (0.0, 1.0) else ""
        self._song_time.setText(clock(self._session.playhead, 3) + speed)
        source = time_map.source_at(self._session.playhead)[1]
        self._take_time.setText(clock(source, 3))


def _times(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setToolTip(name)
    label.setProperty("role", "muted")
    label.setMinimumWidth(1)  # it is hidden rather than cut
    return label
