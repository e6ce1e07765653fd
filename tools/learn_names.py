#!/usr/bin/env python3
"""Learns the matcher's tables from the official lists and writes src/names/frequencies.inc, families.inc,
organisation_words.inc, phrases.inc and short_names.inc.

    tools/list_names.py DATA > names.tsv
    tools/learn_names.py names.tsv build/release/name_scores

frequencies.inc: in how many names (of distinct parties) a form stands, by kind, in half doublings.
families.inc: spellings of one name. Kept apart by closeness: families.txt, written by hand, and what the lists' own alias clusters
teach: where two strong names of one party differ in one part only, those parts are two
spellings of one name; a pair counts when at least two parties teach it and it is not mere chance.
organisation_words.inc: the words of organisations.txt and organisations_slavic.txt, written by hand, as all their romanisations have
them, and the families that the English words are the heads of.
phrases.inc: the phrases of phrases.txt, written by hand, as they are read.
short_names.inc: short names of firms and bodies, and the words whose first letters they are.
All are committed; their first lines name what they were made from. No labelled test name is read. learnt_digest.inc makes
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

import slavic_inflections

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
FILLERS = set("a al an and by da das de del der des di die do dos du e el et for i in la las le les los na of on po the to und wa y".split())
LONG_NAMES = 4  # spellings kept of one body


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
    """[(English word, words that say it in other languages)], of organisations.txt and organisations_slavic.txt; the words as firms'
    names are read and as all romanisations have them. One that three people bear is left out."""
    lines = [(heads.split(), list(itertools.chain.from_iterable(map(slavic_inflections.forms, entries.split()))))
             for file in ("organisations.txt", "organisations_slavic.txt") for heads, entries in lines_of(NAMES / file)]
    english = {head for heads, _ in lines for head in heads}
    tokens = tokens_by_name("organisation", sorted({form for _, forms in lines for form in forms}), binary)
    read = {form: parts[0][0] for form, parts in tokens.items() if [role for _, role in parts] == ["plain"]}
    borne = sorted(form for form, bearers in people.items() if len(bearers) >= 3)
    words = sorted(set(read.values()) - english)
    spelt = "".join(f"{word}\n" for word in [*words, *borne])
    out = subprocess.run([binary, "romanised"], input=spelt, capture_output=True, text=True, check=True).stdout.split("\n")
    romanised = dict(zip([*words, *borne], out))
    names = {romanised[form] for form in borne}
    for heads, forms in lines:
        said = {romanised[read[form]] for form in forms if read.get(form) in romanised}
        kept = sorted(form for form in said - names - english if len(form) > 3 and form.isascii() and form.isalnum())
        for head in heads:
            yield head, kept


def phrases(binary):
    """[(words as all romanisations have them, what they are brought to)] of phrases.txt, more words first; of a phrase that stands there
    twice the first counts."""
    said = [(phrase.strip(), form) for form, rest in lines_of(NAMES / "phrases.txt") for phrase in rest.split("|")]
    out = subprocess.run([binary, "romanised"], input="".join(f"{phrase}\n" for phrase, _ in said), capture_output=True, text=True, check=True)
    read = {}
    for words, (_, form) in zip(out.stdout.split("\n"), said):
        read.setdefault(words, form)
    return sorted(((words, form) for words, form in read.items() if words != form), key=lambda row: (-row[0].count(" "), row))


def short_names(rows, people):
    """{short name: its words in full}: a party of a list bears both, and the one is the other's first letters. What people
    are called is none, nor what means another body to as many parties."""
    words = lambda text: re.findall(r"[a-z]+", text.lower().replace("'", ""))
    names = collections.defaultdict(set)
    for source, party, kind, _, name in rows:
        if kind == "organisation" and name.isascii():
            beside = re.fullmatch(r"(.*?)[\s,]*\(([A-Z]{3,8})\)", name)
            names[source, party] |= set(beside.groups()) if beside else {name}
    bearers = collections.defaultdict(lambda: collections.defaultdict(set))
    for party, own in names.items():
        shorts = {name.lower() for name in own if re.fullmatch("[A-Z]{3,8}", name) and not people.get(name.lower())}
        for name in own:
            short = "".join(word[0] for word in words(name) if word not in FILLERS)
            if short in shorts and "(" not in name:
                bearers[short][" ".join(words(name))].add(party)
    kept = {}
    for short, full in bearers.items():
        first, *others = sorted(full, key=lambda name: (-len(full[name]), name))
        like = [name for name in others if 2 * len(set(name.split()) & set(first.split())) >= len(first.split())]
        bodies = set().union(*full.values())
        if 2 * len(set().union(*(full[name] for name in [first, *like]))) > len(bodies):
            kept[short] = [first, *like][:LONG_NAMES]
    return kept


def write(name, comment, lines):
    text = "\n".join(comment + lines) + "\n"
    (NAMES / name).write_text(text, encoding="utf-8")
    return text


def main():
    before = (NAMES / "phrases.inc").read_text(encoding="utf-8")
    lines = [f'{{"{words}", "{form}"}},' for words, form in phrases(sys.argv[2])]
    if write("phrases.inc", ["// Written by tools/learn_names.py from phrases.txt. Do not edit."], lines) != before:
        sys.exit("phrases.inc is new: build name_scores again, which reads names by it, then run this again")
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
    for head, spellings, closeness in hand_written(sys.argv[2]):
        if closeness == CLOSE_TRANSCRIBED:
            memberships[head].setdefault(head, CLOSE_LEARNT_HEAD)
        else:
            memberships[head][head] = 100
        for form in spellings:
            memberships[form][head] = max(closeness, memberships[form].get(head, 0))
    words = collections.defaultdict(dict)  # romanised → English words
    for head, spellings in organisations(sys.argv[2], people):
        memberships[head].setdefault(head, CLOSE_LEARNT_HEAD)
        for form in spellings:
            words[form][head] = CLOSE_TRANSCRIBED
    pairs = learn_pairs(parties, frequency)
    out = subprocess.run([sys.argv[2], "romanised"], input="".join(f"{a}\n{b}\n" for a, b in pairs), capture_output=True, text=True)
    romanised = dict(zip(itertools.chain.from_iterable(pairs), out.stdout.split("\n")))
    families = lambda form: set(memberships.get(form, ())) | set(words.get(romanised[form], ()))
    of_its_own = {CLOSE_TRANSLITERATION, CLOSE_NICKNAME, 100}
    by_hand = {form for form, own in memberships.items() if of_its_own & set(own.values())}
    learnt = 0
    for (a, b), count in sorted(pairs.items(), key=lambda p: -p[1]):
        if families(a) & families(b):
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
    for file, table in (("families.inc", memberships), ("organisation_words.inc", words)):
        lines = [f'{{"{form}"sv, {{{heads[head]}, {closeness}}}}},  // {head}'
                 for form in sorted(table, key=str.encode)
                 for head, closeness in sorted(table[form].items(), key=lambda m: -m[1])[:FAMILIES_OF_A_FORM]]
        tables += write(file, made_from + ["// {form, {family, closeness in percent}}"], lines)
    shorts = short_names(rows, people)
    lines = [f'{{"{short}", "{name}"}},' for short in sorted(shorts) for name in shorts[short]]
    tables += write("short_names.inc", made_from, lines)
    write("learnt_digest.inc", made_from, [f'"{hashlib.sha256(tables.encode()).hexdigest()[:8]}"'])
    print(learnt, "pairs learnt,", len(heads), "families,", len(shorts), "short names")
    if len(sys.argv) > 3:
        for (a, b), n in sorted(pairs.items(), key=lambda p: -p[1])[:int(sys.argv[3])]:
            print(n, a, b)


if __name__ == "__main__":
    main()
