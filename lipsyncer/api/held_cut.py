"""A cut that Python holds: aligned or opened, shown as a clip, exported and saved."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, get_args, get_type_hints

from lipsyncer.alignment import AlignSettings, Tightness, stretched, tightened
from lipsyncer.api.script_choices import Hear, Name, one_of, preset_of
from lipsyncer.api.timeline_svg import timeline_svg
from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.corrections import summary_of
from lipsyncer.cut.findings import loose_matches
from lipsyncer.diagnostics.errors import MismatchError, UsageError
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document
from lipsyncer.findings import Finding, summary_sentence
from lipsyncer.jobs import Progress, check_output
from lipsyncer.jobs import export as export_job
from lipsyncer.jobs.analyse import analyse
from lipsyncer.jobs.faces import watched_faces
from lipsyncer.media import probe_take
from lipsyncer.progress import driven
from lipsyncer.project import Project, open_with_media, save_project
from lipsyncer.project.relink import with_fingerprints
from lipsyncer.render.composition import composition_of
from lipsyncer.render.presets import DEFAULT, RenderSettings
from lipsyncer.settings.export_choices import SOUND_CHOICES, ExportChoices, rendering
from lipsyncer.settings.job import Attempts, Gaps, Settings, SyncSource
from lipsyncer.settings.limits import STRETCH


@dataclass(frozen=True, eq=False)
class Cut:
    """Which moment of which take is shown when, and how sure that is.

    Attributes
    ----------
    project
        What ``save`` keeps.
    analysis
        What watching the lips has found; None for a project that was opened.
    """

    project: Project
    analysis: Analysis | None = None

    @property
    def document(self) -> Document:
        """The segments along the song."""
        return self.project.document

    @property
    def confidence(self) -> float:
        """How sure the match is, 0 to 1.

        Of a project that was opened it is the mean over its matched segments, by their length.
        """
        if self.analysis is not None:
            return self.analysis.confidence
        matched = [one for one in self.document.segments if one.kind == "matched"]
        lengths = [one.song_end - one.song_start for one in matched]
        rated = [one.confidence * length for one, length in zip(matched, lengths, strict=True)]
        return sum(rated) / sum(lengths) if matched else 0.0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to look at; of a project that was opened the loose matches alone are known."""
        if self.analysis is not None:
            return replace(self.analysis, document=self.document).findings
        return tuple(loose_matches(self.document))

    @property
    def summary(self) -> str:
        """What was put right, in one sentence."""
        if self.analysis is not None:
            return summary_sentence(replace(self.analysis, document=self.document).summary)
        return summary_sentence(summary_of(self.document, matches=True, left=len(self.findings)))

    def part(self, start: float, end: float) -> Cut:
        """Keep only a part of the song, from and to a second of it.

        Raises
        ------
        UsageError
            When the cut does not cover it.
        """
        try:
            document = edits.trim(self.document, start, end)
        except ValueError as error:
            raise UsageError(f"part from {start:g} to {end:g} s: {error}.") from error
        return replace(self, project=replace(self.project, document=document))

    def clip(
        self,
        size: tuple[int, int] | None = None,
        fps: float | None = None,
        *,
        lyrics: Name | None = None,
        **choices: Any,
    ) -> Any:
        """Give the cut as a moviepy ``VideoClip`` with the song as its audio.

        Its frames are those that ``export`` encodes.

        Parameters
        ----------
        size
            Width and height, both even; those of the first take by default.
        fps
            Frames per second; those of the first take by default.
        lyrics
            An ``.lrc`` or ``.srt`` file to show.
        choices
            As for ``export``, but those of the sound. To follow the face (``reframe="follow"``), a
            take is watched first unless an analysis has done so.

        Raises
        ------
        LipsyncerError
            When a take can't be read, or the size, the rate or a choice is none.
        """
        from lipsyncer.api.moviepy_clip import clip_of  # moviepy takes half a second to load

        if heard := sorted(set(choices) & SOUND_CHOICES):
            raise UsageError(f"a clip takes no {', '.join(heard)}: its audio is the song.")
        settings = _rendering(DEFAULT, choices, None if lyrics is None else Path(lyrics))
        if size is not None:
            if len(size) != 2 or any(side < 2 or side % 2 for side in size):
                raise UsageError(f"size is two even numbers of pixels, not {size}.")
            settings = replace(settings, size=(size[0], size[1]))
        if fps is not None:
            if not 1 <= fps <= 240:
                raise UsageError(f"fps lies between 1 and 240, not at {fps:g}.")
            settings = replace(settings, min_rate=fps, max_rate=fps)
        media = {take.path: probe_take(take) for take in self.document.takes}
        watching = watched_faces(self.document, media, Settings(render=settings), {})
        faces = driven(watching, _ignore)
        return clip_of(self.document, composition_of(self.document, settings, faces, media))

    def save(self, path: Name) -> None:
        """Write the cut as a project, which the window opens as well.

        Raises
        ------
        LipsyncerError
            When it can't be written.
        """
        save_project(with_fingerprints(self.project), Path(path))

    def __repr__(self) -> str:
        return f"<Cut: {self.summary} Confidence {self.confidence:.0%}.>"

    def _repr_html_(self) -> str:
        said = escape(f"{self.summary} Confidence {self.confidence:.0%}.")
        return f"<div><p>{said}</p>{timeline_svg(self.document)}</div>"


