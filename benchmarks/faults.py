"""Spoilt files by the thousand: media, projects, lyrics, settings and weights, mutated by a seed.

    python -m benchmarks.faults [--seed 0] [--media 1000] [--projects 2000] [--lyrics 200]
        [--settings 200] [--weights 200] [--workers 2] [--keep FOLDER]

Small valid files are made first; each case is one of them with a few mutations, which its number
and the seed decide. Worker processes with limits of memory and time read it through everything
that the program does with such a file. The table says how each kind came out:

- fine: it was read; sentence: it was refused with a sentence that a user can act on;
- fault: another exception; crash: the process died; hang: it did not end in time;
- memory: it took more than 2 GB; left: files were left behind beside the output.

Cases that came out badly are kept with what was raised. The exit code is 1 where there are any.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.handoff.write import write_handoff
from lipsyncer.media import FrameReader, conform, probe, proxy_frames, read_audio
from lipsyncer.media.delivery import measure
from lipsyncer.media.shift import shift_picture
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.project import Project, load_project, save_project
from lipsyncer.render import DEFAULT, render
from lipsyncer.render.overlays.lyrics import read_lyrics
from lipsyncer.render.retime import plan_frames
from lipsyncer.render.target import writing
from lipsyncer.resources import resource
from lipsyncer.settings.export_choices import load_kept
from lipsyncer.settings.preferences import load_preferences

KINDS = ("media", "projects", "lyrics", "settings", "weights")
OUTCOMES = ("fine", "sentence", "fault", "crash", "hang", "memory", "left")
PATIENCE = 60.0  # s a case may take
MOST_MEMORY = 2 * 2**30  # bytes
WORK = "from benchmarks.faults import work; work()"
RATE, SIZE, SECONDS = 15, (96, 160), 2.5

FORMATS = {
    "mp4": ("libx264", "aac", {}),
    "fragmented.mp4": ("libx264", "aac", {"movflags": "frag_keyframe+empty_moov"}),
    "mov": ("libx264", "pcm_s16le", {}),
    "webm": ("libvpx-vp9", "libopus", {}),
    "mkv": ("libx264", "flac", {}),
    "ts": ("libx264", "mp2", {}),
    "avi": ("mpeg4", "mp2", {}),
    "flv": ("flv", "libmp3lame", {}),
    "mpg": ("mpeg2video", "mp2", {}),
    "mp3": (None, "libmp3lame", {}),
    "m4a": (None, "aac", {}),
    "wav": (None, "pcm_s16le", {}),
    "ogg": (None, "libvorbis", {}),
    "opus": (None, "libopus", {}),
    "flac": (None, "flac", {}),
}


# Seeds


def make_media(folder: Path) -> list[Path]:
    """One small file of each format: a bar that moves, and a tone."""
    paths = []
    for suffix, (picture_codec, sound_codec, options) in FORMATS.items():
        path = folder / f"seed.{suffix}"
        rate = 44_100 if suffix in ("flv", "mp3") else 48_000
        with av.open(str(path), "w", options=options) as target:
            picture: Any = None
            if picture_codec is not None:
                frames_per_second = 25 if suffix == "mpg" else RATE  # as MPEG allows
                picture = target.add_stream(picture_codec, rate=frames_per_second)
                picture.width, picture.height = SIZE
                picture.pix_fmt = "yuv420p"
            sound: Any = target.add_stream(sound_codec, rate=rate, layout="mono")
            if picture is not None:
                for number in range(round(SECONDS * frames_per_second)):
                    frame = np.full((SIZE[1], SIZE[0], 3), 60, np.uint8)
                    frame[(4 * number) % 120 :][:40] = 200
                    target.mux(picture.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
                target.mux(picture.encode(None))
            wave = 0.3 * np.sin(np.arange(round(SECONDS * rate)) * 2 * np.pi * 440 / rate)
            tone = av.AudioFrame.from_ndarray(
                wave.astype(np.float32)[None], format="fltp", layout="mono"
            )
            tone.sample_rate, tone.pts, tone.time_base = rate, 0, Fraction(1, rate)
            target.mux(sound.encode(tone))
            target.mux(sound.encode(None))
        paths.append(path)
    return paths


def make_projects(folder: Path) -> list[Path]:
    """A project of two takes with jumps and a rest, one of one take, and one without media."""
    song, take = folder / "seed.wav", folder / "seed.mp4"
    segments = (
        Segment(0.0, 1.0, 0, 0.2, 1.2, "matched", 0.9),
        Segment(1.0, 1.5, 1, 0.0, 0.0, "gap", 0.5),
        Segment(1.5, 2.4, 1, 0.4, 1.3, "matched", 0.8, locked=True),
    )
    two = Document(song, 2.5, (Take(take, 2.5), Take(folder / "seed.mkv", 2.5)), segments)
    one = Document(song, 2.5, (Take(take, 2.5),), (Segment(0.0, 2.4, 0, 0.0, 2.4, "matched", 1.0),))
    lost = replace(one, song=folder / "lost.wav")
    paths = []
    for name, document in (("two", two), ("one", one), ("lost", lost)):
        paths.append(folder / f"{name}.lipsync")
        save_project(Project(document, document, {}, {"playhead": 1.0}), paths[-1])
    return paths


def make_texts(folder: Path, kind: str) -> list[Path]:
    """Lyrics of each kind and encoding, or settings of both kinds."""
    if kind == "lyrics":
        contents = {
            "seed.lrc": "[offset:+100]\n[00:01.00]one <00:01.50>two\n[00:02.00]drei äöü\n".encode(),
            "seed.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\ntwo\n\n" * 3,
            "seed.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\none\n",
            "chinese.lrc": "[00:01.00]你好世界这是一首歌\n".encode("gb18030"),
            "korean.lrc": "[00:01.00]너의 목소리가 들려\n".encode("cp949"),
        }
    else:
        contents = {
            "preferences.json": b'{"language": "de", "nudge": 40, "encoder": "software"}',
            "export.json": b'{"choices": {"jumps": "cut", "fade_in": 2.0}, "lyrics": {}, '
            b'"more": true}',
        }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def make_seeds(folder: Path) -> dict[str, list[Path]]:
    """Valid files of each kind."""
    media = make_media(folder)
    weights = folder / "seed.safetensors"
    shutil.copy(resource("models", "lipsync.safetensors"), weights)
    return {
        "media": media,
        "projects": make_projects(folder),
        "lyrics": make_texts(folder, "lyrics"),
        "settings": make_texts(folder, "settings"),
        "weights": [weights],
    }


# Mutations


def spoil_bytes(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, cut, repeat, exchange or join parts."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        # Headers are at the front of most formats, and most that can go wrong is in them.
        reach = len(spoilt) if chance.random() < 0.5 else min(len(spoilt), 2048)
        place = chance.randrange(max(1, reach))
        length = chance.choice((1, 4, 16, 256, 4096))
        way = chance.randrange(9)
        if way <= 2 and spoilt:
            spoilt[min(place, len(spoilt) - 1)] ^= 1 << chance.randrange(8)
        elif way == 3:
            number = chance.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF))
            order = chance.choice(("big", "little"))
            spoilt[place : place + 4] = number.to_bytes(4, order)  # type: ignore[arg-type]
        elif way == 4:
            spoilt[place : place + length] = bytes(length)
        elif way == 5:
            spoilt[place : place + length] = chance.randbytes(length)
        elif way == 6:
            del spoilt[place : place + length]
        elif way == 7:
            spoilt[place:place] = spoilt[place : place + length]
        else:
            cut = chance.randrange(max(1, len(spoilt)))
            spoilt = spoilt[:cut] if chance.random() < 0.7 else spoilt[:cut] + other
    return bytes(spoilt)


ODD: list[Any] = [
    *(None, True, "", "x" * 5000, "a\0b", "\udcff", "../" * 40, [], {}, [[[]]], -1, 0, 1, 2**63),
    *(1e12, -1e12, 1e308, 5e-324, float("nan"), float("inf"), 0.5, 10**400, "1.0", "/dev/zero"),
]


def spoil_values(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change a few values of a JSON file, by its structure, or its bytes."""
    if chance.random() < 0.2:
        return spoil_bytes(data, other, chance)
    values = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        holder, key = chance.choice(list(_places(values)) or [(None, None)])
        if holder is None:
            break
        way = chance.randrange(8)
        if way == 0:
            del holder[key]
        elif way == 1 and isinstance(holder, list):
            holder.extend(copy.deepcopy([holder[key]] * chance.choice((1, 50))))
        elif way >= 2 and isinstance(holder[key], (int, float)) and chance.random() < 0.8:
            factor = chance.choice((-1, 0.5, 1.0001, 10, 1e9))
            with contextlib.suppress(OverflowError):
                holder[key] = holder[key] * factor
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _places(values: Any) -> Iterator[tuple[Any, Any]]:
    """All (container, key) pairs of nested lists and dicts."""
    keys: Any = ()
    if isinstance(values, dict):
        keys = list(values)
    elif isinstance(values, list):
        keys = range(len(values))
    for key in keys:
        yield values, key
        yield from _places(values[key])


