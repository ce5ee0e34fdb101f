"""How soon the preview shows the frame under the mouse, and how well picture and sound agree.

    python -m benchmarks.preview [TAKE] [--seconds 60]

Without a take the demo's camera films one. The preview is on a screen that is not there. Two
gestures are timed from the moment that the playhead is put somewhere to the moment that the right
frame is painted: scrubbing, by a few frames at a time as a hand does, and jumping anywhere. Then it
plays by the wall clock, and each painted frame is compared with the one that belongs to the
moment at which it is painted. At last a pin is dragged by two seconds in the matrix, between two
others half a minute apart, on simulated evidence: from the mouse to the frame. The aim is 30 ms for
scrubbing, one frame for playing and 60 ms for the pin.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch  # noqa: F401  # has to come before Qt, see lipsyncer.__main__
from PyQt6.QtCore import QCoreApplication, QEventLoop
from PyQt6.QtWidgets import QApplication

import benchmarks.timeline_paint  # noqa: F401  # lets the next line find what tests make up

from made_up_analysis import made_up_analysis  # isort: skip
from simulated_evidence import simulate  # isort: skip

from lipsyncer.alignment import align
from lipsyncer.cut.realign import pinned
from lipsyncer.demo import make_demo
from lipsyncer.edit.document import Document, Pin, Segment, Take
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.media import conform, probe, require_take
from lipsyncer.progress import finish
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.matrix.view import MatrixView
from lipsyncer.ui.preview.canvas import Canvas
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme

AIM, PIN_AIM = 30.0, 60.0  # ms
COUNT, DRAGS = 200, 40
BESIDE = 15.0  # s between a pin and those that hold it


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview")
    parser.add_argument("take", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0, help="of the take that is made")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    theme.manager.apply("dark")
    with tempfile.TemporaryDirectory() as folder:
        take = arguments.take or made(Path(folder), arguments.seconds)
        session = opened(take, Path(folder))
        player = Player(session)
        canvas = Canvas(session, player)
        canvas.resize(960, 640)
        canvas.show()
        assert session.analysis is not None
        session.learn(session.analysis)
        proxy = session.analysis.takes[0].proxy
        print(
            f"{proxy.width}x{proxy.height}, {proxy.rate:g} frames per second, {app.platformName()}"
        )
        print(
            f"{'ms until the frame is painted':<32}{'times':>7}{'median':>9}{'95 %':>8}{'worst':>8}"
        )
        scrubbing = report("scrubbing", [reach(canvas, session, t) for t in by_hand(session)])
        report("jumping anywhere", [reach(canvas, session, t) for t in anywhere(session)])
        print(f"scrubbing: median {scrubbing:.0f} ms (aim {AIM:.0f})")
        play(session, player, canvas)
        dragging = report("dragging a pin", dragged(canvas, session))
        print(f"dragging a pin: median {dragging:.0f} ms (aim {PIN_AIM:.0f})")
        player.close()
        canvas.close()
        session.close()


def made(folder: Path, seconds: float) -> Path:
    """Film a take with the demo's camera."""
    return finish(make_demo(folder, seconds=seconds)).take_path


def opened(take: Path, folder: Path) -> Session:
    """Open a cut of the take with a change of speed, a jump and a still."""
    video = require_take(probe(take))
    proxy = finish(conform(take, probe(take), cache_dir=folder / "cache"))
    end = video.duration - 3.0
    segments = (
        Segment(0.0, end / 2, 0, 0.4, 0.4 + end / 2, "matched", 0.9),
        Segment(end / 2, end / 2 + 1, 0, 0.4 + end / 2, 0.4 + end / 2, "gap", 0.0),
        Segment(end / 2 + 1, end, 0, end / 2, end / 2 + (end / 2 - 1) * 1.02, "matched", 0.9),
    )
    document = Document(Path("song.wav"), end, (Take(take, video.duration),), segments)
    session = Session()
    session.open(document)
    session.learn(made_up_analysis(document, [proxy]))
    return session


