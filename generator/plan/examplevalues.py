"""Values for example calls: of the type of their place, whatever the spec holds there."""

from collections.abc import Mapping

from ..model.types import (
    Array,
    Enumeration,
    Json,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
)

__all__ = ["fallback", "fitted"]


_DEEPEST = 40
"""Levels of lists and objects in an example; what lies deeper is cut, because Python's literals nest only so far."""


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
    """`value` in the type of its place, so that an example call passes a type checker."""
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
        case Object() | Map():
            return _shallow(value) if isinstance(value, Mapping) else {}
        case _:
            return _shallow(value)


def fallback(kind: Type) -> Json:
    """A readable value of a type that the spec gives no example for."""
    match kind:
        case Nullable(inner):
            return fallback(inner)
        case Enumeration(values):
            return values[0] if values else ""
        case Array(items):
            return [fallback(items)]
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
        case Object() | Map():
            return {}
        case _:
            return fitted(None, kind)