def spoil_weights(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change the header of a safetensors file by its structure, or its bytes."""
    if chance.random() < 0.3:
        return spoil_bytes(data, other, chance)
    length = int.from_bytes(data[:8], "little")
    header = spoil_values(data[8 : 8 + length], b"", chance)
    header += b" " * (-len(header) % 8)
    return len(header).to_bytes(8, "little") + header + data[8 + length :]


SPOIL: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {
    "media": spoil_bytes,
    "projects": spoil_values,
    "lyrics": spoil_bytes,
    "settings": spoil_values,
    "weights": spoil_weights,
}


# What is done with a file


def use_media(path: Path, folder: Path) -> None:
    """Read a file as song and as take, render a second of it, and move its picture."""
    info = probe(path)
    measure(path)
    if info.audio is not None:
        read_audio(info, rate=16_000)
    if info.video is None:
        return
    proxy = finish(conform(path, info, cache_dir=folder / "cache"))
    for _ in islice(proxy_frames(proxy), 3):
        pass
    with FrameReader(info) as reader:
        for moment in (0.0, info.duration / 2, info.duration, 0.1):
            reader.frame_at(moment)
    length = min(1.0, info.duration)
    segment = Segment(0.0, length, 0, 0.0, length, "matched", 1.0)
    song = path if info.audio is not None else path.parent / "seed.wav"
    document = Document(song, length, (Take(path, info.duration),), (segment,))
    finish(render(document, folder / "out.mp4", replace(DEFAULT, x264_preset="ultrafast")))
    write_handoff(document, folder / "out.otio", [])
    if info.audio is not None:
        target = folder / "shifted.mp4"
        # As the command line does: MP4 does not take all streams, and not all can be copied.
        with contextlib.suppress(ValueError), writing(target):
            shift_picture(info, target, 0.1)


def use_project(path: Path, folder: Path) -> None:
    """Open a project, plan its frames, and save it again."""
    project = load_project(path)
    plan = plan_frames(project.document, Fraction(30))
    TimeMap(project.document).song_at_output(np.array([0.0, float(plan.duration)]))
    save_project(project, folder / "again.lipsync")
    load_project(folder / "again.lipsync")


def use_settings(path: Path, folder: Path) -> None:
    """Read preferences and export choices."""
    load_preferences(path)
    load_kept(path)


USE: dict[str, Callable[[Path, Path], object]] = {
    "media": use_media,
    "projects": use_project,
    "lyrics": lambda path, folder: read_lyrics(path),
    "settings": use_settings,
    "weights": lambda path, folder: load_weights(path),
}


def work() -> None:
    """Be a worker: read cases (JSON) from the input, answer with how each came out (JSON)."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    with contextlib.suppress(ImportError, ValueError):
        import resource as limits

        limits.setrlimit(limits.RLIMIT_AS, (8 * 2**30, 8 * 2**30))
        limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        kind, path = json.loads(line)
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here on
        outcome, said = "fine", ""
        with tempfile.TemporaryDirectory(prefix="lipsyncer-case-") as name:
            try:
                USE[kind](Path(path), Path(name))
            except LipsyncerError as error:
                outcome, said = "sentence", str(error)
            except BaseException:
                outcome, said = "fault", traceback.format_exc()
            left = [p.name for p in Path(name).iterdir() if p.name.startswith(".")]
            if left and outcome in ("fine", "sentence"):
                outcome, said = "left", ", ".join(left)
        if _peak() > MOST_MEMORY and outcome != "fault":
            outcome, said = "memory", f"{_peak() / 2**30:.1f} GB; {said}"
        print(json.dumps([outcome, said]), file=answers, flush=True)


def _peak() -> int:
    """Bytes of memory that this process held at most since the peak was reset; 0 if unknown."""
    with contextlib.suppress(OSError, StopIteration):
        status = Path("/proc/self/status").read_text().splitlines()
        return 1024 * int(next(row for row in status if row.startswith("VmHWM")).split()[1])
    return 0


class Worker:
    """A worker process, started anew where a case ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(self, kind: str, path: Path) -> tuple[str, str]:
        """Give the outcome of a case and what was said."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", WORK],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=Path(__file__).parents[1],
                start_new_session=True,
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(PATIENCE, give_up)
        timer.start()
        try:
            process.stdin.write(json.dumps([kind, str(path)]) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            timer.cancel()
        if answer:
            outcome, said = json.loads(answer)
            return outcome, said
        self.close()
        if late.is_set():
            return "hang", f"more than {PATIENCE:g} s"
        return "crash", f"exit code {process.returncode}"

    def close(self) -> None:
        """End the process and those that it started."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.communicate()


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def campaign(
    counts: dict[str, int], seed: int, workers: int, keep: Path | None
) -> dict[str, Counter[str]]:
    """Run all cases and count how each kind came out."""
    tables: dict[str, Counter[str]] = {kind: Counter() for kind in counts}
    with tempfile.TemporaryDirectory(prefix="lipsyncer-faults-") as name:
        folder = Path(name)
        seeds = make_seeds(folder)
        local = threading.local()
        started: list[Worker] = []

        def case(kind: str, number: int) -> None:
            if not hasattr(local, "worker"):
                local.worker = Worker()
                started.append(local.worker)
            chance = random.Random(f"{seed} {kind} {number}")
            source, other = chance.choice(seeds[kind]), chance.choice(seeds[kind])
            spoilt = SPOIL[kind](source.read_bytes(), other.read_bytes(), chance)
            path = folder / f"{kind}-{number}-{source.name}"
            path.write_bytes(spoilt)
            outcome, said = local.worker.run(kind, path)
            tables[kind][outcome] += 1
            if outcome not in ("fine", "sentence") and keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, keep / f"{outcome}-{seed}-{path.name}")
                note = keep / f"{outcome}-{seed}-{path.name}.txt"
                note.write_text(said, encoding="utf-8", errors="backslashreplace")
            path.unlink()

        try:
            with ThreadPoolExecutor(workers) as pool:
                cases = [(kind, n) for kind, count in counts.items() for n in range(count)]
                for _ in pool.map(lambda pair: case(*pair), cases):
                    pass
        finally:
            for worker in started:
                worker.close()
    return tables


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--seed", type=int, default=0)
    for kind, count in zip(KINDS, (1000, 2000, 200, 200, 200), strict=True):
        parser.add_argument(f"--{kind}", type=int, default=count, help="cases")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, default=Path("faults"), help="for what came out badly")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    counts = {kind: getattr(options, kind) for kind in KINDS}
    tables = campaign(counts, options.seed, options.workers, options.keep)
    print(f"| seed {options.seed} | cases | {' | '.join(OUTCOMES)} |")
    print("|---" * (len(OUTCOMES) + 2) + "|")
    for kind, table in tables.items():
        cells = (str(table[outcome]) for outcome in OUTCOMES)
        print(f"| {kind} | {counts[kind]} | {' | '.join(cells)} |")
    bad = sum(t[o] for t in tables.values() for o in OUTCOMES if o not in ("fine", "sentence"))
    print(f"\n{time.perf_counter() - began:.0f} s; {bad} came out badly.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
