"""Files that crash decoders, lie about their length, or hold more than a player would show."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from clips import Samples, clicks, even_times, remux, write_clip, write_sound

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import (
    FrameReader,
    conform,
    delivery,
    is_silent,
    mono_mix,
    probe,
    read_audio,
    require_song,
    trial_process,
)
from lipsyncer.media.delivery import measure
from lipsyncer.media.kinds import sort_media
from lipsyncer.media.streams import open_media
from lipsyncer.media.trial import _Reader
from lipsyncer.progress import finish
from lipsyncer.render import render

RATE = 48_000
INPUTS = Path(__file__).parents[3] / "shared" / "inputs"


def tone(seconds: float, level: float = 0.3, frequency: float = 440.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(level * np.sin(2 * np.pi * frequency * time), np.float32)


def write_tracks(path: Path, tracks: Sequence[Samples], default: int = 0) -> Path:
    """Write a file with several sound tracks (n, channels), one of them the default."""
    layouts = {1: "mono", 2: "stereo", 6: "5.1"}
    with av.open(str(path), "w") as target:
        streams = []
        for number, track in enumerate(tracks):
            stream = target.add_stream("pcm_f32le", rate=RATE, layout=layouts[track.shape[1]])
            assert isinstance(stream, av.AudioStream)
            # 1 is FFmpeg's flag of the default track.
            stream.disposition = int(number == default)  # type: ignore[assignment]
            streams.append(stream)
        for stream, track in zip(streams, tracks, strict=True):
            frame = av.AudioFrame.from_ndarray(
                track.reshape(1, -1), format="flt", layout=stream.layout.name
            )
            frame.sample_rate = RATE
            frame.pts = 0
            target.mux(stream.encode(frame))
            target.mux(stream.encode(None))
    return path


# Reading first where a crash costs nothing


@pytest.mark.parametrize("suffix", ["flv", "mpg", "vob"])
def test_formats_whose_streams_appear_while_they_are_read_open(tmp_path: Path, suffix: str) -> None:
    codecs = {
        "flv": ("flv", "libmp3lame"),
        "mpg": ("mpeg1video", "mp2"),
        "vob": ("mpeg2video", "mp2"),
    }
    picture, sound = codecs[suffix]
    clip = write_clip(tmp_path / "clip.mkv", even_times(25, 2), sound=tone(2), sound_rate=44_100)
    path = remux(clip, tmp_path / f"take.{suffix}", after=("-c:v", picture, "-c:a", sound))
    video = probe(path).video
    assert video is not None
    assert video.frames == 50


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_file_that_crashes_the_decoder_is_named_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = tmp_path / "trial.py"
    crashing.write_text(
        "import os, signal, sys\n"
        "for line in sys.stdin:\n"
        "    if 'bad' in line: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    print('ok', flush=True)\n"
    )
    monkeypatch.setattr(trial_process, "__file__", str(crashing))
    bad, good = tmp_path / "bad.mp4", tmp_path / "good.mp4"
    bad.touch()
    good.touch()
    reader = _Reader()
    try:
        with pytest.raises(InputError, match=r"bad\.mp4: reading it crashes the decoder"):
            reader.read(bad)
        reader.read(good)
    finally:
        reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on memory")
def test_a_file_that_takes_too_much_memory_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The process has less memory than PyAV needs for its buffers.
    hungry = tmp_path / "trial.py"
    source = Path(trial_process.__file__).read_text(encoding="utf-8")
    hungry.write_text(source.replace("size += packet.size", "size += len(bytes(4 << 30))"))
    monkeypatch.setattr(trial_process, "__file__", str(hungry))
    path = write_clip(tmp_path / "take.mp4", even_times(25, 1))
    reader = _Reader()
    try:
        with pytest.raises(InputError, match="more memory than any video should"):
            reader.read(path)
    finally:
        reader.close()


def test_a_file_is_read_first_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_clip(tmp_path / "take.mp4", even_times(25, 1))
    reader = _Reader()
    asked: list[Path] = []
    monkeypatch.setattr(reader, "_ask", asked.append)
    reader.read(path)
    reader.read(path)
    assert asked == [path]
    path.write_bytes(path.read_bytes() + b"more")
    reader.read(path)
    assert asked == [path, path]


# Streams that are not the first


def test_the_default_sound_track_is_the_song_also_where_it_is_the_second(tmp_path: Path) -> None:
    tracks = [tone(2)[:, None], tone(2, frequency=880)[:, None]]
    path = write_tracks(tmp_path / "song.mkv", tracks, default=1)
    assert require_song(probe(path)).duration == pytest.approx(2, abs=0.05)
    spectrum = np.abs(np.fft.rfft(read_audio(path, rate=RATE)[:RATE]))
    assert spectrum.argmax() == 880
    assert measure(path).duration == pytest.approx(2, abs=0.05)


def test_the_first_track_with_sound_is_the_song_where_the_default_is_silent(
    tmp_path: Path,
) -> None:
    tracks = [np.zeros((2 * RATE, 2), np.float32), np.stack([tone(2)] * 2, axis=1)]
    path = write_tracks(tmp_path / "song.mkv", tracks)
    assert not is_silent(read_audio(path, rate=RATE))
    silent = write_tracks(tmp_path / "silent.mkv", [tracks[0], tracks[0]])
    assert is_silent(read_audio(silent, rate=RATE))


def test_a_cover_that_counts_as_video_leaves_a_song(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "song.mp4", [0.0], codec="mjpeg", pixel_format="yuvj420p", sound=tone(2)
    )
    files = finish(sort_media([path]))
    assert (files.songs, files.takes, files.refused) == ((path,), (), ())


# Time lines without bounds, and memory by a number in the file


def test_sound_that_starts_hours_late_is_refused_with_the_hours(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "late.mkv", even_times(25, 1), sound=tone(1), sound_start=7000.0)
    with pytest.raises(InputError, match="leap by 117 minutes"):
        probe(path)
    with pytest.raises(InputError, match="leap by 117 minutes"):
        read_audio(path, rate=16_000)


def test_frames_hours_apart_are_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "leaps.mkv", [0.0, 0.04, 40_000.0], options={"bf": "0"})
    with pytest.raises(InputError, match="leap by 667 minutes"):
        probe(path)


def test_a_song_longer_than_memory_allows_is_refused_before_it_is_read(tmp_path: Path) -> None:
    info = probe(write_sound(tmp_path / "song.wav", tone(2), RATE))
    assert info.audio is not None
    require_song(info)
    hours = replace(info, audio=replace(info.audio, duration=2 * 3600.0))
    with pytest.raises(InputError, match="claims to last 120 minutes, and at most 30"):
        require_song(hours)


def test_an_output_longer_than_memory_allows_is_refused_before_it_is_made(tmp_path: Path) -> None:
    take = write_clip(tmp_path / "take.mp4", even_times(25, 2), sound=tone(2))
    segment = Segment(0.0, 50_000.0, 0, 0.0, 50_000.0, "matched", 1.0)
    document = Document(take, 50_000.0, (Take(take, 50_000.0),), (segment,))
    with pytest.raises(InputError, match="claims to last 833 minutes"):
        finish(render(document, tmp_path / "out.mp4"))
    assert not (tmp_path / "out.mp4").exists()


def test_boxes_are_looked_into_no_deeper_than_files_nest_them(tmp_path: Path) -> None:
    nested = b""
    for _ in range(5000):
        nested = struct.pack(">I4s", 8 + len(nested), b"udta") + nested
    path = tmp_path / "take.mp4"
    path.write_bytes(struct.pack(">I4s", 8, b"ftyp") + nested)
    with path.open("rb") as file:
        assert len(list(delivery._walk(file, 8, path.stat().st_size))) == 9


# What is heard


def test_channels_in_opposite_phase_do_not_cancel_each_other(tmp_path: Path) -> None:
    voice = tone(1)
    path = write_sound(tmp_path / "song.wav", np.stack([voice, -voice], axis=1), RATE)
    assert np.abs(read_audio(path, rate=RATE)).max() == pytest.approx(0.3, abs=0.01)


def test_ordinary_stereo_is_mixed_by_the_mean() -> None:
    left, right = tone(1), tone(1, 0.1, 300)
    stereo = np.stack([left, right], axis=1)
    np.testing.assert_array_equal(mono_mix(stereo), stereo.mean(axis=1))


def test_six_full_channels_are_mixed_within_full_scale(tmp_path: Path) -> None:
    path = write_tracks(tmp_path / "song.mkv", [np.stack([tone(1, 1.0)] * 6, axis=1)])
    samples = read_audio(path, rate=RATE, mono=False)
    assert samples.shape[1] == 2
    assert 0.9 < np.abs(samples).max() <= 1.0 + 1e-6


def test_clicks_of_a_second_track_are_heard_at_their_times(tmp_path: Path) -> None:
    sound = clicks([0.5, 1.5], 2.0, RATE)[:, None]
    path = write_tracks(tmp_path / "song.mkv", [np.zeros_like(sound), sound])
    heard = np.flatnonzero(np.abs(read_audio(path, rate=RATE)) > 0.3)
    assert heard[0] / RATE == pytest.approx(0.5, abs=0.001)
    assert heard[-1] / RATE == pytest.approx(1.5, abs=0.01)


# What is seen


def test_a_picture_that_changes_size_on_the_way_is_fitted_inside(tmp_path: Path) -> None:
    path = tmp_path / "turns.ts"
    parts = []
    for number, (size, grey) in enumerate([((96, 160), 100), ((160, 96), 200)]):
        part = write_clip(
            tmp_path / f"part{number}.ts",
            [number + time for time in even_times(25, 1)],
            size=size,
            picture=lambda _, size=size, grey=grey: np.full((*size[::-1], 3), grey, np.uint8),  # type: ignore[misc]
            options={"bf": "0"},
        )
        parts.append(part.read_bytes())
    path.write_bytes(b"".join(parts))
    with FrameReader(path) as reader:
        assert reader.frame_size == (96, 160)
        first, second = reader.frame_at(0.5), reader.frame_at(1.5).astype(int)
    assert np.abs(first.astype(int) - 100).max() < 6
    # 160x96 fits into 96x160 as 96x58 in the middle, with black above and below.
    rows = second[:, 48].mean(axis=1)
    assert (rows[:48] < 20).all()
    assert (rows[112:] < 20).all()
    assert (np.abs(rows[56:104] - 200) < 8).all()


def test_interlaced_footage_comes_out_without_combs(tmp_path: Path) -> None:
    def fields(index: int, width: int = 160, height: int = 96) -> np.ndarray:
        # A bar that moves 8 pixels from one field to the next.
        picture = np.full((height, width, 3), 40, np.uint8)
        for field in (0, 1):
            left = 8 * (2 * index + field) % 120
            picture[field::2, left : left + 24] = 220
        return picture

    clip = write_clip(
        tmp_path / "clip.mkv",
        even_times(25, 1),
        size=(160, 96),
        picture=fields,
        options={"crf": "5", "bf": "0"},
    )
    coded = ("-c:v", "libx264", "-x264-params", "tff=1", "-crf", "5")
    path = remux(clip, tmp_path / "interlaced.mkv", after=coded)
    with open_media(path) as container:
        assert next(container.decode(video=0)).interlaced_frame
    with FrameReader(path) as reader:
        frame = reader.frame_at(0.4)[:, :, 1].astype(int)
    combs = np.abs(2 * frame[1:-1] - frame[:-2] - frame[2:]).max(axis=0)
    assert np.percentile(combs, 95) < 120  # 360 where the fields stand side by side


# Files that are none, and files that name others


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "take.mp4")
    with pytest.raises(InputError, match="this is a pipe or a device"):
        probe(tmp_path / "take.mp4")


@pytest.mark.parametrize("name", ["x" * 300 + ".mp4", "a\0b.mp4"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="check its name"):
        probe(tmp_path / name)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").symlink_to(tmp_path / "b.mp4")
    (tmp_path / "b.mp4").symlink_to(tmp_path / "a.mp4")
    with pytest.raises(InputError):
        probe(tmp_path / "a.mp4")


LISTS = {
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{}\n#EXT-X-ENDLIST\n",
    "list.ffconcat": "ffconcat version 1.0\nfile {}\n",
    "list.sdp": "v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:{}\n",
    "list.mpd": '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{}</BaseURL></MPD>',
    "list.idx": "# VobSub index file, v7\nsize: 720x576\nid: en, index: 0\n{}\n",
}
"""Files that name others; FFmpeg looks for the index's by its own name."""

