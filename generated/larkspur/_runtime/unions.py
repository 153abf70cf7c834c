"""Unions of several objects, or of several arrays, that no field's value tells apart.

A lenient member of a union would accept a value that belongs to another one. Where the kind of JSON value (object,
array, scalar) identifies the member, members are lenient. Where it does not (two models), an exact match wins; else,
among the members whose required fields are all there, the one that knows most of the value's fields; else the value
stays as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from .model import (
    Mismatches,
    Schema,
    Way,
    choices_of,
    first_of,
    function,
    reference,
    schema_of,
)

Handler = Callable[[object], object]
Kind = Literal["array", "object", "scalar"]

_KINDS: Mapping[str, Kind] = {
    "list": "array",
    "dict": "object",
    "model": "object",
    "tagged-union": "object",
}
"""What of JSON a schema takes; other kinds take scalars, or what they wrap does."""


def closest_of(union: Schema, copied: Callable[[Way], list[Schema]]) -> Schema | None:
    """The copy of a union where the kind of JSON value does not identify the member, else None.

    Args:
        union: The schema as documented.
        copied: Its members, copied in some way.
    """
    kinds = list(map(_json_kind, choices_of(union)))
    if kinds.count("object") < 2 and kinds.count("array") < 2:
        return None
    exact = {"type": "union", "choices": copied(Way.EXACT)}
    members = [function("wrap", _consider, schema=one) for one in copied(Way.MEMBER)]
    return first_of(exact, function("wrap", _closest, schema=first_of(*members)))


def _json_kind(schema: Schema) -> Kind:
    """What of JSON a schema takes, or what it wraps."""
    key = reference(schema)
    if key is not None:
        return _json_kind(schema_of(key)) if isinstance(key, str) else "object"
    wrapped = map(schema.get, ("schema", "json_schema", "strict_schema"))
    inner = next(filter(None, wrapped), None)
    if schema["type"] in _KINDS or inner is None:
        return _KINDS.get(schema["type"], "scalar")
    return _json_kind(inner)


def _consider(value: object, handler: Handler, info: Any) -> object:
    """Record what one member makes of the value, then fail, so that pydantic tries the next one."""
    context: Mismatches = info.context
    outer, context.found = context.found, []
    try:
        context.candidates.append((handler(value), context.found))
    finally:
        context.found = outer
    raise ValueError("one of several candidates")


def _closest(value: object, handler: Handler, info: Any) -> object:
    """The candidate with most of the value's fields; among equals, the one with the fewest mismatches."""
    context: Mismatches = info.context
    outer, context.candidates = context.candidates, []
    try:
        with suppress(ValidationError):
            handler(value)
        candidates = context.candidates
    finally:
        # Those of an outer union are kept apart.
        context.candidates = outer
    if not candidates:
        raise ValueError("no member comes close")
    result, mismatches = max(
        candidates, key=lambda each: (_known_fields(each[0]), -len(each[1]))
    )
    context.found += mismatches
    return result


def _known_fields(value: object) -> int:
    if isinstance(value, BaseModel):
        return len(value.model_fields_set & type(value).model_fields.keys())
    return 0
