#!/usr/bin/env python3
"""Answers of a running server, replayed after list updates; and a trail tampered with, found out.

    bench/acceptance/audit.py [--binary build/release/interdict] [--db STORE] [--later FILE ...] [--requests 1000] [--seed 1]

A copy of STORE (or the bundled case alone) is served on loopback and asked at random over every route whose answers can be
replayed, reviews decided in between. Midway and at the end the FILEs (other versions of lists) are loaded and the server takes them
up. Then every answer is replayed and compared byte for byte, the trail is verified, also by the Python of docs/audit.md, and
copies of it are edited by SQL: each edit must be named. Exit code 1 if anything is wrong.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
failures = 0


def check(what: str, good: bool, seen: object = "") -> None:
    global failures
    failures += not good
    print(f"{'ok  ' if good else 'FAIL'} {what}{'' if good else f': {seen}'}", flush=True)


class Server:
    def __init__(self, binary: pathlib.Path, env: dict[str, str]):
        self.process = subprocess.Popen([binary, "serve", "--port", "0", "--quiet", "--rate", "0", "--stranger-rate", "0"],
                                        stdout=subprocess.PIPE, text=True, env=env)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline())[1])

    def ask(self, method: str, path: str, body: object = None, form: bool = False):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent = None if body is None else body if isinstance(body, str) else json.dumps(body)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        connection.request(method, path, body=sent, headers={"Content-Type": kind} if sent else {})
        reply = connection.getresponse()
        reply.text = reply.read()
        connection.close()
        return reply

    def world(self) -> str:
        return json.dumps(json.loads(self.ask("GET", "/v1/screen?name=x").text)["world"])

    def reload(self) -> None:
        before = self.world()
        self.process.send_signal(signal.SIGHUP)
        for _ in range(600):
            if self.world() != before:
                return
            time.sleep(0.1)
        raise SystemExit("the server did not take the new lists up")

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(60)


class Asker:
    """Random requests about parties that are on the lists, spelled as there or worse, and about the case's deals."""

    def __init__(self, rng: random.Random, entities: list[dict], deals: list[str], ids: list[str]):
        self.rng, self.entities, self.deals, self.ids = rng, entities, deals, ids

    def name(self) -> str:
        name = self.rng.choice(self.rng.choice(self.entities)["properties"].get("name", ["Lukashenko"]))
        if self.rng.random() < 0.5 and len(name) > 4:
            at = self.rng.randrange(len(name))
            name = name[:at] + self.rng.choice(["", "e", name[at] * 2]) + name[at + 1:]
        return name

    def query(self) -> dict:
        out = {"schema": self.rng.choice(["Person", "Company", "LegalEntity"]), "properties": {"name": [self.name()]}}
        if self.rng.random() < 0.3:
            out["properties"]["birthDate"] = [str(self.rng.randrange(1940, 2000))]
        return out

    def request(self) -> tuple[str, str, object, bool]:
        rng = self.rng
        q = urllib.parse.quote
        day = f"20{rng.randrange(20, 27)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        entity = q(rng.choice(self.entities)["id"], safe="")
        threshold = rng.choice([0.6, 0.7, 0.8])
        get = lambda path: ("GET", path, None, False)
        post = lambda path, body: ("POST", path, body, False)
        deal = f"deal={q(rng.choice(self.deals))}&as_of={day}"
        queries = lambda n: {"queries": {f"q{i}": self.query() for i in range(n)}}
        return rng.choice([
            lambda: post(f"/match/default?threshold={threshold}", queries(1)),
            lambda: post("/match/default", queries(1)),
            lambda: post(f"/match/default?limit={rng.randrange(1, 20)}", queries(rng.randrange(2, 12))),
            lambda: get(f"/search/default?q={q(self.name())}&limit={rng.randrange(1, 30)}"),
            lambda: get(f"/entities/{entity}"),
            lambda: get(f"/entities/{entity}/adjacent"),
            lambda: get(f"/entities/{entity}/adjacent/sanctions"),
            lambda: get("/entities/none-such"),
            lambda: ("POST", "/reconcile/default", "queries=" + q(json.dumps({"a": {"query": self.name()}})), True),
            lambda: get(f"/reconcile/default/suggest/entity?prefix={q(self.name()[:5])}"),
            lambda: get(f"/v1/screen?name={q(self.name())}&threshold={threshold}"),
            lambda: get(f"/v1/screen?name={q(self.name())}"),
            lambda: get(f"/v1/screen?name={q(self.name())}&as_of=202{rng.randrange(4, 7)}-06-01"),
            lambda: post("/v1/screen", self.query()),
            lambda: get(f"/v1/check?{deal}"),
            lambda: get(f"/v1/relief?{deal}"),
            lambda: get("/v1/check?deal=none-such"),
            lambda: get("/v1/history"),
            lambda: get(f"/v1/history?id={q(rng.choice(self.ids))}"),
            lambda: get(f"/v1/explain?id={q(rng.choice(self.ids))}&as_of={day}"),
            lambda: get(f"/v1/ledger?as_of={day}"),
            lambda: get("/v1/timeline"),
            lambda: get("/v1/timeline.svg"),
            lambda: get(f"/v1/changes?from={day}&limit=5"),
            lambda: get(f"/v1/customers/c{rng.randrange(20)}/screen?name={q(self.name())}&quiet=hide"),
            lambda: get("/v1/reviews"),
            lambda: get(f"/v1/reviews/{rng.randrange(1, 5)}"),
            lambda: get(f"/v1/reviews/{rng.randrange(1, 5)}/export"),
            lambda: get("/v1/review-policy"),
        ])()

    def decision(self) -> tuple[str, str, object, bool]:
        entity = self.rng.choice(self.entities)
        query = {"id": f"c{self.rng.randrange(20)}", "schema": entity["schema"],
                 "properties": {"name": entity["properties"]["name"][:1]}}
        return "POST", "/v1/reviews", {"query": query, "listing": entity["id"], "decision": "false_positive",
                                       "reason": "another person", "reviewer": "Ann"}, False


