#!/usr/bin/env python3
"""Loads every real list file into one store and holds the entries read against an independent count of each file.

    bench/acceptance/load_all.py --data FOLDER [--db STORE]

FOLDER holds the files as data/INDEX.tsv describes them; archives of dated versions are unpacked to a temporary folder. The
count is made by other means than the readers: opening tags of the entry element for XML, rows for CSV, lines for JSON.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"
XML_ENTRIES = {
    b"<sdnList": rb"<sdnEntry>",
    b"<CONSOLIDATED_LIST": rb"<(?:INDIVIDUAL|ENTITY)>",
    b"<Designations": rb"<Designation>",
    b"<export": rb"<sanctionEntity[ >]",
    b"<data-set": rb"<record>",
}


def count(path: pathlib.Path) -> int:
    data = path.read_bytes()
    if path.suffix == ".xml":
        for root, entry in XML_ENTRIES.items():
            if root in data[:4000]:
                return len(re.findall(entry, data))
        raise SystemExit(f"{path}: no counter for this form")
    if path.suffix == ".json":
        return sum(1 for line in data.splitlines() if line.strip())
    text = data.rstrip(b"\x1a").decode("latin-1")
    if text.startswith("Last Updated"):
        rows = list(csv.reader(text.splitlines()[1:]))
        group = rows[0].index("Group ID")
        return len({row[group] for row in rows[1:] if row})
    return sum(1 for row in csv.reader(text.splitlines()) if row and row[0].strip().isdigit())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--db")
    options = parser.parse_args()
    data = options.data
    wrong = versions = entries = rejected = 0
    with tempfile.TemporaryDirectory() as folder:
        unpacked = pathlib.Path(folder)
        sets = [
            (data / "ofac/2021-07-07_full", data / "ofac/2021-07-07_full/sdn.csv"),
            (data / "ofac/2023-12-28_full", data / "ofac/2023-12-28_full/sdn.csv"),
            (data / "ofac/consolidated_csv", data / "ofac/consolidated_csv/cons_prim.csv"),
        ]
        files = sorted(data.glob("ofac/*.csv")) + sorted(data.glob("*/*.xml")) + [data / "uk/2018-04-13_ConList.csv"]
        files += sorted(data.glob("opensanctions/*.ftm.json"))
        for archive in sorted(data.glob("*/*.tar.xz")):
            target = unpacked / archive.name.removesuffix(".tar.xz")
            with tarfile.open(archive) as tar:
                tar.extractall(target, filter="data")
            files += sorted(p for p in target.rglob("*") if p.suffix in (".csv", ".xml"))
        sets += [(f, f) for f in files if "seco" not in f.name]
        db = options.db or str(unpacked / "all.db")
        started = time.monotonic()
        for what, main_file in sets:
            run = subprocess.run([BINARY, "update", "--json", "--db", db, "--from", what], stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True, check=False)  # fmt: skip
            try:
                loaded = json.loads(run.stdout.splitlines()[0])["loaded"]
            except (ValueError, IndexError):
                loaded = []
            expected = count(main_file)
            if len(loaded) != 1:
                wrong += 1
                print(f"NOT LOADED {what}: {run.stdout.strip()[:300]}")
                continue
            versions += 1
            entries += loaded[0]["entries"]
            refused = len(loaded[0]["rejected"])
            rejected += refused
            if refused:
                print(f"{what.name}: {refused} reported, first: {loaded[0]['rejected'][0]}")
            if loaded[0]["entries"] != expected:
                wrong += 1
                print(f"DIFFERS {what}: {loaded[0]['entries']} entries, counted {expected}")
        seconds = time.monotonic() - started
        size = pathlib.Path(db).stat().st_size
    print(f"{versions} versions, {entries} entries, {rejected} rejections, {seconds:.0f} s, store {size / 1e6:.1f} MB, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
