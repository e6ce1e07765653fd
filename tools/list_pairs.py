#!/usr/bin/env python3
"""Name pairs with known answers from the official lists: the matcher's own tuning set, apart from any labelled file.

    build/release/interdict export --db STORE > parties.jsonl
    tools/list_pairs.py parties.jsonl --scores build/release/name_scores > pairs.tsv

Lines "half, label, class, kind, query, listed". Positives: two strong names of one party, on one list or on two. That two
listings are one party is said by a shared United Nations reference, by the UK's own group number, by a shared identifier, or
by the same full birth date and one name in common. Names that share no word even by sound (noms de guerre) are left out: no
reader of names could join them. Negatives: names of two parties of one list,
where birth dates or identifiers contradict, or for organisations the list tells them apart and nothing else joins them.

Classes are told by the words alone, not by the matcher. The half, "fit" or "check", is a hash of all that is linked to the
party, so no party is in both. Each party gives at most PER_PARTY pairs of one label, of negatives half the most alike and half
drawn at random from those that share a word; each class gives at most PER_CLASS of a half.
"""

import argparse
import collections
import hashlib
import itertools
import json
import random
import re
import subprocess
import sys
import unicodedata

from one_part import edits

NAMES = {"name", "alias", "previousName"}
IDENTIFIERS = {"passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "leiCode", "swiftBic"}
PER_PARTY = 4
PER_CLASS = 500
KINDS = {"Person": "person", "Vessel": "object", "Airplane": "object"}


def words(name):
    text = unicodedata.normalize("NFKD", name).casefold()
    return re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))


def script(name):
    return next((unicodedata.name(c, "OTHER").split()[0] for c in name if c.isalpha()), "NONE")


def alike(a, b):
    """0 for the same word, 1 for a slip, 2 for another spelling, 3 for another word."""
    if a == b:
        return 0
    distance, length = edits(a, b), max(len(a), len(b))
    if distance == 1 and length >= 4:
        return 1
    return 2 if distance * 5 <= length * 2 and length >= 4 else 3


def sounds(form):
    for a, b in (("kh", "h"), ("sh", "s"), ("zh", "z"), ("ch", "s"), ("ts", "s"), ("ph", "f"), ("j", "z"), ("q", "k"),
                 ("c", "k"), ("w", "v"), ("p", "b"), ("g", "h"), ("k", "h"), ("d", "t"), ("z", "s"), ("x", "s"), ("f", "v")):
        form = form.replace(a, b)
    return [c for c, _ in itertools.groupby(c for c in form if c not in "aeiouy")]


def related(a, b):
    """Whether two forms can be one word at all: two thirds of their consonants stand in the same order."""
    if a == b:
        return True
    x, y = sounds(a), sounds(b)
    if not x or not y:
        return False
    table = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i, j in itertools.product(range(len(x)), range(len(y))):
        table[i + 1][j + 1] = table[i][j] + 1 if x[i] == y[j] else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1] * 3 >= max(len(x), len(y)) * 2


def pairing(a, b):
    """Greedy pairs of words, the most alike first: [(likeness, left, right)], left over of each."""
    ranked = sorted((alike(x, y), abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b))
    left, right, pairs = set(range(len(a))), set(range(len(b))), []
    for how, _, i, j in ranked:
        if how < 3 and i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((how, i, j))
    return pairs, [a[i] for i in sorted(left)], [b[j] for j in sorted(right)]


def phenomenon(left, right, a, b):
    """What kind of difference: `left`, `right` as written, `a`, `b` their Latin words without titles and legal forms."""
    if script(left) != script(right):
        return f"script {min(script(left), script(right)).lower()}" if "LATIN" in (script(left), script(right)) else "script other"
    if not a or not b:
        return "minor only"
    if sorted(a) == sorted(b):
        return "order" if a != b else "minor only"
    if "".join(a) == "".join(b) or "".join(sorted(a)) == "".join(sorted(b)):
        return "spacing"
    pairs, more, less = pairing(a, b)
    if any(len(w) == 1 for w in more + less):
        return "initials"
    digits = [w for w in more + less if any(c.isdigit() for c in w)]
    if digits:
        return "numbers"
    worst = max((how for how, _, _ in pairs), default=3)
    if more and less:
        return "another word" if min(len(more), len(less)) == 1 else "other words"
    if more or less:
        count = "one word more" if len(more) + len(less) == 1 else "words more"
        return count if worst == 0 else f"{count}, spelling"
    if worst == 1:
        return "one letter" if sum(how for how, _, _ in pairs) == 1 else "letters"
    return "spelling"


