"""The cut for other editing programs: the same pictures at the same times, on the takes."""

from __future__ import annotations

from lipsyncer.handoff.write import SUFFIXES, Handoff, check_handoff, write_handoff

__all__ = ["SUFFIXES", "Handoff", "check_handoff", "write_handoff"]
