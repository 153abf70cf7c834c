"""How requests are signed. Credentials are arguments of the client; these classes say where they travel."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import httpx2

__all__ = [
    "ApiKey",
    "Basic",
    "Bearer",
    "Credential",
    "Digest",
    "MutualTls",
    "Scheme",
    "Signature",
    "TokenProvider",
    "UnsupportedScheme",
]

TokenProvider = Callable[[], str | Awaitable[str]]
"""Gives the secret anew for each call: an ordinary function, or for an asynchronous client an async one."""

Credential = str | TokenProvider | tuple[str | None, str | None] | None
"""What a caller brings for a scheme: a secret, a function that gives it, or user name and password."""

# Plain classes, not dataclasses: every `import` of a client pays for this module.


class Signature(NamedTuple):
    """What a signed request carries."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    auth: httpx2.Auth | None = None
    """What signs by talking with the server."""

    def __repr__(self) -> str:
        return "Signature(***)"


class Bearer:
    """`Authorization: Bearer TOKEN` (RFC 6750). OAuth 2 too: the caller brings the token.

    Args:
        credential: The client's argument that holds the token.
        prefix: The word before it; may be empty.
    """

    __slots__ = ("credential", "prefix")

    def __init__(self, credential: str, prefix: str = "Bearer") -> None:
        self.credential = credential
        self.prefix = prefix

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return (self.credential,)

    def sign(self, secret: str) -> Signature:
        return Signature(
            headers=(("Authorization", f"{self.prefix} {secret}".lstrip()),)
        )

    def __repr__(self) -> str:
        return f"Bearer({self.credential!r}, prefix={self.prefix!r})"


class Basic:
    """HTTP Basic (RFC 7617), user name and password in UTF-8.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ("password", "username")

    def __init__(self, username: str = "username", password: str = "password") -> None:
        self.username = username
        self.password = password

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return (self.username, self.password)

    def sign(self, username: str, password: str) -> Signature:
        if ":" in username:
            raise ValueError(
                f"{self.username} must not hold a colon: HTTP Basic ends the user name there"
            )
        token = b64encode(f"{username}:{password}".encode()).decode("ascii")
        return Signature(headers=(("Authorization", f"Basic {token}"),))

    def __repr__(self) -> str:
        return f"Basic({self.username!r}, {self.password!r})"


class ApiKey:
    """One secret in a header, a query parameter or a cookie.

    Args:
        wire: The name of the header, parameter or cookie.
        place: Which of them it is.
        credential: The client's argument that holds the key.
    """

    __slots__ = ("credential", "place", "wire")

    def __init__(
        self, wire: str, place: Literal["header", "query", "cookie"], credential: str
    ) -> None:
        self.wire = wire
        self.place: Literal["header", "query", "cookie"] = place
        self.credential = credential

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return (self.credential,)

    def sign(self, secret: str) -> Signature:
        pair = ((self.wire, secret),)
        match self.place:
            case "header":
                return Signature(headers=pair)
            case "query":
                return Signature(query=pair)
            case "cookie":
                return Signature(cookies=pair)

    def __repr__(self) -> str:
        return f"ApiKey({self.wire!r}, {self.place!r}, {self.credential!r})"


class Digest:
    """HTTP Digest (RFC 7616): the password itself is never sent. Costs a request more, until the server's challenge
    is known.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ("password", "username")

    def __init__(self, username: str = "username", password: str = "password") -> None:
        self.username = username
        self.password = password

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return (self.username, self.password)

    def sign(self, username: str, password: str) -> Signature:
        from httpx2 import DigestAuth

        return Signature(auth=DigestAuth(username, password))

    def __repr__(self) -> str:
        return f"Digest({self.username!r}, {self.password!r})"


class MutualTls:
    """A client certificate: the client's argument `ssl_context` holds it, and the connection is signed with it."""

    __slots__ = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """None: the certificate is no text."""
        return ()

    def __repr__(self) -> str:
        return "MutualTls()"


class UnsupportedScheme:
    """A scheme that this client does not sign itself: bring an `httpx2.Auth` as `auth=`.

    Args:
        kind: What the API's description calls it, such as `oauth1` or `awsv4`.
    """

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @property
    def arguments(self) -> tuple[str, ...]:
        """None: it has no credential of its own."""
        return ()

    def __repr__(self) -> str:
        return f"UnsupportedScheme({self.kind!r})"


Scheme = Bearer | Basic | ApiKey | Digest | MutualTls | UnsupportedScheme
"""One way to sign a request."""
