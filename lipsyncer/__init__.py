"""Lipsyncer puts real footage in sync with a song by watching the lips.

What scripts use is in ``__all__`` and described in docs/api.md; it is loaded when it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lipsyncer.api import Cut, LipsyncerError, align, export, open_project, write

    __version__: str

__all__ = ["Cut", "LipsyncerError", "align", "export", "open_project", "write"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in __all__:
        raise AttributeError(f"module 'lipsyncer' has no attribute {name!r}")
    return getattr(importlib.import_module("lipsyncer.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lipsyncer")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
