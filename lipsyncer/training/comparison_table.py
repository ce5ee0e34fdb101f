"""The comparison of methods as a table for a person, and as plain values for a file."""

from __future__ import annotations

from typing import Any

import numpy as np

from lipsyncer.training.comparison import TITLES
from lipsyncer.training.evaluation import CHANCE
from lipsyncer.training.measures import WINDOWS


def as_json(table: dict[str, Any]) -> dict[str, Any]:
    """The table in plain values, for a file."""
    return table | {
        "lines": [
            vars(method)
            | {
                "accuracy": {str(k): round(v, 4) for k, v in method.accuracy.items()},
                "windows": {str(k): v for k, v in method.windows.items()},
            }
            for method in table["lines"]
        ]
    }


def as_text(table: dict[str, Any]) -> str:
    """The table as a person reads it."""
    lines = [
        f"Split “{table['split']}”: {table['clips']} clips, {table['speakers']} speakers, "
        f"{table['positions']} positions.",
        "",
        "Offset accuracy S-Off@K, % of windows within one frame "
        f"(31 offsets, chance {100 * CHANCE:.1f}); match of 16-frame pairs",
        f"{'method':38s}"
        + "".join(f"{'@' + str(k):>8s}" for k in WINDOWS)
        + "  Bin-16    AUC   @16 A   @16 B",
    ]
    for method in table["lines"]:
        figures = "".join(f"{_per_cent(method.accuracy.get(k)):>8s}" for k in WINDOWS)
        bin16 = _per_cent(method.bin16)
        area = "-" if method.auc is None else f"{method.auc:.3f}"
        parts = "".join(f"{_per_cent(share):>8s}" for share in method.parts or ())
        lines.append(f"{method.method:38s}{figures}{bin16:>8s}{area:>7s}{parts}")
    first = table["lines"][0]
    windows = "".join(f"{first.windows[k]:8d}" for k in WINDOWS)
    lines += [
        f"{'windows':38s}{windows}{first.pairs:8d} pairs",
        f"A: the {table['parts'][0]} clips of the largest source; "
        f"B: the {table['parts'][1]} of all others.",
    ]
    if table["missing"]:
        lines += ["", missing_sentence(table["missing"])]
    return "\n".join(lines)


def _per_cent(share: float | None) -> str:
    return "-" if share is None or np.isnan(share) else f"{100 * share:.1f}"


def missing_sentence(missing: list[str]) -> str:
    """What was not measured, and how to have it measured."""
    titles = ", ".join(f"{TITLES[name]} ({name})" for name in missing)
    return (
        f"Not measured, because the weights are missing: {titles}; make them with “lipsyncer "
        "train DATA --network NAME -o FILE” and name them with --baseline NAME=FILE."
    )
