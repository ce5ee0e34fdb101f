"""A cut as an OpenTimelineIO time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from lipsyncer.edit.document import Document
from lipsyncer.handoff.footage import Footage, SongSound
from lipsyncer.handoff.notes import Note, frames_of, shot_at
from lipsyncer.handoff.shots import Cut, Shot, song_frames


def timeline_of(
    document: Document,
    cut: Cut,
    footage: Mapping[int, Footage],
    song: SongSound,
    notes: Sequence[Note],
    names: Sequence[str],
) -> otio.schema.Timeline:
    """Lay a cut out: one track of picture on the takes themselves, one of sound with the song.

    Parameters
    ----------
    footage
        What is known of each take that is shown, by its index.
    notes
        Sentences that become markers where they belong, or on the first frame.
    names
        What the clips of each segment are called.
    """
    timeline = otio.schema.Timeline(name=document.song.stem)
    timeline.global_start_time = _frames(0, cut.rate)
    picture = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    picture.extend(
        _clip(document, shot, cut, footage[shot.take], names[shot.segment]) for shot in cut.shots
    )
    for note in notes:
        first, length = frames_of(note, cut) or (0, 1)
        number, shot = shot_at(cut, first)
        length = min(length, shot.first + shot.count - first)
        picture[number].markers.append(
            _marker(
                picture[number],
                note.words,
                otio.schema.MarkerColor.YELLOW if note.loose else otio.schema.MarkerColor.RED,
                # On the clip's own clock, which runs as fast as its footage.
                after=(first - shot.first) * shot.speed,
                length=length,
            )
        )
    sound = otio.schema.Track(name="A1", kind=otio.schema.TrackKind.Audio)
    sound.append(_song(cut, song))
    timeline.tracks.extend([picture, sound])
    return timeline


def _clip(document: Document, shot: Shot, cut: Cut, seen: Footage, name: str) -> otio.schema.Clip:
    # Time code is counted at the take's own rate, the shot perhaps at the time line's.
    opening = Fraction(seen.timecode) / seen.rate * shot.rate
    clip = otio.schema.Clip(
        name=name,
        media_reference=otio.schema.ExternalReference(
            target_url=_address(seen.path),
            available_range=TimeRange(
                _frames(opening, shot.rate), _frames(seen.frames * shot.rate / seen.rate, shot.rate)
            ),
        ),
        source_range=TimeRange(
            _frames(opening + shot.source, shot.rate), _frames(shot.count, cut.rate)
        ),
    )
    clip.media_reference.name = seen.path.name
    if shot.speed == 0:
        clip.effects.append(otio.schema.FreezeFrame())
    elif shot.speed != 1:
        clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=shot.speed))
    segment = document.segments[shot.segment]
    clip.metadata["lipsyncer"] = {
        "kind": segment.kind,
        "confidence": segment.confidence,
        # Keeps clips apart that are alike otherwise: the adapter for Premiere's XML writes only
        # the first of them whole.
        "first_frame": shot.first,
    }
    return clip


def _song(cut: Cut, song: SongSound) -> otio.schema.Clip:
    reference = otio.schema.ExternalReference(
        target_url=_address(song.path),
        available_range=TimeRange(
            _frames(0, cut.rate), _frames(int(song.duration * cut.rate), cut.rate)
        ),
    )
    reference.name = song.path.name
    return otio.schema.Clip(
        name=song.path.name,
        media_reference=reference,
        source_range=TimeRange(
            _frames(cut.song_first, cut.rate), _frames(song_frames(cut, song), cut.rate)
        ),
    )


def _marker(
    clip: otio.schema.Clip, name: str, colour: str, *, length: int, after: float = 0.0
) -> otio.schema.Marker:
    """Mark frames of the time line, the first so many frames after the clip's beginning."""
    rate = clip.source_range.duration.rate
    opening = clip.source_range.start_time
    start = opening + RationalTime(after, rate).rescaled_to(opening.rate) if after else opening
    return otio.schema.Marker(
        name=name, color=colour, marked_range=TimeRange(start, RationalTime(length, rate))
    )


def _frames(number: int | Fraction, rate: Fraction) -> RationalTime:
    return RationalTime(float(number), float(rate))


def _address(path: Path) -> str:
    return path.absolute().as_uri()
