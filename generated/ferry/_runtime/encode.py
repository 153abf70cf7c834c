"""Values in paths, queries and forms, percent-encoded. A value is data: the server decodes it to what it was.

Escapes follow RFC 3986 in UTF-8. Paths and queries leave raw what the RFC allows there, except what some
server takes for syntax: `% + & # / ? ;` in both, `'` in queries, `,` inside items that commas join.
Names come from the API's description and are sent as its author wrote them: only what would end the name or
break the request line is escaped, and an escape that is already there stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from .styles import FormStyle, PathStyle, QueryStyle, path_value, styled_pairs
from .unset import UNSET
from .values import PATH_SAFE, QUERY_SAFE, pairs, quoted, scalar_text

__all__ = ["fill_path", "fill_server", "form_pairs", "query_pieces"]

_NO_STYLES: Mapping[str, PathStyle] = {}
_KEY_SAFE = "!$%()*+,-./:;?@[\\]^_`{|}~"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HOST_VALUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")


@lru_cache(maxsize=4096)
def _segments(template: str) -> tuple[str | tuple[str, ...], ...]:
    """A path template by segments: fixed text, or fixed texts (even indices) and placeholders (odd indices)."""
    segments = _split_outside_placeholders(template)
    return tuple(
        _pieces(segment) if "{" in segment else segment for segment in segments
    )


def _pieces(segment: str) -> tuple[str, ...]:
    # Braces within a name are escaped in the template, where a brace would end the name.
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
    styles: Mapping[str, PathStyle] = _NO_STYLES,
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
    pieces: tuple[str, ...],
    values: Mapping[str, object],
    styles: Mapping[str, PathStyle],
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


def _path_value(wire: str, value: object, style: PathStyle) -> str:
    where = f"path parameter {wire!r}"
    if value is None or value is UNSET:
        raise ValueError(f"{where} is required")
    text = path_value(wire, value, style, where)
    if not text:
        raise ValueError(f"{where} must not be empty")
    if "%00" in text:
        raise ValueError(f"{where} must not hold a NUL character")
    return text


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
        text = "" if value is None or value is UNSET else scalar_text(value, where)
        if not text:
            raise ValueError(
                f"{where} is required: a URL such as https://api.example.com"
            )
        return text.rstrip("/")
    before_host, mark, rest = template.partition("://")
    host, slash, path = rest.partition("/")

    def host_text(match: re.Match[str]) -> str:
        where = f"server parameter {match[1]!r}"
        value = values.get(match[1])
        text = "" if value is None or value is UNSET else scalar_text(value, where)
        if not _HOST_VALUE.match(text):
            raise ValueError(f"{where} must be a host name or a part of one")
        return text

    def path_text(match: re.Match[str]) -> str:
        where = f"server parameter {match[1]!r}"
        text = scalar_text(values.get(match[1]) or "", where).strip("/")
        steps = text.split("/")
        if any(step in ("", ".", "..") for step in steps):
            raise ValueError(
                f"{where} must be a path of non-empty segments without '.' and '..'"
            )
        return "/".join(quoted(step, PATH_SAFE, where) for step in steps)

    return (
        before_host
        + mark
        + _PLACEHOLDER.sub(host_text, host)
        + slash
        + _PLACEHOLDER.sub(path_text, path)
    )


@lru_cache(maxsize=4096)
def _query_key(wire: str) -> str:
    return quote(wire, _KEY_SAFE)


def query_pieces(
    values: Mapping[str, object], styles: Mapping[str, QueryStyle]
) -> Iterator[str]:
    """The pieces of a query string. None and UNSET are left out, a list is repeated, an object is JSON text,
    unless `styles` names another style for the parameter."""
    for wire, value in values.items():
        where = f"query parameter {wire!r}"
        match styles.get(wire, ""):
            case ("" | "comma" | "deep" | "flag") as plain:
                for suffix, text in pairs(value, plain, where, QUERY_SAFE):
                    key = _query_key(wire) + suffix
                    yield key if text is None else f"{key}={text}"
            case style:
                key = _query_key(wire)
                yield from styled_pairs(key, value, style, where, QUERY_SAFE)


def form_pairs(
    values: Mapping[str, object], styles: Mapping[str, FormStyle]
) -> Iterator[str]:
    """The pieces of an `application/x-www-form-urlencoded` body: everything but unreserved characters is
    escaped, a space as `%20`, which every form decoder reads."""
    for wire, value in values.items():
        where = f"form field {wire!r}"
        key = quoted(wire, "", where)
        match styles.get(wire, ""):
            case ("" | "comma" | "deep" | "flag") as plain:
                for suffix, text in pairs(value, plain, where, ""):
                    inner = suffix.replace("[", "%5B").replace("]", "%5D")
                    yield f"{key}{inner}={text or ''}"
            case style:
                yield from styled_pairs(key, value, style, where, "")
