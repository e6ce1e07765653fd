#!/usr/bin/env python3
"""Runs OpenSanctions' own client and a client of the reconciliation API (PyPI: yente-client, reconciler) against
`interdict serve`, unchanged.

    python3 -m venv /tmp/clients && /tmp/clients/bin/pip install yente-client reconciler 'numpy<2' 'pandas<3'
    /tmp/clients/bin/python bench/acceptance/clients.py http://127.0.0.1:8000

Every call must parse into the clients' models and answer right on the bundled list; prints a line for each.
"""
import sys

import pandas
from reconciler import reconcile
from yente_client import Client
from yente_client.entities import Company, Person


def main() -> int:
    client = Client(base_url=sys.argv[1])
    failed = 0

    def check(what: str, good: bool, seen: object) -> None:
        nonlocal failed
        failed += not good
        print(f"{'ok  ' if good else 'FAIL'} {what}: {seen}")

    check("healthz", client.healthz().status == "ok", "ok")
    check("readyz", client.readyz().status == "ok", "ok")
    algorithms = client.algorithms()
    check("algorithms", algorithms.best in [a.name for a in algorithms.algorithms], algorithms.best)
    datasets = client.datasets()
    check("catalog", any(d.load for d in datasets.datasets), [d.name for d in datasets.datasets])
    top = client.match(Person(name="Aleksandr Lukashenko", birthDate="1954-08-30")).top
    check("match a person", top is not None and top.match and "lukashenka" in top.id, top and (top.id, round(top.score, 3)))
    check("explanations", bool(top.explanations), sorted(top.explanations))
    firm = client.match(Company(name="Belaruskalij JSC")).top
    check("match a firm", firm is not None and firm.id.endswith("belaruskali"), firm and (firm.id, round(firm.score, 3)))
    nobody = client.match(Person(name="Angela Merkel"))
    check("match nobody", nobody.top is None and nobody.total.value == 0, nobody.total)
    found = client.search("Belavia")
    check("search", any("belavia" in e.id for e in found.results), found.total)
    entity = client.fetch(top.id)
    check("entity", entity.id == top.id and entity.schema_ == "Person", entity.caption)

    service = sys.argv[1] + "/reconcile/default"
    names = pandas.Series(["Belaruskali", "Aleksandr Lukashenko", "Angela Merkel"])
    best = reconcile(names, reconciliation_endpoint=service).set_index("input_value")["id"].to_dict()
    check("reconcile a column", str(best["Belaruskali"]).endswith(":belaruskali")
          and "lukashenka" in str(best["Aleksandr Lukashenko"]) and pandas.isna(best["Angela Merkel"]), best)
    born = pandas.Series(["1954-08-30"] * len(names))
    dated = reconcile(names, type_id="Person", property_mapping={"birthDate": born}, top_res="all", reconciliation_endpoint=service)
    people = {one for one in dated["id"] if not pandas.isna(one)}
    check("reconcile by type and birth date", any("lukashenka" in one for one in people)
          and not any("belaruskali" in one for one in people), sorted(people))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
