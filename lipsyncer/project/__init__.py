"""Projects on disk: the cut and what it was made from, kept so that nothing is ever lost."""

from lipsyncer.project.data import Fingerprint, Project
from lipsyncer.project.files import SUFFIX, load_project, save_project
from lipsyncer.project.relink import (
    changed_media,
    find_media,
    fingerprint,
    open_with_media,
    relocated,
)

__all__ = [
    "SUFFIX",
    "Fingerprint",
    "Project",
    "changed_media",
    "find_media",
    "fingerprint",
    "load_project",
    "open_with_media",
    "relocated",
    "save_project",
]
