"""What a lenient decoding kept as it came."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

__all__ = ["Note", "Notes"]

Note = tuple[str, str, str]
"""Place, documented type, JSON type found."""

_JSON_TYPES = {
    "NoneType": "null",
    "bool": "boolean",
    "str": "string",
    "dict": "object",
    "list": "array",
}


class Notes:
    """What one decoding kept as it came. Passed through pydantic as the validation context."""

    __slots__ = ("_candidates", "found")

    def __init__(self) -> None:
        self.found: list[Note] = []
        self._candidates: list[tuple[object, list[Note]]] = []

    def note(self, place: str, expected: str, value: object) -> None:
        """Remember that a value was kept as it came."""
        found = _JSON_TYPES.get(type(value).__name__, "number")
        self.found.append((place, expected, found))

    def compare(self, value: object, handler: Callable[[object], object]) -> object:
        """Validate as the closest of several members, keeping the candidates of an outer union apart."""
        outer, self._candidates = self._candidates, []
        try:
            return handler(value)
        finally:
            self._candidates = outer

    def consider(self, value: object, handler: Callable[[object], object]) -> object:
        """Remember what one member makes of the value, then fail, so that the next one is tried."""
        outer, self.found = self.found, []
        try:
            self._candidates.append((handler(value), self.found))
        finally:
            self.found = outer
        raise ValueError("one of several candidates")

    def choose(self) -> object:
        """The candidate that knows most of the value's fields, then the one with the fewest oddities."""
        if not self._candidates:
            raise ValueError("no member comes close")
        result, notes = max(
            self._candidates, key=lambda item: (_known_fields(item[0]), -len(item[1]))
        )
        self.found += notes
        return result


def _known_fields(value: object) -> int:
    if isinstance(value, BaseModel):
        return len(value.model_fields_set & type(value).model_fields.keys())
    return 0
