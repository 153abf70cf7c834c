"""All of an operation that no argument changes, and the arguments of one call of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

from .unset import UNSET

__all__ = ["Arguments", "Operation", "Returns"]

T_co = TypeVar("T_co", covariant=True)

Returns = Callable[[], object] | None
"""Gives the type of an answer when it is first needed, so that no model is imported before; None: no content."""

# A plain class, not a dataclass: `import` of a client pays for each of its operations.


class Operation(Generic[T_co]):
    """One request that the API answers, `T_co` being what a call returns.

    Args:
        method: Any HTTP method.
        path: Fixed text, already percent-encoded, with `{wire}` where an argument goes.
        returns: The type of a 2xx answer, as a function without arguments (`lambda: models.User`); or
            one for each status; None where there is no content.
        headers: Headers with a fixed value. A tuple of values is sent as several lines.
        query: The style of query parameters that are not simply repeated: `comma`, `space`, `pipe` and `tab`
            (one value, joined by that), `flag` (the key alone where true), `deep` (`key[field]=value`),
            `members` (`field=value`), `pairs` (`key=field,value`), `json`. A `+` before it, or alone, leaves
            characters that URLs reserve as they are.
        form: The same for fields of a form body.
        styles: By place (`path`, `headers`, `cookies`), the style of what is no plain text or list there: `pairs`
            (`field,value`), `assigned` (`field=value`), `json`; in a path also `label` and `matrix`, with a
            `*` where items stand alone; in cookies `comma` and `members`.
        parts: Content types of the parts of a multipart body.
        media_type: Content-Type of the body, where it is not the usual one of its kind.
        server: Where it is sent instead of the client's base URL; may hold `{wire}` too.
        security: What signs it instead of the client's default: alternatives of sets of scheme names, `()` for
            none.
        fixed_query: Pieces of the query that are always sent as they stand: after the parameters, or, as
            `(wire, piece)`, before one of them.
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
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        styles: Mapping[str, Mapping[str, str]] | None = None,
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
        self.query = query or {}
        self.form = form or {}
        self.styles = styles or {}
        self.parts = parts or {}
        self.media_type = media_type
        self.server = server
        self.security = security
        self.fixed_query = fixed_query

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"


class Arguments(NamedTuple):
    """What one call brings, by place and then by wire name."""

    path: Mapping[str, object] | None = None
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    cookies: Mapping[str, object] | None = None
    server: Mapping[str, object] | None = None
    json: object = UNSET
    form: Mapping[str, object] | None = None
    multipart: Mapping[str, object] | None = None
    content: object = UNSET
    text: tuple[str, Mapping[str, object], str] | None = None
