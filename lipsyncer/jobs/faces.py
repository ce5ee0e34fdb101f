"""Where the face is, from where the mouth was watched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lipsyncer.edit.document import Document
from lipsyncer.features import GRID_RATE
from lipsyncer.features.mouth import CROP_UNITS, MouthTrack
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.jobs.running import Job, fetched_face_model, timed
from lipsyncer.media import MediaInfo, Proxy, require_take
from lipsyncer.render.composition import framed_size
from lipsyncer.render.framing import same_shape
from lipsyncer.render.reframe import Faces
from lipsyncer.settings.job import Settings


def faces_of(track: MouthTrack, proxy: Proxy) -> Faces:
    """Say where the face is from where the mouth was watched."""
    seen = np.flatnonzero(track.boxes[:, 2] > 0) if len(track.boxes) else np.zeros(0, int)
    boxes = track.boxes[seen].astype(np.float64)
    return Faces(
        times=seen / GRID_RATE,
        x=boxes[:, 0] / proxy.width,
        y=boxes[:, 1] / proxy.height,
        eyes=boxes[:, 2] / CROP_UNITS / proxy.height,
    )


def watched_faces(
    document: Document,
    media: Mapping[Path, MediaInfo],
    settings: Settings,
    timings: dict[str, float],
) -> Job[dict[int, Faces]]:
    """Say where the face is in takes that have to be cropped, or in all where words are shown.

    What was watched is recalled.
    """
    size, faces = framed_size(settings.render), {}
    words = settings.render.extras.lyrics is not None
    if not words and (size is None or settings.render.reframe != "follow"):
        return {}
    shown = {segment.take for segment in document.segments}
    if settings.render.effects.before_after != "none":
        shown.add(0)
    for index in sorted(shown):
        path = document.takes[index].path
        info = media[path]
        video = require_take(info)
        cropped = size is not None and not same_shape((video.width, video.height), size)
        if not (words or cropped):
            continue
        yield from fetched_face_model()
        watching = track_or_recall(
            info, cache_dir=settings.cache_dir, turn=document.takes[index].turned
        )
        proxy, track = yield from timed("track", watching, timings)
        faces[index] = faces_of(track, proxy)
    return faces
