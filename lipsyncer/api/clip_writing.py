"""Any moviepy clip as a file that platforms take, by the writer of the program's own videos.

moviepy's writer rounds the rate and leaves the colour tags out (``lipsyncer/render/compose.py``).
"""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from av.video.frame import VideoFrame

from lipsyncer.api.script_choices import Hear, Name, preset_of
from lipsyncer.diagnostics.errors import UsageError
from lipsyncer.jobs import check_output, timed
from lipsyncer.media.audio import Samples
from lipsyncer.progress import Stage, driven
from lipsyncer.render.encode import Mp4Writer
from lipsyncer.render.framing import WHOLE, view_of
from lipsyncer.render.layers import for_encoder, on_black, rounded
from lipsyncer.render.mix import SAMPLE_RATE, stereo
from lipsyncer.render.presets import RenderSettings, Size
from lipsyncer.render.retime import ROUNDING, output_rate
from lipsyncer.render.target import writing
from lipsyncer.whole_file import whole_file

_CHUNK = 10.0
"""Seconds of sound that are asked for at a time."""


def write(clip: Any, path: Name, preset: str = "master", *, progress: Hear = None) -> Path:
    """Write a moviepy clip as an MP4 that passes ``lipsyncer check``.

    Parameters
    ----------
    clip
        Any moviepy ``VideoClip`` with a duration and ``fps``. Where the platform wants another
        size, it is shown whole, over black.
    path
        The MP4; it appears when it is whole.
    preset
        The platform, a key of ``lipsyncer.render.presets.PRESETS`` such as ``tiktok``; ``master``
        keeps the clip's size.
    progress
        Is called with a ``Progress`` now and then.

    Returns
    -------
    The path.

    Raises
    ------
    LipsyncerError
        When the clip has no duration or no ``fps``, or the file can't be written.
    """
    settings, target = preset_of(preset).settings, Path(path)
    for needed in ("duration", "fps"):
        if not getattr(clip, needed, None):
            raise UsageError(f"the clip has no {needed}; give it one with with_{needed}().")
    check_output(target, [])
    driven(timed("render", _written(clip, target, settings), {}), progress or (lambda told: None))
    return target


def _written(clip: Any, target: Path, settings: RenderSettings) -> Stage[None]:
    rate = output_rate(clip.fps, settings.max_rate, settings.min_rate)
    count = max(1, math.ceil(clip.duration * float(rate) - ROUNDING))
    size = settings.size or (max(2, clip.size[0] & ~1), max(2, clip.size[1] & ~1))
    sound = _sound(clip, float(count / rate))
    with whole_file(target) as partial, Mp4Writer(partial, size, rate, sound, settings) as writer:
        for number in range(count):
            picture = _picture(clip, number, rate, size, settings)
            with writing(target):
                writer.add(picture)
            yield (number + 1) / count
        with writing(target):
            writer.finish()


def _picture(
    clip: Any, number: int, rate: Fraction, size: Size, settings: RenderSettings
) -> VideoFrame:
    """Show what the clip shows in the middle of an output frame, as the time map is asked."""
    start = float(number / rate)
    middle = (start + min(float((number + 1) / rate), max(clip.duration, start))) / 2
    picture = rounded(np.asarray(clip.get_frame(middle)))
    height, width = picture.shape[:2]
    if settings.size is not None and (width, height) != size:
        view = view_of(np.zeros(2), (width, height), size, WHOLE, None)
        return for_encoder(on_black(picture, size, view))
    return for_encoder(np.ascontiguousarray(picture[: size[1], : size[0]]))


def _sound(clip: Any, seconds: float) -> Samples:
    """Give the clip's sound, (round(seconds * SAMPLE_RATE), 2), silent where it has none."""
    sound = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    audio = clip.audio
    if audio is None:
        return sound
    rate = round(getattr(audio, "fps", None) or SAMPLE_RATE)
    count = round(min(clip.duration, audio.duration or clip.duration) * rate)
    step = round(_CHUNK * rate)
    # A quarter of a sample late, so that the times mean these samples whether they are rounded
    # to the nearest one or down.
    parts = [
        audio.to_soundarray((np.arange(first, min(first + step, count)) + 0.25) / rate, fps=rate)
        for first in range(0, count, step)
    ]
    heard = stereo(np.concatenate([np.asarray(part, np.float32) for part in parts]))
    if rate != SAMPLE_RATE:
        heard = soxr.resample(heard, rate, SAMPLE_RATE, quality="HQ")
    length = min(len(heard), len(sound))
    sound[:length] = np.clip(heard[:length], -1, 1)
    return sound
