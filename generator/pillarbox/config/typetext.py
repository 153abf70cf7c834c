"""Types as a configuration writes them: `string`, `integer?`, `"a" | "b"`, `map<date-time>[]`.

A type is a name, a list of values, `map<T>` or `(T)`; `[]` behind it makes an array, `?` lets null in. Values are
strings in double quotes, or integers, divided by `|`; `| string` or `| integer` at the end leaves the list open.
"""

import json
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

__all__ = [
    "ArrayText",
    "EnumText",
    "MapText",
    "NamedText",
    "NullableText",
    "TypeName",
    "TypeText",
    "parse_type",
]

TypeName = Literal["string", "integer", "number", "boolean", "date", "date-time", "uuid", "binary", "any"]
NAMES: tuple[str, ...] = get_args(TypeName)
_MAX_DEPTH = 20
_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+)(?![\w-])|([a-z]+(?:-[a-z]+)*)|(\[\]|[?|<>()]))')


@dataclass(frozen=True, slots=True)
class NamedText:
    """A scalar, or anything at all."""

    name: TypeName


@dataclass(frozen=True, slots=True)
class EnumText:
    """A list of values; an open one lets others in."""

    values: tuple[str | int, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ArrayText:
    """`T[]`"""

    items: "TypeText"


@dataclass(frozen=True, slots=True)
class MapText:
    """`map<T>`: an object whose keys are data."""

    values: "TypeText"


@dataclass(frozen=True, slots=True)
class NullableText:
    """`T?`"""

    inner: "TypeText"


TypeText = NamedText | EnumText | ArrayText | MapText | NullableText


def parse_type(text: str) -> TypeText:
    """Read a type. The message of a `ValueError` continues a sentence that begins with the quoted text."""
    tokens: list[str] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"is not understood from {text[position:].strip()[:20]!a} on")
        tokens.append(match[0].strip())
        position = match.end()
    reader = _Reader(tokens)
    found = reader.type(0)
    if reader.tokens:
        raise ValueError(f"is not understood from {reader.tokens[0]!a} on")
    return found


class _Reader:
    """Recursive descent over the tokens that are left."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def _take(self, wanted: str = "") -> str:
        if not self.tokens:
            raise ValueError(f"ends where {wanted or 'a type'} is missing")
        token = self.tokens.pop(0)
        if wanted and token != wanted:
            raise ValueError(f"has {token!a} where {wanted} is missing")
        return token

    def type(self, depth: int) -> TypeText:
        """A type with its suffixes."""
        if depth > _MAX_DEPTH:
            raise ValueError("is nested too deeply")
        found = self._first(depth)
        while self.tokens and self.tokens[0] in ("[]", "?"):
            if self.tokens.pop(0) == "[]":
                found = ArrayText(found)
            elif not isinstance(found, NullableText):
                found = NullableText(found)
        return found

    def _first(self, depth: int) -> TypeText:
        token = self._take()
        if token[0] == '"' or token.lstrip("-").isdigit():
            return self._values(token)
        if token == "(":
            found = self.type(depth + 1)
            self._take(")")
            return found
        if token == "map":
            self._take("<")
            values = self.type(depth + 1)
            self._take(">")
            return MapText(values)
        if token not in NAMES:
            raise ValueError(f"has {token!a} where a type is missing: one of {', '.join(NAMES)}, map<…>")
        return NamedText(cast(TypeName, token))

    def _values(self, token: str) -> EnumText:
        values = [_value(token)]
        while self.tokens and self.tokens[0] == "|":
            self.tokens.pop(0)
            token = self._take()
            if token in ("string", "integer"):
                return EnumText(tuple(dict.fromkeys(values)), open=True)
            if token[0] != '"' and not token.lstrip("-").isdigit():
                raise ValueError(f"has {token!a} in a list of values")
            values.append(_value(token))
        return EnumText(tuple(dict.fromkeys(values)))


def _value(token: str) -> str | int:
    try:
        return cast(str | int, json.loads(token))
    except ValueError:
        raise ValueError(f"has {token[:20]!a}, which is not a value of JSON") from None
