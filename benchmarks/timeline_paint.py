"""How long it takes to paint the timeline while it is scrolled, zoomed and played.

    python -m benchmarks.timeline_paint [--width 1920] [--height 400] [--scale 1]

A song of ten minutes, cut into 120 segments of three takes, each with a lane, on a screen that is
not there. The thumbnails are plain pictures that lie ready, so that every picture of the view is
painted in full; the aim is 50 per second. Times are the processor's for whole paintings of the
widget, which one thread does, the change of the view included.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch  # noqa: F401  # has to come before Qt, see lipsyncer.__main__
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from made_up_analysis import made_up_analysis

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import Proxy
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.style import theme
from lipsyncer.ui.threads.frame_server import Wish
from lipsyncer.ui.timeline import TimelineWidget
from lipsyncer.ui.timeline.thumbnails import THUMB_HEIGHT

SONG, TAKES, SEGMENTS = 600.0, 3, 120
RATE = 30.0
AIM = 50.0  # paintings per second

Steps = Callable[[Session], Iterator[None]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.timeline_paint")
    parser.add_argument("--width", type=int, default=1920, help="pixels of the widget")
    parser.add_argument("--height", type=int, default=400, help="pixels of the widget")
    parser.add_argument("--scale", default="1", help="pixels of the screen for one of these")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    app = QApplication([])
    theme.manager.apply("dark")
    session = Session()
    timeline = TimelineWidget(session)
    open_long_song(session)
    have_thumbnails_ready(timeline)
    timeline.resize(arguments.width, arguments.height)
    timeline.show()
    app.processEvents()
    print(f"{arguments.width}x{arguments.height} at scale {arguments.scale}; ", end="")
    print(f"song of {SONG:.0f} s, {SEGMENTS} segments, {TAKES} takes; times in ms")
    print(f"{'':<28}{'paintings':>10}{'median':>9}{'95 %':>8}{'worst':>8}{'per second':>12}")
    slowest = 0.0
    for name, steps in GESTURES.items():
        for _ in steps(session):
            timeline.repaint()
            timeline.refresh()
        took = timed(steps(session), timeline.repaint)
        slowest = max(slowest, report(name, took))
    print(f"the slowest gesture paints {1000 / slowest:.0f} times per second (aim {AIM:.0f})")
    timeline.close()
    session.close()


def open_long_song(session: Session) -> None:
    """Open a document of ten minutes whose analysis is made up."""
    random = np.random.default_rng(0)
    takes = tuple(Take(Path(f"take {n}.mp4"), SONG + 5) for n in range(TAKES))
    length = SONG / SEGMENTS
    segments = []
    for index in range(SEGMENTS):
        start, gap = index * length, index % 9 == 4
        lines = (start, start + length, index % TAKES, start + 0.4, start + length + 0.4)
        sure = 0.0 if gap else float(random.uniform(0.2, 1.0))
        segments.append(Segment(*lines, "gap" if gap else "matched", sure))
    document = Document(Path("song.wav"), SONG, takes, tuple(segments))
    times = np.arange(round((SONG + 5) * RATE)) / RATE
    proxy = Proxy(Path("none.mov"), RATE, 540, 960, times, times, SONG + 5)
    session.open(document)
    analysis = made_up_analysis(document, [proxy] * TAKES)
    known = [
        replace(take, segments=(Segment(0.0, SONG, index, 0.4, SONG + 0.4, "matched", 0.9),))
        for index, take in enumerate(analysis.takes)
    ]
    session.learn(replace(analysis, takes=tuple(known)))


def have_thumbnails_ready(timeline: TimelineWidget) -> None:
    """Answer wishes for thumbnails at once, with a colour for each frame."""

    def answer(wishes: Sequence[Wish]) -> None:
        for take, frame in wishes:
            image = QImage(THUMB_HEIGHT * 9 // 16, THUMB_HEIGHT, QImage.Format.Format_RGB32)
            image.fill(QColor.fromHsv((take * 120 + frame) % 360, 120, 160))
            timeline._thumbnails.put(take, frame, image)

    timeline._server.ask = answer  # type: ignore[method-assign]


def scrolling(session: Session) -> Iterator[None]:
    """Scroll through the song with 30 s in view."""
    session.view.show(0.0, 30.0)
    for _ in range(120):
        session.view.scroll(2.0)
        yield


def zooming(session: Session) -> Iterator[None]:
    """Zoom from the whole song to a second and back."""
    session.view.fit()
    for factor in (0.9, 1 / 0.9):
        for _ in range(60):
            session.view.zoom(factor, 200.0)
            yield


def selecting(session: Session) -> Iterator[None]:
    """Select one segment after another with a minute in view."""
    session.view.show(60.0, 120.0)
    for index in range(12, 24):
        session.select(index)
        yield


def playing(session: Session) -> Iterator[None]:
    """Move the playhead within the view."""
    session.view.show(60.0, 120.0)
    for number in range(120):
        session.move_playhead(60 + number / RATE)
        yield


GESTURES: dict[str, Steps] = {
    "scrolling, 30 s in view": scrolling,
    "zooming, 10 min to 1 s": zooming,
    "selecting, 1 min in view": selecting,
    "playing, 1 min in view": playing,
}


def timed(steps: Iterator[None], paint: Callable[[], None]) -> list[float]:
    """Milliseconds of each step and the painting after it."""
    took = []
    began = time.thread_time()
    for _ in steps:
        paint()
        took.append(1000 * (time.thread_time() - began))
        began = time.thread_time()
    return took


def report(name: str, took: list[float]) -> float:
    """Print a line of the table and give the median."""
    median, late = np.percentile(took, (50, 95))
    per_second = 1000 * len(took) / sum(took)
    print(
        f"{name:<28}{len(took):>10}{median:>9.1f}{late:>8.1f}{max(took):>8.1f}{per_second:>12.0f}"
    )
    return sum(took) / len(took)


if __name__ == "__main__":
    main()
