"""What is lost where the face is looked for in every second frame of a take only.

    python -m benchmarks.looks TAKE [TAKE ...]

Each take of some 30 frames a second is matched, by its lips alone, with its own sound, once with
landmarks found in each frame and once as the program does it. Columns: the offset found (ms), the
statistic of the match (nats; see ``Alignment``), its confidence, and the correlation of the
opening of the mouth between the two ways. In the end the sums of the statistics, and the seconds of
processor time that watching took.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from lipsyncer.alignment import Alignment
from lipsyncer.alignment.alignment import align
from lipsyncer.alignment.scores import evidence_for
from lipsyncer.features import tracking
from lipsyncer.features.lipshape import lip_opening
from lipsyncer.features.log_mel import SAMPLE_RATE, log_mel
from lipsyncer.features.mouth import MouthTrack
from lipsyncer.media import probe, require_take
from lipsyncer.media.audio import read_sound
from lipsyncer.network.scoring import encode_song, encode_take
from lipsyncer.network.weights import Weights, load_weights
from lipsyncer.progress import finish


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.looks")
    parser.add_argument("take", nargs="+", type=Path, help="a video with the singer's own voice")
    arguments = parser.parse_args()
    weights = load_weights()
    often = tracking.OFTEN
    ways = {"each frame": 0.0, "every second": often}
    seconds = dict.fromkeys(ways, 0.0)
    sums = dict.fromkeys(ways, 0.0)
    print(f"{'':24}{'each frame':^26}{'every second':^26}{'opening':>8}")
    for take in arguments.take:
        if require_take(probe(take)).rate * often < 1:
            print(f"{_name(take):24}each frame is looked at anyway")
            continue
        tracks, row = [], f"{_name(take):24}"
        for way, soonest in ways.items():
            tracking.OFTEN = soonest
            began = time.process_time()
            track = finish(tracking.track_take(probe(take)))[1]
            seconds[way] += time.process_time() - began
            found = _matched(take, track, weights)
            sums[way] += found.statistic
            tracks.append(track)
            row += f"{found.offset_ms:8.0f}{found.statistic:9.1f}{found.confidence:9.3f}"
        tracking.OFTEN = often
        first, second = (lip_opening(track.shape) for track in tracks)
        print(f"{row}{np.corrcoef(first, second)[0, 1]:8.3f}", flush=True)
    for way in ways:
        print(f"{way}: statistics {sums[way]:.0f} in all, watching took {seconds[way]:.0f} s")


def _name(take: Path) -> str:
    return f"{take.parent.name}/{take.stem}"[-23:]


def _matched(take: Path, track: MouthTrack, weights: Weights) -> Alignment:
    """Match a take with its own sound by its lips."""
    samples = read_sound(probe(take), rate=SAMPLE_RATE).samples
    sound = finish(encode_song(weights.model, log_mel(samples)))
    visual = finish(encode_take(weights.model, track.crops, track.shape))
    return align(evidence_for(sound, visual, track, weights))


if __name__ == "__main__":
    main()
