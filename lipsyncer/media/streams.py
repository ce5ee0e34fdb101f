"""Opening a media file: the streams that matter, its clock, and its frames with true stamps."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from lipsyncer.diagnostics.errors import InputError, require_file
from lipsyncer.media.trial_process import container_options

#: Stamps are rounded by some containers (Matroska: to a millisecond), so a frame counts as being
#: on screen from this much before its stamp (s).
STAMP_TOLERANCE = 0.0006

#: Formats that store frames in decoding order without saying when they are shown.
_UNSTAMPED = ("avi", "h264", "hevc", "m4v", "mpegvideo")

_TEXT = "this is a text file, not video or sound; choose another file."

#: Packets that hold the first frame shown, whatever the order they are stored in.
_REORDERING = 32


#: What PyAV raises of damaged files: FFmpeg's errors, and its own over stream numbers and text.
READ_ERRORS = (FFmpegError, LookupError, ValueError, ArithmeticError, MemoryError)


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Turn what PyAV raises of a damaged file into an ``InputError`` with a sentence."""
    try:
        yield
    except READ_ERRORS as error:
        raise InputError(
            path, "it is damaged and can't be read; copy it again or convert it first."
        ) from error


def open_media(path: str | Path, *, ignore_edit_lists: bool = False) -> Any:
    """Open a media file for reading.

    Parameters
    ----------
    ignore_edit_lists
        Whether stamps are given as they are stored in an MP4, before its edit lists move them.

    Returns
    -------
    av.container.InputContainer
        To be closed by the caller, who can use it as a context manager.

    Raises
    ------
    InputError
        When there is no such file, or it is no media file, or its index is missing.
    """
    path = Path(path)
    try:
        if require_file(path).st_size == 0:
            raise InputError(path, "the file is empty; copy or record it again.")
        # "file:" keeps a colon from meaning a protocol.
        # The options go to the container alone: FFmpeg's search for streams crashes on options for
        # streams of formats, such as FLV and MPEG, whose streams appear only while it searches.
        options = container_options()
        if ignore_edit_lists:
            options["ignore_editlist"] = "1"
        return av.open(f"file:{path}", metadata_errors="replace", container_options=options)
    except PermissionError as error:
        raise InputError(path, "the file can't be opened; check its permissions.") from error
    except READ_ERRORS as error:
        raise InputError(path, _unreadable(path)) from error


def _unreadable(path: Path) -> str:
    """Say why a file that can't be opened can't be."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head[4:8] in (b"ftyp", b"mdat", b"wide", b"skip", b"free"):
        return (
            "the recording is incomplete, the index at its end is missing; "
            "copy the file again from the device that recorded it."
        )
    if b"\0" not in head:
        return _TEXT
    return "this is not a readable video or sound file; choose another or convert it first."


def picture_stream(container: Any) -> Any | None:
    """Return the moving picture of an opened file, or None; cover art is not a moving picture."""
    art = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    moving = [s for s in container.streams.video if not s.disposition & art]
    return next(iter(_by_preference(moving)), None)


def sound_stream(container: Any) -> Any | None:
    """Return the sound that a player would choose, or None."""
    return next(iter(sound_streams(container)), None)


def sound_streams(container: Any) -> list[Any]:
    """Return the sound tracks that can be decoded, the ones a player would choose first."""
    return _by_preference(list(container.streams.audio))


def _by_preference(streams: list[Any]) -> list[Any]:
    """Order the streams that there is a decoder for: default ones first, else as stored."""
    # Phones add sound tracks that only their maker can decode; PyAV crashes on decoding such.
    known = [s for s in streams if s.codec_context is not None]
    return sorted(known, key=lambda s: not s.disposition & av.stream.Disposition.default)


def packets(container: Any, *streams: Any) -> Iterator[Any]:
    """Yield the packets of some streams; a damaged or cut-off end of the file ends them.

    A packet belongs to its ``stream``: ``stream_index`` is always 0 for the packets that flush the
    decoders at the end.
    """
    if not streams:
        return
    # A fragmented file can lead the demuxer in a circle; then it hands out more than there is.
    most = 2 * max(container.size, 0) + 2**20
    count = size = 0
    demuxer = container.demux(*streams)
    while count <= most and size <= most:
        try:
            packet = next(demuxer)
        except (StopIteration, *READ_ERRORS):
            return
        count += 1
        size += packet.size
        yield packet


def decoded(packet: Any) -> list[Any]:
    """Frames that a packet completes; none where it is damaged."""
    try:
        return list(packet.decode())
    except READ_ERRORS:
        return []


def is_counted(container: Any) -> bool:
    """Whether frames have no presentation stamps and are told apart by counting from the first.

    FFmpeg makes stamps up for such formats, which are wrong where frames are stored out of order.
    """
    return container.format.name in _UNSTAMPED


def presented(packet: Any) -> tuple[float, float] | None:
    """Raw start and end (s) of what a packet presents; None where it presents nothing."""
    counted = packet.pts is None or is_counted(packet.stream.container)
    stamp = packet.dts if counted else packet.pts
    if stamp is None or packet.is_discard or packet.size == 0:
        return None
    tick = packet.time_base
    return float(stamp * tick), float((stamp + (packet.duration or 0)) * tick)


def clock_start(path: str | Path) -> float:
    """Raw time stamp (s) of time 0 of a file's own clock.

    That is the earliest presentation time of its picture and sound. For sound the first sample
    that is heard counts: what the encoder put in front to warm up has negative stamps in some
    containers (Opus in WebM: -7 ms), which would shift everything else.
    """
    stamps: list[float] = []
    with open_media(path) as container:
        picture = picture_stream(container)
        if picture is not None:
            head = [presented(p) for p in islice(packets(container, picture), _REORDERING)]
            stamps.extend(span[0] for span in head if span is not None)
    with open_media(path) as container:
        sound = sound_stream(container)
        if sound is not None:
            for packet in packets(container, sound):
                frame = next(iter(decoded(packet)), None)
                if frame is not None and frame.time is not None:
                    stamps.append(float(frame.time))
                    break
    return min(stamps, default=0.0)


def nominal_step(stream: Any) -> float:
    """Seconds between frames by the nominal rate of a picture; a twenty-fifth where it has none."""
    return 1.0 / float(stream.guessed_rate or 25) if stream.type == "video" else 0.04


def stamped_frames(
    container: Any, picture: Any, start: float
) -> Generator[tuple[float, Any], None, None]:
    """Decode the picture from where the container stands.

    Parameters
    ----------
    container, picture
        The opened file and its picture stream.
    start
        Raw stamp (s) of the file's time 0.

    Yields
    ------
    tuple of (float, av.VideoFrame)
        Seconds of the file's own clock, never decreasing, and the frame as stored. A frame that
        lost its stamp follows the one before it at the nominal rate.
    """
    step = nominal_step(picture)
    counted = is_counted(container)
    order: deque[int | None] = deque()  # decoding stamps, the k-th of which the k-th frame gets
    key_stamp: int | None = None
    last: float | None = None
    for packet in packets(container, picture):
        if key_stamp is None and packet.pts is not None and not counted:
            key_stamp = packet.pts
        if counted and packet.size:
            order.append(packet.dts)
        for frame in decoded(packet):
            stamp = (order.popleft() if order else None) if counted else frame.pts
            # After a seek, frames shown before the key frame lean on pictures not decoded.
            if last is None and stamp is not None and key_stamp is not None and stamp < key_stamp:
                continue
            if stamp is not None:
                time = float(stamp * picture.time_base) - start
            else:
                time = 0.0 if last is None else last + step
            last = time if last is None else max(time, last)
            yield last, frame
