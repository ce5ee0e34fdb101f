"""What the program meets where it has no rights; tests may well be run by the superuser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def shut(folder: Path) -> Iterator[None]:
    """Let nobody search a folder, not even the superuser who runs the tests."""
    superuser = os.geteuid() == 0
    folder.chmod(0)
    if superuser:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)
        folder.chmod(0o755)
