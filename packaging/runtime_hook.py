"""Runs in the bundle before the program: gives it a cache where the home can't be written to.

numba keeps compiled functions in the user's cache folder, and in a bundle fails without one.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

if sys.platform == "linux":
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    except OSError:
        os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lipsyncer-cache-")
        atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)
