"""The target of a request twice: as newman makes it of pasted text, and as a client that knows data from structure.

Both come from the collection alone. Rules: sections 1.4 and 2 of what was measured of Postman's wire.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from .values import PLACEHOLDER, Collection, Item, javascript_text

__all__ = ["Address", "Piece", "address"]

_FIRST = 0xE000
_OPAQUE = re.compile("[\ue000-\uf8ff]")
_PATH = re.compile(r"[^!$%&'()*+,\-./0-9:;=@A-Z\[\]^_a-z|~\\]")
_QUERY = re.compile(r"[^!$%&()*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z{|}~]")
_RAW_DATA = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:=@")
"""What data may look like in a URL without an escape: RFC 3986 `pchar` but for what servers take for structure."""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def data(value: str) -> str:
    """A pattern: `value`, each of its bytes escaped, or raw where that means the same."""
    made: list[str] = []
    for byte in value.encode():
        escaped = f"%{byte:02X}"
        made.append(f"(?:{escaped}|{re.escape(chr(byte))})" if byte in _RAW_DATA else escaped)
    return "".join(made)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the query: its key, by which it may be moved, and the pattern of the whole of it."""

    key: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes."""

    pasted: frozenset[str]
    """Targets that newman may make of it."""
    path: str
    """Pattern of the path with data as data."""
    query: tuple[Piece, ...] | None
    """None: no question mark."""
    authority: str
    """What the URL has before its path, after `//` and user."""
    userinfo: str
    has_slashes: bool
    """The base URL ends with a slash."""


class _Assembly:
    """The text of one URL with its variables as opaque characters."""

    def __init__(self, collection: Collection, item: Item) -> None:
        self.collection = collection
        self.item = item
        self.placeholders: list[tuple[str, str]] = []
        self.plain = bool(item.behaviour.get("disableUrlEncoding"))

    def placeholder(self, pasted: str, pattern: str) -> str:
        self.placeholders.append((pasted, pattern))
        return chr(_FIRST + len(self.placeholders) - 1)

    def opaque(self, text: str) -> str:
        def hide(found: re.Match[str]) -> str:
            value = self.collection.resolve(found[0])
            pattern = data(value)
            if "/" in value:
                # A known variable that holds a slash is a piece of the address.
                pattern = f"(?:{pattern}|{re.escape(self.encoded(_PATH, value.strip('/')))})"
            return self.placeholder(value, pattern)

        return PLACEHOLDER.sub(hide, self.collection.flatten(text))

    def encoded(self, unsafe: re.Pattern[str], text: str) -> str:
        return text if self.plain else unsafe.sub(_percent, text)

    def shown(self, text: str) -> str:
        return _OPAQUE.sub(lambda found: self.placeholders[ord(found[0]) - _FIRST][0], text)

    def pattern(self, unsafe: re.Pattern[str], text: str) -> str:
        made: list[str] = []
        place = 0
        for found in _OPAQUE.finditer(text):
            made.append(re.escape(self.encoded(unsafe, text[place : found.start()])))
            made.append(self.placeholders[ord(found[0]) - _FIRST][1])
            place = found.end()
        return "".join((*made, re.escape(self.encoded(unsafe, text[place:]))))

    # The text

    def text(self) -> str:
        url = self.item.request.get("url")
        if isinstance(url, str):
            return self.opaque(url)
        parts: Mapping[str, Any] = url or {}
        if not (parts.get("host") or parts.get("path")):
            return self.opaque(str(parts.get("raw", "")))
        host = parts.get("host") or ""
        made = host if isinstance(host, str) else ".".join(map(javascript_text, host))
        user = parts.get("auth")
        if isinstance(user, dict) and user.get("user"):
            made = f"{user['user']}:{user.get('password') or ''}@{made}"
        if parts.get("protocol"):
            made = f"{str(parts['protocol']).removesuffix('://')}://{made}"
        if parts.get("port") not in (None, ""):
            made += f":{javascript_text(parts['port'])}"
        path = parts.get("path")
        head = self.opaque(made)
        if isinstance(path, str) and path:
            head += self.opaque(path if path.startswith("/") else f"/{path}")
        elif path is not None:
            head += "/" + "/".join(self.segment(step) for step in path)
        query = list(self.collection.query_entries(self.item))
        return head + ("?" + "&".join(self.entry(*pair) for pair in query) if query else "")

    def segment(self, step: Any) -> str:
        if isinstance(step, dict):
            value = str(step.get("value", ""))
            return self.placeholder("[object Object]", re.escape(self.encoded(_PATH, value)))
        text = "" if step is None else javascript_text(step)
        if text.startswith(":") and len(text) > 1:
            name, dot, rest = text[1:].partition(".")
            given = self.collection.path_value(self.item, name)
            known = f":{name}" if given is None else given
            return self.placeholder(known, data(known)) + self.opaque(dot + rest)
        return self.opaque(text)

    def entry(self, key: str, value: str | None) -> str:
        typed = isinstance((self.item.request.get("url") or {}).get("query"), list | dict)
        name = self.opaque(key)
        if typed:
            name = name.replace("&", "%26").replace("#", "%23").replace("=", "%3D")
        if value is None:
            return name
        made: list[str] = []
        place = 0
        text = self.collection.flatten(value)
        for found in (*PLACEHOLDER.finditer(text), None):
            literal = text[place : found.start() if found else None]
            pasted = literal.replace("&", "%26").replace("#", "%23") if typed else literal
            if literal:
                made.append(self.placeholder(pasted, data(_undone(literal))))
            if found:
                made.append(self.opaque(found[0]))
                place = found.end()
        return f"{name}={''.join(made)}"


def _undone(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _split(text: str) -> tuple[str, str, str, str | None]:
    """User, authority, path, query. As newman parses: fragment, query, backslashes, scheme."""
    text = text.lstrip().partition("#")[0]
    head, mark, query = text.partition("?")
    head = head.replace("\\", "/")
    if found := re.match(r"[A-Za-z][A-Za-z0-9+.\-]*://", head):
        head = head[found.end() :].lstrip("/")
    authority, slash, path = head.partition("/")
    user, _, host = authority.rpartition("@")
    return user, host, slash + path, query if mark else None


def address(collection: Collection, item: Item, added: Mapping[str, str]) -> Address:
    """Both targets of a request.

    Args:
        added: What its auth puts into the query.
    """
    made = _Assembly(collection, item)
    text = made.text()
    # Whatever stands before the path is address, not data: variables there are pasted by both.
    head = re.match(r"\s*(?:[A-Za-z][A-Za-z0-9+.\-]*://)?[^/?#\\]*", text)
    assert head is not None
    text = made.shown(head[0]) + text[head.end() :]
    slashes = bool(_OPAQUE.search(head[0])) and made.shown(head[0]).endswith("/")
    user, host, path, query = _split(text)
    if isinstance(item.request.get("url"), str) and query is not None:
        query = _string_query(made, query)
    pieces = [] if query is None else list(_pieces(made, query))
    for name in added:
        pieces = [piece for piece in pieces if piece.key != name]
    pieces += [Piece(name, f"{re.escape(name)}={data(value)}") for name, value in added.items()]
    return Address(
        pasted=frozenset(_pasted(made, made.shown(text), added)),
        path=made.pattern(_PATH, path) or "/",
        query=tuple(pieces) if query is not None or added else None,
        authority=host.lower(),
        userinfo=user,
        has_slashes=slashes,
    )


def _string_query(made: _Assembly, query: str) -> str:
    """The values of a query that stands in a text are data too."""
    shown: list[str] = []
    for piece in query.split("&"):
        key, equals, value = piece.partition("=")
        literal = re.split(_OPAQUE, value)
        placeholders = _OPAQUE.findall(value)
        parts = [made.placeholder(text, data(_undone(text))) if text else "" for text in literal]
        mixed = [text for pair in zip(parts, [*placeholders, ""], strict=True) for text in pair]
        shown.append(key + equals + ("".join(mixed) if key else value))
    return "&".join(shown)


def _pieces(made: _Assembly, query: str) -> Iterator[Piece]:
    for piece in query.split("&"):
        key, equals, value = piece.partition("=")
        if not made.shown(key):
            # Without a key it is fixed text, in which variables are pasted.
            fixed = equals + made.encoded(_QUERY, made.shown(value)).replace("&", "%26")
            yield Piece("", re.escape(fixed))
            continue
        pattern = made.pattern(_QUERY, key)
        if _OPAQUE.search(key):
            text = made.encoded(_QUERY, made.shown(key)).replace("&", "%26").replace("=", "%3D")
            pattern = f"(?:{pattern}|{re.escape(text)})"
        yield Piece(made.shown(key), pattern + equals + made.pattern(_QUERY, value))


def _pasted(made: _Assembly, text: str, added: Mapping[str, str]) -> Iterator[str]:
    _, _, path, query = _split(text)
    path = made.encoded(_PATH, path) or "/"
    if not added:
        yield path if query is None else f"{path}?{made.encoded(_QUERY, query)}"
        return
    pieces = [piece.partition("=") for piece in query.split("&")] if query is not None else []
    kept = ["".join(piece) for piece in pieces if piece[0] not in added]
    for guard in (True, False):
        new = [
            f"{name}={value.replace('&', '%26').replace('#', '%23') if guard else value}"
            for name, value in added.items()
        ]
        yield f"{path}?{made.encoded(_QUERY, '&'.join((*kept, *new)))}"
