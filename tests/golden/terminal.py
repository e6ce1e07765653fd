#!/usr/bin/env python3
"""What `make run` ends with: on a terminal the server, with the page open on the bundled case; without one, the end.

usage: terminal.py BINARY
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import termios
import time
import urllib.request

PATIENCE = 120  # seconds for each step; the machine may be busy


def environment(home: pathlib.Path, display: bool) -> dict[str, str]:
    """A home of its own, and an xdg-open that only writes down what it was asked to open."""
    tools = home / "tools"
    tools.mkdir()
    opener = tools / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{home}/opened.part"; mv "{home}/opened.part" "{home}/opened"\n')
    opener.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k not in ("INTERDICT_DB", "DISPLAY", "WAYLAND_DISPLAY")}
    more = {"HOME": str(home), "XDG_DATA_HOME": str(home), "PATH": f"{tools}:{os.environ['PATH']}"}
    return {**kept, **more, **({"DISPLAY": ":0"} if display else {})}


def take_terminal() -> None:
    """Makes standard input the controlling terminal, so that Ctrl-C typed there is a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def read_until(terminal: int, pattern: str) -> tuple[str, re.Match[str]]:
    text = ""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            text += os.read(terminal, 65536).decode("utf-8", "replace")
            found = re.search(pattern, text)
            if found:
                return text, found
    raise AssertionError(f"never came: {pattern}\n{text[-2000:]}")


def on_a_terminal(binary: str, display: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        ours, theirs = pty.openpty()
        program = subprocess.Popen([binary], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                                   env=environment(home, display), preexec_fn=take_terminal)  # fmt: skip
        os.close(theirs)
        try:
            text, found = read_until(ours, r"interdict serves on (http://127\.0\.0\.1:\d+/)")
            address = found[1]
            assert "interdict check potash-klaipeda" in text, "the guided run comes first"
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                assert "<title>interdict</title>" in page.read().decode(), "the page is there"
            with urllib.request.urlopen(address + "v1/case", timeout=PATIENCE) as case:
                assert json.load(case)["case"] == "belarus", "the page is of the Belarus case"
            if display:
                end = time.monotonic() + PATIENCE
                while not (home / "opened").exists():
                    assert time.monotonic() < end, "no browser was asked to open the page"
                    time.sleep(0.1)
                assert (home / "opened").read_text() == address
            os.write(ours, b"\x03")  # Ctrl-C
            assert program.wait(PATIENCE) == 0, "Ctrl-C ends it well"
            if not display:
                assert not (home / "opened").exists(), "without a display no browser is asked"
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()
            os.close(ours)


def without_a_terminal(binary: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([binary], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
                              env=environment(pathlib.Path(folder), True), check=True)  # fmt: skip
        assert "interdict check potash-klaipeda" in done.stdout
        assert "serves on" not in done.stdout, "nobody could end it"


if __name__ == "__main__":
    on_a_terminal(sys.argv[1], display=True)
    on_a_terminal(sys.argv[1], display=False)
    without_a_terminal(sys.argv[1])
    print("the first command ends with the page open")
