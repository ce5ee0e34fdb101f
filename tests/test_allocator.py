"""Memory that one thread has given back serves the others."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from lipsyncer.allocator import give_back, share_arenas

KEPT_BY_EIGHT_THREADS = """
import threading
from pathlib import Path

def memory():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

{before}
turn, everybody, kept = threading.Lock(), threading.Barrier(9), []

def work():
    with turn:
        blocks = [bytearray(100_000) for _ in range(200)]  # 20 MB
        kept.append(blocks.pop())  # what lies behind the others: they can't go back to the system
        del blocks
    everybody.wait()

start = memory()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
everybody.wait()
print(memory() - start)
"""


def _grown(before: str) -> float:
    """Megabytes that are kept after eight threads had 20 MB each, one after the other."""
    program = KEPT_BY_EIGHT_THREADS.format(before=before)
    ended = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    return float(ended.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other allocators")
def test_threads_use_what_others_have_given_back() -> None:
    alone = _grown("")
    if alone < 100:
        pytest.skip("this allocator keeps nothing for each thread")

    assert _grown("from lipsyncer.allocator import share_arenas; share_arenas()") < alone / 2


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_where_there_is_another_allocator_nothing_happens(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())

    share_arenas()
    give_back()
