"""Operations: what is fixed in their requests, and the arguments of one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from .unset import UNSET

if TYPE_CHECKING:
    from .styles import FormStyle, QueryStyle, Styles

__all__ = ["Arguments", "Operation", "Returns", "TextBody", "TextSyntax"]

T_co = TypeVar("T_co", covariant=True)

Returns = Callable[[], object] | None
"""A function that returns the type of a response, so that no model is imported too early; None: no content."""

TextSyntax = Literal["json", "plain", "xml"]
"""What a text body is written in: how the values in it are escaped."""

TextBody = tuple[str, Mapping[str, object], TextSyntax]
"""A text with `{{placeholders}}`, their values, and what it is written in."""

# A plain class, not a dataclass: `import` of a client pays for each of its operations.


class Operation(Generic[T_co]):
    """An operation of the API; a call returns `T_co`.

    Args:
        method: Any HTTP method.
        path: Fixed text, already percent-encoded, with `{wire}` for each argument.
        returns: The type of a 2xx response, as a function without arguments (`lambda: models.User`); or
            one for each status; None where there is no content.
        headers: Headers with a fixed value. A tuple of values is sent as several lines.
        query: The style of query parameters whose style is not the plain one, by wire name.
        form: The same for the fields of a form body.
        styles: The same for path, headers and cookies, by location.
        parts: Content types of the parts of a multipart body.
        media_type: Content-Type of the body, where it is not the usual one of its kind.
        server: The base URL that replaces the client's; may hold `{wire}` too.
        security: What signs it instead of the client's default: alternatives of sets of scheme names, `()` for
            none.
        fixed_query: Pieces of the query that are always sent, already percent-encoded: after the parameters, or,
            as `(wire, piece)`, before one of them.
    """

    __slots__ = (
        "fixed_query",
        "form",
        "headers",
        "media_type",
        "method",
        "parts",
        "path",
        "query",
        "returns",
        "security",
        "server",
        "styles",
    )

    def __init__(
        self,
        method: str,
        path: str,
        *,
        returns: Returns | Mapping[int, Returns] = None,
        headers: Mapping[str, str | tuple[str, ...]] | None = None,
        query: Mapping[str, QueryStyle] | None = None,
        form: Mapping[str, FormStyle] | None = None,
        styles: Styles | None = None,
        parts: Mapping[str, str] | None = None,
        media_type: str | None = None,
        server: str | None = None,
        security: tuple[tuple[str, ...], ...] | None = None,
        fixed_query: tuple[str | tuple[str, str], ...] = (),
    ) -> None:
        self.method = method
        self.path = path
        self.returns = returns
        self.headers = headers or {}
        self.query: Mapping[str, QueryStyle] = query or {}
        self.form: Mapping[str, FormStyle] = form or {}
        self.styles: Styles = styles or {}
        self.parts = parts or {}
        self.media_type = media_type
        self.server = server
        self.security = security
        self.fixed_query = fixed_query

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"


class Arguments(NamedTuple):
    """The arguments of one call, by location and then by wire name."""

    path: Mapping[str, object] | None = None
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    cookies: Mapping[str, object] | None = None
    server: Mapping[str, object] | None = None
    json: object = UNSET
    form: Mapping[str, object] | None = None
    multipart: Mapping[str, object] | None = None
    content: object = UNSET
    text: TextBody | None = None
