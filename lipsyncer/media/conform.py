"""One decoding pass from a take as it was filmed to a proxy that is quick to work on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from lipsyncer.alongside import read_ahead
from lipsyncer.arrays import Float64s
from lipsyncer.diagnostics.errors import FULL, InputError, OutputError
from lipsyncer.media.cache import SPOILT, cache_folder, content_key, discard, lookup, new_entry
from lipsyncer.media.probe import MediaInfo
from lipsyncer.media.streams import (
    STAMP_TOLERANCE,
    open_media,
    picture_stream,
    reading,
    stamped_frames,
)
from lipsyncer.media.upright import Upright
from lipsyncer.progress import Stage

LONGER_SIDE = 960
HIGHEST_RATE = 30.5

#: Raised whenever a proxy made by an older program must not be used any more.
_VERSION = "proxy-2"
_PICTURE, _STAMPS = "proxy.mov", "stamps.npz"

#: Quantiser of the JPEG frames: 4 keeps a mouth's edges and costs about 25 kB a frame.
_QUANTISER = "4"

#: Frames decoded ahead of the one that is made small: enough to keep both busy, little memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Proxy:
    """A take's picture, upright, at a constant rate, small, every frame a key frame.

    Parameters
    ----------
    path
        The proxy file: JPEG frames, no sound, standard range, square pixels.
    rate
        Frames per second; frame k stands for take time ``k / rate`` and shows the source frame
        that is on screen at ``(k + 0.5) / rate``.
    width, height
        Pixels, upright, both even; the longer side is at most 960.
    times
        float64 (frames,), seconds of the take's clock: the true stamp of the source frame that
        each proxy frame shows.
    source_times
        float64, seconds: the stamps of all frames of the source, in order.
    duration
        Seconds of the take's clock at which the picture ends.
    """

    path: Path
    rate: float
    width: int
    height: int
    times: Float64s
    source_times: Float64s
    duration: float


def conform(
    path: str | Path, info: MediaInfo, *, cache_dir: str | Path | None = None
) -> Stage[Proxy]:
    """Make the proxy of a take, or find the one made before from the same content.

    Parameters
    ----------
    path
        The take.
    info
        What ``probe`` said of it.
    cache_dir
        Where proxies are kept; the user's cache folder by default.

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
        When the proxy can't be written.
    """
    if info.video is None:
        raise InputError(path, "this file has no picture; choose a video.")
    folder = cache_folder(cache_dir)
    key = content_key(path, _VERSION)
    proxy = _recall(folder, key)
    if proxy is None:
        try:
            with new_entry(folder, key) as unfinished:
                yield from _write(path, info, unfinished)
        except OSError as error:
            raise OutputError(folder, _unwritable(error)) from error
        proxy = _load(folder / key)
    yield 1.0
    return proxy


def proxy_rate(rate: float) -> Fraction:
    """Rate of the proxy of a take with a nominal rate: halved until a phone screen's 30.5."""
    exact = Fraction(rate).limit_denominator(1001)
    while exact > HIGHEST_RATE:
        exact /= 2
    return exact


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """Size of the proxy of an upright picture: even, no larger, longer side at most 960."""
    shrink = min(1.0, LONGER_SIDE / max(width, height))
    return max(2, round(width * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)


def _write(path: str | Path, info: MediaInfo, folder: Path) -> Iterator[float]:
    """Write picture and stamps into a folder."""
    video = info.video
    assert video is not None
    rate = proxy_rate(video.rate)
    end = video.start + video.duration
    count = max(1, int(np.ceil(end * float(rate) - 0.5)))
    times: list[float] = []
    stamps: list[float] = []
    with open_media(path) as source, av.open(str(folder / _PICTURE), "w") as target:
        picture = picture_stream(source)
        assert picture is not None
        picture.thread_type = "AUTO"
        size = proxy_size(video.width, video.height)
        encoder = _add_encoder(target, rate, size)
        upright = Upright(picture, "yuvj420p", size)
        pending: Any = None
        ahead = read_ahead(lambda: stamped_frames(source, picture, info.start), _AHEAD)
        with closing(ahead) as frames:
            for stamp, frame in frames:
                if pending is not None:
                    until = min(count, _frames_before(stamp, rate))
                    _repeat(path, target, encoder, upright, pending, len(times), until)
                    times.extend([stamps[-1]] * (until - len(times)))
                pending = frame
                stamps.append(stamp)
                if len(stamps) % 15 == 0:
                    yield min(0.99, stamp / end)
        if len(stamps) < video.frames / 2:
            raise InputError(path, "most of its picture can't be decoded; copy the file again.")
        _repeat(path, target, encoder, upright, pending, len(times), count)
        times.extend([stamps[-1]] * (count - len(times)))
        target.mux(encoder.encode())
    np.savez(
        folder / _STAMPS,
        times=np.array(times),
        source_times=np.array(stamps),
        rate=np.array([rate.numerator, rate.denominator]),
        size=np.array(size),
        duration=np.array(end),
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


def _frames_before(stamp: float, rate: Fraction) -> int:
    """How many proxy frames have their middle before a source frame's stamp."""
    return max(0, int(np.ceil((stamp - STAMP_TOLERANCE) * float(rate) - 0.5)))


def _repeat(
    path: str | Path,
    target: Any,
    encoder: Any,
    upright: Upright,
    frame: Any,
    first: int,
    until: int,
) -> None:
    """Encode one source frame as proxy frames ``first`` to ``until`` - 1."""
    if first >= until:
        return
    with reading(path):
        small = upright(frame)
    small.time_base = encoder.codec_context.time_base
    for index in range(first, until):
        small.pts = index
        target.mux(encoder.encode(small))


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
