"""From the cut to an MP4: frames through the one time map, the song as the only sound."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lipsyncer.edit.document import Document
from lipsyncer.media.probe import probe, require_take
from lipsyncer.progress import Stage
from lipsyncer.render.compose import output_format, pictures
from lipsyncer.render.encode import Mp4Writer
from lipsyncer.render.encoders import Encoder, chosen
from lipsyncer.render.framing import framing_for
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.overlays.burn import TITLE_SAFE, burn_in, burned, song_times_of
from lipsyncer.render.overlays.mouth_avoidance import mouth_boxes
from lipsyncer.render.presets import DEFAULT, PRESETS, RenderSettings
from lipsyncer.render.reframe import Faces
from lipsyncer.render.retime import plan_frames
from lipsyncer.render.soundtrack import SoundSettings, output_sound
from lipsyncer.render.target import check_target, unfinished, writing

__all__ = ["DEFAULT", "PRESETS", "Faces", "RenderSettings", "SoundSettings", "render"]


def render(
    document: Document,
    target: Path,
    settings: RenderSettings = DEFAULT,
    heard: Callable[[Loudness], None] | None = None,
    faces: Mapping[int, Faces] | None = None,
    fitted: Document | None = None,
    encoded_by: Callable[[Encoder], None] | None = None,
) -> Stage[Path]:
    """Write the video that a document describes.

    The picture is H.264 in the size asked for, into which takes are cropped or fitted as the
    settings say, or in that of the first take, which others are fitted into; the song is the only
    sound. The file appears under its name when it is whole, and not at all when the stage fails or
    is closed before.

    Parameters
    ----------
    heard
        Is told how loud the output's sound is.
    faces
        Where the singer's face is in each take (by index), for crops that follow it and words that
        stay off the mouth.
    fitted
        See ``output_sound``.
    encoded_by
        Is told which encoder writes the picture.

    Yields
    ------
    float
        Share of the frames that are written.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    InputError
        When the song or a take can't be read.
    OutputError
        When the target can't be written; what was there before is left as it was.
    """
    check_target(target, [document.song, *(take.path for take in document.takes)])
    # The first take gives size and rate even where it isn't shown.
    used = {0, *(segment.take for segment in document.segments)}
    paths = {index: document.takes[index].path for index in sorted(used)}
    takes = {index: (path, require_take(probe(path))) for index, path in paths.items()}
    _, first = takes[0]
    size, rate = output_format(first, settings)
    plan = plan_frames(document, rate, settings.seams)
    zone = settings.safe_zone
    margins = (zone.left, zone.top, zone.right, zone.bottom) if zone else TITLE_SAFE
    times = song_times_of(document, fitted, len(plan), float(plan.rate))
    framing = framing_for(settings, faces or {})
    mouths = None
    if settings.extras.lyrics is not None and faces:
        shapes = {index: (video.width, video.height) for index, (_, video) in takes.items()}
        mouths = mouth_boxes(plan, shapes, size, framing, faces)
    burn = burn_in(settings.extras, size, margins, times, float(plan.rate), mouths)
    yield 0.0
    sound, loudness = output_sound(document, float(plan.duration), settings.sound, fitted)
    if heard:
        heard(loudness)
    encoder = chosen(settings.encoder, settings, size, plan.rate)
    if encoded_by:
        encoded_by(encoder)
    with (
        unfinished(target) as partial,
        contextlib.closing(burned(pictures(plan, takes, size, framing), burn)) as frames,
        Mp4Writer(partial, size, plan.rate, sound, settings, encoder) as writer,
    ):
        for number, picture in enumerate(frames, start=1):
            with writing(target):
                writer.add(picture)
            yield number / len(plan)
        with writing(target):
            writer.finish()
    return target
