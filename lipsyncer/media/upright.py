"""Stored frames to upright, square-pixel, standard-range ones, in one filter graph."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import av
import cv2
import numpy as np

from lipsyncer.arrays import UInt8s
from lipsyncer.media.tonemap import HdrTransfer, cube_file

#: AVColorSpace numbers (ITU-T H.273): what a file without colour tags most likely means.
_BT709, _UNSPECIFIED, _BT601 = 1, 2, 5

#: ITU-T H.273 transfer characteristics of the two high-dynamic-range systems.
_HDR_TRANSFERS: dict[int, HdrTransfer] = {16: "pq", 18: "hlg"}

#: Frames after which a key frame is asked again how it is turned. PyAV's frames and their side data
#: hold one another, so that a frame asked stays in memory until the garbage collector comes by:
#: of a 4K take, all of them asked, that was 0.8 GB.
_LOOK_AGAIN = 30

PixelFormat = Literal["yuv420p", "yuvj420p", "rgb24"]

#: Area averaging is as quick as any and smooth where it shrinks. Exact rounding costs five times
#: as much, for RGB without visible gain; for the encoder it only runs where the source is not
#: BT.709 already, which passes untouched.
_SCALERS: dict[PixelFormat, str] = {
    "yuvj420p": "area",
    "rgb24": "area",
    "yuv420p": "bicubic+accurate_rnd",
}


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a stored picture is turned to be upright: mirrored first, then turned.

    Parameters
    ----------
    rotation
        Degrees clockwise: 0, 90, 180 or 270.
    mirrored
        Whether left and right of the stored picture change places first.
    """

    rotation: int = 0
    mirrored: bool = False

    @property
    def sideways(self) -> bool:
        """Whether width and height change places."""
        return self.rotation in (90, 270)

    def turned(self, degrees: int) -> Orientation:
        """Turn further, clockwise."""
        return Orientation((self.rotation + degrees) % 360, self.mirrored)

    def filters(self) -> list[tuple[str, str]]:
        """Filters that do it, as (name, arguments)."""
        turn = {
            0: [],
            90: [("transpose", "clock")],
            180: [("hflip", ""), ("vflip", "")],
            270: [("transpose", "cclock")],
        }[self.rotation]
        return ([("hflip", "")] if self.mirrored else []) + turn


def orientation_of(frame: Any) -> Orientation:
    """Orientation from the display matrix of a frame (ISO/IEC 14496-12, 8.3.2).

    The matrix maps stored to shown positions: x' = a x + c y, y' = b x + d y. Angles between the
    quarter turns are taken as the nearest quarter turn.
    """
    data = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return Orientation()
    a, b, _, c, d = np.frombuffer(bytes(data), dtype=np.int32)[:5].astype(float)
    if not (a or b or c or d):
        return Orientation()
    mirrored = a * d - b * c < 0
    if mirrored:  # undo the mirroring of x that comes first
        a, b = -a, -b
    quarter = round(float(np.degrees(np.arctan2(b - c, a + d))) / 90)
    return Orientation(rotation=quarter * 90 % 360, mirrored=bool(mirrored))


def hdr_of(picture: Any) -> HdrTransfer | None:
    """Which high-dynamic-range system a picture stream uses, if any."""
    return _HDR_TRANSFERS.get(int(picture.codec_context.color_trc))


def upright_size(frame: Any, pixel_aspect: Fraction | None, turn: Orientation) -> tuple[int, int]:
    """Width and height of a stored frame once upright and with square pixels."""
    width = max(1, round(frame.width * (pixel_aspect or 1)))
    return (frame.height, width) if turn.sideways else (width, frame.height)


