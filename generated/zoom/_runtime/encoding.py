"""What a request is made of: values as text, paths and queries, header lines, bodies. A value is data: the server decodes
it to what it was.

Escapes follow RFC 3986 in UTF-8. Paths and queries leave raw what the RFC allows there, except what some
server takes for syntax: `% + & # / ? ;` in both, `'` in queries, `,` inside items that commas join.
Names are escaped likewise, but for those of Postman collections, which are sent as Postman sends them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, Protocol, cast
from urllib.parse import quote
from uuid import UUID

from . import UNSET, Arguments, BodyStyle, FileStyle, Operation, QueryStyle

PATH_SAFE = "!$'()*,:=@"
QUERY_SAFE = "!$()*,:=@"
PATH_TEXT = "!$%&'()*+,-./:;=@[]^_|~"
_NAME_SAFE = "!$()*,:@"
_WRITTEN_NAME = "!$%()*+,-./:;?@[\\]^_`{|}~"
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")


def scalar_text(value: object, where: str) -> str:
    """A single value as text: booleans as `true` and `false`, dates and times in ISO 8601 (UTC as `Z`). TypeError for what
    has no text of its own, such as bytes; ValueError for NaN and infinity."""
    match value:
        case str() if not isinstance(value, Enum):
            return value
        case bool():
            return "true" if value else "false"
        case Enum():
            return scalar_text(cast("object", value.value), where)
        case int() | UUID():
            return str(value)
        case float() | Decimal():
            if not _is_finite(value):
                raise ValueError(f"{where}: NaN and infinity cannot be sent")
            return repr(value) if isinstance(value, float) else format(value, "f")
        case datetime():
            text = value.isoformat()
            return f"{text[:-6]}Z" if value.utcoffset() == timedelta(0) else text
        case date() | time():
            return value.isoformat()
        case _:
            raise TypeError(
                f"{where}: a value of type {type(value).__name__} cannot be sent here"
            )


def _is_finite(value: float | Decimal) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)


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
    is_text = isinstance(value, (str, bytes, bytearray))
    if is_text or isinstance(value, Mapping) or not isinstance(value, Iterable):
        return None
    return cast("Iterable[object]", value)


def quoted(text: str, safe: str, where: str) -> str:
    """Percent-encoded text; ValueError as from `utf8`."""
    return quote(utf8(text, where), safe)


def utf8(text: str, where: str) -> bytes:
    """Text as it is sent in a body; ValueError where it holds half of a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where}: half of a surrogate pair cannot be sent") from None


def json_text(value: object, where: str) -> str:
    """Compact JSON. Models by wire name with only the fields that were set; UNSET left out at every level;
    dates, times and UUIDs as strings, enums by value, decimals as numbers. ValueError for NaN, infinity, a decimal beyond
    a double's digits, or a structure that contains itself; TypeError for what JSON has no form for. Both name the field.
    """
    try:
        tree = _jsonable(value, where)
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        raise ValueError(
            f"{where}: nested too deeply, or a structure that contains itself"
        ) from None


def _jsonable(value: object, where: str) -> object:
    if value is None or value is True or value is False:
        return value
    match value:
        case Enum():
            return _jsonable(cast("object", value.value), where)
        case str() | int():
            return value
        case float() | Decimal():
            return _number(value, where)
        case bytes() | bytearray() | memoryview():
            raise TypeError(f"{where}: bytes cannot be sent in JSON")
        case _:
            pass
    members = mapping_of(value)
    if members is not None:
        return {
            scalar_text(name, where): _jsonable(member, f"{where}.{name}")
            for name, member in members.items()
            if member is not UNSET
        }
    items = items_of(value)
    if items is not None:
        return [
            _jsonable(item, f"{where}[{index}]")
            for index, item in enumerate(items)
            if item is not UNSET
        ]
    return scalar_text(value, where)


def _number(value: float | Decimal, where: str) -> int | float:
    if not _is_finite(value):
        raise ValueError(f"{where}: JSON has no NaN and no infinity")
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(
            f"{where}: more digits than a JSON number keeps; send it as a string"
        )
    return number


