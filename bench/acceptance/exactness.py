#!/usr/bin/env python3
"""Indexed answers against exhaustive ones, byte for byte, on queries made from the lists that are loaded.

    bench/acceptance/exactness.py --db STORE [--queries 2000] [--thresholds 0.5,0.6,0.7,0.8,0.9,0.95] [--invented NAMES.csv]
                                  [--seed 1] [--threads 1] [--binary INTERDICT]

Every query is asked at every threshold. The exhaustive side scores every listed name once, at the lowest threshold; its
answer at a higher one is the same with that threshold and without the hits below it, for hits come best first.

Queries are listed names as they stand and damaged: typos, dropped, doubled, joined and swapped words, initials, what stands
beside a name (brackets, former names, numbers), other scripts (listed names that are not Latin), with the party's own or another
birth date, country and identifiers, and identifiers under another party's name; with --invented (names in the first column) every
fourth is a person who is not listed.
"""
import argparse
import collections
import contextlib
import csv
import datetime
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"
NAMES = ("name", "alias", "weakAlias", "previousName")
IDENTIFIERS = ("passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "swiftBic", "publicKey")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DECODER = json.JSONDecoder()
# Scoring every name reads memory all over: with huge pages it takes a quarter less (glibc; elsewhere this says nothing).
ENVIRONMENT = os.environ | {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
BATCH = 5000  # bounds the files written
TODAY = datetime.datetime.now(datetime.timezone.utc).date().isoformat()  # answers name the day asked about; runs pass midnight
SHOWN = 50  # of the answers that differ


def typo(name: str, rng: random.Random) -> str:
    if len(name) < 4:
        return name
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + rng.choice(LETTERS) + name[at:]
    if kind == 2:
        return name[:at] + rng.choice(LETTERS) + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def damage(name: str, rng: random.Random) -> tuple[str, str]:
    words = name.split()
    kind = rng.choice(("as listed", "typo", "two typos", "dropped", "doubled", "joined", "swapped", "initial", "added", "beside"))
    if kind == "typo":
        name = typo(name, rng)
    elif kind == "two typos":
        name = typo(typo(name, rng), rng)
    elif kind == "dropped" and len(words) > 1:
        words.pop(rng.randrange(len(words)))
        name = " ".join(words)
    elif kind == "doubled":
        words.insert(0, rng.choice(words))
        name = " ".join(words)
    elif kind == "joined" and len(words) > 1:
        at = rng.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1]]
        name = " ".join(words)
    elif kind == "swapped" and len(words) > 1:
        rng.shuffle(words)
        name = " ".join(words)
    elif kind == "initial" and len(words) > 1:
        at = rng.randrange(len(words))
        words[at] = words[at][0] + "."
        name = " ".join(words)
    elif kind == "added":
        name += " " + rng.choice(("Holding", "Ivan", "Trading", "Mohammed", "III"))
    elif kind == "beside":
        name = rng.choice(("{} (Baku branch)", "Orlan, formerly {}", "{} a.k.a. Orlan", "M/V {}", "{} 600122610", "{} (ORVK)")).format(name)
    return name, kind


def listed_parties(db: str, binary: pathlib.Path = BINARY) -> list[dict]:
    export = subprocess.run([binary, "export", "--db", db], stdout=subprocess.PIPE, check=True).stdout
    parties = [json.loads(line) for line in export.splitlines()]
    return [p for p in parties if p["properties"].get("name")]


def write_queries(path: pathlib.Path, parties: list[dict], count: int, rng: random.Random, invented: list[str] = ()) -> collections.Counter[str]:
    """`count` queries made from the parties, as a batch file; how many of each kind."""
    with_numbers = [p for p in parties if any(p["properties"].get(i) for i in IDENTIFIERS)]
    kinds: collections.Counter[str] = collections.Counter()
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "schema", "birth_date", "country", "id_number"))
        for number in range(count):
            party = rng.choice(parties)
            props = party["properties"]
            name = rng.choice([value for prop in NAMES for value in props.get(prop, ())])
            query, kind = damage(name, rng)
            if not name.isascii():
                kind += ", not ASCII"
            birth = country = identifier = ""
            if rng.random() < 0.3:
                birth = rng.choice(props.get("birthDate", ["1960-01-01"]))
                if rng.random() < 0.3:
                    birth = str(int(birth[:4]) + rng.choice((-1, 1, 20))) + birth[4:]
                if birth[5:] == "02-29":
                    birth = birth[:4]
            if rng.random() < 0.3:
                country = rng.choice(props.get("country", ["by"]))
            if rng.random() < 0.2:
                other = rng.choice(with_numbers)["properties"]
                identifier = rng.choice([value for i in IDENTIFIERS for value in other.get(i, ())]).replace(";", " ")
                kind += ", another's number"
            schema = rng.choice((party["schema"], "", "Thing", "LegalEntity"))
            if schema not in ("", "Thing", "LegalEntity", "Person", "Company", "Organization", "Vessel", "Airplane"):
                schema = ""
            if invented and number % 4 == 0:
                query, kind, schema = rng.choice(invented), "invented", "Person"
            rows.writerow((number, query, schema, birth, country if len(country) == 2 else "", identifier))
            kinds[kind] += 1
    return kinds


