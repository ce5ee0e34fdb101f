"""What `probe` says of files, and the sentence it has for each that can't be used."""

from __future__ import annotations

from pathlib import Path

import av
import clips
import numpy as np
import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media import probe, require_song, require_take


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds at 25 frames per second with sound that starts 0.2 s late."""
    return clips.write_clip(
        tmp_path_factory.mktemp("take") / "take.mp4",
        clips.even_times(25, 4.0),
        sound=clips.clicks([1.0], 3.8, 48_000),
        sound_start=0.2,
    )


def test_a_take_is_described_by_its_picture_and_its_sound(take: Path) -> None:
    info = probe(take)
    video, audio = info.video, info.audio
    assert video is not None and audio is not None
    assert (video.codec, video.width, video.height, video.rate) == ("h264", 128, 96, 25.0)
    assert (video.rotation, video.mirrored, video.hdr) == (0, False, None)
    assert not video.variable_rate
    assert video.frames == 100
    assert (video.start, video.duration) == pytest.approx((0.0, 4.0))
    assert (audio.codec, audio.sample_rate, audio.channels) == ("aac", 48_000, 1)
    # AAC begins with a frame of warming up, which belongs to the sound in this layout.
    assert audio.start == pytest.approx(0.2, abs=0.025)
    assert audio.start + audio.duration == pytest.approx(4.0, abs=0.002)
    assert info.duration == pytest.approx(4.0, abs=0.002)
    assert info.size_bytes == take.stat().st_size


def test_a_rate_that_drops_from_30_to_10_is_variable_with_a_nominal_30(tmp_path: Path) -> None:
    times = [*clips.even_times(30, 5.0), *(5 + k / 10 for k in range(30))]
    video = probe(clips.write_clip(tmp_path / "vfr.mp4", times)).video
    assert video is not None
    assert video.variable_rate
    assert video.rate == 30.0
    assert video.duration == pytest.approx(8.0)


@pytest.mark.parametrize("rate", [15.0, 24_000 / 1001, 30_000 / 1001, 60.0, 240.0])
def test_the_nominal_rate_survives_stamps_in_milliseconds(tmp_path: Path, rate: float) -> None:
    video = probe(clips.write_clip(tmp_path / "clip.mkv", clips.even_times(rate, 3.0))).video
    assert video is not None
    assert video.rate == pytest.approx(rate, rel=1e-9)
    assert not video.variable_rate


@pytest.mark.parametrize(
    ("options", "rotation", "mirrored", "size"),
    [
        (["-display_rotation", "-90"], 90, False, (96, 128)),
        (["-display_rotation", "180"], 180, False, (128, 96)),
        (["-display_rotation", "90"], 270, False, (96, 128)),
        (["-display_rotation", "0", "-display_hflip"], 0, True, (128, 96)),
    ],
)
def test_rotation_and_mirroring_come_from_the_display_matrix(
    take: Path,
    tmp_path: Path,
    options: list[str],
    rotation: int,
    mirrored: bool,
    size: tuple[int, int],
) -> None:
    video = probe(clips.remux(take, tmp_path / "turned.mp4", *options)).video
    assert video is not None
    assert (video.rotation, video.mirrored) == (rotation, mirrored)
    assert (video.width, video.height) == size


def test_pixels_that_are_not_square_are_counted_as_square_ones(take: Path, tmp_path: Path) -> None:
    after = ["-bsf:v", "h264_metadata=sample_aspect_ratio=3/2"]
    video = probe(clips.remux(take, tmp_path / "wide.mp4", after=after)).video
    assert video is not None
    assert (video.width, video.height) == (192, 96)


@pytest.mark.parametrize(("transfer", "hdr"), [("arib-std-b67", "hlg"), ("smpte2084", "pq")])
def test_high_dynamic_range_is_told_by_the_transfer_function(
    tmp_path: Path, transfer: str, hdr: str
) -> None:
    path = clips.write_clip(
        tmp_path / "hdr.mp4",
        clips.even_times(25, 0.4),
        codec="libx265",
        pixel_format="yuv420p10le",
        options={"x265-params": f"log-level=error:transfer={transfer}:colorprim=bt2020"},
    )
    video = probe(path).video
    assert video is not None
    assert (video.hdr, video.pixel_format) == (hdr, "yuv420p10le")


def test_a_container_that_starts_late_is_read_on_its_own_clock(tmp_path: Path) -> None:
    times = [5.1 + t for t in clips.even_times(25, 2.0)]
    sound = clips.clicks([1.0], 2.0, 48_000)
    path = clips.write_clip(tmp_path / "late.mkv", times, sound=sound, sound_start=5.0)
    info = probe(path)
    assert info.video is not None and info.audio is not None
    assert info.start == pytest.approx(5.0, abs=0.001)
    assert info.video.start == pytest.approx(0.1, abs=0.001)
    assert info.audio.start == pytest.approx(0.0, abs=0.001)
    assert info.duration == pytest.approx(2.1, abs=0.002)


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    song = clips.write_sound(tmp_path / "plain.mp3", clips.clicks([0.5], 2.0, 44_100))
    cover = tmp_path / "cover.png"
    av.VideoFrame.from_ndarray(clips.coded_frame(1), format="rgb24").to_image().save(cover)
    after = ["-map", "1", "-map", "0", "-disposition:v", "attached_pic"]
    path = clips.remux(song, tmp_path / "song.mp3", "-i", str(cover), after=after)
    info = probe(path)
    assert info.video is None
    assert require_song(info).duration == pytest.approx(2.0, abs=0.002)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus"])
def test_the_length_of_a_song_does_not_count_what_its_encoder_added(
    tmp_path: Path, suffix: str
) -> None:
    path = clips.write_sound(tmp_path / f"song{suffix}", clips.clicks([1.0], 3.3, 48_000), 48_000)
    audio = probe(path).audio
    assert audio is not None
    assert audio.duration == pytest.approx(3.3, abs=0.001)


@pytest.mark.parametrize(
    "name", ["-dash.mp4", "a b;c&d.mp4", "été.mp4", "愛の歌.mp4", "100%d.mp4", "12.30.mp4"]
)
def test_any_file_name_is_read(take: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(take.read_bytes())
    assert require_take(probe(path)).frames == 100


def _broken(folder: Path, take: Path, kind: str) -> Path:
    path = folder / f"{kind}.mp4"
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "cut off":
        path.write_bytes(take.read_bytes()[: take.stat().st_size // 2])
    elif kind == "text":
        path.write_text("Dear diary, today I sang.\n" * 40, encoding="utf-8")
    elif kind == "play list":
        path.write_text(f"ffconcat version 1.0\nfile {take.name}\n", encoding="utf-8")
    elif kind == "noise":
        path.write_bytes(np.random.default_rng(1).bytes(50_000))
    elif kind == "unknown codec":
        known = clips.write_clip(folder / "known.mkv", clips.even_times(25, 1.0)).read_bytes()
        path.write_bytes(known.replace(b"V_MPEG4/ISO/AVC", b"V_MPEG4/ISO/XYZ"))
    return path


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "no such file"),
        ("folder", "this is a folder"),
        ("empty", "the file is empty"),
        ("cut off", "the recording is incomplete"),
        ("text", "this is a text file"),
        ("play list", "this is a text file"),
        ("noise", "not a readable video or sound file"),
        ("unknown codec", "no readable picture or sound"),
    ],
)
def test_a_file_that_is_no_recording_gets_one_sentence(
    take: Path, tmp_path: Path, kind: str, words: str
) -> None:
    path = _broken(tmp_path, take, kind)
    with pytest.raises(InputError) as caught:
        probe(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name}: ")
    assert words in sentence
    assert sentence.endswith(".") and "\n" not in sentence


def test_a_sound_track_without_sound_is_no_sound(take: Path, tmp_path: Path) -> None:
    path = clips.damage(take, tmp_path / "mute.mp4", -1.0, 9.0, kind="audio")
    info = probe(path)
    assert info.audio is None
    assert require_take(info).frames == 100


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("sound", "no readable picture"),
        ("still", "still picture"),
        ("short", "only 0.60 seconds"),
    ],
)
def test_what_can_not_be_a_take_is_told_so(tmp_path: Path, kind: str, words: str) -> None:
    if kind == "sound":
        path = clips.write_sound(tmp_path / "song.wav", clips.clicks([0.5], 2.0, 44_100))
    elif kind == "still":
        path = tmp_path / "portrait.png"
        av.VideoFrame.from_ndarray(clips.coded_frame(1), format="rgb24").to_image().save(path)
    else:
        path = clips.write_clip(tmp_path / "short.mp4", clips.even_times(25, 0.6))
    info = probe(path)
    with pytest.raises(InputError, match=words):
        require_take(info)


def test_what_can_not_be_a_song_is_told_so(tmp_path: Path) -> None:
    silent_film = clips.write_clip(tmp_path / "film.mp4", clips.even_times(25, 2.0))
    with pytest.raises(InputError, match="no readable sound"):
        require_song(probe(silent_film))
    jingle = clips.write_sound(tmp_path / "jingle.mp3", clips.clicks([0.1], 0.7, 44_100))
    with pytest.raises(InputError, match=r"only 0\.70 seconds"):
        require_song(probe(jingle))
