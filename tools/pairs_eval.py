#!/usr/bin/env python3
"""Judges the matcher on labelled name pairs, half of which nobody looks at.

Rows that share a name belong to one cluster; a hash of the cluster decides its half, so that no name is in both. Rules
and constants are tuned on the `dev` half; of the `held` half only counts are ever printed.

    tools/pairs_eval.py PAIRS.csv [--scores build/release/name_scores] [--show wrong|all] [--group G]
"""

import argparse
import collections
import csv
import hashlib
import random
import re
import subprocess
import unicodedata

THRESHOLD = 0.70


def normal(name):
    text = unicodedata.normalize("NFKD", name).casefold()
    words = re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))
    return " ".join(sorted(words))


def halves(rows):
    """'dev' or 'held' for each row."""
    parent = {}

    def root(name):
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for row in rows:
        left, right = sorted((root(normal(row["name1"])), root(normal(row["name2"]))))
        parent[right] = left
    least = {}
    for name in list(parent):
        least[root(name)] = min(least.get(root(name), name), name)
    return ["dev" if hashlib.sha256(b"interdict:" + least[root(normal(r["name1"]))].encode()).digest()[0] % 2 == 0
            else "held" for r in rows]


def kind(schema):
    return {"Person": "person", "Vessel": "object", "Airplane": "object", "Vehicle": "object"}.get(schema, "organisation")


def score(rows, binary):
    lines = "".join(f"{kind(r['schema'])}\t{r['name1']}\t{r['name2']}\n" for r in rows)
    out = subprocess.run([binary], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")
    return [float(line) for line in out if line]


def counts(rows):
    tp = sum(r["is_match"] and r["hit"] for r in rows)
    fp = sum(not r["is_match"] and r["hit"] for r in rows)
    fn = sum(r["is_match"] and not r["hit"] for r in rows)
    return tp, fp, fn


def f1(rows):
    tp, fp, fn = counts(rows)
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def line(label, rows):
    tp, fp, fn = counts(rows)
    p = tp / (tp + fp) if tp + fp else float("nan")
    r = tp / (tp + fn) if tp + fn else float("nan")
    return f"{label:34} n {len(rows):4}  P {p:.3f}  R {r:.3f}  F1 {f1(rows):.3f}  fp {fp} fn {fn}"


def interval(values):
    values = sorted(values)
    return f"[{values[int(0.025 * len(values))]:.3f}, {values[int(0.975 * len(values))]:.3f}]"


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            out[order[k]] = (i + j) / 2
        i = j + 1
    return out


def spearman(left, right):
    a, b = ranks(left), ranks(right)
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    top = sum((x - ma) * (y - mb) for x, y in zip(a, b))
    return top / (sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b)) ** 0.5


def strength(row):
    """Evidence for a match, -3 to 3: a strong label is far from the middle."""
    far = {"STRONG": 3, "MEDIUM": 2, "": 2, "WEAK": 1}[row["quality"]]
    return far if row["is_match"] else -far


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs")
    parser.add_argument("--scores", default="build/release/name_scores")
    parser.add_argument("--show", choices=["wrong", "all"], help="rows of the dev half")
    parser.add_argument("--group", help="only rows of this case_group (with --show)")
    args = parser.parse_args()
    rows = list(csv.DictReader(open(args.pairs, newline="", encoding="utf-8")))
    for row, half, value in zip(rows, halves(rows), score(rows, args.scores)):
        row["half"], row["score"], row["hit"] = half, value, value >= THRESHOLD
        row["is_match"] = row["is_match"].strip().lower() == "true"
    dev = [r for r in rows if r["half"] == "dev"]
    held = [r for r in rows if r["half"] == "held"]
    if args.show:
        shown = [r for r in dev if (args.show == "all" or r["hit"] != r["is_match"])
                 and args.group in (None, r["case_group"])]
        for r in sorted(shown, key=lambda r: (r["is_match"], -r["score"])):
            print(f"{'match' if r['is_match'] else 'other'} {r['score']:.3f} {r['quality'] or '-':6} {r['schema']:12} "
                  f"{r['name1']} | {r['name2']} | {r['category']} {r['notes'][:60]}")
    for label, part in (("dev", dev), ("held", held), ("both", rows)):
        print(line(label, part))
        for field in ("case_group", "schema", "quality"):
            for value in sorted({r[field] for r in part}):
                print(line(f"  {field} {value or '(blank)'}", [r for r in part if r[field] == value]))
        strong = [r for r in part if r["quality"] == "STRONG"]
        print(f"  STRONG wrong {sum(r['hit'] != r['is_match'] for r in strong)} of {len(strong)}; "
              f"Spearman {spearman([r['score'] for r in part], [strength(r) for r in part]):.3f}; "
              f"score 1.0: {sum(r['score'] == 1 for r in part)} "
              f"({sum(r['score'] == 1 and normal(r['name1']) != normal(r['name2']) for r in part)} of them not equal as words)")
    random.seed(1)
    draws = collections.defaultdict(list)
    for _ in range(2000):
        d, h = (f1(random.choices(part, k=len(part))) for part in (dev, held))
        draws["dev"].append(d)
        draws["held"].append(h)
        draws["gap"].append(d - h)
    print(f"bootstrap 95 %: F1 dev {interval(draws['dev'])}, held {interval(draws['held'])}, "
          f"dev - held {interval(draws['gap'])}")


if __name__ == "__main__":
    main()
