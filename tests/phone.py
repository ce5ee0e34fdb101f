"""Takes and songs of every kind that phones, cameras and shops make, with flashes and clicks.

Each take turns white for a tenth of a second where its own sound clicks, so that it can be shown
against its own sound as the song: then both ways through the program, of the picture and of the
sound, have to agree on the file's clock. Other tests and ``benchmarks/sync_table.py`` import this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import clips
import flash
import numpy as np

from lipsyncer.arrays import Float64s
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import probe, read_audio, require_take

Size = tuple[int, int]

SMALL = (64, 96)
UHD = (3840, 2160)
FLASH_SECONDS = 0.1
APART = 0.5
"""Seconds between flashes."""

AAC_DELAY = 1024 / 48_000
"""Seconds that the encoder puts in front, by which a stamp is moved to lie on whole milliseconds
(MP4's edit lists know no others) or on the picture's first one (transport streams tell no delay).
"""


@dataclass(frozen=True)
class Filmed:
    """A file and the times (s of its own clock) of its flashes and clicks."""

    path: Path
    times: Float64s


@dataclass(frozen=True)
class Kind:
    """A kind of input: its name, and how a file of it with so many flashes is made in a folder."""

    name: str
    make: Callable[[Path, int], Filmed]


def document_of(take: Path, song: Path | None = None) -> Document:
    """Show a take as it is against a song, its own sound where none is given."""
    song = song or take
    seconds = len(read_audio(song, rate=48_000)) / 48_000
    video = require_take(probe(take))
    length = video.start + video.duration
    segment = Segment(0.0, seconds, 0, 0.0, seconds, "matched", 1.0)
    return Document(song, seconds, (Take(take, length),), (segment,))


def errors(path: Path, times: Float64s, *, by_ffmpeg: bool = True) -> Float64s:
    """How far flashes and clicks of a finished file are off in each kind of player.

    Returns
    -------
    numpy.ndarray
        (players, 3): the largest distance (s) of a flash from its time, of a click from its time,
        and of a flash from its click; infinite where one is missing. Players are PyAV and the
        ffmpeg program, with edit lists honoured and ignored.
    """
    rows = []
    players = [flash.seen_and_heard, *([flash.seen_and_heard_by_ffmpeg] if by_ffmpeg else [])]
    for player in players:
        for ignore in (False, True):
            seen, heard = player(path, ignore_edit_lists=ignore)
            if len(seen) != len(times) or len(heard) != len(times):
                rows.append([np.inf] * 3)
                continue
            rows.append([np.abs(d).max() for d in (seen - times, heard - times, heard - seen)])
    return np.array(rows)


def end_gap(path: Path) -> float:
    """Seconds by which the sound ends after the picture, as the container says."""
    with av.open(str(path)) as container:
        ends = [
            float(
                sum(
                    clips.seconds(n, stream.time_base) for n in (stream.start_time, stream.duration)
                )
            )
            for stream in (container.streams.video[0], container.streams.audio[0])
        ]
    return ends[1] - ends[0]


def film(
    path: Path,
    stamps: Sequence[float],
    flashes: Sequence[float],
    *,
    size: Size = SMALL,
    sound_rate: int = 48_000,
    sound_start: float = 0.0,
    sound_end: float | None = None,
    **how: Any,
) -> Filmed:
    """Film frames with the stamps (s) given, white for a while from each flash on, and clicks."""
    width, height = size
    shades = [np.full((height, width, 3), level, np.uint8) for level in (20, 235)]
    begun = np.array(flashes)

    def picture(k: int) -> clips.Image:
        since = stamps[k] - begun
        return shades[int(np.any((since > -1e-4) & (since < FLASH_SECONDS)))]

    end = sound_end if sound_end is not None else stamps[-1] + (stamps[-1] - stamps[-2])
    sound = clips.clicks([t - sound_start for t in flashes], end - sound_start, sound_rate)
    clips.write_clip(
        path,
        stamps,
        size=size,
        picture=picture,
        sound=sound,
        sound_rate=sound_rate,
        sound_start=sound_start,
        **how,
    )
    return Filmed(path, begun)


def even(rate: float, count: int, apart: float = APART) -> tuple[list[float], list[float]]:
    """Stamps of a constant rate, and flashes at frames nearest to every so many seconds."""
    flashes = [round(apart * (n + 1) * rate) / rate for n in range(count)]
    return clips.even_times(rate, apart * (count + 1)), flashes


def _plain(
    suffix: str, rate: float, apart: float = APART, **how: Any
) -> Callable[[Path, int], Filmed]:
    def make(folder: Path, count: int) -> Filmed:
        return film(folder / f"take{suffix}", *even(rate, count, apart), **how)

    return make


def _hdr(transfer: str) -> Callable[[Path, int], Filmed]:
    params = f"log-level=error:transfer={transfer}:colorprim=bt2020:colormatrix=bt2020nc"
    options = {"preset": "ultrafast", "x265-params": params, "tag": "hvc1"}
    return _plain(".mov", 30, codec="libx265", pixel_format="yuv420p10le", options=options)


def _variable(folder: Path, count: int) -> Filmed:
    """24, 30 and 60 frames per second by turns, half a second each."""
    rates = (60, 24, 60, 30)
    stamps: list[float] = []
    for n in range(count + 1):
        rate = rates[n % 4]
        stamps += [APART * n + k / rate for k in range(round(APART * rate))]
    return film(folder / "take.mp4", stamps, [APART * (n + 1) for n in range(count)])


def _turned(*how: str) -> Callable[[Path, int], Filmed]:
    def make(folder: Path, count: int) -> Filmed:
        flat = film(folder / "flat.mp4", *even(30, count))
        return Filmed(clips.remux(flat.path, folder / "take.mp4", *how), flat.times)

    return make


def _cut(suffix: str) -> Callable[[Path, int], Filmed]:
    """Cut without encoding between key frames: an edit list passes over what comes before."""

    def make(folder: Path, count: int) -> Filmed:
        whole = film(folder / f"whole{suffix}", *even(30, count + 2))
        cut = 1.3  # between the second flash and the third
        path = clips.remux(whole.path, folder / f"take{suffix}", "-ss", str(cut))
        return Filmed(path, (whole.times - cut)[2:])

    return make


def _late_start(suffix: str, start: float) -> Callable[[Path, int], Filmed]:
    """A container whose first stamp is not 0."""

    def make(folder: Path, count: int) -> Filmed:
        stamps, flashes = even(30, count)
        later = [start + t for t in stamps]
        filmed = film(
            folder / f"take{suffix}", later, [start + t for t in flashes], sound_start=start
        )
        return Filmed(filmed.path, filmed.times - start)

    return make


def _unequal(longer: float) -> Callable[[Path, int], Filmed]:
    """Sound that ends later or earlier than the picture."""

    def make(folder: Path, count: int) -> Filmed:
        stamps, flashes = even(30, count)
        return film(folder / "take.mp4", stamps, flashes, sound_end=stamps[-1] + longer)

    return make


_AV1 = {"preset": "12", "svtav1-params": "lp=1"}
_VP9 = {"cpu-used": "8", "deadline": "realtime"}

TAKES = (
    Kind("H.264, 30 fps", _plain(".mp4", 30)),
    Kind("H.264, 23.976 fps", _plain(".mp4", 24_000 / 1001)),
    Kind("H.264, 29.97 fps, .mov", _plain(".mov", 30_000 / 1001)),
    Kind("H.264, 24 to 60 fps, variable", _variable),
    Kind("H.264, 15 fps", _plain(".mp4", 15)),
    Kind("H.264, 240 fps", _plain(".mov", 240)),
    Kind("H.264, 4K, 60 fps", _plain(".mp4", 60, 0.2, size=UHD)),
    Kind("HEVC, 10 bits, HLG", _hdr("arib-std-b67")),
    Kind("HEVC, 10 bits, PQ", _hdr("smpte2084")),
    Kind("VP9 and Opus, .webm", _plain(".webm", 30, codec="libvpx-vp9", options=_VP9)),
    Kind("AV1 and Opus, .webm", _plain(".webm", 30, codec="libsvtav1", options=_AV1)),
    Kind("turned by 90 degrees", _turned("-display_rotation", "-90")),
    Kind("turned by 180 degrees", _turned("-display_rotation", "180")),
    Kind("turned by 270 degrees", _turned("-display_rotation", "90")),
    Kind("turned and mirrored", _turned("-display_rotation", "90", "-display_hflip")),
    Kind("cut between key frames, .mp4", _cut(".mp4")),
    Kind("cut between key frames, .mov", _cut(".mov")),
    Kind("first stamp at 7.3 s, .mkv", _late_start(".mkv", 7.3)),
    Kind("transport stream", _plain(".ts", 30, sound_start=AAC_DELAY)),
    Kind("sound begins 0.17 s late", _plain(".mp4", 30, sound_start=0.15 + AAC_DELAY)),
    Kind("sound at 44.1 kHz", _plain(".mp4", 30, sound_rate=44_100)),
    Kind("sound 0.3 s shorter", _unequal(-0.3)),
    Kind("sound 0.7 s longer", _unequal(0.7)),
)


@dataclass(frozen=True)
class Recorded:
    """A kind of song: its name, and how a song with clicks at given times (s) is recorded."""

    name: str
    make: Callable[[Path, Sequence[float]], Path]


def _song(suffix: str, rate: int) -> Callable[[Path, Sequence[float]], Path]:
    def make(folder: Path, times: Sequence[float]) -> Path:
        samples = clips.clicks(times, max(times) + APART, rate)
        stereo = np.stack([samples, samples], axis=1)
        return clips.write_sound(folder / f"song{suffix}", stereo, rate)

    return make


def _with_cover(suffix: str) -> Callable[[Path, Sequence[float]], Path]:
    def make(folder: Path, times: Sequence[float]) -> Path:
        plain = _song(suffix, 44_100)(folder, times)
        cover = folder / "cover.png"
        av.VideoFrame.from_ndarray(clips.coded_frame(1), format="rgb24").to_image().save(cover)
        after = ["-map", "1", "-map", "0", "-disposition:v", "attached_pic"]
        return clips.remux(plain, folder / f"covered{suffix}", "-i", str(cover), after=after)

    return make


SONGS = (
    Recorded("WAV, 48 kHz", _song(".wav", 48_000)),
    Recorded("WAV, 44.1 kHz", _song(".wav", 44_100)),
    Recorded("FLAC, 44.1 kHz", _song(".flac", 44_100)),
    Recorded("MP3, 44.1 kHz", _song(".mp3", 44_100)),
    Recorded("MP3, 48 kHz", _song(".mp3", 48_000)),
    Recorded("AAC, .m4a, 44.1 kHz", _song(".m4a", 44_100)),
    Recorded("Vorbis, .ogg, 44.1 kHz", _song(".ogg", 44_100)),
    Recorded("Opus, .opus", _song(".opus", 48_000)),
    Recorded("MP3 with a cover", _with_cover(".mp3")),
    Recorded("AAC, .m4a, with a cover", _with_cover(".m4a")),
    Recorded("FLAC with a cover", _with_cover(".flac")),
)
