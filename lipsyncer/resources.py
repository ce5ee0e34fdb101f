"""Where shipped weights, pictures and pages lie, and where newer versions do."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(kind: str, name: str) -> Path:
    """Path of a shipped file: beside the modules, or above in a checkout.

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


def releases_page() -> str | None:
    """Address of the page with newer versions; None where the package was built without one."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        named = metadata("lipsyncer").get_all("Project-URL") or []
    except PackageNotFoundError:  # run from a checkout that was never installed
        return None
    return dict(entry.split(", ", 1) for entry in named).get("Releases")
