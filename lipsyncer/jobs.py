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
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from torch import Tensor

from lipsyncer.align import REFUSAL_THRESHOLD, Alignment, Evidence, Piece
from lipsyncer.align.alignment import warnings_about
from lipsyncer.align.camera_sound import CameraSound
from lipsyncer.align.scores import gather_evidence
from lipsyncer.align.several import programme, shown_pieces, usable_takes
from lipsyncer.diagnostics import InputError, OutputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features import GRID_RATE
from lipsyncer.features.beats import beats_of
from lipsyncer.features.kept import track_or_recall
from lipsyncer.features.mouth import CROP_UNITS, MouthTrack
from lipsyncer.features.sound import SAMPLE_RATE, log_mel
from lipsyncer.features.vocals import vocal_emphasis
from lipsyncer.gaps import Closed, Lips, close_gaps
from lipsyncer.guide import align_by, listen_to_takes, unseen, with_guide
from lipsyncer.matching import Basis
from lipsyncer.media import (
    MediaInfo,
    Proxy,
    conform,
    is_silent,
    probe,
    read_audio,
    require_song,
    require_take,
)
from lipsyncer.media.cache import content_key
from lipsyncer.media.damage import damaged
from lipsyncer.media.peaks import Peaks, peaks_of
from lipsyncer.network.model import Lipsync
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.notices import cut_warnings
from lipsyncer.progress import Stage, each, part
from lipsyncer.render import render
from lipsyncer.render.encoders import FALLBACK, X264, Encoder
from lipsyncer.render.fitted import fit_song
from lipsyncer.render.framing import same_shape
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.reframe import Faces
from lipsyncer.render.target import check_target, writing
from lipsyncer.seams import looking, slide_jumps
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
    glimpse
        What the stage sees just now, for somebody who waits, or None: while tracking the mouth
        found last, uint8 (112, 112); while scoring the matrix of similarities (song, take) as far
        as it is known, float32, NaN beyond. To be looked at before the job goes on.
    """

    stage: str
    share: float
    glimpse: npt.NDArray[Any] | None = None


Job = Generator[Progress, None, T]


@dataclass(frozen=True)
class TakeAnalysis:
    """What is known of one take.

    Attributes
    ----------
    take
        The file.
    proxy
        Its picture, quick to work on.
    track
        Its mouth.
    evidence
        How well its moments fit those of the song.
    alignment
        The time map from the song to this take alone, and how sure it is.
    segments
        The same as segments of a document, which may cover only a part of the song.
    heard
        What its own sound says; None where it has none, or was not listened to.
    """

    take: Take
    proxy: Proxy
    track: MouthTrack
    evidence: Evidence
    alignment: Alignment
    segments: tuple[Segment, ...]
    heard: CameraSound | None = None


@dataclass(frozen=True)
class Analysis:
    """What watching the lips against the song has found.

    Attributes
    ----------
    document
        The cut that brings the picture in time with the song, ready for export.
    takes
        What is known of each take, as in ``document.takes``.
    peaks
        Outline of the song's waveform.
    warnings
        Sentences for the user.
    timings
        Seconds by stage.
    standing
        Those of the sentences that no edit of the cut changes.
    closed
        Where the cut shows a closed mouth because lips moved though nobody sings.
    basis
        What it was made from, beside what is known of each take.
    """

    document: Document
    takes: tuple[TakeAnalysis, ...]
    peaks: Peaks
    warnings: tuple[str, ...]
    timings: dict[str, float]
    standing: tuple[str, ...] = ()
    closed: tuple[Closed, ...] = ()
    basis: Basis | None = None

    def warnings_about(self, document: Document) -> tuple[str, ...]:
        """Sentences about another cut of the same takes, which an edit has made of this one.

        Parameters
        ----------
        document
            Its takes are those of the analysis.
        """
        return (*self.standing, *cut_warnings(document, self.takes, self.closed))

    def with_document(self, document: Document) -> Analysis:
        """The same with another cut, and with what there is to say about that one."""
        if document == self.document:
            return self
        before = self.warnings_about(self.document)
        others = [warning for warning in self.warnings if warning not in before]
        warnings = (*self.warnings_about(document), *others)
        return replace(self, document=document, warnings=warnings)

    @property
    def alignment(self) -> Alignment:
        """The alignment of the take that fits the song best."""
        return max((take.alignment for take in self.takes), key=lambda found: found.confidence)

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
    loudness
        Of its sound.
    fitted
        Which moment of the song is heard when, where the song was fitted to the picture.
    warnings
        Sentences for the user.
    """

    path: Path
    timings: dict[str, float]
    loudness: Loudness
    fitted: Document | None = None
    warnings: tuple[str, ...] = ()