def query_pieces(
    values: Mapping[str, object], styles: Mapping[str, QueryStyle], as_written: bool
) -> Iterator[str]:
    """The pieces of a query string, each parameter in the style that `styles` has for it. With `as_written` only what would
    end a name or break the request line is escaped in it."""
    kept = _WRITTEN_NAME if as_written else _NAME_SAFE
    for wire, value in values.items():
        style, where = styles.get(wire, plain_query), f"query parameter {wire!r}"
        pieces = style(quote(wire, kept), value, where, QUERY_SAFE)
        yield from pieces if as_written else map(escaped_brackets, pieces)


def escaped_brackets(piece: str) -> str:
    """A `name=value` whose name may have got steps in brackets."""
    name, mark, text = piece.partition("=")
    return f"{name.replace('[', '%5B').replace(']', '%5D')}{mark}{text}"


def plain_query(key: str, value: object, where: str, safe: str) -> Iterator[str]:
    """The style of a query or a form: None and UNSET are left out, a list is repeated, an object is JSON text."""
    items = None if mapping_of(value) is not None else items_of(value)
    for item in [value] if items is None else items:
        if item is not None and item is not UNSET:
            is_object = mapping_of(item) is not None
            text = json_text(item, where) if is_object else scalar_text(item, where)
            yield f"{key}={quoted(text, safe, where)}"


def header_text(name: str, value: object) -> str:
    """The value of a header: a list joined by commas (which are escaped in its items), anything else as in a query.
    ValueError, without the value, for what is not allowed there (RFC 9110, 5.5): a control character, such as a line
    break, or one beyond Latin-1."""
    if not TOKEN.match(name):
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


def either(declared: str | None, usual: str) -> str:
    """The declared media type, also an empty one: then none is sent."""
    return usual if declared is None else declared


class Streamed(Protocol):
    """A body of known length that is read while it is sent, once for each attempt."""

    length: int

    def __iter__(self) -> Iterator[bytes]: ...
    def awaited(self) -> AsyncIterator[bytes]: ...


class Body(NamedTuple):
    """What follows the headers, and its Content-Type; an empty one means that none is sent."""

    content: bytes | Streamed = b""
    media_type: str | None = None


def build_body(
    operation: Operation[object], arguments: Arguments, file: FileStyle | None
) -> Body:
    """The body of one call; empty and without a type where no argument holds one. `file` sends what a file holds."""
    media_type = operation.media_type
    content = arguments.get("content", UNSET)
    if content is not UNSET and content is not None:
        return _content(content, media_type, file)
    value = arguments.get("json", UNSET)
    if value is not UNSET and not (operation.optional_body and _all_unset(value)):
        text = json_text(value, "body")
        return Body(utf8(text, "body"), either(media_type, "application/json"))
    fields = arguments.get("body")
    if fields is not None:
        return (operation.body or form_body({}))(fields, media_type)
    return Body()


def form_body(styles: Mapping[str, QueryStyle]) -> BodyStyle:
    """An urlencoded body some of whose fields have a style of their own. Everything but unreserved characters is escaped,
    a space as `%20`, which every form decoder reads."""

    def encode(fields: Mapping[str, object], media_type: str | None) -> Body:
        pieces: list[str] = []
        for wire, value in fields.items():
            where = f"form field {wire!r}"
            style = styles.get(wire, plain_query)
            pieces += style(quoted(wire, "", where), value, where, "")
        if not pieces:
            return Body()
        usual = "application/x-www-form-urlencoded"
        return Body("&".join(pieces).encode(), either(media_type, usual))

    return encode


def _all_unset(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    members = cast("Mapping[str, object]", value).values()
    return bool(members) and all(member is UNSET for member in members)


def _content(value: object, media_type: str | None, file: FileStyle | None) -> Body:
    match value:
        case str():
            return Body(utf8(value, "content"), either(media_type, "text/plain"))
        case bytes() | bytearray():
            # What bytes are nobody knows then, and RFC 9110 (8.3) has no header for that.
            return Body(bytes(value), media_type)
        case _ if file is not None:
            return file(value, media_type)
        case _:
            # An open file or a path. It is streamed only where the API takes files, by `files`.
            read = getattr(value, "read", None) or getattr(value, "read_bytes", None)
            if read is None:
                raise TypeError(
                    f"content: a value of type {type(value).__name__} cannot be sent here"
                )
            return _content(read(), media_type, None)