class Party:
    def __init__(self, record):
        self.id, self.source = record["id"], record["source"]
        self.kind = KINDS.get(record["schema"], "organisation")
        self.names, self.links, self.dates, self.numbers = [], set(), set(), collections.defaultdict(set)
        if self.source in ("un_sc_sanctions", "gb_hmt_sanctions"):
            self.links.add((self.source[:2], self.id.split(":", 1)[1]))
        for statement in record["statements"]:
            prop, value = statement["prop"], statement["value"]
            if prop in NAMES and statement.get("strength") != "weak" and value not in self.names:
                self.names.append(value)
            elif prop == "birthDate":
                if not statement.get("circa") and not statement.get("until"):
                    self.dates.add(value)
                else:
                    self.dates.add(value[:4] + "?")
            elif prop in IDENTIFIERS:
                form = "".join(c for c in value.upper() if c.isalnum())
                if len(form) > 5:
                    self.numbers[prop].add(form)
            elif prop == "reference":
                field = statement.get("field", "")
                if field in ("unitedNationId", "UNReferenceNumber", "UN Ref"):
                    self.links.add(("un", value.strip()))
                elif field == "OFSIGroupID":
                    self.links.add(("gb", value.strip()))

    def keys(self):
        yield from self.links
        for prop, values in self.numbers.items():
            for value in values:
                yield prop, value
        for date in self.dates:
            if len(date) == 10 and not date.endswith("-01-01"):
                for name in self.names:
                    yield date, " ".join(sorted(words(name)))


def contradict(a, b):
    """Whether dates or identifiers say that these are two."""
    if a.kind == "person":
        years = [abs(int(x[:4]) - int(y[:4])) for x in a.dates for y in b.dates]
        return bool(years) and min(years) >= 3
    if a.kind == "object":
        return bool(a.numbers["imoNumber"] and b.numbers["imoNumber"]) and not a.numbers["imoNumber"] & b.numbers["imoNumber"]
    return True  # the list tells organisations apart; what joins them is looked at elsewhere


