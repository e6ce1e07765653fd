#!/usr/bin/env python3
"""Fits the shares of evidence beyond names on the official lists and writes src/screen/evidence_shares.inc.

    build/release/interdict export --db STORE > parties.jsonl
    tools/evidence_ratios.py parties.jsonl STORE [--binary build/release/interdict] [--write]

For every finding that src/screen/evidence.cc can make: how often it is made of one party on two lists, and how often of two
parties whose names score 0.70 or more. The log of the quotient is what the finding says (in nats, half a case added to each
count). One party on two lists: a shared United Nations reference, the UK's own group number, an identifier or a name of three
words or more that one listing of each list bears; and, where birth dates are not what is measured, the same full birth date with a
name in common. Two parties: of one list, which keeps them apart. Some of these may be one party listed twice, and lists copy each
other: the first makes ratios smaller than they are, the second greater.

Shares follow from the ratios by one scale for what supports and one for what contradicts, set by the two ends that are policy
and not data: the same full birth date closes a quarter of the gap to 1 (a name must score 0.60 by itself to be a hit by it), and
birth dates far apart take 0.28 of the score (an identical name is still seen at 0.72). Where a finding was never made of one of
the two, the end of its interval nearer to 0 is taken. A share is 1 - exp(-ratio/scale), so that
shares compose as ratios add. Of findings in one ladder a better one never counts less; rungs out of order are pooled.
"""

import argparse
import collections
import csv
import itertools
import json
import math
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
IDENTIFIERS = {"passportNumber", "idNumber", "taxNumber", "registrationNumber", "imoNumber", "leiCode", "swiftBic"}
NAMES = {"name", "alias", "previousName"}
STATED = {"nationality", "citizenship", "jurisdiction", "country", "flag"}
SUPPORTING = {"birthCountry", "pastFlags"}
TOP_SUPPORT, TOP_AGAINST = 0.25, 0.28
HITS_MOST = 10

# Best first. What is in no ladder is told and not used: docs/evidence.md says why.
BIRTH = ["birth_same_day", "birth_same_month", "birth_swapped", "birth_same_year", "birth_in_range", "birth_about",
         "birth_one_digit", "birth_other_day", "birth_next_year", "birth_other_year", "birth_far"]
LADDERS = [BIRTH, ["country_same", "country_other"], ["gender_other"], ["address_same", "address_near"]]


def first_last(text):
    parts = text.split("-")
    return (text + "-01-01"[(len(parts) - 1) * 3:], text + "-12-31"[(len(parts) - 1) * 3:])


def one_slip(a, b):
    if len(a) != len(b):
        return False
    at = [i for i, (x, y) in enumerate(zip(a, b)) if x != y]
    return len(at) == 1 or (len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]])


def by_years(apart):
    return ("birth_other_day" if apart <= 0 else "birth_next_year" if apart == 1 else
            "birth_other_year" if apart <= 5 else "birth_far")


def compare_dates(asked, listed, until, circa):
    """What compare_dates of evidence.cc finds; `asked` is a plain date."""
    if not until and not circa:
        a, b = asked.split("-"), listed.split("-")
        if a[0] == b[0]:
            if len(a) == 1 or len(b) == 1:
                return "birth_same_year"
            if a[1] == b[1]:
                if len(a) == 2 or len(b) == 2:
                    return "birth_same_month"
                if a[2] == b[2]:
                    return "birth_same_day"
            if len(a) == 3 == len(b):
                if a[1] == b[2] and a[2] == b[1]:
                    return "birth_swapped"
                if "01-01" in (asked[5:], listed[5:]):
                    return "birth_about"
        if len(a) == 3 == len(b) and one_slip(asked, listed):
            return "birth_one_digit"
        return by_years(abs(int(a[0]) - int(b[0])))
    first, last = first_last(listed)[0], first_last(until or listed)[1]
    begin, end = first_last(asked)
    year = lambda text: int(text[:4])
    apart = year(first) - year(end) if end < first else year(begin) - year(last) if last < begin else 0
    if not (end < first or last < begin):
        return "birth_in_range" if until else "birth_about"
    if circa and apart <= 1:
        return "birth_about"
    return by_years(apart - 1 if circa else apart)


def birth(asked, listed):
    found = [compare_dates(a["value"], b["value"], b.get("until"), b.get("circa"))
             for a in asked.said["birthDate"] if not a.get("until") and not a.get("circa") for b in listed.said["birthDate"]]
    return min(found, key=BIRTH.index) if found else None


def countries(party, props):
    return {s["value"] for prop in props for s in party.said[prop] if len(s["value"]) == 2}


