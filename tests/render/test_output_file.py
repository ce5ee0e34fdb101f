"""What the MP4 is made of: what every player and platform takes as it is."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import av
import clips
import flash
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.progress import finish
from lipsyncer.render import DEFAULT, render

FRAMES = 100


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    # B-frames, and an odd rate.
    take = flash.make_take(
        folder / "take.mkv",
        FRAMES,
        range(0, FRAMES, 7),
        rate=Fraction(24000, 1001),
        size=(64, 96),
        options={"preset": "medium", "bf": "3"},
    )
    song = flash.make_song(folder / "song.wav", 5.0, [1.0])
    seconds = float(FRAMES / Fraction(24000, 1001))
    segment = Segment(0.0, seconds, 0, 0.0, seconds, "matched", 1.0)
    document = Document(song, 5.0, (Take(take, seconds),), (segment,))
    return finish(render(document, folder / "out.mp4")).path


def test_the_picture_is_what_phones_and_platforms_expect(output: Path) -> None:
    with av.open(str(output)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        context = container.streams.video[0].codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.width, context.height) == (64, 96)
        assert context.sample_aspect_ratio == 1
        assert not context.has_b_frames
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1
        assert next(container.decode(video=0)).rotation == 0


def test_the_sound_is_aac_at_48_khz_in_stereo(output: Path) -> None:
    with av.open(str(output)) as container:
        context = container.streams.audio[0].codec_context
        assert (context.name, context.profile) == ("aac", "LC")
        assert (context.sample_rate, context.channels) == (48_000, 2)


def test_the_rate_is_constant_and_exactly_the_takes(output: Path) -> None:
    with av.open(str(output)) as container:
        stamps = [clips.seconds(frame.pts, frame.time_base) for frame in container.decode(video=0)]
    assert stamps == [k * Fraction(1001, 24000) for k in range(FRAMES)]


def test_frames_are_stored_in_the_order_they_are_shown(output: Path) -> None:
    with av.open(str(output)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.pts is not None]
    assert all(packet.pts == packet.dts for packet in packets)


def test_players_can_jump_to_a_frame_in_every_second(output: Path) -> None:
    with av.open(str(output)) as container:
        keys = [
            float(clips.seconds(p.pts, p.time_base))
            for p in container.demux(video=0)
            if p.is_keyframe
        ]
    assert keys[0] == 0.0
    gaps = [later - earlier for earlier, later in itertools.pairwise(keys)]
    assert max(gaps) <= DEFAULT.key_interval + 0.5 / 24


def test_the_index_comes_first_and_there_is_no_edit_list(output: Path) -> None:
    data = output.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert b"elst" not in data[: data.index(b"mdat")]
