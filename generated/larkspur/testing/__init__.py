"""Tests without a network: a transport that returns the saved responses of the API's description."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import httpx2

__all__ = ["EXAMPLES", "ExampleTransport", "Examples", "SavedResponse", "serve"]

EXAMPLES = Path(__file__).with_name("examples.json")
"""The saved responses, as data."""

Examples = Mapping[str, Any] | str | os.PathLike[str]
"""The content of such a file, or its path."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class SavedResponse(NamedTuple):
    """One saved response of an operation."""

    name: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> SavedResponse:
        """Read an entry of `responses`."""
        headers = [(str(name), str(value)) for name, value in saved.get("headers", ())]
        content = b""
        if "json" in saved:
            content = json.dumps(
                saved["json"], ensure_ascii=False, separators=(",", ":")
            ).encode()
        elif saved.get("text") is not None:
            content = str(saved["text"]).encode()
        if content and saved.get("media_type"):
            headers.append(("Content-Type", str(saved["media_type"])))
        return cls(
            str(saved.get("name", "")), int(saved["status"]), tuple(headers), content
        )

    def response(self) -> httpx2.Response:
        """The response as a client receives it."""
        return httpx2.Response(
            self.status, headers=list(self.headers), content=self.content
        )


class _Served(NamedTuple):
    """An operation and its saved responses."""

    name: str
    method: str
    pattern: re.Pattern[str]
    rank: tuple[int, int]
    host: re.Pattern[str] | None
    responses: tuple[SavedResponse, ...]

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> _Served:
        path = str(saved["path"])
        fixed = _PLACEHOLDER.split(path)
        server = saved.get("server")
        return cls(
            name=str(saved["name"]),
            method=str(saved["method"]),
            pattern=_pattern(path or "/"),
            # The most fixed text wins: `/users/me` before `/users/{id}`.
            rank=(sum(map(len, fixed)), -len(fixed)),
            host=(
                _pattern(urlsplit(str(server)).netloc)
                if server and "://" in str(server)
                else None
            ),
            responses=tuple(
                SavedResponse.of(one) for one in saved.get("responses", ())
            ),
        )

    @property
    def success(self) -> SavedResponse | None:
        """The first saved success."""
        return next((one for one in self.responses if 200 <= one.status < 300), None)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(
        "[^/]+".join(re.escape(fixed) for fixed in _PLACEHOLDER.split(template)) + r"\Z"
    )


class ExampleTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Returns a saved response for each request, by default the first success of its operation.

    One class for synchronous and asynchronous clients. Nothing leaves the process.

    Args:
        examples: Other responses than the saved ones of this client.
        status: Prefer the saved response with this status, where an operation has one.
        name: Prefer the saved response with this name, where an operation has one.

    Example:
        >>> transport = ExampleTransport()
        >>> transport.use("users.get_token", status=404)
    """

    def __init__(
        self,
        examples: Examples = EXAMPLES,
        *,
        status: int | None = None,
        name: str | None = None,
    ) -> None:
        operations = _loaded(examples).get("operations", ())
        self._served = sorted(
            map(_Served.of, operations), key=lambda served: served.rank, reverse=True
        )
        self._chosen: dict[str, SavedResponse] = {}
        for served in self._served:
            for response in (
                served.responses if status is not None or name is not None else ()
            ):
                if status in (None, response.status) and name in (None, response.name):
                    self._chosen.setdefault(served.name, response)
        self.requests: list[httpx2.Request] = []
        """The requests of all clients, in order."""

    @property
    def names(self) -> tuple[str, ...]:
        """The operations that it knows, in alphabetical order: `users.get_token`."""
        return tuple(sorted(served.name for served in self._served))

    def responses(self, operation: str) -> tuple[SavedResponse, ...]:
        """The saved responses of an operation.

        Raises:
            LookupError: There is no such operation.
        """
        return self._named(operation).responses

    def use(
        self, operation: str, *, status: int | None = None, name: str | None = None
    ) -> None:
        """From now on, return the saved response with this status or name for an operation.

        Raises:
            LookupError: There is no such operation, or it has no such response; the message lists what there is.
        """
        responses = self._named(operation).responses
        for response in responses:
            if status in (None, response.status) and name in (None, response.name):
                self._chosen[operation] = response
                return
        saved = ", ".join(f"{one.status} {one.name!r}" for one in responses) or "none"
        raise LookupError(f"{operation} has no such saved response; it has: {saved}")

    def _named(self, operation: str) -> _Served:
        for served in self._served:
            if served.name == operation:
                return served
        raise LookupError(f"no operation is called {operation!r}")

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of a synchronous request."""
        request.read()
        return self._respond(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response of an asynchronous request."""
        await request.aread()
        return self._respond(request)

    def _respond(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        target: bytes = request.extensions.get("target", request.url.raw_path)
        path = (
            target.decode("ascii")
            .partition("?")[0]
            .removeprefix(request.extensions.get("base_path", ""))
        )
        matching = list(self._matching(request, path or "/"))
        # Several operations may share a route: the one whose response a test chose has precedence.
        matching = [
            served for served in matching if served.pattern == matching[0].pattern
        ]
        for served in matching:
            if served.name in self._chosen:
                return self._chosen[served.name].response()
        for served in matching:
            if served.success is not None:
                return served.success.response()
        if matching:
            return _explain(f"no successful response is saved for {matching[0].name}")
        return _explain(f"no operation is {request.method} {path}")

    def _matching(self, request: httpx2.Request, path: str) -> Iterator[_Served]:
        host = request.url.netloc.decode("ascii")
        for served in self._served:
            here = served.host is None or served.host.match(host)
            if here and served.method == request.method and served.pattern.match(path):
                yield served


def _explain(message: str) -> httpx2.Response:
    return httpx2.Response(501, json={"code": "no_example", "message": message})


def _loaded(examples: Examples) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    if isinstance(examples, Mapping):
        return examples
    with open(examples, encoding="utf-8") as file:
        return cast("Mapping[str, Sequence[Mapping[str, Any]]]", json.load(file))


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
    examples: ExampleTransport | Examples = EXAMPLES, *, port: int = 0
) -> Generator[str, None, None]:
    """Serve the saved responses over a real socket, on this machine's loopback interface, until the block ends.

    Args:
        examples: A transport that prefers some responses, or other examples than the saved ones.
        port: 0 for any free one.

    Yields:
        The base URL.

    Example:
        >>> with serve() as base_url, Zoom(base_url=base_url) as client:
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
