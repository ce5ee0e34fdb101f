"""Asks other tools where recordings lie in songs; run by benchmarks/camera_sound.py.

Reads pairs of paths, song and recording, as JSON from standard input; writes for each tool that is
named, or null where it is not installed, what it says of each pair: the offset in seconds (take
time minus song time; null where it gives none), its verdict where it has one, the seconds it took,
and what went wrong, if anything did. This runs in an environment of the tools' own, so nothing of
Lipsyncer is imported.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FAR = "100000"  # seconds: all of both files

Ask = Callable[[str, str], "tuple[float | None, bool | None]"]


def audio_offset_finder() -> Ask:
    from audio_offset_finder.audio_offset_finder import find_offset_between_files

    def ask(song: str, take: str) -> tuple[float | None, bool | None]:
        said = find_offset_between_files(song, take, trim=float(FAR))
        # "A value greater than 10 is likely to be a good match", says its documentation.
        return -said["time_offset"], bool(said["standard_score"] > 10)

    return ask


def syncstart() -> Ask:
    from syncstart import file_offset

    def ask(song: str, take: str) -> tuple[float | None, bool | None]:
        sys.argv = ["syncstart", song, take, "-s", "-q", "-t", FAR]
        cut, seconds = file_offset()
        return (-seconds if cut == song else seconds), None

    return ask


def audalign() -> Ask:
    import audalign

    recogniser = audalign.CorrelationRecognizer()
    recogniser.config.multiprocessing = False

    def ask(song: str, take: str) -> tuple[float | None, bool | None]:
        said = audalign.recognize(take, song, recognizer=recogniser)
        if not said:
            return None, False
        match = next(iter(said["match_info"].values()))
        # How far the song has to be moved for the take, which is the other way round.
        return -float(match["offset_seconds"][0]), None

    return ask


TOOLS = {
    "audio-offset-finder": audio_offset_finder,
    "syncstart": syncstart,
    "audalign": audalign,
}


def answers(make: Callable[[], Ask], pairs: Sequence[tuple[str, str]]) -> list[Any] | None:
    try:
        ask = make()
    except ImportError:
        return None
    said: list[Any] = []
    for song, take in pairs:
        began = time.perf_counter()
        problem = ""
        try:
            offset, found = ask(song, take)
        except Exception as error:
            offset = found = None
            problem = f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - began
        said.append({"offset": offset, "found": found, "seconds": seconds, "error": problem})
    return said


def main() -> None:
    warnings.simplefilter("ignore")
    pairs = json.load(sys.stdin)
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        result = {name: answers(TOOLS[name], pairs) for name in sys.argv[1:]}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
