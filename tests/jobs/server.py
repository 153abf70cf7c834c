"""Local servers that respond as an API's documentation says, and keep what they were sent."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from .wire import Request

__all__ = [
    "Refused",
    "Response",
    "Running",
    "Servers",
    "Site",
    "Sites",
    "json_response",
    "serve",
    "text_response",
]


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sends back."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def text_response(text: str, status: int = 200) -> Response:
    return Response(status, text.encode(), {"Content-Type": "text/plain"})


def json_response(value: Any, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(status, json.dumps(value).encode(), {"Content-Type": media_type})


class Refused(Exception):
    """A request that the API refuses, with its own response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.body.decode())
        self.response = response


Site = Callable[[Request, Mapping[str, str]], Response]
"""One server of an API: takes a request and the URLs of all its servers. Raises `Refused`."""

Sites = Mapping[str, Site]
"""The servers of an API by name. The one called `api` is what `base_url` names."""


class Running(Protocol):
    """The running servers of one API."""

    @property
    def urls(self) -> dict[str, str]:
        """By name; `api` is the one that `base_url` names."""

    def take(self) -> list[Request]:
        """All requests that arrived since the last time."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Servers of ours, in this process."""

    urls: dict[str, str]
    _received: list[Request]

    def take(self) -> list[Request]:
        taken = list(self._received)
        self._received.clear()
        return taken


@contextmanager
def serve(sites: Sites) -> Iterator[Servers]:
    """Start each server of an API on a port of its own, so that they are different origins."""
    servers = Servers({}, [])
    running = []
    try:
        for name, site in sites.items():
            handler = _handler(name, site, servers)
            httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            running.append(httpd)
            threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True).start()
            servers.urls[name] = f"http://127.0.0.1:{httpd.server_address[1]}"
        yield servers
    finally:
        for httpd in running:
            httpd.shutdown()
            httpd.server_close()


def _handler(name: str, site: Site, servers: Servers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def respond(self) -> None:
            headers: dict[str, str] = {}
            for key, value in self.headers.items():
                headers[key.lower()] = f"{headers[key.lower()]}, {value}" if key.lower() in headers else value
            request = Request(name, self.command, self.path, headers, self.content())
            servers._received.append(request)
            try:
                response = site(request, servers.urls)
            except Refused as refused:
                response = refused.response
            except Exception as error:
                # The program fails by it, and its report shows the text.
                response = json_response({"message": f"fault of the test server: {error!r}"}, 500)
            self.send_response(response.status)
            for key, value in response.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)

        def content(self) -> bytes:
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                found += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return found

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = respond

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
