"""The encoder for JavaScript and TypeScript."""

import json
import re
from collections.abc import Mapping, Sequence

from .encoded import Encoded
from .source import Syntax, utf16

__all__ = ["JAVASCRIPT", "JavaScript", "is_literal", "literal", "member", "template"]


class JavaScript(Encoded):
    """A piece of JavaScript or TypeScript."""

    __slots__ = ()


JAVASCRIPT = Syntax(
    kind=JavaScript,
    comment_start="//",
    escapes={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=utf16,
)

_TEMPLATE = Syntax(
    kind=JavaScript,
    comment_start="//",
    quote="`",
    # A carriage return inside of a template is read as a line feed, so it is written as an escape.
    escapes={"`": "\\`", "\\": "\\\\", "$": "\\$", "\n": "\n", "\r": "\\r", "\t": "\\t"},
    escape=utf16,
)

_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_EXACT = 2**53


def template(text: str) -> JavaScript:
    """A text of several lines as people write it: between back-ticks, nothing in it is code."""
    return _TEMPLATE.string(text) if "\n" in text else JAVASCRIPT.string(text)


def member(parent: JavaScript, key: str, *, optional: bool = False) -> JavaScript:
    """A member of an object: `user.name`, `user["first name"]`; with `?.` where the object may be absent."""
    if _PLAIN.fullmatch(key):
        mark = "?." if optional else "."
        return JavaScript._trusted(f"{parent}{mark}{key}")
    mark = "?." if optional else ""
    return JavaScript._trusted(f"{parent}{mark}[{JAVASCRIPT.string(key)}]")


def is_literal(value: object) -> bool:
    """Whether JavaScript, reading the JSON as its own code and writing it again, keeps each number and each name."""
    match value:
        case bool() | None | str():
            return True
        case int():
            return abs(value) < _EXACT
        case float():
            # 1.0 would be written as 1, and 1e300 without an exponent is no longer the number that stood there.
            return not value.is_integer() and abs(value) < _EXACT
        case Mapping():
            return all(
                key != "__proto__" and not key.isdigit() and is_literal(item) for key, item in value.items()
            )
        case Sequence():
            return all(map(is_literal, value))
        case _:
            return False


def literal(value: object, depth: int = 0) -> JavaScript:
    """A JSON value as code, a member a line. `is_literal` says for which values.

    Args:
        depth: How many steps of two spaces the line is indented by.
    """
    return JavaScript._trusted(_written(value, depth))


def _written(value: object, depth: int) -> str:
    inner, outer = "  " * (depth + 1), "  " * depth
    match value:
        case str():
            return str(JAVASCRIPT.string(value))
        case Mapping():
            members = [f"{inner}{_key(key)}: {_written(item, depth + 1)},\n" for key, item in value.items()]
            return "{\n" + "".join(members) + outer + "}" if members else "{}"
        case list() | tuple():
            items = [f"{inner}{_written(item, depth + 1)},\n" for item in value]
            return "[\n" + "".join(items) + outer + "]" if items else "[]"
        case _:
            return json.dumps(value)


def _key(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else str(JAVASCRIPT.string(key))
