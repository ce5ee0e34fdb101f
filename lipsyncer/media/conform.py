"""A working copy of a take's picture, which is quick to read at any frame.

Nothing needs it but the window, where the user jumps about in the footage.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from lipsyncer.diagnostics.errors import FULL, InputError, OutputError
from lipsyncer.media.cache import SPOILT, cache_folder, content_key, discard, lookup, new_entry
from lipsyncer.media.probe import MediaInfo
from lipsyncer.media.proxy import Proxy, ProxyFrames
from lipsyncer.media.streams import open_media, picture_stream
from lipsyncer.progress import Stage

#: Raised whenever a working copy made by an older program must not be used any more.
_VERSION = "proxy-2"
_PICTURE, _STAMPS = "proxy.mov", "stamps.npz"

#: Quantiser of the JPEG frames: 4 keeps a mouth's edges and costs about 25 kB a frame.
_QUANTISER = "4"


def conform(
    path: str | Path, info: MediaInfo, *, cache_dir: str | Path | None = None
) -> Stage[Proxy]:
    """Make a working copy of a take, or find the one made before from the same content.

    Parameters
    ----------
    path
        The take.
    info
        What ``probe`` said of it.
    cache_dir
        Where working copies are kept; the user's cache folder by default.

    Yields
    ------
    float
        Share done, 0 to 1.

    Returns
    -------
    Proxy

    Raises
    ------
    InputError
        When the take has no picture or most of it can't be decoded.
    OutputError
        When the copy can't be written.
    """
    folder = cache_folder(cache_dir)
    turned = info.video.turned if info.video else 0
    key = _key(Path(path), turned)
    proxy = _recall(folder, key)
    if proxy is None:
        try:
            with new_entry(folder, key) as unfinished:
                yield from _write(info, unfinished)
        except OSError as error:
            raise OutputError(folder, _unwritable(error)) from error
        proxy = _load(folder / key)
    yield 1.0
    return proxy


def found_copy(path: Path, turned: int = 0) -> Path | None:
    """The working copy of a take, turned or not, that was made before, in the user's cache."""
    entry = lookup(cache_folder(), _key(path, turned), (_PICTURE, _STAMPS))
    return None if entry is None else entry / _PICTURE


def _key(path: Path, turned: int) -> str:
    return content_key(path, f"{_VERSION}-{turned}" if turned else _VERSION)


def _write(info: MediaInfo, folder: Path) -> Iterator[float]:
    """Write picture and stamps into a folder."""
    picture = ProxyFrames(info)
    with av.open(str(folder / _PICTURE), "w") as target:
        encoder = _add_encoder(target, picture.rate, picture.size)
        written = 0
        with closing(picture.read("yuvj420p")) as frames:
            for number, (stamp, frame, repeats) in enumerate(frames, start=1):
                frame.time_base = encoder.codec_context.time_base
                for _ in range(repeats):
                    frame.pts = written
                    target.mux(encoder.encode(frame))
                    written += 1
                if number % 15 == 0:
                    yield picture.share(stamp)
        target.mux(encoder.encode())
    proxy = picture.proxy(folder / _PICTURE)
    np.savez(
        folder / _STAMPS,
        times=proxy.times,
        source_times=proxy.source_times,
        rate=np.array([picture.rate.numerator, picture.rate.denominator]),
        size=np.array(picture.size),
        duration=np.array(proxy.duration),
    )


def _add_encoder(target: Any, rate: Fraction, size: tuple[int, int]) -> Any:
    # JPEG rather than an all-intra H.264: half the processor time to write, and exact to seek.
    encoder = target.add_stream(
        "mjpeg", rate=rate, options={"qmin": _QUANTISER, "qmax": _QUANTISER}
    )
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuvj420p"
    encoder.codec_context.time_base = 1 / rate
    encoder.thread_type = "AUTO"
    return encoder


def _recall(folder: Path, key: str) -> Proxy | None:
    """The proxy made before; None where there is none. A spoilt one is removed."""
    entry = lookup(folder, key, (_PICTURE, _STAMPS))
    if entry is None:
        return None
    try:
        proxy = _load(entry)
        with open_media(proxy.path) as container:
            picture = picture_stream(container)
            whole = picture is not None and picture.frames == len(proxy.times) > 0
    except (*SPOILT, InputError):
        whole = False
    if whole:
        return proxy
    discard(entry)
    return None


def _load(entry: Path) -> Proxy:
    with (entry / _STAMPS).open("rb") as file, np.load(file) as stored:
        numerator, denominator = (int(n) for n in stored["rate"])
        width, height = (int(n) for n in stored["size"])
        return Proxy(
            path=entry / _PICTURE,
            rate=numerator / denominator,
            width=width,
            height=height,
            times=stored["times"],
            source_times=stored["source_times"],
            duration=float(stored["duration"]),
        )


def _unwritable(error: OSError) -> str:
    if error.errno in FULL:
        return "the disk is full; free some space for working copies and try again."
    return "working copies can't be written here; check the permissions of the folder."
