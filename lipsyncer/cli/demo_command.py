"""The demo: a song and a selfie with a known fault, aligned, and how well that went."""

from __future__ import annotations

import argparse
from typing import TextIO

from lipsyncer.cli.progress_bars import follow
from lipsyncer.demo import SyncError, make_demo
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.jobs import check_output, export, timed
from lipsyncer.jobs.analyse import analyse

NOTICED = 45.0
"""Milliseconds from which on viewers notice that a sound is early (ITU-R BT.1359-1)."""

MISSED = 1
"""Exit code of a demo whose picture is not in time."""


def demo(arguments: argparse.Namespace, person: TextIO) -> int:
    """Make the demo's files, align them, and print the mean error before and after."""
    folder = arguments.folder
    made = follow(timed("film", make_demo(folder), {}), person)
    target = folder / "aligned.mp4"
    check_output(target, [made.song_path, made.take_path])
    analysis = follow(analyse(made.song_path, [made.take_path]), person)
    follow(export(analysis.document, target), person)

    before = made.truth.error(lambda song_times: song_times, made.song)
    time_map = TimeMap(analysis.document)
    after = made.truth.error(lambda song_times: time_map.sources_at(song_times)[1], made.song)
    done = after.mean < NOTICED
    print(f"song     {made.song_path}")
    print(f"selfie   {made.take_path}")
    print(f"aligned  {target}")
    print(f"mean error before: {_in_words(before)}")
    print(f"mean error after:  {_in_words(after)}")
    print(f"confidence {analysis.confidence:.0%}, {len(analysis.document.segments)} pieces")
    print(f"{'below' if done else 'NOT below'} the {NOTICED:.0f} ms that viewers notice")
    return 0 if done else MISSED


def _in_words(error: SyncError) -> str:
    return f"{error.mean:.0f} ms ({error.share_undetectable:.0%} of the singing looks in sync)"
