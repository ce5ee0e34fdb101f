"""The mouth of a whole take: several stretches of it watched at the same time."""

from __future__ import annotations

import os
import queue
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from lipsyncer.alongside import read_ahead
from lipsyncer.arrays import Float32s, UInt8s
from lipsyncer.features.face_survey import FaceSurvey
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.features.mouth import (
    Moment,
    Mouth,
    MouthTrack,
    Watch,
    few_show_a_face,
    track_mouth,
    tracked,
)
from lipsyncer.features.small_faces import SmallFace, find_small_faces, watch_small_faces
from lipsyncer.features.which_way_up import turn_wanted
from lipsyncer.media import MediaInfo, Proxy
from lipsyncer.media.proxy import ProxyFrames
from lipsyncer.media.small_pictures import pack
from lipsyncer.progress import Stage, onward, part

Frame = tuple[float, UInt8s]
"""A true stamp (s) of the take and what is seen then: red green blue, in the proxy's size."""
Frames = Generator[Frame, None, None]

_STRETCH = 150
"""Frames that are watched by one finder: the same on every machine, so that all see the same."""
_BEFORE = 5
"""Frames by which a finder begins early: by then it sees a face where one that came from further
back would, to half a pixel."""
_MOST_AT_ONCE = 4
# A finder waits for threads of its own now and then: one more than there are cores.
_SPARE = 1
_WAITING = 48  # frames, at 1.5 MB each, that were decoded and not yet watched
OFTEN = 0.035
"""Seconds: a frame that comes sooner after one that was looked at gets its landmarks from the two
around it. Of 30 frames a second it is every second one, of 25 none."""
_FAST = 0.05  # widths of the face that it moves from one look to the next
_PATIENCE = 0.05  # s between two looks at how far everybody is


def track_take(
    info: MediaInfo,
    *,
    finder: FaceFinder | None = None,
    watch: Watch | None = None,
    turn: int | None = None,
) -> Stage[tuple[Proxy, MouthTrack]]:
    """Follow the singer's mouth through a take, in one pass over the file.

    Parameters
    ----------
    info
        What ``probe`` said of the take.
    finder
        A finder of one face that watches all of it by itself, for many short clips; see
        ``track_mouth``. Without it, as many faces are looked for as there are.
    watch
        See ``track_mouth``; called from other threads.
    turn
        Degrees clockwise by which the picture is turned in all, beyond what the file says, where
        somebody knows; otherwise the face tells.

    Returns
    -------
    The take's picture, whose frames are still to be read from the take itself, and the mouth. The
    picture is turned upright where the face says that the file is wrong about it, and looked at in
    full size where its faces are too small otherwise.

    Raises
    ------
    InputError
        When the take has no picture or most of it can't be decoded.
    """
    if finder is None:
        if turn is not None and info.video is not None:
            info = info.turned((turn - info.video.turned) % 360)
        return (yield from onward(_by_many(info, watch, knows=turn is not None)))
    picture, small = ProxyFrames(info), list[bytes]()
    with closing(read_ahead(lambda: _frames(picture, small))) as frames:
        track = yield from track_mouth(
            frames, picture.end, expected=picture.count, finder=finder, watch=watch
        )
    return picture.proxy(info.path, small), track


def _by_many(
    info: MediaInfo, watch: Watch | None, *, knows: bool
) -> Stage[tuple[Proxy, MouthTrack]]:
    """Watch the picture as it is worked on with several finders, for all faces that it shows.

    It is not turned any further where somebody knows which way up it is.
    """
    picture, small = ProxyFrames(info), list[bytes]()
    survey = FaceSurvey(picture.start, picture.end)
    better, asked_of, faces = None, list[Moment](), 0
    while survey.faces > faces:
        faces = survey.faces
        watchers = _Watchers(faces, watch)
        with (
            _one_core_each(),
            closing(read_ahead(lambda: _frames(picture, small))) as decoded,
            closing(survey.up_to(faces, decoded)) as frames,
            closing(watchers.watching(frames, picture)) as watching,
        ):
            for share in watching:
                yield share
                if not asked_of and watchers.first:
                    asked_of = watchers.first
                    better = yield from part(_better(info, asked_of, watch, knows), share, share)
                    if better is not None:
                        return (yield from better)
    seen = watchers.take_seen()
    if few_show_a_face(seen) and not few_show_a_face(asked_of):
        better = yield from part(_better(info, seen, watch, knows), 1.0, 1.0)
        if better is not None:
            return (yield from better)
    return picture.proxy(info.path, small), tracked(seen, faces, picture.end)


