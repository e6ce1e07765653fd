#!/usr/bin/env python3
"""Names of listed parties as tab-separated lines: source, party, kind, strength, name.

A plain second reader of the official files, for learning (learn_names.py) and for judging the matcher; the program
reads lists with src/lists.  Usage: tools/list_names.py DATA_FOLDER > names.tsv
"""

import csv
import pathlib
import re
import sys
import xml.etree.ElementTree as ET


def tidy(text):
    return " ".join((text or "").split())


def local(tag):
    return tag.rsplit("}", 1)[-1]


def records(path, tag):
    for _, element in ET.iterparse(path):
        if local(element.tag) == tag:
            yield element
            element.clear()


def children(element, tag):
    return [e for e in element.iter() if local(e.tag) == tag]


def text_of(element, tag):
    for child in element:
        if local(child.tag) == tag:
            return tidy(child.text)
    return ""


OFAC_KINDS = {"individual": "person", "vessel": "object", "aircraft": "object"}


def ofac_order(name, kind):
    """OFAC writes "SURNAME, Given"; natural order says more to a reader that has no other hint."""
    if kind == "person" and "," in name:
        family, given = name.split(",", 1)
        return tidy(f"{given} {family}")
    return name


def ofac_csv(folder):
    kinds = {}
    for row in csv.reader(open(folder / "sdn.csv", encoding="utf-8", errors="replace")):
        if len(row) > 2:
            kinds[row[0]] = OFAC_KINDS.get(row[2].strip(), "organisation")
            yield "us_ofac_sdn", row[0], kinds[row[0]], "strong", ofac_order(tidy(row[1]), kinds[row[0]])
            for alias in re.findall(r"a\.k\.a\. '([^']{3,})'", row[11] if len(row) > 11 else ""):
                yield "us_ofac_sdn", row[0], kinds[row[0]], "weak", tidy(alias)
    for row in csv.reader(open(folder / "alt.csv", encoding="utf-8", errors="replace")):
        if len(row) > 3 and row[0] in kinds:
            yield "us_ofac_sdn", row[0], kinds[row[0]], "strong", ofac_order(tidy(row[3]), kinds[row[0]])


def ofac_xml(path):
    for entry in records(path, "sdnEntry"):
        uid = text_of(entry, "uid")
        kind = OFAC_KINDS.get(text_of(entry, "sdnType").lower(), "organisation")
        yield "us_ofac_cons", uid, kind, "strong", tidy(f"{text_of(entry, 'firstName')} {text_of(entry, 'lastName')}")
        for aka in children(entry, "aka"):
            name = tidy(f"{text_of(aka, 'firstName')} {text_of(aka, 'lastName')}")
            yield "us_ofac_cons", uid, kind, text_of(aka, "category") or "strong", name


def eu(path):
    for entity in records(path, "sanctionEntity"):
        code = next((c.get("code") for c in entity if local(c.tag) == "subjectType"), "")
        kind = "person" if code == "person" else "organisation"
        for alias in children(entity, "nameAlias"):
            name = tidy(alias.get("wholeName"))
            yield "eu_fsf", entity.get("euReferenceNumber"), kind, "strong", name


def un(path):
    for tag, kind in (("INDIVIDUAL", "person"), ("ENTITY", "organisation")):
        for entry in records(path, tag):
            party = text_of(entry, "REFERENCE_NUMBER")
            parts = [text_of(entry, f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
            yield "un_sc_sanctions", party, kind, "strong", tidy(" ".join(parts))
            yield "un_sc_sanctions", party, kind, "strong", text_of(entry, "NAME_ORIGINAL_SCRIPT")
            for alias in children(entry, f"{tag}_ALIAS"):
                strength = "weak" if text_of(alias, "QUALITY") == "Low" else "strong"
                yield "un_sc_sanctions", party, kind, strength, text_of(alias, "ALIAS_NAME")


def uk(path):
    for entry in records(path, "Designation"):
        party = text_of(entry, "UniqueID")
        kind = {"Individual": "person", "Ship": "object"}.get(text_of(entry, "IndividualEntityShip"), "organisation")
        for name in children(entry, "Name"):
            if local(name.tag) == "Name" and len(name):
                # Name1 to Name5 are given names in order, Name6 is the family or whole name.
                parts = [text_of(name, f"Name{i}") for i in range(1, 7)]
                yield "gb_fcdo_sanctions", party, kind, "strong", tidy(" ".join(parts))
        for name in children(entry, "NameNonLatinScript"):
            yield "gb_fcdo_sanctions", party, kind, "strong", tidy(name.text)


def canada(path):
    for entry in records(path, "record"):
        party = "/".join(text_of(entry, f) for f in ("Country", "Schedule", "Item"))
        whole = text_of(entry, "EntityOrShip") or text_of(entry, "Entity")
        kind = "organisation" if whole else "person"
        name = whole or tidy(f"{text_of(entry, 'GivenName')} {text_of(entry, 'LastName')}")
        yield "ca_dfatd_sema_sanctions", party, kind, "strong", name
        for alias in re.split(r"[;,]", text_of(entry, "Aliases")):
            yield "ca_dfatd_sema_sanctions", party, kind, "strong", tidy(alias)


def all_names(data):
    yield from ofac_csv(data / "ofac" / "2023-12-28_full")
    yield from ofac_xml(data / "ofac" / "2026-01-08_ofac_consolidated.xml")
    yield from eu(data / "eu" / "2026-05-01_eu_fsf_1_1.xml")
    yield from un(data / "un" / "2026-02-27_un_consolidated.xml")
    yield from uk(data / "uk" / "2026-08-22_uk_sanctions_list.xml")
    yield from canada(data / "ca" / "2025-05-25_sema-lmes.xml")


if __name__ == "__main__":
    seen = set()
    for row in all_names(pathlib.Path(sys.argv[1])):
        if row[4] and row not in seen:
            seen.add(row)
            print("\t".join(row))
