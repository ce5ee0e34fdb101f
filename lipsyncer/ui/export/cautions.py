"""What is worth knowing before an export is begun, and how loud its song is, in words."""

from __future__ import annotations

import math
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from lipsyncer.edit.document import Document
from lipsyncer.render.loudness import Loudness, turn_down
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.language.spoken_values import clock

_UNSURE = 0.5


def cautions(document: Document | None, platform: str, target: Path, problem: str) -> list[str]:
    """Say what is worth knowing before a cut is exported.

    Parameters
    ----------
    document
        The cut; there is nothing to say without one.
    platform
        Name of its preset.
    target
        The file that would be written.
    problem
        What is wrong with what is to be burned in; empty for nothing.
    """
    if document is None:
        return []
    lines = []
    preset, (start, end) = PRESETS[platform], document.span
    if preset.max_duration is not None and end - start > preset.max_duration:
        text = QCoreApplication.translate(
            "ExportSheet", "{platform} takes up to {limit}; this is {length}."
        )
        lines.append(
            text.format(
                platform=preset.name,
                limit=clock(preset.max_duration, 0),
                length=clock(end - start, 0),
            )
        )
    unsure = [
        str(number)
        for number, segment in enumerate(document.segments, start=1)
        if segment.kind == "matched" and segment.confidence < _UNSURE
    ]
    if unsure:
        text = QCoreApplication.translate(
            "ExportSheet", "Not sure about segment {numbers}: have a look at it first."
        )
        lines.append(text.format(numbers=", ".join(unsure)))
    if problem:
        lines.append(problem)
    if target.is_file():
        lines.append(
            QCoreApplication.translate(
                "ExportSheet", "There is a file of this name already; it will be replaced."
            )
        )
    return lines


def loudness_in_words(loudness: Loudness) -> str:
    """Say how loud a song is, and what platforms make of it; nothing where it is silent."""
    if not math.isfinite(loudness.integrated):
        return ""
    text = QCoreApplication.translate(
        "ExportSheet", "The song's loudness is {loudness} LUFS, its peak {peak} dBTP."
    ).format(loudness=_signed(loudness.integrated), peak=_signed(loudness.true_peak))
    gain = turn_down(loudness)
    if gain < 0:
        louder = QCoreApplication.translate("ExportSheet", "Platforms play it {gain} dB lower.")
        text = f"{text} {louder.format(gain=f'{-gain:.1f}')}"
    return text


def _signed(decibels: float) -> str:
    return f"{decibels:.1f}".replace("-", "−")
