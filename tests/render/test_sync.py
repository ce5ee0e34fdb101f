"""Flash and click through the whole render: seen and heard within a millisecond of each other."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import clips
import flash
import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import render

MILLISECOND = 1e-3
Measure = Callable[..., tuple[np.ndarray, np.ndarray]]
players = pytest.mark.parametrize("measure", [flash.seen_and_heard, flash.seen_and_heard_by_ffmpeg])
edit_lists = pytest.mark.parametrize("ignore_edit_lists", [False, True])


def unchanged(
    folder: Path, rate: Fraction, frames: int, flashes: list[int]
) -> tuple[Document, np.ndarray]:
    """Give a document that needs no correction, and the times (s) of its flashes and clicks."""
    times = [float(number / rate) for number in flashes]
    seconds = float(frames / rate)
    take = flash.make_take(folder / "take.mp4", frames, flashes, rate=rate)
    song = flash.make_song(folder / "song.wav", seconds, times)
    segment = Segment(0.0, seconds, 0, 0.0, seconds, "matched", 1.0)
    return Document(song, seconds, (Take(take, seconds),), (segment,)), np.array(times)


def retimed(folder: Path) -> tuple[Document, np.ndarray]:
    """Give a document of three pieces from two takes, cut from the middle of the song.

    Every flash of a take meets its click only when its piece is moved as the document says.
    """
    frame = 1 / 30
    first = flash.make_take(folder / "first.mp4", 300, [40, 75, 240])
    second = flash.make_take(folder / "second.mp4", 200, [20, 100])
    #  piece: output frames, take, source frame at its start; output frames with flashes
    #  0..89    first from 12   -> flashes at 28, 63
    #  90..209  second from 5   -> flashes at 105, 185
    #  210..269 first from 190  -> flash at 260
    starts = [(0, 90, 0, 12), (90, 210, 1, 5), (210, 270, 0, 190)]
    begin = 2.0
    segments = tuple(
        Segment(
            begin + start * frame,
            begin + end * frame,
            take,
            source * frame,
            (source + end - start) * frame,
            "matched",
            1.0,
        )
        for start, end, take, source in starts
    )
    times = np.array([28, 63, 105, 185, 260]) * frame
    song = flash.make_song(folder / "song.wav", 14.0, begin + times)
    takes = (Take(first, 10.0), Take(second, 200 * frame))
    return Document(song, 14.0, takes, segments), times


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, np.ndarray]]:
    """Rendered files and the times (s) at which flash and click belong."""
    files = {}
    for name, rate in [
        ("24", Fraction(24)),
        ("29.97", Fraction(30000, 1001)),
        ("50", Fraction(50)),
    ]:
        folder = tmp_path_factory.mktemp("clip")
        flashes = [1, 7, 31, 60, 97, 148, 199]
        document, times = unchanged(folder, rate, 210, flashes)
        files[name] = finish(render(document, folder / "out.mp4")).path, times
    folder = tmp_path_factory.mktemp("retimed")
    document, times = retimed(folder)
    files["retimed"] = finish(render(document, folder / "out.mp4")).path, times
    folder = tmp_path_factory.mktemp("long")
    document, times = unchanged(folder, Fraction(30000, 1001), 3600, list(range(15, 3600, 180)))
    files["two minutes"] = finish(render(document, folder / "out.mp4")).path, times
    return files


@players
@edit_lists
@pytest.mark.parametrize("name", ["24", "29.97", "50", "retimed", "two minutes"])
def test_flash_and_click_come_out_together(
    rendered: dict[str, tuple[Path, np.ndarray]],
    name: str,
    measure: Measure,
    ignore_edit_lists: bool,
) -> None:
    path, times = rendered[name]
    seen, heard = measure(path, ignore_edit_lists=ignore_edit_lists)
    assert len(seen) == len(heard) == len(times)
    assert np.max(np.abs(heard - seen)) < MILLISECOND
    assert np.max(np.abs(seen - times)) < MILLISECOND


def test_nothing_drifts_in_two_minutes(rendered: dict[str, tuple[Path, np.ndarray]]) -> None:
    path, _ = rendered["two minutes"]
    seen, heard = flash.seen_and_heard(path, ignore_edit_lists=False)
    drift = np.polyfit(seen, heard - seen, 1)[0]
    assert abs(drift) < 1e-6


@pytest.mark.parametrize("name", ["24", "29.97", "50", "retimed", "two minutes"])
def test_the_last_frame_and_the_last_sample_end_together(
    rendered: dict[str, tuple[Path, np.ndarray]], name: str
) -> None:
    path, _ = rendered[name]
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        picture_ends = float(clips.seconds(video.duration, video.time_base))
        sound_ends = float(clips.seconds(audio.duration, audio.time_base))
        assert video.start_time == audio.start_time == 0
        assert abs(picture_ends - sound_ends) < MILLISECOND
        frames = list(container.decode(video=0))
    last = frames[-1].time
    assert last is not None and video.average_rate is not None
    assert last + float(1 / video.average_rate) == pytest.approx(picture_ends)
