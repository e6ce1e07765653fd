"""The command line of the harness: `bench/peers/run` sets it up and calls it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import document, pairs, ranking, throughput
from .interdict import Interdict
from .scorers import all_scorers
from .settings import FULL, QUICK, Settings


def run_pairs(settings: Settings) -> dict[str, Any]:
    interdict = Interdict(settings.binary, settings.work / "interdict")
    scorers = all_scorers(interdict if interdict.works() else None, settings.watchman, settings.work)
    return pairs.run(settings.shared / "names" / "pairs.csv", settings.root, scorers)


TASKS: dict[str, Callable[[Settings], dict[str, Any]]] = {
    "pairs": run_pairs,
    "ranking": ranking.run,
    "throughput": throughput.run,
}


def machine() -> dict[str, Any]:
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "unknown",
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 2**20
    return {"cpu": cpu, "cpus": os.cpu_count(), "memory_gib": memory, "load": os.getloadavg()[0]}


def revision(root: Path) -> str:
    done = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/peers/run", description=__doc__)
    parser.add_argument("tasks", nargs="*", choices=[*TASKS, "document", []], help="default: all, then the document")
    parser.add_argument("--quick", action="store_true", help="small samples, to see that everything works")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--watchman", type=Path, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    settings = Settings(arguments.root, arguments.watchman, QUICK if arguments.quick else FULL)
    if not (settings.shared / "names" / "pairs.csv").exists():
        parser.error(f"no names/ and data/ in {settings.shared}: set INTERDICT_DATA to the folder that holds them")
    settings.work.mkdir(parents=True, exist_ok=True)
    settings.results.mkdir(parents=True, exist_ok=True)
    for task in arguments.tasks or TASKS:
        if task == "document":
            continue
        before = machine()
        start = time.monotonic()
        result = TASKS[task](settings)
        result["run"] = {
            "date": time.strftime("%Y-%m-%d", time.gmtime()),
            "minutes": round((time.monotonic() - start) / 60, 1),
            "revision": revision(settings.root),
            "quick": arguments.quick,
            "machine": before,
        }
        (settings.results / f"{task}.json").write_text(json.dumps(result, indent=1))
        print(f"{task}: {result['run']['minutes']} minutes", flush=True)
    document.write(settings)


if __name__ == "__main__":
    main()