def analyse(song: Path, takes: Sequence[Path], settings: Settings | None = None) -> Job[Analysis]:
    """Find out which moment of which take belongs to which moment of a song.

    Parameters
    ----------
    song
        Any file with sound.
    takes
        Videos of the performance.
    settings
        The user's choices.

    Yields
    ------
    Progress

    Returns
    -------
    Analysis
        Also where no take seems to match: look at ``matches``.

    Raises
    ------
    InputError
        When the song or a take can't be used.
    """
    settings = settings or Settings()
    weights = load_weights(settings.weights)
    timings: dict[str, float] = {}
    sight = _Sight()
    read = yield from timed("probe", _read(song, takes), timings)

    conformed = each(
        read.takes, lambda info: conform(info.path, info, cache_dir=settings.cache_dir)
    )
    proxies = yield from timed("conform", conformed, timings)

    broken = _broken(read.takes, proxies, settings)

    tracked = each(
        list(zip(takes, proxies, strict=True)),
        lambda take: track_or_recall(*take, cache_dir=settings.cache_dir, watch=sight.see),
    )
    tracks = yield from timed("track", tracked, timings, sight)
    for path, track in zip(takes, tracks, strict=True):
        if track.seen == 0 and settings.guide != "sound":
            raise unseen(path)

    encoded = _encode(weights.model, read, tracks, settings)
    sound, visuals, heard = yield from timed("encode", encoded, timings)

    scored = each(
        list(zip(visuals, tracks, strict=True)),
        lambda pair: gather_evidence(sound, *pair, weights, sight.see),
    )
    lips = yield from timed("score", scored, timings, sight)

    guide = settings.guide
    evidences = [with_guide(*pair, guide) for pair in zip(lips, heard, strict=True)]
    watched = [
        _Watched(Take(path, proxy.duration), proxy, track, evidence, own_sound)
        for path, proxy, track, evidence, own_sound in zip(
            takes, proxies, tracks, evidences, heard, strict=True
        )
    ]
    cutting = _cut(song, read, watched, settings)
    document, found, about, closed = yield from timed("align", cutting, timings)
    standing = (*broken, *about)
    return Analysis(
        document=document,
        takes=found,
        peaks=peaks_of(read.samples, SAMPLE_RATE),
        warnings=(*standing, *cut_warnings(document, found, closed)),
        timings=timings,
        standing=standing,
        closed=closed,
        basis=Basis(
            settings, read.beats, {"lips": tuple(lips), guide: tuple(evidences)}, tuple(broken)
        ),
    )


@dataclass(frozen=True)
class _Watched:
    """What is known of a take before it is aligned; see ``TakeAnalysis``."""

    take: Take
    proxy: Proxy
    track: MouthTrack
    evidence: Evidence
    heard: CameraSound | None


_Cut = tuple[Document, tuple[TakeAnalysis, ...], tuple[str, ...], tuple[Closed, ...]]


def _cut(song: Path, read: _Read, takes: Sequence[_Watched], settings: Settings) -> Stage[_Cut]:
    """Align each take, and make the cut with what there is to say about its takes."""
    alignments = yield from part(aligned(takes, settings), 0.0, 0.7)
    cutting = cut_of(song, read.song_duration, takes, alignments, settings, read.beats)
    return (yield from part(cutting, 0.7, 1.0))