def align(
    song: Name,
    takes: Name | Sequence[Name],
    *,
    progress: Hear = None,
    tightness: Tightness = "normal",
    guide: SyncSource = "both",
    gaps: Gaps = "close",
    attempts: Attempts = "all",
    max_stretch: float | None = None,
    max_cuts: int | None = None,
    prefer_take: int | None = None,
    weights: Name | None = None,
    force: bool = False,
) -> Cut:
    """Find out which moment of which take belongs to which moment of a song.

    Parameters
    ----------
    song
        Any file with sound.
    takes
        Videos of the performance, or one.
    progress
        Is called with a ``Progress`` (``stage``, and ``share`` of it, 0 to 1) now and then.
    tightness, guide, gaps, attempts, max_cuts, weights
        As the options of ``lipsyncer align``.
    max_stretch
        Largest change of speed, 0 to 0.5 of itself.
    prefer_take
        Index of the take to show wherever it fits nearly as well.
    force
        Whether to return a cut also where the takes don't seem to match the song.

    Raises
    ------
    MismatchError
        When the takes don't seem to match the song.
    LipsyncerError
        When the song, a take or a choice can't be used.
    """
    named = [takes] if isinstance(takes, (str, os.PathLike)) else list(takes)
    paths = [Path(take) for take in named]
    if not paths:
        raise UsageError("takes is empty; name at least one video.")
    for name, value, kind in (
        ("tightness", tightness, Tightness),
        ("guide", guide, SyncSource),
        ("gaps", gaps, Gaps),
        ("attempts", attempts, Attempts),
    ):
        one_of(name, value, get_args(kind))
    if prefer_take is not None and not 0 <= prefer_take < len(paths):
        raise UsageError(f"prefer_take is an index of the {len(paths)} takes, not {prefer_take}.")
    if max_cuts is not None and max_cuts < 0:
        raise UsageError(f"max_cuts is 0 or more, not {max_cuts}.")
    chosen = tightened(AlignSettings(max_cuts=max_cuts), tightness)
    if max_stretch is not None:
        if not 0 <= max_stretch <= STRETCH.most / 100:
            raise UsageError(f"max_stretch lies between 0 and 0.5, not at {max_stretch:g}.")
        chosen = stretched(chosen, max_stretch)
    settings = Settings(
        weights=None if weights is None else Path(weights),
        align=chosen,
        sync_source=guide,
        gaps=gaps,
        attempts=attempts,
        prefer_take=prefer_take,
    )
    analysis = driven(analyse(Path(song), paths, settings), progress or _ignore)
    if not (analysis.matches or force):
        raise MismatchError(
            f"{summary_sentence(analysis.summary)[:-1]} (confidence {analysis.confidence:.0%}), or "
            "have the cut all the same with force=True."
        )
    return Cut(Project(analysis.document, found=analysis.document), analysis)


def open_project(path: Name) -> Cut:
    """Open a project that ``Cut.save`` or the window wrote.

    Raises
    ------
    LipsyncerError
        When it is none, or its song or a take is missing.
    """
    return Cut(open_with_media(Path(path)))


def export(
    cut: Cut,
    path: Name,
    preset: str = "master",
    part: tuple[float, float] | None = None,
    *,
    lyrics: Name | None = None,
    progress: Hear = None,
    **choices: Any,
) -> Path:
    """Write the cut as an MP4 for a platform, with the song as its only sound.

    Parameters
    ----------
    cut
        What to write.
    path
        The MP4; it appears when it is whole.
    preset
        The platform, a key of ``lipsyncer.render.presets.PRESETS`` such as ``tiktok``; ``master``
        keeps the size of the first take.
    part
        Start and end of a part of the song in seconds; the whole cut by default.
    lyrics
        An ``.lrc`` or ``.srt`` file to show.
    progress
        Is called with a ``Progress`` now and then.
    choices
        Attributes of ``lipsyncer.settings.export_choices.ExportChoices``, such as
        ``reframe="blur"`` or ``fade_out=2``.

    Returns
    -------
    The path.

    Raises
    ------
    LipsyncerError
        When the file can't be written, an input can't be read, or a choice is none.
    """
    settings, target = preset_of(preset).settings, Path(path)
    words = None if lyrics is None else Path(lyrics)
    render = _rendering(settings, choices, words)
    shown = cut if part is None else cut.part(*part)
    check_output(target, cut.project.paths if words is None else [*cut.project.paths, words])
    driven(export_job(shown.document, target, Settings(render=render)), progress or _ignore)
    return target


def _rendering(
    base: RenderSettings, choices: dict[str, Any], lyrics: Path | None
) -> RenderSettings:
    try:
        chosen = ExportChoices(**choices)
    except TypeError as error:
        unknown = sorted(set(choices) - set(ExportChoices.__dataclass_fields__))
        raise UsageError(f"there is no choice {', '.join(unknown)}; see docs/api.md.") from error
    for name, kind in get_type_hints(ExportChoices).items():
        if allowed := get_args(kind):
            one_of(name, getattr(chosen, name), allowed)
    return rendering(base, chosen, lyrics)


def _ignore(progress: Progress) -> None:
    """Show nothing of a job's progress."""
