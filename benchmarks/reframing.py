"""How well the crop of an upright video follows a face, how calm it is, and what it costs.

    python -m benchmarks.reframing [TAKE ...] [--preset tiktok]

Without takes the demo's singer walks across a wide picture in a known way. Each take is cropped to
the platform's shape by following the face and by the middle alone. "Inside" is the share of frames
with the whole face in the crop, "clear" that with the mouth clear of what the platform covers, both
by where the face finder saw them in the whole picture; jitter is the standard deviation in output
pixels of what is left of the crop's path when a fifth of a second's mean is taken away. Takes that
are not wider than the platform's shape are laid into a wide picture at first, right of its middle.
"By hand" is the crop that follows, moved aside and 1.3 times closer throughout.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np

from lipsyncer.arrays import Booleans, Float64s, UInt8s
from lipsyncer.demo import make_demo
from lipsyncer.edit.document import Document, HandFraming, Segment, Take
from lipsyncer.features.tracking import track_take
from lipsyncer.jobs import faces_of
from lipsyncer.media import FrameReader, probe, require_take
from lipsyncer.media.probe import MediaInfo
from lipsyncer.progress import finish
from lipsyncer.render.compose import Pictures
from lipsyncer.render.framing import Framing, corners, view_of
from lipsyncer.render.presets import PRESETS, Preset
from lipsyncer.render.reframe import Faces, crop_path, face_inside, scaled_size
from lipsyncer.render.retime import FramePlan, output_rate, plan_frames

WIDE = (1280, 720)
BY_HAND = HandFraming(0.02, -0.03, 1.3)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reframing")
    parser.add_argument("takes", nargs="*", type=Path)
    parser.add_argument("--preset", default="tiktok", choices=PRESETS)
    arguments = parser.parse_args()
    preset = PRESETS[arguments.preset]
    print(
        f"{'take':<22}{'frames':>7}{'face seen':>10}  {'crop':<7}"
        f"{'inside %':>9}{'clear %':>8}{'jitter px':>10}{'ms/frame':>9}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        takes = arguments.takes or [walking(folder)]
        for number, take in enumerate(takes):
            report(take, preset, folder / str(number))


def walking(folder: Path) -> Path:
    """Film the demo's singer walking to and fro, and nodding, in a wide picture."""
    demo = finish(make_demo(folder, seconds=25.0))
    times = np.arange(625) / 25
    place = np.interp(times, [0, 4, 8, 13, 15, 20, 25], [60, 60, 700, 700, 300, 300, 800])
    place += 12 * np.sin(times * 3)
    with FrameReader(demo.take_path) as reader:
        written(
            folder / "walking.mp4",
            (laid(reader.frame_at(float(t)), int(x)) for t, x in zip(times, place, strict=True)),
        )
    return folder / "walking.mp4"


def laid(singer: UInt8s, left: int) -> UInt8s:
    """Lay an upright picture into a wide one."""
    wide = np.full((WIDE[1], WIDE[0], 3), 80, np.uint8)
    width = round(singer.shape[1] * WIDE[1] / singer.shape[0])
    upright = cv2.resize(singer, (width, WIDE[1]), interpolation=cv2.INTER_AREA)
    shown = upright[:, : WIDE[0] - left]
    wide[:, left : left + shown.shape[1]] = shown
    return wide


