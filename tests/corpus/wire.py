"""Values found again in a request: the styles of OpenAPI and Swagger, read backwards.

Nothing here knows how the client writes them.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

import httpx2

from .documents import AskedParameter, Style

__all__ = ["Sent"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _equal(sent: str, wanted: Any) -> bool:
    if sent == _text(wanted):
        return True
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        try:
            return math.isclose(float(sent), float(wanted))
        except ValueError:
            return False
    if isinstance(wanted, dict | list):
        try:
            return bool(json.loads(sent) == wanted)
        except ValueError:
            return False
    return False


def _all_equal(sent: Sequence[str], wanted: Iterable[Any]) -> bool:
    wanted = list(wanted)
    return len(sent) == len(wanted) and all(map(_equal, sent, wanted))


def _pairs(members: Mapping[str, Any]) -> list[Any]:
    return [piece for pair in members.items() for piece in pair]


def _loosely(text: str) -> str:
    """A pattern for fixed text of a path, each character as it is or escaped."""
    return "".join(f"(?:{re.escape(char)}|{re.escape(quote(char, safe=''))})" for char in unquote(text))


class Sent:
    """A request that was recorded, by its parts."""

    def __init__(self, request: httpx2.Request) -> None:
        self.request = request
        target = request.extensions.get("target", request.url.raw_path).decode("ascii")
        self.path, mark, query = target.partition("?")
        pieces = query.split("&") if mark else []
        self.query = [(unquote(key), value) for key, _, value in (piece.partition("=") for piece in pieces)]
        self.bare = {unquote(piece) for piece in pieces if "=" not in piece}
        cookies = request.headers.get("cookie", "")
        self.cookies = [
            (key, value) for key, _, value in (piece.strip().partition("=") for piece in cookies.split(";"))
        ]

    def placeholders(self, path: str) -> Mapping[str, str] | None:
        """What stands, still encoded, in each placeholder of a path; None where the request has another path."""
        fixed = _PLACEHOLDER.split(path)
        names: list[str] = []
        pattern = ""
        for number, piece in enumerate(fixed):
            if number % 2 == 0:
                pattern += _loosely(piece)
            elif piece in names:
                pattern += f"(?P=placeholder{names.index(piece)})"
            else:
                pattern += f"(?P<placeholder{len(names)}>[^/]+?)"
                names.append(piece)
        found = re.fullmatch(f".*?{pattern}", self.path, re.DOTALL)
        return None if found is None else {name: found[f"placeholder{n}"] for n, name in enumerate(names)}

    def has(self, parameter: AskedParameter) -> bool:
        """Whether a parameter was sent at all (one of the path cannot be left out)."""
        match parameter.location:
            case "query":
                return any(
                    key == parameter.wire or key.startswith(f"{parameter.wire}[") for key, _ in self.query
                )
            case "header":
                return parameter.wire in self.request.headers
            case "cookie":
                return any(key == parameter.wire for key, _ in self.cookies)
            case _:
                return True

    def carries(self, parameter: AskedParameter, value: Any, placeholders: Mapping[str, str]) -> bool:
        """Whether a value can be read from where its parameter was sent."""
        style, wire = parameter.style, parameter.wire
        match parameter.location:
            case "path":
                return _in_path(placeholders.get(wire, ""), value, wire, style)
            case "header":
                return _in_one(self.request.headers.get(wire, ""), value, style, encoded=False)
            case "cookie":
                return self._among(self.cookies, value, wire, style)
            case _:
                if style.flag and isinstance(value, bool) and (wire in self.bare) == value:
                    return True
                return self._among(self.query, value, wire, style)

    @staticmethod
    def _among(pairs: Sequence[tuple[str, str]], value: Any, wire: str, style: Style) -> bool:
        found = [text for key, text in pairs if key == wire]
        if style.kind == "json":
            return len(found) == 1 and bool(json.loads(unquote(found[0])) == value)
        if isinstance(value, dict):
            if style.kind == "deepObject":
                return _deep(pairs, value, wire)
            if not style.delimiter:
                return all(
                    _all_equal(
                        [unquote(text) for key, text in pairs if key == name],
                        item if isinstance(item, list) else [item],
                    )
                    for name, item in value.items()
                    if item is not None
                ) or (len(found) == 1 and _equal(unquote(found[0]), value))
        if isinstance(value, list) and not style.delimiter:
            return _all_equal([unquote(text) for text in found], value)
        if not value and isinstance(value, list | dict):
            return True
        return len(found) == 1 and _in_one(found[0], value, style)


def _deep(pairs: Sequence[tuple[str, str]], value: Mapping[str, Any], wire: str) -> bool:
    for name, item in value.items():
        key = f"{wire}[{name}]"
        if isinstance(item, dict):
            if not _deep(pairs, item, key):
                return False
        elif item is not None:
            sent = [unquote(text) for other, text in pairs if other in (key, f"{key}[]")]
            if not _all_equal(sent, item if isinstance(item, list) else [item]):
                return False
    return True


def _in_one(sent: str, value: Any, style: Style, *, encoded: bool = True) -> bool:
    """A value in one piece of text, its items between delimiters that are themselves plain or escaped."""

    def decoded(text: str) -> str:
        return unquote(text) if encoded else text

    if style.kind == "json":
        return bool(json.loads(decoded(sent)) == value)
    if not isinstance(value, list | dict):
        return _equal(decoded(sent), value)
    delimiter = style.delimiter or ","
    # A comma that is data is escaped where escapes are read; other delimiters may be escaped themselves.
    exact = encoded and delimiter in ",.;"
    spelled = {re.escape(delimiter)} if exact else {re.escape(delimiter), quote(delimiter, safe="")}
    pieces = [
        decoded(piece) if encoded else piece.strip() for piece in re.split("|".join(sorted(spelled)), sent)
    ]
    if isinstance(value, dict):
        wanted = [f"{k}={_text(v)}" for k, v in value.items()] if style.assigned else _pairs(value)
    else:
        wanted = value
    if not wanted:
        return not sent
    if _all_equal(pieces, wanted):
        return True
    return not exact and decoded(sent) == delimiter.join(map(_text, wanted))


def _in_path(sent: str, value: Any, wire: str, style: Style) -> bool:
    if style.kind == "label":
        return sent[:1] == "." and _in_one(sent[1:], value, style)
    if style.kind != "matrix":
        return _in_one(sent, value, style)
    if isinstance(value, dict) and style.assigned:
        return sent[:1] == ";" and _in_one(sent[1:], value, style)
    if isinstance(value, list) and style.assigned:
        return sent[:1] == ";" and _in_one(sent[1:], [f"{wire}={_text(item)}" for item in value], style)
    start = f";{wire}="
    return sent.startswith(start) and _in_one(sent[len(start) :], value, style)
