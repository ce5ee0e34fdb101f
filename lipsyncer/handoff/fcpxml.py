"""A cut as FCPXML, which Final Cut Pro and DaVinci Resolve open.

Written here because the FCPXML adapter of OpenTimelineIO (otio-fcpx-xml-adapter 1.0.0) can't be
imported by Python 3.9 or newer and leaves changes of speed out. Follows Apple's FCPXML reference,
version 1.9: every time is a rational number of seconds on a whole frame; a clip's ``start`` is
counted on its own clock, which its ``timeMap`` ties to that of the media.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from lipsyncer.edit.document import Document
from lipsyncer.handoff.footage import Footage, SongSound
from lipsyncer.handoff.notes import Note, frames_of, shot_at
from lipsyncer.handoff.shots import Cut, Shot, song_frames

_VERSION = "1.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
_REC_709 = "1-1-1 (Rec. 709)"


def fcpxml(
    document: Document,
    cut: Cut,
    footage: Mapping[int, Footage],
    song: SongSound,
    notes: Sequence[Note],
    names: Sequence[str],
) -> str:
    """Write a cut down: takes in the primary story line, the song connected beneath it.

    Parameters
    ----------
    footage
        What is known of each take that is shown, by its index; the first gives the picture's size.
    notes
        Sentences that become markers where they belong, or on the first frame.
    names
        What the clips of each segment are called.
    """
    root = Element("fcpxml", version=_VERSION)
    resources = SubElement(root, "resources")
    size = footage[min(footage)].upright_size
    _format(resources, "sequence", cut.rate, size)
    for index, seen in footage.items():
        _format(resources, f"format-{index}", seen.rate, seen.size)
        _take(resources, index, seen)
    _song(resources, song)
    event = SubElement(SubElement(root, "library"), "event", name="Lipsyncer")
    project = SubElement(event, "project", name=document.song.stem)
    sequence = SubElement(
        project,
        "sequence",
        format="sequence",
        duration=_seconds(cut.count / cut.rate),
        tcStart="0s",
        tcFormat="NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = SubElement(sequence, "spine")
    for number, shot in enumerate(cut.shots):
        seen = footage[shot.take]
        clip = _clip(spine, shot, cut, seen, names[shot.segment])
        if seen.turned:
            _turn(clip, seen, size)
        if number == 0:
            _connected_song(clip, cut, song)
        for note in notes:
            first, length = frames_of(note, cut) or (0, 1)
            if shot_at(cut, first)[0] == number:
                length = min(length, shot.first + shot.count - first)
                _marker(
                    clip,
                    _clock(shot, seen) + (first - shot.first) / cut.rate,
                    cut,
                    length,
                    note.words,
                )
    ElementTree.indent(root)
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _format(resources: Element, name: str, rate: Fraction, size: tuple[int, int]) -> None:
    SubElement(
        resources,
        "format",
        id=name,
        frameDuration=_seconds(1 / rate),
        width=str(size[0]),
        height=str(size[1]),
        colorSpace=_REC_709,
    )


def _take(resources: Element, index: int, seen: Footage) -> None:
    asset = SubElement(
        resources,
        "asset",
        id=f"take-{index}",
        name=seen.path.name,
        start=_seconds(seen.timecode / seen.rate),
        duration=_seconds(seen.frames / seen.rate),
        format=f"format-{index}",
        hasVideo="1",
    )
    if seen.has_sound:
        asset.attrib |= {"hasAudio": "1", "audioSources": "1"}
    _file(asset, seen.path)


def _song(resources: Element, song: SongSound) -> None:
    asset = SubElement(
        resources,
        "asset",
        id="song",
        name=song.path.name,
        start="0s",
        duration=_seconds(Fraction(round(song.duration * song.rate), song.rate)),
        hasAudio="1",
        audioSources="1",
        audioRate=str(song.rate),
    )
    _file(asset, song.path)


def _file(asset: Element, path: Path) -> None:
    SubElement(asset, "media-rep", kind="original-media", src=path.absolute().as_uri())


def _clip(spine: Element, shot: Shot, cut: Cut, seen: Footage, name: str) -> Element:
    opening = _clock(shot, seen)
    length = shot.count / cut.rate
    clip = SubElement(
        spine,
        "asset-clip",
        ref=f"take-{shot.take}",
        name=name,
        offset=_seconds(shot.first / cut.rate),
        start=_seconds(opening),
        duration=_seconds(length),
        srcEnable="video",
    )
    if shot.speed != 1:
        last = opening + Fraction(shot.speed).limit_denominator(1_000_000) * length
        # Without blending: the pictures are those that were filmed.
        mapped = SubElement(clip, "timeMap", frameSampling="floor")
        SubElement(
            mapped, "timept", time=_seconds(opening), value=_seconds(opening), interp="linear"
        )
        SubElement(
            mapped,
            "timept",
            time=_seconds(opening + length),
            value=_seconds(last),
            interp="linear",
        )
    return clip


def _turn(clip: Element, seen: Footage, frame: tuple[int, int]) -> None:
    """Turn a clip, and make it as large as it fits into the frame: it was fitted as it lies."""
    lying, upright = (
        min(frame[0] / width, frame[1] / height) for width, height in (seen.size, seen.upright_size)
    )
    scale = f"{upright / lying:.6g}"
    # Degrees are counted against the clock.
    SubElement(clip, "adjust-transform", scale=f"{scale} {scale}", rotation=f"{-seen.turned}")


def _clock(shot: Shot, seen: Footage) -> Fraction:
    """What a clip's own clock shows at its beginning, in seconds; it runs as the time line does."""
    return seen.timecode / seen.rate + shot.source / shot.rate


def _connected_song(clip: Element, cut: Cut, song: SongSound) -> None:
    """Connect the song to the first clip, whose own clock its offset is counted on."""
    SubElement(
        clip,
        "asset-clip",
        ref="song",
        name=song.path.name,
        lane="-1",
        offset=clip.attrib["start"],
        start=_seconds(cut.song_first / cut.rate),
        duration=_seconds(song_frames(cut, song) / cut.rate),
        srcEnable="audio",
        audioRole="music",
    )


def _marker(clip: Element, start: Fraction, cut: Cut, frames: int, words: str) -> None:
    SubElement(
        clip, "marker", start=_seconds(start), duration=_seconds(frames / cut.rate), value=words
    )


def _seconds(value: Fraction | int) -> str:
    exact = Fraction(value)
    over = "" if exact.denominator == 1 else f"/{exact.denominator}"
    return f"{exact.numerator}{over}s"
