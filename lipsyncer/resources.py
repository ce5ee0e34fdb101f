"""Where shipped weights, pictures and pages lie: beside the modules, or above in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(kind: str, name: str) -> Path:
    """Path of a shipped file.

    Parameters
    ----------
    kind
        ``"models"``, ``"assets"`` or ``"docs"``.
    name
        File name within it.

    Raises
    ------
    FileNotFoundError
        When the installation lacks the file.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root / kind / name
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"The installation lacks {kind}/{name}; install Lipsyncer again to bring it back."
    )
