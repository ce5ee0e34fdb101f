"""How well the song is found in the sound of a simulated camera, and how others find it.

    python -m benchmarks.camera_sound [--takes 60] [--songs 8] [--peers PYTHON]

Songs are the demo's and, where fluidsynth is installed, random General MIDI with the demo's voice.
Each take hears 8 to 60 s of one through a random loudspeaker and room, with noise at a given level,
a clock of its own (up to 200 ppm) and AAC at 64 to 128 kbit/s; see tests/loudspeaker.py. It is then
looked for in its own song and in another one.

Columns: error of the map at every twenty-fifth of a second of take (median and 99th percentile over
all takes, in ms); takes whose error stays within 20 ms all along; takes found in their own song,
and known not to be in another one. A tool that answers with one offset is granted no drift; one
that gives no verdict has none.

``--peers`` names the Python of an environment with audio-offset-finder, syncstart and audalign,
which can't be installed beside Lipsyncer: they bring another build of OpenCV and old setuptools.
They are the dependency group ``peers`` (pip 25.1 and newer), and want ffmpeg and
ffprobe on the PATH.

    python -m venv peers && peers/bin/pip install --upgrade pip
    peers/bin/pip install --group pyproject.toml:peers
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from loudspeaker import random_scene, record

from lipsyncer.alignment.camera_sound import listen
from lipsyncer.arrays import Float64s
from lipsyncer.demo import make_song
from lipsyncer.demo.song import perform
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.media import read_audio
from lipsyncer.training.music import _SOUND_FONTS, random_piece

RATE = 44_100
LONGEST, SHORTEST = 60.0, 8.0
SNRS = (10.0, 0.0, -5.0, -10.0)
PEERS = ("audio-offset-finder", "syncstart", "audalign")
NEAR = 20.0  # ms

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Take:
    """A simulated recording: take = offset + (1 + drift) * song, seconds."""

    path: Path
    song: int
    other: int
    offset: float
    drift: float
    seconds: float

    def errors(self, offset: float, drift: float) -> Float64s:
        """Milliseconds by which a line misses the truth, all along the take."""
        times = np.arange(0, self.seconds, 0.04)
        song = (times - self.offset) / (1 + self.drift)
        missed: Float64s = np.abs(offset + (1 + drift) * song - times)
        return 1000 * missed


@dataclass
class Score:
    """What one tool has made of the takes at one level of noise."""

    errors: list[Float64s] = field(default_factory=list)
    found: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.camera_sound")
    parser.add_argument("--takes", type=int, default=60, help="of each level of noise")
    parser.add_argument("--songs", type=int, default=8)
    parser.add_argument("--length", type=float, default=120.0, help="seconds of each song")
    parser.add_argument("--snr", type=float, nargs="+", default=SNRS, help="dB")
    parser.add_argument("--peers", type=Path, help="Python that has the other tools")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lipsyncer-camera-sound-") as name:
        folder = Path(name)
        songs = make_songs(folder, arguments.songs, arguments.length)
        heard = [soxr.resample(song, RATE, SAMPLE_RATE).astype(np.float32) for song in songs]
        print(
            f"{len(songs)} songs of {arguments.length:.0f} s, {arguments.takes} takes of "
            f"{SHORTEST:.0f} to {LONGEST:.0f} s at each level of noise"
        )
        print(
            f"{'':22}{'SNR':>5}{'median':>9}{'99 %':>10}{'in 20 ms':>10}{'own found':>11}"
            f"{'other known':>13}{'s a take':>10}"
        )
        for snr in arguments.snr:
            takes = make_takes(folder, songs, arguments.takes, snr)
            show("Lipsyncer", snr, ours(takes, heard))
            if arguments.peers:
                for peer, score in theirs(arguments.peers, folder, takes).items():
                    show(peer, snr, score)
        if not arguments.peers:
            print(f"{', '.join(PEERS)}: skipped, as --peers names no Python that has them")


def make_songs(folder: Path, count: int, seconds: float) -> list[Samples]:
    """Demo songs, and every other one with music by fluidsynth instead."""
    songs = []
    for seed in range(count):
        backing = midi_music(folder, seed, seconds) if seed % 2 else None
        if backing is None:
            song = make_song(seconds, seed=100 + seed).samples.mean(axis=1)
        else:
            voice = perform(seconds, seed=100 + seed).voice
            song = np.zeros(round(seconds * RATE), np.float32)
            for part in (voice / np.std(voice), backing / max(float(np.std(backing)), 1e-9)):
                song[: len(part)] += part[: len(song)]
        song = (0.8 * song / np.abs(song).max()).astype(np.float32)
        soundfile.write(folder / f"song{seed}.wav", song, RATE)
        songs.append(song)
    return songs


def midi_music(folder: Path, seed: int, seconds: float) -> Samples | None:
    program = shutil.which("fluidsynth")
    font = next((path for path in _SOUND_FONTS if Path(path).is_file()), None)
    if program is None or font is None:
        return None
    midi, wave = folder / "piece.mid", folder / "piece.wav"
    midi.write_bytes(random_piece(np.random.default_rng((seed, 5)), seconds))
    command = [program, "-ni", "-q", "-g", "0.6", "-r", str(RATE)]
    command += ["-F", str(wave), font, str(midi)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples, _ = soundfile.read(wave, dtype="float32")
    return np.asarray(samples.mean(axis=1), np.float32)


def make_takes(folder: Path, songs: list[Samples], count: int, snr: float) -> list[Take]:
    takes = []
    for number in range(count):
        rng = np.random.default_rng((number, round(snr) + 100))
        song = number % len(songs)
        length = len(songs[song]) / RATE
        seconds = float(rng.uniform(SHORTEST, min(LONGEST, length - 2)))
        offset = -float(rng.uniform(0, length - seconds - 1))
        drift = float(rng.uniform(-200e-6, 200e-6))
        # Only what the take may hear is worth playing.
        first = max(0, round((-offset - 1) * RATE))
        played = songs[song][first : first + round((seconds + 3) * RATE)]
        heard = record(
            played,
            RATE,
            seconds,
            offset=offset + (1 + drift) * first / RATE,
            drift=drift,
            scene=random_scene(rng, snr),
            seed=number,
        )
        path = folder / f"take{snr:+.0f}-{number}.wav"
        heard = through_codec(heard, folder / "take.m4a", int(rng.choice((64, 96, 128))))
        soundfile.write(path, heard, RATE)
        other = int((song + 1 + rng.integers(len(songs) - 1)) % len(songs))
        takes.append(Take(path, song, other, offset, drift, seconds))
    return takes


def through_codec(samples: Samples, place: Path, kilobits: int) -> Samples:
    with av.open(str(place), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = 1000 * kilobits
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return read_audio(place, rate=RATE)


def ours(takes: list[Take], songs: list[Samples]) -> Score:
    score = Score()
    for take in takes:
        recording = read_audio(take.path, rate=SAMPLE_RATE)
        began = time.perf_counter()
        sound = listen(songs[take.song], recording)
        score.seconds.append(time.perf_counter() - began)
        score.found.append(sound.found)
        if sound.found:
            score.errors.append(take.errors(sound.longest.offset, sound.longest.drift))
        score.refused.append(not listen(songs[take.other], recording).found)
    return score


def theirs(python: Path, folder: Path, takes: list[Take]) -> dict[str, Score]:
    """Ask the other tools, in a process of their own."""
    pairs = [
        [str(folder / f"song{song}.wav"), str(take.path)]
        for take in takes
        for song in (take.song, take.other)
    ]
    script = Path(__file__).with_name("sound_peers.py")
    ended = subprocess.run(
        [str(python), str(script), *PEERS],
        input=json.dumps(pairs),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "MPLBACKEND": "Agg"},
        check=True,
    )
    scores = {}
    for peer, answers in json.loads(ended.stdout).items():
        if answers is None:
            print(f"{peer}: skipped, as it is not installed in {python}")
            continue
        score = scores[peer] = Score()
        for number, take in enumerate(takes):
            own, other = answers[2 * number], answers[2 * number + 1]
            if own["error"]:
                print(f"{peer}: {own['error']}")
                continue
            score.seconds.append(own["seconds"])
            if own["offset"] is not None:
                score.errors.append(take.errors(own["offset"], 0.0))
            if own["found"] is not None:
                score.found.append(own["found"])
                score.refused.append(not other["found"])
    return scores


def show(name: str, snr: float, score: Score) -> None:
    def share(flags: list[bool]) -> str:
        return f"{sum(flags)}/{len(flags)}" if flags else "-"

    errors = np.concatenate(score.errors) if score.errors else np.array([np.nan])
    median, most = np.percentile(errors, [50, 99])
    near = [bool(error.max() <= NEAR) for error in score.errors]
    print(
        f"{name:22}{snr:5.0f}{median:9.2f}{most:10.2f}{share(near):>10}{share(score.found):>11}"
        f"{share(score.refused):>13}{np.median(score.seconds or [np.nan]):10.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
