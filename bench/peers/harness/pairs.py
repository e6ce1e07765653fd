"""Task 1: labelled name pairs at 0.70."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from . import stats
from .scorers import Pair, Scorer
from .settings import THRESHOLD

# Evidence for a match: a strong label is far from the middle, a weak one near it.
STRENGTH = {"STRONG": 3, "MEDIUM": 2, "": 2, "WEAK": 1}


def halves_of(rows: list[dict[str, str]], root: Path) -> list[str] | None:
    """The same dev and held halves as those the matcher was tuned by, from the tool that keeps them apart."""
    tool = root / "tools" / "pairs_eval.py"
    if not tool.exists():
        return None
    spec = importlib.util.spec_from_file_location("pairs_eval", tool)
    assert spec is not None and spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules["pairs_eval"] = module
    spec.loader.exec_module(module)
    halves: Callable[[list[dict[str, str]]], list[str]] = module.halves
    return halves(rows)


def slice_result(match: stats.Mask, hit: stats.Mask) -> dict[str, Any]:
    precision, recall, f1 = stats.precision_recall_f1(match, hit)
    interval = stats.bootstrap(len(match), lambda at: stats.f1(match[at], hit[at]))
    return {"n": len(match), "precision": precision, "recall": recall, "f1": f1, "interval": interval}


def run(file: Path, root: Path, scorers: dict[str, Scorer]) -> dict[str, Any]:
    with open(file, newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    pairs = [Pair(row["schema"], row["name1"], row["name2"]) for row in rows]
    match = np.array([row["is_match"].strip().lower() == "true" for row in rows])
    evidence = np.array(
        [STRENGTH[row["quality"]] * (1 if same else -1) for row, same in zip(rows, match, strict=True)], float
    )
    halves = halves_of(rows, root)
    slices = {"all": np.ones(len(rows), bool)}
    for column in ("case_group", "schema", "quality"):
        for value in sorted({row[column] for row in rows}):
            slices[f"{column} {value or 'blank'}"] = np.array([row[column] == value for row in rows])
    if halves is not None:
        for half in ("dev", "held"):
            slices[f"half {half}"] = np.array([own == half for own in halves])
    systems = {}
    for system, scorer in scorers.items():
        print(f"pairs: {system}", flush=True)
        systems[system] = judge(np.array(scorer(pairs)), match, evidence, slices)
    return {"rows": len(rows), "systems": systems}


def judge(scores: stats.Numbers, match: stats.Mask, evidence: stats.Numbers, slices: dict[str, stats.Mask]) -> Any:
    """All that is told of one system's scores."""
    best = stats.best_threshold(match, scores)
    hit = scores >= THRESHOLD
    strong = slices["quality STRONG"]
    thresholds = np.round(np.arange(0.3, 1.001, 0.01), 2)
    result: dict[str, Any] = {
        "slices": {name: slice_result(match[rows], hit[rows]) for name, rows in slices.items()},
        "best": {"threshold": best, **slice_result(match, scores >= best)},
        "spearman": stats.spearman(scores, evidence),
        "spearman_interval": stats.bootstrap(len(match), lambda at: stats.spearman(scores[at], evidence[at])),
        "strong_wrong": int(np.sum(strong & (hit != match))),
        "strong": int(strong.sum()),
        "exactly_one": float(np.mean(scores == 1.0)),
        "exactly_one_not_matches": int(np.sum((scores == 1.0) & ~match)),
        "curve": [list(stats.precision_recall_f1(match, scores >= t)[:2]) for t in thresholds],
    }
    if "half dev" in slices:
        dev, held = slices["half dev"], slices["half held"]
        result["gap"] = stats.bootstrap_gap((match[dev], hit[dev]), (match[held], hit[held]))
    return result
