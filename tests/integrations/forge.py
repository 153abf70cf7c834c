"""Stand-ins for the two forges: comments of one pull request, kept in memory, served on this machine alone."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

__all__ = ["Forge", "serving"]


@dataclass
class Forge:
    """The comments of one request, and who asks."""

    me: int = 7
    token: str = "t0ken"
    comments: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    writable: bool = True

    def add(self, author: int, body: str) -> None:
        self.comments.append(
            {
                "id": 100 + len(self.comments),
                "body": body,
                "author": {"id": author},
                "user": {"login": "github-actions[bot]" if author == self.me else f"user{author}"},
            }
        )

    def bodies(self, author: int | None = None) -> list[str]:
        return [item["body"] for item in self.comments if author is None or item["author"]["id"] == author]

    def answer(self, method: str, target: str, body: str) -> tuple[int, object]:
        """What either forge answers; both spell the same things nearly alike."""
        parts = urlsplit(target)
        self.calls.append(f"{method} {parts.path}")
        if parts.path.endswith("/user"):
            return 200, {"id": self.me}
        if found := re.search(r"/(?:notes|issues/comments)/(\d+)$", parts.path):
            if not self.writable:
                return 403, {}
            (comment,) = (item for item in self.comments if item["id"] == int(found[1]))
            comment["body"] = body
            return 200, comment
        if method == "POST":
            if not self.writable:
                return 403, {}
            self.add(self.me, body)
            return 201, self.comments[-1]
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        size = int(parse_qs(parts.query).get("per_page", ["20"])[0])
        return 200, self.comments[(page - 1) * size : page * size]


@contextmanager
def serving(forge: Forge) -> Iterator[str]:
    """The address of a server for `forge` on the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            text = self.rfile.read(length).decode()
            kind = self.headers.get("Content-Type", "")
            body = (
                parse_qs(text)["body"][0]
                if "urlencoded" in kind and text
                else json.loads(text)["body"]
                if text
                else ""
            )
            tokens = {
                self.headers.get("PRIVATE-TOKEN"),
                (self.headers.get("Authorization") or "").removeprefix("token "),
            }
            status, data = forge.answer(self.command, self.path, body) if forge.token in tokens else (401, {})
            content = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = _answer

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
