"""Small statistics: F1, rank correlation, bootstrap and Wilson intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from .settings import SEED

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Interval = tuple[float, float]
DRAWS = 2_000


def precision_recall_f1(match: Mask, hit: Mask) -> tuple[float, float, float]:
    true = int(np.sum(match & hit))
    precision = true / max(1, int(hit.sum()))
    recall = true / max(1, int(match.sum()))
    return precision, recall, 2 * true / max(1, int(hit.sum()) + int(match.sum()))


def f1(match: Mask, hit: Mask) -> float:
    return precision_recall_f1(match, hit)[2]


def best_threshold(match: Mask, scores: Numbers) -> float:
    """The threshold with the highest F1 on these very rows: a favour done to whoever is given it."""
    return float(max(np.unique(scores), key=lambda t: (f1(match, scores >= t), t)))


def bootstrap(count: int, measure: Callable[[NDArray[np.int64]], float]) -> Interval:
    """95 % percentile interval of a measure over rows drawn with replacement."""
    rng = np.random.default_rng(SEED)
    values = [measure(rng.integers(0, count, count)) for _ in range(DRAWS)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def bootstrap_gap(one: tuple[Mask, Mask], other: tuple[Mask, Mask]) -> Interval:
    """Interval of F1(one) - F1(other), the two drawn independently."""
    rng = np.random.default_rng(SEED)

    def draw(match: Mask, hit: Mask) -> float:
        at = rng.integers(0, len(match), len(match))
        return f1(match[at], hit[at])

    low, high = np.nanpercentile([draw(*one) - draw(*other) for _ in range(DRAWS)], [2.5, 97.5])
    return float(low), float(high)


def spearman(one: Numbers, other: Numbers) -> float:
    if len(np.unique(one)) < 2 or len(np.unique(other)) < 2:
        return float("nan")
    return float(spearmanr(one, other).statistic)


def wilson(hits: int, count: int) -> Interval:
    """95 % interval of a share."""
    if count == 0:
        return 0.0, 1.0
    z = 1.959964
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5 / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def median(values: Sequence[float]) -> float:
    return float(np.median(values))