def aligned(takes: Sequence[_Watched | TakeAnalysis], settings: Settings) -> Stage[list[Alignment]]:
    """Find the time map from the song to each take alone."""
    return each(
        takes,
        lambda take: _whole(
            lambda: align_by(take.evidence, take.heard, settings.guide, settings.align)
        ),
    )


def cut_of(
    song: Path,
    song_duration: float,
    takes: Sequence[_Watched | TakeAnalysis],
    alignments: Sequence[Alignment],
    settings: Settings,
    beats: npt.NDArray[np.float64],
) -> Stage[_Cut]:
    """Make the cut of takes that are aligned.

    Parameters
    ----------
    song_duration
        Seconds.
    beats
        Seconds of the song at which takes may best change.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    The cut, what is known of each take, what there is to say about them, and where a closed mouth
    was put in.
    """
    found = tuple(
        TakeAnalysis(
            take=take.take,
            proxy=take.proxy,
            track=take.track,
            evidence=take.evidence,
            alignment=alignment,
            segments=segments_of(alignment.pieces, song_duration, index),
            heard=take.heard,
        )
        for index, (take, alignment) in enumerate(zip(takes, alignments, strict=True))
    )
    segments, about = _programme(found, song_duration, settings, beats)
    document = Document(song, song_duration, tuple(take.take for take in takes), segments)
    document, closed = yield from _polished(document, found, settings)
    return document, found, about, closed


def _polished(
    document: Document, takes: Sequence[TakeAnalysis], settings: Settings
) -> Stage[tuple[Document, tuple[Closed, ...]]]:
    """Move jumps to where they show least, and close mouths where nobody sings."""
    proxies = [take.proxy for take in takes]
    if settings.slide_jumps:
        voices = [np.asarray(take.evidence.voice, np.float64) for take in takes]
        document = yield from part(slide_jumps(document, voices, proxies), 0.0, 0.7)
    # A song that is fitted to the picture follows all of it, whatever its lips do.
    if settings.gaps == "keep" or settings.retime == "song":
        return document, ()
    lips = [Lips.of(take.evidence, take.track) for take in takes]
    usable = usable_takes([take.alignment for take in takes])
    lips = [
        one if index in usable else replace(one, activity=np.full_like(one.activity, np.nan))
        for index, one in enumerate(lips)
    ]
    with looking(proxies) as difference:
        closing = close_gaps(
            document,
            lips,
            difference=difference,
            max_stretch=settings.align.max_stretch,
            max_cuts=settings.align.max_cuts,
        )
        return (yield from part(closing, 0.7, 1.0))


def _broken(
    takes: Sequence[MediaInfo], proxies: Sequence[Proxy], settings: Settings
) -> tuple[str, ...]:
    """Say which takes can't be decoded in places, or refuse them, as the user wants."""
    warnings = []
    for info, proxy in zip(takes, proxies, strict=True):
        for start, end in damaged(require_take(info), proxy.source_times):
            where = f"{start:.1f} s to {end:.1f} s"
            if settings.broken_source == "refuse":
                raise InputError(
                    info.path,
                    f"its picture can't be decoded from {where}; copy the file again from where "
                    "it was recorded, or let the rest be delivered.",
                )
            warnings.append(
                f"{info.path.name}: Its picture can't be decoded from {where} and stands still "
                "there; copy the file again from where it was recorded."
            )
    return tuple(warnings)


