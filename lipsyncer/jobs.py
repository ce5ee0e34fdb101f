"""The two long jobs: analyse footage against a song, and export the result.

They string the rooms together and hold no knowledge of their own about any of them. Both are
generators: every yield says how far they are and is a place to stop, by closing the generator.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from torch import Tensor

from lipsyncer.align import REFUSAL_THRESHOLD, Alignment, Piece, align
from lipsyncer.align.scores import evidence_for
from lipsyncer.diagnostics import InputError, OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import MouthTrack, track_take
from lipsyncer.features.sound import SAMPLE_RATE, log_mel
from lipsyncer.features.vocals import vocal_emphasis
from lipsyncer.media import (
    MediaInfo,
    conform,
    is_silent,
    probe,
    read_audio,
    require_song,
    require_take,
)
from lipsyncer.network.model import Lipsync
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, part
from lipsyncer.render import render
from lipsyncer.render.target import check_target, writing
from lipsyncer.settings import Settings

Float = npt.NDArray[np.float32]

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    stage
        Name of the stage that runs: probe, conform, track, encode, score, align or render.
    share
        Share of that stage that is done, 0 to 1.
    """

    stage: str
    share: float


Job = Generator[Progress, None, T]


@dataclass(frozen=True)
class Analysis:
    """What watching the lips against the song has found.

    Attributes
    ----------
    document
        The cut that brings the picture in time with the song, ready for export.
    alignment
        How it was found, and how sure it is.
    warnings
        Sentences for the user.
    timings
        Seconds by stage.
    """

    document: Document
    alignment: Alignment
    warnings: tuple[str, ...]
    timings: dict[str, float]

    @property
    def confidence(self) -> float:
        """How sure it is that the takes belong to the song and the map is right, 0 to 1."""
        return self.alignment.confidence

    @property
    def matches(self) -> bool:
        """Whether the takes are believed to belong to the song."""
        return self.confidence >= REFUSAL_THRESHOLD


@dataclass(frozen=True)
class Export:
    """A file that was written.

    Attributes
    ----------
    path
        The file.
    timings
        Seconds by stage.
    """

    path: Path
    timings: dict[str, float]


def analyse(song: Path, takes: Sequence[Path], settings: Settings | None = None) -> Job[Analysis]:
    """Find out which moment of a take belongs to which moment of a song.

    Parameters
    ----------
    song
        Any file with sound.
    takes
        One video of the performance.
    settings
        The user's choices.

    Yields
    ------
    Progress

    Returns
    -------
    Analysis
        Also where the take does not seem to match: look at ``matches``.

    Raises
    ------
    InputError
        When the song or a take can't be used.
    """
    settings = settings or Settings()
    if len(takes) != 1:
        raise InputError(
            takes[1] if takes else song, "one take at a time can be aligned; name a single video."
        )
    (path,) = takes
    timings: dict[str, float] = {}
    read = yield from timed("probe", _read(song, path), timings)
    prepared = conform(path, read.take, cache_dir=settings.cache_dir)
    proxy = yield from timed("conform", prepared, timings)
    track = yield from timed("track", track_take(proxy), timings)
    if track.seen == 0:
        raise InputError(
            path, "no face was found in it; film the singer's face from the front, in good light."
        )
    weights = load_weights()
    encoded = _encode(weights.model, read.samples, track, settings.emphasise_vocals)
    sound, visual = yield from timed("encode", encoded, timings)
    scored = _whole(lambda: evidence_for(sound, visual, track, weights))
    evidence = yield from timed("score", scored, timings)
    aligned = _whole(lambda: align(evidence, settings.align))
    alignment = yield from timed("align", aligned, timings)
    segments = segments_of(alignment.pieces, read.song_duration)
    take = Take(path, proxy.duration)
    return Analysis(
        document=Document(song, read.song_duration, (take,), segments),
        alignment=alignment,
        warnings=(*track.warnings, *alignment.warnings),
        timings=timings,
    )


