"""Which file is the song and which are takes, by what is in them and not by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.probe import probe, require_take
from lipsyncer.progress import Stage


@dataclass(frozen=True)
class Sorted:
    """Files by kind, each kind in the order given.

    Attributes
    ----------
    songs
        Files with sound and without a moving picture; a cover may be stored as one frame of video.
    takes
        Files with a picture. A music video, whose sound is wanted as the song, is among them:
        only its owner can tell.
    refused
        Why the other files can't be used.
    """

    songs: tuple[Path, ...]
    takes: tuple[Path, ...]
    refused: tuple[InputError, ...]


def sort_media(paths: Sequence[Path]) -> Stage[Sorted]:
    """Look into files and sort them by kind.

    Yields
    ------
    float
        Share of the files looked into.
    """
    songs: list[Path] = []
    takes: list[Path] = []
    refused: list[InputError] = []
    for number, path in enumerate(paths, start=1):
        try:
            info = probe(path)
            if info.video is None or (info.video.frames < 2 and info.audio is not None):
                songs.append(path)
            else:
                require_take(info)
                takes.append(path)
        except InputError as error:
            refused.append(error)
        yield number / len(paths)
    return Sorted(tuple(songs), tuple(takes), tuple(refused))
