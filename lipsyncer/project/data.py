"""A project as frozen data, and the same as plain JSON values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lipsyncer.edit.document import Document, HandFraming, Pin, Segment, Take

FORMAT = 4
"""Counts up when an older program could not read what is written."""

PROGRAM = "lipsyncer"

_FARTHEST = 86_400.0
"""Seconds: a day, far longer than any song or take that can be used."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a media file is known again when it was moved or renamed.

    Attributes
    ----------
    name
        Of the file, without its folder.
    size
        Bytes.
    key
        Hash of its size and of three stretches of its content.
    """

    name: str
    size: int
    key: str


@dataclass(frozen=True)
class Project:
    """Everything that is kept.

    Attributes
    ----------
    document
        The cut as the user left it.
    found
        The cut as the analysis found it, to reset to; None where it is not known.
    media
        Fingerprints by the path that the document uses.
    view
        Plain values of the window: playhead, zoom and the like. Of no consequence for the video.
    """

    document: Document
    found: Document | None = None
    media: Mapping[Path, Fingerprint] = field(default_factory=dict)
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The song and the takes."""
        return (self.document.song, *(take.path for take in self.document.takes))


class FormatError(ValueError):
    """The values are not those of a project."""


Name = Callable[[Path], str]
Locate = Callable[[str], Path]


def to_values(project: Project, name: Name) -> dict[str, Any]:
    """Turn a project into plain JSON values.

    Parameters
    ----------
    name
        Writes a path, relative to where the project will lie.
    """
    document = project.document
    return {
        "program": PROGRAM,
        "format": FORMAT,
        "song": {
            **_media_values(project, document.song, name),
            "duration": document.song_duration,
        },
        "takes": [
            {
                **_media_values(project, take.path, name),
                "duration": take.duration,
                "turned": take.turned,
                **({"label": take.label} if take.label else {}),
            }
            for take in document.takes
        ],
        "segments": _segment_values(document),
        "pins": [
            {"song": pin.song, "take": pin.take, "source": pin.source} for pin in document.pins
        ],
        "found": _segment_values(project.found) if project.found is not None else None,
        "view": dict(project.view),
    }


def from_values(values: Any, locate: Locate) -> Project:
    """Make a project of plain JSON values.

    Parameters
    ----------
    locate
        Reads a path as ``name`` wrote it.

    Raises
    ------
    FormatError
        When anything is missing, of the wrong kind, or does not fit together.
    """
    try:
        return _project(upgraded(values), locate)
    except FormatError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise FormatError(str(error)) from error


def format_of(values: Any) -> int:
    """Give the format that values are in.

    Raises
    ------
    FormatError
        When they are no project's.
    """
    if not isinstance(values, dict) or values.get("program") != PROGRAM:
        raise FormatError("not a project")
    number = values.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise FormatError("no format number")
    return number


def upgraded(values: Any) -> dict[str, Any]:
    """Bring values of an older format to the present one, one step after the other."""
    number = format_of(values)
    while number < FORMAT:
        values = _UPGRADES[number](values)
        number += 1
    result: dict[str, Any] = values
    return result


def _upgrade_0(values: dict[str, Any]) -> dict[str, Any]:
    """Format 0 had one take, no pins, and did not keep what was found."""
    rest = {key: value for key, value in values.items() if key != "take"}
    return {**rest, "format": 1, "takes": [values["take"]], "pins": [], "found": None}


def _upgrade_1(values: dict[str, Any]) -> dict[str, Any]:
    """In format 1 nothing was framed by hand."""
    found = values["found"]
    return {
        **values,
        "format": 2,
        "segments": _unframed(values["segments"]),
        "found": None if found is None else _unframed(found),
    }


def _unframed(segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "framing": None} for item in segments]


def _upgrade_2(values: dict[str, Any]) -> dict[str, Any]:
    """Format 2 did not say which segments the user has moved."""

    def unmarked(segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**item, "by_hand": False} for item in segments]

    found = values["found"]
    return {
        **values,
        "format": 3,
        "segments": unmarked(values["segments"]),
        "found": None if found is None else unmarked(found),
    }


def _upgrade_3(values: dict[str, Any]) -> dict[str, Any]:
    """In format 3 no take was turned but as its file says."""
    return {**values, "format": 4, "takes": [{**take, "turned": 0} for take in values["takes"]]}


_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    0: _upgrade_0,
    1: _upgrade_1,
    2: _upgrade_2,
    3: _upgrade_3,
}


def _project(values: dict[str, Any], locate: Locate) -> Project:
    song, takes = values["song"], values["takes"]
    cut = tuple(
        Take(
            locate(_text(t["path"])),
            _number(t["duration"]),
            _index(t["turned"]),
            _text(t["label"]) if "label" in t else "",
        )
        for t in takes
    )
    song_path, duration = locate(_text(song["path"])), _number(song["duration"])
    pins = tuple(
        Pin(_number(p["song"]), _index(p["take"]), _number(p["source"])) for p in values["pins"]
    )
    document = Document(song_path, duration, cut, _segments(values["segments"]), pins)
    found = None
    if values["found"] is not None:
        found = Document(song_path, duration, cut, _segments(values["found"]))
    media = {}
    for path, stored in zip((song_path, *(take.path for take in cut)), (song, *takes), strict=True):
        if stored.get("key"):
            media[path] = Fingerprint(
                _text(stored["name"]), _index(stored["size"]), _text(stored["key"])
            )
    view = values.get("view")
    return Project(document, found, media, view if isinstance(view, dict) else {})


def _media_values(project: Project, path: Path, name: Name) -> dict[str, Any]:
    values: dict[str, Any] = {"path": name(path)}
    known = project.media.get(path)
    if known is not None:
        values |= {"name": known.name, "size": known.size, "key": known.key}
    return values


def _segment_values(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "song_start": segment.song_start,
            "song_end": segment.song_end,
            "take": segment.take,
            "source_start": segment.source_start,
            "source_end": segment.source_end,
            "kind": segment.kind,
            "confidence": segment.confidence,
            "locked": segment.locked,
            "framing": _framing_values(segment.framing),
            "by_hand": segment.by_hand,
        }
        for segment in document.segments
    ]


def _segments(values: list[dict[str, Any]]) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            song_start=_number(item["song_start"]),
            song_end=_number(item["song_end"]),
            take=_index(item["take"]),
            source_start=_number(item["source_start"]),
            source_end=_number(item["source_end"]),
            kind=item["kind"],
            confidence=_number(item["confidence"]),
            locked=_flag(item["locked"]),
            framing=_framing(item["framing"]),
            by_hand=_flag(item["by_hand"]),
        )
        for item in values
    )


def _framing_values(framing: HandFraming | None) -> dict[str, float] | None:
    if framing is None:
        return None
    return {"x": framing.x, "y": framing.y, "zoom": framing.zoom}


def _framing(values: Any) -> HandFraming | None:
    if values is None:
        return None
    return HandFraming(*(_number(values[key]) for key in ("x", "y", "zoom")))


def _number(value: Any) -> float:
    """A number; none in a project, time or share, is beyond ``_FARTHEST``."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > _FARTHEST:
        raise FormatError(f"{value!r} is no number of a project")
    if not math.isfinite(value):
        raise FormatError(f"{value!r} is no number")
    return float(value)


def _index(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FormatError(f"{value!r} is no whole number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise FormatError(f"{value!r} is no text")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise FormatError(f"{value!r} is neither true nor false")
    return value
