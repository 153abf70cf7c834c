"""What openapi-to-postmanv2 leaves in a collection: types as placeholders, requiredness and enums as words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...model.types import Anything, Array, Map, Scalar, ScalarKind, Type
from ..inference import Known

__all__ = ["SECURITY_NOTE", "Marked", "marked", "placeholder", "sample"]

SECURITY_NOTE = "Added as a part of security scheme"
"""How the converter describes the headers that it adds to `originalRequest`."""

_ANY = Anything("the converter wrote no type here")
_TYPES: Mapping[str, Type] = {
    "string": Scalar(ScalarKind.STRING),
    "integer": Scalar(ScalarKind.INTEGER),
    "int32": Scalar(ScalarKind.INTEGER),
    "int64": Scalar(ScalarKind.INTEGER),
    "long": Scalar(ScalarKind.INTEGER),
    "number": Scalar(ScalarKind.NUMBER),
    "float": Scalar(ScalarKind.NUMBER),
    "double": Scalar(ScalarKind.NUMBER),
    "boolean": Scalar(ScalarKind.BOOLEAN),
    "date": Scalar(ScalarKind.DATE),
    "dateTime": Scalar(ScalarKind.DATETIME),
    "date-time": Scalar(ScalarKind.DATETIME),
    "uuid": Scalar(ScalarKind.UUID),
    "email": Scalar(ScalarKind.STRING, "email"),
    "uri": Scalar(ScalarKind.STRING, "uri"),
    "url": Scalar(ScalarKind.STRING, "uri"),
    "time": Scalar(ScalarKind.STRING, "time"),
    "byte": Scalar(ScalarKind.STRING, "byte"),
    "binary": Scalar(ScalarKind.STRING, "binary"),
    "password": Scalar(ScalarKind.STRING, "password"),
    "array": Array(Anything("the converter wrote no items")),
    "object": Map(Anything("the converter wrote no fields")),
    "any": _ANY,
}
_PLACEHOLDER = re.compile(r"<([A-Za-z][A-Za-z0-9-]{2,9})>")
_XML_PLACEHOLDER = re.compile(r"\(([a-z][A-Za-z0-9-]{2,9})\)")
_CUT = re.compile(
    r"<(?:Circular reference to .{0,500} detected|Error: Too many levels of nesting .{0,200})>", re.DOTALL
)
_REQUIRED = re.compile(r"^\s*\(Required\)\s*")
_ONLY = "(This can only be one of "


def placeholder(value: str) -> Type | None:
    """The type that a text such as `<integer>` means, or None for data."""
    if not value.startswith("<") or not value.endswith(">"):
        return None
    if match := _PLACEHOLDER.fullmatch(value):
        return _TYPES.get(match[1])
    if _CUT.fullmatch(value):
        return Anything("the converter cut a recursive or deep schema here")
    return None


def sample(value: Any) -> Any:
    """A JSON value with its placeholders as `Known` leaves. Recursive: callers bound the depth."""
    match value:
        case str():
            known = placeholder(value)
            return value if known is None else Known(known)
        case list():
            return [sample(item) for item in value]
        case dict():
            if len(value) == 1 and isinstance(cut := value.get("value"), str) and _CUT.fullmatch(cut):
                return Known(Anything("the converter cut a recursive or deep schema here"))
            return {key: sample(item) for key, item in value.items()}
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Marked:
    """A description without the converter's markers, and what they mean."""

    doc: str
    required: bool
    only: tuple[str, ...]
    """The only values that are allowed; empty where any is."""


def marked(description: str) -> Marked:
    """Take `(Required)` and `(This can only be one of a,b)` out of a description."""
    doc = _REQUIRED.sub("", description)
    required = doc != description
    start = doc.rfind(_ONLY)
    listed = doc[start + len(_ONLY) :].rstrip()
    if start < 0 or not listed.endswith(")"):
        return Marked(doc, required, ())
    values = tuple(dict.fromkeys(value.strip() for value in listed[:-1].split(",")))
    return Marked(doc[:start].rstrip(), required, tuple(value for value in values if value))
