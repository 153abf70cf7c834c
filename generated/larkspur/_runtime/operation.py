"""What generated modules are made of: operations, the arguments of their calls, and the constants of an API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import (
    TYPE_CHECKING,
    Final,
    Generic,
    Literal,
    NamedTuple,
    Protocol,
    TypedDict,
    TypeVar,
)

if TYPE_CHECKING:
    import httpx2

    from .encoding import Body

# `import` of a client pays for this module: plain classes, not dataclasses.

T_co = TypeVar("T_co", covariant=True)


class Unset(Enum):
    """The type of `UNSET`, for annotations: `str | None | Unset = UNSET`.

    An enum with one member, because type checkers narrow `value is UNSET`, and because it stays
    the same object through copies and pickles.
    """

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Left out of the request. `None` is sent as JSON null instead."""

Returns = Callable[[], object] | None
"""A function that returns the type of a response, so that no model is imported too early; None: no content."""

# How a value becomes text where it is not the plain way of its location: made by the functions of `styles`.
PathStyle = Callable[[str, object, str], str]
"""Wire name, value and a description of the parameter for messages -> percent-encoded text."""
QueryStyle = Callable[[str, object, str, str], Iterable[str]]
"""Encoded key, value, description and the characters that stay -> pieces of a query or a form."""
HeaderStyle = Callable[[object, str], object]
"""Value and description -> what the header holds."""
CookieStyle = Callable[[str, object], Iterable[str]]
"""Name and value -> `name=value` of each cookie."""

BodyStyle = Callable[[Mapping[str, object], str | None], "Body"]
"""Fields and the declared media type -> a body that is neither JSON nor the caller's own."""
FileStyle = Callable[[object, str | None], "Body"]
"""An open file or a path, and the declared media type -> a body that is streamed."""


class Styles(TypedDict, total=False):
    """The style of parameters outside of the query, by location and then by wire name."""

    path: Mapping[str, PathStyle]
    headers: Mapping[str, HeaderStyle]
    cookies: Mapping[str, CookieStyle]


class Arguments(TypedDict, total=False):
    """The arguments of one call, by location and then by wire name."""

    path: Mapping[str, object]
    query: Mapping[str, object]
    headers: Mapping[str, object]
    cookies: Mapping[str, object]
    server: Mapping[str, object]
    json: object
    body: Mapping[str, object]
    """Fields of a body that the operation's own `body` encodes."""
    content: object
    """The whole body, as it is; UNSET and None: none."""


class Operation(Generic[T_co]):
    """An operation of the API; a call returns `T_co`.

    Args:
        method: Any HTTP method.
        path: Fixed text, already percent-encoded, with `{wire}` for each argument.
        returns: The type of a 2xx response, as a function without arguments (`lambda: models.User`); or
            one for each status; None where there is no content.
        headers: Headers with a fixed value. A tuple of values is sent as several lines.
        query: The style of query parameters whose style is not the plain one, by wire name.
        styles: The same for path and headers, and the style of each cookie.
        body: What encodes the fields of a body that is not JSON.
        media_type: Content-Type of the body, where it is not the usual one of its kind.
        server: The base URL that replaces the client's, or what makes it of the arguments.
        security: What signs it instead of the client's default: alternatives of sets of scheme names, `()` for
            none.
        fixed_query: Pieces of the query that are always sent, already percent-encoded: after the parameters, or,
            as `(wire, piece)`, before one of them.
    """

    __slots__ = (
        *("method", "path", "returns", "headers", "query", "styles", "body"),
        *("media_type", "server", "security", "fixed_query"),
    )

    def __init__(
        self,
        method: str,
        path: str,
        *,
        returns: Returns | Mapping[int, Returns] = None,
        headers: Mapping[str, str | tuple[str, ...]] | None = None,
        query: Mapping[str, QueryStyle] | None = None,
        styles: Styles | None = None,
        body: BodyStyle | None = None,
        media_type: str | None = None,
        server: str | Callable[[Mapping[str, object]], str] | None = None,
        security: tuple[tuple[str, ...], ...] | None = None,
        fixed_query: tuple[str | tuple[str, str], ...] = (),
    ) -> None:
        self.method = method
        self.path = path
        self.returns = returns
        self.headers = headers or {}
        self.query = query or {}
        self.styles: Styles = styles or {}
        self.body = body
        self.media_type = media_type
        self.server = server
        self.security = security
        self.fixed_query = fixed_query

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"


class Signature(NamedTuple):
    """What signing adds to a request."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    auth: httpx2.Auth | None = None
    """Signs by an exchange with the server, as HTTP Digest does."""

    def __repr__(self) -> str:
        return "Signature(***)"


class Signer:
    """Signs nothing: the API asks for no credentials. `auth` has the one of the other APIs."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """True where any credential is known."""
        return False

    def choose(self, security: tuple[tuple[str, ...], ...] | None) -> tuple[str, ...]:
        """The schemes that sign an operation, of the alternatives that may."""
        return ()

    def sign(self, keys: tuple[str, ...]) -> Signature:
        """What these schemes add to a request."""
        return Signature()

    async def sign_async(self, keys: tuple[str, ...]) -> Signature:
        """The same, where a credential may be an asynchronous function."""
        return Signature()

    def hint(self, security: tuple[tuple[str, ...], ...] | None) -> str:
        """What to do about a 401 where nothing signed the request; empty where the API asks for nothing."""
        return ""


class Signing(Protocol):
    """What makes the signer of a client, of its configuration and credentials."""

    def signer(
        self,
        configuration: Configuration,
        credentials: Mapping[str, object],
        *,
        certified: bool,
    ) -> Signer: ...


class Placeholder(Protocol):
    """A placeholder in paths or in the base URL that the client fills."""

    def value(self, configuration: Configuration, passed: str | None) -> str: ...


class Configuration:
    """The constants of one API.

    Args:
        name: Its name, for messages and the User-Agent.
        base_url: The default of the base URL, or what makes it of the settings.
        environment: Prefix of its environment variables, such as `ZOOM` for `ZOOM_BASE_URL`.
        signing: Its ways to sign a request; None where it asks for no credentials.
        settings: What the client fills in, by wire name.
        file: What sends a file as a whole body; None where the API takes none: then files are read at once.
    """

    __slots__ = ("base_url", "environment", "file", "name", "settings", "signing")

    def __init__(
        self,
        *,
        name: str,
        base_url: str | Callable[[Mapping[str, object]], str] | None = None,
        environment: str = "",
        signing: Signing | None = None,
        settings: Mapping[str, Placeholder] | None = None,
        file: FileStyle | None = None,
    ) -> None:
        self.name = name
        self.base_url = base_url
        self.environment = environment
        self.signing = signing
        self.settings = settings or {}
        self.file = file

    def variable(self, argument: str) -> str:
        """The environment variable for an argument; empty where there is no prefix."""
        return f"{self.environment}_{argument.upper()}" if self.environment else ""

    def __repr__(self) -> str:
        return f"<Configuration {self.name}>"
