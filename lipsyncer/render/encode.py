"""Frames and song into an MP4 that every player shows in sync.

Players and platforms differ in whether they honour edit lists, so the file has none and needs
none. Without B-frames the picture starts at time 0. AAC starts with a packet of encoder delay,
which an edit list would skip; here that packet is left out instead. The first packet that stays
decodes without the half it would have shared with its predecessor, so the first 21 ms of sound
rise like a fade-in, and every sample is where it belongs (ISO/IEC 14496-3, 4.6.11: each block of
the transform overlaps half of the one before).
"""

from __future__ import annotations

import contextlib
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from lipsyncer.arrays import Float32s
from lipsyncer.render.encoders import X264, Encoder, options_of
from lipsyncer.render.mix import SAMPLE_RATE
from lipsyncer.render.presets import RenderSettings

BT709 = 1
"""Matrix, primaries and transfer of HD video, as ITU-T H.273 numbers them."""

LIMITED = ColorRange.MPEG
"""Black at 16 and white at 235, as every player expects of an MP4."""


class Mp4Writer:
    """Encodes pictures as they come and the sound beside them.

    Parameters
    ----------
    path
        The file to write.
    size
        Width and height in pixels, both even.
    rate
        Frames per second.
    sound
        (n, 2) float samples at ``SAMPLE_RATE``, the whole of the output's sound.
    settings
        What to ask of the encoders.
    encoder
        Which one encodes the picture.

    As a context manager it closes the file whatever happens; only ``finish`` makes it whole. Its
    methods raise what PyAV raises when the file can't be written.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        rate: Fraction,
        sound: Float32s,
        settings: RenderSettings,
        encoder: Encoder = X264,
    ) -> None:
        self._rate = rate
        self._sound = sound
        self._encoded_samples = 0
        self._frames = 0
        self._container = av.open(
            str(path), "w", options={"movflags": "+faststart", "use_editlist": "0"}
        )
        try:
            video = self._container.add_stream(
                encoder.codec, rate=rate, options=options_of(encoder, settings, size, rate)
            )
        except BaseException:
            self._container.close()
            raise
        assert isinstance(video, VideoStream)
        self._video = video
        self._video.width, self._video.height = size
        self._format = encoder.pixel_format
        self._video.pix_fmt = self._format
        context: VideoCodecContext = self._video.codec_context
        # PyAV's default cuts each picture into slices, which costs quality.
        context.thread_type = "FRAME"
        context.sample_aspect_ratio = Fraction(1)
        context.color_range = LIMITED
        context.colorspace = context.color_primaries = context.color_trc = BT709
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        self._audio.bit_rate = settings.audio_bit_rate

    def __enter__(self) -> Mp4Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # After a failure closing fails too, as the index can't be written; the first error counts.
        with contextlib.suppress(OSError, FFmpegError):
            self._container.close()

    def add(self, picture: VideoFrame) -> None:
        """Encode the next picture, and the sound up to its end.

        Parameters
        ----------
        picture
            yuv420p, bt709, limited range, in the size of the output. Its time stamp is set here.
        """
        if picture.format.name != self._format:
            picture = picture.reformat(format=self._format)
        picture.pts = self._frames
        picture.time_base = 1 / self._rate
        picture.pict_type = 0  # The encoder decides; a decoded frame carries its source's type.
        self._container.mux(self._video.encode(picture))
        self._frames += 1
        self._add_sound(round(self._frames / self._rate * SAMPLE_RATE))

    def finish(self) -> None:
        """Write what the encoders still hold and the index."""
        self._container.mux(self._video.encode(None))
        self._add_sound(len(self._sound))
        self._mux_sound(None)
        self._container.close()

    def _add_sound(self, until: int) -> None:
        part = self._sound[self._encoded_samples : until]
        if len(part) == 0:
            return
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(part.T), format="fltp", layout="stereo"
        )
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = Fraction(1, SAMPLE_RATE)
        frame.pts = self._encoded_samples
        self._encoded_samples += len(part)
        self._mux_sound(frame)

    def _mux_sound(self, frame: AudioFrame | None) -> None:
        for packet in self._audio.encode(frame):
            # Stamps before 0 are the encoder's delay.
            if packet.pts is not None and packet.pts >= 0:
                self._container.mux(packet)
