"""The package under test: the runtime of `templates/`, beside a small hand-written client."""

from __future__ import annotations

import atexit
import json
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest

HERE = Path(__file__).parent
RUNTIME = HERE.parents[1] / "templates" / "runtime"


def _assemble() -> str:
    folder = tempfile.mkdtemp(prefix="pillarbox-runtime-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "acme", Path(folder) / "acme", ignore=ignored)
    shutil.copytree(RUNTIME, Path(folder) / "acme", ignore=ignored, dirs_exist_ok=True)
    return folder


if "acme" not in sys.modules:
    sys.path.insert(0, _assemble())

Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the developer's reaches a client."""
    for name in (
        "ACCESS_TOKEN",
        "USERNAME",
        "PASSWORD",
        "API_KEY",
        "APP_ID",
        "SESSION_ID",
        "BASE_URL",
        "TENANT",
    ):
        monkeypatch.delenv(f"ACME_{name}", raising=False)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nothing sleeps; what would have been slept is listed."""
    sender: Any = import_module("acme._runtime.sender")
    slept: list[float] = []

    async def pause(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(sender.Sender, "sleep", staticmethod(slept.append))
    monkeypatch.setattr(sender.AsyncSender, "sleep", staticmethod(pause))
    return slept


class Recorder:
    """A mock transport that responds from a list and keeps the requests."""

    def __init__(self) -> None:
        self.responses: list[httpx2.Response | Exception] = []
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        response = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        if isinstance(response, Exception):
            raise response
        # A response can be read once, and the last one is sent again.
        return httpx2.Response(response.status_code, headers=response.headers, content=response.content)

    def json(self, body: object, status: int = 200, **headers: str) -> None:
        """Respond with this from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = json.dumps(body).encode()
        self.responses = [
            httpx2.Response(status, headers={"Content-Type": "application/json", **named}, content=content)
        ]

    @property
    def last(self) -> httpx2.Request:
        return self.requests[-1]

    @property
    def target(self) -> str:
        target: bytes = self.last.extensions["target"]
        return target.decode()


@pytest.fixture
def recorder() -> Recorder:
    found = Recorder()
    found.json({"id": 1, "name": "Ann", "role": "admin"})
    return found


@pytest.fixture
def client(recorder: Recorder) -> Iterator[Any]:
    """A client with a token that talks to `recorder`."""
    acme: Any = import_module("acme")
    with acme.Acme(access_token="tok", transport=httpx2.MockTransport(recorder)) as made:
        yield made


class RawServer:
    """Reads requests as bytes, so that no parser tidies them, and responds with canned bytes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []
        self.response = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            data = b""
            while chunk := connection.recv(65536):
                data += chunk
                while (request := _complete(data)) is not None:
                    self.requests.append(data[:request])
                    data = data[request:]
                    connection.sendall(self.response)

    @property
    def target(self) -> str:
        """The request target of the last request."""
        return self.requests[-1].split(b" ", 2)[1].decode("latin-1")

    @property
    def method(self) -> str:
        return self.requests[-1].split(b" ", 1)[0].decode()

    @property
    def headers(self) -> dict[str, str]:
        """Header lines of the last request by lower-case name."""
        lines = self.requests[-1].partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    @property
    def body(self) -> bytes:
        return self.requests[-1].partition(b"\r\n\r\n")[2]

    def close(self) -> None:
        self._socket.close()


def _complete(data: bytes) -> int | None:
    """Length of the first whole request in `data`."""
    head, mark, body = data.partition(b"\r\n\r\n")
    if not mark:
        return None
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return len(head) + 4 + length if len(body) >= length else None


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    server = RawServer()
    yield server
    server.close()
