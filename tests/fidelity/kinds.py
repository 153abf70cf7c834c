"""Types as a caller sees them, so that those of two sources can be compared."""

from collections.abc import Mapping
from typing import assert_never

from pillarbox.model.types import (
    Anything,
    Array,
    Enumeration,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    Schema,
    Type,
    Union,
)

__all__ = ["Schemas", "opened", "seen_as", "values_of"]

Schemas = Mapping[str, Schema]


def opened(kind: Type, schemas: Schemas) -> Type:
    """What stands behind references and `null`."""
    while True:
        match kind:
            case Nullable(inner):
                kind = inner
            case Reference(key) if key in schemas:
                kind = schemas[key].type
            case _:
                return kind


def seen_as(kind: Type, schemas: Schemas) -> str:
    """The type in one word. What a list holds is a place of its own, and so are the fields of an object."""
    match opened(kind, schemas):
        case Scalar(scalar):
            return scalar.value
        case Enumeration(values):
            return " or ".join(sorted({_word(value) for value in values if value is not None})) or "string"
        case Array():
            return "list"
        case Map():
            return "map"
        case Object(fields=fields):
            return "object" if fields else "map"
        case Union(members):
            return " or ".join(sorted({seen_as(member, schemas) for member in members}))
        case Anything():
            return "anything"
        case Reference() | Nullable():
            return "anything"
        case other:
            assert_never(other)


def _word(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case _:
            return "anything"


def values_of(kind: Type, schemas: Schemas) -> frozenset[str]:
    """The values that a place is said to take, or that the items of its list are; empty for any."""
    match opened(kind, schemas):
        case Enumeration(values):
            return frozenset(str(value) for value in values if value is not None)
        case Array(items):
            return values_of(items, schemas)
        case _:
            return frozenset()
