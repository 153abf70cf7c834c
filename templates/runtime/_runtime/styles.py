"""The parameter styles of OpenAPI (RFC 6570) beyond the plain ones.

A value is data whatever the style: what a style puts between items, names and values is escaped inside of them. Three
delimiters are themselves escaped in a URL (space, tab and `|`), so an item that holds one is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from .unset import UNSET
from .values import (
    PATH_SAFE,
    items_of,
    json_text,
    mapping_of,
    pairs,
    quoted,
    scalar_text,
)

__all__ = ["cookie_parts", "header_value", "path_value", "styled_pairs"]

_RESERVED = "!$'()*,/:;=?@[]"
"""What RFC 3986 reserves and a query can hold as it is: `&`, `+` and `#` would end the value, or change it."""
_PART_SAFE = PATH_SAFE.replace(",", "").replace("=", "")
_DELIMITERS = {"space": " ", "pipe": "|", "tab": "\t"}


def _members(value: object) -> list[tuple[object, object]] | None:
    members = mapping_of(value)
    if members is None:
        return None
    return [
        (name, member)
        for name, member in members.items()
        if member is not None and member is not UNSET
    ]


def _items(value: object) -> list[object] | None:
    items = items_of(value)
    return None if items is None else [item for item in items if item is not None]


def path_value(wire: str, value: object, style: str, where: str) -> str:
    """The text of a path parameter: `simple`, `pairs`, `assigned`, `label`, `matrix` or `json`; `*` explodes."""
    if style == "json":
        return quoted(json_text(value, where), PATH_SAFE, where)
    separator = {"label*": ".", "matrix*": ";"}.get(style, ",")

    def text(part: object) -> str:
        found = quoted(scalar_text(part, where), _PART_SAFE, where)
        return found.replace(".", "%2E") if separator == "." else found

    members, items = _members(value), _items(value)
    exploded = style == "assigned" or style.endswith("*")
    name = quoted(wire, PATH_SAFE, where)
    if members is not None:
        if style == "matrix*":
            return "".join(_parameter(text(key), text(one)) for key, one in members)
        mark = "=" if exploded else ","
        joined = separator.join(f"{text(key)}{mark}{text(one)}" for key, one in members)
    elif items is not None:
        if style == "matrix*":
            return "".join(_parameter(name, text(item)) for item in items)
        joined = separator.join(map(text, items))
    else:
        joined = quoted(scalar_text(value, where), PATH_SAFE, where)
        items = [value]
    if not (members or items):
        return ""
    if style.startswith("matrix"):
        return _parameter(name, joined)
    return f".{joined}" if style.startswith("label") else joined


def _parameter(name: str, text: str) -> str:
    return f";{name}={text}" if text else f";{name}"


def styled_pairs(
    key: str, value: object, style: str, where: str, safe: str
) -> Iterator[str]:
    """The pieces of one parameter of a query or a form, whose encoded name is `key`.

    A `+` before the style leaves reserved characters as they are.
    """
    if value is None or value is UNSET:
        return
    if style.startswith("+"):
        style, safe = style[1:], _RESERVED
    members = _members(value)
    if style == "members" and members is not None:
        for name, member in members:
            # A value may hold a `=` as it is, a name may not.
            own = quoted(str(name), safe.replace("=", ""), where)
            for suffix, text in pairs(member, "", where, safe):
                yield f"{own}{suffix}={text}"
    elif style == "json":
        yield f"{key}={quoted(json_text(value, where), safe, where)}"
    elif style in _DELIMITERS or (style == "pairs" and members is not None):
        text = _delimited(value, members, _DELIMITERS.get(style, ","), where, safe)
        if text is not None:
            yield f"{key}={text}"
    else:
        plainly = style if style in ("comma", "deep", "flag") else ""
        for suffix, text in pairs(value, plainly, where, safe):
            yield f"{key}{suffix}" if text is None else f"{key}{suffix}={text}"


def _delimited(
    value: object,
    members: list[tuple[object, object]] | None,
    delimiter: str,
    where: str,
    safe: str,
) -> str | None:
    """Items, or names and values in turn, in one value; None where there are none."""
    parts = _items(value)
    if members is not None:
        parts = [part for member in members for part in member]
    if parts is None:
        return quoted(scalar_text(value, where), safe, where)
    texts = [scalar_text(part, where) for part in parts]
    if delimiter != "," and any(delimiter in text for text in texts):
        raise ValueError(
            f"{where}: an item holds {delimiter!r}, where the API would split it"
        )
    inner = safe.replace(",", "")
    mark = "," if delimiter == "," else quote(delimiter)
    return mark.join(quoted(text, inner, where) for text in texts) if texts else None


def header_value(value: object, style: str, where: str) -> object:
    """What a header holds: `name,value` or `name=value` for each member of an object, or JSON."""
    if style == "json":
        # In ASCII: headers hold little else.
        return json.dumps(json.loads(json_text(value, where)), separators=(",", ":"))
    members = _members(value)
    if members is None:
        return value
    mark = "=" if style == "assigned" else ","

    def text(part: object) -> str:
        return scalar_text(part, where).translate(_HEADER_MARKS)

    return ",".join(f"{text(name)}{mark}{text(member)}" for name, member in members)


_HEADER_MARKS = {ord("%"): "%25", ord(","): "%2C", ord("="): "%3D"}


def cookie_parts(
    wire: str, value: object, style: str, where: str
) -> Iterator[tuple[str, list[object]]]:
    """Name and parts of each cookie that a parameter is."""
    members, items = _members(value), _items(value)
    if style == "json":
        yield wire, [quote(json_text(value, where), "")]
    elif members is not None and style == "members":
        yield from ((str(name), [member]) for name, member in members)
    elif members is not None:
        yield wire, [part for member in members for part in member]
    elif items is not None and style == "comma":
        yield wire, items
    elif items is not None:
        yield from ((wire, [item]) for item in items)
    else:
        yield wire, [value]
