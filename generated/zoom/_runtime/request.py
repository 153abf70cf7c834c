"""One call as an HTTP request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import httpx2

from ..auth import Signature
from .body import Body, build_body
from .encode import fill_path, fill_server, query_pieces
from .files import AsyncUpload, Upload
from .headers import HeaderLines, cookie_pairs, styled
from .operation import Arguments, Operation
from .options import RequestOptions
from .redact import QuietURL, redacted
from .retry import IDEMPOTENT
from .server import Server, parse_server
from .session import Session, timeout_of
from .unset import UNSET

__all__ = ["Call", "Outgoing", "build_request", "raw_operation", "security_of"]

_NO_LENGTH = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_FIXED_TEXT = "!$%&'()*+,-./:;=@[]^_|~"
_FIXED_QUERY = "!$%&'()*+,-./:;=?@[\\]^_`{|}~"


class Call(NamedTuple):
    """One call of an operation: all that its request is built from."""

    session: Session
    operation: Operation[Any]
    arguments: Arguments
    options: RequestOptions | None
    signature: Signature


class Outgoing(NamedTuple):
    """A request that is ready to be sent, and what to do when it fails."""

    request: httpx2.Request
    repeatable: bool
    """Whether sending it twice does no harm."""
    hint: str
    """For the error message where the API refuses the unsigned request."""

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def url(self) -> str:
        """Without secrets."""
        return str(self.request.url)


def security_of(
    session: Session, operation: Operation[Any]
) -> tuple[tuple[str, ...], ...]:
    """The alternatives that may sign an operation."""
    return (
        session.configuration.security
        if operation.security is None
        else operation.security
    )


def build_request(call: Call, *, is_async: bool = False) -> Outgoing:
    """The request of one call. Touches no network.

    Raises:
        ValueError, TypeError: An argument cannot be sent where it belongs.
        ConfigurationError: It would carry a secret over plain HTTP.
    """
    session, operation, arguments, options, signature = call
    server = _server(session, operation, arguments)
    target = _target(call, server)
    body = build_body(operation, arguments)
    lines = _headers(call, body)
    secret = session.auth is not None or "authorization" in lines or any(signature)
    session.check(server, secrets=secret)
    content: Any = body.content
    if is_async and isinstance(content, Upload):
        content = AsyncUpload(content)
    url = _quiet_url(server, target, signature)
    request = httpx2.Request(
        operation.method,
        url,
        headers=lines.raw(),
        content=content or None,
        # Left out by httpx2 where the lines hold a Cookie header.
        cookies=session.cookies,
        extensions={
            "target": target.encode("ascii"),
            "timeout": _timeout(session, options),
            "base_path": server.path,
        },
    )
    # The request copied it as an ordinary one, which prints secrets.
    request.url = url
    unsigned = not secret and not session.own_auth
    return Outgoing(
        request,
        operation.method in IDEMPOTENT or "idempotency-key" in lines,
        session.signer.hint(security_of(session, operation)) if unsigned else "",
    )


def _quiet_url(server: Server, target: str, signature: Signature) -> QuietURL:
    try:
        url = QuietURL(server.origin + target)
    except httpx2.InvalidURL:
        raise ValueError(
            "the arguments make a URL that is too long to be sent"
        ) from None
    url.secret_keys = frozenset(name for name, _ in signature.query)
    return url


def _timeout(
    session: Session, options: RequestOptions | None
) -> dict[str, float | None]:
    if options is None or options.timeout is UNSET:
        return dict(session.timeout)
    return dict(timeout_of(options.timeout))


def _server(
    session: Session, operation: Operation[Any], arguments: Arguments
) -> Server:
    if operation.server is None:
        return session.server
    values = {**session.settings, **(arguments.server or {})}
    text = fill_server(operation.server, values)
    return parse_server(session.server.origin + text if text.startswith("/") else text)


def _target(call: Call, server: Server) -> str:
    """Path and query, percent-encoded: what the request line says."""
    session, operation, arguments, options, signature = call
    values = arguments.path or {}
    if session.settings:
        values = {**session.settings, **values}
    styles = operation.styles.get("path", {})
    path = server.path + fill_path(operation.path, values, styles) or "/"
    pieces = chain(
        _query(operation, arguments.query or {}),
        query_pieces(options.query, operation.query) if options is not None else (),
        query_pieces(dict(signature.query), {}),
    )
    query = list(pieces)
    return f"{path}?{'&'.join(query)}" if query else path


def _query(operation: Operation[Any], values: Mapping[str, object]) -> Iterator[str]:
    """The arguments, with the fixed pieces between them in the order of the API's description."""
    if not operation.fixed_query:
        yield from query_pieces(values, operation.query)
        return
    placed = [piece for piece in operation.fixed_query if isinstance(piece, tuple)]
    for wire, value in values.items():
        yield from (text for before, text in placed if before == wire)
        yield from query_pieces({wire: value}, operation.query)
    for piece in operation.fixed_query:
        if isinstance(piece, str):
            yield piece
        elif piece[0] not in values:
            yield piece[1]


