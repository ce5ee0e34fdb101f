"""What a take's own sound is listened to for, and what it then decides.

Sound says when the phone heard the song, lips say when the mouth moved. Lips alone, sound alone, or
both, where the sound only narrows the search of the lips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lipsyncer.alignment import AlignSettings, Evidence
from lipsyncer.alignment.attempts import Attempt
from lipsyncer.alignment.camera_sound import CameraSound, listening
from lipsyncer.alignment.guided import guided, laid_by_sound
from lipsyncer.alignment.other_speeds import attempts_at
from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.media import MediaInfo
from lipsyncer.media.audio import Sound, read_sound
from lipsyncer.progress import Stage, part
from lipsyncer.settings.job import SyncSource


def listen_to_takes(
    song: Float32s, takes: Sequence[MediaInfo], source: SyncSource, song_path: Path
) -> Stage[list[CameraSound | None]]:
    """Look for the song in the takes' own sound.

    Parameters
    ----------
    song
        Mono sound at 16 kHz.
    takes
        Where they have no sound, or none that can be decoded, there is nothing to listen to.
    source
        With ``"lips"`` nothing is listened to.
    song_path
        The song's file. With ``"both"``, a take that is that file itself is not listened to: where
        its sound belongs is where it is.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    list of CameraSound or None
        One of each take.

    Raises
    ------
    InputError
        When a take has no sound and there is no other source.
    """
    camera_sounds: list[CameraSound | None] = []
    for index, take in enumerate(takes):
        yield index / len(takes)
        unasked = source == "lips" or (source == "both" and take.path == song_path)
        heard = None if unasked else _own_sound(take)
        if heard is None and source == "sound":
            raise unheard(take.path)
        if heard is None:
            camera_sounds.append(None)
            continue
        first, last = index / len(takes), (index + 1) / len(takes)
        found = yield from part(listening(song, heard.samples), first, last)
        camera_sounds.append(replace(found, track=heard.track))
    return camera_sounds


def unheard(take: Path) -> InputError:
    """Say that a take has no sound to go by."""
    return InputError(
        take, "it has no sound that can be heard; go by its lips, or choose a take with sound."
    )


def unseen(take: Path) -> InputError:
    """Say that a take has no lips to go by."""
    return InputError(
        take, "no face was found in it; film the singer's face from the front, in good light."
    )


def _own_sound(take: MediaInfo) -> Sound | None:
    if take.audio is None:
        return None
    try:
        return read_sound(take, rate=SAMPLE_RATE)
    except InputError:
        return None  # a damaged recording of the room is no reason to refuse the picture


def with_camera_sound(
    evidence: Evidence, camera_sound: CameraSound | None, source: SyncSource
) -> Evidence:
    """Add to what the lips say what the sound is worth to them."""
    if source != "both" or camera_sound is None or evidence.retimed is not None:
        return evidence
    return guided(evidence, camera_sound)


def attempts_by(
    evidence: Evidence,
    camera_sound: CameraSound | None,
    source: SyncSource,
    settings: AlignSettings,
) -> tuple[Attempt, ...]:
    """Find the attempts by the chosen source; ``evidence`` is from ``with_camera_sound``."""
    if source == "sound" and camera_sound is not None:
        songs, takes = len(evidence.voice), len(evidence.face)
        alignment = laid_by_sound(camera_sound, songs, takes, evidence.rate, settings)
        return (Attempt(0.0, takes / evidence.rate, alignment),)
    return attempts_at(evidence, settings)
