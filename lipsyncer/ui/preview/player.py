"""Playback: the song's clock moves the playhead, and everything follows that."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from lipsyncer.render import DEFAULT
from lipsyncer.render.retime import frame_at, frame_count, output_rate
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.clock import Clock
from lipsyncer.ui.preview.playback_audio import Choice, Mixer, Samples, Speaker, decoding
from lipsyncer.ui.threads.worker import JobRunner

log = logging.getLogger(__name__)

_TICK_MS = 8
FASTEST = 4.0
"""Rate at which J and L stop doubling."""
_DEFAULT_RATE = 25.0


class Player(QObject):
    """Plays the document of a session.

    Parameters
    ----------
    session
        Whose playhead is moved.
    now
        Gives the wall time in seconds.

    Attributes
    ----------
    state_changed
        It plays now, or stands, or runs at another rate.
    """

    state_changed = pyqtSignal()

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = Clock(now)
        self._mixer = Mixer()
        self._speaker = Speaker(self._mixer, self)
        self._delay = 0.0
        self._wanted: tuple[Path, ...] = ()
        self._decoded: dict[Path, Samples] = {}
        self._decoding = 0
        self._runner = JobRunner("sound", self)
        self._runner.finished.connect(self._take_sound)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._before_look: tuple[float, float] | None = None
        session.opened.connect(self._begin)
        session.analysed.connect(self._load_sound)
        session.changed.connect(self._take_map)
        session.looked.connect(self._take_map)
        session.looked.connect(self._play_look)
        session.sought.connect(self._go_on_from)

    # ------------------------------------------------------------------------ state

    @property
    def playing(self) -> bool:
        """Whether the playhead runs."""
        return self._clock.rate != 0

    @property
    def rate(self) -> float:
        """Seconds of song a second; negative backwards, 0 when it stands."""
        return self._clock.rate

    @property
    def sound(self) -> Choice:
        """What is heard."""
        return self._mixer.choice

    @property
    def frame_rate(self) -> Fraction:
        """Frames per second of the video that would be written: those of the first take."""
        footage = self._session.footage(0)
        nominal = footage.proxy.rate if footage is not None else _DEFAULT_RATE
        return output_rate(nominal, DEFAULT.max_rate)

    def set_sound(self, choice: Choice) -> None:
        """Choose what is heard."""
        self._mixer.choice = choice
        self._load_sound()
        self._restart_sound()
        self.state_changed.emit()

    def set_volume(self, volume: float) -> None:
        """Play louder or softer, 0 to 1; the exported video stays as loud as it is."""
        self._speaker.set_volume(volume)

    def set_output_delay(self, milliseconds: float) -> None:
        """Say how late the listener's device plays; the picture waits for it."""
        delay = milliseconds / 1000
        if delay != self._delay:
            self._delay = delay
            if self.playing:
                self._restart_sound()

    # ------------------------------------------------------------------------ commands

    def play(self, rate: float = 1.0) -> None:
        """Run from the playhead on; from the start when it stands at the end."""
        document = self._session.document
        if document is None:
            return
        first, last = document.span
        if rate > 0 and self._session.playhead >= last - 1e-3:
            self._session.move_playhead(self._session.loop[0] if self._session.loop else first)
        self._clock.put(self._session.playhead)
        self._clock.run(rate)
        self._restart_sound()
        self._timer.start()
        self.state_changed.emit()

    def pause(self) -> None:
        """Stand where it is."""
        self._clock.run(0.0)
        self._speaker.stop()
        self._timer.stop()
        self.state_changed.emit()

    def toggle(self) -> None:
        """Play, or stand."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int) -> None:
        """Run forwards (1) or backwards (-1), twice as fast with every further call."""
        rate = self._clock.rate
        faster = rate * direction > 0
        self.play(direction * min(abs(rate) * 2, FASTEST) if faster else float(direction))

    def step(self, frames: int) -> None:
        """Stand, and show a frame some frames later."""
        self.pause()
        document = self._session.document
        if document is not None:
            rate, first = self.frame_rate, document.span[0]
            number = frame_at(document, rate, self._session.playhead) + frames
            last = frame_count(document, rate) - 1
            self._session.seek(first + (min(max(number, 0), last) + 0.5) / float(rate))

    def close(self) -> None:
        """Stop, and end the thread."""
        self.pause()
        self._runner.close()

    # ------------------------------------------------------------------------ running

    def tick(self) -> None:
        """Move the playhead to where the song is; the timer calls this while it plays."""
        document = self._session.document
        if document is None:
            return
        self._speaker.feed()
        heard = self._speaker.heard
        if heard is not None:
            self._clock.follow(heard - self._delay)
        time, (first, last) = self._clock.time, document.span
        look = self._session.look
        loop = look.span if look is not None else self._session.loop
        if loop is not None and self._clock.rate > 0 and time >= loop[1]:
            self._session.seek(loop[0])
            return
        self._session.move_playhead(time)
        if (self._clock.rate > 0 and time >= last) or (self._clock.rate < 0 and time <= first):
            self.pause()

    def _go_on_from(self, song_time: float) -> None:
        self._clock.put(song_time)
        if self.playing:
            self._restart_sound()

    def _restart_sound(self) -> None:
        self._speaker.stop()
        if self._clock.rate == 1.0:
            # A late device gets its sound early, so that it is heard when the picture is seen.
            self._speaker.play(self._clock.time + self._delay)

    # ------------------------------------------------------------------------ loading

    def _begin(self) -> None:
        self.pause()
        self._runner.cancel_all()
        self._decoded, self._wanted = {}, ()
        self._mixer.song, self._mixer.camera = None, {}
        self._load_sound()

    def _take_map(self) -> None:
        viewed = self._session.viewed
        self._mixer.time_map = viewed[1] if viewed is not None else None

    def _play_look(self) -> None:
        """Play what is looked at, and go back to where it was when that is over."""
        look = self._session.look
        if look is not None:
            if self._before_look is None:
                self._before_look = (self._session.playhead, self.rate)
                self._session.seek(look.span[0])
            self.play()
        elif self._before_look is not None:
            (playhead, rate), self._before_look = self._before_look, None
            self.pause()
            self._session.seek(playhead)
            if rate:
                self.play(rate)

    def _load_sound(self) -> None:
        """Decode what can be heard and is not there yet."""
        document = self._session.document
        if document is None:
            return
        wanted = [document.song]
        if self._mixer.choice != "song":
            wanted += [take.path for take in document.takes]
        self._hear_decoded()
        new = tuple(path for path in wanted if path not in self._wanted)
        if new:
            self._wanted += new
            self._decoding = self._runner.start(partial(decoding, new))

    def _take_sound(self, number: int, decoded: dict[Path, Any]) -> None:
        self._decoded |= decoded
        self._hear_decoded()

    def _hear_decoded(self) -> None:
        """Hand what is decoded to what plays it, under the takes' numbers of now."""
        document = self._session.document
        if document is None:
            return
        self._mixer.song = self._decoded.get(document.song)
        self._mixer.camera = {
            index: self._decoded[take.path]
            for index, take in enumerate(document.takes)
            if take.path in self._decoded and take.path != document.song
        }
        if self.playing and not self._speaker.playing:
            self._restart_sound()