def _headers(call: Call, body: Body) -> HeaderLines:
    """All header lines; each source replaces what the ones before it set."""
    session, operation, arguments, options, signature = call
    lines = HeaderLines(session.headers)
    for name, fixed in operation.headers.items():
        lines.set_lines(name, fixed if isinstance(fixed, tuple) else (fixed,))
    styles = operation.styles.get("headers", {})
    for name, value in (arguments.headers or {}).items():
        if value is not None:
            lines.set(
                name, styled(name, value, styles[name]) if name in styles else value
            )
    if options is not None:
        lines.update(options.headers)
        lines.set("Idempotency-Key", options.idempotency_key or UNSET)
    _label(lines, operation, body)
    by_hand = {name.lower() for name in _set_by_hand(call)}
    for name, value in signature.headers:
        if name.lower() not in by_hand:
            lines.set(name, value)
    cookie_styles = operation.styles.get("cookies", {})
    cookies: Iterator[tuple[str, object]] = chain(
        (arguments.cookies or {}).items(), signature.cookies
    )
    lines.add_cookies(
        pair
        for name, value in cookies
        if value is not None and value is not UNSET
        for pair in cookie_pairs(name, value, cookie_styles.get(name, ""))
    )
    return lines


def _label(lines: HeaderLines, operation: Operation[Any], body: Body) -> None:
    """Set Content-Type and Content-Length."""
    multipart = body.media_type is not None and body.media_type.startswith("multipart/")
    # A multipart body's own type, even where the caller sets one: no other names the boundary.
    if body.media_type and (multipart or "content-type" not in lines):
        lines.set("Content-Type", body.media_type)
    if isinstance(body.content, Upload):
        lines.set("Content-Length", body.content.length)
    elif not body.content and operation.method not in _NO_LENGTH:
        lines.set("Content-Length", 0)


def _set_by_hand(call: Call) -> Iterator[str]:
    """Names of headers that signing must not replace."""
    yield from call.session.by_hand
    yield from call.operation.headers
    headers = (call.arguments.headers or {}).items()
    yield from (name for name, value in headers if value is not None)
    if call.options is not None:
        yield from call.options.headers


def raw_operation(session: Session, method: str, path: str) -> Operation[None]:
    """An operation that the API's description lacks. `path` is sent without encoding, below the base URL.

    Raises:
        ValueError: `path` is neither a path below the base URL nor a URL of the same origin (credentials go
            nowhere else), or holds a `.` or `..` segment.
    """
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", method):
        raise ValueError("the method is no HTTP token")
    server: str | None = None
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or path.startswith("//"):
        parts = urlsplit(path)
        origin = f"{parts.scheme}://{parts.netloc}"
        if (
            parts.scheme not in ("http", "https")
            or parse_server(origin).origin != session.server.origin
        ):
            raise ValueError(f"{redacted(path)} is not below {session.server.origin}")
        server, path = session.server.origin, path[len(origin) :]
    path, mark, query = path.partition("#")[0].partition("?")
    if path and not path.startswith("/"):
        path = f"/{path}"
    if "\\" in path or any(
        unquote(unquote(segment)) in (".", "..") for segment in path.split("/")
    ):
        raise ValueError(
            "the path must not hold a backslash, nor '.' or '..' as a segment"
        )
    return Operation(
        method.upper(),
        quote(path, _FIXED_TEXT),
        server=server,
        fixed_query=(quote(query, _FIXED_QUERY),) if mark else (),
    )
