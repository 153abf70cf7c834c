"""A request's URL: its server, path and query, each still as text with `{{variables}}`.

The parts of an object win over its `raw` text (newman never reads `raw` beside parts); the text that they
make is parsed again as newman does: fragment, query, backslashes, scheme, userinfo. Variables are opaque.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.problems import Origin
from ..lenient import entries, javascript_text, mapping, members, sequence, text
from .variables import PLACEHOLDER, Scope

__all__ = ["Address", "QueryEntry", "Unsendable", "read_url"]

_FIRST, _LAST = "\ue000", "\uf8ff"
_PRIVATE = re.compile(f"[{_FIRST}-{_LAST}]")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.\-]*)://")
_BAD_HOST = re.compile(r"[\x00-\x20\x7f\"'<>\\^`|%,;()&=!*~$+]")
_ADDRESS = re.compile(r"(?:https?://)?[\w.~:@%/{}\[\]-]+[?#]", re.IGNORECASE)
"""An address that goes on with a query or a fragment. Other text with a `?` in it is no address."""


class Unsendable(Exception):
    """A request that no HTTP client could send; the text says why, the origin where, if that is known."""

    def __init__(self, message: str, origin: Origin | None = None) -> None:
        super().__init__(message)
        self.origin = origin


@dataclass(frozen=True, slots=True)
class QueryEntry:
    """One piece of the query. `key` or `value` None: absent, which is more than empty."""

    key: str | None
    value: str | None
    origin: Origin
    node: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Address:
    """A URL in parts. `server` is everything before the path, such as `{{baseUrl}}` or `https://a.example`."""

    server: str
    path: tuple[str, ...]
    """Segments as written; empty for no path at all."""
    query: tuple[QueryEntry, ...]
    variables: Mapping[str, Mapping[str, Any]]
    """Entries of `url.variable` by name, the last one of a name."""
    userinfo: str
    origin: Origin


def read_url(url: Any, origin: Origin, scope: Scope) -> Address:
    """The parts of a URL: a string, an object, or an object that holds only `raw`.

    A variable at its head that is known to hold a query or a fragment is a piece of the address.

    Raises:
        Unsendable: there is no URL, its scheme is not HTTP, or its host cannot be one.
    """
    parts = mapping(url)
    if not parts or not (parts.get("host") or parts.get("path")):
        raw = url if isinstance(url, str) else text(parts.get("raw"))
        return _parsed(_begun(raw, scope), None, mapping({}), origin)
    host = _joined(parts.get("host"), ".")
    protocol = text(parts.get("protocol")).removesuffix("://")
    port = parts.get("port")
    made = f"{protocol}://" if protocol else ""
    if isinstance(parts.get("auth"), dict) and parts["auth"].get("user"):
        made += f"{text(parts['auth'].get('user'))}:{text(parts['auth'].get('password'))}@"
    made += host + (f":{javascript_text(port)}" if port not in (None, "") else "")
    path = parts.get("path")
    if isinstance(path, list) or path:
        joined = _joined(path, "/")
        made += joined if isinstance(path, str) and joined.startswith("/") else f"/{joined}"
    return _parsed(_begun(made, scope), parts.get("query"), _variables(parts.get("variable")), origin)


def _begun(whole: str, scope: Scope) -> str:
    whole = whole.lstrip()
    head = PLACEHOLDER.match(whole)
    value = scope.value(head[1]) if head else None
    return value + whole[head.end() :] if head and value and _ADDRESS.match(value) else whole


def _joined(value: Any, separator: str) -> str:
    if isinstance(value, str):
        return value
    steps = (step.get("value") if isinstance(step, dict) else step for step in sequence(value))
    return separator.join("" if step is None else javascript_text(step) for step in steps)


def _variables(value: Any) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    if isinstance(value, dict):
        return {name: {"key": name, "value": entry} for name, entry in value.items()}
    for _, entry in members(value):
        name = text(entry.get("key")) or text(entry.get("id"))
        if name:
            found[name] = entry
    return found


class _Opaque:
    """Hides variables from the parser: each becomes one character that no URL holds."""

    def __init__(self, value: str) -> None:
        self._names: list[str] = []
        self.text = PLACEHOLDER.sub(self._hide, _PRIVATE.sub("\ufffd", value))

    def _hide(self, match: re.Match[str]) -> str:
        if len(self._names) >= ord(_LAST) - ord(_FIRST):
            return match[1]
        self._names.append(match[0])
        return chr(ord(_FIRST) + len(self._names) - 1)

    def show(self, value: str) -> str:
        return _PRIVATE.sub(lambda match: self._names[ord(match[0]) - ord(_FIRST)], value)


def _parsed(whole: str, query: Any, variables: Mapping[str, Mapping[str, Any]], origin: Origin) -> Address:
    opaque = _Opaque(whole.lstrip())
    rest, fragment, _ = opaque.text.partition("#")
    rest, mark, tail = rest.partition("?")
    rest = rest.replace("\\", "/")
    scheme = ""
    if match := _SCHEME.match(rest):
        scheme, rest = match[1].lower(), rest[match.end() :]
        if scheme not in ("http", "https"):
            raise Unsendable(f"the scheme {scheme}: is not HTTP")
    rest = rest.lstrip("/") if scheme or rest.startswith("//") else rest
    authority, slash, path = rest.partition("/")
    userinfo, _, host = authority.rpartition("@")
    if not host:
        raise Unsendable("the URL is empty" if not rest else "the URL has no host")
    if _BAD_HOST.search(host) or len(host) > 2000:
        raise Unsendable("the URL has no valid host")
    pieces = [*_text_query(opaque.show(tail), origin)] if mark else []
    if not fragment:
        pieces += _listed_query(query, origin)
    server = opaque.show(host if _PRIVATE.search(host) else host.lower())
    return Address(
        server=f"{scheme}://{server}" if scheme else server,
        path=tuple(opaque.show(segment) for segment in path.split("/")) if slash else (),
        query=tuple(pieces),
        variables=variables,
        userinfo=opaque.show(userinfo),
        origin=origin,
    )


def _text_query(value: str, origin: Origin) -> Iterator[QueryEntry]:
    opaque = _Opaque(value)
    for piece in opaque.text.split("&"):
        key, equals, rest = piece.partition("=")
        if not piece:
            yield QueryEntry(None, None, origin)
        else:
            yield QueryEntry(opaque.show(key), opaque.show(rest) if equals else None, origin)


def _listed_query(query: Any, origin: Origin) -> Iterator[QueryEntry]:
    if isinstance(query, str):
        yield from _text_query(query, origin)
        return
    for index, entry in entries(query):
        key, value = entry.get("key"), entry.get("value")
        yield QueryEntry(
            key if isinstance(key, str) else None,
            value if isinstance(value, str) else None,
            origin.child("query", index),
            entry,
            not entry.get("disabled"),
        )
