"""Which alias of each party is taken out of the lists and asked for.

One alias per party, drawn by a fixed seed from those that can be removed, that no other name of the same party repeats
and that no other party bears (then rank 1 would have no right answer). How hard a query is, is told by what remains:

* `close`: one name that remains has, for each of its words or for each of the query's, a word like it (Jaro-Winkler
  0.85, as in the study of peers);
* `partly`: some word is like some word of a name that remains;
* `other words`: none is: abbreviations, noms de guerre, translations. Hardly any can be found by name;
* `cross-script`: no name that remains is in the query's script.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from .lists import Name
from .settings import SEED

SIMILAR = 0.85
KINDS = ("close", "partly", "cross-script", "other words")


@dataclass(frozen=True)
class Query:
    party: str
    schema: str
    text: str
    key: str
    kind: str  # one of KINDS


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def folded(text: str) -> str:
    return " ".join(sorted(words(text)))


def script(text: str) -> str:
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "UNKNOWN").split()[0]
    return "NONE"


def kind(text: str, rest: Iterable[str]) -> str:
    rest = [other for other in rest if script(other) == script(text)]
    if not rest:
        return "cross-script"
    own = words(text)
    pairs = [(own, words(other)) for other in rest]
    if any(all_like(a, b) or all_like(b, a) for a, b in pairs):
        return "close"
    return "partly" if any(like(word, b) for a, b in pairs for word in a) else "other words"


def like(word: str, others: list[str]) -> bool:
    return any(JaroWinkler.similarity(word, other) >= SIMILAR for other in others)


def all_like(some: list[str], others: list[str]) -> bool:
    return bool(some) and all(like(word, others) for word in some)


def hold_out(names: Iterable[Name]) -> list[Query]:
    """All parties that have an alias to spare, in a random but fixed order."""
    parties: dict[str, list[Name]] = defaultdict(list)
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in names:
        parties[name.party].append(name)
        bearers[folded(name.text)].add(name.party)
    rng = random.Random(SEED)
    queries = []
    for party, own in sorted(parties.items()):
        spare = [
            name
            for name in own
            if name.key is not None
            and folded(name.text)
            and bearers[folded(name.text)] == {party}
            and sum(folded(other.text) == folded(name.text) for other in own) == 1
        ]
        if spare:
            chosen = rng.choice(spare)
            rest = [other.text for other in own if other is not chosen]
            queries.append(Query(party, chosen.schema, chosen.text, str(chosen.key), kind(chosen.text, rest)))
    rng.shuffle(queries)
    return queries
