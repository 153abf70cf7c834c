"""Schemes that sign requests with more than one secret: passwords, certificates, and what the caller signs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from ..auth import Scheme
from . import Signature


class _UserAndPassword(Scheme):
    """What Basic and Digest share: the names of two arguments of the client."""

    __slots__ = ("password", "username")

    def __init__(self, username: str = "username", password: str = "password") -> None:
        self.username = username
        self.password = password

    @property
    def arguments(self) -> tuple[str, ...]:
        return (self.username, self.password)

    def credential(
        self, passed: Any, variable: Callable[[str], str], certified: bool
    ) -> object:
        username, password = passed or (None, None)
        username = username or variable(self.username)
        password = password or variable(self.password)
        return (username, password) if username or password else None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.username!r}, {self.password!r})"


class Basic(_UserAndPassword):
    """HTTP Basic (RFC 7617), user name and password in UTF-8.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ()

    def sign(self, credential: Any) -> Signature | None:
        username, password = credential
        if ":" in username:
            raise ValueError(
                f"{self.username} must not hold a colon: HTTP Basic ends the user name there"
            )
        token = b64encode(f"{username}:{password}".encode()).decode("ascii")
        return Signature(headers=(("Authorization", f"Basic {token}"),))


class Digest(_UserAndPassword):
    """HTTP Digest (RFC 7616): the password itself is never sent. Costs one more request, until the server's challenge
    is known.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ()

    def credential(
        self, passed: Any, variable: Callable[[str], str], certified: bool
    ) -> object:
        pair: Any = super().credential(passed, variable, certified)
        if pair is None:
            return None
        # Not at the top: importing a client must not import httpx2.
        from httpx2 import DigestAuth

        # It remembers the server's last challenge, which saves the request that asks for it.
        return Signature(auth=DigestAuth(*pair))

    def sign(self, credential: Any) -> Signature | None:
        return credential if isinstance(credential, Signature) else None


class MutualTls(Scheme):
    """A client certificate: the client's argument `ssl_context` holds it, and the connection is signed with it."""

    __slots__ = ()

    elsewhere = True
    hint = "Pass a client certificate as ssl_context=."

    def credential(
        self, passed: Any, variable: Callable[[str], str], certified: bool
    ) -> object:
        return certified

    def sign(self, credential: Any) -> Signature | None:
        return Signature()

    def __repr__(self) -> str:
        return "MutualTls()"


class UnsupportedScheme(Scheme):
    """A scheme that this client does not sign itself: pass an `httpx2.Auth` as `auth=`.

    Args:
        kind: What the API's description calls it, such as `oauth1` or `awsv4`.
    """

    __slots__ = ("kind",)

    hint = "Pass an httpx2.Auth as auth=: this client does not sign such requests."

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __repr__(self) -> str:
        return f"UnsupportedScheme({self.kind!r})"
