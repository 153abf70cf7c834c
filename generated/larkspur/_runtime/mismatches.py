"""The mismatches that a lenient decoding finds, and the choice between members of a union."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pydantic import BaseModel

__all__ = ["Mismatches", "ValueMismatch"]

_JSON_TYPES = {
    "NoneType": "null",
    "bool": "boolean",
    "str": "string",
    "dict": "object",
    "list": "array",
}


class ValueMismatch(NamedTuple):
    """A value that is not of the documented type, without the value itself."""

    location: str
    """The model's name and field, `[]` for an item of a list: `User.emails[]`."""
    expected: str
    """The documented type."""
    found: str
    """The JSON type of the value."""


class Mismatches:
    """What one decoding found. Passed through pydantic as the validation context."""

    __slots__ = ("_candidates", "found")

    def __init__(self) -> None:
        self.found: list[ValueMismatch] = []
        self._candidates: list[tuple[object, list[ValueMismatch]]] = []

    def add(self, location: str, expected: str, value: object) -> None:
        """Record a value that is kept although it is not of the documented type."""
        found = _JSON_TYPES.get(type(value).__name__, "number")
        self.found.append(ValueMismatch(location, expected, found))

    def compare(self, value: object, handler: Callable[[object], object]) -> object:
        """Validate as the closest of several members, keeping the candidates of an outer union apart."""
        outer, self._candidates = self._candidates, []
        try:
            return handler(value)
        finally:
            self._candidates = outer

    def consider(self, value: object, handler: Callable[[object], object]) -> object:
        """Record what one member makes of the value, then fail, so that pydantic tries the next one."""
        outer, self.found = self.found, []
        try:
            self._candidates.append((handler(value), self.found))
        finally:
            self.found = outer
        raise ValueError("one of several candidates")

    def choose(self) -> object:
        """The candidate with most of the value's fields; among equals, the one with the fewest mismatches."""
        if not self._candidates:
            raise ValueError("no member comes close")
        result, mismatches = max(
            self._candidates, key=lambda item: (_known_fields(item[0]), -len(item[1]))
        )
        self.found += mismatches
        return result


def _known_fields(value: object) -> int:
    if isinstance(value, BaseModel):
        return len(value.model_fields_set & type(value).model_fields.keys())
    return 0
