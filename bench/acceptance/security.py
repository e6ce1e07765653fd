#!/usr/bin/env python3
"""Tries to get in, past the limits and into the logs of a real `interdict serve`.

    python3 bench/acceptance/security.py build/release/interdict

Every route of the program's own table is tried with a missing, wrong, expired, revoked and too low key, so a new route is
covered by being there. Uses the bundled case in a folder of its own; takes some seconds. Exit code 1 if anything is wrong.
"""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

BINARY = os.path.abspath(sys.argv[1])
ROLES = ["open", "screen", "analyse", "administer"]
NAME = "Zebulon Quixworthy"  # what the logs must never hold
failures = 0


def check(what: str, good: bool, seen: object = "") -> None:
    global failures
    failures += not good
    if not good:
        print(f"FAIL {what}: {seen}")


class Server:
    def __init__(self, folder: str, *options: str, tls: bool = False):
        self.log = os.path.join(folder, f"log-{time.monotonic_ns()}.jsonl")
        nobody = os.path.join(folder, "publishers.json")  # an update asked for here downloads nothing
        with open(nobody, "w", encoding="utf-8") as file:
            file.write("[]")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--log", self.log, "--publishers", nobody, *options],
            env={**os.environ, "XDG_DATA_HOME": folder, "INTERDICT_DB": ""},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r":(\d+)/", line)
        if not found:
            sys.exit(f"no server: {line}{self.process.stderr.read()}")
        self.port = int(found[1])
        self.tls = tls

    def ask(self, method: str, path: str, headers: dict | None = None, body: str | None = None):
        if self.tls:
            trust = ssl.create_default_context(cafile=self.tls)
            connection = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=trust)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body=body, headers=headers or {})
        reply = connection.getresponse()
        reply.text = reply.read().decode()
        connection.close()
        return reply

    def raw(self, sent: bytes) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            out = b""
            try:
                connection.sendall(sent)
                while part := connection.recv(65536):
                    out += part
            except OSError:
                pass
        return out.decode(errors="replace")

    def drip(self, how_many: int, seconds: float) -> list[bytes]:
        """The first of what each of many clients is told that send a request which never ends, byte after byte."""
        clients = [socket.create_connection(("127.0.0.1", self.port), timeout=20) for _ in range(how_many)]
        told = [b""] * how_many
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            client.setblocking(False)
        began = time.monotonic()
        while time.monotonic() - began < seconds and not all(told):
            for i, client in enumerate(clients):
                if told[i]:
                    continue
                try:
                    client.send(b"X")
                except OSError:
                    pass
                try:
                    told[i] = client.recv(65536) or b"nothing"
                except OSError:
                    pass
            time.sleep(0.0005)
        for client in clients:
            client.close()
        return told

    def stop(self) -> float:
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=20)
        check("a stopped server ends well", code == 0, code)
        return time.monotonic() - began

    def logged(self) -> str:
        with open(self.log, encoding="utf-8") as lines:
            return lines.read()


def keys(folder: str, *arguments: str) -> str:
    return subprocess.run([BINARY, "keys", *arguments], env={**os.environ, "XDG_DATA_HOME": folder, "INTERDICT_DB": ""},
                          capture_output=True, text=True, check=True).stdout.strip()


def routes() -> list[tuple[str, str, str]]:
    out = subprocess.run([BINARY, "serve", "--list-routes"], capture_output=True, text=True, check=True).stdout
    return [(m, re.sub(r"\{[^}]*\}", "default", p), r) for m, p, r in (line.split()[:3] for line in out.splitlines())]


def refuses_to_listen(folder: str) -> None:
    for more in (["--address", "0.0.0.0"], ["--behind-proxy"]):
        done = subprocess.run([BINARY, "serve", "--port", "0", *more], capture_output=True, text=True, timeout=20,
                              env={**os.environ, "XDG_DATA_HOME": folder, "INTERDICT_DB": ""})
        check(f"without keys, {more} is refused", done.returncode == 2 and "keys" in done.stderr, done)


def without_keys(folder: str) -> None:
    server = Server(folder)
    check("this machine may ask", server.ask("GET", "/v1/case").status == 200)
    for host in ("evil.example", "127.0.0.1.evil.example:80", ""):
        check(f"Host {host!r}", server.ask("GET", "/v1/case", {"Host": host}).status == 403)
    for origin in ("http://evil.example", "null", "http://localhost:1"):
        check(f"Origin {origin}", server.ask("POST", "/v1/check", {"Origin": origin}, "{}").status == 403)
    reply = server.ask("GET", "/v1/case", {"Sec-Fetch-Site": "cross-site"})
    check("cross-site", reply.status == 403 and json.loads(reply.text)["code"] == "wrong_origin")
    server.stop()


