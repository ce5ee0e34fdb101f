"""Mouth tracks kept on disk, so that footage is watched once and a project opens at once."""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from pathlib import Path

import numpy as np

from lipsyncer.features.mouth import MouthTrack, Watch, mouth_covered
from lipsyncer.features.tracking import track_take
from lipsyncer.media import Proxy
from lipsyncer.media.cache import cache_folder, content_key, lookup, new_entry
from lipsyncer.progress import Stage

_VERSION = "track-1"
"""Raised whenever tracks made by an older program must not be used any more."""

_TRACK = "track.npz"


def track_or_recall(
    path: str | Path,
    proxy: Proxy,
    *,
    cache_dir: str | Path | None = None,
    watch: Watch | None = None,
) -> Stage[MouthTrack]:
    """Follow the singer's mouth through a take, or recall what was seen in the same content.

    Parameters
    ----------
    path
        The take as it was filmed.
    proxy
        What ``conform`` made of it.
    cache_dir
        Where tracks are kept; the user's cache folder by default.
    watch
        See ``track_mouth``; not called for what is recalled.
    """
    folder = cache_folder(cache_dir)
    key = content_key(path, _VERSION)
    track = _recall(folder, key)
    if track is None:
        track = yield from track_take(proxy, watch=watch)
        # A full disk costs the next start some time, and is no reason to stop this one.
        with contextlib.suppress(OSError), new_entry(folder, key) as unfinished:
            np.savez(
                unfinished / _TRACK,
                crops=track.crops,
                shape=track.shape,
                quality=track.quality,
                faces=np.array(track.faces),
                one_of_several=np.array(track.one_of_several),
                boxes=track.boxes,
                present=track.present,
                covered=track.covered,
            )
    yield 1.0
    return track


def _recall(folder: Path, key: str) -> MouthTrack | None:
    entry = lookup(folder, key, (_TRACK,))
    if entry is None:
        return None
    try:
        with (entry / _TRACK).open("rb") as file, np.load(file) as stored:
            crops, older = stored["crops"], "covered" not in stored
            return MouthTrack(
                crops=crops,
                shape=stored["shape"],
                quality=stored["quality"],
                faces=int(stored["faces"]),
                # Older programs kept a sentence that said so.
                one_of_several=bool(len(stored["warnings"]) if older else stored["one_of_several"]),
                boxes=stored["boxes"],
                present=stored["present"] if "present" in stored else np.zeros(0, np.bool_),
                covered=mouth_covered(crops) if older else stored["covered"],
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        shutil.rmtree(entry, ignore_errors=True)
        return None  # damaged: watch the footage again
