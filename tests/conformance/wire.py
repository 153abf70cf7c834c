"""What a client puts on a socket: every connection, encrypted or not, ends at a recorder on the loopback interface."""

import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore2
import httpx2

__all__ = ["Recorder", "Sent", "parse", "receive"]

_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it stood on the wire."""

    method: str
    scheme: str
    target: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, values as Latin-1 text."""
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def parse(data: bytes, scheme: str) -> Sent:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    pairs = tuple((line.partition(":")[0].lower(), line.partition(":")[2].strip()) for line in lines)
    if ("transfer-encoding", "chunked") in pairs:
        body = _unchunked(body)
    return Sent(method, scheme, rest.rpartition(" ")[0], pairs, body)


def _unchunked(body: bytes) -> bytes:
    found = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        found, body = found + body[:length], body[length + 2 :]
        if not length:
            break
    return found


class _Stream(httpcore2.NetworkStream):
    """A plain socket that stays plain when a client asks for encryption."""

    def __init__(self, sock: socket.socket, seen: dict[str, str]) -> None:
        self._socket = sock
        self._seen = seen

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._socket.sendall(buffer)

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        self._seen["scheme"] = "https"
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, port: int, seen: dict[str, str]) -> None:
        self._port = port
        self._seen = seen

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self._seen["scheme"] = "http"
        return _Stream(socket.create_connection(("127.0.0.1", self._port), 10), self._seen)


@dataclass
class Recorder:
    """A server that keeps what it is sent, and transports that lead to it."""

    _seen: dict[str, str] = field(default_factory=dict)
    _data: bytes = b""
    _context: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._done = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                self._data = receive(connection)
                self._done.set()
                connection.sendall(_ANSWER)

    def transport(self) -> httpx2.HTTPTransport:
        """A transport whose connections all end here, whatever the URL says."""
        made = httpx2.HTTPTransport(verify=self._context)
        made._pool = httpcore2.ConnectionPool(
            network_backend=_Backend(self._server.getsockname()[1], self._seen),
            ssl_context=self._context,
        )
        return made

    def take(self) -> Sent:
        """The request that arrived last."""
        if not self._done.wait(10):
            raise TimeoutError("no request arrived")
        self._done.clear()
        return parse(self._data, self._seen.get("scheme", ""))

    def close(self) -> None:
        self._server.close()


def receive(connection: socket.socket) -> bytes:
    """All of one request, framed by its own headers."""
    connection.settimeout(10)
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    headers = {
        line.partition(b":")[0].strip().lower(): line.partition(b":")[2].strip()
        for line in head.split(b"\r\n")[1:]
    }
    length = int(headers.get(b"content-length", b"0") or 0)
    chunked = headers.get(b"transfer-encoding") == b"chunked"
    while (chunked and not data.endswith(b"0\r\n\r\n")) or (not chunked and len(body) < length):
        more = connection.recv(65536)
        if not more:
            break
        data += more
        body += more
    return data
