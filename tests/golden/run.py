#!/usr/bin/env python3
"""Golden tests of the command line: a file holds commands and, after each, exactly what it prints.

    $ interdict compare "Ivan" "Iwan"
    0.83  match

A command's exit code other than 0 follows as [exit N]; standard error is mixed in as a user would see it. Each file runs in
a folder of its own with an empty data folder, `fixtures/` and `casefiles/` beside it, and a clock zone far from UTC. `--reset` rewrites the
expected output of the files named (or all): review the diff as you would code.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run_file(path: pathlib.Path, binary: pathlib.Path) -> str:
    """The file as it would read if every expectation were what the program prints now."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(HERE / "fixtures", pathlib.Path(folder) / "fixtures")
        os.symlink(HERE.parent.parent / "casefiles", pathlib.Path(folder) / "casefiles")
        env = {
            "PATH": f"{binary.parent}:{os.environ['PATH']}",
            "HOME": folder,
            "XDG_DATA_HOME": f"{folder}/data",
            "TZ": "Asia/Kolkata",
            "LC_ALL": "C.UTF-8",
        }
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or (not line and (not out or out[-1].startswith("#"))):
                out.append(line)  # comments before the first command
            if not line.startswith("$ "):
                continue
            if out and out[-1]:
                out.append("") if not out[-1].startswith("#") else None
            out.append(line)
            done = subprocess.run(
                ["bash", "-c", line[2:]], cwd=folder, env=env, text=True, encoding="utf-8", errors="backslashreplace",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
            )  # fmt: skip
            out.extend(done.stdout.replace(folder, "FOLDER").splitlines())
            if done.returncode != 0:
                out.append(f"[exit {done.returncode}]")
    return "\n".join(out) + "\n"


def main() -> int:
    arguments = sys.argv[1:]
    reset = "--reset" in arguments
    arguments = [a for a in arguments if a != "--reset"]
    binary = pathlib.Path(arguments[0]).resolve()
    files = [pathlib.Path(a).resolve() for a in arguments[1:]] or sorted(HERE.glob("*/*.golden"))
    if not files:
        print("no golden files")
        return 1
    failed = 0
    for path in files:
        expected = path.read_text(encoding="utf-8")
        actual = run_file(path, binary)
        if expected == actual:
            continue
        if reset:
            path.write_text(actual, encoding="utf-8")
            print(f"reset {path.relative_to(HERE)}")
            continue
        failed += 1
        with tempfile.NamedTemporaryFile("w", suffix=".golden", encoding="utf-8") as now:
            now.write(actual)
            now.flush()
            diff = subprocess.run(["diff", "-u", "--label", f"expected {path.name}", "--label", "actual", path, now.name],
                                  text=True, stdout=subprocess.PIPE, check=False)  # fmt: skip
            print(diff.stdout)
    print(f"{len(files)} golden files, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
