"""The job that finds out which moment of which take belongs to which moment of a song."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from lipsyncer.align.camera_sound import CameraSound
from lipsyncer.align.scores import gather_evidence
from lipsyncer.alongside import alongside
from lipsyncer.cut.analysis import Analysis, AnalysisInputs
from lipsyncer.cut.assemble import TrackedTake, make_cut
from lipsyncer.cut.sync_source import listen_to_takes, unseen, with_camera_sound
from lipsyncer.edit.document import Take
from lipsyncer.features import landmarks
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.jobs.damaged_source import find_damage
from lipsyncer.jobs.reading import Read, read_files
from lipsyncer.jobs.running import Job, JobPreview, fetched_face_model, timed
from lipsyncer.media import conform
from lipsyncer.media.audio import mono_mix
from lipsyncer.media.peaks import peaks_of
from lipsyncer.network.model import Lipsync
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, each, part
from lipsyncer.settings.job import Settings


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
    sight = JobPreview()
    yield from fetched_face_model()
    read = yield from timed("probe", _read(song, takes), timings)

    # The takes' own sound is listened to while their pictures are looked at.
    listening = listen_to_takes(mono_mix(read.samples), read.takes, settings.sync_source)
    with alongside(listening) as listened:
        conformed = each(
            read.takes, lambda info: conform(info.path, info, cache_dir=settings.cache_dir)
        )
        proxies = yield from timed("conform", conformed, timings)

        damage = find_damage(read.takes, proxies, settings)

        tracked = each(
            list(zip(takes, proxies, strict=True)),
            lambda take: track_or_recall(*take, cache_dir=settings.cache_dir, watch=sight.see),
        )
        tracks = yield from timed("track", tracked, timings, sight)
        for path, track in zip(takes, tracks, strict=True):
            if track.seen == 0 and settings.sync_source != "sound":
                raise unseen(path)

        encoded = _encode(weights.model, read, tracks, listened)
        sound, visuals, camera_sounds = yield from timed("encode", encoded, timings)

    scored = each(
        list(zip(visuals, tracks, strict=True)),
        lambda pair: gather_evidence(sound, *pair, weights, sight.see),
    )
    lips = yield from timed("score", scored, timings, sight)

    source = settings.sync_source
    evidences = [with_camera_sound(*pair, source) for pair in zip(lips, camera_sounds, strict=True)]
    tracked_takes = [
        TrackedTake(Take(path, proxy.duration), proxy, track, evidence, camera_sound)
        for path, proxy, track, evidence, camera_sound in zip(
            takes, proxies, tracks, evidences, camera_sounds, strict=True
        )
    ]
    cutting = make_cut(song, read.song_duration, tracked_takes, settings, read.beats)
    cut = yield from timed("align", cutting, timings)
    return Analysis(
        document=cut.document,
        takes=cut.takes,
        peaks=peaks_of(read.samples, SAMPLE_RATE),
        timings=timings,
        take_findings=(*damage, *cut.take_findings),
        mouth_fixes=cut.mouth_fixes,
        basis=AnalysisInputs(
            settings, read.beats, {"lips": tuple(lips), source: tuple(evidences)}, damage
        ),
    )


def preload() -> None:
    """Import what an analysis needs and what takes a while to import.

    An import keeps every other thread from Python for a tenth of a second at times, and for several
    where the processor is busy with something else: better before the work begins than in it.
    """
    landmarks.preload()
    import librosa.sequence  # noqa: F401 - with it comes what compiles its loops


def _read(song: Path, takes: Sequence[Path]) -> Stage[Read]:
    """Read the files, once everything is at hand that is wanted later."""
    yield 0.0
    preload()
    return (yield from read_files(song, takes))


def _encode(
    model: Lipsync,
    read: Read,
    tracks: Sequence[MouthTrack],
    listened: Stage[list[CameraSound | None]],
) -> Stage[tuple[Tensor, list[Tensor], list[CameraSound | None]]]:
    """Encode the song and each take's mouth, and wait for what the takes' own sound says."""
    mel = log_mel(mono_mix(read.samples))
    yield 0.2
    sound = yield from part(encode_song(model, mel), 0.2, 0.5)
    seen = each(tracks, lambda track: encode_take(model, track.crops, track.shape))
    visuals = yield from part(seen, 0.5, 0.8)
    camera_sounds = yield from part(listened, 0.8, 1.0)
    return sound, visuals, camera_sounds
