"""Kills, interrupts and pauses at random moments: what is on disk afterwards?

    python -m benchmarks.kills [--kills 200] [--seed 0] [--seconds 6]

A short demo is made first. Then `align`, `export`, a window that analyses dropped files and one
whose user edits ten times a second are started again and again, each in a session of its own with
a home of its own, and sent SIGKILL, SIGTERM, SIGINT or SIGHUP, or SIGSTOP with SIGCONT a moment
later, at a random moment of the time that each takes when it is left alone. The table counts:

- broken: a file under its final name that is neither what was there before nor whole;
- left: a partial file after a signal that can be caught, or two after SIGKILL;
- lost: an edit older than the autosave's seconds that neither project nor autosave has;
- alive: a process that goes on after its parent has ended;
- stuck: a program that did not end within a minute after a signal that ends it.

The lines below it say how often `align` and `export` were ended by a signal that reached them at
work; one that comes at the last moment finds them done.

At the end each command runs undisturbed with the same home and has to succeed. The exit code is 1
where anything is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.demo import make_demo
from lipsyncer.media import FrameReader, probe
from lipsyncer.progress import finish
from lipsyncer.project import load_project
from lipsyncer.project.autosave import recoverable

COUNTED = ("broken", "left", "lost", "alive", "stuck")
SIGNALS = ("KILL", "TERM", "INT", "HUP", "STOP")
PATIENCE = 60.0  # s
AUTOSAVE = 1  # s, set in the preferences of the windows
SLACK = 2.0  # s in which a busy machine may be late with an autosave
FRAMING = 1e-4  # how far an edit moves the picture: the saved framing tells the edit's number

WINDOW = """
import sys, time
from dataclasses import replace
from pathlib import Path
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
from lipsyncer.edit import edits
from lipsyncer.ui import app

FRAMING = {framing}
edited = 0

class Window(app.MainWindow):
    def __init__(self, preferences):
        super().__init__(replace(preferences, autosave_seconds={autosave}, new_result="wait"))
        self._beat = app.QTimer(self)
        self._beat.timeout.connect(self.beat)
        self._beat.start(100)

    def beat(self):
        global edited
        if self.session.document is None or {edits} == 0:
            return
        edited += 1
        if edited > {edits}:
            self.projects.save()
            self.close()
            return
        self.session.edit("Move", lambda document: edits.reframe(
            document, 0, edited * FRAMING, 0.0, 1.0))
        if edited % 40 == 0:
            self.projects.save()
        print(edited, time.time(), flush=True)

    def show(self):
        super().show()
        if {edits} == 0:
            self.session.analysed.connect(self.done)

    def done(self):
        if self.session.analysis is not None:
            self.projects.leave()
            self.session.undo_stack.setClean()
            self.close()

