#!/usr/bin/env python3
"""Fits the matcher's constants on pairs from the official lists (tools/list_pairs.py).

    tools/fit_names.py pairs.tsv [--rounds 2] [--only NAME ...] [--set NAME=VALUE ...]

Builds src/names once more, in a folder of its own, with the constants named below as parameters and without the spellings
that the lists' own aliases taught (they would flatter), and moves one constant at a time as long as the loss on the "fit"
half falls by more than noise. Told are the moves that also hold on the "check" half. Nothing is written: whoever changes a
constant reads this, tries the labelled file's two halves and the invented people, and decides.

The loss is a smooth share of wrong answers at 0.70, each class of pairs counting alike, and those of one party as much as
those of two.
"""

import argparse
import collections
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import list_pairs_eval as judge  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = ("formula.h", "assign.cc", "unit.cc", "weigh.cc", "sound.cc")
WIDTH = 0.06  # of the slope at the threshold
STEPS = (1.25, 1.1, 0.9, 0.8)
GAIN_LEAST = 2e-4
CONSTANT = re.compile(r"^(?:inline )?constexpr (float|double|int) (\w+) = ([-0-9.e]+)F?;", re.M)
POOL = re.compile(r"\{\.query_left = ([0-9.]+), \.listed_left = ([0-9.]+), \.conflict = ([0-9.]+)\},  // (\w+)")
FIXED = {"liquids", "similarity_least", "steps_max", "displacement_cost", "whole"}


def parametrised(text, found):
    def constant(match):
        kind, name, value = match.groups()
        if name in FIXED:
            return match.group(0)
        found[name] = float(value)
        return f'inline const {kind} {name} = static_cast<{kind}>(::fit::parameter("{name}", {value}));'

    def pool(match):
        parts = []
        for field, value in zip(("query_left", "listed_left", "conflict"), match.groups()[:3]):
            name = f"{match.group(4)}_{field}"
            found[name] = float(value)
            parts.append(f'.{field} = ::fit::parameter("{name}", {value})')
        return "{" + ", ".join(parts) + "},"

    text = re.sub(r"^ *static_assert\(.*\);\n", "", text, flags=re.M)  # about constants, which are none here
    text = CONSTANT.sub(constant, text)
    text = POOL.sub(pool, text)
    text = text.replace("inline constexpr std::array<Costs, 5> pool_costs", "inline const std::array<Costs, 5> pool_costs")
    text = re.sub(r"constexpr (float acronym_likeness|int substitution|int removal|Costs make_costs|Costs number)",
                  lambda m: ("const " if m.group(1) == "Costs number" else "inline ") + m.group(1), text)
    return '#include "fit.h"\n' + text if "#pragma once" not in text else text.replace("#pragma once", '#pragma once\n#include "fit.h"')


def build(folder, taught=False):
    """The parametrised program and its constants as they stand; `taught`: with the spellings that the lists taught."""
    found = {}
    names = folder / "names"
    names.mkdir()
    for path in (ROOT / "src" / "names").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "families.inc" and not taught:
            text = re.sub(r"^\{\"[^\"]+\"sv, \{\d+, (?:94|99)\}\},.*\n", "", text, flags=re.M)
        if path.name == "compare.cc":
            text = text.replace("constexpr Costs number", "const Costs number")
        (names / path.name).write_text(parametrised(text, found) if path.name in FILES else text, encoding="utf-8")
    (folder / "fit.h").write_text(
        '#pragma once\n#include <cstdlib>\nnamespace fit {\ninline double parameter(const char* name, double value) {\n'
        "  const char* said = std::getenv(name);\n  return said ? std::atof(said) : value;\n}\n}  // namespace fit\n")
    flags = ["-std=c++20", "-O2", "-DNDEBUG", f"-I{folder}", f"-I{ROOT / 'src'}"]
    # The bound is for the index, and holds its constants against each other while it compiles.
    sources = [*(p for p in names.glob("*.cc") if p.name != "bound.cc"), *(ROOT / "src" / "text").glob("*.cc"),
               ROOT / "src" / "model" / "result.cc",
               ROOT / "tools" / "name_scores.cc"]
    objects = []
    for source in sources:
        objects.append(folder / f"{source.stem}.o")
        subprocess.run(["c++", *flags, "-c", source, "-o", objects[-1]], check=True)
    subprocess.run(["c++", *objects, "-o", folder / "scores", "-lfmt", "-licuuc", "-licui18n", "-licudata"], check=True)
    return folder / "scores", found


def scores_with(binary, values, rows):
    text = "".join(f"{r[3]}\t{r[4]}\t{r[5]}\n" for r in rows)
    environment = {**os.environ, **{k: repr(v) for k, v in values.items()}}
    out = subprocess.run([binary], input=text, capture_output=True, text=True, check=True, env=environment).stdout.split()
    return [float(v) for v in out]


def loss(rows, scores, half):
    sums = collections.defaultdict(list)
    for (label, _, _), values in judge.grouped(rows, scores, half).items():
        wrong = [1 / (1 + math.exp((v - judge.THRESHOLD) / WIDTH * (1 if label else -1))) for v in values]
        sums[label].append(sum(wrong) / len(wrong))
    return sum(sum(v) / len(v) for v in sums.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--set", nargs="*", default=[])
    parser.add_argument("--taught", action="store_true", help="with the spellings that the lists taught")
    parser.add_argument("--keep", help="leave the parametrised program here")
    options = parser.parse_args()
    rows = judge.read(options.pairs)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        binary, standing = build(folder, options.taught)
        values = {k: float(v) for k, v in (s.split("=") for s in options.set)}
        scores = scores_with(binary, values, rows)
        best = {half: loss(rows, scores, half) for half in ("fit", "check")}
        print(f"start: fit {best['fit']:.4f} check {best['check']:.4f}", *judge.figures(judge.grouped(rows, scores, "both")), flush=True)
        for _ in range(options.rounds):
            moved = False
            for name in options.only or sorted(standing):
                current = values.get(name, standing[name])
                tried = []
                for step in STEPS:
                    value = current * step
                    if name.endswith(("_factor", "likeness", "_best")) or name in ("joined_least", "reading_least", "other_family",
                                                                                   "other_known"):
                        value = 1 - (1 - current) * step
                    scores = scores_with(binary, {**values, name: value}, rows)
                    tried.append((loss(rows, scores, "fit"), loss(rows, scores, "check"), value))
                fit, check, value = min(tried)
                told = f"{name:24} {current:.4g} → {value:.4g}: fit {fit - best['fit']:+.5f} check {check - best['check']:+.5f}"
                if fit < best["fit"] - GAIN_LEAST and check < best["check"]:
                    values[name], best = value, {"fit": fit, "check": check}
                    moved = True
                    print(told, "taken", flush=True)
                else:
                    print(told, flush=True)
            if not moved:
                break
        scores = scores_with(binary, values, rows)
        print(f"end: fit {best['fit']:.4f} check {best['check']:.4f}", *judge.figures(judge.grouped(rows, scores, "both")))
        print(" ".join(f"{k}={v:.4g}" for k, v in values.items()))


if __name__ == "__main__":
    main()
