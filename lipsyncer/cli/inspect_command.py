"""What a file holds, in words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TextIO

import numpy as np

from lipsyncer.cli.progress_bars import follow
from lipsyncer.features.landmarks import FaceFinder
from lipsyncer.jobs import fetched_face_model, timed
from lipsyncer.media import AudioInfo, FrameReader, MediaInfo, VideoInfo, probe
from lipsyncer.progress import Stage

LOOKS = 12
"""Frames from all over a video in which a face is looked for."""

LOOK_HEIGHT = 960
"""Pixels; larger pictures are made smaller, which the face finder does in any case."""

MOST_FACES = 4


def inspect(arguments: argparse.Namespace, person: TextIO) -> int:
    """Say what a file holds and, for a video, whether a face is found."""
    info = probe(arguments.file)
    print("\n".join(describe(info)), flush=True)
    if info.video is not None and info.video.frames > 1:
        follow(fetched_face_model(), person)
        counts = follow(timed("look", _count_faces(info), {}), person)
        print(f"face: {_faces_in_words(counts)}")
    return 0


def describe(info: MediaInfo) -> Iterator[str]:
    """Lines that say in words what a file holds."""
    size = info.size_bytes / 1e6
    kind = "MP4 or QuickTime" if "mp4" in info.container else info.container
    yield f"{info.path.name}: {kind}, {_length(info.duration)}, {size:.1f} MB"
    yield f"picture: {_picture_in_words(info.video) if info.video else 'none'}"
    yield f"sound: {_sound_in_words(info.audio) if info.audio else 'none'}"


def _picture_in_words(video: VideoInfo) -> str:
    words = [f"{video.codec}, {video.width} x {video.height} upright"]
    if video.frames == 1:
        return f"{words[0]}, a still picture such as a cover"
    if video.rotation:
        words.append(f"stored rotated by {video.rotation} degrees")
    if video.mirrored:
        words.append("mirrored")
    changing = ", a variable rate" if video.variable_rate else ""
    words.append(f"about {video.rate:.4g} frames per second{changing}")
    if video.hdr:
        words.append(f"HDR ({video.hdr.upper()})")
    words.append(f"{_length(video.duration)} in {video.frames} frames{_late(video.start)}")
    return ", ".join(words)


def _sound_in_words(audio: AudioInfo) -> str:
    channels = {1: "mono", 2: "stereo"}.get(audio.channels, f"{audio.channels} channels")
    length = f"{_length(audio.duration)}{_late(audio.start)}"
    others = f", one of {audio.tracks} tracks" if audio.tracks > 1 else ""
    return f"{audio.codec}, {audio.sample_rate} Hz, {channels}, {length}{others}"


def _late(start: float) -> str:
    return f" starting at {start:.3f} s" if start >= 0.001 else ""


def _length(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes:.0f} min {rest:.1f} s" if minutes else f"{rest:.1f} s"


def _count_faces(info: MediaInfo) -> Stage[list[int]]:
    """Count the faces in frames from all over a video."""
    times = (np.arange(LOOKS) + 0.5) * info.duration / LOOKS
    counts = []
    with (
        FrameReader(info, max_height=LOOK_HEIGHT) as reader,
        FaceFinder(MOST_FACES, follow=False) as finder,
    ):
        for done, moment in enumerate(times, start=1):
            counts.append(len(finder.find(reader.frame_at(float(moment)))))
            yield done / LOOKS
    return counts


def _faces_in_words(counts: list[int]) -> str:
    seen = sum(count > 0 for count in counts)
    if not seen:
        return f"none in {len(counts)} sampled frames; film the face from the front, well lit"
    others = f", up to {max(counts)} at once" if max(counts) > 1 else ""
    return f"found in {seen} of {len(counts)} sampled frames{others}"