def every_route(server: Server, tokens: dict[str, str], bad: dict[str, str]) -> None:
    table = routes()
    check("a table of routes", len(table) > 20, len(table))
    for method, path, role in table:
        body = "{}" if method == "POST" else None
        if role != "open":
            reply = server.ask(method, path, body=body)
            check(f"{method} {path} without a key", reply.status == 401 and reply.getheader("WWW-Authenticate")
                  and json.loads(reply.text)["code"] == "unauthorised", (reply.status, reply.text))
        for kind, token in bad.items():
            for header in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}):
                reply = server.ask(method, path, header, body)
                check(f"{method} {path} with a key that is {kind}", reply.status == 401, reply.status)
        for held, token in tokens.items():
            reply = server.ask(method, path, {"Authorization": f"ApiKey {token}"}, body)
            low = ROLES.index(held) < ROLES.index(role)
            # A route may ask for a token of its own besides: another code.
            refused = reply.status == 403 and json.loads(reply.text)["code"] == "forbidden"
            check(f"{method} {path} ({role}) with {held}", refused == low, (reply.status, reply.text[:200]))
            check(f"{method} {path} does no harm", reply.status < 500, reply.status)
            for name in ("X-Content-Type-Options", "Content-Security-Policy", "X-Request-ID", "Cache-Control"):
                check(f"{method} {path} has {name}", reply.getheader(name) is not None)
        reply = server.ask("PATCH", path, {"X-API-Key": tokens["administer"]})
        check(f"PATCH {path}", reply.status == 405 and reply.getheader("Allow"), reply.status)


def malformed(server: Server, token: str) -> None:
    auth = f"Authorization: Bearer {token}\r\n".encode()
    for sent, status in ((b"NONSENSE\r\n\r\n", "400"), (b"GET / HTTP/9.9\r\n\r\n", "400"), (b"\x16\x03\x01\x00\xff\r\n\r\n", "400"),
                         (b"GET / HTTP/1.1\r\nBad Header\r\n\r\n", "400"),
                         (b"POST /match/default HTTP/1.1\r\nContent-Length: 99999999999\r\n" + auth + b"\r\n", "413"),
                         (b"POST /match/default HTTP/1.1\r\nContent-Length: -1\r\n" + auth + b"\r\n", "400"),
                         (b"GET / HTTP/1.1\r\nX: " + b"a" * 90000 + b"\r\n\r\n", "431")):
        reply = server.raw(sent)
        head, _, body = reply.partition("\r\n\r\n")
        check(f"{sent[:40]!r}", head.startswith(f"HTTP/1.1 {status} ") and "code" in json.loads(body or "{}"), reply[:200])
    for path in ("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/entities/..%2f..%2fetc%2fpasswd",
                 "//etc/passwd", "/%00", "/style.css%00.html", "/entities/%zz"):
        reply = server.ask("GET", path, {"X-API-Key": token})
        check(f"path {path}", reply.status in (400, 404) and "root:" not in reply.text, reply.status)
    query = {"queries": {"a": {"schema": "Person", "properties": {"name": ["</script><script>alert(1)</script>"]}}}}
    reply = server.ask("POST", "/match/default", {"X-API-Key": token}, json.dumps(query))
    check("script in a name is data", reply.status == 200 and reply.getheader("Content-Type").startswith("application/json")
          and reply.getheader("X-Content-Type-Options") == "nosniff", reply.status)
    told = server.drip(60, 20)
    check("dripping requests are ended", all(t.startswith(b"HTTP/1.1 408") for t in told), set(told))