def minor_free(name, tokens):
    return [form for form, role in tokens if role not in ("particle", "title", "legal_form")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parties")
    parser.add_argument("--scores", default="build/release/name_scores")
    options = parser.parse_args()
    rng = random.Random(7)
    parties = [Party(json.loads(line)) for line in open(options.parties, encoding="utf-8")]

    root = list(range(len(parties)))

    def find(i):
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    by_key = collections.defaultdict(list)
    for i, party in enumerate(parties):
        for key in party.keys():
            by_key[key].append(i)
    for found in by_key.values():
        if len(found) > 6:
            continue  # a number of an office or a bank, not of a party
        for i in found[1:]:
            if parties[i].kind == parties[found[0]].kind:
                root[find(i)] = find(found[0])
    clusters = collections.defaultdict(list)
    for i in range(len(parties)):
        clusters[find(i)].append(i)

    # Latin forms of every name, without titles and legal forms, as the matcher's own analysis has them.
    distinct = sorted({(p.kind, n) for p in parties for n in p.names})
    lines = "".join(f"{k}\t{n}\n" for k, n in distinct)
    out = subprocess.run([options.scores, "tokens"], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")
    forms = {key: minor_free(key[1], [t.rsplit(":", 1) for t in line.split()]) for key, line in zip(distinct, out)}

    half = {c: "fit" if hashlib.sha256(min(parties[i].id for i in m).encode()).digest()[0] % 2 else "check"
            for c, m in clusters.items()}
    pool = collections.defaultdict(list)  # half, label, class → pairs

    for cluster, members in clusters.items():
        kind = parties[members[0]].kind
        within = [(i, n) for i in members for n in parties[i].names]
        if len(within) < 2:
            continue
        found = collections.defaultdict(list)
        pairs = list(itertools.combinations(within, 2))
        rng.shuffle(pairs)
        seen = set()
        for (i, x), (j, y) in pairs[:60]:
            a, b = forms[kind, x], forms[kind, y]
            key = frozenset((" ".join(words(x)), " ".join(words(y))))
            if len(key) < 2 or key in seen or not a or not b:
                continue
            seen.add(key)
            if rng.random() < 0.5:
                x, y, a, b, i, j = y, x, b, a, j, i
            shared = sum(any(related(w, v) for v in b) for w in a if len(w) > 1)
            joined = related("".join(a), "".join(b))
            if shared == 0 and not joined:
                continue
            name = phenomenon(x, y, a, b)
            if name in ("other words", "another word") and shared < 2:
                continue  # nothing that a reader could see
            found[name].append((kind, x, y))
        order = list(found)
        rng.shuffle(order)
        for name in order[:PER_PARTY]:
            pool[half[cluster], 1, name].append(rng.choice(found[name]))

    # Near misses: each name against the names of its own list, best first, one file of queries for each source and kind.
    linked = {i: find(i) for i in range(len(parties))}
    near = collections.defaultdict(list)
    for source, kind in sorted({(p.source, p.kind) for p in parties}):
        named = [(i, n) for i, p in enumerate(parties) if p.source == source and p.kind == kind for n in p.names]
        # Only names that share a word: the matcher compares them, the rest cannot reach the floor by more than sound.
        holders = collections.defaultdict(list)
        for at, (_, n) in enumerate(named):
            for w in sorted(set(forms[kind, n])):
                if len(w) > 1:
                    holders[w].append(at)
        chosen = set()
        for at, (i, n) in enumerate(named):
            others = collections.Counter()
            for w in sorted(set(forms[kind, n])):
                if 1 < len(holders[w]) <= 400:
                    for k in holders[w]:
                        others[k] += 1
            ranked = sorted(others.items(), key=lambda o: (-o[1], rng.random()))[:25]
            for k, _ in ranked:
                j = named[k][0]
                if linked[i] != linked[j] and i != j and contradict(parties[i], parties[j]):
                    chosen.add((i, n, j, named[k][1]))
        near[source, kind] = sorted(chosen)
    flat = [(kind, pair) for (_, kind), pairs in sorted(near.items()) for pair in pairs]
    lines = "".join(f"{kind}\t{n}\t{m}\n" for kind, (_, n, _, m) in flat)
    scored = subprocess.run([options.scores], input=lines, capture_output=True, text=True, check=True).stdout.split()
    scored = list(zip(map(float, scored), flat, strict=True))
    drawn = scored[:]
    rng.shuffle(drawn)
    names_of = [{" ".join(sorted(forms[p.kind, n])) for n in p.names} for p in parties]
    given = set()
    for ranked in (sorted(scored, key=lambda c: -c[0]), drawn):
        per_party = collections.Counter()
        for _, (kind, (i, n, j, m)) in ranked:
            most = PER_PARTY // 2
            # A party with any name in common with the other may well be it, listed twice.
            if per_party[i] >= most or per_party[j] >= most or half[linked[i]] != half[linked[j]] or names_of[i] & names_of[j]:
                continue
            name = phenomenon(n, m, forms[kind, n], forms[kind, m])
            if per_party[i, name] or per_party[j, name] or {(kind, n, m), (kind, m, n)} & given:
                continue
            given.add((kind, n, m))
            for k in (i, j):
                per_party[k, name] += 1
                per_party[k] += 1
            # The side that scored more must not always be asked.
            pool[half[linked[i]], 0, name].append((kind, n, m) if rng.random() < 0.5 else (kind, m, n))
    counts = collections.Counter()
    for (part, label, name), pairs in sorted(pool.items()):
        rng.shuffle(pairs)
        for kind, x, y in pairs[:PER_CLASS]:
            counts[name, kind, label] += 1
            print(part, label, name, kind, x, y, sep="\t")
    for (name, kind, label), n in sorted(counts.items()):
        print(f"{name:24} {kind:13} {'one' if label else 'two'} {n}", file=sys.stderr)


if __name__ == "__main__":
    main()
