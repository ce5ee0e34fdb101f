"""What a person should look at: each such thing is one value, worded in one table."""

from lipsyncer.findings.finding import Finding, FindingKind
from lipsyncer.findings.summary import (
    CORRECTIONS,
    SUMMARY_WORDING,
    Correction,
    Summary,
    summary_sentence,
)
from lipsyncer.findings.wording import WORDING, sentence

__all__ = [
    "CORRECTIONS",
    "SUMMARY_WORDING",
    "WORDING",
    "Correction",
    "Finding",
    "FindingKind",
    "Summary",
    "sentence",
    "summary_sentence",
]