@contextmanager
def _one_core_each() -> Iterator[None]:
    """Let OpenCV work in one thread: every core is busy, and its threads wait by going round."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)


def _better(
    info: MediaInfo, seen: list[Moment], watch: Watch | None, knows: bool
) -> Stage[Stage[tuple[Proxy, MouthTrack]] | None]:
    """Tell whether faces show when the picture is turned or looked at in full size, and how."""
    if not knows:
        turn = yield from part(turn_wanted(info, seen), 0.0, 0.5)
        if turn:
            return _by_many(info.turned(turn), watch, knows=True)
    if few_show_a_face(seen):
        found = yield from part(find_small_faces(info), 0.5, 1.0)
        if found:
            return _by_windows(info, found, watch)
    return None


def _by_windows(
    info: MediaInfo, found: list[list[SmallFace]], watch: Watch | None
) -> Stage[tuple[Proxy, MouthTrack]]:
    """Watch small faces in the picture's full size."""
    assert info.video is not None
    picture, small = ProxyFrames(info), list[bytes]()
    seen = yield from watch_small_faces(info, picture, found, small, watch)
    track = tracked(seen, len(found[0]), picture.end)
    shrink = np.float32(picture.size[0] / info.video.width)
    return picture.proxy(info.path, small), replace(track, boxes=track.boxes * shrink)


def _frames(picture: ProxyFrames, small: list[bytes]) -> Frames:
    """Give the frames to watch, and keep a small picture of each."""
    small.clear()
    with closing(picture.read("rgb24")) as frames:
        for stamp, frame, _ in frames:
            rgb = frame.to_ndarray()
            small.append(pack(rgb))
            yield stamp, rgb


@dataclass
class _Stretch:
    """Some frames one after the other, the first of which only show the finder where to look."""

    number: int
    spare: int
    frames: queue.SimpleQueue[Frame | None] = field(default_factory=queue.SimpleQueue)


