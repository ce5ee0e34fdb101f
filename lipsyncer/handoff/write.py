"""The cut written for an editing program, in the format that the name's ending asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import soundfile

from lipsyncer.arrays import Float32s
from lipsyncer.cut.analysis import AlignedTake
from lipsyncer.cut.findings import loose_matches
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.edit.document import Document, Segment
from lipsyncer.edit.inverse import unchanged
from lipsyncer.findings import Finding
from lipsyncer.handoff.fcpxml import fcpxml
from lipsyncer.handoff.footage import Footage, SongSound, footage_of, song_of, timeline_rate
from lipsyncer.handoff.notes import Note, notes_of, notes_of_turns, retimed
from lipsyncer.handoff.shots import cut_of, without_standing
from lipsyncer.media.audio import read_audio
from lipsyncer.render.camera_audio import camera_sound
from lipsyncer.render.mix import SAMPLE_RATE
from lipsyncer.whole_file import whole_file, write_text

SUFFIXES = (".otio", ".fcpxml", ".xml", ".edl")
"""Endings of the files that can be written: OpenTimelineIO, Final Cut Pro, Premiere, and EDL."""

_ADAPTERS = {
    ".otio": ("otio_json", "opentimelineio"),
    ".xml": ("fcp_xml", "otio-fcp-adapter"),
    ".edl": ("cmx_3600", "otio-cmx3600-adapter"),
}
"""Adapter of OpenTimelineIO that writes a kind of file, and the package it comes in."""

_MOST_EVENTS = 999
"""An EDL numbers its events with three digits."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Files that were written.

    Attributes
    ----------
    path
        The cut.
    song
        The song as bare samples, which the cut refers to; None where it refers to the song itself.
    """

    path: Path
    song: Path | None


def check_handoff(target: Path) -> None:
    """Refuse a name that nothing can be written for, before any work is done.

    Raises
    ------
    OutputError
        When its ending is none of ``SUFFIXES``, or what writes it is not installed.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(
            target,
            f"a cut is one of {', '.join(SUFFIXES)}; give it a name that ends in one of them.",
        )
    if find_spec("opentimelineio") is None:
        raise OutputError(
            target,
            "a cut needs the package opentimelineio, which has no release for this Python yet; "
            "install Lipsyncer with Python 3.13 or older.",
        )
    import opentimelineio as otio

    name, package = _ADAPTERS.get(suffix, ("otio_json", ""))
    if name not in otio.adapters.available_adapter_names():
        raise OutputError(
            target, f"{suffix} files need the package {package}; install it, or write .otio."
        )


def write_handoff(
    document: Document,
    target: Path,
    findings: Sequence[Finding] | None = None,
    fitted: Document | None = None,
    takes: Sequence[AlignedTake] = (),
) -> Handoff:
    """Write a cut on the takes themselves, with the song beneath it.

    A song that is not stored as bare samples is written beside the cut as a WAV file, because
    programs disagree on where an MP3 or AAC file begins.

    Parameters
    ----------
    findings
        ``Analysis.findings``, which become markers; by default those that the document itself
        tells of.
    fitted
        ``Export.fitted``: the picture stays as it was filmed and the song is fitted to it. The
        fitted sound is written beside the cut.
    takes
        ``Analysis.takes``, so that a clip of a take with several attempts is named for its own.

    Raises
    ------
    InputError
        When the song or a take can't be read.
    OutputError
        When the target can't be written; what was there before is left as it was.
    """
    check_handoff(target)
    notes = notes_of(loose_matches(document) if findings is None else findings, document)
    notes += notes_of_turns(document)
    if fitted is not None:
        return _write_fitted(document, target, retimed(notes, document), fitted)
    # The first take gives the rate even where it isn't shown, as in the rendered file.
    used = sorted({0, *(segment.take for segment in document.segments)})
    shown = {index: document.takes[index] for index in used}
    footage = {index: footage_of(take.path, take.turned) for index, take in shown.items()}
    song = song_of(document.song, document.song_duration)
    bare = None if song.plain else target.with_name(f"{target.stem} song.wav")
    if bare is not None:
        _write_bare(bare, read_audio(document.song, rate=song.rate, mono=False), song.rate)
        song = SongSound(bare, song.duration, song.rate, plain=True)
    names = [_clip_name(document, segment, takes) for segment in document.segments]
    if target.suffix.lower() == ".edl":  # the name alone leads an editing program to the file
        names = [document.takes[segment.take].path.name for segment in document.segments]
    write_text(target, _text(document, target, footage, song, notes, names))
    return Handoff(target, bare)


def _clip_name(document: Document, segment: Segment, takes: Sequence[AlignedTake]) -> str:
    name = document.takes[segment.take].name
    known = takes[segment.take] if takes else None
    attempt = None if known is None or len(known.attempts) < 2 else known.attempt_of(segment)
    return name if attempt is None else f"{name}, attempt {attempt + 1}"


def _write_fitted(
    document: Document, target: Path, notes: Sequence[Note], fitted: Document
) -> Handoff:
    """Write the take as it was filmed over the sound that was fitted to it."""
    whole = unchanged(document)
    footage = {0: footage_of(whole.takes[0].path, whole.takes[0].turned)}
    bare = target.with_name(f"{target.stem} song.wav")
    sound = camera_sound(fitted, whole.song_duration)
    _write_bare(bare, sound, SAMPLE_RATE)
    song = SongSound(bare, whole.song_duration, SAMPLE_RATE, plain=True)
    names = [whole.takes[0].path.name for _ in whole.segments]
    write_text(target, _text(whole, target, footage, song, notes, names))
    return Handoff(target, bare)


def _text(
    document: Document,
    target: Path,
    footage: dict[int, Footage],
    song: SongSound,
    notes: Sequence[Note],
    names: Sequence[str],
) -> str:
    suffix = target.suffix.lower()
    rate = timeline_rate(footage[0].rate)
    cut = cut_of(document, footage, rate, straight=suffix in (".xml", ".edl"))
    if suffix == ".fcpxml":
        return fcpxml(document, cut, footage, song, notes, names)
    if suffix == ".xml":
        cut = without_standing(cut)
    if suffix == ".edl" and len(cut.shots) > _MOST_EVENTS:
        raise OutputError(
            target,
            f"an EDL holds {_MOST_EVENTS} events, and this cut has {len(cut.shots)}; "
            "write .otio or .fcpxml instead.",
        )
    import opentimelineio as otio

    from lipsyncer.handoff.timeline import timeline_of

    timeline = timeline_of(document, cut, footage, song, notes, names)
    name, _ = _ADAPTERS[suffix]
    options = {"rate": float(rate)} if suffix == ".edl" else {}
    return str(otio.adapters.write_to_string(timeline, name, **options))


def _write_bare(target: Path, samples: Float32s, rate: int) -> None:
    """Write samples, (n,) or (n, channels), as 24-bit WAV."""
    with whole_file(target) as partial:
        try:
            soundfile.write(partial, samples, rate, subtype="PCM_24", format="WAV")
        except soundfile.LibsndfileError as error:
            raise OSError(str(error)) from error
