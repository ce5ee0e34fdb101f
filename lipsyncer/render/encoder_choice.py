"""Which encoder writes the picture: x264, or one of the graphics card where that is asked for.

A card's encoder is quicker and takes work off the processor; x264 makes smaller files of the same
look. A card's encoder is used only where a second of picture, written by it just as a whole video
would be, turns out to be what platforms ask for, whatever its maker promises. Nothing is remembered
from one run to the next, as drivers and cards change.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame

from lipsyncer.media.delivery import measure
from lipsyncer.render import encoders
from lipsyncer.render.encode import Mp4Writer
from lipsyncer.render.encoders import X264, Encoder, Kind
from lipsyncer.render.presets import RenderSettings, Size

log = logging.getLogger(__name__)


def chosen(
    kind: Kind,
    settings: RenderSettings,
    size: Size,
    rate: Fraction,
    candidates: Sequence[Encoder] | None = None,
) -> Encoder:
    """Choose the encoder: x264, or the first of the cards' that proves to work.

    Parameters
    ----------
    kind
        What was asked for; with ``"hardware"`` it is x264 all the same where no other works.
    settings, size, rate
        Of the render.
    candidates
        Encoders of cards, the preferred ones first; ``encoders.HARDWARE`` by default.
    """
    if kind == "software":
        return X264
    candidates = encoders.HARDWARE if candidates is None else candidates
    return next((one for one in candidates if works(one, settings, size, rate)), X264)


def works(encoder: Encoder, settings: RenderSettings, size: Size, rate: Fraction) -> bool:
    """Whether an encoder writes what platforms ask for, found out by writing a little with it."""
    with tempfile.TemporaryDirectory(prefix="lipsyncer-") as folder:
        path = Path(folder) / "trial.mp4"
        try:
            _write_trial(path, encoder, settings, size, rate)
            facts = measure(path)
        except Exception as error:  # drivers fail in ways of their own
            log.info("%s can't be used: %s", encoder.name, error)
            return False
    video = facts.video
    good = (
        video is not None
        and (video.codec, video.pixel_format) == ("h264", "yuv420p")
        and (video.width, video.height) == size
        and facts.profile == "High"
        and not facts.reordered
        and facts.closed_groups is True
        and facts.largest_key_interval <= settings.key_interval + 0.5 / float(rate)
        and (facts.colour, facts.colour_range) == ("bt709", "limited")
        and abs(facts.starts[0]) < 1e-4
    )
    if not good:
        log.info("%s is not used, since it writes %s", encoder.name, facts)
    return good


def _write_trial(
    path: Path, encoder: Encoder, settings: RenderSettings, size: Size, rate: Fraction
) -> None:
    """Write two groups of pictures and a bit, grey growing brighter."""
    count = 2 * max(1, round(settings.key_interval * rate)) + 3
    sound = np.zeros((round(count / rate * 48_000), 2), np.float32)
    with Mp4Writer(path, size, rate, sound, settings, encoder) as writer:
        for number in range(count):
            picture = VideoFrame(*size, "yuv420p")
            for plane, level in zip(picture.planes, (40 + number, 128, 128), strict=True):
                plane.update(bytes([level]) * plane.buffer_size)
            writer.add(picture)
        writer.finish()
