"""The proxy stands for the take: the right frame at every position, made once, never half."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clips
import numpy as np
import pytest

from lipsyncer.diagnostics.errors import InputError, OutputError
from lipsyncer.media import FrameReader, Proxy, conform, probe, proxy_frames
from lipsyncer.media.cache import cache_folder, trim
from lipsyncer.media.streams import open_media, stamped_frames
from lipsyncer.progress import finish


def _conform(path: Path, cache: Path) -> Proxy:
    return finish(conform(path, probe(path), cache_dir=cache))


def _codes(proxy: Proxy) -> list[int]:
    frames = list(proxy_frames(proxy))
    assert [index for index, _ in frames] == list(range(len(proxy.times)))
    return [clips.read_code(rgb) for _, rgb in frames]


def _expected(times: list[float], rate: float, count: int) -> list[int]:
    """Source frame on screen in the middle of each proxy frame, a tie going to the later one."""
    middles = (np.arange(count) + 0.5) / rate
    return [max(0, int(k) - 1) for k in np.searchsorted(times, middles + 1e-4, side="right")]


def test_a_variable_rate_take_becomes_even_and_keeps_its_times(tmp_path: Path) -> None:
    times = [*clips.even_times(30, 5.0), *(5 + k / 10 for k in range(30))]
    proxy = _conform(clips.write_clip(tmp_path / "take.mp4", times), tmp_path / "cache")
    assert proxy.rate == 30.0
    assert proxy.duration == pytest.approx(8.0)
    assert len(proxy.times) == 240
    shown = _expected(times, 30.0, 240)
    assert _codes(proxy) == shown
    np.testing.assert_allclose(proxy.times, np.array(times)[shown], atol=1e-4)
    np.testing.assert_allclose(proxy.source_times, times, atol=1e-4)


@pytest.mark.parametrize(
    ("rate", "proxy_rate"), [(60.0, 30.0), (50.0, 25.0), (240.0, 30.0), (15.0, 15.0), (30.0, 30.0)]
)
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_high_rates_are_halved_and_low_ones_kept(
    tmp_path: Path, rate: float, proxy_rate: float, suffix: str
) -> None:
    times = clips.even_times(rate, 2.0)
    proxy = _conform(clips.write_clip(tmp_path / f"take{suffix}", times), tmp_path / "cache")
    assert proxy.rate == proxy_rate
    assert _codes(proxy) == _expected(times, proxy_rate, round(2 * proxy_rate))


@pytest.mark.parametrize("first", [0, 1, 77])
@pytest.mark.parametrize("rate", [25.0, 30000 / 1001])
def test_a_proxy_is_read_from_any_of_its_frames(tmp_path: Path, first: int, rate: float) -> None:
    times = clips.even_times(rate, 4.0)
    proxy = _conform(clips.write_clip(tmp_path / "take.mp4", times), tmp_path / "cache")
    frames = list(proxy_frames(proxy, first))
    assert [index for index, _ in frames] == list(range(first, len(proxy.times)))
    assert [clips.read_code(rgb) for _, rgb in frames] == _codes(proxy)[first:]


def test_a_take_is_closed_only_when_nobody_decodes_it_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    def decoded(*arguments: Any) -> Iterator[Any]:
        try:
            yield from stamped_frames(*arguments)
        finally:
            ended.append("decoding")

    class Opened:
        def __init__(self, path: Path) -> None:
            self._container = open_media(path)

        def __enter__(self) -> Any:
            return self._container

        def __exit__(self, *_: object) -> None:
            ended.append("file")
            self._container.close()

    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(30, 4.0))
    info = probe(take)
    module = sys.modules[Proxy.__module__]
    monkeypatch.setattr(module, "stamped_frames", decoded)
    monkeypatch.setattr(module, "open_media", Opened)
    work = conform(take, info, cache_dir=tmp_path / "cache")
    next(work)
    work.close()
    assert ended == ["decoding", "file"]


def test_a_picture_that_starts_late_is_led_in_by_its_first_frame(tmp_path: Path) -> None:
    times = [0.5 + t for t in clips.even_times(25, 1.0)]
    sound = clips.clicks([0.5], 1.5, 48_000)
    path = clips.write_clip(tmp_path / "take.mp4", times, sound=sound)
    proxy = _conform(path, tmp_path / "cache")
    codes = _codes(proxy)
    assert codes[:13] == [0] * 13
    assert codes[13:15] == [1, 2]
    assert len(codes) == 37  # the picture ends at 1.5 s; the last middle before it is 1.46 s
    assert proxy.times[0] == pytest.approx(0.5)


def test_a_rotated_take_has_an_upright_proxy(tmp_path: Path) -> None:
    def stored(index: int) -> clips.Image:
        return np.ascontiguousarray(np.rot90(clips.coded_frame(index, (96, 128))))

    flat = clips.write_clip(tmp_path / "flat.mp4", clips.even_times(25, 1.0), picture=stored)
    path = clips.remux(flat, tmp_path / "turned.mp4", "-display_rotation", "-90")
    proxy = _conform(path, tmp_path / "cache")
    assert (proxy.width, proxy.height) == (96, 128)
    assert _codes(proxy) == list(range(25))


@pytest.mark.parametrize(
    ("size", "proxy_size"),
    [((1080, 1920), (540, 960)), ((1440, 1080), (960, 720)), ((64, 64), (64, 64))],
)
def test_the_longer_side_is_at_most_960(
    tmp_path: Path, size: tuple[int, int], proxy_size: tuple[int, int]
) -> None:
    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 0.4), size=size)
    proxy = _conform(path, tmp_path / "cache")
    assert (proxy.width, proxy.height) == proxy_size
    assert _codes(proxy) == list(range(10))


def test_odd_sizes_become_even(tmp_path: Path) -> None:
    path = clips.write_clip(
        tmp_path / "take.mkv", clips.even_times(25, 0.4), size=(129, 97), codec="ffv1"
    )
    proxy = _conform(path, tmp_path / "cache")
    assert (proxy.width, proxy.height) == (128, 96)
    assert _codes(proxy) == list(range(10))


def test_a_proxy_can_be_read_at_any_time(tmp_path: Path) -> None:
    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 4.0))
    proxy = _conform(path, tmp_path / "cache")
    with FrameReader(proxy.path) as reader:
        for index in (80, 3, 51, 52, 10):
            assert clips.read_code(reader.frame_at(index / proxy.rate)) == index


def test_the_same_take_is_conformed_once_even_under_another_name(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 2.0))
    first = _conform(take, tmp_path / "cache")
    made = first.path.stat().st_mtime_ns
    copy = tmp_path / "a copy.mp4"
    copy.write_bytes(take.read_bytes())
    os.utime(copy, (1, 1))
    stage = conform(copy, probe(copy), cache_dir=tmp_path / "cache")
    assert next(stage) == 1.0  # nothing to do before it is done
    again = finish(stage)
    assert again.path == first.path
    assert again.path.stat().st_mtime_ns == made
    np.testing.assert_array_equal(again.times, first.times)
    np.testing.assert_array_equal(again.source_times, first.source_times)
    assert (again.rate, again.duration) == (first.rate, first.duration)


def test_another_take_of_the_same_size_has_a_proxy_of_its_own(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 2.0))
    changed = bytearray(take.read_bytes())
    changed[-1] ^= 1
    other = tmp_path / "other.mp4"
    other.write_bytes(changed)
    cache = tmp_path / "cache"
    assert _conform(take, cache).path != _conform(other, cache).path


def test_progress_grows_to_one(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 4.0))
    shares = list(conform(take, probe(take), cache_dir=tmp_path / "cache"))
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5 and shares[-1] == 1.0


def test_a_cancelled_conform_leaves_nothing(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 4.0))
    cache = tmp_path / "cache"
    stage = conform(take, probe(take), cache_dir=cache)
    next(stage)
    assert list(cache.iterdir())
    stage.close()
    assert not list(cache.iterdir())


def test_a_proxy_that_lost_a_file_is_made_again(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 1.0))
    proxy = _conform(take, tmp_path / "cache")
    proxy.path.unlink()
    assert _codes(_conform(take, tmp_path / "cache")) == list(range(25))


def test_what_was_used_longest_ago_leaves_the_cache_first(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    proxies = []
    for n in range(3):
        path = clips.write_clip(tmp_path / f"{n}.mp4", clips.even_times(25, 1.0 + n / 10))
        proxies.append(_conform(path, cache))
        os.utime(proxies[n].path.parent, (1000 + n, 1000 + n))
    _conform(tmp_path / "0.mp4", cache)  # used again: now the newest
    size = sum(f.stat().st_size for f in cache.rglob("*") if f.is_file())
    trim(cache, limit=size - 1)
    assert [proxy.path.exists() for proxy in proxies] == [True, False, True]


def test_damage_in_the_middle_freezes_the_picture_and_no_more(tmp_path: Path) -> None:
    take = clips.write_clip(
        tmp_path / "take.mp4", clips.even_times(25, 4.0), codec="mjpeg", pixel_format="yuvj420p"
    )
    path = clips.damage(take, tmp_path / "damaged.mp4", 1.0, 2.0)
    codes = _codes(_conform(path, tmp_path / "cache"))
    assert codes[:25] == list(range(25))
    assert codes[50:] == list(range(50, 100))


def test_a_take_that_is_mostly_damaged_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    take = clips.write_clip(
        tmp_path / "take.mp4", clips.even_times(25, 4.0), codec="mjpeg", pixel_format="yuvj420p"
    )
    path = clips.damage(take, tmp_path / "damaged.mp4", 1.0, 4.0)
    with pytest.raises(InputError, match="most of its picture can't be decoded"):
        _conform(path, tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())


def test_a_cache_that_can_not_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 1.0))
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        _conform(take, in_the_way)


def test_a_song_has_no_picture_to_conform(tmp_path: Path) -> None:
    song = clips.write_sound(tmp_path / "song.wav", clips.clicks([0.5], 2.0, 44_100))
    with pytest.raises(InputError, match="no picture"):
        _conform(song, tmp_path / "cache")


def test_where_the_cache_cannot_be_written_a_passing_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("lipsyncer.media.cache.user_cache_dir", lambda *_: tmp_path / "file/cache")
    path = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 1))
    proxy = finish(conform(path, probe(path)))
    assert proxy.path.is_file()
    assert cache_folder() == proxy.path.parents[1]
