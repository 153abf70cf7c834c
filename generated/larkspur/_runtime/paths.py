"""Paths whose segments hold arguments.

A value is data: percent-encoded by RFC 3986, and what some server takes for syntax (`% + & # / ? ;`) always; the style
`segments` keeps slashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from . import UNSET, PathStyle
from .encoding import PATH_SAFE, items_of, quoted, scalar_text

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=4096)
def _segments(template: str) -> tuple[str | tuple[str, ...], ...]:
    """A path template by segments: fixed text, or fixed texts (even indices) and placeholders (odd indices)."""
    # A slash within a placeholder's name does not end the segment.
    segments = re.split(r"/(?![^{}]*\})", template)
    return tuple(_pieces(text) if "{" in text else text for text in segments)


def _pieces(segment: str) -> tuple[str, ...]:
    # Braces within a name are escaped in the template, where a brace would end the name.
    return tuple(
        piece.replace("%7B", "{").replace("%7D", "}") if index % 2 else piece
        for index, piece in enumerate(_PLACEHOLDER.split(segment))
    )


def fill_path(
    template: str, values: Mapping[str, object], styles: Mapping[str, PathStyle]
) -> str:
    """The path with each `{wire}` replaced by its value, percent-encoded, in the style that `styles` has for it.

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
            _path_value(piece, values.get(piece), styles.get(piece, plain_path))
            if index % 2
            else piece
        )
        for index, piece in enumerate(pieces)
    )
    # Twice, because some servers decode twice. A value in the style `segments` is several.
    if any(unquote(unquote(part)) in (".", "..") for part in text.split("/")):
        names = ", ".join(repr(name) for name in pieces[1::2])
        raise ValueError(
            f"path parameter {names}: the segments '.' and '..' would lead to another path"
        )
    return text


def _path_value(wire: str, value: object, style: PathStyle) -> str:
    where = f"path parameter {wire!r}"
    if value is None or value is UNSET:
        raise ValueError(f"{where} is required")
    text = style(wire, value, where)
    if not text:
        raise ValueError(f"{where} must not be empty")
    if "%00" in text:
        raise ValueError(f"{where} must not hold a NUL character")
    return text


def plain_path(_wire: str, value: object, where: str) -> str:
    """The style of a path: items are joined by commas, which are escaped inside of them."""
    items = items_of(value)
    if items is None:
        return quoted(scalar_text(value, where), PATH_SAFE, where)
    inner = PATH_SAFE.replace(",", "")
    return ",".join(
        quoted(scalar_text(item, where), inner, where)
        for item in items
        if item is not None
    )
