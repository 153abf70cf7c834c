"""Cookies: those of a call's parameters, and API keys that travel in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal
from urllib.parse import quote

from . import UNSET, CookieStyle
from .encoding import TOKEN, items_of, json_text, mapping_of, scalar_text

# A literal and not an enum, so that the constants of generated modules stay short.

CookieName = Literal["", "comma", "json", "members", "pairs"]
"""`comma` for a list in one cookie, `pairs` for an object in one, `members` for a cookie each, `json`; "" repeats the
cookie for each item of a list."""

_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*\Z")


def cookie_style(style: CookieName = "") -> CookieStyle:
    """The style of a cookie."""

    def cookies(name: str, value: object) -> Iterator[str]:
        for own, parts in _parts(name, value, style):
            yield cookie_pair(own, *parts)

    return cookies


def cookie_pair(name: str, *parts: object) -> str:
    """`name=value` for a Cookie header (RFC 6265, 4.1.1); several parts are joined by commas.

    Raises:
        ValueError: A character would end the value or begin another cookie. The message holds no value.
    """
    if not TOKEN.match(name):
        raise ValueError(f"{name!r} is not a cookie name")
    texts = [scalar_text(part, f"cookie {name!r}") for part in parts]
    if not all(map(_VALUE.match, texts)):
        raise ValueError(
            f"cookie {name!r}: spaces, quotes, commas, semicolons and backslashes cannot be sent"
        )
    return f"{name}={','.join(texts)}"


def cookie_pairs(
    values: Mapping[str, object],
    styles: Mapping[str, CookieStyle],
    keys: Iterable[tuple[str, str]],
) -> Iterator[str]:
    """The cookies of one call: of its arguments, each in its style, then of what signs it."""
    for name, value in values.items():
        if _is_sent(value):
            yield from styles[name](name, value)
    for name, value in keys:
        yield cookie_pair(name, value)


def _parts(
    wire: str, value: object, style: CookieName
) -> Iterator[tuple[str, list[object]]]:
    """Name and parts of each cookie that a parameter becomes."""
    if style == "json":
        yield wire, [quote(json_text(value, f"cookie {wire!r}"), "")]
        return
    members, items = mapping_of(value), items_of(value)
    if members is not None:
        found = {name: one for name, one in members.items() if _is_sent(one)}
        if style == "members":
            yield from ((str(name), [member]) for name, member in found.items())
        else:
            yield wire, [part for member in found.items() for part in member]
    elif items is None:
        yield wire, [value]
    elif style == "comma":
        yield wire, [item for item in items if item is not None]
    else:
        yield from ((wire, [item]) for item in items if item is not None)


def _is_sent(value: object) -> bool:
    return value is not None and value is not UNSET
