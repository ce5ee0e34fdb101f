"""How well transitions are hidden: jumps within a take, and slowed stretches.

    python -m benchmarks.transitions [--seconds SECONDS] [TAKE ...]

Without a take the demo's selfie is used, SECONDS long. **Jumps.** Twelve jumps of half a second,
forwards and back in turn, are laid into pauses of the voice in the take's own sound, and rolled as
the program does. Each document is rendered with plain cuts, morphs and punch-ins, and the output
looked at: the largest mean difference of brightness between neighbouring frames around each jump,
in units of the take's own median, and the lowest structural similarity (SSIM) of neighbours.

**Slowed stretches.** Every other frame is left out and made again from its neighbours: PSNR in dB
against the frame that was filmed, of the pictures in between where they are believed, of the
nearest filmed one, and of a plain blend of both.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import soundfile

from lipsyncer.arrays import Float64s, UInt8s
from lipsyncer.cut.rolls import SUNG, roll_cuts
from lipsyncer.demo import make_demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.track_cache import track_or_recall
from lipsyncer.media import FrameReader, conform, probe, read_audio
from lipsyncer.network.scoring import encode_song, voice_share
from lipsyncer.network.weights import load_weights
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, render
from lipsyncer.render.interpolation import between, motion
from lipsyncer.render.transitions import HALF_MORPH, TransitionSettings, jumps_of

JUMPS, JUMP, EDGE = 12, 0.5, 2.0
DEMO_SECONDS = 40.0
PAIRS = 60
_WIDTH = 240


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transitions")
    parser.add_argument("takes", type=Path, nargs="*", metavar="TAKE")
    parser.add_argument("--seconds", type=float, default=DEMO_SECONDS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        takes = [(take.name, take, take) for take in arguments.takes]
        if not takes:
            demo = finish(make_demo(folder, seconds=arguments.seconds))
            takes = [("the demo's selfie", demo.take_path, demo.take_path)]
        for name, take, sound in takes:
            print(f"\n{name}: jumps")
            measure_jumps(take, sound, folder)
            print(f"{name}: pictures in between")
            measure_between(take)


def measure_jumps(take: Path, sound: Path, folder: Path) -> None:
    """Print one line for each way to show the jumps."""
    info = probe(take)
    proxy, _ = finish(track_or_recall(info))
    samples = read_audio(sound, rate=48000, mono=False)
    song = folder / "song.wav"
    soundfile.write(song, samples, 48000)
    voice = singing(sound)
    document = jumping(song, len(samples) / 48000, Take(take, proxy.duration), voice)
    moved = finish(roll_cuts(document, [voice], [proxy]))
    inside = sum(voice[round(after.song_start * 25)] > SUNG for _, after in jumps_of(moved))
    pairs = zip(_after(document), _after(moved), strict=True)
    rolled = sum(laid.song_start != now.song_start for laid, now in pairs)
    print(f"{len(jumps_of(moved))} jumps, {rolled} rolled, {inside} where somebody sings")
    print(f"{'':26}{'difference':>11}{'worst':>7}{'SSIM':>7}{'worst':>7}")
    for where, cut in (("as laid", document), ("rolled", moved)):
        for how in ("cut", "morph", "punch-in"):
            output = folder / "out.mp4"
            settings = replace(DEFAULT, transitions=TransitionSettings(how, interpolate=False))
            finish(render(cut, output, settings))
            differences, alike = at_jumps(output, cut)
            print(
                f"{where + ', ' + how:26}{differences.mean():11.1f}{differences.max():7.1f}"
                f"{alike.mean():7.3f}{alike.min():7.3f}"
            )


def _after(document: Document) -> list[Segment]:
    return [after for _, after in jumps_of(document)]


def singing(sound: Path) -> Float64s:
    """How sure it is that somebody sings, 25 a second, as the program hears it."""
    weights = load_weights()
    mel = log_mel(read_audio(sound, rate=SAMPLE_RATE))
    heard = voice_share(weights.model, finish(encode_song(weights.model, mel)))
    return np.minimum(4 * heard.astype(np.float64), 1.0)


def jumping(song: Path, seconds: float, take: Take, voice: Float64s) -> Document:
    """A cut of the take with jumps where its voice is least, evenly spread."""
    borders = []
    smooth = np.convolve(voice, np.ones(9) / 9, mode="same")
    for part in np.array_split(np.arange(int(EDGE * 25), int((seconds - EDGE) * 25)), JUMPS):
        low = part[smooth[part] == smooth[part].min()]
        borders.append(float(low[len(low) // 2]) / 25)
    bounds = [0.0, *borders, seconds]
    segments = [
        Segment(start, end, 0, start + JUMP * (k % 2), end + JUMP * (k % 2), "matched", 1.0)
        for k, (start, end) in enumerate(pairwise(bounds))
    ]
    return Document(song, seconds, (take,), tuple(segments))


def at_jumps(output: Path, document: Document) -> tuple[Float64s, ...]:
    """Largest difference between neighbours around each jump, by the median; lowest SSIM."""
    pictures = []
    with av.open(str(output)) as container:
        rate = float(container.streams.video[0].average_rate or 25)
        for frame in container.decode(video=0):
            luma = frame.to_ndarray(format="gray")
            size = (_WIDTH, round(_WIDTH * luma.shape[0] / luma.shape[1]))
            pictures.append(cv2.resize(luma, size, interpolation=cv2.INTER_AREA))
    steps = np.array([cv2.absdiff(a, b).mean() for a, b in pairwise(pictures)])
    usual = float(np.median(steps[steps > 0.05]))
    worst, alike = [], []
    for _, after in jumps_of(document):
        middle = round(after.song_start * rate)
        reach = round(HALF_MORPH * rate) + 1
        around = range(max(middle - reach, 0), min(middle + reach, len(steps)))
        worst.append(max(steps[k] for k in around) / usual)
        alike.append(min(similarity(pictures[k], pictures[k + 1]) for k in around))
    return np.array(worst), np.array(alike)


def similarity(one: UInt8s, other: UInt8s) -> float:
    """Structural similarity of two grey pictures (Wang et al., 2004)."""
    x, y = one.astype(np.float64), other.astype(np.float64)

    def local(picture: Float64s) -> Float64s:
        return np.asarray(cv2.GaussianBlur(picture, (11, 11), 1.5), np.float64)

    mx, my = local(x), local(y)
    vx, vy = local(x * x) - mx**2, local(y * y) - my**2
    both = local(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    ratio = (2 * mx * my + c1) * (2 * both + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2))
    return float(ratio.mean())


def measure_between(take: Path) -> None:
    """Print how near made pictures come to filmed ones."""
    times = finish(conform(take, probe(take))).source_times
    chosen = np.linspace(1, len(times) - 2, PAIRS).astype(int)
    rows = []
    with FrameReader(take) as reader:
        for k in chosen:
            before, middle, after = (
                reader.video_frame_at(float(times[j])) for j in (k - 1, k, k + 1)
            )
            moved = motion(before, after)
            wanted, one, other = (grey(frame) for frame in (middle, before, after))
            blend = np.asarray(cv2.addWeighted(one, 0.5, other, 0.5, 0), np.uint8)
            made = grey(between(before, after, 0.5, moved))
            rows.append([moved.believed, *(psnr(p, wanted) for p in (made, one, blend))])
    table = np.array(rows, float)
    believed = table[:, 0] > 0
    print(f"believed in {believed.sum()} of {len(table)}; there: ", end="")
    if believed.any():
        made, near, mixed = table[believed, 1:].mean(axis=0)
        print(f"made {made:.1f} dB, nearest {near:.1f}, blend {mixed:.1f}")
    if (~believed).any():
        made, near, mixed = table[~believed, 1:].mean(axis=0)
        print(f"elsewhere: made {made:.1f} dB, nearest {near:.1f}, blend {mixed:.1f}")


def grey(frame: av.VideoFrame) -> UInt8s:
    return np.asarray(frame.to_ndarray(format="gray"), np.uint8)


def psnr(one: UInt8s, other: UInt8s) -> float:
    error = float(np.mean((one.astype(float) - other.astype(float)) ** 2))
    return 10 * float(np.log10(255**2 / max(error, 1e-3)))


if __name__ == "__main__":
    main()
