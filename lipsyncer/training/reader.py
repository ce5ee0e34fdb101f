"""Reads a folder of talking faces into clips, through the same code as a user's take."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from pathlib import Path

import numpy as np
import platformdirs

from lipsyncer.diagnostics.errors import InputError, is_file
from lipsyncer.features.landmarks import FaceFinder, fetch_model
from lipsyncer.features.log_mel import COLUMNS_PER_POSITION, MEL_BANDS, SAMPLE_RATE, mel_power
from lipsyncer.features.tracking import track_take
from lipsyncer.media import probe, read_audio
from lipsyncer.network.weights import INPUT_VERSION
from lipsyncer.progress import Stage, finish, part
from lipsyncer.training.clips import Clip
from lipsyncer.training.corpora import Row, rows_of
from lipsyncer.whole_file import whole_file

_READ = "one pass"  # names how clips are read: those read otherwise are not taken from the cache
_CHUNK = 64  # clips that one worker reads with one finder and stores together
_WORST_QUALITY = 0.5  # mean; below it too little of the mouth is seen to learn from


def read_clips(
    data: Path, split: str, corpus: str = "folder", *, workers: int = 2
) -> Stage[list[Clip]]:
    """Read the clips of a split, from the cache where they were read before.

    Parameters
    ----------
    data, split, corpus
        Where the clips are and which of them to read; see ``corpora.rows_of``.
    workers
        Processes that read at the same time; with one, it is this one.

    Raises
    ------
    InputError
        When the folder holds no clips of that split.
    """
    rows = rows_of(data, split, corpus)
    if not rows:
        raise InputError(data, f"has no videos of the split “{split}”; name another folder.")
    folder = _cache_folder(data, split, rows)
    parts = [rows[k : k + _CHUNK] for k in range(0, len(rows), _CHUNK)]
    paths = [folder / f"{k:04d}.npz" for k in range(len(parts))]
    missing = [(p, r) for p, r in zip(paths, parts, strict=True) if not is_file(p)]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        yield from part(fetch_model(), 0.0, 0.0)
        jobs = [(data, few, path) for path, few in missing]
        for done, _ in enumerate(_each_part(jobs, workers), start=1):
            yield done / len(missing)
    return [clip for path in paths for clip in _load_part(path)]


def _each_part(jobs: list[tuple[Path, list[Row], Path]], workers: int) -> Iterator[None]:
    if workers == 1:
        yield from map(_read_part, jobs)
        return
    # Begun afresh: a face finder that this process has used does not survive being forked.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_read_part, jobs)


def _cache_folder(data: Path, split: str, rows: list[Row]) -> Path:
    described = (_READ, INPUT_VERSION, str(data.resolve()), split, [astuple(row) for row in rows])
    digest = hashlib.sha256(repr(described).encode())
    root = Path(platformdirs.user_cache_dir("lipsyncer"))
    return root / "clips" / digest.hexdigest()[:16]


def _read_part(job: tuple[Path, list[Row], Path]) -> None:
    data, rows, target = job
    with FaceFinder() as finder:
        clips = [clip for row in rows for clip in _read_clip(data, row, finder)]
    arrays = {
        "names": np.array([(c.name, c.speaker, c.source) for c in clips]).reshape(-1, 3),
        "lengths": np.array([len(c) for c in clips], np.int64),
    }
    if clips:
        arrays |= {
            "crops": np.concatenate([c.crops for c in clips]),
            "shape": np.concatenate([c.shape for c in clips]).astype(np.float16),
            "quality": np.concatenate([c.quality for c in clips]),
            # Logarithms keep a quiet band's detail in half the bytes.
            "power": np.log(np.concatenate([c.power for c in clips]) + 1e-9).astype(np.float16),
            "sound": np.concatenate([c.sound for c in clips]),
        }
    with whole_file(target) as partial:
        np.savez(partial, **arrays)


def _read_clip(data: Path, row: Row, finder: FaceFinder) -> Iterator[Clip]:
    """The clip, or nothing where it can't be read or shows no mouth."""
    path = data / row.file
    try:
        _, track = finish(track_take(probe(path), finder=finder))
        samples = read_audio(data / row.sound if row.sound else path, rate=SAMPLE_RATE)
    except InputError:
        return
    if track.quality.mean() < _WORST_QUALITY:
        return
    n = len(track)
    wanted = int(n / 25 * SAMPLE_RATE)
    samples = np.pad(samples[:wanted], (0, max(wanted - len(samples), 0)))
    power = np.zeros((n * COLUMNS_PER_POSITION, MEL_BANDS), np.float32)
    columns = mel_power(samples)[: len(power)]
    power[: len(columns)] = columns
    sound = np.clip(np.rint(samples * 32767), -32768, 32767).astype(np.int16)
    yield Clip(
        row.file, row.speaker, row.source, track.crops, track.shape, track.quality, power, sound
    )


def _load_part(path: Path) -> Iterator[Clip]:
    with np.load(path) as stored:
        lengths = stored["lengths"]
        if not len(lengths):
            return
        names = stored["names"]
        crops, shape, quality = stored["crops"], stored["shape"], stored["quality"]
        power, sound = stored["power"], stored["sound"]
    at = np.concatenate(([0], np.cumsum(lengths)))
    samples = lengths * SAMPLE_RATE // 25
    sound_at = np.concatenate(([0], np.cumsum(samples)))
    n = COLUMNS_PER_POSITION
    for k, (name, speaker, source) in enumerate(names):
        first, last = int(at[k]), int(at[k + 1])
        yield Clip(
            str(name),
            str(speaker),
            str(source),
            crops[first:last],
            shape[first:last].astype(np.float32),
            quality[first:last],
            np.exp(power[first * n : last * n].astype(np.float32)) - np.float32(1e-9),
            sound[sound_at[k] : sound_at[k + 1]],
        )
