"""Values for example calls: of the type of their argument, whatever the spec holds there."""

from collections.abc import Mapping

from ..model.types import (
    Array,
    Enumeration,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Schema,
    Type,
    Union,
)

__all__ = ["fallback", "fitted"]


_LEVELS = 4
"""Objects within objects in an example that is made from types alone."""
_DEEPEST = 40
"""Levels of lists and objects in an example; what is deeper is cut, because Python's literals nest only so far."""


def _shallow(value: Json, depth: int = 0) -> Json:
    match value:
        case Mapping() if depth < _DEEPEST:
            return {key: _shallow(item, depth + 1) for key, item in value.items()}
        case list() | tuple() if depth < _DEEPEST:
            return [_shallow(item, depth + 1) for item in value]
        case Mapping():
            return {}
        case list() | tuple():
            return []
        case _:
            return value


def fitted(value: Json, kind: Type) -> Json:
    """`value` in the type of its argument, so that an example call passes a type checker."""
    match kind:
        case Nullable(inner):
            return None if value is None else fitted(value, inner)
        case Array(items):
            many = value if isinstance(value, list | tuple) else [value]
            return [fitted(item, items) for item in many]
        case Scalar(ScalarKind.INTEGER):
            return value if isinstance(value, int) and not isinstance(value, bool) else 1
        case Scalar(ScalarKind.NUMBER):
            return value if isinstance(value, int | float) and not isinstance(value, bool) else 1.5
        case Scalar(ScalarKind.BOOLEAN):
            return value if isinstance(value, bool) else True
        case Scalar(ScalarKind.BINARY):
            return None
        case Scalar():
            return value if isinstance(value, str) else str(value)
        case Enumeration(values, is_open):
            if value in values or not values:
                return value
            same = is_open and type(value) is type(values[0])
            return value if same else values[0]
        case Object() | Map() | Reference():
            return _shallow(value) if isinstance(value, Mapping) else {}
        case _:
            return _shallow(value)


def fallback(kind: Type, schemas: Mapping[str, Schema], inside: frozenset[str] = frozenset()) -> Json:
    """A readable value of a type that the spec gives no example for; of an object, what it requires."""
    match kind:
        case Nullable(inner):
            return fallback(inner, schemas, inside)
        case Enumeration(values):
            return values[0] if values else ""
        case Array(items):
            return [fallback(items, schemas, inside)] if len(inside) < _LEVELS else []
        case Union(members):
            return fallback(members[0], schemas, inside) if members else None
        case Reference(name) if name in schemas and name not in inside and len(inside) < _LEVELS:
            return fallback(schemas[name].type, schemas, inside | {name})
        case Object(fields=fields) if len(inside) < _LEVELS:
            deeper = inside | {f"\0{len(inside)}"}
            return {field.wire: fallback(field.type, schemas, deeper) for field in fields if field.required}
        case Scalar(ScalarKind.BINARY):
            return None
        case Scalar(ScalarKind.DATE):
            return "2026-01-31"
        case Scalar(ScalarKind.DATETIME):
            return "2026-01-31T09:30:00Z"
        case Scalar(ScalarKind.UUID):
            return "123e4567-e89b-12d3-a456-426614174000"
        case Scalar(ScalarKind.STRING):
            return "example"
        case Object() | Map() | Reference():
            return {}
        case _:
            return fitted(None, kind)
