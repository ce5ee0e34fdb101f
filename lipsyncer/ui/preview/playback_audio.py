"""What is heard in the preview: the song, the camera's sound moved as the picture is, or both."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QIODevice, QObject
from PyQt6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs import Progress
from lipsyncer.media import read_audio

log = logging.getLogger(__name__)

Choice = Literal["song", "camera", "both"]
Samples = npt.NDArray[np.int16]

RATE = 48_000
_BYTES = 4
"""Of one moment: two channels of 16 bits."""
_BUFFER = 0.2
"""Seconds that the device keeps: what the window may be busy for without a click in the sound."""


def decoding(paths: Sequence[Path]) -> Generator[Progress, None, dict[Path, Samples]]:
    """Decode files for playback, as a job for the worker.

    Returns
    -------
    int16 (n, 2) at 48 kHz for each file that has sound.
    """
    decoded: dict[Path, Samples] = {}
    for number, path in enumerate(paths):
        yield Progress("sound", number / len(paths))
        try:
            samples = read_audio(path, rate=RATE, mono=False)
        except LipsyncerError:
            log.info("no sound to play in %s", path.name, exc_info=True)
            continue
        stereo = samples[:, :2] if samples.shape[1] >= 2 else np.repeat(samples, 2, axis=1)
        yield Progress("sound", (number + 0.5) / len(paths))
        decoded[path] = np.clip(stereo * 32767.0, -32768, 32767).astype(np.int16)
    return decoded


class Mixer:
    """Gives any stretch of what is to be heard.

    Attributes
    ----------
    song, camera
        int16 (n, 2) of the song, and of each take that has sound.
    choice
        What is to be heard.
    time_map
        Moves the camera's sound as the picture is moved.
    """

    def __init__(self) -> None:
        self.song: Samples | None = None
        self.camera: dict[int, Samples] = {}
        self.choice: Choice = "song"
        self.time_map: TimeMap | None = None

    def stretch(self, first: int, count: int) -> Samples:
        """Give ``count`` moments of sound from moment ``first`` of the song, int16 (count, 2)."""
        mixed = np.zeros((count, 2), np.int32)
        if self.choice != "camera" and self.song is not None:
            mixed += _slice(self.song, first, count)
        if self.choice != "song" and self.time_map is not None and self.camera:
            times = (first + np.arange(count)) / RATE
            takes, sources = self.time_map.sources_at(times)
            first_shown, end = self.time_map.span
            within = (times >= first_shown) & (times < end)
            for take, samples in self.camera.items():
                at = np.round(sources * RATE).astype(np.int64)
                shown = within & (takes == take) & (at < len(samples))
                mixed[shown] += samples[at[shown]]
        return np.clip(mixed, -32768, 32767).astype(np.int16)


def _slice(samples: Samples, first: int, count: int) -> Samples:
    cut = np.zeros((count, 2), np.int16)
    start, stop = max(first, 0), min(first + count, len(samples))
    if stop > start:
        cut[start - first : stop - first] = samples[start:stop]
    return cut


class Speaker(QObject):
    """A sound device that is fed from a mixer; it may turn out that there is none."""

    def __init__(self, mixer: Mixer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mixer = mixer
        self._sink: QAudioSink | None = None
        self._device: QIODevice | None = None
        self._first = 0
        self._next = 0
        self._volume = 1.0

    def set_volume(self, volume: float) -> None:
        """Play louder or softer, 0 to 1 of what is set for the device."""
        self._volume = volume
        if self._sink is not None:
            self._sink.setVolume(volume**2)  # an ear hears ratios

    @property
    def playing(self) -> bool:
        """Whether sound comes out."""
        return self._device is not None

    def play(self, song_time: float) -> None:
        """Play from a song time (s) on, if there is a device."""
        self.stop()
        output = QMediaDevices.defaultAudioOutput()
        if output.isNull():
            return
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not output.isFormatSupported(form):
            log.warning("the sound device does not play 48 kHz stereo")
            return
        self._sink = QAudioSink(output, form, self)
        self._sink.setBufferSize(round(_BUFFER * RATE) * _BYTES)
        self._sink.setVolume(self._volume**2)
        self._device = self._sink.start()
        self._first = self._next = round(song_time * RATE)
        self.feed()

    def feed(self) -> None:
        """Fill the device's buffer; to be called more often than it runs empty."""
        if self._sink is None or self._device is None:
            return
        free = self._sink.bytesFree() // _BYTES
        if free > 0:
            samples = self._mixer.stretch(self._next, free)
            written = self._device.write(samples.tobytes())
            self._next += max(written, 0) // _BYTES

    @property
    def heard(self) -> float | None:
        """Song time (s) that leaves the device now; None where nothing plays yet."""
        if self._sink is None or self._device is None:
            return None
        waiting = (self._sink.bufferSize() - self._sink.bytesFree()) // _BYTES
        played = self._next - waiting
        return played / RATE if played > self._first else None

    def stop(self) -> None:
        """Play no more."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
        self._sink = self._device = None
