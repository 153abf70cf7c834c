"""Samples of a collection as the plain values that examples show."""

from typing import Any

from ...model.types import Json
from ..example_values import is_filler, readable, readable_text
from ..inference import Known
from ..secret_names import is_real, is_secret_name

__all__ = ["concrete", "concrete_argument", "without_filler"]

_MAX_SHOWN_DEPTH = 60
"""Levels of a body in an example call; no source code nests deeper."""


def without_filler(value: str, wire: str) -> str:
    """A data text, or a readable one where it is filler, a word for a type, or the value of a secret name."""
    if value == "string" or is_filler(value) or (value and is_secret_name(wire) and not is_real(value)):
        return readable_text(wire, "")
    return value


def concrete(value: Any, wire: str) -> Json:
    """A sample as plain JSON of the types that it was inferred with: `Known` leaves become values."""
    match value:
        case Known(kind, example):
            return readable(kind, wire) if example is None else example
        case str():
            return without_filler(value, wire)
        case list():
            return [concrete(item, wire) for item in value]
        case dict():
            return {key: concrete(item, key) for key, item in value.items()}
        case _:
            return value  # type: ignore[no-any-return]


def concrete_argument(value: Any) -> Json:
    """A body as `concrete` makes it, for an example call: what nests too deep for source code is empty there."""
    return _cut(concrete(value, ""), _MAX_SHOWN_DEPTH)


def _cut(value: Json, levels: int) -> Json:
    match value:
        case list():
            return [_cut(item, levels - 1) for item in value] if levels else []
        case dict():
            return {key: _cut(item, levels - 1) for key, item in value.items()} if levels else {}
        case _:
            return value
