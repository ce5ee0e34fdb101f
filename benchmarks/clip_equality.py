"""How far the frames of a cut as a moviepy clip are from those of the written file.

    python -m benchmarks.clip_equality [--seconds 4] [--moments 200]

Each row is a cut written at crf 1, nearly lossless, and as the presets are (crf 18), and its clip
asked for frames at random moments, in no order. The figures are peak signal-to-noise ratios in dB:
the least of all moments, and the median. What is left at crf 1 is the encoder's loss as well.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
from av.video.reformatter import Colorspace

from benchmarks.render_paths import make_song, make_take
from lipsyncer.api.moviepy_clip import clip_of
from lipsyncer.arrays import UInt8s
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, RenderSettings, render
from lipsyncer.render.composition import composition_of
from lipsyncer.render.effects import EffectSettings

SIZE = (270, 480)
CRFS = (1.0, 18.0)


def turned(take: Path, path: Path) -> Path:
    """Store a take lying on its side with uneven stamps, as phones in poor light do."""
    lying = path.with_name("lying.mp4")
    with av.open(str(take)) as source, av.open(str(lying), "w") as target:
        stream = target.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "15"})
        stream.width, stream.height = SIZE[1], SIZE[0]
        stream.codec_context.time_base = stream.time_base = Fraction(1, 3000)
        stamp = 0
        for number, frame in enumerate(source.decode(video=0)):
            picture = np.rot90(frame.to_ndarray(format="rgb24"), -1)
            shown = av.VideoFrame.from_ndarray(np.array(picture, np.uint8), format="rgb24")
            shown.pts, shown.time_base = stamp, Fraction(1, 3000)
            stamp += 100 if number % 60 < 40 else 60
            target.mux(stream.encode(shown))
        target.mux(stream.encode(None))
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-display_rotation", "90"),
        *("-i", str(lying), "-c", "copy", str(path)),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def a_cut(song: Path, take: Path, seconds: float) -> Document:
    """Show a take slowed at first, and after a jump at the speed it was filmed at."""
    middle, first = seconds / 2, 0.45 * seconds
    segments = (
        Segment(0.0, middle, 0, 0.0, first, "matched", 1.0),
        Segment(middle, 0.9 * seconds, 0, first + 0.35, 0.85 * seconds + 0.35, "matched", 1.0),
    )
    return Document(song, seconds, (Take(take, seconds),), segments)


def decoded(path: Path) -> list[UInt8s]:
    """Give a file's frames as a player shows them."""
    with av.open(str(path)) as container:
        shown = (
            frame.reformat(
                format="rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.DEFAULT
            )
            for frame in container.decode(video=0)
        )
        return [np.asarray(frame.to_ndarray(), np.uint8) for frame in shown]


def psnr(one: UInt8s, other: UInt8s) -> float:
    """Peak signal-to-noise ratio (dB)."""
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def ratios(document: Document, settings: RenderSettings, moments: int) -> list[float]:
    """Compare a clip with the file at random moments."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.mp4"
        finish(render(document, target, settings))
        frames = decoded(target)
    clip: Any = clip_of(document, composition_of(document, settings))
    rng = np.random.default_rng(3)
    found = []
    for number in rng.integers(0, len(frames), moments):
        shown = clip.get_frame((number + rng.uniform(0.0, 0.99)) / clip.fps)
        found.append(psnr(np.asarray(np.rint(shown), np.uint8), frames[number]))
    clip.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--moments", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        take = make_take(folder / "take.mp4", options.seconds, SIZE)
        song = make_song(folder / "song.wav", options.seconds)
        phone = turned(take, folder / "phone.mp4")
        upright, lying = (a_cut(song, one, options.seconds) for one in (take, phone))
        mirrored = replace(DEFAULT, effects=EffectSettings(mirror=True))
        compared = replace(DEFAULT, effects=EffectSettings("beside"))
        rows = {
            "as filmed": (upright, DEFAULT),
            "turned, uneven stamps": (lying, DEFAULT),
            "mirrored": (upright, mirrored),
            "before and after": (upright, compared),
        }
        print(f"{options.moments} moments of {options.seconds:g} s, {SIZE[0]}x{SIZE[1]}")
        print(f"{'':24}" + "".join(f"{f'crf {crf:g}: least':>16}{'median':>8}" for crf in CRFS))
        for row, (document, settings) in rows.items():
            line = f"{row:24}"
            for crf in CRFS:
                found = ratios(document, replace(settings, crf=crf), options.moments)
                line += f"{min(found):16.1f}{np.median(found):8.1f}"
            print(line)


if __name__ == "__main__":
    main()
