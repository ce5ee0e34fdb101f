"""Cut a real take into three that overlap, distort each, and see which take the cut shows when.

    python -m benchmarks.several_takes TAKE [--keep FOLDER]

The song is the take's own sound, which the program is then not given: the takes are silent. The
first holds the first 45 % and comes 0.48 s late, the second 30 to 75 % and runs 1.5 % slow, the
third the last 40 % and comes 0.3 s early. One line for the undistorted take, then one for the
three together: the share of the sounding song that is shown, mean |error| if the take itself was
in sync, how far the answer lies from the one for the undistorted take, which needs no such belief
(mean in ms, and the share within -125/+45 and -60/+40 ms), and the pieces by take. A change of
take is told with how loud the sound is there, in dB below its loud parts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.distorted_take import Times, heard_times, measure_take, share, write_distorted
from lipsyncer.__main__ import main as lipsyncer
from lipsyncer.features.log_mel import mel_power
from lipsyncer.media import conform, probe, read_audio
from lipsyncer.progress import finish


@dataclass(frozen=True)
class Part:
    """A take that holds a part of the performance, as shares of it, and its fault."""

    first: float
    last: float
    late: float = 0.0
    rate: float = 1.0

    def shown_at(self, times: Times, length: float) -> Times:
        """When the take shows what was performed at some times (s)."""
        return (times - self.first * length) * self.rate + self.late


WHOLE = (Part(0.0, 1.0),)
THREE = (Part(0.0, 0.45, late=0.48), Part(0.3, 0.75, rate=1.015), Part(0.6, 1.0, late=-0.3))


def main() -> None:
    measure_take("several_takes", measure)


def measure(take: Path, folder: Path) -> None:
    """Print a line for the undistorted take and one for the three."""
    song = folder / "song.wav"
    soundfile.write(song, read_audio(take, rate=48000, mono=False), 48000)
    heard = heard_times(take)
    stamps = finish(conform(take, probe(take))).source_times
    own = error_of("whole", WHOLE, take, song, stamps, heard, folder)
    several = error_of("three", THREE, take, song, stamps, heard, folder)
    away = several - own
    away = away[np.isfinite(away)]
    if not len(away):
        print("three from whole: nothing that both show")
        return
    print(
        f"three from whole: mean {np.abs(away).mean():.0f} ms, "
        f"-125/+45 {share(away, -125, 45):.1f} %, -60/+40 {share(away, -60, 40):.1f} %"
    )


def error_of(
    name: str,
    parts: tuple[Part, ...],
    take: Path,
    song: Path,
    stamps: Times,
    heard: Times,
    folder: Path,
) -> Times:
    """Run the program on the parts; errors (ms) at the heard times, NaN where nothing is shown."""
    length = float(stamps[-1])
    files = []
    for number, part in enumerate(parts):
        files.append(folder / f"{name}-{number + 1}.mp4")
        inside = stamps[(stamps >= part.first * length) & (stamps <= part.last * length)]
        write_distorted(take, files[-1], inside, part.shown_at(inside, length))
    report = folder / f"{name}.json"
    words = ["align", song, *files, "-o", folder / f"{name}-out.mp4", "--report", report, "--force"]
    words += ["--gaps", "keep"]
    if lipsyncer([str(word) for word in words]) != 0:
        raise SystemExit(f"{name}: the program failed")
    said = json.loads(report.read_text(encoding="utf-8"))
    shown = np.full(len(heard), np.nan)
    for piece in said["map"]:
        inside = (heard >= piece["song_start"]) & (heard < piece["song_end"])
        done = (heard[inside] - piece["song_start"]) / (piece["song_end"] - piece["song_start"])
        source = piece["source_start"] + done * (piece["source_end"] - piece["source_start"])
        shown[inside] = np.interp(source, parts[piece["take"]].shown_at(stamps, length), stamps)
    error = (heard - shown) * 1000
    known = error[np.isfinite(error)]
    print(
        f"{name}: {np.isfinite(error).mean():.0%} shown, "
        f"mean |error| {np.abs(known).mean():.0f} ms, "
        f"confidence {said['confidence']:.2f}, {said['timings']['align']:.1f} s to align"
    )
    power = mel_power(read_audio(take, rate=16000)).sum(axis=1)
    for index, piece in enumerate(said["map"]):
        text = f"  take {piece['take'] + 1}  {piece['song_start']:7.2f} to {piece['song_end']:7.2f}"
        if index and piece["take"] != said["map"][index - 1]["take"]:
            at = round(piece["song_start"] * 100)
            quiet = 10 * np.log10(power[max(0, at - 5) : at + 5].mean() + 1e-9)
            text += f"   change at {quiet:.0f} dB"
        print(f"{text}  {piece['kind']}")
    return np.asarray(error)


if __name__ == "__main__":
    main()
