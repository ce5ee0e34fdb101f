"""Media made while the tests run: pictures that say which frame they are, sound with clicks.

Other tests import this module by name (``import clips``).
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.float32]

#: Ticks per second of the stamps written: fine enough for any list of times.
TICKS = 90_000

_COLUMNS = 8

#: Encoder for each kind of sound file.
_SOUND_CODECS = {
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".mp4": "aac",
    ".mov": "aac",
    ".mkv": "flac",
    ".ogg": "libvorbis",
    ".opus": "libopus",
    ".webm": "libopus",
    ".ts": "aac",
    ".aac": "aac",
}


def coded_frame(index: int, size: tuple[int, int] = (128, 96)) -> Image:
    """Picture of a frame's index (0 to 65535) in black and white blocks.

    The upper half holds 16 bits, the lower half their opposites, so that a picture that is turned,
    mirrored or mixed from two frames can't be taken for another index.

    Parameters
    ----------
    index
        The number to write.
    size
        Width and height in pixels, 32 or more.

    Returns
    -------
    numpy.ndarray
        uint8 (height, width, 3).
    """
    bits = np.array([(index >> n) & 1 for n in range(2 * _COLUMNS)], dtype=bool)
    bits = bits.reshape(2, _COLUMNS)
    blocks = np.concatenate([bits, ~bits])
    width, height = size
    rows = np.arange(height) * len(blocks) // height
    columns = np.arange(width) * _COLUMNS // width
    grey = np.where(blocks[rows][:, columns], 235, 20).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def read_code(rgb: Image) -> int:
    """Index that a coded frame shows; -1 where the picture is no coded frame the right way up."""
    height, width = rgb.shape[:2]
    rows = ((np.arange(4) + 0.5) * height / 4).astype(int)
    columns = ((np.arange(_COLUMNS) + 0.5) * width / _COLUMNS).astype(int)
    blocks = rgb.mean(axis=2)[rows][:, columns] > 128
    if not np.array_equal(blocks[:2], ~blocks[2:]):
        return -1
    return int(sum(1 << n for n, bit in enumerate(blocks[:2].ravel()) if bit))


def even_times(rate: float, duration: float) -> list[float]:
    """Stamps (s) of a constant-rate clip."""
    return [k / rate for k in range(round(rate * duration))]


def write_clip(
    path: Path,
    times: Sequence[float],
    *,
    size: tuple[int, int] = (128, 96),
    picture: Callable[[int], Image] | None = None,
    planes: Sequence[int] | None = None,
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    options: dict[str, str] | None = None,
    sound: Samples | None = None,
    sound_rate: int = 48_000,
    sound_start: float = 0.0,
) -> Path:
    """Write a video whose frame k shows its index, with the stamps given.

    Parameters
    ----------
    path
        Where to; the suffix chooses the container.
    times
        Stamps (s) of the frames, growing; the last frame lasts as long as the one before it.
    size
        Stored width and height in pixels.
    picture
        Gives frame k as uint8 (height, width, 3); ``coded_frame`` by default.
    planes
        Stored values of the three planes of one flat colour, shown instead of pictures.
    codec, pixel_format, options
        Of the picture; H.264 with B-frames by default.
    sound
        float32 (n,) or (n, 2) samples; no sound stream where None.
    sound_rate
        Samples per second.
    sound_start
        Stamp (s) of the first sample.
    """
    draw = picture if picture is not None else lambda k: coded_frame(k, size)
    tick = Fraction(1, TICKS)
    with av.open(str(path), "w") as target:
        if options is None:
            options = {"preset": "ultrafast", "bf": "2"} if codec == "libx264" else {}
        steps = np.diff(times) if len(times) > 1 else np.array([0.04])
        rate = Fraction(1 / float(np.median(steps))).limit_denominator(1001)
        video = target.add_stream(codec, rate=rate, options=options)
        assert isinstance(video, av.VideoStream)
        video.width, video.height = size
        video.pix_fmt = pixel_format
        video.codec_context.time_base = tick
        video.time_base = tick
        audio = None if sound is None else _add_sound(target, path, sound, sound_rate)
        stamps = [round(t * TICKS) for t in times]
        stamps.append(stamps[-1] + round(float(steps[-1]) * TICKS))
        for k in range(len(times)):
            if planes is None:
                frame = av.VideoFrame.from_ndarray(draw(k), format="rgb24")
                frame = frame.reformat(format=pixel_format)
            else:
                frame = _flat_frame(planes, size, pixel_format)
            frame.pts, frame.time_base = stamps[k], tick
            frame.duration = stamps[k + 1] - stamps[k]
            target.mux(video.encode(frame))
        target.mux(video.encode())
        if audio is not None and sound is not None:
            _encode_sound(target, audio, sound, sound_rate, sound_start)
    return path


def write_sound(path: Path, samples: Samples, rate: int = 44_100) -> Path:
    """Write a sound file; the suffix chooses container and codec.

    Parameters
    ----------
    samples
        float32 (n,) or (n, 2), full scale 1.
    """
    with av.open(str(path), "w") as target:
        stream = _add_sound(target, path, samples, rate)
        _encode_sound(target, stream, samples, rate, 0.0)
    return path


def clicks(times: Sequence[float], duration: float, rate: int) -> Samples:
    """Silence with short, bright bursts that begin at the times given (s).

    Returns
    -------
    numpy.ndarray
        float32 (duration * rate,).
    """
    samples = np.zeros(round(duration * rate), dtype=np.float32)
    length = round(0.004 * rate)
    phase = np.arange(length) / rate
    burst = (0.8 * np.sin(2 * np.pi * 2000 * phase) * np.exp(-phase / 0.001)).astype(np.float32)
    for time in times:
        first = round(time * rate)
        samples[first : first + length] += burst[: len(samples) - first]
    return samples


def click_times(
    samples: Samples, rate: int, expected: Sequence[float], within: float = 0.1
) -> list[float]:
    """Where the bursts of ``clicks`` really are in mono sound: times (s), one per expected one.

    Found by the best correlation with the burst in the surroundings (s) of each expected time; not
    a number where it is silent there.
    """
    burst = clicks([0.0], 0.004, rate)
    found = []
    for time in expected:
        first = max(0, round((time - within) * rate))
        part = samples[first : round((time + within) * rate) + len(burst)]
        score = np.correlate(part, burst, "valid")
        found.append((first + int(score.argmax())) / rate if score.max() > 0.1 else float("nan"))
    return found


def remux(source: Path, target: Path, *before: str, after: Sequence[str] = ()) -> Path:
    """Copy a file's streams into another with the command-line FFmpeg that moviepy brings.

    Parameters
    ----------
    before, after
        Options that stand before the source (``"-display_rotation", "90"``) and after it.
    """
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    command = [ffmpeg, "-v", "error", "-y", *before, "-i", str(source), "-c", "copy", *after]
    subprocess.run([*command, str(target)], check=True, capture_output=True)
    return target


def damage(source: Path, target: Path, start: float, end: float, kind: str | None = None) -> Path:
    """Copy a file with noise in place of every packet stamped from ``start`` to ``end`` (s).

    Parameters
    ----------
    kind
        ``"video"`` or ``"audio"`` to damage streams of that kind only.
    """
    noise = np.random.default_rng(1)
    with av.open(str(source)) as whole, av.open(str(target), "w") as broken:
        outputs = {s.index: broken.add_stream_from_template(s) for s in whole.streams}
        for packet in whole.demux():
            if packet.dts is None:
                continue
            copy = packet
            struck = kind in (None, packet.stream.type)
            if struck and start <= float(seconds(packet.pts, packet.time_base)) < end:
                copy = av.Packet(noise.bytes(packet.size))
                copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
                copy.time_base = packet.time_base
                copy.is_keyframe = packet.is_keyframe
            copy.stream = outputs[packet.stream_index]
            broken.mux(copy)
    return target


def seconds(stamp: int | None, tick: Fraction | None) -> Fraction:
    """A stamp in seconds, where there has to be one."""
    assert stamp is not None
    assert tick is not None
    return stamp * tick


def _flat_frame(planes: Sequence[int], size: tuple[int, int], pixel_format: str) -> av.VideoFrame:
    frame = av.VideoFrame(*size, pixel_format)
    for plane, value in zip(frame.planes, planes, strict=True):
        depth = np.uint16 if frame.format.components[0].bits > 8 else np.uint8
        plane.update(np.full(plane.buffer_size // depth().itemsize, value, depth).tobytes())
    return frame


def _add_sound(
    target: av.container.OutputContainer, path: Path, samples: Samples, rate: int
) -> av.AudioStream:
    layout = "mono" if samples.ndim == 1 else "stereo"
    stream = target.add_stream(_SOUND_CODECS[path.suffix], rate=rate, layout=layout)
    assert isinstance(stream, av.AudioStream)
    return stream


def _encode_sound(
    target: av.container.OutputContainer,
    stream: av.AudioStream,
    samples: Samples,
    rate: int,
    start: float,
) -> None:
    planar = np.ascontiguousarray(np.atleast_2d(samples.T), dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(
        planar, format="fltp", layout="mono" if len(planar) == 1 else "stereo"
    )
    frame.sample_rate = rate
    frame.time_base = Fraction(1, rate)
    frame.pts = round(start * rate)
    target.mux(stream.encode(frame))
    target.mux(stream.encode())