OPENS = """
import sys
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media.streams import open_media
for name in sys.argv[1:]:
    try:
        open_media(name).close()
    except InputError:
        pass
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_only_the_named_file_is_opened(tmp_path: Path) -> None:
    others = [tmp_path / name for name in ("other.mp4", "list.sub", "take000.png", "take001.png")]
    for other in others:
        write_clip(tmp_path / "clip.mp4", even_times(25, 1)).rename(other)
    lists = {**LISTS, "take%03d.png": "{}"}
    names = list(lists)
    for name, text in lists.items():
        (tmp_path / name).write_text(text.format(others[0]), encoding="utf-8")
    protocols = [f"concat:{others[0]}|{others[1]}", f"subfile,,start,0,end,0,,:{others[0]}"]
    protocols += ["http://127.0.0.1:9/a.mp4", "data:video/mp4;base64,AAAA", f"crypto:{others[0]}"]
    calls = tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-e", "trace=openat,open,connect,socket", "-o", str(calls)]
    run = subprocess.run(
        [*trace, sys.executable, "-c", OPENS, *names, *protocols],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = calls.read_text()
    assert f'"{names[0]}"' in said or f"/{names[0]}" in said
    assert [other.name for other in others if other.name in said] == []
    assert "AF_INET" not in said


@pytest.mark.parametrize(("name", "text"), LISTS.items())
def test_a_play_list_reaches_neither_the_network_nor_other_files(
    tmp_path: Path, name: str, text: str
) -> None:
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1.0)

        def listen() -> None:
            try:
                server.accept()[0].close()
            except TimeoutError:
                return
            reached.set()

        listener = threading.Thread(target=listen)
        listener.start()
        other = write_clip(tmp_path / "other.mp4", even_times(25, 1))
        for target in (f"http://127.0.0.1:{server.getsockname()[1]}/a.ts", str(other)):
            (tmp_path / name).write_text(text.format(target), encoding="utf-8")
            with pytest.raises(InputError):
                open_media(tmp_path / name)
        listener.join()
    assert not reached.is_set()


# Spoilt cache entries


@pytest.mark.parametrize("spoil", ["emptied", "cut", "zeroed", "foreign", "of another take"])
@pytest.mark.parametrize("file", ["stamps.npz", "proxy.mov"])
def test_a_spoilt_proxy_is_made_again(tmp_path: Path, spoil: str, file: str) -> None:
    path = write_clip(tmp_path / "take.mp4", even_times(25, 2))
    info = probe(path)
    good = finish(conform(path, info, cache_dir=tmp_path / "cache"))
    spoilt = good.path.with_name(file)
    whole = spoilt.read_bytes()
    shorter = write_clip(tmp_path / "shorter.mp4", even_times(25, 1))
    other = finish(conform(shorter, probe(shorter), cache_dir=tmp_path / "other"))
    spoilt.write_bytes(
        {
            "emptied": b"",
            "cut": whole[: len(whole) // 3],
            "zeroed": bytes(len(whole)),
            "foreign": b"not what it was" * 100,
            "of another take": other.path.with_name(file).read_bytes(),
        }[spoil]
    )
    again = finish(conform(path, info, cache_dir=tmp_path / "cache"))
    np.testing.assert_array_equal(again.times, good.times)
    with open_media(again.path) as container:
        assert container.streams.video[0].frames == len(good.times)


def test_tags_that_are_not_utf8_do_not_matter(tmp_path: Path) -> None:
    whole = write_clip(tmp_path / "take.mkv", even_times(25, 1), sound=tone(1))
    tagged = remux(whole, tmp_path / "tagged.mkv", after=("-metadata", "title=ABCDEFGH"))
    tagged.write_bytes(tagged.read_bytes().replace(b"ABCDEFGH", b"AB\xff\xfeEFGH"))
    assert measure(tagged).duration == pytest.approx(1.0, abs=0.05)


# One real file of each kind


@pytest.mark.shared
@pytest.mark.parametrize(
    "path",
    sorted(p for p in INPUTS.glob("*") if p.suffix not in (".lrc", ".vtt")) or [INPUTS],
    ids=lambda path: path.name,
)
def test_a_spoilt_file_is_read_or_refused_with_a_sentence(path: Path, tmp_path: Path) -> None:
    if not path.is_file():
        pytest.skip("the spoilt files are not beside the checkout")
    try:
        info = probe(path)
        measure(path)
        if info.audio is not None:
            samples = read_audio(info, rate=16_000)
            assert len(samples) / 16_000 < info.duration + 1
        if info.video is not None:
            proxy = finish(conform(path, info, cache_dir=tmp_path))
            assert len(proxy.times) == pytest.approx(info.video.duration * proxy.rate, abs=2)
    except InputError as error:
        assert str(error).startswith(path.name)
