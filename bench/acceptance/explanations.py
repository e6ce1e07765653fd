#!/usr/bin/env python3
"""Every score worked out again from its explanation alone, for real hits of a loaded store.

    bench/acceptance/explanations.py --db STORE [--hits 1000] [--show 0] [--seed 1]

Queries are listed names, damaged as for exactness.py, with birth dates, countries and identifiers, right and wrong. From each hit
the JSON explanation is all that is used: the pairs, what was left over, costs and factors give the name score; each
share of evidence its effect; name score and effects the score. `--show N` prints N hits as a reviewer sees them.
"""
import argparse
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

from exactness import BINARY, listed_parties, write_queries


def name_score(name: dict) -> float:
    pairs = name["pairs"]
    if not pairs:
        return 0.0
    agreed = sum(p["weight"] * p["similarity"] for p in pairs)
    paired = sum(p["weight"] for p in pairs)
    slips = [p["weight"] * (1 - p["similarity"]) for p in pairs if p["how"] != "initial"]
    divisor = paired + sum(cost["weight"] * cost["rate"] for cost in name["costs"])
    score = (agreed - name["compounding"] * (sum(slips) - max(slips, default=0))) / divisor
    return min(1.0, max(0.0, score * math.prod(factor["value"] for factor in name["factors"])))


def left_over_unexplained(name: dict) -> float:
    """The costs must be of what was left over: pool by pool, no more and no less."""
    sides: dict[tuple[str, str], float] = {}
    for side in ("query_left", "listed_left"):
        for part in name.get(side, ()):
            sides[side, part["pool"]] = sides.get((side, part["pool"]), 0) + part["weight"]
    worst = 0.0
    whole: dict[tuple[str, str], float] = {}
    for cost in name["costs"]:
        what = cost["what"].removeprefix("more ")
        whole[what, cost["pool"]] = whole.get((what, cost["pool"]), 0) + cost["weight"]
    for (what, pool), weight in whole.items():
        query = sides.get(("query_left", pool), 0)
        listed = sides.get(("listed_left", pool), 0)
        expected = {"contradict": min(query, listed), "only in the query": query - min(query, listed),
                    "only on the list": listed - min(query, listed)}.get(what)  # fmt: skip
        if expected is not None:
            worst = max(worst, abs(expected - weight))
    return worst


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--hits", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        queries, out = pathlib.Path(folder) / "queries.csv", pathlib.Path(folder) / "out.jsonl"
        write_queries(queries, listed_parties(options.db), options.hits, rng)
        subprocess.run([BINARY, "screen", "--db", options.db, "--csv", queries, "--out", out, "--limit", "1",
                        "--threshold", "0.5"], check=True, stderr=subprocess.DEVNULL)  # fmt: skip
        answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    seen, with_costs, with_factors, with_evidence = 0, 0, 0, 0
    by_name = by_score = by_effect = by_left = 0.0
    shown = []
    for answer in answers:
        for hit in answer["hits"]:
            score = 0.0
            for evidence in hit["evidence"]:
                if evidence["kind"] == "name":
                    score = name_score(evidence)
                    by_name = max(by_name, abs(score - evidence["score"]))
                    by_left = max(by_left, left_over_unexplained(evidence))
                    with_costs += bool(evidence["costs"])
                    with_factors += bool(evidence["factors"])
                    continue
                share = evidence["share"]
                effect = share * (1 - score) if share >= 0 else share * score
                by_effect = max(by_effect, abs(effect - evidence["effect"]))
                score += effect
                with_evidence += share != 0
            by_score = max(by_score, abs(score - hit["score"]))
            seen += 1
            if len(shown) < options.show and hit["score"] < 1:
                shown.append(answer["query"])
    for query in shown:
        fields = [query["properties"]["name"][0], "--schema", query["schema"], "--limit", "1", "--threshold", "0.5"]
        for flag, prop in (("--birth-date", "birthDate"), ("--country", "country"), ("--id-number", "idNumber")):
            for value in query["properties"].get(prop, ()):
                fields += [flag, value]
        done = subprocess.run([BINARY, "screen", "--db", options.db, *fields], stdout=subprocess.PIPE, check=True, text=True)
        print("\n\n".join(done.stdout.split("\n\n")[:2]) + "\n")
    print(f"{seen} hits: {with_costs} with costs, {with_factors} with factors, {with_evidence} effects of other evidence")
    print(f"greatest difference: name score {by_name:.1e}, effect {by_effect:.1e}, score {by_score:.1e}, left over {by_left:.1e}")
    return 1 if seen == 0 or max(by_name, by_score, by_effect, by_left) > 1e-9 else 0


if __name__ == "__main__":
    sys.exit(main())
