"""Settings on disk: read leniently, checked against what their dataclass declares, kept whole."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.settings.limits import Limits
from lipsyncer.whole_file import write_text

T = TypeVar("T")


def load_values(path: Path) -> dict[str, Any]:
    """Read the values in a file; none where there is no file or it makes no sense."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def save_values(values: Any, path: Path) -> None:
    """Write a dataclass to a file, which changes when the new one is whole.

    Raises
    ------
    OutputError
        When it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dataclasses.asdict(values), indent=2, ensure_ascii=False)
        write_text(path, text + "\n")
    except (OSError, OutputError) as error:
        raise OutputError(
            path, "the settings can't be saved; check the permissions of the folder."
        ) from error


def from_values(kind: type[T], values: object) -> T:
    """Make settings of plain values; whatever is missing or does not fit has its default.

    Parameters
    ----------
    kind
        A dataclass whose fields have defaults. ``limits`` in the metadata of a number bound it.
    """
    stored = values if isinstance(values, Mapping) else {}
    fields: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(kind)  # type: ignore[arg-type]
    names = [item.name for item in fields]
    return kind(**{name: stored[name] for name in names if fits(kind, name, stored.get(name))})


def fits(kind: type, name: str, value: object) -> bool:
    """Whether a value is one that a dataclass's field may have, by its type and its limits."""
    wanted = get_type_hints(kind)[name]
    if choices := get_args(wanted):
        return value in choices
    if type(value) is not wanted:
        return False
    (item,) = (item for item in dataclasses.fields(kind) if item.name == name)
    limits: Limits | None = item.metadata.get("limits")
    return limits is None or (isinstance(value, int | float) and value in limits)
