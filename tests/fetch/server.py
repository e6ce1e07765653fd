"""A publisher for tests: one file with an ETag, ranges, a redirect, and an answer that breaks off half-way."""
import http.server
import sys

BODY = b"".join(b"line %06d\n" % i for i in range(20000))
ETAG = '"v1"'


class Publisher(http.server.BaseHTTPRequestHandler):
    broke_off = False

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/list")
            self.end_headers()
        elif self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "https://example.org/list")
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404)
        else:
            self.send_list()

    def send_list(self):
        if self.headers.get("If-None-Match") == ETAG:
            self.send_response(304)
            self.end_headers()
            return
        start = 0
        wanted = self.headers.get("Range")
        if wanted and self.headers.get("If-Range") == ETAG:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("ETag", ETAG)
        self.send_header("Content-Length", str(len(BODY) - start))
        self.end_headers()
        end = len(BODY)
        if self.path == "/breaks" and not Publisher.broke_off:
            Publisher.broke_off = True
            end = len(BODY) // 2
        self.wfile.write(BODY[start:end])


server = http.server.HTTPServer(("127.0.0.1", 0), Publisher)
print(server.server_address[1], flush=True)
sys.stdin.close()
server.serve_forever()
