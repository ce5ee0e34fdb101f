"""What an editing program would show, read from the files by the library they were written for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname
from xml.etree import ElementTree

import opentimelineio as otio


@dataclass(frozen=True)
class Shown:
    """A clip on the time line, in seconds; ``opening`` is the media's first moment."""

    path: Path | None
    start: float
    end: float
    source: float
    speed: float

    def source_at(self, time: float) -> float:
        return self.source + (time - self.start) * self.speed


def path_of(url: str) -> Path:
    return Path(url2pathname(unquote(urlparse(url).path)))


def read_by_library(path: Path, rate: float) -> tuple[list[Shown], list[Shown]]:
    """Clips of the picture and of the sound."""
    options = {"rate": rate} if path.suffix == ".edl" else {}
    timeline = otio.adapters.read_from_file(str(path), **options)
    if not isinstance(timeline, otio.schema.Timeline):
        (timeline,) = timeline
    picture = [clip for track in timeline.video_tracks() for clip in _clips(track)]
    sound = [clip for track in timeline.audio_tracks() for clip in _clips(track)]
    return picture, sound


def _clips(track: otio.schema.Track) -> list[Shown]:
    return [_shown(track, clip) for clip in track if isinstance(clip, otio.schema.Clip)]


def _shown(track: otio.schema.Track, clip: otio.schema.Clip) -> Shown:
    place = track.trimmed_range_of_child(clip)
    available = clip.media_reference.available_range
    opening = available.start_time.to_seconds() if available else 0.0
    speed = 1.0
    for effect in clip.effects:
        if isinstance(effect, otio.schema.LinearTimeWarp):
            speed = effect.time_scalar
    url = getattr(clip.media_reference, "target_url", None)
    return Shown(
        path=path_of(url) if url else None,
        start=place.start_time.to_seconds(),
        end=place.end_time_exclusive().to_seconds(),
        source=clip.source_range.start_time.to_seconds() - opening,
        speed=speed,
    )


def read_fcpxml(path: Path) -> tuple[list[Shown], list[Shown]]:
    """The same of an FCPXML file, by what Apple's reference says of its elements."""
    root = ElementTree.parse(path).getroot()
    assets = {asset.attrib["id"]: asset for asset in root.iter("asset")}
    spine = next(root.iter("spine"))
    picture, sound = [], []
    for clip in spine:
        asset = assets[clip.attrib["ref"]]
        opening = _seconds(asset.attrib["start"])
        start, offset = _seconds(clip.attrib["start"]), _seconds(clip.attrib["offset"])
        length = _seconds(clip.attrib["duration"])
        points = [
            (_seconds(point.attrib["time"]), _seconds(point.attrib["value"]))
            for point in clip.iterfind("timeMap/timept")
        ] or [(start, start), (start + length, start + length)]
        (time, value), (later, last) = points
        speed = (last - value) / (later - time)
        source = value + (start - time) * speed - opening
        where = path_of(asset.find("media-rep").attrib["src"])  # type: ignore[union-attr]
        picture.append(
            Shown(where, float(offset), float(offset + length), float(source), float(speed))
        )
        for inner in clip.iterfind("asset-clip"):
            song = assets[inner.attrib["ref"]]
            begin = offset + _seconds(inner.attrib["offset"]) - start
            sound.append(
                Shown(
                    path_of(song.find("media-rep").attrib["src"]),  # type: ignore[union-attr]
                    float(begin),
                    float(begin + _seconds(inner.attrib["duration"])),
                    float(_seconds(inner.attrib["start"])),
                    1.0,
                )
            )
    return picture, sound


def _seconds(text: str) -> Fraction:
    return Fraction(text.removesuffix("s"))
