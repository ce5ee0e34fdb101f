"""Flash and click: a take that turns white and a song that clicks, and when an MP4 shows both.

What a clapperboard is on a film set: both are made at known times, and the rendered file is
measured for when each is seen and heard.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import soundfile

from lipsyncer.arrays import Float64s

SONG_RATE = 48_000
FLASH_FRAMES = 2
CLICK_SAMPLES = 20


def make_take(
    path: Path,
    frames: int,
    flashes: Iterable[int],
    *,
    rate: Fraction = Fraction(30),
    size: tuple[int, int] = (64, 96),
    options: dict[str, str] | None = None,
) -> Path:
    """Film black frames with white flashes of two frames that begin at the numbered frames."""
    white = {flash + more for flash in flashes for more in range(FLASH_FRAMES)}
    with av.open(str(path), "w") as container:
        chosen = {"preset": "ultrafast", "crf": "18"} | (options or {})
        stream = container.add_stream("libx264", rate=rate, options=chosen)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(frames):
            luma = 235 if number in white else 16
            picture = av.VideoFrame(*size, "yuv420p")
            for plane, value in zip(picture.planes, (luma, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            picture.pts = number
            picture.time_base = 1 / rate
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def make_song(path: Path, seconds: float, clicks: Iterable[float]) -> Path:
    """Record silence with a click beginning at each of the times (s)."""
    samples = np.zeros((round(seconds * SONG_RATE), 2), dtype=np.float32)
    for click in clicks:
        first = round(click * SONG_RATE)
        samples[first : first + CLICK_SAMPLES] = 0.8
    soundfile.write(path, samples, SONG_RATE, subtype="FLOAT")
    return path


def seen_and_heard(path: Path, *, ignore_edit_lists: bool) -> tuple[Float64s, Float64s]:
    """Times (s) at which a player shows flashes and sounds clicks, decoded by PyAV."""
    options = {"ignore_editlist": "1"} if ignore_edit_lists else {}
    return _flashes(path, options), _clicks(path, options)


def seen_and_heard_by_ffmpeg(path: Path, *, ignore_edit_lists: bool) -> tuple[Float64s, Float64s]:
    """Give the same as decoded by the ffmpeg program, an older or newer one than PyAV carries."""
    decoded = path.with_suffix(".nut")  # keeps exact time stamps beside raw frames
    options = ["-ignore_editlist", "1"] if ignore_edit_lists else []
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-v", "error", "-y", *options, "-copyts", "-i", str(path)),
        *("-map", "0:v", "-map", "0:a", "-fps_mode", "passthrough"),
        *("-c:v", "rawvideo", "-pix_fmt", "gray", "-c:a", "pcm_s16le", str(decoded)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    try:
        return _flashes(decoded, {}), _clicks(decoded, {})
    finally:
        decoded.unlink()


def _flashes(path: Path, options: dict[str, str]) -> Float64s:
    times = []
    with av.open(str(path), options=options) as container:
        dark = True
        for frame in container.decode(video=0):
            bright = bool(frame.to_ndarray(format="gray").mean() > 128)
            if bright and dark:
                times.append(frame.time)
            dark = not bright
    return np.array(times)


def _clicks(path: Path, options: dict[str, str]) -> Float64s:
    with av.open(str(path), options=options) as container:
        frames = list(container.decode(audio=0))
        rate, start = frames[0].sample_rate, frames[0].time
        assert start is not None
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
        mono = np.concatenate(
            [part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)]
        )
    loud = np.flatnonzero(np.abs(mono) > 0.3)
    # The first loud sample of each click: the one before it is long ago.
    first = loud[np.diff(loud, prepend=-rate) > rate // 50]
    return start + first / rate
