"""What was seen of each take, kept on disk, so that footage is watched once."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lipsyncer.features.mouth import MouthTrack, Watch
from lipsyncer.features.tracking import track_take
from lipsyncer.media import MediaInfo, Proxy
from lipsyncer.media.cache import SPOILT, cache_folder, content_key, lookup, new_entry
from lipsyncer.media.small_pictures import SmallPictures
from lipsyncer.media.spilled import let_go, spilled
from lipsyncer.progress import Stage

_VERSION = "track-5"
"""Raised whenever tracks made by an older program must not be used any more."""

_TRACK = "track.npz"
_PICTURE = ("rate", "width", "height", "times", "source_times", "duration", "turned")


def track_or_recall(
    info: MediaInfo,
    *,
    cache_dir: str | Path | None = None,
    watch: Watch | None = None,
    turn: int | None = None,
) -> Stage[tuple[Proxy, MouthTrack]]:
    """Follow the singer's mouth through a take, or recall what was seen in the same content.

    Parameters
    ----------
    info
        What ``probe`` said of the take.
    cache_dir
        Where tracks are kept; the user's cache folder by default.
    watch
        See ``track_mouth``; not called for what is recalled.
    turn
        See ``track_take``.

    Returns
    -------
    As ``track_take``.
    """
    folder = cache_folder(cache_dir)
    watched = _known(folder, info.path, turn)
    if watched is None:
        watched = yield from track_take(info, watch=watch, turn=turn)
        key = content_key(info.path, _version(turn))
        # A full disk costs the next start some time, and is no reason to stop this one.
        with contextlib.suppress(OSError), new_entry(folder, key) as unfinished:
            np.savez(unfinished / _TRACK, **_arrays(*watched))
    yield 1.0
    return _spilled(*watched)


def recall(
    path: Path, *, cache_dir: str | Path | None = None, turn: int | None = None
) -> tuple[Proxy, MouthTrack] | None:
    """Recall what was seen in the same content before; None where it was not watched.

    Parameters
    ----------
    turn
        See ``track_take``.

    Raises
    ------
    OSError
        When the take can't be read.
    """
    watched = _known(cache_folder(cache_dir), path, turn)
    return None if watched is None else _spilled(*watched)


def _version(turn: int | None) -> str:
    return _VERSION if turn is None else f"{_VERSION}-{turn}"


def _known(folder: Path, path: Path, turn: int | None) -> tuple[Proxy, MouthTrack] | None:
    """What was seen of a picture that was turned so, by itself or because it was asked for."""
    for version in dict.fromkeys((_version(None), _version(turn))):
        watched = _recall(folder, content_key(path, version), path)
        if watched is not None and turn in (None, watched[0].turned):
            return watched
    return None


def _spilled(proxy: Proxy, track: MouthTrack) -> tuple[Proxy, MouthTrack]:
    """Move a long take's pictures out of memory: few are looked at again."""
    small = replace(proxy.small, packed=spilled(proxy.small.packed))
    crops = spilled(track.crops)
    let_go(crops, reserve=True)  # the pictures it was cut from
    return replace(proxy, small=small), replace(track, crops=crops)


def _arrays(proxy: Proxy, track: MouthTrack) -> dict[str, Any]:
    """What is kept, by name."""
    picture = {name: getattr(proxy, name) for name in _PICTURE}
    return {**picture, **vars(proxy.small), **vars(track)}


def _recall(folder: Path, key: str, path: Path) -> tuple[Proxy, MouthTrack] | None:
    entry = lookup(folder, key, (_TRACK,))
    if entry is None:
        return None
    try:
        with (entry / _TRACK).open("rb") as file, np.load(file) as stored:
            kept = {name: stored[name] for name in stored.files}
        small = SmallPictures(
            **{field.name: kept.pop(field.name) for field in fields(SmallPictures)}
        )
        picture = {name: _plain(kept.pop(name)) for name in _PICTURE}
        track = MouthTrack(**{name: _plain(value) for name, value in kept.items()})
        return Proxy(path=path, small=small, **picture), track
    except SPOILT:
        shutil.rmtree(entry, ignore_errors=True)
        return None  # damaged: watch the footage again


def _plain(value: npt.NDArray[Any]) -> Any:
    """An array, or the number that it holds."""
    return value if value.ndim else value.item()
