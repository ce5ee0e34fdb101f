"""What a person should look at: each such thing is one value, worded in one table."""

from lipsyncer.findings.finding import Finding, FindingKind
from lipsyncer.findings.wording import WORDING, sentence

__all__ = ["WORDING", "Finding", "FindingKind", "sentence"]
