"""Takes whose picture can't be decoded in places."""

from __future__ import annotations

from collections.abc import Sequence

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.findings import Finding, FindingKind
from lipsyncer.media import MediaInfo, Proxy, require_take
from lipsyncer.media.damage import damaged
from lipsyncer.settings.job import Settings


def find_damage(
    takes: Sequence[MediaInfo], proxies: Sequence[Proxy], settings: Settings
) -> tuple[Finding, ...]:
    """Find where takes can't be decoded, or refuse such takes, as the user wants.

    Parameters
    ----------
    takes, proxies
        The files, and what was decoded of each.

    Returns
    -------
    A finding for each place, in take time.

    Raises
    ------
    InputError
        When the user refuses such takes.
    """
    findings = []
    for index, (info, proxy) in enumerate(zip(takes, proxies, strict=True)):
        for start, end in damaged(require_take(info), proxy.source_times):
            if settings.damaged_source == "refuse":
                raise InputError(
                    info.path,
                    f"its picture can't be decoded from {start:.1f} s to {end:.1f} s; copy the "
                    "file again from the camera, or let the rest be delivered.",
                )
            findings.append(Finding(FindingKind.DAMAGED_SOURCE, index, source=(start, end)))
    return tuple(findings)
