"""Runs in the bundle before the program: says where compiled functions are kept.

numba keeps them beside their source, which a bundle does not have, and fails without any place.
"""

import os
import tempfile
from pathlib import Path

import platformdirs

if "NUMBA_CACHE_DIR" not in os.environ:
    folder = platformdirs.user_cache_path("lipsyncer", appauthor=False) / "numba"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:  # a home that can't be written to
        folder = Path(tempfile.mkdtemp(prefix="lipsyncer-numba-"))
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
