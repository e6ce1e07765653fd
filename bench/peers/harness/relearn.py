"""interdict built anew with tables learnt from lists that never held the held-out aliases.

The shipped tables of token rarity and spelling families are learnt from these very lists, so a held-out alias would be
gone from the index and still known to the matcher. Here every name on any list that reads as one of the held-out
aliases does is left out of the learning as well, and the program is built from a copy of the sources with those tables.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from .holdout import folded


def run(root: Path, data: Path, held: Iterable[str], copy: Path) -> Path | None:
    """The program without the held-out aliases in its tables; None if this checkout learns no tables."""
    learner, names = root / "tools" / "learn_names.py", root / "tools" / "list_names.py"
    if not learner.exists() or not names.exists():
        return None
    copy_sources(root, copy)
    build(copy, "name_scores")
    gone = {folded(text) for text in held}
    listed = subprocess.run([sys.executable, names, data], check=True, capture_output=True, text=True).stdout
    kept = [line for line in listed.splitlines(keepends=True) if folded(line.rstrip("\n").split("\t")[4]) not in gone]
    table = copy / "names.tsv"
    table.write_text("".join(kept), encoding="utf-8")
    print(f"relearn: {len(kept)} names of {len(listed.splitlines())}", flush=True)
    subprocess.run(
        [sys.executable, copy / "tools" / "learn_names.py", table, copy / "build" / "release" / "name_scores"],
        check=True,
    )
    build(copy, "interdict")
    return copy / "build" / "release" / "interdict"


def copy_sources(root: Path, copy: Path) -> None:
    """What git knows of the checkout, edits included; the build folder of an earlier run stays."""
    for old in copy.glob("*"):
        if old.name != "build":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    listing = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0"):
        if name and (root / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, copy / name)


def build(copy: Path, target: str) -> None:
    """The compiler cache spares what the tables do not change."""
    quiet = subprocess.DEVNULL
    subprocess.run(["cmake", "--preset", "release"], cwd=copy, check=True, stdout=quiet)
    subprocess.run(["cmake", "--build", "--preset", "release", "--target", target], cwd=copy, check=True, stdout=quiet)