def _programme(
    takes: Sequence[TakeAnalysis],
    song_duration: float,
    settings: Settings,
    beats: npt.NDArray[np.float64],
) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """Choose what is shown when, and say what there is to say about the takes."""
    if len(takes) == 1:
        only = takes[0]
        about = warnings_about(only.alignment.pieces, only.evidence)
        whole = (warning for warning in only.alignment.warnings if warning not in about)
        return only.segments, (*only.track.warnings, *whole)
    choices = programme(
        [(take.evidence, take.alignment) for take in takes],
        prefer=settings.prefer_take,
        max_cuts=settings.align.max_cuts,
        beats=beats.tolist(),
    )
    usable = usable_takes([take.alignment for take in takes])
    segments: list[Segment] = []
    warnings: list[str] = []
    for index, take in enumerate(takes):
        name = take.take.path.name
        if index not in usable:
            warnings.append(f"{name}: It does not seem to match the song and is not shown.")
        elif any(choice.take == index for choice in choices):
            warnings += (f"{name}: {warning}" for warning in take.track.warnings)
    for choice in choices:
        take = takes[choice.take]
        pieces = shown_pieces(take.alignment.pieces, choice.song_start, choice.song_end)
        segments += segments_of(pieces, song_duration, choice.take)
    return tuple(segments), tuple(warnings)


def export(document: Document, target: Path, settings: Settings | None = None) -> Job[Export]:
    """Write a cut as an MP4 with the song as its only sound.

    With ``settings.retime`` ``"song"`` the take's picture stays as it is, from its first moment to
    its last, and the song is fitted to it.

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
    ValueError
        When the song is to be fitted to a cut of several takes.
    """
    settings = settings or Settings()
    timings: dict[str, float] = {}
    if settings.broken_source == "refuse":
        yield from timed("conform", _refuse_broken(document, settings), timings)
    measured: list[Loudness] = []
    fitted = None
    if settings.retime == "song":
        document, fitted = fit_song(document)
    faces = yield from _faces(document, settings, timings)
    encoders: list[Encoder] = []
    stage = render(
        document, target, settings.render, measured.append, faces, fitted, encoders.append
    )
    path = yield from timed("render", stage, timings)
    fell_back = settings.render.encoder == "hardware" and encoders[0] is X264
    warnings = (FALLBACK,) if fell_back else ()
    return Export(path, timings, measured[0], fitted, warnings)


def _refuse_broken(document: Document, settings: Settings) -> Stage[None]:
    infos = [probe(take.path) for take in document.takes]
    proxies = yield from each(
        infos, lambda info: conform(info.path, info, cache_dir=settings.cache_dir)
    )
    _broken(infos, proxies, settings)


def _faces(
    document: Document, settings: Settings, timings: dict[str, float]
) -> Job[dict[int, Faces]]:
    """Say where the face is in takes that have to be cropped, or in all where words are shown.

    What was watched is recalled.
    """
    size, faces = settings.render.size, {}
    words = settings.render.extras.lyrics is not None
    if not words and (size is None or settings.render.reframe != "follow"):
        return {}
    for index in sorted({segment.take for segment in document.segments}):
        path = document.takes[index].path
        info = probe(path)
        video = require_take(info)
        cropped = size is not None and not same_shape((video.width, video.height), size)
        if not (words or cropped):
            continue
        stage = conform(path, info, cache_dir=settings.cache_dir)
        proxy = yield from timed("conform", stage, timings)
        watching = track_or_recall(path, proxy, cache_dir=settings.cache_dir)
        track = yield from timed("track", watching, timings)
        faces[index] = faces_of(track, proxy)
    return faces


def faces_of(track: MouthTrack, proxy: Proxy) -> Faces:
    """Say where the face is from where the mouth was watched."""
    seen = np.flatnonzero(track.boxes[:, 2] > 0) if len(track.boxes) else np.zeros(0, int)
    boxes = track.boxes[seen].astype(np.float64)
    return Faces(
        times=seen / GRID_RATE,
        x=boxes[:, 0] / proxy.width,
        y=boxes[:, 1] / proxy.height,
        eyes=boxes[:, 2] / CROP_UNITS / proxy.height,
    )


class _Sight:
    """The last thing that a stage has seen."""

    def __init__(self) -> None:
        self.seen: npt.NDArray[Any] | None = None

    def see(self, glimpse: npt.NDArray[Any]) -> None:
        self.seen = glimpse


