#!/usr/bin/env python3
"""How often two listed names that differ in one part only are one party's, by how that part differs.

    tools/list_names.py DATA > names.tsv
    tools/one_part.py names.tsv [--scores build/release/name_scores]

Strong names in Latin letters, within one list. For each kind of difference: pairs of one party and of two, and of each the share
that scores 0.70 or more. Then people's names of two parts by how the matcher finds the differing parts alike, and by whether two
parties or more bear each of them. The lists taught the families of spellings, so the shares of one party's pairs flatter the matcher.
"""

import argparse
import collections
import itertools
import re
import subprocess

MINOR = {"particle", "title", "legal_form"}
THRESHOLD = 0.70
NAMES_MAX = 60  # that share all but one part: beyond, the rest is too common to say anything


def run(binary, lines, *mode):
    return subprocess.run([binary, *mode], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(last + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def difference(a, b):
    if a.isdigit() and b.isdigit():
        return "digits"
    count, length = edits(a, b), max(len(a), len(b))
    if count == 1:
        return "1 of 5+" if length >= 5 else "1 of <5"
    if count == 2:
        return "2 of 8+" if length >= 8 else "2 of 6-7" if length >= 6 else "2 of <6"
    return "3 of 8+" if count == 3 and length >= 8 else "more"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names")
    parser.add_argument("--scores", default="build/release/name_scores")
    options = parser.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in open(options.names, encoding="utf-8")]
    rows = [r for r in rows if r[3] == "strong" and r[4].isascii() and r[2] != "object"]
    tokens = run(options.scores, "".join(f"{r[2]}\t{r[4]}\n" for r in rows), "tokens")
    parties = collections.defaultdict(set)
    bearers = collections.defaultdict(set)  # of a form, people
    for (source, party, kind, _, _), line in zip(rows, tokens):
        forms = (t.rsplit(":", 1) for t in line.split())
        major = tuple(sorted({form for form, role in forms if role not in MINOR}))
        if kind == "person":
            for form in major:
                bearers[form].add((source, party))
        if len(major) > 1:
            parties[source, kind, major].add(party)
    sharing = collections.defaultdict(list)
    for key in parties:
        source, kind, major = key
        for i, part in enumerate(major):
            sharing[source, kind, major[:i] + major[i + 1 :]].append((part, key))
    pairs = []
    by_two = []  # of people's names of two parts: the differing ones
    for (_, kind, rest), named in sharing.items():
        if len(named) > NAMES_MAX:
            continue
        for (a, left), (b, right) in itertools.combinations(named, 2):
            same = bool(parties[left] & parties[right])
            text = f"{kind}\t{' '.join((a, *rest))}\t{' '.join((b, *rest))}\n"
            pairs.append((kind, min(len(rest) + 1, 4), difference(a, b), same, text))
            if kind == "person" and len(rest) == 1:
                by_two.append((a, b, min(len(bearers[a]), len(bearers[b])) > 1, same))
    scores = run(options.scores, "".join(p[4] for p in pairs))
    counts = collections.Counter()
    for (kind, parts, how, same, _), score in zip(pairs, scores):
        counts[kind, parts, how, same] += 1
        counts[kind, parts, how, same, "hit"] += float(score) >= THRESHOLD
    print("kind          parts  differs   one party   hit  two parties   hit   share of one party")
    for kind, parts, how in sorted({c[:3] for c in counts}):
        one, two = counts[kind, parts, how, True], counts[kind, parts, how, False]
        hit = [counts[kind, parts, how, s, "hit"] / n if n else 0 for s, n in ((True, one), (False, two))]
        print(f"{kind:13} {parts:5}  {how:8} {one:10} {hit[0]:5.2f} {two:12} {hit[1]:5.2f} {one / (one + two):10.2f}")
    laid_out = "\n".join(run(options.scores, "".join(f"person\t{a}\t{b}\n" for a, b, _, _ in by_two), "explain"))
    shares = collections.Counter()
    for (_, _, borne, same), pair in zip(by_two, re.split(r"^(?=\d)", laid_out, flags=re.MULTILINE)[1:]):
        how = re.search(r" x [\d.]+ (\w+)$", pair, flags=re.MULTILINE)
        shares[how.group(1) if how else "not", borne, same] += 1
    print("\nalike     borne by two parties  one party  two parties  share of one party")
    for how, borne in sorted({c[:2] for c in shares}):
        one, two = shares[how, borne, True], shares[how, borne, False]
        print(f"{how:9} {'each' if borne else 'not both':20} {one:10} {two:12} {one / (one + two):10.2f}")


if __name__ == "__main__":
    main()
