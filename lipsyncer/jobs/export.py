"""The job that writes a cut as a video, or refuses what it can't be made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.edit.document import Document
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.jobs.damaged_source import find_damage
from lipsyncer.jobs.faces import watched_faces
from lipsyncer.jobs.running import Job, fetched_face_model, timed
from lipsyncer.media import MediaInfo, probe, probe_take
from lipsyncer.progress import Stage, each
from lipsyncer.render import render
from lipsyncer.render.encoders import X264
from lipsyncer.render.fit_song import fit_song
from lipsyncer.render.loudness import Loudness
from lipsyncer.settings.job import Settings


@dataclass(frozen=True)
class Export:
    """A file that was written.

    Attributes
    ----------
    path
        The file.
    timings
        Seconds by stage.
    loudness
        Of its sound.
    fitted
        Which moment of the song is heard when, where the song was fitted to the picture.
    findings
        What the user should know of how it was written.
    """

    path: Path
    timings: Mapping[str, float]
    loudness: Loudness
    fitted: Document | None = None
    findings: tuple[Finding, ...] = ()


def export(document: Document, target: Path, settings: Settings | None = None) -> Job[Export]:
    """Write a cut as an MP4 with the song as its only sound.

    With ``settings.retime`` ``"song"`` the take's picture stays as it is, from its first moment to
    its last, and the song is fitted to it.

    Yields
    ------
    Progress

    Returns
    -------
    Export

    Raises
    ------
    InputError
        When the song or a take can't be read any more.
    OutputError
        When the target can't be written; nothing is left of it.
    ValueError
        When the song is to be fitted to a cut of several takes.
    """
    settings = settings or Settings()
    timings: dict[str, float] = {}
    # The first take gives size and rate even where it isn't shown.
    used = sorted({0, *(segment.take for segment in document.segments)})
    takes = [document.takes[index].path for index in used]
    media = {document.song: probe(document.song)}
    media |= {document.takes[index].path: probe_take(document.takes[index]) for index in used}
    if settings.damaged_source == "refuse":
        yield from fetched_face_model()
        refusing = _refuse_damaged([media[path] for path in takes], settings)
        yield from timed("track", refusing, timings)
    fitted = None
    if settings.retime == "song":
        document, fitted = fit_song(document, media)
    faces = yield from watched_faces(document, media, settings, timings)
    stage = render(document, target, settings.render, faces=faces, fitted=fitted, media=media)
    rendered = yield from timed("render", stage, timings)
    fell_back = settings.render.encoder == "hardware" and rendered.encoder is X264
    findings = (Finding(FindingKind.ENCODED_BY_PROCESSOR),) if fell_back else ()
    return Export(rendered.path, timings, rendered.loudness, fitted, findings)


def _refuse_damaged(infos: Sequence[MediaInfo], settings: Settings) -> Stage[None]:
    turns = [info.video.turned if info.video else 0 for info in infos]
    seen = yield from each(
        list(zip(infos, turns, strict=True)),
        lambda take: track_or_recall(take[0], cache_dir=settings.cache_dir, turn=take[1]),
    )
    find_damage(infos, [proxy for proxy, _ in seen], settings)
