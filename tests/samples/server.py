"""A server on the loopback interface that keeps the request it gets and answers what it was told to."""

import socket
import threading
from dataclasses import dataclass, field

from tests.conformance.wire import Sent, parse, receive

from .digest import CHALLENGE, verified

__all__ = ["CaptureServer", "Reply"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers."""

    status: int = 200
    media_type: str = "application/json"
    body: bytes = b"{}"
    digest: tuple[str, str] | None = None
    """User name and password that HTTP Digest has to prove first; the challenge is no request that is kept."""

    def data(self) -> bytes:
        head = f"HTTP/1.1 {self.status} OK\r\nContent-Length: {len(self.body)}\r\nConnection: close\r\n"
        if self.media_type:
            head += f"Content-Type: {self.media_type}\r\n"
        return head.encode() + b"\r\n" + self.body


@dataclass
class CaptureServer:
    """One request at a time; `taken` gives them in order and forgets them."""

    reply: Reply = field(default_factory=Reply)
    _requests: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                data = receive(connection)
                if data:
                    # Kept before it is answered, so that whoever has the answer finds the request.
                    connection.sendall(self._kept(parse(data, "http")))
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(1)
            except OSError:
                return

    def _kept(self, sent: Sent) -> bytes:
        """Keep a request, and answer it."""
        if self.reply.digest is not None:
            proved = verified(sent, *self.reply.digest)
            if proved is None and not sent.header("authorization"):
                head = f"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {CHALLENGE}\r\n"
                return f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
            sent = proved or sent
        self._requests.append(sent)
        return self.reply.data()

    def taken(self) -> list[Sent]:
        """The requests since the last call."""
        found = self._requests[:]
        self._requests.clear()
        return found

    def close(self) -> None:
        self._socket.close()
