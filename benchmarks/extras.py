"""What burning in costs: processor time of a render with extras beside the same render without.

    python -m benchmarks.extras

Ten seconds of the demo's selfie are rendered as Master (1080 x 1920) in turn without anything, with
lyrics that are on screen all the time, with a watermark, and with both; the least processor time of
three renders of each counts, divided by that without anything.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PIL import Image

from lipsyncer.demo import make_demo
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, render
from lipsyncer.render.overlays.options import NO_EXTRAS, ExtrasSettings

SECONDS, TIMES = 10.0, 3
WORDS = "I walked along the harbour in the rain, and no one called my name"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        demo = finish(make_demo(folder, seconds=SECONDS + 1))
        lyrics, mark = folder / "song.lrc", folder / "mark.png"
        lyrics.write_text("".join(f"[00:{k:02}.00]{WORDS} {k}\n" for k in range(0, 10, 2)), "utf-8")
        Image.new("RGBA", (400, 200), (255, 0, 0, 200)).save(mark)
        kinds = {
            "nothing": NO_EXTRAS,
            "lyrics": ExtrasSettings(lyrics=lyrics),
            "watermark": ExtrasSettings(watermark=mark),
            "both": ExtrasSettings(lyrics=lyrics, watermark=mark),
        }
        segment = Segment(0.0, SECONDS, 0, 0.0, SECONDS, "matched", 1.0)
        document = Document(demo.song_path, SECONDS + 1, (Take(demo.take_path, 11.0),), (segment,))
        used: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(TIMES):
            for name, extras in kinds.items():
                began = time.process_time()
                finish(render(document, folder / "out.mp4", replace(DEFAULT, extras=extras)))
                used[name].append(time.process_time() - began)
    least = {name: min(seconds) for name, seconds in used.items()}
    for name, seconds in least.items():
        print(f"{name:<10} {seconds / SECONDS:5.2f} s a second, {seconds / least['nothing']:.3f}")


if __name__ == "__main__":
    main()
