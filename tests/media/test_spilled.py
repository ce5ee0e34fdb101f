"""Large arrays lie in files that go with them, and take memory while they are read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from lipsyncer.arrays import Float32s
from lipsyncer.demo import Demo
from lipsyncer.jobs.analyse import analyse
from lipsyncer.media import spilled as room
from lipsyncer.media.spilled import filled, let_go, spilled
from lipsyncer.progress import finish
from lipsyncer.settings.job import Settings

LARGE = (3000, 5000)  # 60 MB


def memory() -> float:
    """Megabytes that this process holds now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def made() -> Float32s:
    return np.arange(LARGE[0] * LARGE[1], dtype=np.float32).reshape(LARGE)


def test_a_large_array_is_the_same_on_disk() -> None:
    array = spilled(made())
    np.testing.assert_array_equal(array, made())
    let_go(array[100:200, 7])
    np.testing.assert_array_equal(array, made())
    let_go(array, reserve=True)
    np.testing.assert_array_equal(array, made())
    assert not array.flags.writeable


IN_A_PROCESS_OF_ITS_OWN = """
from test_spilled import *
before = memory()
{steps}
"""


def run_alone(steps: str) -> None:
    """Run steps where nothing else takes memory meanwhile."""
    program = IN_A_PROCESS_OF_ITS_OWN.format(steps=steps)
    here = Path(__file__).parent
    subprocess.run([sys.executable, "-c", program], cwd=here, check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_was_read_of_it_is_let_go_of() -> None:
    run_alone("""
arrays = [spilled(made()) for _ in range(4)]
assert memory() - before < 40
assert all(array.sum() > 0 for array in arrays)
assert memory() - before > 200
for array in arrays:
    let_go(array)
assert memory() - before < 40
""")


@pytest.mark.parametrize("shape", [LARGE, (3, 5)])
def test_an_array_on_disk_is_written_to(shape: tuple[int, int]) -> None:
    array = filled(shape, np.nan)
    assert np.isnan(array).all()
    array[1:] = 7.0
    let_go(array)
    array[2:] += 1.0
    let_go(array, reserve=True)
    assert np.isnan(array[0]).all()
    assert (array[1] == 7.0).all() and (array[2:] == 8.0).all()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_was_written_is_let_go_of() -> None:
    run_alone("""
array = filled((4 * LARGE[0], LARGE[1]), 0.0)
for rows in range(0, len(array), 500):
    array[rows : rows + 500] = rows
    let_go(array)
assert memory() - before < 40
assert array[-1, -1] == len(array) - 500
""")


def test_a_small_array_stays_where_it_is() -> None:
    array = np.zeros((100, 100))
    assert spilled(array) is array
    let_go(array)
    np.testing.assert_array_equal(array, 0)


def test_without_room_on_the_disk_it_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    array = made()
    assert spilled(array) is array
    assert (filled(LARGE, 2.0) == 2.0).all()


@pytest.mark.skipif(sys.platform == "win32", reason="the file is seen there while it lives")
def test_nothing_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cache_folder", lambda: tmp_path)
    array = spilled(made())
    assert list(tmp_path.iterdir()) == []
    assert array[1, 0] == LARGE[1]


def test_an_analysis_is_the_same_with_all_of_it_on_disk(
    snippet: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> tuple[object, ...]:
        job = analyse(snippet.song_path, [snippet.take_path], Settings(cache_dir=tmp_path))
        return finish(job).document.segments

    in_memory = found()
    monkeypatch.setattr(room, "_LARGE", 1)
    assert found() == in_memory
