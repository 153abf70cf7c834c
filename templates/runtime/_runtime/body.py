"""Request bodies: JSON, forms, text templates, bytes and files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple, assert_never, cast

from .encode import form_pairs
from .files import FileSource, Upload, is_file
from .multipart import media_type_of, multipart_body
from .operation import Arguments, Operation, TextSyntax
from .unset import UNSET
from .values import items_of, json_text, mapping_of, scalar_text, utf8

__all__ = ["Body", "build_body", "fill_text"]

_TEXT_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_XML_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_TYPES: Mapping[TextSyntax, str] = {
    "json": "application/json",
    "plain": "text/plain",
    "xml": "application/xml",
}
_FORM = "application/x-www-form-urlencoded"
_BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})


class Body(NamedTuple):
    """What follows the headers, and its Content-Type; an empty one means that none is sent."""

    content: bytes | Upload = b""
    media_type: str | None = None


def build_body(operation: Operation[object], arguments: Arguments) -> Body:
    """The body of one call; empty and without a type where no argument holds one.

    Raises:
        ValueError, TypeError: A value cannot be sent; the message names the field.
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
        text = fill_text(template, values, syntax)
        media_type = _either(operation.media_type, _TEXT_TYPES[syntax])
        return Body(utf8(text, "body"), media_type)
    return Body()


def _json(value: object, operation: Operation[object]) -> Body:
    # Arguments that were all left out are no body where a method seldom has one; elsewhere APIs want `{}`.
    if operation.method in _BODILESS and _all_unset(value):
        return Body()
    text = json_text(value, "body")
    return Body(utf8(text, "body"), _either(operation.media_type, "application/json"))


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
            return Body(utf8(value, "content"), _either(media_type, "text/plain"))
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


def fill_text(template: str, values: Mapping[str, object], syntax: TextSyntax) -> str:
    """A text with each `{{placeholder}}` replaced by its value.

    Args:
        template: The text.
        values: A value for each placeholder.
        syntax: `xml`: values are escaped for elements and quoted attributes. `json`: a string is escaped as the
            inside of a JSON string, an object or list is JSON. `plain`: nothing is escaped.

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


def _escaped(value: object, syntax: TextSyntax, where: str) -> str:
    match syntax:
        case "json":
            if mapping_of(value) is not None or items_of(value) is not None:
                return json_text(value, where)
            return json.dumps(scalar_text(value, where), ensure_ascii=False)[1:-1]
        case "xml":
            text = scalar_text(value, where)
            if _NOT_XML.search(text):
                raise ValueError(f"{where}: XML cannot hold this control character")
            return text.translate(_XML_ESCAPES)
        case "plain":
            return scalar_text(value, where)
        case _:
            assert_never(syntax)
