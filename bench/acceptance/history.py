#!/usr/bin/env python3
"""The run of dated OFAC SDN versions: loaded in order and shuffled, asked by date, and what each costs the store.

    bench/acceptance/history.py --data FOLDER [--dates 20] [--seed 1]

Two stores are filled through the program, one from the whole folder at once, one version by version in random order. They must
hold the same versions and give the same parties on every date tried. Which parties came or went is read from the files by this
script, and each is then screened by name on the last day before and on the first day after.
"""
import argparse
import csv
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
binary = ROOT / "build/release/interdict"
ARCHIVE = "ofac/sdn_csv_308_versions_2021-08-18_2024-05-03.tar.xz"
SOURCE = "us_ofac_sdn"


def run(*arguments: object) -> bytes:
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def names_in(path: pathlib.Path) -> dict[str, str]:
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        return {row[0]: row[1] for row in csv.reader(file) if len(row) > 3 and row[0].isdigit()}


def versions_of(db: pathlib.Path) -> list[dict]:
    """What `sources` says, without what depends on when and in which order it was loaded."""
    own = ("source", "version", "published", "published_by", "entries", "rejected", "supplied")
    return [{key: one[key] for key in own} for one in json.loads(run("sources", "--db", db, "--json"))]


def main() -> int:
    global binary
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--binary", type=pathlib.Path, default=binary)
    parser.add_argument("--dates", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    binary = options.binary
    archive = options.data / ARCHIVE
    if not archive.exists():
        print(f"skipped: {archive} is not there")
        return 0
    rng = random.Random(options.seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with tarfile.open(archive) as tar:
            tar.extractall(folder)
        files = sorted(folder.rglob("*.csv"), key=lambda path: re.search(r"\d{4}-\d\d-\d\d.*", path.name)[0])
        days = [re.search(r"\d{4}-\d\d-\d\d", path.name)[0] for path in files]

        ordered, shuffled = folder / "ordered.db", folder / "shuffled.db"
        start = time.monotonic()
        run("update", "--db", ordered, "--from", files[0].parent)
        print(f"{len(files)} versions in order: {time.monotonic() - start:.0f} s")
        start = time.monotonic()
        sizes = []
        for path in rng.sample(files, len(files)):
            run("update", "--db", shuffled, "--from", path)
            sizes.append(shuffled.stat().st_size)
        print(f"{len(files)} versions shuffled, one process each: {time.monotonic() - start:.0f} s")
        same = versions_of(ordered) == versions_of(shuffled)
        print(f"same versions: {same} ({len(versions_of(ordered))})")
        wrong += not same

        asked = rng.sample(sorted(set(days)), min(options.dates, len(set(days))))
        differ = 0
        for day in asked:
            digests = {hashlib.sha256(run("export", "--db", db, "--as-of", day)).digest() for db in (ordered, shuffled)}
            differ += len(digests) != 1
        print(f"parties as of {len(asked)} dates: {differ} differ between the stores")
        wrong += differ

        # Changes between two versions of different days whose neighbours are of other days still, so that a day means a version.
        steps = [i for i in range(1, len(files)) if days[i - 1] < days[i] and days.count(days[i]) == 1 and days.count(days[i - 1]) == 1]
        rng.shuffle(steps)
        tried = {"added": 0, "removed": 0}
        for i in steps:
            if sum(tried.values()) >= 2 * options.dates:
                break
            before, after = names_in(files[i - 1]), names_in(files[i])
            for kind, one, other in (("added", after, before), ("removed", before, after)):
                if tried[kind] >= options.dates:
                    continue
                held = set(other.values())
                changed = [key for key in one if key not in other and one[key] not in held]
                if not changed:
                    continue
                key = rng.choice(changed)
                tried[kind] += 1
                for day, expected in ((days[i - 1], kind == "removed"), (days[i], kind == "added")):
                    answer = json.loads(run("screen", one[key], "--db", ordered, "--as-of", day, "--limit", "0", "--json"))
                    found = f"{SOURCE}:{key}" in [hit["id"] for hit in answer["hits"]]
                    if found != expected:
                        wrong += 1
                        print(f"WRONG {kind} {days[i - 1]}..{days[i]}: {one[key]} on {day}: found={found}")
        print(f"screened by name on both sides: {tried['added']} added, {tried['removed']} removed")

        changes = [one["added"] + one["changed"] + one["removed"] for one in json.loads(run("sources", "--db", ordered, "--json"))]
        raw = sum(path.stat().st_size for path in files)
        grown = sizes[-1] - sizes[0]
        print(f"store {ordered.stat().st_size / 1e6:.2f} MB for {raw / 1e6:.0f} MB of files; "
              f"each version after the first adds {grown / (len(files) - 1) / 1e3:.1f} KB, "
              f"a whole version as published is {raw / len(files) / 1e6:.2f} MB")
        print(f"changes after the first version: {sum(sorted(changes)[:-1])}, "
              f"{grown / max(1, sum(sorted(changes)[:-1])):.0f} bytes each; "
              f"most in one version {sorted(changes)[-2]}, median {sorted(changes)[len(changes) // 2]}")
    print("wrong:", wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
