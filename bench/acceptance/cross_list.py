#!/usr/bin/env python3
"""The same party on two lists, found on each from the other's spellings, by script.

    bench/acceptance/cross_list.py --db STORE --eu EU.xml --uk UK.xml

That two listings are one party is said by the lists themselves: the EU and the UK give the United Nations' reference
number of what they took over from it, and two listings of one kind that bear one passport, identity, registration, tax or IMO
number are one party (numbers that two listings of one list share say nothing, and are passed over). Every name of a party on one list is asked for among the parties of another; told are
the shares whose party comes first, and among the first five, of the names in each script, people and others apart; and of the
parties, the share that comes first by at least one of its names. The EU gives names of groups in all its languages, the UN does
not: of the names of others that are not found, most are such translations.
"""
import argparse
import collections
import csv
import itertools
import json
import pathlib
import subprocess
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"
NAMES = {"name", "alias", "previousName"}
IDENTIFIERS = {"passportNumber", "idNumber", "registrationNumber", "taxNumber", "imoNumber"}
LISTS = {"eu_fsf", "gb_fcdo_sanctions", "un_sc_sanctions", "us_ofac_sdn", "us_ofac_cons"}
IDENTIFIER_LEAST = 6  # letters and digits: shorter numbers are borne by many


def local(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def references(eu: str, uk: str) -> dict[str, str]:
    """Listing id → the United Nations' reference number."""
    found = {}
    for _, element in ET.iterparse(eu):
        if local(element) == "sanctionEntity":
            if element.get("unitedNationId"):
                found["eu_fsf:" + element.get("euReferenceNumber", "")] = element.get("unitedNationId", "").strip()
            element.clear()
    for _, element in ET.iterparse(uk):
        if local(element) == "Designation":
            values = {local(child): (child.text or "").strip() for child in element}
            if values.get("UNReferenceNumber"):
                found["gb_fcdo_sanctions:" + values["UniqueID"]] = values["UNReferenceNumber"]
            element.clear()
    return found


def script(text: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKC", text) if c.isalpha())
    return next((unicodedata.name(c, "OTHER").split()[0].capitalize() for c in letters), "None")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--db", "--eu", "--uk"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    reference = references(options.eu, options.uk)
    parent: dict[str, str] = {}  # listing → another of the same party

    def party_of(listing: str) -> str:
        while parent.setdefault(listing, listing) != listing:
            listing = parent[listing]
        return listing

    names = {}  # listing → schema and strong names
    bearers = collections.defaultdict(list)  # a reference or an identifier → listings
    export = subprocess.run([BINARY, "export", "--db", options.db], stdout=subprocess.PIPE, check=True).stdout
    for line in export.splitlines():
        party = json.loads(line)
        if party["source"] not in LISTS:
            continue
        listing, schema, statements = party["id"], party["schema"], party["statements"]
        names[listing] = schema, sorted({s["value"] for s in statements if s["prop"] in NAMES and s.get("strength") != "weak"})
        number = listing.split(":", 1)[1] if party["source"] == "un_sc_sanctions" else reference.get(listing)
        if number:
            bearers["UN", number].append(listing)
        for statement in statements:
            plain = "".join(c for c in statement["value"].upper() if c.isalnum())
            if statement["prop"] in IDENTIFIERS and len(plain) >= IDENTIFIER_LEAST:
                bearers[schema, plain].append(listing)
    for key, alike in bearers.items():
        sources = [listing.split(":", 1)[0] for listing in set(alike)]
        if key[0] == "UN" or len(sources) == len(set(sources)):
            for listing in alike:
                parent[party_of(listing)] = party_of(alike[0])
    listings = collections.defaultdict(lambda: collections.defaultdict(set))  # source → party → listing ids
    for listing in names:
        listings[listing.split(":", 1)[0]][party_of(listing)].add(listing)
    print("asked from         found on           script     kind     names  first  top 5  parties  found")
    for asked, among in itertools.permutations(sorted(listings), 2):
        shared = sorted(listings[asked].keys() & listings[among].keys())
        queries = [(party, names[listing][0], name) for party in shared for listing in sorted(listings[asked][party])
                   for name in names[listing][1]]
        with tempfile.TemporaryDirectory() as folder:
            file, out = pathlib.Path(folder) / "queries.csv", pathlib.Path(folder) / "out.csv"
            with file.open("w", newline="", encoding="utf-8") as stream:
                rows = csv.writer(stream)
                rows.writerow(("id", "name", "schema"))
                rows.writerows((n, name, schema) for n, (_, schema, name) in enumerate(queries))
            command = [BINARY, "screen", "--db", options.db, "--csv", file, "--out", out, "--source", among, "--limit", "5"]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            hits = collections.defaultdict(list)
            with out.open(newline="", encoding="utf-8") as stream:
                for row in csv.DictReader(stream):
                    hits[int(row["query_id"])].append(row["listing_id"])
        counts = collections.defaultdict(lambda: [0, 0, 0])
        parties = collections.defaultdict(dict)
        for n, (party, schema, name) in enumerate(queries):
            right = listings[among][party]
            written = script(name), "people" if schema == "Person" else "others"
            first = bool(right & set(hits[n][:1]))
            count = counts[written]
            count[0] += 1
            count[1] += first
            count[2] += bool(right & set(hits[n]))
            parties[written][party] = parties[written].get(party, False) or first
        for written, (whole, first, five) in sorted(counts.items(), key=lambda c: (c[0][1], -c[1][0])):
            found = parties[written].values()
            print(f"{asked:18} {among:18} {written[0]:10} {written[1]:6} {whole:7} {first / whole:6.2f} {five / whole:6.2f}"
                  f" {len(found):8} {sum(found) / len(found):6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
