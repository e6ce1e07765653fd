#!/usr/bin/env python3
"""`interdict serve` under load on loopback, beside the Watchman server: same list, names and transport in one run.

    bench/load/run.py build/release/interdict          # some four minutes; prints a table in Markdown
    bench/load/run.py build/release/interdict --seconds 3

Needs wrk (Debian: wrk), rapidfuzz (PyPI: it chooses which aliases are held out, as bench/peers does), and Go 1.25 or
later for Watchman, which is left out without it. The lists are looked for as the tests look for them: $INTERDICT_DATA,
else ../shared. Both servers hold the OFAC SDN list without one alias of each party; asked are people on no list, and one
time in ten an alias that was taken out.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "peers"))
from harness.holdout import Query, hold_out  # noqa: E402
from harness.lists import all_lists  # noqa: E402
from harness.watchman import TYPES, Watchman  # noqa: E402

SEED = 20260304
LIMIT = 10
THRESHOLD = 0.70
BATCH = 20
CONNECTIONS = (1, 16, 256)
SHOWN = 300  # aliases asked of both for recall


class Serve:
    """A running `interdict serve` on a free port, without limits of rate."""

    def __init__(self, binary: Path, database: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [binary, "serve", "--db", database, "--port", "0", "--quiet", "--rate", "0", "--stranger-rate", "0", *arguments],
            stdout=subprocess.PIPE, text=True)
        found = re.search(r":(\d+)/", self.process.stdout.readline())
        if not found:
            raise RuntimeError("interdict did not start")
        self.port = int(found.group(1))

    def __enter__(self) -> Serve:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def get(port: int, path: str, body: str | None = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST" if body else "GET", path, body, {"Content-Type": "application/json"} if body else {})
    response = connection.getresponse()
    text = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status} {text[:200]!r}")
    return json.loads(text)


def load(port: int, requests: list[tuple[str, str, str]], connections: int, seconds: int) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{method}\t{path}\t{body}\n" for method, path, body in requests)
        file.flush()
        told = subprocess.run(
            ["wrk", "-t", str(min(2, connections)), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "60s",
             "-s", ROOT / "bench" / "load" / "ask.lua", f"http://127.0.0.1:{port}/", "--", file.name],
            check=True, capture_output=True, text=True).stdout
    return json.loads(told.strip().splitlines()[-1])


# -- what is asked ----------------------------------------------------------------------------------------------------


def entity(schema: str, name: str) -> dict[str, Any]:
    return {"schema": schema, "properties": {"name": [name]}}


def to_interdict(asked: list[tuple[str, str]], a_request: int) -> list[tuple[str, str, str]]:
    out = []
    for at in range(0, len(asked) - a_request + 1, a_request):
        queries = {f"q{i}": entity(*one) for i, one in enumerate(asked[at:at + a_request])}
        body = json.dumps({"queries": queries})
        out.append(("POST", f"/match/default?limit={LIMIT}&threshold={THRESHOLD}", body))
    return out


def watchman_path(schema: str, name: str) -> str:
    return "/v2/search?" + urlencode(
        {"name": name, "type": TYPES.get(schema, "business"), "limit": LIMIT, "minMatch": THRESHOLD})


def recall(found: Iterator[set[str]], queries: list[Query]) -> float:
    return sum(query.party in ids for query, ids in zip(queries, found, strict=True)) / len(queries)


def ours(port: int, queries: list[Query]) -> Iterator[set[str]]:
    for query in queries:
        body = json.dumps({"queries": {"q": entity(query.schema, query.text)}})
        answer = get(port, f"/match/default?limit={LIMIT}&threshold={THRESHOLD}", body)
        yield {hit["id"].rpartition(":")[2] for hit in answer["responses"]["q"]["results"]}


def theirs(port: int, queries: list[Query]) -> Iterator[set[str]]:
    for query in queries:
        yield {hit["sourceID"] for hit in get(port, watchman_path(query.schema, query.text))["entities"] or []}


# -- what goes on beside ----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def open_connections(port: int, idle: int, slow: int) -> Iterator[None]:
    """Connections that have asked once and wait, and such as send a byte of their request a second."""
    held = []
    for _ in range(idle):
        one = socket.create_connection(("127.0.0.1", port))
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        held.append(one)
    for one in held:
        if not one.recv(65536).startswith(b"HTTP/1.1 200"):
            raise RuntimeError("an idle connection was not answered")
    dripping = [socket.create_connection(("127.0.0.1", port)) for _ in range(slow)]
    request = b"POST /match/default HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"
    ended = threading.Event()

    def drip() -> None:
        for byte in request:
            for one in dripping:
                one.send(bytes([byte]))
            if ended.wait(1):
                return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
        for one in held:  # they are still served
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if not one.recv(65536).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("an idle connection was dropped")
    finally:
        ended.set()
        thread.join()
        for one in held + dripping:
            one.close()


@contextlib.contextmanager
def over_and_over(act: Any, pause: float) -> Iterator[list[float]]:
    """Does it until the end; how long each took, in seconds."""
    ended = threading.Event()
    took: list[float] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not ended.is_set():
                began = time.monotonic()
                act()
                took.append(time.monotonic() - began)
                ended.wait(pause)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield took
    finally:
        ended.set()
        thread.join()
    if failures:
        raise failures[0]


# -- the run ----------------------------------------------------------------------------------------------------------


def watchman_binary() -> Path | None:
    """As bench/peers/run builds it, pinned by go.mod and go.sum."""
    here = ROOT / "bench" / "peers" / "watchman"
    version = re.search(r"moov-io/watchman (v\S+)", (here / "go.mod").read_text()).group(1)
    binary = ROOT / "build" / "peers" / f"watchman-{version}"
    if binary.exists():
        return binary
    if shutil.which("go") is None:
        return None
    folder = ROOT / "build" / "peers" / "watchman"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("go.mod", "go.sum"):
        shutil.copyfile(here / file, folder / file)
    subprocess.run(["go", "build", "-mod=mod", "-o", binary, "github.com/moov-io/watchman/cmd/server"],
                   cwd=folder, env=os.environ | {"CGO_ENABLED": "0"}, check=True)
    return binary


def line(what: str, measured: dict[str, Any], names: int = 1) -> str:
    bad = measured["not_2xx"] + measured["broken"] + measured["timeouts"]
    rate = measured["requests"] * names / measured["seconds"]
    return f"| {what} | {rate:,.0f} | {measured['p50']:.2f} | {measured['p99']:.2f} | {bad} |"


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("interdict", type=lambda path: Path(path).resolve())
    words.add_argument("--seconds", type=int, default=8)
    options = words.parse_args()
    shared = Path(os.environ.get("INTERDICT_DATA", ROOT / ".." / "shared")).resolve()
    ofac = all_lists(shared / "data")[0]
    queries = hold_out(list(ofac.names()))
    random.Random(SEED).shuffle(queries)
    with open(shared / "names" / "invented_people.csv", newline="", encoding="utf-8") as file:
        people = [("Person", row["full_name"]) for row in csv.DictReader(file)]
    random.Random(SEED).shuffle(people)
    asked = people[:9000] + [(query.schema, query.text) for query in queries[:1000]]
    random.Random(SEED).shuffle(asked)
    seconds = options.seconds

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        files = ofac.write_without({query.key for query in queries}, work / "list")
        database = work / "store.db"

        def update(*what: Path) -> None:
            subprocess.run([options.interdict, "update", "--db", database, "--from", *what], check=True,
                           stdout=subprocess.DEVNULL)

        update(*files)
        single, batch = to_interdict(asked, 1), to_interdict(asked, BATCH)
        print(f"{ofac.label} without {len(queries)} aliases; {len(asked)} names, one in ten such an alias; "
              f"{os.cpu_count()} CPUs, shared with wrk; load average {os.getloadavg()[0]:.1f} at the start\n")
        print("| | names a second | p50, ms | p99, ms | failed |\n|---|---|---|---|---|")
        best = {}
        for kind, arguments in (("answers recorded in the audit trail", ()), ("no audit trail", ("--no-audit",))):
            with Serve(options.interdict, database, *arguments) as server:
                load(server.port, single, 4, 1)
                for connections in CONNECTIONS:
                    measured = load(server.port, single, connections, seconds)
                    best[kind] = max(best.get(kind, 0), measured["requests"] / measured["seconds"])
                    print(line(f"interdict, {kind}, {connections} connections", measured), flush=True)
                for connections in CONNECTIONS:
                    print(line(f"the same, {BATCH} names a request, {connections} connections",
                               load(server.port, batch, connections, seconds), BATCH), flush=True)
        with Serve(options.interdict, database) as server:
            with open_connections(server.port, 1000, 100):
                print(line("beside 1,000 idle and 100 slow connections, 16 connections",
                           load(server.port, single, 16, seconds)), flush=True)
            with over_and_over(lambda: get(server.port, "/v1/relief?deal=potash-bronka&as_of=2025-06-24"), 0) as took:
                measured = load(server.port, single, 16, seconds)
            print(line(f"beside relief asked for without end ({len(took)} answers), 16 connections", measured), flush=True)
            before = get(server.port, "/catalog")["datasets"]
            swap = iter([lambda: update(shared / "data" / "ofac" / "2026-01-08_ofac_consolidated.xml")])

            def swap_lists() -> None:
                next(swap, lambda: None)()
                server.process.send_signal(signal.SIGHUP)

            with over_and_over(swap_lists, 1) as took:
                measured = load(server.port, single, 16, 2 * seconds)
            time.sleep(1)
            after = get(server.port, "/catalog")["datasets"]
            if len(after) != len(before) + 1:
                raise RuntimeError("the new list was not swapped in")
            print(line(f"while {len(took)} sites are swapped in, the first with a new list, 16 connections", measured), flush=True)
        with Serve(options.interdict, database, "--no-audit") as server:
            our_recall = recall(ours(server.port, queries[:SHOWN]), queries[:SHOWN])
        binary = watchman_binary()
        if binary is None:
            print(f"\ninterdict finds {our_recall:.1%} of {SHOWN} aliases; no Go here: Watchman is left out")
            return 0
        with Watchman(binary, files, work / "watchman") as server:
            paths = [("GET", watchman_path(*one), "") for one in asked]
            load(server.port, paths, 4, 1)
            for connections in CONNECTIONS:
                measured = load(server.port, paths, connections, 2 * seconds)
                best["Watchman"] = max(best.get("Watchman", 0), measured["requests"] / measured["seconds"])
                print(line(f"Watchman, {connections} connections", measured), flush=True)
            their_recall = recall(theirs(server.port, queries[:SHOWN]), queries[:SHOWN])
        print(f"\nOf {SHOWN} aliases taken out of the list interdict finds {our_recall:.1%}, Watchman {their_recall:.1%} "
              f"(at {THRESHOLD:.2f}, among {LIMIT}). Best to best: " +
              ", ".join(f"{rate / best['Watchman']:,.0f} × with {kind}" for kind, rate in best.items() if kind != "Watchman"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
