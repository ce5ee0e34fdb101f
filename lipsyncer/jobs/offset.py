"""The job that measures how far a video's own lips and sound are apart."""

from __future__ import annotations

from lipsyncer.alignment.own_offset import OwnOffset, own_offset
from lipsyncer.alignment.scores import gather_evidence
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.jobs.running import Job, fetched_face_model, timed
from lipsyncer.media import MediaInfo, is_silent, read_audio
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import Stage, part


def measure_offset(info: MediaInfo) -> Job[OwnOffset]:
    """Watch the lips of a video and hold them against its own sound.

    Raises
    ------
    InputError
        When it has no sound or no face.
    """
    timings: dict[str, float] = {}
    if info.audio is None:
        raise InputError(
            info.path, "it has no sound to compare its lips with; choose another video."
        )
    samples = read_audio(info, rate=SAMPLE_RATE)
    if is_silent(samples):
        raise InputError(info.path, "its sound is silent; choose a video with a voice.")
    yield from fetched_face_model()
    _, track = yield from timed("track", track_or_recall(info), timings)
    if track.seen == 0:
        raise InputError(info.path, "no face was found in it; choose a video that shows the lips.")
    weights = load_weights()

    def score() -> Stage[OwnOffset]:
        sound = yield from part(encode_song(weights.model, log_mel(samples)), 0.0, 0.4)
        lips = yield from part(encode_take(weights.model, track.crops, track.shape), 0.4, 0.8)
        evidence = yield from part(gather_evidence(sound, lips, track, weights), 0.8, 1.0)
        return own_offset(evidence)

    return (yield from timed("score", score(), timings))
