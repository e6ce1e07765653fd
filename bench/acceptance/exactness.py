#!/usr/bin/env python3
"""Indexed answers against exhaustive ones, hit for hit, on queries made from the lists that are loaded.

    bench/acceptance/exactness.py --db STORE [--queries 2000] [--thresholds 0.5,0.6,0.7,0.8,0.9,0.95] [--invented NAMES.csv] [--seed 1]

The queries are dealt out evenly over the thresholds.

Queries are listed names as they stand and damaged: typos, dropped, doubled, joined and swapped words, initials, other
scripts (listed names that are not Latin), with the party's own or another birth date, country and identifiers, and identifiers
under another party's name; with --invented (names in the first column) every fourth is a person who is not listed. Both answers are written as files and compared byte for byte.
"""
import argparse
import collections
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"
NAMES = ("name", "alias", "weakAlias", "previousName")
IDENTIFIERS = ("passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "swiftBic", "publicKey")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


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
    kind = rng.choice(("as listed", "typo", "two typos", "dropped", "doubled", "joined", "swapped", "initial", "added"))
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
    return name, kind


def write_queries(path: pathlib.Path, db: str, count: int, rng: random.Random, invented: list[str] = ()) -> collections.Counter[str]:
    """`count` queries made from the parties loaded, as a batch file; how many of each kind."""
    export = subprocess.run([BINARY, "export", "--db", db], stdout=subprocess.PIPE, check=True).stdout
    parties = [json.loads(line) for line in export.splitlines()]
    parties = [p for p in parties if p["properties"].get("name")]
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--thresholds", default="0.5,0.6,0.7,0.8,0.9,0.95")
    parser.add_argument("--invented", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    thresholds = options.thresholds.split(",")
    invented = []
    if options.invented:
        with options.invented.open(encoding="utf-8") as file:
            invented = [row[0] for row in csv.reader(file)][1:]
    rng = random.Random(options.seed)
    kinds: collections.Counter[str] = collections.Counter()
    seconds = [0.0, 0.0]
    asked = hits = differ = 0
    for number, threshold in enumerate(thresholds):
        with tempfile.TemporaryDirectory() as folder:
            queries = pathlib.Path(folder) / "queries.csv"
            count = options.queries * (number + 1) // len(thresholds) - options.queries * number // len(thresholds)
            kinds += write_queries(queries, options.db, count, rng, invented)
            answers = []
            for mode in ((), ("--exhaustive",)):
                out = pathlib.Path(folder) / f"out{len(answers)}.jsonl"
                started = time.monotonic()
                subprocess.run([BINARY, "screen", "--db", options.db, "--csv", queries, "--out", out, "--limit", "0",
                                "--threshold", threshold, *mode], check=True, stderr=subprocess.DEVNULL)  # fmt: skip
                seconds[len(answers)] += time.monotonic() - started
                answers.append(out.read_bytes().splitlines())
            for indexed, exhaustive in zip(*answers, strict=True):
                asked += 1
                hits += len(json.loads(exhaustive)["hits"])
                if indexed != exhaustive:
                    differ += 1
                    print("DIFFERS at", threshold, json.loads(indexed)["query"])
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")
    print(f"indexed {seconds[0]:.0f} s, exhaustive {seconds[1]:.0f} s")
    print(f"{asked} queries at {options.thresholds}, {hits} hits, {differ} answers differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
