"""Takes whose picture can't be decoded in places."""

from __future__ import annotations

from collections.abc import Sequence

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.media import MediaInfo, Proxy, require_take
from lipsyncer.media.damage import damaged
from lipsyncer.settings.job import Settings


def broken_takes(
    takes: Sequence[MediaInfo], proxies: Sequence[Proxy], settings: Settings
) -> tuple[str, ...]:
    """Say which takes can't be decoded in places, or refuse them, as the user wants.

    Parameters
    ----------
    takes, proxies
        The files, and what was decoded of each.

    Returns
    -------
    A sentence for each place.

    Raises
    ------
    InputError
        When the user wants none such.
    """
    warnings = []
    for info, proxy in zip(takes, proxies, strict=True):
        for start, end in damaged(require_take(info), proxy.source_times):
            where = f"{start:.1f} s to {end:.1f} s"
            if settings.broken_source == "refuse":
                raise InputError(
                    info.path,
                    f"its picture can't be decoded from {where}; copy the file again from where "
                    "it was recorded, or let the rest be delivered.",
                )
            warnings.append(
                f"{info.path.name}: Its picture can't be decoded from {where} and stands still "
                "there; copy the file again from where it was recorded."
            )
    return tuple(warnings)
