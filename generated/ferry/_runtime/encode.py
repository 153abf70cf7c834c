"""Values as text: in paths, queries and forms. An argument's value is data and arrives as it was given.

Escapes follow RFC 3986 in UTF-8. Paths and queries leave raw what the RFC allows there, except what some
server takes for syntax: `% + & # / ? ;` in both, `'` in queries, `,` inside items that commas join.
Names come from the API's description and are sent as its author wrote them: only what would end the name or
break the request line is escaped, and an escape that is already there stays.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import cast
from urllib.parse import quote, unquote
from uuid import UUID

from .unset import UNSET

__all__ = [
    "PATH_SAFE",
    "QUERY_SAFE",
    "fill_path",
    "fill_server",
    "form_pairs",
    "items_of",
    "mapping_of",
    "pairs",
    "plain",
    "query_pieces",
    "quoted",
]

PATH_SAFE = "!$'()*,:=@"
QUERY_SAFE = "!$()*,:=@"
_OWN_STYLES = frozenset({"", "comma", "deep", "flag"})
_NO_STYLES: Mapping[str, str] = {}
_KEY_SAFE = "!$%()*+,-./:;?@[\\]^_`{|}~"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HOST_VALUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")


def plain(value: object, where: str) -> str:
    """A single value as text: booleans as `true` and `false`, dates and times in ISO 8601 (UTC as `Z`).

    Raises:
        TypeError: The value has no text of its own, such as bytes.
        ValueError: It is no number (NaN, infinity).
    """
    match value:
        case str() if not isinstance(value, Enum):
            return value
        case bool():
            return "true" if value else "false"
        case Enum():
            return plain(cast("object", value.value), where)
        case int():
            return str(value)
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{where}: NaN and infinity cannot be sent")
            return repr(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{where}: NaN and infinity cannot be sent")
            return format(value, "f")
        case datetime():
            text = value.isoformat()
            return f"{text[:-6]}Z" if value.utcoffset() == timedelta(0) else text
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            raise TypeError(
                f"{where}: a value of type {type(value).__name__} cannot be sent here"
            )


def mapping_of(value: object) -> Mapping[str, object] | None:
    """The members of a mapping or a model by their wire names, or None for anything else."""
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    # By its method, not by its class: what sends no model need not load pydantic.
    dump = getattr(type(value), "model_dump", None)
    if dump is None:
        return None
    return cast(
        "Mapping[str, object]",
        dump(value, by_alias=True, exclude_unset=True, warnings=False),
    )


def items_of(value: object) -> Iterable[object] | None:
    """The items of a list-like value, or None for anything else."""
    if isinstance(value, (str, bytes, bytearray, Mapping)) or not isinstance(
        value, Iterable
    ):
        return None
    return cast("Iterable[object]", value)


def quoted(text: str, safe: str, where: str) -> str:
    """Percent-encoded text.

    Raises:
        ValueError: It holds half of a surrogate pair.
    """
    try:
        return quote(text, safe)
    except UnicodeEncodeError:
        raise ValueError(f"{where}: half of a surrogate pair cannot be sent") from None


@lru_cache(maxsize=4096)
def _segments(template: str) -> tuple[str | tuple[str, ...], ...]:
    """A path template by segments: fixed text, or fixed texts (even places) and placeholders (odd places)."""
    segments = _split_outside_placeholders(template)
    return tuple(
        _pieces(segment) if "{" in segment else segment for segment in segments
    )


def _pieces(segment: str) -> tuple[str, ...]:
    # Braces of a name stand escaped in the template, as they end it there.
    return tuple(
        piece.replace("%7B", "{").replace("%7D", "}") if index % 2 else piece
        for index, piece in enumerate(_PLACEHOLDER.split(segment))
    )


def _split_outside_placeholders(template: str) -> list[str]:
    pieces: list[str] = [""]
    for index, part in enumerate(re.split(r"(\{[^{}]*\})", template)):
        if index % 2:
            pieces[-1] += part
        else:
            first, *rest = part.split("/")
            pieces[-1] += first
            pieces += rest
    return pieces


def fill_path(
    template: str,
    values: Mapping[str, object],
    styles: Mapping[str, str] = _NO_STYLES,
) -> str:
    """The path with each `{wire}` replaced by its value, percent-encoded, in the style that `styles` names for it.

    Raises:
        ValueError: A value is missing or empty, or makes its segment `.` or `..`, which servers and
            proxies resolve; the message names the parameter and not the value.
        TypeError: A value has no text.
    """
    return "/".join(
        segment if isinstance(segment, str) else _segment(segment, values, styles)
        for segment in _segments(template)
    )


def _segment(
    pieces: tuple[str, ...], values: Mapping[str, object], styles: Mapping[str, str]
) -> str:
    text = "".join(
        (
            _path_value(piece, values.get(piece), styles.get(piece, ""))
            if index % 2
            else piece
        )
        for index, piece in enumerate(pieces)
    )
    # Twice, because some servers decode twice.
    if unquote(unquote(text)) in (".", ".."):
        names = ", ".join(repr(name) for name in pieces[1::2])
        raise ValueError(
            f"path parameter {names}: the segments '.' and '..' would lead to another path"
        )
    return text


def _path_value(wire: str, value: object, style: str) -> str:
    where = f"path parameter {wire!r}"
    if value is None or value is UNSET:
        raise ValueError(f"{where} is required")
    if style:
        from .styles import path_value

        text = path_value(wire, value, style, where)
    else:
        text = _joined(value, PATH_SAFE, where)
    if not text:
        raise ValueError(f"{where} must not be empty")
    if "%00" in text:
        raise ValueError(f"{where} must not hold a NUL character")
    return text


def _joined(value: object, safe: str, where: str) -> str:
    """One encoded value, or encoded items joined by commas."""
    items = items_of(value)
    if items is None:
        return quoted(plain(value, where), safe, where)
    inner = safe.replace(",", "")
    return ",".join(
        quoted(plain(item, where), inner, where) for item in items if item is not None
    )


def fill_server(template: str, values: Mapping[str, object]) -> str:
    """A server URL with its `{wire}` replaced: a host name or port before the path, segments within it.

    A template that is one `{wire}` takes a whole URL, which is checked as a base URL is.

    Raises:
        ValueError: A value is missing, or could lead to another host or path.
    """
    if "{" not in template:
        return template
    if whole := _PLACEHOLDER.fullmatch(template):
        where = f"server parameter {whole[1]!r}"
        value = values.get(whole[1])
        text = "" if value is None or value is UNSET else plain(value, where)
        if not text:
            raise ValueError(
                f"{where} is required: a URL such as https://api.example.com"
            )
        return text.rstrip("/")
    before_host, mark, rest = template.partition("://")
    host, slash, path = rest.partition("/")

    def host_value(match: re.Match[str]) -> str:
        where = f"server parameter {match[1]!r}"
        value = values.get(match[1])
        text = "" if value is None or value is UNSET else plain(value, where)
        if not _HOST_VALUE.match(text):
            raise ValueError(f"{where} must be a host name or a part of one")
        return text

    def path_value(match: re.Match[str]) -> str:
        where = f"server parameter {match[1]!r}"
        text = plain(values.get(match[1]) or "", where).strip("/")
        steps = text.split("/")
        if any(step in ("", ".", "..") for step in steps):
            raise ValueError(
                f"{where} must be a path of non-empty segments without '.' and '..'"
            )
        return "/".join(quoted(step, PATH_SAFE, where) for step in steps)

    return (
        before_host
        + mark
        + _PLACEHOLDER.sub(host_value, host)
        + slash
        + _PLACEHOLDER.sub(path_value, path)
    )


@lru_cache(maxsize=4096)
def _query_key(wire: str) -> str:
    return quote(wire, _KEY_SAFE)


def query_pieces(
    values: Mapping[str, object], styles: Mapping[str, str]
) -> Iterator[str]:
    """The pieces of a query string. None and UNSET are left out, a list is repeated, an object is JSON text,
    unless `styles` names another style for the key."""
    for wire, value in values.items():
        where = f"query parameter {wire!r}"
        style = styles.get(wire, "")
        if style in _OWN_STYLES:
            for suffix, text in pairs(value, style, where, QUERY_SAFE):
                key = _query_key(wire) + suffix
                yield key if text is None else f"{key}={text}"
        else:
            from .styles import styled_pairs

            yield from styled_pairs(_query_key(wire), value, style, where, QUERY_SAFE)


def form_pairs(
    values: Mapping[str, object], styles: Mapping[str, str]
) -> Iterator[str]:
    """The pieces of an `application/x-www-form-urlencoded` body: everything but unreserved characters is
    escaped, a space as `%20`, which every form decoder reads."""
    for wire, value in values.items():
        where = f"form field {wire!r}"
        style = styles.get(wire, "")
        key = quoted(wire, "", where)
        if style in _OWN_STYLES:
            for suffix, text in pairs(value, style, where, ""):
                inner = suffix.replace("[", "%5B").replace("]", "%5D")
                yield f"{key}{inner}={text or ''}"
        else:
            from .styles import styled_pairs

            yield from styled_pairs(key, value, style, where, "")


def pairs(
    value: object, style: str, where: str, safe: str
) -> Iterator[tuple[str, str | None]]:
    """What follows the key, and the encoded value; None for a key alone: in the plain styles."""
    if value is None or value is UNSET:
        return
    if style == "flag" and isinstance(value, bool):
        if value:
            yield "", None
        return
    members = mapping_of(value)
    if members is not None:
        if style == "deep":
            yield from _deep(members, "", where, safe)
        else:
            from .body import json_text

            yield "", quoted(json_text(members, where), safe, where)
        return
    items = items_of(value)
    if items is None:
        yield "", quoted(plain(value, where), safe, where)
    elif style == "comma":
        text = _joined(items, safe, where)
        if text:
            yield "", text
    else:
        for item in items:
            yield from pairs(item, style if style == "flag" else "", where, safe)


def _deep(
    members: Mapping[str, object], prefix: str, where: str, safe: str
) -> Iterator[tuple[str, str | None]]:
    for name, value in members.items():
        suffix = f"{prefix}[{quoted(str(name), safe, where)}]"
        inner = mapping_of(value)
        if inner is not None:
            yield from _deep(inner, suffix, where, safe)
        else:
            for _, text in pairs(value, "", where, safe):
                yield suffix, text
