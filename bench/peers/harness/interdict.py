"""interdict, through its command line."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .watchman import Answers, Ask


@dataclass(frozen=True)
class Timed:
    scores: list[float]
    seconds: float


class Interdict:
    def __init__(self, binary: Path, folder: Path) -> None:
        self.binary = binary
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def works(self) -> bool:
        try:
            return self.compare([("Person", "Ada Lovelace", "Ada Lovelace")]).scores == [1.0]
        except (OSError, subprocess.CalledProcessError, KeyError, ValueError):
            return False

    def compare(self, pairs: list[tuple[str, str, str]], cpu: int | None = None) -> Timed:
        given, told = self.folder / "pairs.csv", self.folder / "scores.csv"
        with open(given, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("schema", "name1", "name2"))
            writer.writerows(pairs)
        seconds = self._run("compare", "--csv", str(given), "--out", str(told), cpu=cpu)
        with open(told, newline="", encoding="utf-8") as file:
            return Timed([float(row["score"]) for row in csv.DictReader(file)], seconds)

    def load(self, files: list[Path], name: str) -> Path:
        database = self.folder / f"{name}.db"
        for old in self.folder.glob(f"{name}.db*"):
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink()
        self._run("update", "--db", str(database), "--from", *map(str, files))
        return database

    def screen(self, database: Path, asks: list[Ask], *, limit: int, least: float, cpu: int | None = None) -> Answers:
        given, told = self.folder / "queries.csv", self.folder / "hits.csv"
        with open(given, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "name", "schema"))
            writer.writerows((ask.id, ask.name, ask.schema) for ask in asks)
        options = ("--threshold", str(least), "--limit", str(limit))
        seconds = self._run("screen", "--db", str(database), "--csv", str(given), "--out", str(told), *options, cpu=cpu)
        hits: dict[str, list[tuple[str, float]]] = defaultdict(list)
        with open(told, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                hits[row["query_id"]].append((row["listing_id"].partition(":")[2], float(row["score"])))
        return Answers(dict(hits), [], seconds)

    def _run(self, *arguments: str, cpu: int | None = None) -> float:
        pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        start = time.perf_counter()
        subprocess.run([*pinned, self.binary, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
        return time.perf_counter() - start
