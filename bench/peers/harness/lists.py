"""The publishers' list files as names by party, and the same files with some of those names taken out.

A name is kept with the key of its place in the file, so that exactly this alias can be removed and everything else
stays as published. Only what can be removed is a candidate for holding out; names that a list also says elsewhere
(OFAC's remarks) are read as fixed, so that a held-out alias is not still in the index by another door.
"""

from __future__ import annotations

import csv
import re
import shutil
import xml.etree.ElementTree as ET
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Name:
    party: str
    schema: str  # Person, Organization, Vessel, Airplane
    text: str
    key: str | None  # its place in the file when it is an alias that can be removed
    weak: bool = False


def tidy(text: str | None) -> str:
    return " ".join((text or "").split())


class ListFile(ABC):
    """One list as its publisher issues it."""

    def __init__(self, source: str, label: str, path: Path) -> None:
        self.source = source  # interdict's source id, the part of a listing id before the colon
        self.label = label
        self.path = path

    @abstractmethod
    def names(self) -> Iterator[Name]: ...

    @abstractmethod
    def write_without(self, keys: set[str], folder: Path) -> list[Path]:
        """Writes the list without these aliases; the files written."""


class OfacCsv(ListFile):
    """sdn.csv, alt.csv, add.csv: no header, CRLF, a trailing 0x1A; `path` is their folder."""

    SCHEMAS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
    PARTS = ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv")

    def names(self) -> Iterator[Name]:
        schemas: dict[str, str] = {}
        for row in self._rows("sdn.csv"):
            schema = schemas[row[0]] = self.SCHEMAS.get(row[2].strip(), "Organization")
            yield Name(row[0], schema, self._natural(row[1], schema), None)
            for alias in re.findall(r"a\.k\.a\. '([^']+)'", row[11] if len(row) > 11 else ""):
                yield Name(row[0], schema, tidy(alias), None, weak=True)
        for row in self._rows("alt.csv"):
            if row[0] in schemas:
                yield Name(row[0], schemas[row[0]], self._natural(row[3], schemas[row[0]]), row[1])

    def write_without(self, keys: set[str], folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for part in self.PARTS:
            source, target = self.path / part, folder / part
            if not source.exists():
                continue
            if part == "alt.csv":
                lines = source.read_bytes().splitlines(keepends=True)
                target.write_bytes(b"".join(line for line in lines if self._alt_number(line) not in keys))
            else:
                shutil.copyfile(source, target)
            written.append(target)
        return written

    def _rows(self, part: str) -> Iterator[list[str]]:
        with open(self.path / part, encoding="utf-8", errors="replace", newline="") as file:
            yield from (row for row in csv.reader(file) if len(row) > 3)

    @staticmethod
    def _alt_number(line: bytes) -> str:
        cells = line.split(b",", 2)
        return cells[1].decode() if len(cells) == 3 else ""

    @staticmethod
    def _natural(name: str, schema: str) -> str:
        """OFAC writes people "SURNAME, Given"; customers are not written so, whoever is asked."""
        family, comma, given = name.partition(",")
        return tidy(f"{given} {family}" if comma and schema == "Person" else name)


class XmlList(ListFile):
    """An XML list edited as a tree."""

    record = ""  # tag of a party's element, without namespace
    namespace = ""

    def names(self) -> Iterator[Name]:
        for _, element in ET.iterparse(self.path):
            if local(element) in self.record.split("|"):
                yield from (name for name, _, _ in self.spots(element))
                element.clear()

    def write_without(self, keys: set[str], folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        ET.register_namespace("", self.namespace) if self.namespace else None
        tree = ET.parse(self.path)
        for element in tree.iter():
            if local(element) in self.record.split("|"):
                gone = [(parent, child) for name, parent, child in self.spots(element) if name.key in keys]
                for parent, child in gone:
                    parent.remove(child)
        target = folder / self.path.name
        tree.write(target, encoding="utf-8", xml_declaration=True)
        return [target]

    @abstractmethod
    def spots(self, record: ET.Element) -> Iterable[tuple[Name, ET.Element, ET.Element]]:
        """Each name of a record with its element and the element that holds it."""


class EuXml(XmlList):
    record = "sanctionEntity"
    namespace = "http://eu.europa.ec/fpi/fsd/export"

    def spots(self, record: ET.Element) -> Iterable[tuple[Name, ET.Element, ET.Element]]:
        code = next((child.get("code") for child in record if local(child) == "subjectType"), "")
        schema = "Person" if code == "person" else "Organization"
        party = record.get("euReferenceNumber") or ""
        for count, alias in enumerate(child for child in record if local(child) == "nameAlias"):
            text = tidy(alias.get("wholeName"))
            if text:
                yield Name(party, schema, text, alias.get("logicalId") if count else None), record, alias


class UnXml(XmlList):
    record = "INDIVIDUAL|ENTITY"

    def spots(self, record: ET.Element) -> Iterable[tuple[Name, ET.Element, ET.Element]]:
        schema = "Person" if local(record) == "INDIVIDUAL" else "Organization"
        party = child_text(record, "REFERENCE_NUMBER")
        whole = tidy(" ".join(child_text(record, f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH")))
        yield Name(party, schema, whole, None), record, record
        original = child_text(record, "NAME_ORIGINAL_SCRIPT")
        if original:
            yield Name(party, schema, original, None), record, record
        aliases = [child for child in record if local(child) == f"{local(record)}_ALIAS"]
        for count, alias in enumerate(aliases):
            text = child_text(alias, "ALIAS_NAME")
            if text:
                weak = child_text(alias, "QUALITY") == "Low"
                yield Name(party, schema, text, f"{party}#{count}", weak), record, alias


class UkXml(XmlList):
    record = "Designation"
    SCHEMAS = {"Individual": "Person", "Ship": "Vessel"}

    def spots(self, record: ET.Element) -> Iterable[tuple[Name, ET.Element, ET.Element]]:
        party = child_text(record, "UniqueID")
        schema = self.SCHEMAS.get(child_text(record, "IndividualEntityShip"), "Organization")
        for group in record:
            for count, element in enumerate(group):
                if local(element) == "Name":
                    # Name1 to Name5 are given names in order, Name6 is the family name or the whole.
                    text = tidy(" ".join(child_text(element, f"Name{i}") for i in range(1, 7)))
                    primary = child_text(element, "NameType").casefold() == "primary name"
                elif local(element) == "NonLatinName":
                    text, primary = child_text(element, "NameNonLatinScript"), False
                else:
                    continue
                if text:
                    key = None if primary else f"{party}#{local(element)}#{count}"
                    yield Name(party, schema, text, key), group, element


def local(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def child_text(element: ET.Element, tag: str) -> str:
    return next((tidy(child.text) for child in element if local(child) == tag), "")


def all_lists(data: Path) -> list[ListFile]:
    return [
        OfacCsv("us_ofac_sdn", "OFAC SDN, 2023-12-28", data / "ofac" / "2023-12-28_full"),
        EuXml("eu_fsf", "EU FSF, 2026-05-01", data / "eu" / "2026-05-01_eu_fsf_1_1.xml"),
        UnXml("un_sc_sanctions", "UN, 2026-02-27", data / "un" / "2026-02-27_un_consolidated.xml"),
        UkXml("gb_fcdo_sanctions", "UK, 2026-08-22", data / "uk" / "2026-08-22_uk_sanctions_list.xml"),
    ]
