"""Runs in the bundle before the program: gives it a cache, with the loops that the build compiled.

Where the home can't be written to, the cache is a passing folder.
"""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import platformdirs

if sys.platform == "linux":
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    except OSError:
        os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lipsyncer-cache-")
        atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

if "NUMBA_CACHE_DIR" not in os.environ:
    program = Path(sys.executable).stat()
    version = f"compiled-{program.st_size:x}-{int(program.st_mtime):x}"
    compiled = platformdirs.user_cache_path("lipsyncer", appauthor=False) / version
    if not compiled.exists():
        copy = compiled.with_name(f"{version}.{os.getpid()}")
        with contextlib.suppress(OSError):  # what is not there is compiled when it is needed
            shutil.copytree(Path(sys._MEIPASS) / "compiled", copy)  # type: ignore[attr-defined]
            copy.rename(compiled)
    os.environ["NUMBA_CACHE_DIR"] = str(compiled)
os.environ["NUMBA_CACHE_LOCATOR_CLASSES"] = "compiled_cache.Locator"
# What was compiled on one processor serves all.
os.environ["NUMBA_CPU_NAME"] = "generic"
