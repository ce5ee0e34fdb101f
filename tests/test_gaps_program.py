"""A song whose voice falls silent while the selfie sings on, from files to a cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import soundfile

from lipsyncer.cut.analysis import Analysis
from lipsyncer.cut.rests import BEFORE_ONSET, Lips, close_gaps
from lipsyncer.demo import Demo
from lipsyncer.edit.document import Document, Pin
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.features.movement import MOVING, lip_activity
from lipsyncer.findings import FindingKind
from lipsyncer.jobs.analyse import analyse
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings

SILENT = (2.5, 4.0)
"""Seconds of the song in which its voice is taken out, in the middle of a phrase."""


@pytest.fixture(scope="module")
def analysis(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Give what is found with all gaps kept as they are."""
    samples, rate = soundfile.read(demo.song_path)
    times = np.arange(len(samples)) / rate
    inside = (times > SILENT[0]) & (times < SILENT[1])
    samples[inside] = np.random.default_rng(0).normal(0, 0.003, (inside.sum(), 2))
    song = tmp_path_factory.mktemp("gap") / "song.wav"
    soundfile.write(song, samples, rate)
    return finish(analyse(song, [demo.take_path], Settings(gaps="keep")))


def alike(take: int, one: float, other: float) -> float:
    """A take whose moments all look the same."""
    return 0.0


def moving(document: Document, analysis: Analysis) -> float:
    """Seconds of the gap in which the lips that are shown look as if they sang."""
    times = np.arange(SILENT[0] + 0.3, SILENT[1] - BEFORE_ONSET - 0.1, 0.04)
    _, sources = TimeMap(document).sources_at(times)
    activity = lip_activity(analysis.takes[0].track)[np.round(sources * 25).astype(int)]
    return float((activity >= MOVING).sum()) * 0.04


def test_kept_gaps_are_told_of_and_marked(analysis: Analysis) -> None:
    assert analysis.mouth_fixes == ()
    findings = {finding.kind: finding for finding in analysis.findings}
    assert findings.keys() == {FindingKind.NO_VOICE, FindingKind.LIPS_MOVE}
    lips_move = findings[FindingKind.LIPS_MOVE]
    assert (
        lips_move.warns
        and lips_move.span is not None
        and SILENT[0] - 0.2 <= lips_move.span[0] < SILENT[0] + 0.8
    )


def test_the_mouth_is_closed_in_the_gap_and_the_sung_picture_is_the_same(
    demo: Demo, analysis: Analysis
) -> None:
    before = analysis.document
    lips = [Lips.of(take.evidence, take.track) for take in analysis.takes]
    after, closed = finish(close_gaps(before, lips, alike))
    assert closed
    assert moving(before, analysis) > 0.4
    assert moving(after, analysis) < 0.2
    times = np.arange(0.0, before.span[1], 0.04)
    maps = [TimeMap(document).sources_at(times)[1] for document in (before, after)]
    changed = times[np.abs(maps[0] - maps[1]) > 1e-6]
    heard = changed[(changed < SILENT[0]) | (changed > SILENT[1] - BEFORE_ONSET + 0.04)]
    assert not demo.song.voiced_at(heard).any(), closed
    kinds = {
        finding.kind
        for finding in replace(analysis, document=after, mouth_fixes=closed).findings
        if finding.warns
    }
    assert FindingKind.MOUTH_CLOSED in kinds
    assert FindingKind.LIPS_MOVE not in kinds


def test_a_pin_in_the_gap_keeps_its_moment(analysis: Analysis) -> None:
    shown = TimeMap(analysis.document).source_at(3.2)
    document = replace(analysis.document, pins=(Pin(3.2, *shown),))
    lips = [Lips.of(take.evidence, take.track) for take in analysis.takes]
    after, _ = finish(close_gaps(document, lips, alike))
    assert TimeMap(after).source_at(3.2) == pytest.approx(shown)
