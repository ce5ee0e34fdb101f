"""Films the singing portrait: an MP4 as a phone would leave it, with a known fault."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
from scipy.signal import butter, sosfilt

from lipsyncer.arrays import Float32s
from lipsyncer.demo.fault import Truth
from lipsyncer.demo.mouth_shapes import Shape
from lipsyncer.demo.portrait import SingingPortrait
from lipsyncer.demo.song import Song
from lipsyncer.demo.voice import RATE

Microphone = Literal["room", "song", "none"]
"""What the camera hears: an empty room; the song from a loudspeaker too; or it has no sound."""

FRAMES_PER_SECOND = 30
_TAIL = 1.0
_AUDIO_FRAME = 1024


def film(
    path: Path,
    song: Song,
    truth: Truth,
    *,
    size: tuple[int, int] = (540, 960),
    seed: int = 0,
    microphone: Microphone = "room",
) -> Generator[float, None, None]:
    """Write the take: the singer from take time 0 to a second after the song has ended.

    Frame k is stamped k/30 and shows the mouth of the middle of its time on screen, so that
    showing the frame that is on screen at a time is right on average.

    Parameters
    ----------
    path
        MP4 to write (H.264, 30 frames per second, AAC).
    song, truth
        What is sung and which moment of it is shown when.
    size
        Width and height in pixels, even numbers.
    seed
        Of the camera's sway and noise.
    microphone
        What the camera hears.

    Yields
    ------
    float
        Share done.
    """
    duration = float(truth.take_time(song.duration)) + _TAIL
    count = round(duration * FRAMES_PER_SECOND)
    times = (np.arange(count) + 0.5) / FRAMES_PER_SECOND
    lips = song.articulation.at(truth.song_time(times))
    portrait = SingingPortrait(*size, seed=seed)
    with av.open(str(path), "w", format="mp4") as container:
        video = container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.time_base = Fraction(1, FRAMES_PER_SECOND)
        video.thread_count = 0
        video.options = {"preset": "superfast", "crf": "22", "bf": "0"}
        audio = container.add_stream("aac", rate=RATE) if microphone != "none" else None
        if audio is not None:
            audio.layout = "mono"
            audio.format = "fltp"
            sound = _hear(song, truth, count / FRAMES_PER_SECOND, microphone, seed)
        written = 0
        for index in range(count):
            shape = Shape(
                float(lips.opening[index]),
                float(lips.spread[index]),
                float(lips.rounding[index]),
                float(lips.jaw[index]),
            )
            frame = av.VideoFrame.from_ndarray(portrait.frame(shape, times[index]), format="rgb24")
            frame.pts = index
            container.mux(video.encode(frame))
            until = (index + 1) * RATE // FRAMES_PER_SECOND
            while audio is not None and written < until:
                piece = sound[written : written + _AUDIO_FRAME]
                packet = av.AudioFrame.from_ndarray(piece[None], format="fltp", layout="mono")
                packet.sample_rate = RATE
                packet.pts = written
                container.mux(audio.encode(packet))
                written += _AUDIO_FRAME
            yield (index + 1) / (count + 1)
        container.mux(video.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))


def _hear(song: Song, truth: Truth, duration: float, microphone: Microphone, seed: int) -> Float32s:
    """What the camera's microphone records, float32 (n,) at `RATE`.

    Room noise 50 dB below full scale with a mains hum; with ``"song"`` also the song as a small
    loudspeaker plays it, on the footage's own faulty clock like the picture.
    """
    rng = np.random.default_rng((seed, 8))
    times = np.arange(round(duration * RATE)) / RATE
    low_pass = butter(1, 900.0, fs=RATE, output="sos")
    noise = sosfilt(low_pass, rng.standard_normal(len(times)))
    heard = 0.003 * noise / np.std(noise) + 0.0008 * np.sin(2 * np.pi * 50.0 * times)
    if microphone == "song":
        position = truth.song_time(times) * RATE
        mono = song.samples.mean(axis=1)
        played = np.interp(position, np.arange(len(mono)), mono, left=0.0, right=0.0)
        loudspeaker = butter(2, (250.0, 6000.0), btype="bandpass", fs=RATE, output="sos")
        heard += 0.12 * sosfilt(loudspeaker, played)
    recorded: Float32s = heard.astype(np.float32)
    return recorded
