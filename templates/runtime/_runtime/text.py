"""Bodies that are a text with `{{placeholders}}`, such as SOAP."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal, assert_never

from . import UNSET, BodyStyle
from .encoding import Body, either, items_of, json_text, mapping_of, scalar_text, utf8

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_XML_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TextSyntax = Literal["json", "plain", "xml"]
"""What a text is written in: how the values in it are escaped."""

_MEDIA_TYPES: Mapping[TextSyntax, str] = {
    "json": "application/json",
    "plain": "text/plain",
    "xml": "application/xml",
}


def text_body(template: str, syntax: TextSyntax) -> BodyStyle:
    """A body that is a text, with each placeholder replaced by its value."""

    def encode(fields: Mapping[str, object], media_type: str | None) -> Body:
        filled = fill_text(template, fields, syntax)
        return Body(utf8(filled, "body"), either(media_type, _MEDIA_TYPES[syntax]))

    return encode


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

    return _PLACEHOLDER.sub(value_of, template)


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
