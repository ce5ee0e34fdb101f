"""The job that shows a cut again whose footage was watched before, without watching anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lipsyncer.cut.analysis import Footage
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document
from lipsyncer.features import track_cache
from lipsyncer.features.log_mel import SAMPLE_RATE
from lipsyncer.jobs.running import Job, Progress
from lipsyncer.media import probe, read_audio
from lipsyncer.media.peaks import Peaks, peaks_of


@dataclass(frozen=True)
class Recalled:
    """What can be shown of a cut.

    Attributes
    ----------
    footage
        Of each take of the document.
    peaks
        Outline of the song's waveform.
    """

    footage: tuple[Footage, ...]
    peaks: Peaks


def recall(document: Document, cache_dir: Path | None = None) -> Job[Recalled | None]:
    """Find what was made of a cut's takes before, and outline its song.

    Returns
    -------
    Recalled or None
        None where a take is not known any more, or a file can't be read: an analysis finds out why.
    """
    found = []
    for number, take in enumerate(document.takes):
        yield Progress("probe", number / (len(document.takes) + 1))
        try:
            watched = track_cache.recall(take.path, cache_dir=cache_dir, turn=take.turned)
        except OSError:
            return None
        if watched is None:
            return None
        found.append(Footage(take, *watched))
    yield Progress("probe", len(found) / (len(found) + 1))
    try:
        samples = read_audio(probe(document.song), rate=SAMPLE_RATE, mono=False)
    except InputError:
        return None
    return Recalled(tuple(found), peaks_of(samples, SAMPLE_RATE))
