"""Where numba keeps compiled loops in the bundle; runtime_hook.py names the folder.

numba's own choices depend on the folder that the program was started in, as a bundle's modules have
no path, and so it would compile anew wherever the program is started.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from numba.core import config
from numba.core.caching import _CacheLocator


class Locator(_CacheLocator):  # type: ignore[misc]
    """Keeps the loops of one version of the bundle, sorted by module."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._module, self._line = function.__module__, function.__code__.co_firstlineno

    def get_cache_path(self) -> str:
        """Folder of the module's loops."""
        return str(Path(config.CACHE_DIR) / self._module)

    def get_source_stamp(self) -> str:
        """Nothing to compare: another version of the bundle has another folder."""
        return ""

    def get_disambiguator(self) -> str:
        """Tell apart functions of one name."""
        return str(self._line)

    @classmethod
    def from_function(cls, function: Callable[..., object], _: str) -> Locator | None:
        """Locate a function's loops, unless nothing can be written there."""
        located = cls(function)
        try:
            located.ensure_cache_path()
        except OSError:
            return None
        return located
