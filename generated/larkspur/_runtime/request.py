"""One call as an HTTP request, and its URL as messages and logs show it: without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import httpx2

from .encoding import (
    Body,
    build_body,
    cookie_pair,
    fill_path,
    query_pieces,
)
from .operation import UNSET, Arguments, Operation, Signature
from .session import HeaderLines, RequestOptions, Server, Session, parse_server

_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
"""Methods that may be repeated (RFC 9110, 9.2.2)."""
_NO_LENGTH = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_FIXED_TEXT = "!$%&'()*+,-./:;=@[]^_|~"
_FIXED_QUERY = "!$%&'()*+,-./:;=?@[\\]^_`{|}~"
_SECRET = re.compile(
    r"token|secret|passw|pwd|passphrase|credential|signature|assertion|jwt|session|authorization"
    r"|(?:api|access|private|app|auth|account|subscription|shared)[-_. ]?key|^(?:key|sig|code|auth|hmac|sas)$",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")


def redacted(url: str, secret_keys: frozenset[str] = frozenset()) -> str:
    """`url` without user name and password, and with `***` for each query value whose key sounds secret."""
    head, mark, query = _USERINFO.sub(r"\1", url).partition("?")
    pieces = [_quiet(piece, secret_keys) for piece in query.split("&")]
    return f"{head}{mark}{'&'.join(pieces)}"


def _quiet(piece: str, secret_keys: frozenset[str]) -> str:
    key, mark, _value = piece.partition("=")
    name = unquote(key)
    secret = name in secret_keys or _SECRET.search(name)
    return f"{key}=***" if mark and secret else piece


class QuietURL(httpx2.URL):
    """A URL that prints without its secrets.

    httpx2 logs the URL of each request at level INFO, query and all, so an API key that travels there would end
    in the log. All parts of this URL are the real ones; only its text is not.
    """

    secret_keys: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return redacted(super().__str__(), self.secret_keys)

    def __repr__(self) -> str:
        return f"URL({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        # The inherited comparison is by text, which would find a URL unequal to itself.
        if not isinstance(other, (str, httpx2.URL)):
            return NotImplemented
        own = httpx2.URL(other) if isinstance(other, QuietURL) else other
        return httpx2.URL(self) == own

    def __hash__(self) -> int:
        return hash(httpx2.URL(self))


class Call(NamedTuple):
    """One call of an operation: all that its request is built from."""

    session: Session
    """Its settings are those of the call."""
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


def build_request(call: Call, *, is_async: bool = False) -> Outgoing:
    """The request of one call. Touches no network.

    Raises:
        ValueError, TypeError: An argument cannot be sent where it belongs.
        ConfigurationError: It would carry a secret over plain HTTP.
    """
    session, operation, arguments, _, signature = call
    server = _server(session, operation, arguments)
    target = _target(call, server)
    body = build_body(operation, arguments, session.configuration.file)
    lines = _headers(call, body)
    secret = session.auth is not None or "authorization" in lines or any(signature)
    session.check(server, secrets=secret)
    content: Any = body.content
    if is_async and not isinstance(content, bytes):
        content = content.awaited()
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
            "timeout": dict(session.timeout),
            "base_path": server.path,
        },
    )
    # The request copied it as an ordinary one, which prints secrets.
    request.url = url
    unsigned = not secret and not session.own_auth
    return Outgoing(
        request,
        operation.method in _IDEMPOTENT or "idempotency-key" in lines,
        session.signer.hint(operation.security) if unsigned else "",
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


def _server(
    session: Session, operation: Operation[Any], arguments: Arguments
) -> Server:
    text = operation.server
    if text is None:
        return session.server
    if not isinstance(text, str):
        text = text({**session.settings, **arguments.get("server", {})})
    return parse_server(session.server.origin + text if text.startswith("/") else text)


def _target(call: Call, server: Server) -> str:
    """Path and query, percent-encoded: what the request line says."""
    session, operation, arguments, options, signature = call
    values = {**session.settings, **arguments.get("path", {})}
    styles = operation.styles.get("path", {})
    path = server.path + fill_path(operation.path, values, styles) or "/"
    pieces = chain(
        _query(operation, arguments.get("query", {})),
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
    by_hand = {name.lower() for name in (*session.by_hand, *operation.headers)}
    styles = operation.styles.get("headers", {})
    for name, value in arguments.get("headers", {}).items():
        if value is not None and value is not UNSET:
            by_hand.add(name.lower())
            style = styles.get(name)
            lines.set(name, style(value, f"header {name!r}") if style else value)
    if options is not None:
        by_hand |= {name.lower() for name in options.headers}
        lines.update(options.headers)
        if options.idempotency_key:
            lines.set("Idempotency-Key", options.idempotency_key)
    _label(lines, operation, body)
    for name, value in signature.headers:
        # What the caller set, signing does not replace.
        if name.lower() not in by_hand:
            lines.set(name, value)
    cookie_styles = operation.styles.get("cookies", {})
    for name, value in arguments.get("cookies", {}).items():
        if value is not None and value is not UNSET:
            lines.add_cookies(cookie_styles[name](name, value))
    lines.add_cookies(cookie_pair(*pair) for pair in signature.cookies)
    return lines


def _label(lines: HeaderLines, operation: Operation[Any], body: Body) -> None:
    """Set Content-Type and Content-Length."""
    multipart = body.media_type is not None and body.media_type.startswith("multipart/")
    # A multipart body's own type, even where the caller sets one: no other names the boundary.
    if body.media_type and (multipart or "content-type" not in lines):
        lines.set("Content-Type", body.media_type)
    if not isinstance(body.content, bytes):
        lines.set("Content-Length", body.content.length)
    elif not body.content and operation.method not in _NO_LENGTH:
        lines.set("Content-Length", 0)


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
