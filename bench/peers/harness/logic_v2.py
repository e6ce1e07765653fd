"""nomenklatura's logic-v2, the matcher of the yente server, in process.

yente needs Elasticsearch to choose whom logic-v2 scores. Here a BM25 index over the same kinds of keys stands in: name
tokens (transliterated as the library does it), their phonetic keys, the library's own name symbols, and trigrams. It
gives logic-v2 the best 500 parties, the most that its server would ever score, so the stand-in is on the generous side;
the share of right parties among them is reported.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from followthemoney import EntityProxy, model
from followthemoney.names import entity_names
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.logic_v2.names.analysis import entity_names as analysed_names

from .lists import Name

CANDIDATES = 500
K1, B = 1.2, 0.75
WEIGHTS = {"token": 1.0, "sound": 0.8, "symbol": 1.0, "trigram": 0.3}

_ids = itertools.count()
_found = get_algorithm("logic-v2")
assert _found is not None
_algorithm = _found
_config = _algorithm.default_config()


def entity(schema: str, names: Iterable[str], weak: Iterable[str] = ()) -> EntityProxy:
    """Every entity gets an id of its own: the library caches a name's analysis by entity id."""
    properties = {"name": list(names), "weakAlias": list(weak)}
    return model.get_proxy({"id": f"e{next(_ids)}", "schema": schema, "properties": properties})


def score(query: EntityProxy, listed: EntityProxy) -> float:
    return _algorithm.compare(query, listed, _config).score


def analyse(listed: EntityProxy) -> None:
    """Fills the library's cache as its own comparison would."""
    analysed_names(listed, prop=None)


Key = tuple[str, str]


def keys(proxy: EntityProxy) -> Iterator[Key]:
    for name in entity_names(proxy):
        for part in name.parts:
            yield "token", part.comparable
            if part.metaphone:
                yield "sound", part.metaphone
            padded = f" {part.comparable} "
            for at in range(len(padded) - 2):
                yield "trigram", padded[at : at + 3]
        for symbol in name.symbols:
            yield "symbol", f"{symbol.category}:{symbol.id}"


class Candidates:
    """Parties of one list, found by BM25."""

    def __init__(self, names: Iterable[Name]) -> None:
        grouped: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            grouped[name.party].append(name)
        self.parties = list(grouped)
        self.entities = [
            entity(own[0].schema, (n.text for n in own if not n.weak), (n.text for n in own if n.weak))
            for own in grouped.values()
        ]
        counts = [Counter(keys(proxy)) for proxy in self.entities]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(1, len(lengths))
        postings: dict[Key, list[tuple[int, float]]] = defaultdict(list)
        for party, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            for key, times in count.items():
                weight = times * (K1 + 1) / (times + K1 * (1 - B + B * length / mean))
                postings[key].append((party, weight))
        self.postings = dict(postings)

    def nearest(self, query: EntityProxy) -> list[int]:
        total: dict[int, float] = defaultdict(float)
        for key in set(keys(query)):
            found = self.postings.get(key, [])
            rarity = WEIGHTS[key[0]] * math.log(1 + (len(self.parties) - len(found) + 0.5) / (len(found) + 0.5))
            for party, weight in found:
                total[party] += rarity * weight
        return heapq.nlargest(CANDIDATES, total, key=lambda party: (total[party], -party))

    def screen(self, query: EntityProxy, limit: int, least: float) -> tuple[list[tuple[str, float]], set[str]]:
        """Hits, best first, equal scores in the order of the candidate stage; and who was a candidate."""
        near = self.nearest(query)
        scored = [(self.parties[party], score(query, self.entities[party])) for party in near]
        hits = sorted((hit for hit in scored if hit[1] >= least), key=lambda hit: -hit[1])
        return hits[:limit], {self.parties[party] for party in near}
