"""Flash and click from what phones and shops make, in sync on the platforms.

``benchmarks/sync_table.py`` shows every kind on every platform; here each kind goes to one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import phone
import pytest

from lipsyncer.progress import finish
from lipsyncer.render import PRESETS, render

MILLISECOND = 1e-3
FLASHES = 2
PLATFORMS = ("tiktok", "reels", "stories", "feed", "shorts", "master")

#: Those that are generated in a moment; other tests hold the plain ones.
TAKES = [kind for kind in phone.TAKES if "4K" not in kind.name and "90" not in kind.name][1:]


def off(folder: Path, take: phone.Filmed, song: Path | None, preset: str) -> tuple[float, float]:
    """Render in a tenth of the size: largest error (s) of flashes and clicks, and of the end."""
    settings = PRESETS[preset].settings
    if settings.size is not None:
        size = (settings.size[0] // 20 * 2, settings.size[1] // 20 * 2)
        settings = replace(settings, size=size, reframe="centre")
    document = phone.document_of(take.path, song)
    path = finish(render(document, folder / "out.mp4", settings)).path
    return float(phone.errors(path, take.times, by_ffmpeg=False).max()), phone.end_gap(path)


@pytest.mark.parametrize(
    ("kind", "preset"),
    [(kind, PLATFORMS[n % len(PLATFORMS)]) for n, kind in enumerate(TAKES)],
    ids=[kind.name for kind in TAKES],
)
def test_a_take_with_its_own_sound_comes_out_in_sync(
    tmp_path: Path, kind: phone.Kind, preset: str
) -> None:
    error, end = off(tmp_path, kind.make(tmp_path, FLASHES), None, preset)
    assert error < MILLISECOND
    assert abs(end) < MILLISECOND


@pytest.mark.parametrize("kind", phone.SONGS, ids=[kind.name for kind in phone.SONGS])
def test_a_song_comes_out_in_sync(tmp_path: Path, kind: phone.Recorded) -> None:
    take = phone.TAKES[0].make(tmp_path, FLASHES)
    song = kind.make(tmp_path, take.times.tolist())
    error, end = off(tmp_path, take, song, "reels")
    assert error < MILLISECOND
    assert abs(end) < MILLISECOND
