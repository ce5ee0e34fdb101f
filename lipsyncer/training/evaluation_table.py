"""The evaluation as a table for a person, and as plain values for a file."""

from __future__ import annotations

from typing import Any

from lipsyncer.training.distort import FAMILIES
from lipsyncer.training.evaluation import CHANCE, Figures
from lipsyncer.training.measures import WINDOWS


def as_json(table: dict[str, Any]) -> dict[str, Any]:
    """The table in plain values, for a file."""
    return table | {"conditions": {k: _plain(v) for k, v in table["conditions"].items()}}


def _plain(figures: Figures) -> dict[str, Any]:
    offsets = [
        {
            "scorer": r.scorer,
            "accuracy": {str(k): round(v, 4) for k, v in r.accuracy.items()},
            "windows": {str(k): v for k, v in r.windows.items()},
            "whole_clips": round(r.whole, 4),
        }
        for r in figures.offsets
    ]
    return {"positions": figures.positions, "offsets": offsets, "match": figures.match}


def as_text(table: dict[str, Any]) -> str:
    """The table as a person reads it."""
    lines = [f"Split “{table['split']}”: {table['clips']} clips, {table['speakers']} speakers."]
    lines += [
        "",
        "Offset accuracy S-Off@K, % of windows within one frame "
        f"(31 offsets, chance {100 * CHANCE:.1f})",
    ]
    for condition, figures in table["conditions"].items():
        lines += ["", *_offsets(condition, figures, table["clips"])]
    lines += _matches(table["conditions"])
    if table["recovery"]:
        lines += _recovery(table["recovery"])
    if "harm" in table:
        h = table["harm"]
        lines += [
            "",
            f"Do no harm: {h['moved']} of {h['clips']} in-sync clips moved by more than one frame.",
        ]
    return "\n".join(lines)


def _offsets(condition: str, figures: Figures, clips: int) -> list[str]:
    title = f"{condition}, {figures.positions} positions"
    lines = [f"{title:40s}" + "".join(f"{'@' + str(k):>8s}" for k in WINDOWS) + f"{'clips':>8s}"]
    for r in figures.offsets:
        shares = "".join(f"{100 * r.accuracy[k]:8.1f}" for k in WINDOWS)
        lines.append(f"{r.scorer:40s}{shares}{100 * r.whole:8.1f}")
    windows = "".join(f"{figures.offsets[0].windows[k]:8d}" for k in WINDOWS)
    return [*lines, f"{'windows':40s}{windows}{clips:8d}"]


def _matches(conditions: dict[str, Figures]) -> list[str]:
    lines = [
        f"{condition:24s}{100 * f.match['accuracy']:10.1f}{f.match['auc']:8.3f}"
        f"{f.match['calibration_error']:19.3f}{f.match['pairs']:8.0f}"
        for condition, f in conditions.items()
        if f.match is not None
    ]
    if not lines:
        return []
    return [
        "",
        "Match of 16-frame pairs",
        f"{'condition':24s}{'accuracy':>10s}{'AUC':>8s}{'calibration error':>19s}{'pairs':>8s}",
        *lines,
    ]


def _recovery(recovery: dict[str, dict[str, Any]]) -> list[str]:
    lines = [
        "",
        "Warp recovery, lips only: mean |error| in frames, % of voiced positions within "
        "-125/+45 ms and within -60/+40 ms",
        f"{'condition':24s}{'family':12s}{'AFE':>7s}{'-125/+45':>10s}{'-60/+40':>9s}"
        f"{'AFE before':>12s}{'takes':>7s}{'positions':>11s}",
    ]
    for condition, families in recovery.items():
        for family in (*FAMILIES, "all"):
            f = families[family]
            lines.append(
                f"{condition:24s}{family:12s}{f['afe']:7.2f}{100 * f['detectable']:10.1f}"
                f"{100 * f['strict']:9.1f}{f['uncorrected']['afe']:12.2f}{f['takes']:7d}"
                f"{f['positions']:11d}"
            )
    return lines