def signing_in(server: Server, token: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    here = {"Origin": f"http://127.0.0.1:{server.port}"}
    reply = server.ask("POST", "/session", {**form, **here}, urllib.parse.urlencode({"key": "itk_no"}))
    check("a wrong key signs nobody in", reply.status == 303 and reply.getheader("Set-Cookie") is None)
    reply = server.ask("POST", "/session", {**form, "Origin": "http://evil.example"}, urllib.parse.urlencode({"key": token}))
    check("nobody is signed in from elsewhere", reply.status == 403)
    reply = server.ask("POST", "/session", {**form, **here}, urllib.parse.urlencode({"key": token}))
    cookie = reply.getheader("Set-Cookie") or ""
    check("the cookie", "HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie)
    held = {"Cookie": cookie.split(";")[0]}
    check("a signed-in page", server.ask("GET", "/v1/case", held).status == 200)
    check("and its writing", server.ask("POST", "/v1/check", {**held, **here}, "{}").status == 400)
    check("not without Origin", server.ask("POST", "/v1/check", held, "{}").status == 403)
    check("not from elsewhere", server.ask("POST", "/v1/check", {**held, "Origin": "http://evil.example"}, "{}").status == 403)
    check("signing out", server.ask("POST", "/session/end", {**held, **here}).status == 303)
    check("is the end", server.ask("GET", "/v1/case", held).status == 401)


def with_keys(folder: str) -> None:
    tokens = {role: keys(folder, "add", role, "--role", role) for role in ROLES[1:]}
    bad = {"wrong": tokens["screen"][:-1] + ("0" if tokens["screen"][-1] != "0" else "1"),
           "nonsense": "Passw0rd", "expired": keys(folder, "add", "old", "--role", "administer", "--expires", "2020-01-01"),
           "revoked": keys(folder, "add", "gone", "--role", "administer")}
    keys(folder, "revoke", bad["revoked"].split("_")[1])
    with open(os.path.join(folder, "interdict", "interdict.db.keys"), "rb") as file:
        held = file.read()
        check("keys are not kept", not any(t.split("_")[2].encode() in held for t in [*tokens.values(), *bad.values()]
                                           if t.startswith("itk_")))
    server = Server(folder, "--stranger-rate", "0", "--rate", "0", "--request-seconds", "2")
    every_route(server, tokens, bad)
    malformed(server, tokens["screen"])
    signing_in(server, tokens["analyse"])
    asked = urllib.parse.quote(NAME)
    auth = {"Authorization": f"Bearer {tokens['analyse']}"}
    for path in (f"/v1/screen?name={asked}", f"/search/default?q={asked}", f"/entities/{asked}", f"/v1/history?id={asked}", f"/{asked}"):
        server.ask("GET", path, auth)
    server.ask("POST", "/match/default", auth, json.dumps({"queries": {NAME: {"schema": "Person", "properties": {"name": [NAME]}}}}))
    server.ask("POST", "/v1/check", auth, NAME)
    server.ask("GET", "/v1/case", {"X-Request-ID": NAME, "Authorization": NAME, "User-Agent": NAME, "Cookie": NAME})
    server.ask("ZEBULON", "/healthz", auth)
    metrics = server.ask("GET", "/metrics", {"X-API-Key": tokens["administer"]})
    check("metrics", metrics.status == 200)
    for line in metrics.text.splitlines():
        good = line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? [-+0-9.eInf]+', line)
        check("a line of the metrics", bool(good), line)
    check("metrics hold no names", not re.search("zebulon|quixworthy", metrics.text, re.I))
    once = keys(folder, "add", "brief", "--role", "screen", "--rate", "60")
    time.sleep(2.5)
    seen = [server.ask("GET", "/v1/case", {"X-API-Key": once}) for _ in range(15)]
    check("a new key works at once, within its rate", seen[0].status == 200 and seen[-1].status == 429, [r.status for r in seen])
    check("and says when to come back", int(seen[-1].getheader("Retry-After") or 0) >= 1)
    keys(folder, "revoke", once.split("_")[1])
    time.sleep(2.5)
    check("a revoked key stops", server.ask("GET", "/v1/case", {"X-API-Key": once}).status == 401)
    idle = socket.create_connection(("127.0.0.1", server.port))
    check("idle connections do not hold up the end", server.stop() < 3)
    idle.close()
    log = server.logged()
    check("the log has lines", log.count("\n") > 100)
    for line in log.splitlines():
        check("a line of the log", {"time", "event"} <= json.loads(line).keys(), line)
    check("the log holds no names", not re.search("zebulon|quixworthy", log, re.I))
    for token in [*tokens.values(), *bad.values()]:
        check("the log holds no keys", token.split("_")[-1] not in log)


def over_tls(folder: str) -> None:
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    token = keys(folder, "add", "tls", "--role", "screen")
    server = Server(folder, "--tls-cert", cert, "--tls-key", key, tls=cert)
    reply = server.ask("GET", "/v1/case", {"Authorization": f"Bearer {token}"})
    check("over TLS", reply.status == 200 and "max-age" in (reply.getheader("Strict-Transport-Security") or ""), reply.status)
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    import warnings
    warnings.simplefilter("ignore")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as plain, old.wrap_socket(plain):
            check("TLS 1.1 is refused", False)
    except (ssl.SSLError, OSError):
        pass
    server.stop()


def main() -> int:
    folder = tempfile.mkdtemp(prefix="interdict_security_")
    try:
        refuses_to_listen(folder)
        without_keys(folder)
        with_keys(folder)
        over_tls(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{failures} failures" if failures else "security: nothing got through")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
