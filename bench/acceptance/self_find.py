#!/usr/bin/env python3
"""Every listed party by its own names: does its primary name, and each strong alias, find it first or tied for first?

    bench/acceptance/self_find.py --db STORE [--misses 20]

Prints the counts per source, the names that several parties share (collisions), and the misses.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"
STRONG = {"name": "primary", "alias": "strong alias", "previousName": "previous name"}
MATCHABLE = {"Person", "Company", "Organization", "LegalEntity", "PublicBody", "Vessel", "Airplane", "Vehicle",
             "Security", "CryptoWallet", "Asset", "Thing"}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--misses", type=int, default=20)
    options = parser.parse_args()
    export = subprocess.run([BINARY, "export", "--db", options.db], stdout=subprocess.PIPE, check=True).stdout
    asked = []  # (party id, source, kind, name, schema)
    owners = collections.defaultdict(set)
    for line in export.splitlines():
        party = json.loads(line)
        if party["schema"] not in MATCHABLE:
            continue
        for statement in party["statements"]:
            kind = STRONG.get(statement["prop"])
            if kind and statement.get("strength") != "weak":
                asked.append((party["id"], party["source"], kind, statement["value"], party["schema"]))
                owners[statement["value"].casefold()].add(party["id"])
    with tempfile.TemporaryDirectory() as folder:
        queries = pathlib.Path(folder) / "queries.csv"
        out = pathlib.Path(folder) / "out.csv"
        with queries.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("id", "name", "schema"))
            rows.writerows((n, name, schema) for n, (_, _, _, name, schema) in enumerate(asked))
        subprocess.run([BINARY, "screen", "--db", options.db, "--csv", queries, "--out", out, "--limit", "0"], check=True)
        best: dict[int, float] = {}
        own: dict[int, float] = {}
        with out.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                n, score = int(row["query_id"]), float(row["score"])
                best[n] = max(best.get(n, 0), score)
                if row["listing_id"] == asked[n][0]:
                    own[n] = score
    found: collections.Counter[tuple[str, str]] = collections.Counter()
    total: collections.Counter[tuple[str, str]] = collections.Counter()
    missed = []
    for n, (_, source, kind, _, _) in enumerate(asked):
        total[source, kind] += 1
        if n in own and own[n] >= best[n]:
            found[source, kind] += 1
        else:
            missed.append(n)
    for key in sorted(total):
        print(f"{key[0]:26} {key[1]:14} {found[key]:6} of {total[key]:6} first or tied")
    shared = {name: ids for name, ids in owners.items() if len(ids) > 1}
    in_one_source = sum(1 for ids in shared.values() if len({i.split(":")[0] for i in ids}) < len(ids))
    print(f"{len(shared)} names are held by several listings, {in_one_source} of them by several of one source")
    print(f"{len(asked)} names asked, {len(missed)} not first")
    for n in missed[: options.misses]:
        print("MISS", asked[n], "own", own.get(n), "best", best.get(n))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
