"""Numbers and tables as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any


def three(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def bracket(interval: Sequence[float]) -> str:
    return f"[{three(interval[0])}, {three(interval[1])}]"


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


def share(result: dict[str, Any]) -> str:
    """A share with its interval, in percent."""
    if result["share"] is None:
        return "–"
    low, high = result["interval"]
    return f"{result['share'] * 100:.1f} % [{low * 100:.1f}, {high * 100:.1f}]"


def significant(value: float) -> str:
    """Three significant figures, with thousands apart."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    rounded = round(value, 2 - math.floor(math.log10(abs(value))))
    return f"{rounded:,.{digits}f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
