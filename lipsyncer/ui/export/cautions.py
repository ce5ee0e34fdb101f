"""What is worth knowing before an export is begun, and how loud its song is, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from lipsyncer.cut.corrections import is_loose
from lipsyncer.diagnostics.errors import is_file
from lipsyncer.edit.document import Document
from lipsyncer.render.loudness import Loudness, turn_down
from lipsyncer.render.presets import PRESETS
from lipsyncer.ui.language.spoken_values import clock
from lipsyncer.ui.language.translations import in_language


def cautions(
    document: Document | None, platforms: Sequence[str], targets: Sequence[Path], problem: str
) -> list[str]:
    """Say what is worth knowing before a cut is exported.

    Parameters
    ----------
    document
        The cut; there is nothing to say without one.
    platforms
        Names of their presets.
    targets
        The files that would be written.
    problem
        What is wrong with what is to be burned in; empty for nothing.
    """
    if document is None:
        return []
    lines = []
    start, end = document.span
    if not platforms:
        lines.append(QCoreApplication.translate("ExportSheet", "Tick a platform."))
    for preset in map(PRESETS.__getitem__, platforms):
        if preset.max_duration is not None and end - start > preset.max_duration:
            text = QCoreApplication.translate(
                "ExportSheet", "{platform} takes up to {limit}; this is {length}."
            )
            lines.append(
                text.format(
                    platform=in_language(preset.name),
                    limit=clock(preset.max_duration, 0),
                    length=clock(end - start, 0),
                )
            )
    unsure = [
        str(number)
        for number, segment in enumerate(document.segments, start=1)
        if is_loose(segment) and not segment.locked
    ]
    if unsure:
        text = QCoreApplication.translate(
            "ExportSheet", "Not sure about segment {numbers}: have a look at it first."
        )
        lines.append(text.format(numbers=", ".join(unsure)))
    if problem:
        lines.append(problem)
    if any(is_file(target) for target in targets):
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
