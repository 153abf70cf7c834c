"""Saved examples over a real socket, for demonstrations and for clients in other languages."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx2

from .replay import Examples, ExampleTransport

__all__ = ["serve"]


class _Handler(BaseHTTPRequestHandler):
    """Passes every request of a connection to a transport."""

    protocol_version = "HTTP/1.1"

    def __init__(self, transport: ExampleTransport, *connection: Any) -> None:
        # First, as the inherited one already serves the connection.
        self.transport = transport
        super().__init__(*connection)

    def _respond(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = httpx2.Request(
            self.command,
            f"http://{self.headers.get('Host', 'localhost')}/",
            headers=list(self.headers.items()),
            content=self.rfile.read(length),
            extensions={"target": self.path.encode("ascii", "replace")},
        )
        response = self.transport.handle_request(request)
        self.send_response(response.status_code)
        for name, value in response.headers.multi_items():
            if name.lower() not in (
                "content-length",
                "transfer-encoding",
                "connection",
            ):
                self.send_header(name, value)
        if response.status_code != 204:
            self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.content)

    def __getattr__(self, name: str) -> object:
        # http.server looks for one method a verb, and APIs have verbs of their own.
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal clean."""


@contextmanager
def serve(
    examples: Examples | ExampleTransport, *, port: int = 0
) -> Generator[str, None, None]:
    """Serve the saved responses on this machine's loopback interface until the block ends.

    Args:
        examples: As for `ExampleTransport`, or one whose responses were chosen.
        port: 0 for any free one.

    Yields:
        The base URL.

    Example:
        >>> with serve(examples) as base_url, Zoom(base_url=base_url) as client:
        ...     client.users.get_token("me")
    """
    transport = (
        examples
        if isinstance(examples, ExampleTransport)
        else ExampleTransport(examples)
    )
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, transport))
    thread = Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