def country(asked, listed):
    mine = countries(asked, STATED - {"flag"})
    if not mine:
        return None
    stated = countries(listed, STATED - {"flag"})
    places = {s.get("country", "") for s in listed.said["address"]}
    if mine & (stated | countries(listed, SUPPORTING | {"flag"}) | places):
        return "country_same"
    return "country_other" if stated else None


def gender(asked, listed):
    mine, theirs = ({s["value"] for s in p.said["gender"]} & {"male", "female"} for p in (asked, listed))
    return None if not mine or not theirs else "gender_same" if mine & theirs else "gender_other"


def words(text):
    return set("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def shared(prop, most, near, other):
    def finding(asked, listed):
        parts = []
        for a, b in itertools.product(asked.said[prop], listed.said[prop]):
            mine, common = words(a["value"]), words(a["value"]) & words(b["value"])
            if len(mine) > 1:
                parts.append(len(common) / len(mine) if len(common) > 1 else 0)
        return None if not parts else most if max(parts) >= 0.65 else near if max(parts) >= 0.35 else other
    return finding


FINDINGS = [birth, country, gender, shared("address", "address_same", "address_near", "address_other"),
            shared("birthPlace", "place_same", "place_near", "place_other")]


class Party:
    def __init__(self, record):
        self.id, self.source, self.schema = record["id"], record["source"], record["schema"]
        self.said = collections.defaultdict(list)
        for statement in record["statements"]:
            self.said[statement["prop"]].append(statement)

    def numbers(self):
        for prop in IDENTIFIERS:
            for statement in self.said[prop]:
                form = "".join(c for c in statement["value"].upper() if c.isalnum())
                if len(form) > 5:
                    yield prop, form

    def keys(self):
        for prop in NAMES:
            for statement in self.said[prop]:
                name = {w for w in words(statement["value"]) if len(w) > 2}
                if len(name) > 2 and statement.get("strength") != "weak":
                    yield "name", " ".join(sorted(name))
        if self.source in ("un_sc_sanctions", "gb_hmt_sanctions"):
            yield self.source[:2], self.id.split(":", 1)[1]
        for statement in self.said["reference"]:
            field = statement.get("field")
            if field in ("unitedNationId", "UNReferenceNumber", "UN Ref"):
                yield "un", statement["value"].strip()
            elif field == "OFSIGroupID":
                yield "gb", statement["value"].strip()


def keys_by_birth(party):
    for date in party.said["birthDate"]:
        if len(date["value"]) == 10 and not date["value"].endswith("-01-01"):
            for prop in NAMES:
                for name in party.said[prop]:
                    yield date["value"], " ".join(sorted(words(name["value"])))


def one_party(parties, by_birth, by_number=True):
    """Pairs of listings of different lists that are linked, both ways; and who bears each key."""
    bearers = collections.defaultdict(set)
    for i, party in enumerate(parties):
        for key in itertools.chain(party.keys(), party.numbers() if by_number else (), keys_by_birth(party) if by_birth else ()):
            bearers[key].add(i)
    pairs = set()
    for found in bearers.values():
        sources = collections.Counter(parties[i].source for i in found)
        if max(sources.values()) > 1:
            continue  # an office's or a bank's number, or a name that two bear
        for i, j in itertools.permutations(sorted(found), 2):
            if parties[i].schema == parties[j].schema:
                pairs.add((i, j))
    return pairs, bearers


def two_parties(parties, bearers, store, binary):
    """Pairs of one list whose names score 0.70 or more; not those that share a number, which may be one party twice."""
    by_id = {p.id: i for i, p in enumerate(parties)}
    joined = {pair for found in bearers.values() if len(found) < 50 for pair in itertools.permutations(found, 2)}
    pairs = set()
    for source in sorted({p.source for p in parties}):
        with tempfile.TemporaryDirectory() as folder:
            asked, answers = pathlib.Path(folder) / "asked.csv", pathlib.Path(folder) / "answers.csv"
            with asked.open("w", newline="", encoding="utf-8") as stream:
                rows = csv.writer(stream)
                rows.writerow(("id", "name", "schema"))
                rows.writerows((i, s["value"], p.schema) for i, p in enumerate(parties) if p.source == source
                               for s in p.said["name"][:1])
            subprocess.run([binary, "screen", "--db", store, "--csv", asked, "--out", answers, "--source", source, "--limit",
                            str(HITS_MOST), "--threshold", "0.7"], check=True, stderr=subprocess.DEVNULL)
            with answers.open(newline="", encoding="utf-8") as stream:
                for row in csv.DictReader(stream):
                    i, j = int(row["query_id"]), by_id[row["listing_id"]]
                    if i != j and (i, j) not in joined and parties[i].schema == parties[j].schema:
                        pairs.add((i, j))
    return pairs


def cautious(ratio, error, ones, twos):
    """The ratio; of what was never seen on one side, no more than its interval leaves."""
    return ratio if ones and twos else math.copysign(max(0.0, abs(ratio) - error), ratio)


def numbers(parties, linked):
    """Of each kind of number: pairs of listings that share one, on two lists (and linked by more than it), and on one list."""
    bearers = collections.defaultdict(set)
    for i, party in enumerate(parties):
        for prop, form in party.numbers():
            bearers[prop, form].add(i)
    counts = collections.defaultdict(collections.Counter)
    for (prop, _), found in bearers.items():
        if len(found) > 50:
            continue
        for i, j in itertools.combinations(sorted(found), 2):
            apart = parties[i].source == parties[j].source
            counts[prop]["one list" if apart else "linked" if (i, j) in linked else "unlinked"] += 1
    return counts


def pooled(ladder, ratios):
    """A ladder's ratios made never to rise: neighbours out of order get their mean, by how many cases each rests on."""
    blocks = []
    for name in ladder:
        value, weight = ratios[name]
        blocks.append([[name], value * weight, weight])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] < blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1], blocks[-1][2] + last[2]]
    return {name: total / weight for names, total, weight in blocks for name in names}