def timed(
    name: str, stage: Stage[T], timings: dict[str, float], sight: _Sight | None = None
) -> Job[T]:
    """Run a stage under its name and note the seconds it took.

    Parameters
    ----------
    name, stage
        What to run and what to call it.
    timings
        Seconds by stage; this one's are put in, also when it is stopped.
    sight
        Where the stage puts what it sees.
    """
    began = time.perf_counter()
    sight = sight or _Sight()
    sight.seen = None
    try:
        yield Progress(name, 0.0)
        while True:
            try:
                share = next(stage)
            except StopIteration as stop:
                result: T = stop.value
                break
            yield Progress(name, share, sight.seen)
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


def segments_of(
    pieces: Sequence[Piece], song_duration: float, take: int = 0
) -> tuple[Segment, ...]:
    """Turn the pieces of a take's alignment into segments that end where the song does.

    Pieces lie on the analysis grid, whose last position seldom falls on the song's end: a last
    piece that ends there is carried on, or cut, by that part of a position, and one that only
    begins there is none.
    """
    segments = [
        Segment(
            song_start=piece.song_start,
            song_end=piece.song_end,
            take=take,
            source_start=piece.source_start,
            source_end=piece.source_end,
            kind=piece.kind,
            confidence=piece.confidence,
        )
        for piece in pieces
        if piece.song_start < song_duration - 0.5 / GRID_RATE
    ]
    last = segments[-1]
    if abs(song_duration - last.song_end) <= 1.0 / GRID_RATE or last.song_end > song_duration:
        source_end = last.source_start + (song_duration - last.song_start) * last.slope
        segments[-1] = replace(last, song_end=song_duration, source_end=source_end)
    return tuple(segments)


@dataclass(frozen=True)
class _Read:
    """The song decoded, its beats where takes may change on them, and what the takes hold."""

    samples: Float
    song_duration: float
    takes: tuple[MediaInfo, ...]
    beats: npt.NDArray[np.float64]


def _read(song: Path, takes: Sequence[Path]) -> Stage[_Read]:
    require_song(probe(song))
    infos = tuple(probe(take) for take in takes)
    for info in infos:
        require_take(info)
    _require_different(takes)
    yield 0.1
    samples = read_audio(song, rate=SAMPLE_RATE, mono=False)
    if is_silent(samples):
        raise InputError(song, "the song is silent; choose the file that has the singing.")
    yield 0.7
    beats = beats_of(samples.mean(axis=1), SAMPLE_RATE) if len(takes) > 1 else np.zeros(0)
    return _Read(samples, len(samples) / SAMPLE_RATE, infos, beats)


def _require_different(takes: Sequence[Path]) -> None:
    """Make sure that no file is given twice, under one name or two."""
    seen: dict[str, Path] = {}
    for take in takes:
        key = content_key(take, "take")
        if key in seen:
            other = seen[key].name
            same = "it is given twice" if other == take.name else f"it is the same file as {other}"
            raise InputError(take, f"{same}; name each take once.")
        seen[key] = take


def _encode(
    model: Lipsync, read: _Read, tracks: Sequence[MouthTrack], settings: Settings
) -> Stage[tuple[Tensor, list[Tensor], list[CameraSound | None]]]:
    """Encode the song and each take's mouth, and listen to each take's own sound."""
    mono = read.samples.mean(axis=1)
    emphasised = settings.emphasise_vocals
    mel = log_mel(vocal_emphasis(read.samples, SAMPLE_RATE) if emphasised else mono)
    yield 0.2
    sound = yield from part(encode_song(model, mel), 0.2, 0.5)
    seen = each(tracks, lambda track: encode_take(model, track.crops, track.shape))
    visuals = yield from part(seen, 0.5, 0.8)
    heard = yield from part(listen_to_takes(mono, read.takes, settings.guide), 0.8, 1.0)
    return sound, visuals, heard


def _whole(work: Callable[[], T]) -> Stage[T]:
    """Make a stage of work that knows no shares."""
    yield 0.0
    return work()
