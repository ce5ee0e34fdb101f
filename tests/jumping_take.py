"""A take that jumps, and moves its lips in a gap; all is known of it, though nobody watched it.

Other tests import this module by name (``import jumping_take``).
"""

from __future__ import annotations

from pathlib import Path

import clips
import numpy as np

from lipsyncer.alignment import Alignment, Evidence
from lipsyncer.alignment.camera_sound import CameraSound, SoundPiece
from lipsyncer.cut.analysis import AlignedTake, Analysis, AnalysisInputs
from lipsyncer.cut.assemble import aligned, cut_of
from lipsyncer.cut.sync_source import with_camera_sound
from lipsyncer.edit.document import Take
from lipsyncer.features.lipshape import SHAPE_POINTS
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import FrameReader, Proxy
from lipsyncer.media.peaks import peaks_of
from lipsyncer.media.small_pictures import SmallPictures, pack
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings

RATE = 25.0
SONG = 24.0
GAP = (10.0, 13.0)
"""Seconds of the song in which nobody sings."""
MOVING = (10.8, 12.2)
"""Seconds of the song for which the lips move in it all the same, as the first line has it."""
FIRST, SECOND = 0.4, 1.0
"""Seconds by which the take is late before and after its jump, which lies in the gap."""
HEARD = 0.8
"""Seconds by which the take's own sound says that it is late, all along."""
JUMP = 12.6
"""Seconds of the song at which the take jumps from the one to the other."""
TAKE = SONG + 2.0

_LEAST = 0.04  # parted lips, in distances between the eyes
_STILL = (14.5, 16.5)  # s of the take; a closed mouth while the voice sings on


def film(folder: Path, sound: clips.Samples | None = None) -> Path:
    """Write a picture for the take, small frames that say which they are, and maybe a sound."""
    times = clips.even_times(RATE, TAKE)
    path = folder / "jumping.mp4"
    return clips.write_clip(path, times, size=(64, 64), sound=sound, sound_rate=16_000)


def record(folder: Path) -> None:
    """Write a song of noise, and the take again with a sound that holds it ``HEARD`` late."""
    song = np.random.default_rng(5).normal(0, 0.2, round(SONG * 16_000)).astype(np.float32)
    clips.write_sound(folder / "song.wav", song, 16_000)
    film(folder, np.concatenate([np.zeros(round(HEARD * 16_000), np.float32), song]))


def evidence() -> Evidence:
    """What the lips say: a clear ridge along two lines, over noise."""
    songs, takes = round(SONG * RATE), round(TAKE * RATE)
    times = np.arange(songs) / RATE
    late = np.where(times < JUMP, FIRST, SECOND)
    away = np.arange(takes)[None, :] - (times + late)[:, None] * RATE
    noise = np.random.default_rng(3).normal(0, 0.05, (songs, takes))
    pairs = 0.35 * np.exp(-0.5 * away**2) - 0.08 + noise
    voice = ((times < GAP[0]) | (times >= GAP[1])).astype(np.float32)
    return Evidence(RATE, pairs.astype(np.float32), voice, np.ones(takes, np.float32))


def small_pictures(path: Path) -> SmallPictures:
    """Every frame of the take, small."""
    with FrameReader(path) as reader:
        count = round(TAKE * RATE)
        pictures = [pack(reader.frame_at((k + 0.5) / RATE)) for k in range(count)]
    return SmallPictures.of(pictures, [1] * count)


def track() -> MouthTrack:
    """A mouth that sings with the song, and for a while in its pause."""
    takes = round(TAKE * RATE)
    times = np.arange(takes) / RATE
    song = np.where(times - FIRST < JUMP, times - FIRST, times - SECOND)
    sings = (song < GAP[0]) | (song >= GAP[1]) | ((song >= MOVING[0]) & (song < MOVING[1]))
    sings &= ~((times >= _STILL[0]) & (times < _STILL[1]))
    opening = np.where(sings, 0.3 + 0.25 * np.sin(times * 2 * np.pi * 4), 0.0)
    shape = np.zeros((takes, len(SHAPE_POINTS), 3), np.float32)
    for upper, lower in ((13, 14), (82, 87), (312, 317)):
        shape[:, _at(upper), 1] = -opening / 2
        shape[:, _at(lower), 1] = opening / 2
    crops = np.zeros((takes, 64, 64), np.uint8)
    return MouthTrack(crops, shape, np.ones(takes, np.float32))


def camera_sound() -> CameraSound:
    """A sound that holds the song, as late as neither of the lips' two lines."""
    return CameraSound(0.99, 12.0, (SoundPiece(HEARD, TAKE, HEARD, 0.0),))


def analysis(
    folder: Path, settings: Settings | None = None, sound: CameraSound | None = None
) -> Analysis:
    """What the program makes of it: a cut with one jump, and a closed mouth in the gap.

    Parameters
    ----------
    folder
        For the picture.
    settings
        What it is matched with.
    sound
        What the take's own sound says.
    """
    settings = settings or Settings()
    times = np.arange(round(TAKE * RATE)) / RATE
    path = film(folder)
    proxy = Proxy(path, RATE, 64, 64, times, times, TAKE, small_pictures(path))
    unknown = Alignment((), 0.0, 0.0, 0.0, "unchanged")
    lips = evidence()
    used = with_camera_sound(lips, sound, settings.sync_source)
    known = AlignedTake(Take(path, TAKE), proxy, track(), used, unknown, (), sound)
    alignments = finish(aligned([known], settings))
    beats = np.zeros(0)
    cutting = cut_of(folder / "song.wav", SONG, [known], alignments, settings, beats)
    cut = finish(cutting)
    samples = np.random.default_rng(0).normal(0, 0.2, round(SONG * 16_000)).astype(np.float32)
    basis = AnalysisInputs(settings, beats, {"lips": (lips,), settings.sync_source: (used,)})
    peaks = peaks_of(samples, 16_000)
    return Analysis(cut.document, cut.takes, peaks, {}, cut.take_findings, cut.mouth_fixes, basis)


def _at(point: int) -> int:
    return int(np.flatnonzero(point == SHAPE_POINTS)[0])
