"""docs/benchmarks.md: the part between the markers is written from the results, the rest is left as it is."""

from __future__ import annotations

import json
from typing import Any

from . import document_pairs, document_ranking, document_throughput
from .settings import Settings

BEGIN, END = "<!-- bench/peers: begin -->", "<!-- bench/peers: end -->"
SECTIONS = {
    "pairs": document_pairs.section,
    "ranking": document_ranking.section,
    "throughput": document_throughput.section,
}

INTRODUCTION = """\
## Beside the open peers

Measured by `bench/peers/run`, which installs the peers pinned (nomenklatura 4.13.0 with its logic-v2 and rapidfuzz from
PyPI, the Watchman server v0.61.1 from the Go module proxy), runs everything on the same names and the same list files,
and writes this part. Brackets are 95 % intervals: bootstrap over rows for F1 and rank correlation, Wilson for shares.

- **logic-v2** is the matcher of yente and nomenklatura, run in process. yente itself needs Elasticsearch; where a
  candidate stage is needed, a BM25 index over name tokens, sounds, the library's name symbols and trigrams stands in
  for it and hands on 500 parties, the most that yente would ever score.
- **Watchman** v0.61.1 (March 2026) is the newest release that the public module proxy would serve. It scores every
  listed party for every query. Later revisions, which could not be had here, put an index of name tokens before that.
- **rapidfuzz** and plain **Levenshtein** (normalised similarity of casefolded names) are the floor.
"""


def write(settings: Settings) -> None:
    results = {}
    for task in SECTIONS:
        file = settings.results / f"{task}.json"
        if file.exists():
            results[task] = json.loads(file.read_text())
    parts = [BEGIN, INTRODUCTION, runs(results)]
    for task, section in SECTIONS.items():
        if task in results:
            parts.append(section(results[task], settings.plots))
    parts.append(END)
    text = "\n".join(parts)
    old = settings.document.read_text(encoding="utf-8") if settings.document.exists() else "# Benchmarks\n"
    if BEGIN in old and END in old:
        text = old[: old.index(BEGIN)] + text + old[old.index(END) + len(END) :]
    else:
        text = f"{old.rstrip()}\n\n{text}\n"
    settings.document.write_text(text, encoding="utf-8")
    print(f"wrote {settings.document}")


def runs(results: dict[str, Any]) -> str:
    lines = ["| task | date | revision | machine | load before | minutes |", "|---|---|---|---|---|---|"]
    for task, result in results.items():
        run = result["run"]
        machine = run["machine"]
        where = f"{machine['cpus']} × {machine['cpu']}, {machine['memory_gib']} GiB"
        small = ", **small samples**" if run["quick"] else ""
        cells = (f"{task}{small}", run["date"], f"`{run['revision']}`", where, f"{machine['load']:.1f}")
        lines.append("| " + " | ".join((*cells, str(run["minutes"]))) + " |")
    return "\n".join(lines) + "\n"
