"""The section on labelled pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import plot
from .tables import bracket, percent, table, three

TENTHS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
AT_THRESHOLD = 40  # the curve starts at 0.30 in steps of 0.01


WORDS = """\
A peer's *own best* is the threshold with its highest F1 on these very pairs: a favour that interdict's 0.70 is not
given. *Strength* is the Spearman correlation of the score with how strongly the label is held (STRONG, MEDIUM, WEAK,
for or against). *Exactly 1.0* counts scores that leave nothing to order, and how many of them are on pairs labelled as
no match.
"""

HALVES = """\
interdict was tuned on one half of the name clusters only: `tools/pairs_eval.py` keeps them apart, and of the other half
only counts were ever seen. The peers know nothing of the halves: their difference shows how unequal the halves are.
"""


def section(result: dict[str, Any], plots: Path) -> str:
    systems = result["systems"]
    draw(systems, plots)
    parts = [
        f"### Labelled pairs at 0.70 ({result['rows']} pairs)\n",
        WORDS,
        overall(systems),
        halves(systems),
        "F1 (precision / recall) at 0.70 by group, schema and quality of the label:\n",
        slices(systems),
        f"![Precision against recall, by threshold]({plots.name}/pairs.svg)\n",
    ]
    return "\n".join(parts)


def overall(systems: dict[str, Any]) -> str:
    rows = []
    for system, own in systems.items():
        whole, best = own["slices"]["all"], own["best"]
        rows.append(
            (
                system,
                three(whole["precision"]),
                three(whole["recall"]),
                f"{three(whole['f1'])} {bracket(whole['interval'])}",
                f"{three(best['f1'])} at {best['threshold']:.2f}",
                f"{three(own['spearman'])} {bracket(own['spearman_interval'])}",
                f"{own['strong_wrong']} of {own['strong']}",
                f"{percent(own['exactly_one'])}, {own['exactly_one_not_matches']} no match",
            )
        )
    head = ("system", "precision", "recall", "F1", "F1 at own best", "strength", "STRONG wrong", "exactly 1.0")
    return table(head, rows)


def halves(systems: dict[str, Any]) -> str:
    if not all("half dev" in own["slices"] for own in systems.values()):
        return ""
    rows = []
    for system, own in systems.items():
        dev, held = own["slices"]["half dev"], own["slices"]["half held"]
        rows.append(
            (
                system,
                *(f"{three(half['f1'])} {bracket(half['interval'])} (n {half['n']})" for half in (dev, held)),
                bracket(own["gap"]),
            )
        )
    return HALVES + "\n" + table(("system", "F1, tuned on", "F1, kept apart", "difference"), rows)


def slices(systems: dict[str, Any]) -> str:
    names = [name for name in next(iter(systems.values()))["slices"] if name != "all" and not name.startswith("half")]
    rows = []
    for name in names:
        cells = [own["slices"][name] for own in systems.values()]
        told = (f"{c['f1']:.2f} ({c['precision']:.2f} / {c['recall']:.2f})" for c in cells)
        rows.append((name.removeprefix("case_group "), str(cells[0]["n"]), *told))
    return table(("slice", "n", *systems), rows)


def draw(systems: dict[str, Any], plots: Path) -> None:
    lines = []
    for system, own in systems.items():
        points = [(recall, precision) for precision, recall in own["curve"] if recall > 0]
        mark = own["curve"][AT_THRESHOLD]
        lines.append(plot.Line(system, points, [(mark[1], mark[0])]))
    across = plot.Axis("recall", 0.3, 1.0, TENTHS)
    up = plot.Axis("precision", 0.3, 1.0, TENTHS)
    plot.write(plots / "pairs.svg", "Labelled pairs by threshold; the dot is 0.70", across, up, lines)
