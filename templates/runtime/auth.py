"""Schemes that sign requests. Credentials are arguments of the client; a scheme puts them into a request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

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
"""Returns the secret, and is called for each request: a function, or for an asynchronous client also an async one."""

Credential = str | TokenProvider | tuple[str | None, str | None] | None
"""What a caller passes for a scheme: a secret, a function that returns it, or user name and password."""

# Plain classes, not dataclasses: every `import` of a client pays for this module.


class Signature(NamedTuple):
    """What signing adds to a request."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    auth: httpx2.Auth | None = None
    """Signs by an exchange with the server, as HTTP Digest does."""

    def __repr__(self) -> str:
        return "Signature(***)"


class Bearer:
    """`Authorization: Bearer TOKEN` (RFC 6750). OAuth 2 too: the caller obtains the token.

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


class _UserAndPassword:
    """What Basic and Digest share: the names of two arguments of the client."""

    __slots__ = ("password", "username")

    def __init__(self, username: str = "username", password: str = "password") -> None:
        self.username = username
        self.password = password

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return (self.username, self.password)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.username!r}, {self.password!r})"


class Basic(_UserAndPassword):
    """HTTP Basic (RFC 7617), user name and password in UTF-8.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ()

    def sign(self, username: str, password: str) -> Signature:
        if ":" in username:
            raise ValueError(
                f"{self.username} must not hold a colon: HTTP Basic ends the user name there"
            )
        token = b64encode(f"{username}:{password}".encode()).decode("ascii")
        return Signature(headers=(("Authorization", f"Basic {token}"),))


class ApiKey:
    """One secret in a header, a query parameter or a cookie.

    Args:
        wire: The name of the header, parameter or cookie.
        place: Its location.
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
            case _:
                assert_never(self.place)

    def __repr__(self) -> str:
        return f"ApiKey({self.wire!r}, {self.place!r}, {self.credential!r})"


class Digest(_UserAndPassword):
    """HTTP Digest (RFC 7616): the password itself is never sent. Costs one more request, until the server's challenge
    is known.

    Args:
        username: The client's argument that holds the user name.
        password: The client's argument that holds the password.
    """

    __slots__ = ()

    def sign(self, username: str, password: str) -> Signature:
        # Not at the top: importing a client must not import httpx2.
        from httpx2 import DigestAuth

        return Signature(auth=DigestAuth(username, password))


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
    """A scheme that this client does not sign itself: pass an `httpx2.Auth` as `auth=`.

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
