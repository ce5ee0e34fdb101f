"""How loud the preview plays, or that nothing can be heard."""

from __future__ import annotations

from PyQt6.QtCore import QSettings, Qt
from PyQt6.QtMultimedia import QMediaDevices
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme

_WIDTH = 56
_KEY = "volume"


class Volume(QWidget):
    """A slider, or a word where there is no sound device; remembered from one time to the next.

    Parameters
    ----------
    player
        Whose sound it is.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setFixedWidth(_WIDTH)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(self.tr("Volume"))
        self.missing = QLabel(self.tr("No sound"), self)
        self.missing.setProperty("role", "caption")
        self.missing.setToolTip(self.tr("Connect headphones or a loudspeaker to hear the song."))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XS, 0, theme.XS, 0)
        row.addWidget(self.slider)
        row.addWidget(self.missing)
        self.slider.valueChanged.connect(self._set)
        stored = QSettings("Lipsyncer", "window").value(_KEY, 100)
        self.slider.setValue(int(stored) if str(stored).isdigit() else 100)
        self._set(self.slider.value())
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show the slider where something can be heard, else say that nothing can."""
        silent = QMediaDevices.defaultAudioOutput().isNull()
        self.slider.setVisible(not silent)
        self.missing.setVisible(silent)

    def _set(self, percent: int) -> None:
        self._player.set_volume(percent / 100)
        self.slider.setToolTip(self.tr("Volume: {n} %").format(n=percent))
        QSettings("Lipsyncer", "window").setValue(_KEY, percent)
