"""One call as an HTTP request, and its response as a value or an error. URLs in messages and logs are without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import httpx2

from ..errors import BOM, DecodeError, is_json, parse_json, redacted
from . import UNSET, Call, Operation, Signature, feature
from .encoding import PATH_TEXT, TOKEN, Body, build_body, query_pieces
from .session import HeaderLines, Server, Session, parse_server

if TYPE_CHECKING:
    from .model import Mismatch, Mismatches

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_IDEMPOTENT = _SAFE_METHODS | {"PUT", "DELETE"}
"""Methods that may be repeated (RFC 9110, 9.2.2)."""
_NO_LENGTH = _SAFE_METHODS | {"DELETE", "CONNECT"}
_QUERY_TEXT = "!$%&'()*+,-./:;=?@[\\]^_`{|}~"


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
        return httpx2.URL(self) == httpx2.URL(other)

    def __hash__(self) -> int:
        return hash(httpx2.URL(self))


class Outgoing(NamedTuple):
    """A request that is ready to be sent, and what to do when it fails."""

    request: httpx2.Request
    repeatable: bool
    """Whether sending it twice does no harm."""
    hint: str
    """For the error message where the API refuses the unsigned request."""


def build_request(
    session: Session, call: Call[Any], signature: Signature, *, is_async: bool = False
) -> Outgoing:
    """The request of one call. ValueError or TypeError where an argument cannot be sent where it belongs,
    ConfigurationError where a secret would travel over plain HTTP."""
    operation = call.operation
    server = _server(session, call)
    target = _target(session, call, signature, server)
    body = build_body(operation, call.arguments, session.configuration.file)
    lines = _headers(session, call, signature, body)
    secret = session.auth is not None or "authorization" in lines or any(signature)
    session.check(server, secrets=secret)
    content: Any = body.content
    if is_async and not isinstance(content, bytes):
        content = content.awaited()
    try:
        url = QuietURL(server.origin + target)
    except httpx2.InvalidURL:
        text = "the arguments make a URL that is too long to be sent"
        raise ValueError(text) from None
    url.secret_keys = frozenset(name for name, _ in signature.query)
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
    hint = ""
    if session.signer is not None and not secret and not session.own_auth:
        hint = session.signer.hint(operation.security)
    repeatable = operation.method in _IDEMPOTENT or "idempotency-key" in lines
    return Outgoing(request, repeatable, hint)


def _server(session: Session, call: Call[Any]) -> Server:
    text = call.operation.server
    if text is None:
        return session.server
    if not isinstance(text, str):
        text = text({**session.settings, **call.arguments.get("server", {})})
    return parse_server(session.server.origin + text if text.startswith("/") else text)


def _target(
    session: Session, call: Call[Any], signature: Signature, server: Server
) -> str:
    """Path and query, percent-encoded: what the request line says."""
    operation, arguments, _ = call
    path = operation.path
    if "{" in path:
        fill: Callable[..., str] = feature("paths").fill_path
        values = {**session.settings, **arguments.get("path", {})}
        path = fill(path, values, operation.styles.get("path", {}))
    path = server.path + path or "/"
    as_written = session.configuration.names_as_written
    signed = query_pieces(dict(signature.query), {}, as_written)
    query = [*_query(call, as_written), *signed]
    return f"{path}?{'&'.join(query)}" if query else path


def _query(call: Call[Any], as_written: bool) -> Iterator[str]:
    """The arguments, with the fixed pieces between them in the order of the API's description."""
    operation, arguments, options = call
    values = arguments.get("query", {})
    fixed = [
        piece if isinstance(piece, tuple) else (None, piece)
        for piece in operation.fixed_query
    ]
    for wire, value in values.items():
        yield from (piece for before, piece in fixed if before == wire)
        yield from query_pieces({wire: value}, operation.query, as_written)
    yield from (piece for before, piece in fixed if before not in values)
    if options is not None:
        yield from query_pieces(options.query, operation.query, as_written)


def _headers(
    session: Session, call: Call[Any], signature: Signature, body: Body
) -> HeaderLines:
    """All header lines; each source replaces what the ones before it set."""
    operation, arguments, options = call
    lines = HeaderLines(session.headers)
    if "accept" not in session.by_hand:
        lines.set("Accept", _accept(operation.returns))
    for name, fixed in operation.headers.items():
        lines.set_lines(name, fixed if isinstance(fixed, tuple) else (fixed,))
    by_hand = {name.lower() for name in (*session.by_hand, *operation.headers)}
    header_styles = operation.styles.get("headers", {})
    for name, value in arguments.get("headers", {}).items():
        if value is not None and value is not UNSET:
            by_hand.add(name.lower())
            style = header_styles.get(name)
            lines.set(name, style(value, f"header {name!r}") if style else value)
    if options is not None:
        by_hand |= {name.lower() for name in options.headers}
        lines.update(options.headers)
        lines.set("Idempotency-Key", options.idempotency_key or UNSET)
    _label(lines, operation, body)
    for name, value in signature.headers:
        # What the caller set, signing does not replace.
        if name.lower() not in by_hand:
            lines.set(name, value)
    cookies = arguments.get("cookies", {})
    if cookies or signature.cookies:
        pairs: Callable[..., Iterable[str]] = feature("cookies").cookie_pairs
        styles = operation.styles.get("cookies", {})
        lines.add_cookies(pairs(cookies, styles, signature.cookies))
    return lines


def _accept(returns: Any) -> str:
    if isinstance(returns, Mapping):
        return str(feature("contents").accept_of(returns))
    return "application/json" if returns else "*/*"


