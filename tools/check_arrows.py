#!/usr/bin/env python3
"""Hold every #include between rooms against the arrows that docs/architecture.md draws.

The table there is the one statement of who may use whom; a room missing from it, or an include it does not allow,
fails. Transitive use is allowed: if screen may use index and index may use text, screen may include text.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def allowed_from(document: str) -> dict[str, set[str]]:
    """Rows look like: | `screen` | what it holds | `index`, `names`, `model` |"""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", document, re.MULTILINE)
    direct = {room: set(re.findall(r"`(\w+)`", uses)) for room, uses in rows}
    closed: dict[str, set[str]] = {}

    def close(room: str, path: tuple[str, ...]) -> set[str]:
        if room in path:
            sys.exit("docs/architecture.md: the arrows run in a circle: " + " -> ".join(path + (room,)))
        if room not in direct:
            sys.exit(f"docs/architecture.md: `{room}` is used but has no row")
        if room not in closed:
            closed[room] = set().union(*({used} | close(used, path + (room,)) for used in direct[room]))
        return closed[room]

    for room in direct:
        close(room, ())
    return closed


def main() -> int:
    allowed = allowed_from((ROOT / "docs/architecture.md").read_text(encoding="utf-8"))
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "src"
    faults = []
    for folder in sorted(p.name for p in source.iterdir() if p.is_dir()):
        if folder not in allowed:
            faults.append(f"src/{folder}: no row in docs/architecture.md")
    for path in sorted(source.rglob("*.h")) + sorted(source.rglob("*.cc")):
        room = path.relative_to(source).parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#include "(\w+)/', line)
            if found and found[1] != room and found[1] not in allowed.get(room, set()):
                faults.append(f"{path.relative_to(source.parent)}:{number}: {room} may not use {found[1]}")
    print("\n".join(faults) or f"arrows: {len(allowed)} rooms, no include against them")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
