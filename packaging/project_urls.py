"""Names in the package's metadata where it comes from, when a server's workflow builds it.

Nothing else knows: a copy of the repository may lie anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class ProjectUrls(MetadataHookInterface):
    """Fills ``project.urls``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the addresses of the repository that is being built."""
        metadata["urls"] = project_urls(os.environ)


def project_urls(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the addresses of the repository whose workflow is running; none outside of one."""
    server, repository = (
        environment.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY")
    )
    if not (server and repository):
        return {}
    page = f"{server}/{repository}"
    return {"Source": page, "Issues": f"{page}/issues", "Releases": f"{page}/releases"}
