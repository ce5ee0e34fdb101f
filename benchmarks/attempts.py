"""One recording that holds several attempts at the song: are they found, and what is shown?

    python -m benchmarks.attempts DATA [--split test] [--lags FILE] [--conditions speech,music]
    python -m benchmarks.attempts DATA --minutes 10

Songs of 40 s and more are joined from the clips of a split; of ``phone`` and ``life`` they are the
clips of 20 s and more, put in sync by what the program says of them as they are, moment by moment.
Of each song recordings are made: the six of ``FIXED``, and some at random of 2 to 5 stretches of
the performance, now and then in another order, 10 to 60 % of the song twice, in one case of three a
part of it never; before, between, after and now and then within them are other people, or the
performer played backwards. The performance is also filmed to the song at other speeds, and a
stranger's is set against the song.

Columns: *right* is the share of voiced moments which the recording holds and for which the moment
shown is within -125/+45 ms (ITU-R BT.1359-1); *wrong* is the share of all voiced moments at which
something more than three frames off is shown by a piece with a confidence over one half; *error* is
the calibration error of the pieces' confidence (ten bins, right is within a frame); *pieces* of the
cut, and *stretches* that the recording holds. In the end, how many strangers are taken for the
performer: as they are, and at any speed from half to double.

With ``--minutes``, one recording of that length against a song of three minutes: the seconds that
comparing all moments and finding the attempts take, and the memory.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from benchmarks.job import peak_gigabytes
from lipsyncer.alignment import REFUSAL_THRESHOLD
from lipsyncer.alignment.attempts import Attempt, align_attempts, best_attempt
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.other_speeds import at_another_speed, at_song_speed, fits_at_own_speed
from lipsyncer.alignment.priors import AlignSettings
from lipsyncer.alignment.scores import evidence_for
from lipsyncer.arrays import Float64s, Integers
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.assemble import choose_segments
from lipsyncer.cut.segments import segments_of
from lipsyncer.edit.document import Take
from lipsyncer.features import GRID_RATE
from lipsyncer.features.log_mel import compress
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import Proxy
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import Weights, load_weights
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings
from lipsyncer.training.clips import Clip, hold_out
from lipsyncer.training.conditions import CONDITIONS, Sounds
from lipsyncer.training.distort import joined_takes, voiced_positions
from lipsyncer.training.lags import in_sync, read_clips_in_sync
from lipsyncer.training.recovery import align_clip, source_times

SEED, DRAWS = 3, 3
BINS = 10  # of confidence
SONG_SECONDS, LONG, LONG_SONG = 40.0, 20.0, 180.0
EARLY, LATE = 0.045, 0.125  # s
WRONG = 3.0  # frames
INTERRUPTED = 0.25
SPEEDS = (0.5, 0.75, 1.25, 1.5, 2.0)


@dataclass(frozen=True)
class Result:
    """What came out for one recording.

    Attributes
    ----------
    right, wrong
        Shares of voiced moments.
    moments
        (n, 2) confidence of the piece shown and |error| in frames, of each voiced moment that a
        matched piece shows.
    pieces, stretches
        Of the cut, and of the recording.
    """

    right: float
    wrong: float
    moments: Float64s
    pieces: int
    stretches: int


@dataclass(frozen=True)
class Recording:
    """Stretches of a performance with other movement around them.

    Attributes
    ----------
    clip
        The recording's mouth; its sound is the whole song's.
    shown
        (M,) song position that each of its positions shows; NaN where it shows something else.
    """

    clip: Clip
    shown: Float64s

    @property
    def stretches(self) -> int:
        """How many stretches follow the song."""
        line = self.shown - np.arange(len(self.shown))
        known = np.isfinite(line)
        begins = np.isfinite(line[1:]) & ~(np.abs(np.diff(line)) <= WRONG)
        return int(known[0]) + int(begins.sum())


Part = tuple[Clip, Integers, bool]
"""A clip, its positions that are shown, and whether they are of the performance."""
Span = tuple[float, float, bool]
FIXED: dict[str, tuple[Span, ...]] = {
    "restart": ((0, 0.48, True), (0.8, 0.92, False), (0.32, 1, True)),
    "skip": ((0, 0.4, True), (0.52, 1, True)),
    "two": ((0, 0.5, True), (0.5, 0.7, False), (0, 0.2, False), (0.3, 1, True)),
    "talk": ((0.7, 0.9, False), (0, 1, True)),
    "partial": ((0.2, 0.6, True), (0.75, 0.9, False)),
    "swapped": ((0.5, 1, True), (0, 0.5, True)),
}
"""From and to, as shares of the song, and whether it is shown as filmed or backwards."""


def fixed(song: Clip, name: str) -> Recording:
    """Make one of the fixed cases."""
    parts = []
    for start, end, forwards in FIXED[name]:
        rows = np.arange(round(start * len(song)), round(end * len(song)))
        parts.append((song, rows if forwards else rows[::-1], forwards))
    return _recording(song, parts)


def drawn(song: Clip, others: Sequence[Clip], rng: np.random.Generator) -> Recording:
    """Draw stretches of a song, their order, and what lies around them."""
    count, length = int(rng.integers(2, 6)), len(song)
    # Parts of at least a twelfth of the song, each begun a while before the last one ended.
    inner = np.sort(rng.dirichlet(np.full(count, 3.0)) * (1 - count / 12) + 1 / 12)
    rng.shuffle(inner)
    edges = np.concatenate(([0.0], np.cumsum(inner)))
    edges[-1] = 1.0
    twice = rng.uniform(0.1, 0.6) * rng.dirichlet(np.full(count - 1, 2.0))
    starts = edges[:-1] - np.concatenate(([0.0], twice))
    ends = edges[1:].copy()
    if rng.random() < 1 / 3:
        missing = int(rng.integers(0, count - 1))
        starts[missing + 1] = edges[missing + 1] + rng.uniform(0.03, 0.15)
    spans = [
        (round(max(a, 0.0) * length), round(b * length))
        for a, b in zip(starts, ends, strict=True)
        if b - max(a, 0.0) > 0.05
    ]
    if rng.random() < 0.4:
        spans = [spans[k] for k in rng.permutation(len(spans))]
    parts: list[Part] = []
    for start, end in spans:
        if rng.random() < 0.6:
            parts.append(_junk(song, others, rng))
        rows = np.arange(start, end)
        if rng.random() < INTERRUPTED and len(rows) > 250:
            # The song runs on while another face is in the picture.
            first = int(rng.integers(50, len(rows) - 175))
            other, strange, _ = _junk(song, others, rng)
            strange = strange[:125]
            parts += [(song, rows[:first], True), (other, strange, False)]
            rows = rows[first + len(strange) :]
        parts.append((song, rows, True))
    if rng.random() < 0.4:
        parts.append(_junk(song, others, rng))
    return _recording(song, parts)


def _junk(song: Clip, others: Sequence[Clip], rng: np.random.Generator) -> Part:
    """Between one and eight seconds of another person, or of the performer backwards."""
    length = round(rng.uniform(1, 8) * GRID_RATE)
    if rng.random() < 0.4:
        start = int(rng.integers(0, len(song) - length))
        return song, np.arange(start + length, start, -1), False
    other = others[int(rng.integers(len(others)))]
    start = int(rng.integers(0, len(other)))
    return other, (start + np.arange(length)) % len(other), False


def _recording(song: Clip, parts: Sequence[Part]) -> Recording:
    clip = replace(
        song,
        crops=np.concatenate([clip.crops[rows] for clip, rows, _ in parts]),
        shape=np.concatenate([clip.shape[rows] for clip, rows, _ in parts]),
        quality=np.concatenate([clip.quality[rows] for clip, rows, _ in parts]),
    )
    shown = [np.where(true, rows, np.nan) for _, rows, true in parts]
    return Recording(clip, np.concatenate(shown).astype(np.float64))


def at_speed(song: Clip, speed: float) -> Recording:
    """The performance filmed to the song at so many times its speed."""
    seen = at_song_speed(MouthTrack(song.crops, song.shape, song.quality), speed)
    clip = replace(song, crops=seen.crops, shape=seen.shape, quality=seen.quality)
    return Recording(clip, speed * np.arange(len(seen), dtype=np.float64))


def attempts_of(
    song: Clip, clip: Clip, weights: Weights
) -> tuple[Evidence, tuple[Attempt, ...], float]:
    """Find the attempts in a recording as the program does; and the confidence at its own speed."""
    sound = finish(encode_song(weights.model, compress(song.power)))
    visual = finish(encode_take(weights.model, clip.crops, clip.shape))
    track = MouthTrack(clip.crops, clip.shape, clip.quality)
    evidence = evidence_for(sound, visual, track, weights)
    attempts = align_attempts(evidence)
    own = best_attempt(attempts).alignment
    found = None
    if not fits_at_own_speed(own):
        found = finish(at_another_speed(sound, track, weights, AlignSettings(), own))
    return *(found or (evidence, attempts)), own.confidence


def measure(
    song: Clip, recording: Recording, change: Callable[[Clip], Clip], weights: Weights
) -> Result:
    """Cut a recording to the song by lips alone, and compare with the truth."""
    clip = recording.clip
    track = MouthTrack(clip.crops, clip.shape, clip.quality)
    evidence, attempts, _ = attempts_of(change(song), clip, weights)
    alignment = best_attempt(attempts).alignment
    seconds = len(song) / GRID_RATE
    take = AlignedTake(
        take=Take(Path("recording.mp4"), len(clip) / GRID_RATE),
        proxy=cast(Proxy, None),
        track=track,
        evidence=evidence,
        alignment=alignment,
        segments=segments_of(alignment.pieces, seconds),
        attempts=attempts,
    )
    segments, _ = choose_segments([take], seconds, Settings(), np.zeros(0))
    position = np.arange(len(song))
    source, confidence = np.full(len(song), np.nan), np.zeros(len(song))
    for segment in segments:
        inside = (position >= segment.song_start * GRID_RATE - 1e-6) & (
            position < segment.song_end * GRID_RATE - 1e-6
        )
        at = (
            segment.source_start
            + (position[inside] / GRID_RATE - segment.song_start) * segment.slope
        )
        source[inside] = at * GRID_RATE
        confidence[inside] = segment.confidence * (segment.kind == "matched")
    shown = np.interp(np.nan_to_num(source), np.arange(len(clip)), recording.shown)
    error = np.where(np.isfinite(source), position - shown, np.nan)
    voiced = voiced_positions(song.power)
    known = recording.shown[np.isfinite(recording.shown)]
    held = (np.abs(position[:, None] - known[None, :]) < 1.0).any(axis=1)
    in_time = (error <= EARLY * GRID_RATE + 0.5) & (error >= -LATE * GRID_RATE - 0.5)
    off = ~(np.abs(error) <= WRONG) & (confidence > 0.5)
    counted = voiced & (confidence > 0)
    return Result(
        right=float(in_time[voiced & held].mean()),
        wrong=float(off[voiced].mean()),
        moments=np.stack([confidence, np.nan_to_num(np.abs(error), nan=np.inf)], axis=1)[counted],
        pieces=len(segments),
        stretches=recording.stretches,
    )


def measure_long(song: Clip, others: Sequence[Clip], minutes: float, weights: Weights) -> None:
    """Time the search for attempts in a long recording, and print it."""
    rng = np.random.default_rng(SEED)
    parts: list[Part] = []
    while sum(len(rows) for _, rows, _ in parts) < minutes * 60 * GRID_RATE:
        length = round(rng.uniform(0.3, 1.0) * len(song))
        start = int(rng.integers(0, len(song) - length + 1))
        parts += [_junk(song, others, rng), (song, np.arange(start, start + length), True)]
    recording = _recording(song, parts)
    clip = recording.clip
    sound = finish(encode_song(weights.model, compress(song.power)))
    visual = finish(encode_take(weights.model, clip.crops, clip.shape))
    track = MouthTrack(clip.crops, clip.shape, clip.quality)
    before = peak_gigabytes()
    clocks = [(time.perf_counter(), time.process_time())]
    evidence = evidence_for(sound, visual, track, weights)
    clocks.append((time.perf_counter(), time.process_time()))
    attempts = align_attempts(evidence)
    clocks.append((time.perf_counter(), time.process_time()))
    recorded = len(clip) / GRID_RATE
    print(
        f"{recorded / 60:.1f} min of recording, {len(song) / GRID_RATE / 60:.1f} min of song: "
        f"{len(attempts)} attempts found of {recording.stretches} stretches"
    )
    for name, (clock, processor), (later, used) in zip(
        ("comparing", "finding attempts"), clocks, clocks[1:], strict=False
    ):
        print(
            f"{name}: {later - clock:.1f} s ({(later - clock) / recorded:.1%} of its length), "
            f"{used - processor:.1f} s of the processor"
        )
    print(f"memory: {before:.2f} GB before, {peak_gigabytes():.2f} GB at most")


def joined_songs(clips: Sequence[Clip], seconds: float) -> list[Clip]:
    """Join clips to songs, of one speaker where there is enough, else of several."""
    spoken: dict[str, float] = {}
    for clip in clips:
        spoken[clip.speaker] = spoken.get(clip.speaker, 0.0) + len(clip) / GRID_RATE
    return [
        *joined_takes(
            (
                clip if spoken[clip.speaker] >= 1.5 * seconds else replace(clip, speaker="several")
                for clip in clips
            ),
            seconds,
        )
    ]


def spread(songs: list[Clip], count: int | None) -> list[Clip]:
    """Take so many of some songs, evenly spread."""
    return songs[:: max(1, len(songs) // count)][:count] if count else songs


def own_songs(clips: Sequence[Clip], weights: Weights) -> list[Clip]:
    """Give the long clips, each put in sync by what the program says of it as it is.

    First as a whole, and then moment by moment: in some the sync as uploaded changes.
    """
    songs = []
    for clip in clips:
        if len(clip) < LONG * GRID_RATE:
            continue
        song = in_sync(clip, -align_clip(clip, weights).offset_ms / 1000 * GRID_RATE)
        position = np.arange(len(song))
        shown = source_times(align_clip(song, weights), position / GRID_RATE) * GRID_RATE
        rows = np.where(np.isfinite(shown), np.nan_to_num(shown).round(), position).astype(int)
        rows = np.clip(rows, 0, len(song) - 1)
        songs.append(
            replace(
                song,
                crops=song.crops[rows],
                shape=song.shape[rows],
                quality=song.quality[rows],
            )
        )
    return songs


def calibration_error(moments: Float64s) -> float:
    confidence, right = moments[:, 0], moments[:, 1] <= 1.0
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum(
            (bins == k).mean() * abs(confidence[bins == k].mean() - right[bins == k].mean())
            for k in np.unique(bins)
        )
    )


def show(title: str, results: Sequence[Result]) -> None:
    print(
        f"{title:24}{len(results):10}{np.mean([r.right for r in results]):8.1%}"
        f"{np.mean([r.wrong for r in results]):8.2%}"
        f"{calibration_error(np.concatenate([r.moments for r in results])):8.3f}"
        f"{np.mean([r.pieces for r in results]):8.1f}"
        f"{np.mean([r.stretches for r in results]):11.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attempts")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test", help="train: its held-out speakers")
    parser.add_argument("--conditions", default="speech,music,loud-music")
    parser.add_argument("--lags", type=Path, help="table by which the clips are put in sync")
    parser.add_argument("--draws", type=int, default=DRAWS, help="random recordings of each song")
    parser.add_argument("--minutes", type=float, help="time a recording of this length instead")
    parser.add_argument("--songs", type=int, help="so many of the songs alone, evenly spread")
    arguments = parser.parse_args()
    weights = load_weights(None)
    clips = finish(read_clips_in_sync(arguments.data, arguments.split, lags=arguments.lags))
    if arguments.split == "train":
        _, clips = hold_out(clips)
    if arguments.minutes:
        song = joined_songs(clips, LONG_SONG)[0]
        others = [clip for clip in clips if len(clip) > GRID_RATE]
        measure_long(song, others, arguments.minutes, weights)
        return
    joined = arguments.split in ("train", "test")
    songs = joined_songs(clips, SONG_SECONDS) if joined else own_songs(clips, weights)
    songs = spread(songs, arguments.songs)
    chosen = [CONDITIONS[name] for name in arguments.conditions.split(",")]
    sounds = Sounds(chosen, songs)
    finish(sounds.make())
    print(
        f"{'':24}{'recordings':>10}{'right':>8}{'wrong':>8}{'error':>8}{'pieces':>8}{'stretches':>11}"
    )
    everything: list[Result] = []
    for condition in chosen:
        change = sounds.change(condition)
        by_kind: dict[str, list[Result]] = {}
        strangers: list[tuple[float, float]] = []
        for index, song in enumerate(sounds.voices(condition)):
            for name, recording in recordings(song, clips, arguments.draws, index):
                by_kind.setdefault(name, []).append(measure(song, recording, change, weights))
            stranger = songs[(index + 1) % len(songs)]
            _, attempts, own = attempts_of(change(song), stranger, weights)
            strangers.append((own, best_attempt(attempts).alignment.confidence))
        print(condition.title)
        for name, results in by_kind.items():
            show(f"  {name}", results)
        measured = [result for results in by_kind.values() for result in results]
        show("  all", measured)
        everything += measured
        before, after = (np.array(strangers) >= REFUSAL_THRESHOLD).sum(axis=0)
        print(f"  strangers believed: {before} of {len(strangers)}, at any speed {after}")
    show("all of these", everything)


def recordings(
    song: Clip, clips: Sequence[Clip], draws: int, index: int
) -> Iterator[tuple[str, Recording]]:
    """The fixed recordings of a song, some that are drawn, and those at other speeds."""
    for name in FIXED:
        yield name, fixed(song, name)
    others = [c for c in clips if c.speaker != song.speaker and len(c) > GRID_RATE]
    for draw in range(draws):
        yield "drawn", drawn(song, others, np.random.default_rng([SEED, index, draw]))
    for speed in SPEEDS:
        yield f"at {speed:g} times the speed", at_speed(song, speed)


if __name__ == "__main__":
    main()
