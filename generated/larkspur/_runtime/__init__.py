"""What generated modules are made of: operations, the arguments of their calls, the constants of an API, and names of a
package that are imported when they are first used."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from importlib import import_module
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
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
    from .session import RequestOptions

# `import` of a client pays for this module: no dataclasses.

T_co = TypeVar("T_co", covariant=True)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def lazy(
    package: str,
    modules: Mapping[str, str],
    renamed: Mapping[str, str] = _NOTHING,
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` (PEP 562) for the package called `package`, whose names live in modules of their own.

    `modules` holds the module of each public name, by its name below the package, with a dot before it for each level
    above; `renamed` the old names that still work for a release, and the new ones.
    """

    def load(name: str) -> object:
        if name in renamed:
            new = renamed[name]
            warnings.warn(f"`{name}` is now `{new}`.", DeprecationWarning, stacklevel=2)
            return getattr(sys.modules[package], new)
        module = modules.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f".{module}", package), name)
        # The next look-up finds it without coming here.
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*modules, *renamed, *vars(sys.modules[package])})

    return load, names


def feature(name: str) -> Any:
    """A module of this package that only those clients carry whose API needs it."""
    return import_module(f".{name}", __name__)


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
Address = str | Callable[[Mapping[str, object]], str]
"""A base URL, or what makes it of settings and arguments."""
Security = tuple[tuple[str, ...], ...] | None
"""What signs an operation: alternatives of sets of scheme names, `()` for none, None for the client's default."""


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


class Operation(NamedTuple, Generic[T_co]):
    """An operation of the API; a call returns `T_co`."""

    method: str
    """Any HTTP method."""
    path: str
    """Fixed text, already percent-encoded, with `{wire}` for each argument."""
    returns: Returns | Mapping[tuple[int | None, str], Returns] | Unset = UNSET
    """The type of a JSON response (`lambda: models.User`), None: no content, UNSET: not documented. Else a table of types
    by status and media type, those to ask for first; None is any status of success."""
    headers: Mapping[str, str | tuple[str, ...]] = _NOTHING
    """Headers with a fixed value. A tuple of values is sent as several lines."""
    query: Mapping[str, QueryStyle] = _NOTHING
    """The style of query parameters whose style is not the plain one, by wire name."""
    styles: Styles = Styles()
    """The same for path and headers, and the style of each cookie."""
    body: BodyStyle | None = None
    """What encodes the fields of a body that is not JSON."""
    optional_body: bool = False
    """Whether a JSON body is left out where none of its fields is passed; else it is an empty object then."""
    media_type: str | None = None
    """Content-Type of the body, where it is not the usual one of its kind."""
    server: Address | None = None
    """The base URL that replaces the client's."""
    security: Security = None
    fixed_query: tuple[str | tuple[str, str], ...] = ()
    """Pieces of the query that are always sent, already percent-encoded: after the parameters, or, as
    `(wire, piece)`, before one of them."""

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"


class Call(NamedTuple, Generic[T_co]):
    """One call of an operation."""

    operation: Operation[T_co]
    arguments: Arguments
    options: RequestOptions | None = None


class Signature(NamedTuple):
    """What signing adds to a request."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    auth: httpx2.Auth | None = None
    """Signs by an exchange with the server, as HTTP Digest does."""

    def __repr__(self) -> str:
        return "Signature(***)"


class Signer(Protocol):
    """The credentials of one client; false where it knows none."""

    def __bool__(self) -> bool: ...

    def sign(self, security: Security) -> Signature | None:
        """What signing adds to a request of an operation; None where nothing can sign it."""

    async def sign_async(self, security: Security) -> Signature | None:
        """The same, where a credential may be an asynchronous function."""

    def hint(self, security: Security) -> str:
        """What to do about a 401 where nothing signed the request; empty where the API asks for nothing."""
        ...


class Configuration(NamedTuple):
    """The constants of one API."""

    name: str
    """Its name, for messages and the User-Agent."""
    base_url: Address | None = None
    environment: str = ""
    """Prefix of its environment variables, such as `ZOOM` for `ZOOM_BASE_URL`."""
    signing: Callable[[Configuration, Mapping[str, object], bool], Signer] | None = None
    """Makes the signer of a client of its credentials by scheme, and of whether it holds a certificate; None where the
    API asks for no credentials."""
    settings: Mapping[str, Callable[[Configuration, str | None], str]] = _NOTHING
    """What the client fills in, by wire name: each takes what the caller passed and returns the value."""
    file: FileStyle | None = None
    """What sends a file as a whole body; None where the API takes none: then files are read at once."""
    names_as_written: bool = False
    """Whether names in queries are sent as the API's description has them, escapes included: as Postman does."""

    def variable(self, argument: str) -> str:
        """The environment variable for an argument; empty where there is no prefix."""
        return f"{self.environment}_{argument.upper()}" if self.environment else ""

    def from_environment(self, argument: str) -> str:
        """Its value; empty where it has none."""
        return os.environ.get(self.variable(argument) or "", "")

    def ways(self, argument: str) -> str:
        """How a caller passes an argument, for messages."""
        variable = self.variable(argument)
        return f"pass {argument}=" + (f" or set {variable}" if variable else "")
