"""Header lines and cookies, checked before they reach any transport."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .styles import CookieStyle, HeaderStyle, cookie_parts, header_value
from .unset import UNSET
from .values import items_of, scalar_text

__all__ = [
    "HeaderLines",
    "cookie_pair",
    "cookie_pairs",
    "header_text",
    "styled",
    "user_agent",
]

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")
_COOKIE_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*\Z")


def header_text(name: str, value: object) -> str:
    """The value of a header: a list joined by commas (which are escaped in its items), anything else as in a query.

    Raises:
        ValueError: The name or the value is not allowed in a header (RFC 9110, 5.5): a line break,
            another control character, or one beyond Latin-1. The message holds no value.
    """
    if not _TOKEN.match(name):
        raise ValueError(f"{name!r} is not a header name")
    where = f"header {name!r}"
    items = items_of(value)
    text = (
        scalar_text(value, where)
        if items is None
        else ",".join(scalar_text(item, where).replace(",", "%2C") for item in items)
    )
    if not _FIELD_VALUE.match(text):
        raise ValueError(
            f"{where}: control characters and characters beyond Latin-1 cannot be sent"
        )
    return text.strip(" \t")


def styled(name: str, value: object, style: HeaderStyle) -> object:
    """The value of a header in a style of its own; UNSET stays."""
    if value is UNSET:
        return value
    return header_value(value, style, f"header {name!r}")


def cookie_pair(name: str, *parts: object) -> str:
    """`name=value` for a Cookie header (RFC 6265, 4.1.1); several parts are joined by commas.

    Raises:
        ValueError: A character would end the value or begin another cookie. The message holds no value.
    """
    if not _TOKEN.match(name):
        raise ValueError(f"{name!r} is not a cookie name")
    texts = [scalar_text(part, f"cookie {name!r}") for part in parts]
    if not all(map(_COOKIE_VALUE.match, texts)):
        raise ValueError(
            f"cookie {name!r}: spaces, quotes, commas, semicolons and backslashes cannot be sent"
        )
    return f"{name}={','.join(texts)}"


def cookie_pairs(name: str, value: object, style: CookieStyle) -> Iterator[str]:
    """The cookies of one parameter: a list is repeated unless its style joins it."""
    if not style and isinstance(value, str):
        yield cookie_pair(name, value)
        return
    for own, parts in cookie_parts(name, value, style, f"cookie {name!r}"):
        yield cookie_pair(own, *parts)


def user_agent(name: str) -> str:
    """`NAME/pillarbox`: without a version, so that regenerating a client does not change its requests."""
    return f"{re.sub(r'[^0-9A-Za-z.-]+', '-', name).strip('-') or 'client'}/pillarbox"


class HeaderLines:
    """Header lines by lower-case name. What is set later replaces what was set earlier."""

    __slots__ = ("_lines",)

    def __init__(self, lines: HeaderLines | None = None) -> None:
        self._lines: dict[str, tuple[str, tuple[str, ...]]] = (
            {} if lines is None else dict(lines._lines)
        )

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._lines

    def __repr__(self) -> str:
        return f"<HeaderLines {', '.join(self._lines)}>"

    def set(self, name: str, value: object) -> None:
        """Replace a header; None removes it; UNSET changes nothing."""
        if value is UNSET:
            return
        if value is None:
            self._lines.pop(name.lower(), None)
        else:
            self._lines[name.lower()] = name, (header_text(name, value),)

    def set_lines(self, name: str, lines: tuple[str, ...]) -> None:
        """Replace a header by several lines of the same name."""
        self._lines[name.lower()] = (
            name,
            tuple(header_text(name, line) for line in lines),
        )

    def update(self, headers: Mapping[str, object]) -> None:
        """Set each of `headers`."""
        for name, value in headers.items():
            self.set(name, value)

    def add_cookies(self, pairs: Iterable[str]) -> None:
        """Append to the Cookie header."""
        _, lines = self._lines.get("cookie", ("Cookie", ()))
        text = "; ".join((*lines, *pairs))
        if text:
            self._lines["cookie"] = "Cookie", (text,)

    def raw(self) -> list[tuple[bytes, bytes]]:
        """The lines as they go out."""
        return [
            (name.encode("ascii"), line.encode("latin-1"))
            for name, lines in self._lines.values()
            for line in lines
        ]