class Upright:
    """Turns stored frames of one stream upright and into one size and pixel format.

    Colours come out as the format implies: ``yuv420p`` is BT.709 in video range, ``yuvj420p`` is
    BT.601 in full range (JPEG), ``rgb24`` is sRGB-like; HLG and PQ are tone-mapped.

    Parameters
    ----------
    picture
        The stream the frames come from.
    pixel_format
        Format of the frames that come out.
    size
        Width and height of the frames that come out; their own where None. Where the stored size
        changes on the way, later pictures are fitted inside, with black bars.
    turn
        Degrees clockwise by which pictures are turned beyond what the file asks for.

    Frames that say they are interlaced are deinterlaced.
    """

    def __init__(
        self,
        picture: Any,
        pixel_format: PixelFormat,
        size: tuple[int, int] | None = None,
        turn: int = 0,
    ) -> None:
        self._more_turn = turn
        self._pixel_aspect = picture.sample_aspect_ratio
        self._hdr = hdr_of(picture)
        self._format = pixel_format
        self._size = size
        self._scaler = _SCALERS[pixel_format]
        self._shape: tuple[int, int] | None = None
        self._graph: Any = None
        self._graph_for: tuple[Any, ...] | None = None
        self._turn: Orientation | None = None
        self._looked = 0

    def __call__(self, frame: Any) -> Any:
        """Return the frame upright (av.VideoFrame)."""
        colorspace = frame.colorspace
        if colorspace == _UNSPECIFIED and not frame.format.is_rgb:
            colorspace = _BT709 if min(frame.width, frame.height) >= 720 else _BT601
        turn = self._turn_of(frame)
        wanted = (
            *(frame.width, frame.height, frame.format.name, colorspace, frame.color_range, turn),
            frame.interlaced_frame,
        )
        stored = self._halved(frame, turn)
        if wanted != self._graph_for:
            self._graph = self._build(frame, stored, colorspace, turn)
            self._graph_for = wanted
        self._graph.push(stored)
        if frame.interlaced_frame:
            # The deinterlacer waits for the next frame. A frame stands in for the one after it, as
            # that isn't known here; what comes out last is made of the one before it and itself.
            self._graph.push(frame)
        upright = self._graph.pull()
        if frame.interlaced_frame:
            upright = self._last(upright)
        upright.pts, upright.time_base = frame.pts, frame.time_base
        return upright

    def _halved(self, frame: Any, turn: Orientation) -> Any:
        """The frame halved for as long as it stays large enough; what only RGB is made of.

        Averages of two by two pixels cost a third of what FFmpeg's scaler takes.
        """
        if self._format != "rgb24" or self._size is None or self._hdr or frame.interlaced_frame:
            return frame
        least = self._size[::-1] if turn.sideways else self._size
        while (
            frame.format.name in ("yuv420p", "yuvj420p")
            and frame.width % 4 == frame.height % 4 == 0
            and frame.planes[0].line_size > 0  # stored from the bottom up otherwise
            and frame.width >= 2 * least[0]
            and frame.height >= 2 * least[1]
        ):
            half = av.VideoFrame(frame.width // 2, frame.height // 2, frame.format.name)
            half.color_range, half.colorspace = frame.color_range, frame.colorspace
            half.pts, half.time_base = frame.pts, frame.time_base
            for whole, small in zip(frame.planes, half.planes, strict=True):
                size = (small.width, small.height)
                cv2.resize(_pixels(whole), size, dst=_pixels(small), interpolation=cv2.INTER_AREA)
            frame = half
        return frame

    def _last(self, frame: Any) -> Any:
        """The last frame that the graph has ready, after one that came out."""
        while True:
            try:
                frame = self._graph.pull()
            except (BlockingIOError, EOFError):
                return frame

    def _turn_of(self, frame: Any) -> Orientation:
        self._looked += 1
        if self._turn is None or (frame.key_frame and self._looked > _LOOK_AGAIN):
            self._turn, self._looked = orientation_of(frame).turned(self._more_turn), 0
        return self._turn

    def _build(self, frame: Any, stored: Any, colorspace: int, turn: Orientation) -> Any:
        """Make the graph for frames like these, of which it is given those that were halved."""
        own = upright_size(frame, self._pixel_aspect, turn)
        width, height = self._size or own
        if self._shape is None:
            self._shape = own
        fitted = (width, height)
        if own != self._shape:
            shrink = min(width / own[0], height / own[1])
            fitted = (_even(shrink * own[0]), _even(shrink * own[1]))
        outer = (height, width) if turn.sideways else (width, height)
        graph = av.filter.Graph()
        tick = frame.time_base
        nodes = [
            graph.add(
                "buffer",
                f"video_size={stored.width}x{stored.height}:pix_fmt={frame.format.name}"
                f":time_base={tick.numerator}/{tick.denominator}"
                f":colorspace={colorspace}:range={frame.color_range}",
            )
        ]
        matrix = f"in_color_matrix={_matrix_name(colorspace)}"
        inside = (fitted[1], fitted[0]) if turn.sideways else fitted
        scale = f"{inside[0]}:{inside[1]}:flags={self._scaler}"
        if frame.interlaced_frame:
            nodes.append(graph.add("bwdif", "mode=send_frame:deint=interlaced"))
        if self._hdr is not None:
            nodes.append(graph.add("scale", f"{scale}:{matrix}"))
            # Sixteen bits not for their own sake: lut3d is four times as fast on them as on ten.
            nodes.append(graph.add("format", "gbrp16le"))
            with cube_file(self._hdr) as cube:
                nodes.append(graph.add("lut3d", file=str(cube)))
            scale, matrix = f"flags={self._scaler}", ""
        outcome = {
            "yuv420p": "out_color_matrix=bt709:out_range=tv",
            "yuvj420p": "out_color_matrix=bt601:out_range=pc",
            "rgb24": "",
        }[self._format]
        small = own[0] > fitted[0] and own[1] > fitted[1]
        if self._format == "rgb24" and small and self._hdr is None and not frame.format.is_rgb:
            # Scaling into RGB is slow, turning a picture into RGB that keeps its size is not.
            nodes.append(graph.add("scale", f"{scale}:{matrix}"))
            nodes.append(graph.add("format", "yuv420p"))
            scale = f"flags={self._scaler}"
        nodes.append(graph.add("scale", ":".join(filter(None, (scale, matrix, outcome)))))
        nodes.append(graph.add("format", self._format))
        if inside != outer:
            nodes.append(graph.add("pad", f"{outer[0]}:{outer[1]}:-1:-1"))
        nodes.extend(graph.add(name, args) for name, args in turn.filters())
        nodes.append(graph.add("buffersink"))
        graph.link_nodes(*nodes).configure()
        return graph


def _pixels(plane: Any) -> UInt8s:
    """A plane's pixels (height, width), where they are."""
    lines = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return lines[: plane.height, : plane.width]


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _matrix_name(colorspace: int) -> str:
    """Name that swscale gives an AVColorSpace number; what it doesn't know it is to find out."""
    return {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020"}.get(
        colorspace, "auto"
    )