def by_hand(session: Session) -> list[float]:
    """Song times (s) of a hand that moves to and fro by some frames at a time."""
    assert session.document is not None
    first, last = session.document.span
    steps = np.random.default_rng(0).normal(0, 0.2, COUNT).cumsum() + (first + last) / 2
    return [float(t) for t in np.clip(steps, first, last - 0.1)]


def anywhere(session: Session) -> list[float]:
    """Song times (s) without any order."""
    assert session.document is not None
    first, last = session.document.span
    return [float(t) for t in np.random.default_rng(1).uniform(first, last - 0.1, COUNT)]


def reach(canvas: Canvas, session: Session, song_time: float) -> float:
    """Milliseconds from putting the playhead somewhere to the frame on the screen."""
    return shown(canvas, song_time, lambda: session.seek(song_time))


def dragged(canvas: Canvas, session: Session) -> list[float]:
    """Milliseconds from each step of a drag in the matrix to the frame of the pinned moment."""
    document, analysis = session.document, session.analysis
    assert document is not None and analysis is not None
    middle = sum(document.span) / 2
    seconds = document.takes[0].duration
    evidence = simulate("offset", 1, seconds=seconds, sharper=1.6).evidence
    known = replace(analysis.takes[0], evidence=evidence, alignment=align(evidence))
    session.learn(replace(analysis, takes=(known,)))
    matrix = MatrixView(session)
    matrix.show()
    while (solver := session.solving.of(0)) is None:
        events()
    at = [TimeMap(document).source_at(middle + away)[1] for away in (-BESIDE, 0.0, BESIDE)]
    for away, source in zip((-BESIDE, BESIDE), (at[0], at[2]), strict=True):
        pin = Pin(middle + away, 0, source)
        session.edit("", partial(pinned, pin=pin, solver=solver))
    session.seek(middle)
    before = session.document
    assert before is not None
    took = [
        shown(canvas, middle, partial(matrix.pin, before, middle, float(moved), "drag"))
        for moved in at[1] + np.linspace(0.05, 2.0, DRAGS)
    ]
    matrix.close()
    return took


def shown(canvas: Canvas, song_time: float, act: Callable[[], object]) -> float:
    """Milliseconds from an act to the frame on the screen that a song time then has."""
    began = time.perf_counter()
    act()
    wish = canvas.wish_at(song_time)
    while canvas.shown != wish:
        events()
        if time.perf_counter() - began > 5:
            raise SystemExit(f"the frame of {song_time:.2f} s never came")
    canvas.repaint()
    return 1000 * (time.perf_counter() - began)


def play(session: Session, player: Player, canvas: Canvas, seconds: float = 15.0) -> None:
    """Play, and print how far the painted frames are from those that belong there."""
    session.seek(1.0)
    player.play()
    off: list[int] = []
    new, last = 0, None
    began = time.perf_counter()
    while time.perf_counter() - began < seconds and player.playing:
        events()
        if canvas.shown is not None and canvas.shown != last:
            new, last = new + 1, canvas.shown
        wish = canvas.wish_at(player._clock.time)
        if canvas.shown is not None and wish is not None and (off or wish == canvas.shown):
            off.append(abs(wish[1] - canvas.shown[1]))
    player.pause()
    frames = np.array(off)
    print(
        f"playing: {new / seconds:.1f} new frames per second; the frame on the screen is the right "
        f"one at {np.mean(frames == 0):.1%} of {len(frames)} moments, within one at "
        f"{np.mean(frames <= 1):.1%}, at most {frames.max()} off"
    )


def events() -> None:
    """Let the window work for a moment."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
    time.sleep(0.0005)


def report(name: str, took: list[float]) -> float:
    """Print a line of the table and give the median."""
    median, late = np.percentile(took, (50, 95))
    print(f"{name:<20}{len(took):>7}{median:>9.1f}{late:>8.1f}{max(took):>8.1f}")
    return float(median)


if __name__ == "__main__":
    main()