class _Watchers:
    """Finders that each watch a stretch of a take at the same time as the others."""

    def __init__(self, faces: int, watch: Watch | None) -> None:
        self._faces, self._watch = faces, watch
        self._closed = threading.Event()
        self._room = threading.Semaphore(_WAITING)
        self._earliest = 0
        self._made: list[FaceFinder] = []
        self._idle: list[FaceFinder] = []
        self._running: dict[Future[list[Moment]], tuple[_Stretch, FaceFinder]] = {}
        self._seen: dict[int, list[Moment]] = {}

    @property
    def first(self) -> list[Moment]:
        """What the first stretch has shown, once it was watched."""
        return self._seen.get(0, [])

    def take_seen(self) -> list[Moment]:
        """Give what was seen, in the order of time, and keep none of its pictures."""
        seen, self._seen = self._seen, {}
        return [moment for number in sorted(seen) for moment in seen[number]]

    def watching(self, frames: Iterable[Frame], picture: ProxyFrames) -> Stage[None]:
        """Watch everything."""
        workers = min(_MOST_AT_ONCE, (os.cpu_count() or 1) + _SPARE)
        before: deque[Frame] = deque(maxlen=_BEFORE)
        stretch: _Stretch | None = None
        pool = ThreadPoolExecutor(workers, "watching")
        try:
            for number, frame in enumerate(frames):
                share = picture.share(frame[0])
                if number % _STRETCH == 0:
                    if stretch is not None:
                        stretch.frames.put(None)
                    while len(self._running) >= workers:
                        self._gather()
                        yield share
                    stretch = self._begin(pool, number // _STRETCH, [*before] or [frame])
                assert stretch is not None
                self._gather(0.0)
                while not self._room.acquire(timeout=_PATIENCE):
                    self._gather(0.0)
                    yield share
                stretch.frames.put(frame)
                before.append(frame)
                yield share
            if stretch is not None:
                stretch.frames.put(None)
            while self._running:
                self._gather()
                yield 1.0
        finally:
            self._closed.set()
            for running, _ in self._running.values():
                running.frames.put(None)
            pool.shutdown(cancel_futures=True)
            for finder in self._made:
                finder.close()

    def _gather(self, patience: float = _PATIENCE) -> None:
        """Take what has been watched; an error of whoever watched ends everything."""
        done = [future for future in self._running if future.done()]
        if not done and patience:
            done = [*wait(self._running, patience, FIRST_COMPLETED).done]
        for future in done:
            stretch, finder = self._running.pop(future)
            self._idle.append(finder)
            self._seen[stretch.number] = future.result()
        self._earliest = min((stretch.number for stretch, _ in self._running.values()), default=0)

    def _begin(self, pool: ThreadPoolExecutor, number: int, before: list[Frame]) -> _Stretch:
        """Begin a stretch in this thread: a finder that starts speaks over everybody's errors."""
        if not self._idle:
            self._made.append(FaceFinder(self._faces))
            self._idle.append(self._made[-1])
        finder = self._idle.pop()
        finder.reset()
        finder.find(before[0][1])
        # The very first frame of all has nothing before it: it is looked at twice.
        stretch = _Stretch(number, len(before) - 1)
        for frame in before[1:]:
            stretch.frames.put(frame)
        self._running[pool.submit(self._look, stretch, finder)] = stretch, finder
        return stretch

    def _look(self, stretch: _Stretch, finder: FaceFinder) -> list[Moment]:
        moments: list[Moment] = []
        looked: tuple[float, list[Float32s]] = (-np.inf, [])
        passed: Frame | None = None
        steady = False  # frames are passed over only then: a finder that goes back follows worse

        def add(frame: Frame, faces: list[Float32s]) -> None:
            self._room.release()
            mouths = [Mouth.of(face, frame[1]) for face in faces]
            moments.append((frame[0], mouths))
            if mouths and self._watch is not None and stretch.number == self._earliest:
                self._watch(mouths[0].patch)

        while (frame := stretch.frames.get()) is not None and not self._closed.is_set():
            time, rgb = frame
            if stretch.spare:
                finder.find(rgb)
                stretch.spare -= 1
            elif steady and passed is None and time - looked[0] < OFTEN:
                passed = frame
            else:
                faces = finder.find(rgb)
                if passed is not None:
                    between = face_between(looked, (time, faces), passed[0])
                    add(passed, finder.find(passed[1]) if between is None else between)
                    passed = None
                steady = face_between(looked, (time, faces), time) is not None
                looked = (time, faces)
                add(frame, faces)
        if passed is not None:
            add(passed, finder.find(passed[1]))
        return moments


def face_between(
    before: tuple[float, list[Float32s]], after: tuple[float, list[Float32s]], time: float
) -> list[Float32s] | None:
    """Give the landmarks of a face between two moments at which the same face was found.

    Parameters
    ----------
    before, after
        Stamps (s) and the faces (478, 3) found then.
    time
        Of the frame in between (s).

    Returns
    -------
    None where there is not one face alone, or it moves too fast to tell.
    """
    if len(before[1]) != 1 or len(after[1]) != 1 or after[0] - before[0] > 3 * OFTEN:
        return None
    (first,), (second,) = before[1], after[1]
    moved = float(np.linalg.norm(second[:, :2].mean(0) - first[:, :2].mean(0)))
    if moved > _FAST * max(float(np.ptp(first[:, 0])), 1.0):
        return None
    share = np.float32((time - before[0]) / (after[0] - before[0]))
    return [first + share * (second - first)]