def export(document: Document, target: Path, settings: Settings | None = None) -> Job[Export]:
    """Write a cut as an MP4 with the song as its only sound.

    Yields
    ------
    Progress

    Returns
    -------
    Export

    Raises
    ------
    InputError
        When the song or a take can't be read any more.
    OutputError
        When the target can't be written; nothing is left of it.
    """
    settings = settings or Settings()
    timings: dict[str, float] = {}
    path = yield from timed("render", render(document, target, settings.render), timings)
    return Export(path, timings)


def timed(name: str, stage: Stage[T], timings: dict[str, float]) -> Job[T]:
    """Run a stage under its name and note the seconds it took.

    Parameters
    ----------
    name, stage
        What to run and what to call it.
    timings
        Seconds by stage; this one's are put in, also when it is stopped.
    """
    began = time.perf_counter()
    try:
        yield Progress(name, 0.0)
        while True:
            try:
                share = next(stage)
            except StopIteration as stop:
                result: T = stop.value
                break
            yield Progress(name, share)
        yield Progress(name, 1.0)
        return result
    finally:
        stage.close()
        timings[name] = time.perf_counter() - began


def check_output(target: Path, inputs: Iterable[Path]) -> None:
    """Make sure that a video can be written before any work is done for it.

    Raises
    ------
    OutputError
        When it can't.
    """
    check_target(target, inputs)
    _try_folder(target)


def check_place(path: Path, others: Iterable[Path] = ()) -> None:
    """Make sure that a file beside the video can be written before any work is done for it.

    Raises
    ------
    OutputError
        When it can't, or would take the place of another file of this run.
    """
    if path.is_dir():
        raise OutputError(path, "this is a folder; name a file in it.")
    if any(path.resolve() == other.resolve() for other in others):
        raise OutputError(path, "this is a video or song of this run; choose another name.")
    _try_folder(path)


def _try_folder(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise OutputError(path, f"there is no folder {folder}; create it or choose another one.")
    with writing(path), tempfile.TemporaryFile(dir=folder):
        pass


def segments_of(pieces: Sequence[Piece], song_duration: float) -> tuple[Segment, ...]:
    """Turn the alignment's pieces into segments that end where the song does.

    Pieces lie on the analysis grid, whose last position seldom falls on the song's end: a last
    piece that ends there is carried on, or cut, by that part of a position.
    """
    segments = [
        Segment(
            song_start=piece.song_start,
            song_end=piece.song_end,
            take=0,
            source_start=piece.source_start,
            source_end=piece.source_end,
            kind=piece.kind,
            confidence=piece.confidence,
        )
        for piece in pieces
        if piece.song_start < song_duration
    ]
    last = segments[-1]
    if abs(song_duration - last.song_end) <= 1.0 / GRID_RATE or last.song_end > song_duration:
        source_end = last.source_start + (song_duration - last.song_start) * last.slope
        segments[-1] = replace(last, song_end=song_duration, source_end=source_end)
    return tuple(segments)


@dataclass(frozen=True)
class _Read:
    """The song decoded, and what the take holds."""

    samples: Float
    song_duration: float
    take: MediaInfo


def _read(song: Path, take: Path) -> Stage[_Read]:
    song_info = probe(song)
    require_song(song_info)
    take_info = probe(take)
    require_take(take_info)
    yield 0.1
    samples = read_audio(song, rate=SAMPLE_RATE, mono=False)
    if is_silent(samples):
        raise InputError(song, "the song is silent; choose the file that has the singing.")
    return _Read(samples, len(samples) / SAMPLE_RATE, take_info)


def _encode(
    model: Lipsync, samples: Float, track: MouthTrack, emphasise: bool
) -> Stage[tuple[Tensor, Tensor]]:
    """Encode the song and the take's mouth."""
    heard = vocal_emphasis(samples, SAMPLE_RATE) if emphasise else samples.mean(axis=1)
    mel = log_mel(heard)
    yield 0.2
    sound = yield from part(encode_song(model, mel), 0.2, 0.6)
    visual = yield from part(encode_take(model, track.crops, track.shape), 0.6, 1.0)
    return sound, visual


def _whole(work: Callable[[], T]) -> Stage[T]:
    """Make a stage of work that knows no shares."""
    yield 0.0
    return work()
