"""Writes the demo's song and selfie to a folder."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import av
import soundfile

from lipsyncer.demo.fault import Truth, usual_fault
from lipsyncer.demo.selfie import Microphone, film
from lipsyncer.demo.song import Song, make_song
from lipsyncer.demo.voice import RATE
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.progress import Stage
from lipsyncer.whole_file import whole_file

_SONG_SHARE = 0.1  # of the whole work, about


@dataclass(frozen=True, eq=False)
class Demo:
    """A song and a selfie on disk and what is true of them.

    Parameters
    ----------
    song_path, take_path
        The song (WAV) and the selfie (MP4).
    song
        The song's score, lips and voiced moments.
    truth
        Which moment of the song the selfie shows when.
    """

    song_path: Path
    take_path: Path
    song: Song
    truth: Truth


def make_demo(
    folder: Path,
    *,
    seconds: float = 25.0,
    size: tuple[int, int] = (540, 960),
    seed: int = 0,
    fault: Truth | None = None,
    microphone: Microphone = "room",
) -> Stage[Demo]:
    """Make ``song.wav`` and ``selfie.mp4``.

    Parameters
    ----------
    folder
        Where to write; made if need be.
    seconds
        Length of the song.
    size
        Width and height of the selfie, even numbers.
    seed
        The same seed gives the same song and pictures.
    fault
        How the selfie misses the song; `usual_fault` where None.
    microphone
        What the camera hears; the usual empty room is of no use to tools that align by sound.

    Yields
    ------
    float
        Share done.

    Returns
    -------
    Demo

    Raises
    ------
    OutputError
        When the folder can't be written to; no half-written file is left.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        song = make_song(seconds, seed=seed)
        truth = usual_fault(song) if fault is None else fault
        demo = Demo(folder / "song.wav", folder / "selfie.mp4", song, truth)
        with whole_file(demo.song_path) as song_part, whole_file(demo.take_path) as take_part:
            soundfile.write(song_part, song.samples, RATE, subtype="PCM_16")
            yield _SONG_SHARE
            filming = film(take_part, song, truth, size=size, seed=seed, microphone=microphone)
            with contextlib.closing(filming):
                for share in filming:
                    yield _SONG_SHARE + (1.0 - _SONG_SHARE) * share
    except (OSError, soundfile.LibsndfileError, av.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or "it can't be written to"
        raise OutputError(folder, f"{reason}; choose another folder for the demo.") from error
    return demo
