"""A dialog that finds out by tapping how late the sound device plays."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QPointF, Qt, QTimer
from PyQt6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.preview.clock import Clock
from lipsyncer.ui.preview.playback_audio import RATE, Mixer, Samples, Speaker
from lipsyncer.ui.preview.tap_delay import BEAT, NEEDED, TapRow, output_delay
from lipsyncer.ui.style import theme

_TICK_MS = 8
_LAST_BEAT = 120
_CLICK, _FLASH = 0.03, 0.12
"""Seconds that a click sounds and a flash stays."""
_LARGEST = 300


class DelayTest(QDialog):
    """Tap along with clicks, then with flashes; the difference is the device's delay.

    Parameters
    ----------
    store
        Where the delay is kept, when the user takes it.
    now
        Gives the wall time in seconds.
    """

    def __init__(
        self,
        store: PreferenceStore,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sound delay"))
        self._store = store
        self._clock = Clock(now)
        mixer = Mixer()
        mixer.song = _clicks()
        self._speaker = Speaker(mixer, self)
        self._heard, self._seen = TapRow(), TapRow()
        self._found: int | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._make()
        self._begin_again()

    def _make(self) -> None:
        self._instruction = QLabel(self)
        self._instruction.setWordWrap(True)
        self._instruction.setMinimumWidth(48 * theme.S)
        self._instruction.setMinimumHeight(6 * theme.S)
        self._lamp = _Lamp(self)
        self._count = QLabel(self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setProperty("role", "muted")
        self._tap = QPushButton(self.tr("Tap (Space)"), self)
        self._tap.setProperty("kind", "primary")
        self._tap.setMinimumHeight(2 * theme.HIT)
        self._tap.setAutoDefault(False)
        # When the key goes down, not when it comes up again.
        self._tap.pressed.connect(self.tap)
        self._again = QPushButton(self.tr("Again"), self)
        self._again.clicked.connect(self._begin_again)
        self._use = QPushButton(self.tr("Use this delay"), self)
        self._use.clicked.connect(self._keep)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addStretch()
        buttons.addWidget(self._use)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L + theme.S, theme.L, theme.L + theme.S, theme.L)
        column.setSpacing(theme.L)
        column.addWidget(self._instruction)
        column.addWidget(self._lamp)
        column.addWidget(self._count)
        column.addWidget(self._tap)
        column.addLayout(buttons)

    # ------------------------------------------------------------------------ the two rows

    @property
    def found(self) -> int | None:
        """Milliseconds by which the device is late; None before that is known."""
        return self._found

    @property
    def beat_time(self) -> float:
        """Seconds on the clock of the clicks or flashes."""
        return self._clock.time

    def tap(self) -> None:
        """Take in a tap that is made now."""
        row = self._seen if self._heard.complete else self._heard
        if not self._timer.isActive() or self._clock.time < 0:
            return
        row.add(self._clock.time)
        if row is self._heard and row.complete:
            self._speaker.stop()
            self._run()
        elif row.complete:
            self._end()
        self._write()

    def _begin_again(self) -> None:
        self._heard, self._seen, self._found = TapRow(), TapRow(), None
        self._speaker.play(0.0)
        if self._speaker.playing:
            self._run()
        self._tap.setFocus()
        self._write()

    def _run(self) -> None:
        self._clock.put(0.0)
        self._clock.run(1.0)
        self._timer.start()

    def _end(self) -> None:
        self._speaker.stop()
        self._timer.stop()
        self._lamp.light(False)
        delay = output_delay(self._heard, self._seen)
        if delay is not None:
            self._found = min(max(round(1000 * delay), -_LARGEST), _LARGEST)

    def _tick(self) -> None:
        if self._clock.time > _LAST_BEAT * BEAT:
            self._run()
        if not self._heard.complete:
            self._speaker.feed()
            heard = self._speaker.heard
            if heard is not None:
                self._clock.follow(heard)
        else:
            self._lamp.light(self._clock.time % BEAT < _FLASH)

    def _keep(self) -> None:
        if self._found is not None:
            self._store.set("output_delay_ms", self._found)
        self.close()

    # ------------------------------------------------------------------------ showing

    def _write(self) -> None:
        running = self._timer.isActive()
        self._tap.setVisible(running)
        self._again.setVisible(not running)
        self._use.setVisible(self._found is not None)
        row = self._seen if self._heard.complete else self._heard
        count = self.tr("{n} of {all}").format(n=min(row.counted, NEEDED), all=NEEDED)
        self._count.setText(count if running else "")
        self._instruction.setText(self._words(running))

    def _words(self, running: bool) -> str:
        if running and not self._heard.complete:
            return self.tr("Tap along with the clicks that you hear. The first two don't count.")
        if running:
            return self.tr("Now tap along with the flashes that you see.")
        if self._found is not None:
            late = self.tr("Your sound comes {n} ms late. The preview can wait for it.")
            early = self.tr("Your sound is not late ({n} ms).")
            return (late if self._found > 0 else early).format(n=self._found)
        if self._heard.complete:
            return self.tr("The taps were too uneven to tell. Try again, as evenly as you can.")
        return self.tr("There is no sound device. Connect one, then choose Again.")

    def hideEvent(self, event: QHideEvent | None) -> None:  # noqa: N802
        """Be silent when nobody looks."""
        self._timer.stop()
        self._speaker.stop()
        super().hideEvent(event)


class _Lamp(QWidget):
    """A disc that flashes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lit = False
        self.setFixedHeight(12 * theme.S)
        self.setAccessibleName(self.tr("Flash"))

    def light(self, lit: bool) -> None:
        """Go on or off."""
        if lit != self._lit:
            self._lit = lit
            self.repaint()  # at once: it is being timed

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        """Paint the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour: QColor = theme.theme().colour("accent" if self._lit else "raised")
        painter.setBrush(colour)
        radius = self.height() / 2 - theme.XS
        painter.drawEllipse(QPointF(self.rect().center()), radius, radius)


def _clicks() -> Samples:
    """Give short tones on the beat, int16 (n, 2) at 48 kHz."""
    moments = np.arange(round(_CLICK * RATE)) / RATE
    tone = np.sin(2 * np.pi * 1500 * moments) * np.exp(-moments / 0.006) * 20_000
    sound = np.zeros((round((_LAST_BEAT + 2) * BEAT * RATE), 2), np.int16)
    for beat in range(_LAST_BEAT + 1):
        first = round(beat * BEAT * RATE)
        sound[first : first + len(tone)] = tone[:, np.newaxis].astype(np.int16)
    return sound
