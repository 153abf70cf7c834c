"""Request bodies: JSON, forms, text templates, bytes and files."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple, cast

from .encode import form_pairs, items_of, mapping_of, plain
from .files import FileSource, Upload, is_file
from .multipart import media_type_of, multipart_body
from .operation import Arguments, Operation
from .unset import UNSET

__all__ = ["Body", "build_body", "fill_text", "json_text"]

_TEXT_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_XML_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_TYPES = {"xml": "application/xml", "json": "application/json"}
_FORM = "application/x-www-form-urlencoded"
_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})


class Body(NamedTuple):
    """What follows the headers, and its Content-Type; an empty one means that none is sent."""

    content: bytes | Upload = b""
    media_type: str | None = None


def build_body(operation: Operation[object], arguments: Arguments) -> Body:
    """The body of one call; an empty one without a type where no argument gives one.

    Raises:
        ValueError, TypeError: A value cannot be sent; the message says where it stands.
    """
    if arguments.content is not UNSET and arguments.content is not None:
        return _content(arguments.content, operation.media_type)
    if arguments.json is not UNSET:
        return _json(arguments.json, operation)
    if arguments.form is not None:
        text = "&".join(form_pairs(arguments.form, operation.form))
        media_type = _either(operation.media_type, _FORM)
        return Body(text.encode("ascii"), media_type) if text else Body()
    if arguments.multipart is not None:
        return Body(*multipart_body(arguments.multipart, operation.parts))
    if arguments.text is not None:
        template, values, syntax = arguments.text
        usual = _TEXT_TYPES.get(syntax, "text/plain")
        text = fill_text(template, values, syntax)
        return Body(_utf8(text, "body"), _either(operation.media_type, usual))
    return Body()


def _json(value: object, operation: Operation[object]) -> Body:
    # Arguments that were all left out are no body where a method seldom has one; elsewhere APIs want `{}`.
    if operation.method in _BODILESS and _all_unset(value):
        return Body()
    text = json_text(value, "body")
    return Body(_utf8(text, "body"), _either(operation.media_type, "application/json"))


def _either(declared: str | None, usual: str) -> str:
    return usual if declared is None else declared


def _all_unset(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    members = cast("Mapping[str, object]", value).values()
    return bool(members) and all(member is UNSET for member in members)


def _content(value: object, media_type: str | None) -> Body:
    match value:
        case str():
            return Body(_utf8(value, "content"), _either(media_type, "text/plain"))
        case bytes() | bytearray():
            # What bytes are nobody knows then, and RFC 9110 (8.3) has no header for that.
            return Body(bytes(value), media_type)
        case _ if is_file(value):
            source = FileSource.of(value, "content")
            body = source if isinstance(source, bytes) else Upload((source,))
            return Body(body, _either(media_type, media_type_of(value)))
        case _:
            raise TypeError(
                f"content: a value of type {type(value).__name__} cannot be sent here"
            )


def _utf8(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where}: half of a surrogate pair cannot be sent") from None


def json_text(value: object, where: str) -> str:
    """Compact JSON. Models by wire name with only the fields that were set; UNSET left out at every level;
    dates, times and UUIDs as strings, enums by value, decimals as numbers.

    Raises:
        ValueError: NaN, infinity, a decimal beyond a double's digits, or a structure that contains itself.
        TypeError: A value that JSON has no form for, such as bytes. Both say where it stands.
    """
    try:
        return json.dumps(
            _jsonable(value, where),
            ensure_ascii=False,
            separators=(",", ":"),
            allow_nan=False,
        )
    except RecursionError:
        raise ValueError(
            f"{where}: nested too deeply, or a structure that contains itself"
        ) from None


def _jsonable(value: object, where: str) -> object:
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        return _jsonable(cast("object", value.value), where)
    match value:
        case str() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{where}: JSON has no NaN and no infinity")
            return value
        case Decimal():
            return _number(value, where)
        case bytes() | bytearray() | memoryview():
            raise TypeError(f"{where}: bytes cannot be sent in JSON")
        case _:
            pass
    members = mapping_of(value)
    if members is not None:
        return {
            plain(name, where): _jsonable(member, f"{where}.{name}")
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
    return plain(value, where)


def _number(value: Decimal, where: str) -> int | float:
    if not value.is_finite():
        raise ValueError(f"{where}: JSON has no NaN and no infinity")
    if value == value.to_integral_value():
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(
            f"{where}: more digits than a JSON number keeps; send it as a string"
        )
    return number


def fill_text(template: str, values: Mapping[str, object], syntax: str) -> str:
    """A text with each `{{placeholder}}` replaced by its value, escaped for where it stands.

    Args:
        template: The text.
        values: A value for each placeholder.
        syntax: `xml`: escaped for elements and quoted attributes. `json`: a string is escaped as the inside
            of a JSON string, an object or list is JSON. Anything else: as it is.

    Raises:
        ValueError: A value is missing, or holds a character that XML 1.0 cannot say at all.
    """

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        value = values.get(name)
        where = f"body parameter {name!r}"
        if value is None or value is UNSET:
            raise ValueError(f"{where} is required")
        return _escaped(value, syntax, where)

    return _TEXT_PLACEHOLDER.sub(value_of, template)


def _escaped(value: object, syntax: str, where: str) -> str:
    if syntax == "json":
        if mapping_of(value) is not None or items_of(value) is not None:
            return json_text(value, where)
        return json.dumps(plain(value, where), ensure_ascii=False)[1:-1]
    text = plain(value, where)
    if syntax == "xml":
        if _NOT_XML.search(text):
            raise ValueError(f"{where}: XML cannot hold this control character")
        return text.translate(_XML_ESCAPES)
    return text