def answers_at(exhaustive: bytes, thresholds: list[str]) -> list[tuple[bytes, int]]:
    """What the answer is at each threshold, where it is given at the first, and its number of hits."""
    text = exhaustive.decode()
    start = text.index('"hits":[') + len('"hits":[')
    before = text[:start].removesuffix(f'"threshold":{thresholds[0]},"hits":[')
    scores, ends = [], [start]
    while text[ends[-1]] != "]":
        hit, end = DECODER.raw_decode(text, ends[-1] + (1 if scores else 0))
        scores.append(hit["score"])
        ends.append(end)
    counts = [sum(score >= float(threshold) for score in scores) for threshold in thresholds]
    return [
        (f'{before}"threshold":{threshold},"hits":[{text[start : ends[count]]}]}}'.encode(), count)
        for threshold, count in zip(thresholds, counts, strict=True)
    ]


def screen(options: argparse.Namespace, queries: pathlib.Path, out: pathlib.Path, threshold: str, *mode: str) -> float:
    """Writes the answers to `out`; seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([options.binary, "screen", "--db", options.db, "--csv", queries, "--out", out, "--limit", "0",
                    "--as-of", TODAY, "--threshold", threshold, "--threads", str(options.threads), *mode],
                   check=True, stderr=subprocess.DEVNULL, env=ENVIRONMENT)  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--thresholds", default="0.5,0.6,0.7,0.8,0.9,0.95")
    parser.add_argument("--invented", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--binary", type=pathlib.Path, default=BINARY)
    options = parser.parse_args()
    thresholds = sorted(options.thresholds.split(","), key=float)
    invented = []
    if options.invented:
        with options.invented.open(encoding="utf-8") as file:
            invented = [row[0] for row in csv.reader(file)][1:]
    rng = random.Random(options.seed)
    kinds: collections.Counter[str] = collections.Counter()
    hits: collections.Counter[str] = collections.Counter()
    parties = listed_parties(options.db, options.binary)
    seconds = {"indexed": 0.0, "exhaustive": 0.0}
    asked = differ = 0
    while asked < options.queries:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            queries = folder / "queries.csv"
            count = min(BATCH, options.queries - asked)
            kinds += write_queries(queries, parties, count, rng, invented)
            plain = folder / "exhaustive.jsonl"
            seconds["exhaustive"] += screen(options, queries, plain, thresholds[0], "--exhaustive")
            by_index = [folder / f"{threshold}.jsonl" for threshold in thresholds]
            for threshold, out in zip(thresholds, by_index, strict=True):
                seconds["indexed"] += screen(options, queries, out, threshold)
            with contextlib.ExitStack() as files:
                opened = [files.enter_context(path.open("rb")) for path in (plain, *by_index)]
                for answer, *indexed in zip(*opened, strict=True):
                    for threshold, ours, (expected, found) in zip(
                        thresholds, indexed, answers_at(answer.rstrip(b"\n"), thresholds), strict=True
                    ):
                        hits[threshold] += found
                        if ours.rstrip(b"\n") != expected:
                            differ += 1
                            if differ <= SHOWN:
                                print("DIFFERS at", threshold, json.loads(ours)["query"], flush=True)
            asked += count
        print(f"{asked} queries, {differ} answers differ; processor time: indexed {seconds['indexed']:.0f} s, "
              f"exhaustive {seconds['exhaustive']:.0f} s", file=sys.stderr, flush=True)  # fmt: skip
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")
    for threshold in thresholds:
        print(f"{hits[threshold]:8} hits at {threshold}")
    print(f"processor time: indexed {seconds['indexed']:.0f} s, exhaustive {seconds['exhaustive']:.0f} s")
    print(f"{asked} queries at each of {len(thresholds)} thresholds, {differ} answers differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
