"""The section on throughput and the cost of a pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .stats import median
from .tables import significant, table

SERVERS = """\
The whole {list} list; names of invented people with one listed name in ten; ten hits at most, from 0.70 up. Watchman is
asked over HTTP on loopback with keep-alive connections, on all CPUs together with the client that asks. interdict's
figures here are of the batch command, from process start to the CSV on disk; both over HTTP stand under *Serving*. Medians
of three runs.
"""

SINGLE = """\
Against logic-v2, which runs on one CPU in Python, interdict too is held to one CPU. A *pair* is one invented or listed
name against one listed name of its kind; logic-v2's data is loaded beforehand, and interdict's time is the difference
of a long and a short file, so that neither's start counts. A *query* is the scoring of the same at most 500 candidates
that logic-v2's server would give it, analysing the query included; choosing them, and analysing or indexing the listed
names, is not counted for either (`bench/candidates_bench.cc`); processor time of both, in turns of 25 queries. The index
is asked for the first time, the process having just put ten other queries to another index; *in use* it has been asked them
itself. The last line gives interdict the whole list instead, start and files included.
"""


def section(result: dict[str, Any], plots: Path) -> str:
    parts = ["### Throughput\n", SERVERS.format(list=result["list"]), servers(result), SINGLE, single(result)]
    return "\n".join(parts)


def servers(result: dict[str, Any]) -> str:
    rows = []
    best = 0.0
    for connections, own in result.get("watchman", {}).get("by_connections", {}).items():
        speed = median(own["per_second"])
        best = max(best, speed)
        latency = f"{significant(median(own['latency']) * 1000)} ms"
        rows.append((f"Watchman, HTTP, {connections} connections", significant(speed), latency, ""))
    ours = result.get("interdict")
    if ours:
        whole, tenth = median(ours["seconds"]), median(ours["seconds_tenth"])
        speed = result["names"] / whole
        later = (result["names"] - ours["tenth"]) / max(1e-9, whole - tenth)
        for label, value in (("start included", speed), ("start taken off", later)):
            ratio = f"{significant(value / best)} ×" if best else ""
            rows.append((f"interdict, batch, {label}", significant(value), "", ratio))
    return table(("system", "names a second", "median latency", "to Watchman's best"), rows)


def single(result: dict[str, Any]) -> str:
    rows = []
    pairs = result["pairs"]
    fresh, again, ours = pairs["logic_v2_pair"], pairs["logic_v2_pair_analysed"], pairs.get("interdict_pair")

    def row(what: str, theirs: float, own: float | None, unit: float, name: str) -> tuple[str, str, str, str]:
        told = "–" if own is None else f"{significant(own * unit)} {name}"
        ratio = "–" if own is None else f"{significant(theirs / own)} ×"
        return what, f"{significant(theirs * unit)} {name}", told, ratio

    rows.append(row("a pair, both names new", fresh, ours, 1e6, "µs"))
    rows.append(row("a pair, logic-v2 having analysed both before", again, ours, 1e6, "µs"))
    query = None
    if "interdict" in result:
        query = median(result["interdict"]["seconds_tenth_one_cpu"]) / result["interdict"]["tenth"]
    given = result["candidates"]
    theirs = median(given["seconds"])
    if "interdict_seconds" in given:
        label = "a query with {:.0f} candidates (median)".format(median([float(count) for count in given["counts"]]))
        rows.append(row(label, theirs, median(given["interdict_seconds"]), 1e6, "µs"))
        rows.append(row("the same, of an index in use", theirs, median(given["interdict_in_use_seconds"]), 1e6, "µs"))
        rows.append(row("the same, every candidate scored in full", theirs, median(given["interdict_all_seconds"]), 1e6, "µs"))
    rows.append(row("the same against interdict with the whole list", theirs, query, 1e6, "µs"))
    return table(("", "logic-v2", "interdict", "ratio"), rows)
