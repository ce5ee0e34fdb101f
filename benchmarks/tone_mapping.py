"""A portrait made HLG and PQ, as phones film it, and brought back: how much of it changes.

    python -m benchmarks.tone_mapping [--pictures FOLDER]

The demo's portrait is taken for what a standard screen shows, white at 203 cd/m2 as ITU-R BT.2408
puts it, and stored as HLG and PQ in BT.2020, 10 bit HEVC. The program reads it as it reads any
take. Beside it stand the same files through the ffmpeg program's own conversion (zscale and
tonemap), by three of its curves. A difference from the original isn't an error by itself: what
leaves room for highlights has to darken whites. A turned hue or lost colour in skin is.

Figures: mean absolute difference (of 255) over the picture; in the skin of both cheeks the mean of
lightness L* and chroma C* less those of the original, and the angle (degrees) by which the hue is
turned (CIELAB, ISO/CIE 11664-4).
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

import av
import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from lipsyncer.arrays import Float64s
from lipsyncer.media import FrameReader
from lipsyncer.resources import resource

Image = NDArray[np.uint8]

WHITE = 203.0  # cd/m2
PEAK = 1000.0  # cd/m2 of HLG's nominal display
SECONDS = 1.2
RATE = 25
CURVES = ("hable", "mobius", "reinhard")
TRANSFERS: dict[Literal["hlg", "pq"], str] = {"hlg": "arib-std-b67", "pq": "smpte2084"}

_BT709_TO_BT2020 = np.array(  # ITU-R BT.2087, table 1
    [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
)
_BT2020_LUMA = np.array([0.2627, 0.6780, 0.0593])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tone_mapping")
    parser.add_argument("--pictures", type=Path, help="folder for pictures to look at")
    arguments = parser.parse_args()
    original = portrait()
    print("| stored as | brought back by | difference | skin: L* | C* | hue |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for kind in TRANSFERS:
            path = filmed(Path(name) / f"{kind}.mov", original, kind)
            with FrameReader(path) as reader:
                results = {"Lipsyncer": reader.frame_at(0.5)}
            results |= {f"ffmpeg, {curve}": by_ffmpeg(path, curve) for curve in CURVES}
            for by, picture in results.items():
                print(f"| {kind.upper()} | {by} | {row(original, picture)} |")
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                side = np.hstack([original, *results.values()])
                shown = cv2.cvtColor(side, cv2.COLOR_RGB2BGR)
                cv2.imwrite(str(arguments.pictures / f"tone-{kind}.png"), shown)


def portrait() -> Image:
    """Give the demo's portrait, in even numbers of pixels."""
    picture = cv2.imread(str(resource("assets", "portrait.jpg")))
    height, width = (side & ~1 for side in picture.shape[:2])
    return np.ascontiguousarray(picture[:height, :width, ::-1])


def stored(picture: Image, kind: str) -> Float64s:
    """Give the HDR signal (0 to 1) of a picture as a standard screen (BT.1886) shows it."""
    light = WHITE * (picture / 255.0) ** 2.4 @ _BT709_TO_BT2020.T
    return hlg_signal(light) if kind == "hlg" else pq_signal(light)


def hlg_signal(light: Float64s) -> Float64s:
    """HLG of display light (cd/m2): inverse OOTF, then OETF (ITU-R BT.2100, table 5)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    luma = np.maximum(light @ _BT2020_LUMA, 1e-6)[..., None] / PEAK
    scene = np.clip(light / PEAK * luma ** ((1 - 1.2) / 1.2), 0.0, 1.0)
    bright = a * np.log(np.maximum(12 * scene - b, 1e-9)) + c
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


def pq_signal(light: Float64s) -> Float64s:
    """PQ of display light (cd/m2) (ITU-R BT.2100, table 4)."""
    power = (np.maximum(light, 0.0) / 10_000) ** (2610 / 16384)
    share = (3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)
    return np.asarray(share ** (2523 / 32))


def filmed(path: Path, picture: Image, kind: Literal["hlg", "pq"]) -> Path:
    """Write a picture as a still video of high dynamic range."""
    red, green, blue = np.moveaxis(stored(picture, kind), -1, 0)
    luma = np.stack([red, green, blue], axis=-1) @ _BT2020_LUMA
    planes = [64 + 876 * luma]
    for colour, most in ((blue, 1.8814), (red, 1.4746)):
        small = cv2.resize(
            (colour - luma) / most, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
        )
        planes.append(512 + 896 * small)
    frame = av.VideoFrame(picture.shape[1], picture.shape[0], "yuv420p10le")
    for plane, values in zip(frame.planes, planes, strict=True):
        padded = np.zeros((plane.height, plane.line_size // 2), np.uint16)
        padded[:, : plane.width] = np.round(values)
        plane.update(padded.tobytes())
    params = (
        f"log-level=error:crf=6:transfer={TRANSFERS[kind]}:colorprim=bt2020:colormatrix=bt2020nc"
    )
    with av.open(str(path), "w") as container:
        options = {"preset": "ultrafast", "x265-params": params + ":range=limited"}
        stream = container.add_stream("libx265", rate=RATE, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "yuv420p10le"
        for number in range(round(SECONDS * RATE)):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def by_ffmpeg(path: Path, curve: str) -> Image:
    """Give the first picture as the ffmpeg program converts it."""
    target = path.with_suffix(".png")
    chain = (
        f"zscale=t=linear:npl={WHITE:g},format=gbrpf32le,zscale=p=bt709,tonemap={curve}:desat=0,"
        "zscale=t=bt709:m=bt709:r=tv,format=yuv444p,scale=in_color_matrix=bt709,format=rgb24"
    )
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(path)]
    command += ["-vf", chain, "-frames:v", "1", str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return np.ascontiguousarray(cv2.imread(str(target))[..., ::-1])


def row(original: Image, picture: Image) -> str:
    """Put figures into cells."""
    difference = np.abs(original.astype(float) - picture).mean()
    before, after = (lab(cheeks(each)) for each in (original, picture))
    lightness, chroma = after[0] - before[0], np.hypot(*after[1:]) - np.hypot(*before[1:])
    turned = np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1]))
    return f"{difference:.1f} | {lightness:+.1f} | {chroma:+.1f} | {turned:+.1f} |".rstrip(" |")


def cheeks(picture: Image) -> Image:
    """Give the pixels of the face that are skin: those of a colour that skin has (YCrCb)."""
    height, width = picture.shape[:2]
    face = picture[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4]
    portion = portrait()[height // 4 : height * 3 // 4, width // 4 : width * 3 // 4]
    ycc = cv2.cvtColor(portion, cv2.COLOR_RGB2YCrCb)
    skin = (ycc[..., 1] > 135) & (ycc[..., 1] < 180) & (ycc[..., 2] > 85) & (ycc[..., 2] < 135)
    return face[skin & (ycc[..., 0] > 60)]


def lab(pixels: Image) -> Float64s:
    """Mean L*, a*, b* of pixels."""
    scaled = (pixels[None].astype(np.float32)) / 255
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB)[0].mean(axis=0), np.float64)


if __name__ == "__main__":
    main()
