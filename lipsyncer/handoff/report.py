"""The report of an alignment as JSON that other programs can rely on; see docs/report.md."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lipsyncer.alignment.attempts import Attempt
from lipsyncer.alignment.camera_sound import CameraSound
from lipsyncer.cut.analysis import AlignedTake, Analysis
from lipsyncer.edit.document import Document, HandFraming
from lipsyncer.findings import Finding, FindingKind, sentence
from lipsyncer.render.loudness import Loudness
from lipsyncer.whole_file import write_text

FORMAT = 1
"""Counts up when a key changes its meaning or goes away; new keys may come without that."""

_MARKS = (
    FindingKind.NO_VOICE,
    FindingKind.NO_FOOTAGE,
    FindingKind.NO_FACE,
    FindingKind.MOUTH_COVERED,
    FindingKind.MOUTH_HARD_TO_SEE,
    FindingKind.LIPS_DO_NOT_MATCH,
    FindingKind.LIPS_MOVE,
    FindingKind.MOUTH_CLOSED,
)
"""What counts as a stretch that could not be matched."""


def report(
    analysis: Analysis,
    timings: Mapping[str, float],
    loudness: Loudness | None = None,
    fitted: Document | None = None,
) -> dict[str, Any]:
    """Everything the report says, as plain values.

    Parameters
    ----------
    analysis
        What was found.
    timings
        Seconds by stage.
    loudness
        Of the output's sound, where one was written.
    fitted
        ``Export.fitted``: the song was moved and not the picture.
    """
    document = analysis.document
    start, end = document.span if fitted is None else fitted.span
    findings = analysis.findings
    names = [take.path.name for take in document.takes]
    return {
        "format": FORMAT,
        "song": {"path": _name(document.song), "duration": _seconds(document.song_duration)},
        "takes": [
            {
                "path": _name(take.take.path),
                "duration": _seconds(take.take.duration),
                "sound": None if take.camera_sound is None else _camera_sound(take.camera_sound),
                "attempts": [_attempt(attempt) for attempt in take.attempts],
                "speed": round(take.speed, 4),
            }
            for take in analysis.takes
        ],
        "start": _seconds(start),
        "duration": _seconds(end - start),
        "confidence": round(analysis.confidence, 4),
        "map": _pieces(document, analysis.takes),
        "retimed": "picture" if fitted is None else "song",
        "fitted": None if fitted is None else _fitted(fitted),
        "offset_ms": round(analysis.alignment.offset_ms, 1),
        "loudness": None if loudness is None else _loudness(loudness),
        "findings": [_finding(finding, names) for finding in findings],
        "marks": _marks(findings) if fitted is None else [],
        "warnings": [sentence(finding, names) for finding in findings if finding.warns],
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }


def write_report(path: Path, values: Mapping[str, Any]) -> None:
    """Write a report; the file appears when it is whole.

    Raises
    ------
    OutputError
        When it can't be written; what was there before is left as it was.
    """
    text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    write_text(path, text)


def _attempt(attempt: Attempt) -> dict[str, float]:
    start, end = attempt.alignment.span
    return {
        "source_start": _seconds(attempt.take_start),
        "source_end": _seconds(attempt.take_end),
        "song_start": _seconds(start),
        "song_end": _seconds(end),
        "confidence": round(attempt.alignment.confidence, 4),
    }


def _pieces(document: Document, takes: Sequence[AlignedTake]) -> list[dict[str, Any]]:
    return [
        {
            "song_start": _seconds(segment.song_start),
            "song_end": _seconds(segment.song_end),
            "take": segment.take,
            "attempt": takes[segment.take].attempt_of(segment),
            "source_start": _seconds(segment.source_start),
            "source_end": _seconds(segment.source_end),
            "kind": segment.kind,
            "confidence": round(segment.confidence, 4),
            "framing": _framing(segment.framing),
        }
        for segment in document.segments
    ]


def _framing(framing: HandFraming | None) -> dict[str, float] | None:
    if framing is None:
        return None
    return {"x": round(framing.x, 4), "y": round(framing.y, 4), "zoom": round(framing.zoom, 4)}


def _finding(finding: Finding, take_names: Sequence[str]) -> dict[str, Any]:
    start, end = finding.span or (None, None)
    return {
        "kind": finding.kind.value,
        "take": finding.take,
        "song_start": None if start is None else _seconds(start),
        "song_end": None if end is None else _seconds(end),
        "sentence": sentence(finding, take_names),
        "warns": finding.warns,
    }


def _marks(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "song_start": _seconds(finding.span[0]),
            "song_end": _seconds(finding.span[1]),
            "reason": finding.kind.value,
        }
        for finding in findings
        if finding.kind in _MARKS and finding.span is not None
    ]


def _fitted(fitted: Document) -> list[dict[str, float]]:
    return [
        {
            "start": _seconds(segment.song_start),
            "end": _seconds(segment.song_end),
            "song_start": _seconds(segment.source_start),
            "song_end": _seconds(segment.source_end),
        }
        for segment in fitted.segments
    ]


def _camera_sound(sound: CameraSound) -> dict[str, Any]:
    return {
        "found": sound.found,
        "confidence": round(sound.confidence, 4),
        "offset_ms": round(sound.offset_ms, 2) if sound.found else None,
        "drift_ppm": round(sound.drift_ppm, 1) if sound.found else None,
        "pieces": len(sound.pieces),
    }


def _loudness(loudness: Loudness) -> dict[str, float | None]:
    """JSON has no infinity, which is what silence comes to."""
    values = {"integrated_lufs": loudness.integrated, "true_peak_dbtp": loudness.true_peak}
    return {key: round(value, 2) if math.isfinite(value) else None for key, value in values.items()}


def _name(path: Path) -> str:
    return str(path.absolute())


def _seconds(value: float) -> float:
    """Microseconds are finer than any clock involved; more digits would only be noise."""
    return round(value, 6)
