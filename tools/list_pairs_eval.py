#!/usr/bin/env python3
"""Judges the matcher on the pairs of tools/list_pairs.py, by what they differ in.

    tools/list_pairs_eval.py pairs.tsv [--scores build/release/name_scores] [--classes]

Each class of pairs counts alike in the sums, however many pairs it has: precision is then that of a world in which the hard
cases of one party and of two are as many. F1 at 0.70; AUC is how often a pair of one party scores above a pair of two.
"""

import argparse
import bisect
import collections
import subprocess

THRESHOLD = 0.70
LEAST = 10  # pairs of a class, to count as one


def read(path):
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]


def score(rows, binary):
    lines = "".join(f"{r[3]}\t{r[4]}\t{r[5]}\n" for r in rows)
    out = subprocess.run([binary], input=lines, capture_output=True, text=True, check=True).stdout.split()
    return [float(value) for value in out]


def grouped(rows, scores, half):
    """(label, class, kind) → scores."""
    groups = collections.defaultdict(list)
    for row, value in zip(rows, scores, strict=True):
        if half in (row[0], "both"):
            groups[int(row[1]), row[2], row[3]].append(value)
    return {key: values for key, values in groups.items() if len(values) >= LEAST}


def figures(groups):
    """Recall, false alarms, F1 and AUC, each group counting alike."""
    mean = lambda values: sum(values) / len(values) if values else 0.0
    hit = lambda label: mean([mean([v >= THRESHOLD for v in vs]) for (one, _, _), vs in groups.items() if one == label])
    recall, alarms = hit(1), hit(0)
    f1 = 2 * recall / (1 + recall + alarms)
    weigh = lambda label: sorted((v, 1 / len(vs)) for (one, _, _), vs in groups.items() if one == label for v in vs)
    ones, twos = weigh(1), weigh(0)
    below, total = [0.0], 0.0
    for _, w in twos:
        total += w
        below.append(total)
    values = [v for v, _ in twos]
    auc = sum(w * (below[bisect.bisect_left(values, v)] + below[bisect.bisect_right(values, v)]) / 2 for v, w in ones)
    return recall, alarms, f1, auc / (total * sum(w for _, w in ones)) if ones and twos else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("--scores", default="build/release/name_scores")
    parser.add_argument("--classes", action="store_true")
    options = parser.parse_args()
    rows = read(options.pairs)
    scores = score(rows, options.scores)
    if options.classes:
        groups = grouped(rows, scores, "both")
        print("class                    kind         one party    found  median   two parties  alarms  median")
        for name, kind in sorted({key[1:] for key in groups}):
            line = f"{name:24} {kind:12}"
            for label in (1, 0):
                values = sorted(groups.get((label, name, kind), []))
                line += (f" {len(values):10} {sum(v >= THRESHOLD for v in values) / len(values):8.3f} "
                         f"{values[len(values) // 2]:7.3f}" if values else " " * 28)
            print(line)
    for half in ("fit", "check"):
        recall, alarms, f1, auc = figures(grouped(rows, scores, half))
        print(f"{half:6} recall {recall:.4f}  alarms {alarms:.4f}  F1 {f1:.4f}  AUC {auc:.4f}")


if __name__ == "__main__":
    main()