def measure(parties, one_by, two):
    """finding → (log ratio, half its interval, cases of one party, of two, both totals)."""
    table = {}
    for finding in FINDINGS:
        counts = {True: collections.Counter(), False: collections.Counter()}
        for same, pairs in ((True, one_by[finding is not birth]), (False, two)):
            for i, j in pairs:
                found = finding(parties[i], parties[j])
                if found:
                    counts[same][found] += 1
        kinds = set(counts[True]) | set(counts[False])
        totals = [sum(counts[same].values()) for same in (True, False)]
        for found in kinds:
            n, m = counts[True][found], counts[False][found]
            ratio = math.log((n + 0.5) / (totals[0] + len(kinds) / 2) * (totals[1] + len(kinds) / 2) / (m + 0.5))
            table[found] = ratio, 1.96 * math.sqrt(1 / (n + 0.5) + 1 / (m + 0.5)), n, m, *totals
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parties")
    parser.add_argument("store")
    parser.add_argument("--binary", default="build/release/interdict")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    parties = [Party(json.loads(line)) for line in open(options.parties, encoding="utf-8")]
    one_by = {}
    one_by[False], _ = one_party(parties, False)
    one_by[True], bearers = one_party(parties, True)
    two = two_parties(parties, bearers, options.store, options.binary)
    table = measure(parties, one_by, two)
    used = {name: ratio for ladder in LADDERS for name, ratio in
            pooled(ladder, {n: (cautious(*table[n][:4]), table[n][2] + table[n][3]) for n in ladder}).items()}
    support = used["birth_same_day"] / -math.log(1 - TOP_SUPPORT)
    against = used["birth_far"] / math.log(1 - TOP_AGAINST)
    share = {n: 1 - math.exp(-r / support) if r > 0 else math.exp(r / against) - 1 for n, r in used.items()}
    print(f"{len(one_by[False])} ordered pairs of one party ({len(one_by[True])} with birth dates), {len(two)} of two; "
          f"scales {support:.1f} for, {against:.1f} against")
    print("finding            log ratio          one party         two parties       share")
    for found in [*(n for ladder in LADDERS for n in ladder), *sorted(set(table) - set(used))]:
        ratio, error, n, m, ones, twos = table[found]
        print(f"{found:18} {ratio:+5.2f} ± {error:4.2f}   {n:6} of {ones:6}   {m:6} of {twos:6}   "
              + (f"{share[found]:+.3f}" if found in share else "not used"))
    linked, _ = one_party(parties, True, by_number=False)
    print("number              one list   two lists, linked otherwise   two lists, not")
    for prop, counts in sorted(numbers(parties, linked).items()):
        print(f"{prop:18} {counts['one list']:9} {counts['linked']:29} {counts['unlinked']:16}")
    if options.write:
        sources = ", ".join(sorted({p.source for p in parties}))
        lines = [f"// Written by tools/evidence_ratios.py from {len(parties)} parties of {sources}.",
                 "// Log ratio, cases of one party and of two; docs/evidence.md explains. Do not edit."]
        for found, value in share.items():
            ratio, error, n, m, ones, twos = table[found]
            lines.append(f"inline constexpr double {found} = {value:.3f};  // {ratio:+.2f} ± {error:.2f}: "
                         f"{n} of {ones}, {m} of {twos}")
        (ROOT / "src" / "screen" / "evidence_shares.inc").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