def _label(lines: HeaderLines, operation: Operation[Any], body: Body) -> None:
    """Set Content-Type and Content-Length."""
    kind = body.media_type
    # A multipart body's own type, even where the caller sets one: no other names the boundary.
    if kind and (kind.startswith("multipart/") or "content-type" not in lines):
        lines.set("Content-Type", kind)
    if not isinstance(body.content, bytes):
        lines.set("Content-Length", body.content.length)
    elif not body.content and operation.method not in _NO_LENGTH:
        lines.set("Content-Length", 0)


def raw_operation(session: Session, method: str, path: str) -> Operation[None]:
    """An operation that the API's description lacks. `path` is sent without encoding, below the base URL. ValueError where
    it is neither a path below that nor a URL of the same origin (credentials go nowhere else), or has a `..` segment.
    """
    if not TOKEN.match(method):
        raise ValueError("the method is no HTTP token")
    server: str | None = None
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or path.startswith("//"):
        parts = urlsplit(path)
        origin = f"{parts.scheme}://{parts.netloc}"
        server = session.server.origin
        is_http = parts.scheme in ("http", "https")
        if not is_http or parse_server(origin).origin != server:
            raise ValueError(f"{redacted(path)} is not below {server}")
        path = path[len(origin) :]
    path, mark, query = path.partition("#")[0].partition("?")
    if path and not path.startswith("/"):
        path = f"/{path}"
    steps = [unquote(unquote(segment)) for segment in path.split("/")]
    if "\\" in path or "." in steps or ".." in steps:
        raise ValueError(
            "the path must not hold a backslash, nor '.' or '..' as a segment"
        )
    fixed_query = (quote(query, _QUERY_TEXT),) if mark else ()
    text = quote(path, PATH_TEXT)
    return Operation(method.upper(), text, server=server, fixed_query=fixed_query)


# pydantic and `model` are imported inside of the functions below: a call that returns no model need not wait for them.


def decode(
    operation: Operation[Any], response: httpx2.Response, *, strict: bool
) -> tuple[Any, list[Mismatch]]:
    """The value of a 2xx response, and where it is not of the documented type.

    A documented `str` is the text where the response is not JSON, `bytes` the content as it is, `Any` what the
    Content-Type says. An empty response is None where no type is documented, else an empty value of the type. DecodeError
    where it cannot be read; in strict mode, where it is of another type."""
    route, found = f"{operation.method} {operation.path}", list["Mismatch"]()
    content, media_type = response.content, response.headers.get("Content-Type", "")
    returns: Any = operation.returns
    if isinstance(returns, Mapping):
        returns, found = feature("contents").content_of(returns, response, route)
    kind: Any = returns() if returns else Any
    if returns is None or (kind is Any and not content):
        return None, found
    if kind is bytes:
        return content, found
    is_text = kind in (str, Any) and not is_json(media_type)
    if is_text and (kind is str or re.search(r"^text/|charset", media_type)):
        try:
            return content.decode(response.charset_encoding or "utf-8"), found
        except (LookupError, ValueError):
            if kind is str and strict:
                raise _undecoded(response, "text") from None
    if kind is Any:
        return content if is_text else _parsed(response), found
    from .model import Mismatches, empty_value

    others, body = Mismatches(route), content.removeprefix(BOM)
    value: Any = content
    if is_text:
        others.add("$", "str", "bytes")
    elif body.strip():
        value = _typed(kind, body, response, None if strict else others)
    elif strict:
        raise _undecoded(response, "JSON", "it is empty")
    else:
        value = empty_value(kind)
        others.add("$", getattr(kind, "__name__", str(kind)), "empty")
    if kind is str and not is_text and not isinstance(value, str):
        value = body.decode()
    return value, [*found, *others.found]


def _parsed(response: httpx2.Response) -> Any:
    try:
        return parse_json(response.content)
    except ValueError as error:
        raise _undecoded(response, "JSON", str(error)) from None


def _typed(
    kind: Any, body: bytes, response: httpx2.Response, found: Mismatches | None
) -> Any:
    """The value of a response; exact where there is nothing to collect mismatches in."""
    from pydantic import ValidationError

    from .model import read

    if b"NaN" in body or b"Infinity" in body:
        # pydantic takes them for numbers. Looked at closely only where the letters occur.
        _parsed(response)
    try:
        return read(kind, body, found)
    except ValidationError as error:
        # Without values: a response may hold secrets.
        problems = error.errors(
            include_input=False, include_url=False, include_context=False
        )
    if problems[0]["type"] == "json_invalid":
        repaired = body if found is None else _without_half_pairs(body)
        if found is None or repaired == body:
            raise _undecoded(response, "JSON", problems[0]["msg"])
        found.found.clear()
        return _typed(kind, repaired, response, found)
    texts = tuple(
        ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"])))
        for one in problems
    )
    more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
    message = f"{_where(response)}: the response is not as documented: {'; '.join(texts[:3])}{more}"
    raise DecodeError(message, problems=texts, body=body, response=response)


def _without_half_pairs(body: bytes) -> bytes:
    """JSON with `?` for halves of surrogate pairs, which cutting a text makes; what is no JSON as it is."""
    if b"\\u" not in body:
        return body
    try:
        return json.dumps(parse_json(body), ensure_ascii=False).encode(errors="replace")
    except (ValueError, RecursionError):
        return body


def _where(response: httpx2.Response) -> str:
    return f"{response.request.method} {response.request.url}: {response.status_code}"


def _undecoded(response: httpx2.Response, what: str, why: str = "") -> DecodeError:
    media_type = response.headers.get("Content-Type", "without a Content-Type")
    detail = f": {why.removeprefix('Invalid JSON: ')}" if why else ""
    message = f"{_where(response)}: the response ({media_type}) is not {what}{detail}"
    return DecodeError(message, body=response.content, response=response)
