"""From the cut to an MP4: frames through the one time map, the song as the only sound."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.edit.document import Document
from lipsyncer.media.media_limits import LONGEST_SONG, check_length
from lipsyncer.media.probe import MediaInfo, probe
from lipsyncer.progress import Stage
from lipsyncer.render.composition import composition_of
from lipsyncer.render.encode import Mp4Writer
from lipsyncer.render.encoder_choice import chosen
from lipsyncer.render.encoders import Encoder
from lipsyncer.render.loudness import Loudness
from lipsyncer.render.presets import DEFAULT, PRESETS, RenderSettings
from lipsyncer.render.reframe import Faces
from lipsyncer.render.soundtrack import SoundSettings, output_sound
from lipsyncer.render.target import check_target, writing
from lipsyncer.whole_file import whole_file

__all__ = ["DEFAULT", "PRESETS", "Faces", "RenderSettings", "Rendered", "SoundSettings", "render"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A video that was written.

    Attributes
    ----------
    path
        The file.
    loudness
        Of its sound.
    encoder
        Which encoder wrote its picture.
    """

    path: Path
    loudness: Loudness
    encoder: Encoder


def render(
    document: Document,
    target: Path,
    settings: RenderSettings = DEFAULT,
    *,
    faces: Mapping[int, Faces] | None = None,
    fitted: Document | None = None,
    media: Mapping[Path, MediaInfo] | None = None,
) -> Stage[Rendered]:
    """Write the video that a document describes.

    The picture is H.264 in the size asked for, into which takes are cropped or fitted as the
    settings say, or in that of the first take, which others are fitted into; the song is the only
    sound. The file appears under its name when it is whole, and not at all when the stage fails or
    is closed before.

    Parameters
    ----------
    faces
        Where the singer's face is in each take (by index), for crops that follow it and words that
        stay off the mouth.
    fitted
        See ``output_sound``.
    media
        What ``probe`` said of song and takes; those missing are probed.

    Yields
    ------
    float
        Share of the frames that are written.

    Returns
    -------
    Rendered

    Raises
    ------
    InputError
        When the song or a take can't be read.
    OutputError
        When the target can't be written; what was there before is left as it was.
    """
    check_target(target, [document.song, *(take.path for take in document.takes)])
    start, end = document.span
    check_length(document.song, end - start, LONGEST_SONG)
    media = dict(media or {})
    media[document.song] = media.get(document.song) or probe(document.song)
    shown = composition_of(document, settings, faces, media, fitted)
    plan = shown.after.plan
    media |= {info.path: info for info in shown.after.takes.values()}
    yield 0.0
    sound, loudness = output_sound(document, float(plan.duration), settings.sound, fitted, media)
    encoder = chosen(settings.encoder, settings, shown.size, plan.rate)
    with (
        whole_file(target) as partial,
        contextlib.closing(shown),
        Mp4Writer(partial, shown.size, plan.rate, sound, settings, encoder) as writer,
    ):
        for number, picture in enumerate(shown.frames(), start=1):
            with writing(target):
                writer.add(picture)
            yield number / len(plan)
        with writing(target):
            writer.finish()
    return Rendered(target, loudness, encoder)