app.MainWindow = Window
sys.exit(app.run([Path(name) for name in sys.argv[1:]]))
"""

PROJECT = "import sys, lipsyncer; lipsyncer.align(*sys.argv[1:], force=True).save('cut.lipsync')"


@dataclass(frozen=True)
class Work:
    """A program that is started to be killed, and what it writes."""

    name: str
    command: tuple[str, ...]
    outputs: tuple[str, ...] = ()


def works(song: Path, take: Path) -> list[Work]:
    """What is started; outputs are names in the folder in which it runs."""
    lipsyncer = (sys.executable, "-m", "lipsyncer")

    def window(edits: int) -> tuple[str, ...]:
        script = WINDOW.format(framing=FRAMING, autosave=AUTOSAVE, edits=edits)
        return (sys.executable, "-c", script)

    align = ("align", str(song), str(take), "--force", "-o", "out.mp4", "--report", "out.json")
    return [
        Work("align", (*lipsyncer, *align), ("out.mp4", "out.json")),
        Work("export", (*lipsyncer, "export", "cut.lipsync", "-o", "tiktok.mp4"), ("tiktok.mp4",)),
        Work("import", (*window(0), str(song), str(take))),
        Work("edit", (*window(60), "cut.lipsync"), ("cut.lipsync",)),
    ]


class Place:
    """A folder and a home in which programs are started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.out = folder / "out"
        self.out.mkdir()
        self.environment = {
            **os.environ,
            **{
                f"XDG_{name}_HOME": str(self.home / name.lower())
                for name in ("CACHE", "DATA", "CONFIG", "STATE")
            },
            "HOME": str(self.home),
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_NUM_THREADS": "1",
        }

    def start(self, work: Work) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own."""
        with (
            (self.folder / "said").open("wb") as said,
            (self.folder / "erred").open("wb") as erred,
        ):
            return subprocess.Popen(
                work.command,
                cwd=self.out,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=erred,
                start_new_session=True,
            )

    def whole_run(self, work: Work) -> float:
        """Run a program undisturbed; how many seconds it took."""
        began = time.monotonic()
        process = self.start(work)
        try:
            code = process.wait(10 * PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit(f"{work.name}: does not end when it is left alone") from None
        if code:
            raise SystemExit(f"{work.name}: {(self.folder / 'erred').read_text()[-2000:]}")
        return time.monotonic() - began

    def disturb(self, work: Work, name: str, after: float) -> tuple[set[str], bool | None]:
        """Start a program, send it a signal after some seconds, and look at what is left.

        Returns
        -------
        wrong
            What is wrong, as the table counts it.
        heard
            Whether a command that was at work ended otherwise than by finishing it; None where it
            was done already, or where that can't be told.
        """
        before = {output: _bytes(self.out / output) for output in work.outputs}
        numbers = {output: _number(self.out / output) for output in work.outputs}
        process = self.start(work)
        wrong = set()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        hit = time.time()
        # What has written its last output is done, though its process takes a while to end.
        written = all(_number(self.out / output) != old for output, old in numbers.items())
        working = process.poll() is None and not written
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, getattr(signal, f"SIG{name}"))
            if name == "STOP":
                time.sleep(1.0)
                os.kill(process.pid, signal.SIGCONT)
        try:
            process.wait(PATIENCE if name != "STOP" else 10 * PATIENCE)
        except subprocess.TimeoutExpired:
            wrong.add("stuck")
        if _goes_on(process.pid):
            wrong.add("alive")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for output, old in before.items():
            if _bytes(self.out / output) != old and not is_whole(self.out / output):
                wrong.add("broken")
        partial = list(self.out.glob(".*.partial-*"))
        if len(partial) > (name == "KILL"):
            wrong.add("left")
        for path in partial:
            path.unlink()
        if work.name == "edit" and self.is_lost(hit):
            wrong.add("lost")
        told = working and work.name in ("align", "export") and name not in ("KILL", "STOP")
        return wrong, process.returncode != 0 if told else None

    def is_lost(self, hit: float) -> bool:
        """Whether an edit that should have been safe at a moment (s since the epoch) is not."""
        lines = [line.split() for line in (self.folder / "said").read_text().splitlines()]
        due = [int(line[0]) for line in lines if float(line[1]) < hit - AUTOSAVE - SLACK]
        states = [load_project(self.out / "cut.lipsync")]
        states += [work.project for work in recoverable(self.home / "data/lipsyncer/autosave")]
        framings = [state.document.segments[0].framing for state in states]
        safe = [round(framing.x / FRAMING) for framing in framings if framing is not None]
        return bool(due) and max(due) > max(safe, default=0)


def is_whole(path: Path) -> bool:
    """Whether a file is what its name promises, to its last frame."""
    if not path.exists():
        return False
    if path.suffix == ".lipsync":
        load_project(path)
    elif path.suffix == ".json":
        json.loads(path.read_text(encoding="utf-8"))
    else:
        info = probe(path)
        with FrameReader(info) as reader:
            reader.frame_at(info.duration - 0.01)
    return True


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _number(path: Path) -> tuple[int, int] | None:
    """What changes whenever a file is written anew."""
    found = path.stat() if path.exists() else None
    return None if found is None else (found.st_ino, found.st_mtime_ns)


def _goes_on(session: int, seconds: float = 5.0) -> bool:
    """Whether a process of a session is alive still after some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """Kill programs and print what was left."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=6.0, help="length of the demo")
    parser.add_argument("--only", help="the one program that is killed")
    arguments = parser.parse_args(argv)
    chance = random.Random(arguments.seed)
    counts: Counter[tuple[str, str]] = Counter()
    heeded: defaultdict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        demo = finish(make_demo(Path(folder), seconds=arguments.seconds, size=(360, 640)))
        programs = works(demo.song_path, demo.take_path)
        programs = [work for work in programs if arguments.only in (None, work.name)]
        files = (str(demo.song_path), str(demo.take_path))
        place.whole_run(Work("project", (sys.executable, "-c", PROJECT, *files)))
        lasts = {work.name: place.whole_run(work) for work in programs}
        for number in range(arguments.kills):
            work, name = programs[number % len(programs)], SIGNALS[number % len(SIGNALS)]
            if name == "KILL" and work.name in ("align", "import"):  # now without a cache
                _forget(place.home / "cache")
            wrong, heard = place.disturb(work, name, chance.uniform(0.0, lasts[work.name]))
            if heard is not None:
                heeded[name].append(heard)
            counts[work.name, "kills"] += 1
            for what in wrong:
                counts[work.name, what] += 1
                print(f"{number}: {work.name}, SIG{name}: {what}", file=sys.stderr)
        for work in programs:
            place.whole_run(work)
    print(f"{'':8}{'kills':>8}" + "".join(f"{what:>8}" for what in COUNTED))
    for work in programs:
        row = "".join(f"{counts[work.name, what]:>8}" for what in ("kills", *COUNTED))
        print(f"{work.name:8}{row}")
    for name, answers in heeded.items():
        print(f"{name} ended align and export in {sum(answers)} of {len(answers)} cases")
    return int(any(count for (_, what), count in counts.items() if what != "kills"))


def _forget(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


if __name__ == "__main__":
    sys.exit(main())