def written(path: Path, frames: Iterable[UInt8s]) -> None:
    """Write frames, 25 per second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "fast", "crf": "18"})
        stream.width, stream.height = WIDE
        stream.pix_fmt = "yuv420p"
        for number, rgb in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def made_wide(take: Path, folder: Path, output: tuple[int, int]) -> Path:
    """Lay a take that is as upright as the output into a wide picture, right of its middle."""
    video = require_take(probe(take))
    if video.width / video.height > 1.2 * output[0] / output[1]:
        return take
    with FrameReader(take) as reader:
        written(
            folder / "wide.mp4",
            (laid(reader.frame_at(k / 25), 560) for k in range(int(video.duration * 25))),
        )
    return folder / "wide.mp4"


def report(take: Path, preset: Preset, folder: Path) -> None:
    """Print how a take is cropped by each of the two ways."""
    folder.mkdir()
    name = take.parent.name if take.stem.isdigit() else take.stem
    size = preset.settings.size
    assert size is not None
    take = made_wide(take, folder, size)
    info = probe(take)
    video = require_take(info)
    proxy, track = finish(track_take(info))
    faces = faces_of(track, proxy)
    if len(faces.times) == 0:
        print(f"{name:<22} no face is found in it")
        return
    length = video.duration
    document = Document(
        take, length, (Take(take, length),), (Segment(0.0, length, 0, 0.0, length, "matched", 1.0),)
    )
    plan = plan_frames(document, output_rate(video.rate, 60.0, 23.0))
    shape = (video.width, video.height)
    seen = seen_at(plan.sources, faces)
    for kind, known in (("follow", faces), ("centre", None)):
        path = crop_path(
            plan.sources, float(plan.rate), shape, size, known, preset.settings.safe_zone
        )
        inside = face_inside(path, plan.sources, shape, size, faces)[seen]
        clear = mouth_clear(path, plan.sources, shape, preset, faces)[seen]
        framing = Framing("follow", {0: known} if known else {}, preset.settings.safe_zone)
        shown(
            name,
            kind,
            f"{100 * inside.mean():>9.1f}{100 * clear.mean():>8.1f}",
            path,
            plan,
            cost_of(plan, info, size, framing),
            seen,
        )
    framing = Framing("follow", {0: faces}, preset.settings.safe_zone)
    by_hand = replace(plan, framed=dict.fromkeys(range(len(plan)), BY_HAND))
    corner = corners(plan.sources, float(plan.rate), 0, shape, size, framing)
    views = [view_of(place, shape, size, framing, BY_HAND) for place in corner]
    path = np.array(
        [[v.left / v.width * size[0], v.top / v.height * size[1]] for v in views], np.float64
    )
    cost = cost_of(by_hand, info, size, framing)
    shown(name, "by hand", f"{'-':>9}{'-':>8}", path, plan, cost, seen)


def cost_of(plan: FramePlan, info: MediaInfo, size: tuple[int, int], framing: Framing) -> float:
    """Milliseconds of processor time that decoding, scaling and cropping a frame take."""
    began = time.process_time()
    count = sum(1 for _ in Pictures(plan, {0: info}, size, framing))
    return 1000 * (time.process_time() - began) / count


def shown(
    name: str,
    kind: str,
    shares: str,
    path: Float64s,
    plan: FramePlan,
    cost: float,
    seen: Booleans,
) -> None:
    """Print a line of the table."""
    print(
        f"{name:<22}{len(plan):>7}{seen.mean():>10.0%}  {kind:<7}{shares}"
        f"{jitter(path, float(plan.rate)):>10.2f}{cost:>9.1f}"
    )


def seen_at(sources: Float64s, faces: Faces) -> Booleans:
    """Whether a face was seen within a tenth of a second of each moment."""
    if len(faces.times) == 0:
        return np.zeros(len(sources), bool)
    nearest = np.abs(sources[:, None] - faces.times[None]).min(axis=1)
    return np.asarray(nearest < 0.1)


def mouth_clear(
    path: Float64s, sources: Float64s, shape: tuple[int, int], preset: Preset, faces: Faces
) -> Booleans:
    """Whether the mouth is clear of what the platform covers."""
    zone, size = preset.settings.safe_zone, preset.settings.size
    assert size is not None
    if zone is None:
        return np.ones(len(sources), bool)
    width, height = scaled_size(shape, size)
    x = (np.interp(sources, faces.times, faces.x) * width - path[:, 0]) / size[0]
    y = (np.interp(sources, faces.times, faces.y) * height - path[:, 1]) / size[1]
    across = (x > zone.left) & (x < 1 - zone.right)
    return np.asarray(across & (y > zone.top) & (y < 1 - zone.bottom))


def jitter(path: Float64s, rate: float) -> float:
    """Standard deviation (px) of a path less its mean over a fifth of a second."""
    window = round(rate / 5) | 1
    half = window // 2
    padded = np.pad(path, ((half, half), (0, 0)), "edge")
    kernel = np.ones(window) / window
    mean = np.stack([np.convolve(padded[:, k], kernel, "valid") for k in range(2)], axis=1)
    return float(np.std(path - mean, axis=0).max())


if __name__ == "__main__":
    main()
