"""Task 3: names a second, on the same OFAC files and the same names; and the cost of comparing one pair."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path
from typing import Any

from . import logic_v2, stats
from .holdout import hold_out
from .interdict import Interdict
from .lists import Name, all_lists
from .ranking import asks, invented_people
from .settings import SEED, THRESHOLD, Settings
from .watchman import Ask, Watchman

CONNECTIONS = (1, 2, 4, 8)
REPEATS = 3
CANDIDATE_QUERIES = 200
CANDIDATE_BATCH = 25  # asked of one and then of the other, so that a machine's slower minutes fall on both
ONE_CPU = 0


def run(settings: Settings) -> dict[str, Any]:
    ofac = all_lists(settings.shared / "data")[0]
    names = list(ofac.names())
    files = ofac.write_without(set(), settings.work / "whole" / ofac.source)
    people = invented_people(settings.shared / "names" / "invented_people.csv", settings.sizes.invented)
    mixed = mix(people, asks(hold_out(names)))
    interdict = Interdict(settings.binary, settings.work / "interdict")
    ours = interdict if interdict.works() else None
    database = ours.load(files, "throughput") if ours else None
    result: dict[str, Any] = {"list": ofac.label, "names": len(mixed)}
    if settings.watchman.exists():
        result["watchman"] = watchman(settings, files, mixed[: settings.sizes.watchman_requests])
    if ours and database:
        print("throughput: interdict", flush=True)
        few = mixed[: len(mixed) // 10]
        result["interdict"] = {
            "seconds": repeat(lambda: ours.screen(database, mixed, limit=10, least=THRESHOLD).seconds),
            "seconds_tenth": repeat(lambda: ours.screen(database, few, limit=10, least=THRESHOLD).seconds),
            "seconds_tenth_one_cpu": repeat(
                lambda: ours.screen(database, few, limit=10, least=THRESHOLD, cpu=ONE_CPU).seconds
            ),
            "tenth": len(few),
        }
    result["pairs"] = pairs(settings, names, mixed, ours)
    result["candidates"] = candidates(settings, names, mixed[:CANDIDATE_QUERIES])
    return result


def mix(people: list[Ask], listed: list[Ask]) -> list[Ask]:
    """Mostly people on no list, as customers are, and one in ten a listed name."""
    rng = random.Random(SEED)
    some = rng.sample(listed, min(len(listed), len(people) // 9))
    both = [Ask(f"m{at}", ask.schema, ask.name) for at, ask in enumerate(people + some)]
    rng.shuffle(both)
    return both


def repeat(measure: Any) -> list[float]:
    return [measure() for _ in range(REPEATS)]


def watchman(settings: Settings, files: list[Any], names: list[Ask]) -> dict[str, Any]:
    result: dict[str, Any] = {"requests": len(names), "by_connections": {}}
    with Watchman(settings.watchman, files, settings.work / "watchman") as server:
        server.ask(names[:50], connections=4, limit=10, least=THRESHOLD)  # warm up
        for connections in CONNECTIONS:
            print(f"throughput: Watchman, {connections} connections", flush=True)
            runs = [server.ask(names, connections=connections, limit=10, least=THRESHOLD) for _ in range(REPEATS)]
            result["by_connections"][str(connections)] = {
                "per_second": [len(names) / answer.seconds for answer in runs],
                "latency": [stats.median(answer.latencies) for answer in runs],
            }
    return result


def pairs(settings: Settings, names: list[Name], mixed: list[Ask], ours: Interdict | None) -> dict[str, Any]:
    """A query name against a listed name of the same kind, drawn at random; one CPU each."""
    rng = random.Random(SEED)
    by_schema: dict[str, list[str]] = {}
    for name in names:
        by_schema.setdefault(name.schema, []).append(name.text)
    count = settings.sizes.compare_pairs
    drawn = [
        (ask.schema, ask.name, rng.choice(by_schema[ask.schema]))
        for ask in rng.choices(mixed, k=count * settings.sizes.compare_factor)
    ]
    few = drawn[:count]
    entities = [(logic_v2.entity(schema, [one]), logic_v2.entity(schema, [other])) for schema, one, other in few]
    print("throughput: pairs", flush=True)
    logic_v2.score(*entities[0])  # loads the library's own data
    fresh = timed(lambda: [logic_v2.score(one, other) for one, other in entities])
    again = timed(lambda: [logic_v2.score(one, other) for one, other in entities])
    result: dict[str, Any] = {"logic_v2_pair": fresh / count, "logic_v2_pair_analysed": again / count}
    if ours:
        # The cost of starting is in both, so the difference is the comparing (and reading and writing the CSV).
        many = stats.median(repeat(lambda: ours.compare(drawn, cpu=ONE_CPU).seconds))
        less = stats.median(repeat(lambda: ours.compare(few, cpu=ONE_CPU).seconds))
        result["interdict_pair"] = (many - less) / (len(drawn) - len(few))
        result["interdict_pairs"] = len(drawn)
    return result


def candidates(settings: Settings, names: list[Name], queries: list[Ask]) -> dict[str, Any]:
    """Seconds per query for the at most 500 candidates that logic-v2's own server would have scored: by both, on one CPU."""
    print("throughput: the same candidates", flush=True)
    stage = logic_v2.Candidates(names)
    by_party: dict[str, list[Name]] = {}
    for name in names:
        by_party.setdefault(name.party, []).append(name)
    result: dict[str, Any] = {"seconds": [], "counts": []}
    blocks = settings.work / "candidates.tsv"
    for first in range(0, len(queries), CANDIDATE_BATCH):
        with open(blocks, "w", encoding="utf-8") as file:
            for ask in queries[first : first + CANDIDATE_BATCH]:
                file.write(f"query\t{ask.schema}\t{one_line(ask.name)}\n")
                query = logic_v2.entity(ask.schema, [ask.name])
                nearest = stage.nearest(query)
                for name in (name for party in nearest for name in by_party[stage.parties[party]]):
                    file.write(f"candidate\t{name.party}\t{name.schema}\t{one_line(name.text)}\n")
                by_logic_v2(query, [stage.entities[party] for party in nearest], result)
        if settings.candidates_bench.exists():
            by_interdict(settings, blocks, result)
    return result


def by_logic_v2(query: Any, near: list[Any], result: dict[str, Any]) -> None:
    for listed in near:
        logic_v2.analyse(listed)  # a favour: its server gets listed parties unanalysed from Elasticsearch
    # Processor time, as on the other side: neither pays for what else the machine does.
    start = time.thread_time()
    for listed in near:
        logic_v2.score(query, listed)
    result["seconds"].append(time.thread_time() - start)
    result["counts"].append(len(near))


def by_interdict(settings: Settings, blocks: Path, result: dict[str, Any]) -> None:
    command = ["taskset", "-c", str(ONE_CPU), settings.candidates_bench, blocks]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        _, first_time, all_of_them, in_use = line.split("\t")
        result.setdefault("interdict_seconds", []).append(float(first_time) / 1e6)
        result.setdefault("interdict_all_seconds", []).append(float(all_of_them) / 1e6)
        result.setdefault("interdict_in_use_seconds", []).append(float(in_use) / 1e6)


def one_line(name: str) -> str:
    return " ".join(name.split())


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
