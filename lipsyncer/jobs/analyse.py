"""The job that finds out which moment of which take belongs to which moment of a song."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from torch import Tensor

from lipsyncer.alignment.attempts import align_attempts
from lipsyncer.alignment.camera_sound import CameraSound
from lipsyncer.alignment.evidence import Evidence
from lipsyncer.alignment.other_speeds import at_another_speed
from lipsyncer.alignment.scores import gather_evidence
from lipsyncer.allocator import share_arenas
from lipsyncer.alongside import alongside
from lipsyncer.cut.analysis import Analysis, AnalysisInputs
from lipsyncer.cut.assemble import TrackedTake, make_cut
from lipsyncer.cut.sync_source import listen_to_takes, unseen, with_camera_sound
from lipsyncer.edit.document import Take
from lipsyncer.features import GRID_RATE, landmarks
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.jobs.damaged_source import find_damage
from lipsyncer.jobs.reading import Read, read_files
from lipsyncer.jobs.running import Job, JobPreview, fetched_face_model, timed
from lipsyncer.lean_import import lean_import
from lipsyncer.media.audio import mono_mix
from lipsyncer.media.peaks import peaks_of
from lipsyncer.network.model import Lipsync
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, each, part
from lipsyncer.settings.job import Settings, SyncSource


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
    share_arenas()
    settings = settings or Settings()
    weights = load_weights(settings.weights)
    timings: dict[str, float] = {}
    sight = JobPreview()
    yield from fetched_face_model()
    read = yield from timed("probe", _read(song, takes), timings)

    # The song and the takes' own sound are listened to while their pictures are looked at.
    hearing = _hear(weights.model, read, settings.sync_source, song)
    with alongside(hearing) as heard:
        watched = each(
            read.takes,
            lambda take: track_or_recall(
                take, cache_dir=settings.cache_dir, watch=sight.see, turn=settings.turn
            ),
        )
        seen = yield from timed("track", watched, timings, sight)
        proxies, tracks = [proxy for proxy, _ in seen], [track for _, track in seen]
        file_findings = (*read.findings, *find_damage(read.takes, proxies, settings))
        for path, track in zip(takes, tracks, strict=True):
            if track.seen == 0 and settings.sync_source != "sound":
                raise unseen(path)

        encoded = _encode(weights.model, tracks, heard)
        sound, visuals, camera_sounds = yield from timed("encode", encoded, timings)

    scored = each(  # of long takes, what was encoded is let go of as soon as it was compared
        tracks,
        lambda track: gather_evidence(sound, visuals.pop(0), track, weights, sight.see),
    )
    lips = yield from timed("score", scored, timings, sight)

    source = settings.sync_source
    evidences = [with_camera_sound(*pair, source) for pair in zip(lips, camera_sounds, strict=True)]
    tracked_takes = [
        TrackedTake(Take(path, proxy.duration, proxy.turned), proxy, track, evidence, camera_sound)
        for path, proxy, track, evidence, camera_sound in zip(
            takes, proxies, tracks, evidences, camera_sounds, strict=True
        )
    ]
    cutting = make_cut(
        song,
        read.song_duration,
        tracked_takes,
        settings,
        read.beats,
        lambda track, own: at_another_speed(sound, track, weights, settings.align, own),
    )
    cut = yield from timed("align", cutting, timings)
    # A take that was filmed at another speed keeps to it when it is matched again.
    lips, evidences = (
        [
            take.evidence if take.evidence.retimed else evidence
            for take, evidence in zip(cut.takes, made, strict=True)
        ]
        for made in (lips, evidences)
    )
    return Analysis(
        document=cut.document,
        takes=cut.takes,
        peaks=peaks_of(read.samples, SAMPLE_RATE),
        timings=timings,
        take_findings=(*file_findings, *cut.take_findings),
        mouth_fixes=cut.mouth_fixes,
        basis=AnalysisInputs(
            settings, read.beats, {"lips": tuple(lips), source: tuple(evidences)}, file_findings
        ),
    )


@cache  # what would be frozen a second time might be garbage by then
def preload() -> None:
    """Import what an analysis needs and what takes a while to import.

    An import keeps every other thread from Python for a tenth of a second at times, and for several
    where the processor is busy with something else: better before the work begins than in it.
    """
    landmarks.preload()
    with lean_import("resampy", "samplerate"):  # librosa looks for other resamplers for long
        from librosa.feature import chroma_stft, melspectrogram  # noqa: F401
        from librosa.sequence import viterbi_binary

    # Compiled loops are loaded when they are first called.
    viterbi_binary(np.full(2, 0.5), np.full((2, 2), 0.5))
    sure = np.ones(100, np.float32)
    align_attempts(Evidence(GRID_RATE, 3 * np.diag(sure), sure, sure))
    gc.freeze()  # what was imported stays, and need not be looked through again and again


def _read(song: Path, takes: Sequence[Path]) -> Stage[Read]:
    """Read the files, while what finds faces is loaded."""
    with alongside(_loading()) as loaded:
        read = yield from part(read_files(song, takes), 0.0, 0.5)
        yield from part(loaded, 0.5, 1.0)
    return read


def _loading() -> Stage[None]:
    yield 0.0
    landmarks.preload()


_Heard = tuple[Tensor, list[CameraSound | None]]
"""The song encoded, and what each take's own sound says of it."""


def _hear(model: Lipsync, read: Read, source: SyncSource, path: Path) -> Stage[_Heard]:
    """Encode the song, and look for it in the takes' own sound."""
    yield 0.0
    preload()
    song = mono_mix(read.samples)
    mel = log_mel(song)
    yield 0.2
    encoded = yield from part(encode_song(model, mel), 0.2, 0.6)
    camera_sounds = yield from part(listen_to_takes(song, read.takes, source, path), 0.6, 1.0)
    return encoded, camera_sounds


def _encode(
    model: Lipsync, tracks: Sequence[MouthTrack], heard: Stage[_Heard]
) -> Stage[tuple[Tensor, list[Tensor], list[CameraSound | None]]]:
    """Encode each take's mouth, and wait for what is heard."""
    seen = each(tracks, lambda track: encode_take(model, track.crops, track.shape))
    visuals = yield from part(seen, 0.0, 0.6)
    sound, camera_sounds = yield from part(heard, 0.6, 1.0)
    return sound, visuals, camera_sounds
