"""Music to lay beneath voices: random chords, bass, melody and drums of General MIDI.

Made when it is needed by fluidsynth and a sound font from the system (on Debian: fluidsynth and
fluid-soundfont-gm), so that no recording is needed.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import LipsyncerError, is_file
from lipsyncer.features.log_mel import SAMPLE_RATE, mel_power

_SOUND_FONTS = (
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/sounds/sf2/default-GM.sf2",
    "/usr/share/soundfonts/FluidR3_GM.sf2",
    "/opt/homebrew/share/soundfonts/default.sf2",
)
_TICKS = 96  # of a quarter note
_CHORD_PROGRAMS = (0, 4, 5, 19, 24, 25, 27, 28, 29, 30, 48, 50, 51, 61, 62, 80, 81, 88, 89, 90)
_BASS_PROGRAMS = (32, 33, 34, 36, 38, 39)
_LEAD_PROGRAMS = (11, 12, 40, 56, 65, 66, 68, 73, 75, 80, 81, 26, 30)
_PROGRESSIONS = ((0, 7, 9, 5), (9, 5, 0, 7), (0, 9, 5, 7), (2, 7, 0, 9), (0, 5, 7, 5), (9, 7, 5, 4))

_Event = tuple[int, bytes]


def music_bank(pieces: int, seconds: float, seed: int) -> Float32s:
    """Mel powers (columns, 80) of ``random_music``, one piece after the other."""
    return np.concatenate([mel_power(piece) for piece in random_music(pieces, seconds, seed)])


def random_music(pieces: int, seconds: float, seed: int) -> list[Float32s]:
    """Random pieces of music, mono at 16 kHz; another seed gives others.

    Raises
    ------
    LipsyncerError
        When fluidsynth or a sound font is not installed.
    """
    program = shutil.which("fluidsynth")
    font = next((f for f in _SOUND_FONTS if is_file(Path(f))), None)
    if program is None or font is None:
        raise LipsyncerError(
            "Music is made with fluidsynth and a General MIDI sound font; install both (Debian: "
            "fluidsynth, fluid-soundfont-gm), or train with --no-music and evaluate without it."
        )
    rng = np.random.default_rng(seed)
    music = []
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder, "piece.mid"), Path(folder, "piece.wav")
        for _ in range(pieces):
            midi.write_bytes(random_piece(rng, seconds))
            subprocess.run(
                [program, "-ni", "-q", "-g", "0.6", "-r", str(SAMPLE_RATE), "-F", wave, font, midi],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            samples, _ = soundfile.read(wave, dtype="float32")
            music.append(samples.mean(axis=1)[: int(seconds * SAMPLE_RATE)])
    return music


def random_piece(rng: np.random.Generator, seconds: float) -> bytes:
    """A piece of music as a standard MIDI file: one tempo, one key, up to four parts."""
    tempo = float(rng.uniform(70, 160))
    bars = int(np.ceil(seconds * tempo / 240)) + 1
    key = int(rng.integers(48, 60))
    progression = _PROGRESSIONS[int(rng.integers(len(_PROGRESSIONS)))]
    events: list[_Event] = [(0, b"\xff\x51\x03" + struct.pack(">I", int(60e6 / tempo))[1:])]
    if rng.random() < 0.95:
        events += _chords(rng, bars, key, progression)
    if rng.random() < 0.85:
        events += _bass(rng, bars, key, progression)
    if rng.random() < 0.5:
        events += _lead(rng, bars, key)
    if rng.random() < 0.8:
        events += _drums(rng, bars)
    events.sort(key=lambda event: event[0])
    body, now = b"", 0
    for tick, data in events:
        body += _variable_length(tick - now) + data
        now = tick
    body += b"\x00\xff\x2f\x00"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS)
    return head + b"MTrk" + struct.pack(">I", len(body)) + body


def _variable_length(value: int) -> bytes:
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(value & 0x7F | 0x80)
    return bytes(reversed(out))


def _note(channel: int, start: float, length: float, pitch: int, velocity: float) -> list[_Event]:
    """One note; start and length in quarter notes."""
    loud = int(np.clip(velocity, 1, 127))
    on, off = int(start * _TICKS), int((start + length) * _TICKS)
    return [
        (on, bytes((0x90 | channel, pitch, loud))),
        (max(off, on + 1), bytes((0x80 | channel, pitch, 0))),
    ]


def _program(channel: int, programs: tuple[int, ...], rng: np.random.Generator) -> list[_Event]:
    return [(0, bytes((0xC0 | channel, programs[int(rng.integers(len(programs)))])))]


def _chord(key: int, root: int) -> list[int]:
    third = 3 if root in (2, 4, 9) else 4
    return [key + root, key + root + third, key + root + 7]


def _chords(
    rng: np.random.Generator, bars: int, key: int, progression: tuple[int, ...]
) -> list[_Event]:
    events = _program(0, _CHORD_PROGRAMS, rng)
    rhythm = float(rng.choice([4.0, 2.0, 1.0, 0.5]))
    arpeggio = rng.random() < 0.3
    level = rng.uniform(50, 100)
    for bar in range(bars):
        pitches = _chord(key, progression[bar % len(progression)])
        for step, at in enumerate(np.arange(0, 4, rhythm)):
            chosen = [pitches[step % 3]] if arpeggio else pitches
            for pitch in chosen:
                events += _note(
                    0, bar * 4 + at, rhythm * 0.95, pitch + 12, level + rng.normal(0, 6)
                )
    return events


def _bass(
    rng: np.random.Generator, bars: int, key: int, progression: tuple[int, ...]
) -> list[_Event]:
    events = _program(1, _BASS_PROGRAMS, rng)
    rhythm = float(rng.choice([4.0, 2.0, 1.0, 0.5]))
    for bar in range(bars):
        root = key + progression[bar % len(progression)] - 24
        for at in np.arange(0, 4, rhythm):
            pitch = root + (7 if rng.random() < 0.15 else 0)
            events += _note(1, bar * 4 + at, rhythm * 0.9, pitch, rng.uniform(70, 110))
    return events


def _lead(rng: np.random.Generator, bars: int, key: int) -> list[_Event]:
    events = _program(2, _LEAD_PROGRAMS, rng)
    scale = (0, 2, 4, 7, 9, 12, 14, 16)
    at, degree = 0.0, 3
    while at < bars * 4:
        length = float(rng.choice([0.25, 0.5, 0.5, 1.0, 2.0]))
        degree = int(np.clip(degree + rng.integers(-2, 3), 0, len(scale) - 1))
        if rng.random() < 0.75:
            events += _note(2, at, length * 0.9, key + 12 + scale[degree], rng.uniform(50, 100))
        at += length
    return events


def _drums(rng: np.random.Generator, bars: int) -> list[_Event]:
    events: list[_Event] = []
    kick = rng.random(8) < np.array([1, 0.1, 0.3, 0.2, 0.7, 0.2, 0.3, 0.2])
    hats = float(rng.choice([1.0, 0.5, 0.25]))
    level = rng.uniform(60, 115)
    for bar in range(bars):
        for eighth in np.flatnonzero(kick):
            events += _note(9, bar * 4 + eighth / 2, 0.2, 36, level)
        for beat in (1, 3):
            events += _note(9, bar * 4 + beat, 0.2, 38 if rng.random() < 0.9 else 39, level)
        for at in np.arange(0, 4, hats):
            events += _note(9, bar * 4 + at, 0.1, 42, level * 0.7)
        if bar % 4 == 0:
            events += _note(9, bar * 4, 0.5, 49, level * 0.8)
    return events