def tampered(trail: pathlib.Path, copy: pathlib.Path, sql: str) -> None:
    shutil.copyfile(trail, copy)
    with sqlite3.connect(copy) as database:
        database.executescript("DROP TRIGGER record_is_kept; DROP TRIGGER record_stays;" + sql)
    database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/interdict")
    parser.add_argument("--db", type=pathlib.Path)
    parser.add_argument("--later", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--source-id", help="of the FILEs, where they do not say it")
    parser.add_argument("--published", help="of the FILEs, where they do not say it")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    binary = options.binary.resolve()

    with tempfile.TemporaryDirectory() as name:
        env = {**os.environ, "XDG_DATA_HOME": name, "INTERDICT_DB": ""}
        db = pathlib.Path(name) / "interdict/interdict.db"
        trail = pathlib.Path(f"{db}.audit")
        if options.db:
            db.parent.mkdir()
            shutil.copyfile(options.db, db)

        def run(*words: object) -> subprocess.CompletedProcess:
            return subprocess.run([binary, *map(str, words)], capture_output=True, text=True, check=False, env=env)

        def audit(verb: str, *words: object) -> subprocess.CompletedProcess:
            return run("audit", verb, *words)

        exported = run("export").stdout
        entities = [json.loads(line) for line in exported.splitlines()]
        entities = [e for e in entities if e.get("properties", {}).get("name")]
        entities = rng.sample(entities, min(3000, len(entities)))
        server = Server(binary, env)
        case = json.loads(server.ask("GET", "/v1/case").text)
        deals = [d["id"] for d in case["deals"]]
        ids = sorted({m for m in re.findall(r'"id":"([^"]+)"', json.dumps(case, separators=(",", ":")))} - set(deals)) or ["x"]
        asker = Asker(rng, entities, deals, ids)

        answers: dict[int, tuple[int, bytes]] = {}
        statuses: dict[int, int] = {}

        def ask(request: tuple[str, str, object, bool]) -> None:
            reply = server.ask(*request)
            number = reply.getheader("X-Audit-Record")
            statuses[reply.status] = statuses.get(reply.status, 0) + 1
            if number is None:
                raise SystemExit(f"no record of {request[:2]}: {reply.status} {reply.text[:200]!r}")
            answers[int(number)] = (reply.status, reply.text)

        versions = [options.later[i::2] for i in range(2)] if options.later else []
        rounds = max(1, len(versions))
        loads = 0
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for round_number in range(rounds):
                requests = [asker.request() if i % 50 else asker.decision()
                            for i in range(1 + options.requests // rounds + options.requests // 25)]
                list(pool.map(ask, requests))
                for file in versions[round_number] if versions else []:
                    words = ["update", "--from", file]
                    words += ["--source-id", options.source_id] if options.source_id else []
                    words += ["--published", options.published] if options.published else []
                    done = run(*words)
                    if done.returncode:
                        raise SystemExit(done.stdout + done.stderr)
                    loads += 1
                if versions and versions[round_number]:
                    server.reload()
            list(pool.map(ask, [asker.request() for _ in range(options.requests // 10)]))
        check("the server ends as asked", server.end() == 0)
        print(f"     {len(answers)} answers recorded, by status {dict(sorted(statuses.items()))}; {loads} list versions loaded")

        records = {}
        for line in audit("list", "--json", "--limit", 0).stdout.splitlines():
            record = json.loads(line)
            records[record["number"]] = record
        check("every answer has its record", set(answers) <= set(records), sorted(set(answers) - set(records))[:5])
        replayable = [n for n in records if records[n]["replayable"]]
        operations = sorted({records[n]["operation"] for n in replayable})
        worlds = {records[n]["world"] for n in replayable}
        shown = [json.loads(audit("show", n, "--json").stdout) for n in rng.sample(sorted(answers), min(20, len(answers)))]
        check("a record holds what was answered",
              all((r["status"], r["answer"].encode()) == answers[r["number"]] for r in shown))
        start = time.monotonic()
        done = audit("replay", "--all")
        took = time.monotonic() - start
        check(f"{len(replayable)} answers of {len(operations)} operations and {len(worlds)} worlds replayed identical in {took:.0f} s",
              done.returncode == 0 and f"{len(replayable)} identical, 0 differ, 0 cannot" in done.stdout,
              done.stdout[-2000:] + done.stderr[-500:])
        check("as many as were asked for", len(replayable) >= options.requests, len(replayable))
        print("     operations: " + ", ".join(operations))

        # The file alone, as another program finds it.
        with sqlite3.connect(trail) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        head = audit("head").stdout.strip()
        check("verify", audit("verify", "--head", head).returncode == 0)
        code = re.search(r"```python\n(.*?)```", (ROOT / "docs/audit.md").read_text(encoding="utf-8"), re.DOTALL)[1]
        independent = subprocess.run([sys.executable, "-c", code, trail], capture_output=True, text=True, check=False)
        check("the Python of docs/audit.md comes to the same head", independent.stdout.strip() == head,
              independent.stdout + independent.stderr)

        copy = pathlib.Path(name) / "copy.audit"
        last = int(head.split(":")[0])
        found = {"edited": 0, "removed": 0, "reordered": 0, "cut": 0}
        tries = 10
        for _ in range(tries):
            n, m = sorted(rng.sample(range(1, last), 2))
            for kind, sql, expected in [
                ("edited", f"UPDATE record SET answer = CAST(answer || ' ' AS BLOB) WHERE number = {n}", (n, "edited")),
                ("removed", f"DELETE FROM record WHERE number = {n}", (n, "missing")),
                ("reordered", f"UPDATE record SET number = -1 WHERE number = {n}; UPDATE record SET number = {n} WHERE number "
                              f"= {m}; UPDATE record SET number = {m} WHERE number = -1", (n, "out_of_order")),
                ("cut", f"DELETE FROM record WHERE number > {n}; UPDATE head SET number = {n}, hash = (SELECT hash FROM record "
                        f"WHERE number = {n})", (n + 1, "cut_short")),
            ]:
                tampered(trail, copy, sql)
                done = audit("verify", "--audit", copy, "--head", head, "--json")
                said = json.loads(done.stdout)
                found[kind] += done.returncode == 1 and (said["record"], said["flaw"]) == expected
        for kind, count in found.items():
            check(f"{count} of {tries} records {kind}, each named", count == tries)

        done = audit("prune", "--before", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        check("prune", done.returncode == 0, done.stderr)
        check("verified against the head from before the prune", audit("verify", "--head", head).returncode == 0)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
