"""The Watchman server: OFAC's files from a folder, loopback only, no downloads, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import queue
import shutil
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode

# What OFAC's CSV reader makes of each kind; everything that is no person, vessel or aircraft is a business to it.
TYPES = {"Person": "person", "Vessel": "vessel", "Airplane": "aircraft"}
START_SECONDS = 180


@dataclass(frozen=True)
class Ask:
    id: str
    schema: str
    name: str


@dataclass(frozen=True)
class Answers:
    hits: dict[str, list[tuple[str, float]]]  # by query: party and score, best first
    latencies: list[float]
    seconds: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Watchman:
    """A running server over one copy of the OFAC set."""

    def __init__(self, binary: Path, files: list[Path], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        lists = folder / "lists"
        shutil.rmtree(lists, ignore_errors=True)
        lists.mkdir()
        for file in files:
            shutil.copyfile(file, lists / file.name)
        for part in ("alt.csv", "add.csv", "sdn_comments.csv"):
            (lists / part).touch()  # a part that is not there would be downloaded
        self.port = free_port()
        config = folder / "config.yml"
        config.write_text(
            "Watchman:\n  Servers:\n"
            f'    BindAddress: "127.0.0.1:{self.port}"\n    AdminAddress: "127.0.0.1:{free_port()}"\n'
        )
        environment = os.environ | {
            "APP_CONFIG": str(config),
            "INCLUDED_LISTS": "us_ofac",
            "INITIAL_DATA_DIRECTORY": str(lists),
            "DATA_REFRESH_INTERVAL": "8760h",
        }
        with open(folder / "server.log", "w") as log:
            self.process = subprocess.Popen([binary], env=environment, stdout=log, stderr=log)

    def __enter__(self) -> Watchman:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError("Watchman ended while starting: see its server.log")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/ping")
                if connection.getresponse().read() == b"PONG":
                    return self
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        raise RuntimeError("Watchman did not start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def ask(self, asks: list[Ask], *, connections: int, limit: int, least: float) -> Answers:
        """Asks everything over so many keep-alive connections."""
        todo: queue.SimpleQueue[Ask] = queue.SimpleQueue()
        for item in asks:
            todo.put(item)
        hits: dict[str, list[tuple[str, float]]] = {}
        latencies: list[float] = []
        failures: list[BaseException] = []

        def work() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                while True:
                    try:
                        item = todo.get_nowait()
                    except queue.Empty:
                        return
                    start = time.perf_counter()
                    hits[item.id] = search(connection, item, limit, least)
                    latencies.append(time.perf_counter() - start)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(connections)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return Answers(hits, latencies, time.perf_counter() - start)


def search(connection: http.client.HTTPConnection, item: Ask, limit: int, least: float) -> list[tuple[str, float]]:
    parameters = {
        "name": item.name,
        "type": TYPES.get(item.schema, "business"),
        "limit": str(limit),
        "minMatch": str(least),
    }
    connection.request("GET", "/v2/search?" + urlencode(parameters))
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"Watchman answered {response.status}: {body[:200]!r}")
    return [(entity["sourceID"], float(entity["match"])) for entity in json.loads(body)["entities"] or []]
