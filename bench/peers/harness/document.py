"""docs/benchmarks.md: each task's part, between its markers, is written from its last results; the rest is left as it is."""

from __future__ import annotations

import json
from typing import Any

from . import document_pairs, document_ranking, document_throughput
from .settings import Settings

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
    parts = {"introduction": INTRODUCTION}
    for task, section in SECTIONS.items():
        file = settings.results / f"{task}.json"
        if file.exists():
            result = json.loads(file.read_text())
            heading, rest = section(result, settings.plots).split("\n", 1)
            parts[task] = f"{heading}\n\n{told_of(result['run'])}\n{rest}"
    text = settings.document.read_text(encoding="utf-8") if settings.document.exists() else "# Benchmarks\n"
    for name in ("introduction", *SECTIONS):
        begin, end = f"<!-- bench/peers: {name} -->\n", f"<!-- bench/peers: {name} end -->\n"
        if begin not in text:
            text = f"{text.rstrip()}\n\n{begin}{end}"
        if name in parts:
            text = text[: text.index(begin) + len(begin)] + parts[name] + text[text.index(end) :]
    settings.document.write_text(text, encoding="utf-8")
    print(f"wrote {settings.document}")


def told_of(run: dict[str, Any]) -> str:
    machine = run["machine"]
    small = " **Small samples.**" if run["quick"] else ""
    return (
        f"Run of {run['date']}, revision `{run['revision']}`, on {machine['cpus']} × {machine['cpu']},"
        f" {machine['memory_gib']} GiB; load before {machine['load']:.1f}; {run['minutes']} minutes.{small}"
    )
