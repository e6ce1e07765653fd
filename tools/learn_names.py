#!/usr/bin/env python3
"""Learns the matcher's tables from the official lists and writes src/names/frequencies.inc and families.inc.

    tools/list_names.py DATA > names.tsv
    tools/learn_names.py names.tsv build/release/name_scores

frequencies.inc: in how many names (of distinct parties) a form stands, by kind, in half doublings.
families.inc: spellings of one name. Kept apart by closeness: families.txt and organisations.txt, written by hand, and what the
lists' own alias clusters teach: where two strong names of one party differ in one part only, those parts are two
spellings of one name; a pair counts when at least two parties teach it and it is not mere chance.
Both are committed; their first lines name what they were made from. No labelled test name is read. learnt_digest.inc makes
their content part of the table version, so that no index made under other tables is taken for one of these.
"""

import collections
import hashlib
import itertools
import math
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ROOT / "src" / "names"
MAJOR = {"plain", "given", "family", "patronymic"}
CLOSE_TRANSLITERATION = 96  # percent, to the head of the family
CLOSE_NICKNAME = 88
CLOSE_LEARNT = 94  # unit.cc knows by these three what does not say that a form is a name of its own
CLOSE_TRANSCRIBED = 95
CLOSE_LEARNT_HEAD = 99
FAMILIES_OF_A_FORM = 6  # variants_max in unit.h
PARTIES_FOR_NAMES_APART = 5  # names known to be two (Naser, Yasir) are not made one by a party or two that bore both


def tokens_of(rows, binary):
    lines = "".join(f"{kind}\t{name}\n" for _, _, kind, _, name in rows)
    out = subprocess.run([binary, "tokens"], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")
    for row, line in zip(rows, out):
        yield row, [tuple(t.rsplit(":", 1)) for t in line.split()]


def near(a, b):
    """Alike enough that position and the rest of the name make them one word."""
    if a == b:
        return True
    if a[0] != b[0] or min(len(a), len(b)) < 4:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(last + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1] <= max(len(a), len(b)) // 3


def consonants(form):
    for a, b in (("kh", "h"), ("sh", "s"), ("zh", "z"), ("ch", "s"), ("ts", "s"), ("ph", "f"), ("j", "z"), ("q", "k"), ("c", "k"),
                 ("w", "v"), ("p", "b"), ("g", "h"), ("k", "h"), ("d", "t"), ("z", "s"), ("x", "hs"), ("f", "v")):
        form = form.replace(a, b)
    return [c for c, _ in itertools.groupby(c for c in form if c not in "aeiouy")]


def related(a, b):
    """Whether two forms can be one name at all: most of their consonants stand in the same order."""
    x, y = consonants(a), consonants(b)
    if not x or not y:
        return a[0] == b[0]
    table = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i, j in itertools.product(range(len(x)), range(len(y))):
        table[i + 1][j + 1] = table[i][j] + 1 if x[i] == y[j] else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1] * 3 >= max(len(x), len(y)) * 2


def learn_pairs(parties, frequency):
    teachers = collections.defaultdict(set)
    for party, names in parties.items():
        names = sorted(set(names))[:40]
        for left, right in itertools.combinations(names, 2):
            if len(left) != len(right) or len(left) < 2:
                continue
            differing = [(a, b) for a, b in zip(left, right) if not near(a, b)]
            exact = [(a, b) for a, b in zip(left, right) if a != b and near(a, b)]
            if len(differing) == 1:
                teachers[tuple(sorted(differing[0]))].add(party)
            elif not differing:
                for pair in exact:
                    teachers[tuple(sorted(pair))].add(party)
    pairs = {}
    for (a, b), who in teachers.items():
        if len(a) < 3 or len(b) < 3 or a.isdigit() or b.isdigit() or not related(a, b):
            continue
        rarest = min(frequency[a], frequency[b])
        # Two parties and a fair share of the rarer form's uses; or, for forms seen once or twice, all of them.
        if len(who) >= 2 and len(who) >= 0.08 * rarest:
            pairs[a, b] = len(who)
    return pairs


