"""The parameter styles of OpenAPI (RFC 6570) and of Swagger 2.0, beyond the plain ones of `encoding`.

A value is data whatever the style: what a style puts between items, names and values is escaped inside of them. Three
delimiters are themselves escaped in a URL (space, tab and `|`), so an item that holds one is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal, assert_never, cast
from urllib.parse import quote

from . import UNSET, HeaderStyle, PathStyle, QueryStyle
from .encoding import (
    PATH_SAFE,
    escaped_brackets,
    items_of,
    json_text,
    mapping_of,
    plain_query,
    quoted,
    scalar_text,
)

# In the types for queries and forms "" is the plain style. Literals and not enums, so that the constants of
# generated modules stay short; a type checker refuses a misspelt one.

PathName = Literal[
    "assigned", "json", "label", "label*", "matrix", "matrix*", "pairs", "segments"
]
"""`pairs` (`name,value`) and `assigned` (`name=value`) for an object, `label` (`.value`), `matrix` (`;name=value`),
`json`, `segments` (the slashes of a text stay; items are segments). A `*` repeats the mark for each item or member."""

HeaderName = Literal["assigned", "json", "pairs"]
"""`pairs` (`name,value`) and `assigned` (`name=value`) for an object, `json`."""

DeepName = Literal["deep", "deep[]", "deep*"]
"""An object as `key[field]=value`, at every depth; a list as `key[0]=item`, as `key[]=item`, or as `key=item` again."""

PlainName = Literal["", "comma", "flag", DeepName]
"""`comma`: a list in one value. `flag`: `key` alone where true, nothing where false."""

FormName = Literal[PlainName, "json", "members", "pairs", "pipe", "space", "tab"]
"""The plain ones; `space`, `pipe` and `tab` (a list in one value, joined by that), `members` (`field=value`), `pairs`
(`key=field,value`), `json`."""

QueryName = Literal[
    FormName,
    "+",
    "+comma",
    "+deep",
    "+deep[]",
    "+deep*",
    "+flag",
    "+json",
    "+members",
    "+pairs",
    "+pipe",
    "+space",
    "+tab",
]
"""As in a form. A `+` leaves the characters that URLs reserve as they are."""


def path_style(style: PathName) -> PathStyle:
    """The style of a path parameter."""

    def text(wire: str, value: object, where: str) -> str:
        return path_value(wire, value, style, where)

    return text


def query_style(style: QueryName) -> QueryStyle:
    """The style of a query parameter."""

    def pieces(key: str, value: object, where: str, safe: str) -> Iterator[str]:
        return styled_pairs(key, value, style, where, safe)

    return pieces


def form_style(style: FormName) -> QueryStyle:
    """The style of a field of a form."""

    def pieces(key: str, value: object, where: str, safe: str) -> Iterator[str]:
        for piece in styled_pairs(key, value, style, where, safe):
            # A key alone is for queries.
            yield escaped_brackets(piece if "=" in piece else f"{piece}=")

    return pieces


def header_style(style: HeaderName) -> HeaderStyle:
    """The style of a header."""

    def text(value: object, where: str) -> object:
        return header_value(value, style, where)

    return text


_RESERVED = "!$'()*,/:;=?@[]"
"""What RFC 3986 reserves and a query can hold as it is: `&`, `+` and `#` would end the value, or change it."""
_DELIMITERS: Mapping[Literal["pipe", "space", "tab"], str] = {
    "pipe": "|",
    "space": " ",
    "tab": "\t",
}
_PART_SAFE = PATH_SAFE.replace(",", "").replace("=", "")
_HEADER_ESCAPES = {ord("%"): "%25", ord(","): "%2C", ord("="): "%3D"}


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


def path_value(wire: str, value: object, style: PathName, where: str) -> str:
    """The text of a path parameter; "" for an empty list or object."""
    match style:
        case "json":
            return quoted(json_text(value, where), PATH_SAFE, where)
        case "pairs":
            return _path_text(value, ",", ",", where) or ""
        case "assigned":
            return _path_text(value, ",", "=", where) or ""
        case "label":
            text = _path_text(value, ",", ",", where)
            return "" if text is None else f".{text}"
        case "label*":
            text = _path_text(value, ".", "=", where)
            return "" if text is None else f".{text}"
        case "matrix":
            text = _path_text(value, ",", ",", where)
            name = quoted(wire, PATH_SAFE, where)
            return "" if text is None else _matrix_parameter(name, text)
        case "matrix*":
            return _exploded_matrix(quoted(wire, PATH_SAFE, where), value, where)
        case "segments":
            if _members(value) is None and _items(value) is None:
                return quoted(scalar_text(value, where), f"{PATH_SAFE}/", where)
            return _path_text(value, "/", "=", where) or ""
        case _:
            assert_never(style)


def _path_text(value: object, separator: str, mark: str, where: str) -> str | None:
    """Items, or members with a mark between name and value, joined by a separator; None where there are none."""

    def text(part: object) -> str:
        found = _path_part(part, where)
        return found.replace(".", "%2E") if separator == "." else found

    members, items = _members(value), _items(value)
    if members is not None:
        pieces = [f"{text(name)}{mark}{text(member)}" for name, member in members]
    elif items is not None:
        pieces = [text(item) for item in items]
    else:
        return quoted(scalar_text(value, where), PATH_SAFE, where)
    return separator.join(pieces) if pieces else None


def _path_part(part: object, where: str) -> str:
    return quoted(scalar_text(part, where), _PART_SAFE, where)


def _exploded_matrix(name: str, value: object, where: str) -> str:
    members, items = _members(value), _items(value)
    if members is not None:
        pieces = [
            (_path_part(key, where), _path_part(member, where))
            for key, member in members
        ]
    elif items is not None:
        pieces = [(name, _path_part(item, where)) for item in items]
    else:
        pieces = [(name, quoted(scalar_text(value, where), PATH_SAFE, where))]
    return "".join(_matrix_parameter(key, text) for key, text in pieces)


def _matrix_parameter(name: str, text: str) -> str:
    return f";{name}={text}" if text else f";{name}"


def styled_pairs(
    key: str, value: object, style: QueryName, where: str, safe: str
) -> Iterator[str]:
    """The pieces of one parameter of a query or a form, whose encoded name is `key`."""
    if value is None or value is UNSET:
        return
    if style.startswith("+"):
        safe = _RESERVED
    # `QueryName` has a member with and one without `+` for each style, which type checkers cannot work out.
    form = cast("FormName", style.removeprefix("+"))
    members = _members(value)
    match form:
        case "json":
            yield f"{key}={quoted(json_text(value, where), safe, where)}"
        case "members" if members is not None:
            for name, member in members:
                # A value may hold a `=` as it is, a name may not.
                own = quoted(str(name), safe.replace("=", ""), where)
                for suffix, text in pairs(member, "", where, safe):
                    yield f"{own}{suffix}={text}"
        case "pairs" if members is not None:
            yield from _delimited(key, value, ",", where, safe)
        case "pipe" | "space" | "tab":
            yield from _delimited(key, value, _DELIMITERS[form], where, safe)
        case "members" | "pairs":
            yield from _plain(key, value, "", where, safe)
        case "" | "comma" | "flag" | "deep" | "deep[]" | "deep*":
            yield from _plain(key, value, form, where, safe)
        case _:
            assert_never(form)


def _plain(
    key: str, value: object, style: PlainName, where: str, safe: str
) -> Iterator[str]:
    for suffix, text in pairs(value, style, where, safe):
        yield f"{key}{suffix}" if text is None else f"{key}{suffix}={text}"


def _delimited(
    key: str, value: object, delimiter: str, where: str, safe: str
) -> Iterator[str]:
    """Items, or names and values in turn, in one value; nothing where there are none."""
    members, parts = _members(value), _items(value)
    if members is not None:
        parts = [part for member in members for part in member]
    if parts is None:
        yield f"{key}={quoted(scalar_text(value, where), safe, where)}"
        return
    texts = [scalar_text(part, where) for part in parts]
    if delimiter != "," and any(delimiter in text for text in texts):
        raise ValueError(
            f"{where}: an item holds {delimiter!r}, where the API would split it"
        )
    if texts:
        yield f"{key}={_joined(texts, delimiter, safe, where)}"


def _joined(texts: list[str], delimiter: str, safe: str, where: str) -> str:
    inner = safe.replace(",", "")
    mark = "," if delimiter == "," else quote(delimiter)
    return mark.join(quoted(text, inner, where) for text in texts)


def pairs(
    value: object, style: PlainName, where: str, safe: str
) -> Iterator[tuple[str, str | None]]:
    """Suffix of the key and encoded value of each pair that a parameter becomes; the value None for a key alone."""
    if value is None or value is UNSET:
        return
    if style == "flag" and isinstance(value, bool):
        if value:
            yield "", None
        return
    if style in ("deep", "deep[]", "deep*"):
        yield from _deep(value, "", style, where, safe)
        return
    items = _items(value)
    if style == "comma" and items is not None:
        if items:
            texts = [scalar_text(item, where) for item in items]
            yield "", _joined(texts, ",", safe, where)
    elif style == "flag" and items is not None:
        for item in items:
            yield from pairs(item, style, where, safe)
    else:
        for piece in plain_query("", value, where, safe):
            yield "", piece[1:]


def _deep(
    value: object, suffix: str, style: DeepName, where: str, safe: str
) -> Iterator[tuple[str, str]]:
    members, items = _members(value), _items(value)
    if members is not None:
        # A value may hold a `=` as it is, a name may not.
        kept = safe.replace("=", "")
        for name, member in members:
            step = f"[{quoted(str(name), kept, where)}]"
            yield from _deep(member, f"{suffix}{step}", style, where, safe)
    elif items is not None:
        for index, item in enumerate(items):
            step = {"deep": f"[{index}]", "deep[]": "[]", "deep*": ""}[style]
            yield from _deep(item, f"{suffix}{step}", style, where, safe)
    else:
        yield suffix, quoted(scalar_text(value, where), safe, where)


def header_value(value: object, style: HeaderName, where: str) -> object:
    """What a header holds: an object as text, and anything else as it is; or JSON."""
    match style:
        case "json":
            # In ASCII: headers hold little else.
            tree = json.loads(json_text(value, where))
            return json.dumps(tree, separators=(",", ":"))
        case "assigned":
            return _header_members(value, "=", where)
        case "pairs":
            return _header_members(value, ",", where)
        case _:
            assert_never(style)


def _header_members(value: object, mark: str, where: str) -> object:
    members = _members(value)
    if members is None:
        return value

    def text(part: object) -> str:
        return scalar_text(part, where).translate(_HEADER_ESCAPES)

    return ",".join(f"{text(name)}{mark}{text(member)}" for name, member in members)
