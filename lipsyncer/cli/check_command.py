"""Whether a file meets a platform's requirements, line by line."""

from __future__ import annotations

import argparse
import json
from typing import TextIO

from lipsyncer.render.check import Check, check
from lipsyncer.render.presets import PRESETS

UNFIT = 5
"""Exit code for a file that does not meet the requirements."""


def check_file(arguments: argparse.Namespace, person: TextIO) -> int:
    """Measure a file against a platform's demands and print the outcome."""
    preset = PRESETS[arguments.preset]
    checks = check(arguments.file, preset)
    failed = [line for line in checks if not line.passed]
    if arguments.json:
        values = {"file": arguments.file.name, "preset": arguments.preset, "passed": not failed}
        rows = [
            # Other programs read these names.
            {"name": c.name, "found": c.actual, "wanted": c.wanted, "passed": c.passed}
            for c in checks
        ]
        print(json.dumps({**values, "checks": rows}, indent=1))
    else:
        print("\n".join(table(checks)))
        name = arguments.file.name
        if failed:
            wrong = ", ".join(line.name for line in failed)
            print(f"{name} does not meet the requirements of {preset.name}: {wrong}.")
        else:
            print(f"{name} meets the requirements of {preset.name}.")
    return UNFIT if failed else 0


def table(checks: list[Check]) -> list[str]:
    """Lay out the checks as lines of text; what failed is told by a word, not by colour."""
    names = max(len(line.name) for line in checks)
    actual = max(len(line.actual) for line in checks)
    return [
        f"{'ok  ' if line.passed else 'NOT '} {line.name:<{names}}  {line.actual:<{actual}}"
        f"  (required: {line.wanted})"
        for line in checks
    ]
