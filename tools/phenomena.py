#!/usr/bin/env python3
"""How many hand-written pairs of names are judged right, by what they differ in.

    tools/phenomena.py [FILE] [--scores build/release/name_scores] [--show]

Reads tests/names/phenomena.txt or the file named. The pairs were written by hand from general knowledge of names and were
known to whoever wrote the rules: they show which kinds of difference are covered, not accuracy on names unseen. Those of
tests/names/deviations.txt were written by people who did not know the rules, and showed what these missed.
"""

import argparse
import collections
import pathlib
import subprocess

PAIRS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "names" / "phenomena.txt"
THRESHOLD = 0.70
KINDS = {"p": "person", "o": "organisation", "v": "object"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=pathlib.Path, default=PAIRS)
    parser.add_argument("--scores", default="build/release/name_scores")
    parser.add_argument("--show", action="store_true", help="the pairs judged wrong")
    options = parser.parse_args()
    rows = [line.split("|") for line in options.pairs.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    lines = "".join(f"{KINDS[kind]}\t{query}\t{listed}\n" for _, kind, query, listed, _ in rows)
    scores = subprocess.run([options.scores], input=lines, capture_output=True, text=True, check=True).stdout.split()
    right = collections.Counter()
    whole = collections.Counter()
    for (phenomenon, _, query, listed, label), score in zip(rows, map(float, scores), strict=True):
        whole[phenomenon] += 1
        if (score >= THRESHOLD) == (label == "1"):
            right[phenomenon] += 1
        elif options.show:
            print(f"{'missed' if label == '1' else 'false'} {score:.3f} {phenomenon}: {query} | {listed}")
    for phenomenon, count in whole.items():
        print(f"{phenomenon:26} {right[phenomenon]:3} of {count:3}")
    print(f"{'all':26} {right.total():3} of {whole.total():3}")


if __name__ == "__main__":
    main()
