"""A short run of the campaign against spoilt files; python -m benchmarks.faults is the long one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import faults

CASES = {"media": 20, "projects": 20, "lyrics": 10, "settings": 5, "weights": 5}


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits of memory")
def test_spoilt_files_are_read_or_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = [word for kind, count in CASES.items() for word in (f"--{kind}", str(count))]
    code = faults.main(["--seed", "7", *counts, "--workers", "2", "--keep", str(tmp_path / "bad")])
    said = capsys.readouterr().out
    notes = [path.read_text() for path in (tmp_path / "bad").glob("*.txt")]
    assert (code, notes) == (0, []), said
    assert "0 came out badly" in said


# What a worker does with a file of each name, and what that has to be counted as.
WAYS = {
    "fine": "None",
    "sentence": "raise InputError(path, 'it is damaged.')",
    "fault": "raise KeyError",
    "left": "(folder / '.out.partial').touch()",
    "crash": "os.kill(os.getpid(), 11)",
    "memory": "bytearray(3 << 30)",
    "hang": "time.sleep(60)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits of memory")
def test_each_outcome_is_counted_as_what_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ways = "".join(f"    if path.name == {name!r}: {code}\n" for name, code in WAYS.items())
    script = (
        "import os, time\n"
        "from benchmarks import faults\n"
        "from lipsyncer.diagnostics.errors import InputError\n"
        f"def use(path, folder):\n{ways}"
        "faults.USE['media'] = use\n"
        "faults.work()\n"
    )
    monkeypatch.setattr(faults, "WORK", script)
    worker = faults.Worker()
    try:
        for name in WAYS:
            if name == "hang":  # the worker that ran the case before waits for it
                monkeypatch.setattr(faults, "PATIENCE", 2.0)
            assert worker.run("media", tmp_path / name)[0] == name
    finally:
        worker.close()
