#!/usr/bin/env python3
"""kill -9 of `interdict update` at random moments: the store must open with a whole version, the one before or the one after.

    bench/acceptance/crash.py FILE FILE [--source-id ID] [--kills 50] [--seed 1]

The two FILEs are versions of one source. Each round copies a store that holds the first, starts loading the second, kills the
process somewhere within the time a whole load takes, and compares every party with the two whole stores; then the load is
repeated and must come to its end.
"""
import argparse
import collections
import hashlib
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "build/release/interdict"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs=2, type=pathlib.Path)
    parser.add_argument("--binary", type=pathlib.Path, default=BINARY)
    parser.add_argument("--source-id")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)

    def command(verb: str, db: pathlib.Path, *more: object) -> list[str]:
        return [str(options.binary), verb, "--db", str(db), *map(str, more)]

    def load(db: pathlib.Path, number: int) -> list[str]:
        source = ["--source-id", options.source_id] if options.source_id else []
        return command("update", db, "--from", options.files[number], "--published", f"2024-01-0{number + 1}", *source)

    def content(db: pathlib.Path) -> str:
        return hashlib.sha256(subprocess.run(command("export", db), capture_output=True, check=True).stdout).hexdigest()

    outcomes: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first, both = folder / "first/store.db", folder / "both/store.db"
        first.parent.mkdir()
        subprocess.run(load(first, 0), capture_output=True, check=True)
        shutil.copytree(first.parent, both.parent)
        start = time.monotonic()
        subprocess.run(load(both, 1), capture_output=True, check=True)
        whole = time.monotonic() - start
        before, after = content(first), content(both)
        if before == after:
            sys.exit("the two files hold the same parties: nothing could be told from them")
        kills = number = 0
        while kills < options.kills and number < 4 * options.kills:
            number += 1
            db = folder / f"round{number}/store.db"
            shutil.copytree(first.parent, db.parent)
            process = subprocess.Popen(load(db, 1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.random() * whole)
            process.send_signal(signal.SIGKILL)
            killed = process.wait() == -signal.SIGKILL
            kills += killed
            subprocess.run(command("sources", db, "--json"), capture_output=True, check=True)
            found = content(db)
            state = {before: "the version before", after: "the version after"}.get(found, "NEITHER")
            outcomes[("killed" if killed else "ended first") + ", store holds " + state] += 1
            subprocess.run(load(db, 1), capture_output=True, check=True)
            if content(db) != after:
                outcomes["NOT the same after loading again"] += 1
            shutil.rmtree(db.parent)
    print(f"{kills} kills; a whole load took {whole:.2f} s")
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:4} {outcome}")
    return 1 if kills < options.kills or any("NEITHER" in outcome or "NOT" in outcome for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