def tokens_by_name(kind, names, binary):
    """[(form, role)] of each name."""
    lines = "".join(f"{kind}\t{name}\n" for name in names)
    out = subprocess.run([binary, "tokens"], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")
    return {name: [tuple(token.rsplit(":", 1)) for token in line.split()] for name, line in zip(names, out)}


def lines_of(path):
    for line in path.read_text(encoding="utf-8").split("\n"):
        line = line.split("#")[0].strip()
        if line:
            yield line.split(":", 1)


def hand_written(binary):
    """families.txt; what stands there in another script is read as a name in it would be."""
    lines = [(head, rest.split()) for head, rest in lines_of(NAMES / "families.txt")]
    foreign = sorted({form for _, forms in lines for form in forms if not form.isascii()})
    read = {form: "".join(form for form, _ in tokens) for form, tokens in tokens_by_name("person", foreign, binary).items()}
    return [(head.lstrip("~=").strip(), [read.get(form, form) for form in forms],
             {"~": CLOSE_NICKNAME, "=": CLOSE_TRANSCRIBED}.get(head[0], CLOSE_TRANSLITERATION)) for head, forms in lines]


def organisations(binary, people):
    """organisations.txt: each English word a family of its own, of the words that say it in other languages, as firms' names
    are read. A word of Russian stands there as other romanisations have it too; one that three people bear is left out."""
    lines = [(heads.split(), forms.split()) for heads, forms in lines_of(NAMES / "organisations.txt")]
    english = {head for heads, _ in lines for head in heads}
    written = {form: {form, re.sub("(^|[аеёиоуыэюяъь])е", r"\1йе", form)} for _, forms in lines for form in forms}
    tokens = tokens_by_name("organisation", sorted(set().union(*written.values())), binary)
    for heads, forms in lines:
        read = {tokens[spelling][0][0] for form in forms for spelling in written[form]
                if [role for _, role in tokens[spelling]] == ["plain"]}
        read |= {re.sub("[iy]y$", end, form) for form in read for end in ("y", "i") if form.endswith(("iy", "yy"))}
        kept = sorted(form for form in read - english
                      if len(form) > 3 and form.isascii() and form.isalnum() and len(people.get(form, ())) < 3)
        for head in heads:
            yield head, kept, CLOSE_TRANSCRIBED


def write(name, comment, lines):
    text = "\n".join(comment + lines) + "\n"
    (NAMES / name).write_text(text, encoding="utf-8")
    return text


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
    digest = hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest()[:16]
    made_from = [f"// Written by tools/learn_names.py from {len(rows)} names of "
                 f"{', '.join(sorted({r[0] for r in rows}))} (names.tsv sha256 {digest}). Do not edit."]
    people, others = collections.defaultdict(set), collections.defaultdict(set)
    parties = collections.defaultdict(list)
    for (source, party, kind, strength, _), tokens in tokens_of(rows, sys.argv[2]):
        for form, role in tokens:
            if role in MAJOR:
                (people if kind == "person" else others)[form].add((source, party))
        if strength == "strong":
            parties[source, party].append(tuple(f for f, role in tokens if role in MAJOR))
    steps = lambda n: 0 if n < 3 else min(255, round(2 * math.log2(n)))
    lines = [f'{{"{form}", {{{steps(len(people.get(form, ())))}, {steps(len(others.get(form, ())))}}}}},'
             for form in sorted(set(people) | set(others), key=str.encode)
             if max(len(people.get(form, ())), len(others.get(form, ()))) >= 3 and form.isascii()]
    tables = write("frequencies.inc", made_from, lines)
    print(len(lines), "frequencies")

    frequency = collections.Counter({f: len(people.get(f, ())) + len(others.get(f, ())) for f in set(people) | set(others)})
    memberships = collections.defaultdict(dict)  # form → family head → closeness
    for head, spellings, closeness in [*hand_written(sys.argv[2]), *organisations(sys.argv[2], people)]:
        if closeness == CLOSE_TRANSCRIBED:
            memberships[head].setdefault(head, CLOSE_LEARNT_HEAD)
        else:
            memberships[head][head] = 100
        for form in spellings:
            memberships[form][head] = max(closeness, memberships[form].get(head, 0))
    pairs = learn_pairs(parties, frequency)
    of_its_own = {CLOSE_TRANSLITERATION, CLOSE_NICKNAME, 100}
    by_hand = {form for form, own in memberships.items() if of_its_own & set(own.values())}
    learnt = 0
    for (a, b), count in sorted(pairs.items(), key=lambda p: -p[1]):
        if set(memberships.get(a, ())) & set(memberships.get(b, ())):
            continue
        if a in by_hand and b in by_hand and count < PARTIES_FOR_NAMES_APART:
            continue
        head, form = (a, b) if (frequency[a], a) > (frequency[b], b) else (b, a)
        if len(memberships[form]) >= FAMILIES_OF_A_FORM or len(memberships[head]) >= FAMILIES_OF_A_FORM:
            continue
        memberships[head].setdefault(head, CLOSE_LEARNT_HEAD)
        memberships[form][head] = CLOSE_LEARNT
        learnt += 1
    heads = {head: i for i, head in enumerate(sorted({h for m in memberships.values() for h in m}))}
    # With sv, of which clang counts no letters: it takes so many steps and no more of what it works out while it compiles.
    lines = [f'{{"{form}"sv, {{{heads[head]}, {closeness}}}}},  // {head}'
             for form in sorted(memberships, key=str.encode)
             for head, closeness in sorted(memberships[form].items(), key=lambda m: -m[1])[:FAMILIES_OF_A_FORM]]
    tables += write("families.inc", made_from + ["// {form, {family, closeness in percent}}"], lines)
    write("learnt_digest.inc", made_from, [f'"{hashlib.sha256(tables.encode()).hexdigest()[:8]}"'])
    print(learnt, "pairs learnt,", len(heads), "families,", len(lines), "lines")
    if len(sys.argv) > 3:
        for (a, b), n in sorted(pairs.items(), key=lambda p: -p[1])[:int(sys.argv[3])]:
            print(n, a, b)


if __name__ == "__main__":
    main()
