"""Every system as a function from labelled pairs to scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import Levenshtein

from . import logic_v2
from .interdict import Interdict
from .watchman import Ask, Watchman

# OFAC's sdn.csv calls these kinds so; anything else is left blank there.
OFAC_KINDS = {"Person": "individual", "Vessel": "vessel", "Airplane": "aircraft"}
MOST_RESULTS = 100  # the server shows no more, so a list of this many shows every score


@dataclass(frozen=True)
class Pair:
    schema: str
    one: str
    other: str


Scorer = Callable[[list[Pair]], list[float]]


def by_logic_v2(pairs: list[Pair]) -> list[float]:
    return [
        logic_v2.score(logic_v2.entity(pair.schema, [pair.one]), logic_v2.entity(pair.schema, [pair.other]))
        for pair in pairs
    ]


def by_rapidfuzz(ratio: Callable[..., float]) -> Scorer:
    def scorer(pairs: list[Pair]) -> list[float]:
        return [ratio(pair.one, pair.other, processor=utils.default_process) / 100 for pair in pairs]

    return scorer


def by_levenshtein(pairs: list[Pair]) -> list[float]:
    return [Levenshtein.normalized_similarity(pair.one.casefold(), pair.other.casefold()) for pair in pairs]


def by_interdict(interdict: Interdict) -> Scorer:
    return lambda pairs: interdict.compare([(pair.schema, pair.one, pair.other) for pair in pairs]).scores


def by_watchman(binary: Path, folder: Path) -> Scorer:
    """Watchman compares no two names alone: the second names become small OFAC lists, asked with the first ones."""

    def scorer(pairs: list[Pair]) -> list[float]:
        scores: list[float] = []
        for start in range(0, len(pairs), MOST_RESULTS):
            part = pairs[start : start + MOST_RESULTS]
            with Watchman(binary, [write_list(part, folder)], folder) as server:
                asks = [Ask(str(at), pair.schema, pair.one) for at, pair in enumerate(part)]
                hits = server.ask(asks, connections=2, limit=MOST_RESULTS, least=0.0).hits
            scores += [dict(hits[str(at)]).get(str(at + 1), 0.0) for at in range(len(part))]
        return scores

    return scorer


def write_list(pairs: list[Pair], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "sdn.csv"
    with open(file, "w", encoding="utf-8", newline="") as out:
        for at, pair in enumerate(pairs):
            kind = f'"{OFAC_KINDS[pair.schema]}"' if pair.schema in OFAC_KINDS else "-0- "
            name = pair.other.replace('"', '""')
            out.write(f'{at + 1},"{name}",{kind},"TEST"' + ",-0- " * 8 + "\r\n")
    return file


def all_scorers(interdict: Interdict | None, watchman: Path, folder: Path) -> dict[str, Scorer]:
    scorers: dict[str, Scorer] = {}
    if interdict is not None:
        scorers["interdict"] = by_interdict(interdict)
    scorers["logic-v2"] = by_logic_v2
    if watchman.exists():
        scorers["Watchman"] = by_watchman(watchman, folder / "watchman")
    scorers["rapidfuzz ratio"] = by_rapidfuzz(fuzz.ratio)
    scorers["rapidfuzz token_sort_ratio"] = by_rapidfuzz(fuzz.token_sort_ratio)
    scorers["rapidfuzz WRatio"] = by_rapidfuzz(fuzz.WRatio)
    scorers["Levenshtein"] = by_levenshtein
    return scorers
