"""Task 2: one alias per party taken out of the lists, then asked for; and names of people who are on no list."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import logic_v2, relearn, stats
from .holdout import KINDS, Query, hold_out
from .interdict import Interdict
from .lists import ListFile, all_lists
from .settings import SEED, THRESHOLD, Settings
from .watchman import Ask, Watchman

LIMIT = 10  # hits asked for
LEAST = 0.50  # hits below this are not asked for, of any system
CONNECTIONS = 4
FALSE_ALARM_SHARES = (0.001, 0.01, 0.05)

Hits = dict[str, list[tuple[str, float]]]


@dataclass
class Run:
    """What one system answered on one list."""

    held: Hits
    asked: int  # the first so many held-out queries
    invented: Hits = field(default_factory=dict)
    invented_asked: int = 0
    candidates: dict[str, float] = field(default_factory=dict)


def run(settings: Settings) -> dict[str, Any]:
    invented = invented_people(settings.shared / "names" / "invented_people.csv", settings.sizes.invented)
    data = settings.shared / "data"
    published = {listed: list(listed.names()) for listed in all_lists(data)}
    held_out = {listed: hold_out(names) for listed, names in published.items()}
    interdict = Interdict(settings.binary, settings.work / "interdict")
    learnt = None
    if interdict.works():
        texts = [query.text for queries in held_out.values() for query in queries]
        learnt = relearn.run(settings.root, data, texts, settings.work / "relearnt")
        if learnt is not None:
            interdict = Interdict(learnt, settings.work / "interdict")
    lists: dict[str, Any] = {}
    for listed, queries in held_out.items():
        names = published[listed]
        gone = {query.key for query in queries}
        folder = settings.work / "held" / listed.source
        files = listed.write_without(gone, folder)
        rest = type(listed)(listed.source, listed.label, folder if len(files) > 1 else files[0])
        left = list(rest.names())
        assert len(left) == len(names) - len(gone), f"{listed.label}: {len(names) - len(left)} names taken out"
        runs: dict[str, Run] = {}
        if interdict.works():
            runs["interdict"] = by_interdict(interdict, files, listed, queries, invented, settings)
        if listed.source == "us_ofac_sdn" and settings.watchman.exists():
            runs["Watchman"] = by_watchman(settings, files, queries, invented)
        runs["logic-v2"] = by_logic_v2(rest, queries, invented, settings)
        lists[listed.label] = {
            "parties": len({name.party for name in names}),
            "names": len(names),
            "held": len(queries),
            "kinds": {kind: sum(query.kind == kind for query in queries) for kind in KINDS},
            "systems": {system: summary(answer, queries) for system, answer in runs.items()},
            "paired": paired(runs, queries),
        }
    return {"limit": LIMIT, "least": LEAST, "threshold": THRESHOLD, "relearnt": learnt is not None, "lists": lists}


def invented_people(file: Path, count: int) -> list[Ask]:
    with open(file, newline="", encoding="utf-8") as source:
        names = [row["full_name"] for row in csv.DictReader(source)]
    random.Random(SEED).shuffle(names)
    return [Ask(f"i{at}", "Person", name) for at, name in enumerate(names[:count])]


def asks(queries: Iterable[Query]) -> list[Ask]:
    return [Ask(f"q{at}", query.schema, query.text) for at, query in enumerate(queries)]


def by_interdict(
    interdict: Interdict,
    files: list[Path],
    listed: ListFile,
    queries: list[Query],
    invented: list[Ask],
    settings: Settings,
) -> Run:
    print(f"ranking: interdict, {listed.label}", flush=True)
    database = interdict.load(files, listed.source)
    held = asks(queries[: settings.sizes.held_per_list])
    answers = interdict.screen(database, held + invented, limit=LIMIT, least=LEAST)
    return split(answers.hits, len(held), len(invented))


def by_watchman(settings: Settings, files: list[Path], queries: list[Query], invented: list[Ask]) -> Run:
    print("ranking: Watchman", flush=True)
    held = asks(queries[: settings.sizes.held_per_list])
    strangers = invented[: settings.sizes.watchman_invented]
    with Watchman(settings.watchman, files, settings.work / "watchman") as server:
        answers = server.ask(held + strangers, connections=CONNECTIONS, limit=LIMIT, least=LEAST)
    return split(answers.hits, len(held), len(strangers))


def by_logic_v2(rest: ListFile, queries: list[Query], invented: list[Ask], settings: Settings) -> Run:
    print(f"ranking: logic-v2, {rest.label}", flush=True)
    stage = logic_v2.Candidates(rest.names())
    held: Hits = {}
    found = 0
    asked = queries[: settings.sizes.logic_held_per_list]
    for ask, query in zip(asks(asked), asked, strict=True):
        held[ask.id], near = stage.screen(logic_v2.entity(ask.schema, [ask.name]), LIMIT, LEAST)
        found += query.party in near
    strangers = invented[: settings.sizes.logic_invented] if rest.source == "us_ofac_sdn" else []
    answers = {ask.id: stage.screen(logic_v2.entity("Person", [ask.name]), LIMIT, LEAST)[0] for ask in strangers}
    share = {"right party among the candidates": found / max(1, len(asked))}
    return Run(held, len(asked), answers, len(strangers), share)


def split(hits: Hits, held: int, invented: int) -> Run:
    return Run(
        {query: found for query, found in hits.items() if query.startswith("q")},
        held,
        {query: found for query, found in hits.items() if query.startswith("i")},
        invented,
    )


def rank(hits: list[tuple[str, float]], party: str, threshold: float) -> int | None:
    """From 1; None if the party is not among the hits at the threshold."""
    for place, (found, score) in enumerate(hits, 1):
        if found == party:
            return place if score >= threshold else None
    return None


def share(count: int, of: int) -> dict[str, Any]:
    return {"share": count / of if of else None, "of": of, "interval": stats.wilson(count, of)}


def ranks(answer: Run, queries: list[Query], count: int, threshold: float) -> list[int | None]:
    return [rank(answer.held.get(f"q{at}", []), query.party, threshold) for at, query in enumerate(queries[:count])]


def rates(places: list[int | None]) -> dict[str, Any]:
    first = sum(place == 1 for place in places)
    five = sum(place is not None and place <= 5 for place in places)
    return {"first": share(first, len(places)), "five": share(five, len(places))}


def summary(answer: Run, queries: list[Query]) -> dict[str, Any]:
    asked = queries[: answer.asked]
    shown = ranks(answer, queries, answer.asked, LEAST)
    at_threshold = ranks(answer, queries, answer.asked, THRESHOLD)
    result: dict[str, Any] = {
        "asked": answer.asked,
        "shown": rates(shown),
        "at_threshold": rates(at_threshold),
        "kinds": {
            kind: rates([place for place, query in zip(shown, asked, strict=True) if query.kind == kind])
            for kind in KINDS
        },
        **answer.candidates,
    }
    if answer.invented_asked:
        tops = [max((score for _, score in hits), default=0.0) for hits in answer.invented.values()]
        alarms = sum(top >= THRESHOLD for top in tops)
        result["false_alarms"] = share(alarms, answer.invented_asked)
        result["curve"] = curve(answer, queries, tops)
        result["at_equal_alarms"] = {
            str(allowed): at_alarms(result["curve"], allowed) for allowed in FALSE_ALARM_SHARES
        }
    return result


def curve(answer: Run, queries: list[Query], tops: list[float]) -> list[dict[str, float]]:
    """By threshold: invented people who raise an alarm, and held-out aliases whose party is in the top 5."""
    points = []
    for step in range(int(LEAST * 100), 101):
        threshold = step / 100
        places = ranks(answer, queries, answer.asked, threshold)
        points.append(
            {
                "threshold": threshold,
                "alarms": sum(top >= threshold for top in tops) / answer.invented_asked,
                "found": sum(place is not None and place <= 5 for place in places) / answer.asked,
            }
        )
    return points


def at_alarms(points: list[dict[str, float]], allowed: float) -> dict[str, float] | None:
    """The lowest threshold with no more false alarms than allowed."""
    return next((point for point in points if point["alarms"] <= allowed), None)


def paired(runs: dict[str, Run], queries: list[Query]) -> dict[str, Any]:
    """interdict and each peer on the very same held-out aliases: both rates and how often only one found the party."""
    if "interdict" not in runs:
        return {}
    result = {}
    for peer, answer in runs.items():
        if peer == "interdict":
            continue
        count = min(answer.asked, runs["interdict"].asked)
        ours, theirs = (ranks(runs[name], queries, count, LEAST) for name in ("interdict", peer))
        pairs = list(zip(ours, theirs, strict=True))
        result[peer] = {
            "asked": count,
            "interdict": rates(ours),
            "peer": rates(theirs),
            "only_interdict_first": sum(a == 1 and b != 1 for a, b in pairs),
            "only_peer_first": sum(b == 1 and a != 1 for a, b in pairs),
        }
    return result
