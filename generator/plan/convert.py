"""Types of the model -> Python's types, for answers and for arguments."""

from collections.abc import Mapping
from typing import assert_never

from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from . import pytypes as py
from .pytypes import PyType

__all__ = ["MAX_NESTING", "TypeNames", "answer_type", "given_type", "literal_values", "member_key"]

MAX_NESTING = 40
"""Deeper places are `Any`: Python's own parser refuses brackets that nest about 100 deep."""

_SCALARS = {
    ScalarKind.STRING: py.STR,
    ScalarKind.INTEGER: py.INT,
    ScalarKind.NUMBER: py.FLOAT,
    ScalarKind.BOOLEAN: py.BOOL,
    ScalarKind.DATE: py.DATE,
    ScalarKind.DATETIME: py.DATETIME,
    ScalarKind.UUID: py.UUID,
    ScalarKind.BINARY: py.BYTES,
}

TypeNames = Mapping[str, str]
"""Place key -> name of the model that stands there."""


def member_key(key: str, wire: str) -> str:
    """Place key of a field of the object at `key`."""
    return f"{key}.{wire}"


def items_key(key: str) -> str:
    """Place key of the items of the array at `key`."""
    return f"{key}[]"


def values_key(key: str) -> str:
    """Place key of the values of the map at `key`."""
    return f"{key}{{}}"


def option_key(key: str, number: int) -> str:
    """Place key of a member of the union at `key`."""
    return f"{key}|{number}"


def is_model(kind: Object) -> bool:
    """True where an object has fields to name; one without is a map."""
    return bool(kind.fields)


def literal_values(values: tuple[Json, ...]) -> tuple[Json, ...]:
    """Those that `Literal` may hold (PEP 586: str, int, bool, None), each once."""
    seen: list[tuple[type, Json]] = []
    for value in values:
        kept = value is None or isinstance(value, bool | int | str)
        if kept and (type(value), value) not in seen:
            seen.append((type(value), value))
    return tuple(value for _, value in seen)


def _open_enumeration(kind: Enumeration, *, closed: bool) -> PyType:
    values = literal_values(kind.values)
    if len(values) < len(set(map(repr, kind.values))):
        return py.ANY
    rest: list[PyType] = []
    if not closed:
        for value in values:
            match value:
                case None | bool():
                    continue
                case str():
                    rest.append(py.STR)
                case _:
                    rest.append(py.INT)
    return py.either([py.LiteralOf(values), *rest])


def answer_type(kind: Type, key: str, names: TypeNames, depth: int = 0) -> PyType:
    """The type of a value that the API sends: enumerations are open, whatever the spec says."""
    if depth > MAX_NESTING:
        return py.ANY
    match kind:
        case Scalar(scalar):
            return _SCALARS[scalar]
        case Enumeration():
            return _open_enumeration(kind, closed=False)
        case Array(items):
            return py.ListOf(answer_type(items, items_key(key), names, depth + 1))
        case Map(values):
            return py.MapOf(answer_type(values, values_key(key), names, depth + 1))
        case Nullable(inner):
            return py.either([answer_type(inner, key, names, depth), py.NONE])
        case Union(members):
            return py.either(
                answer_type(member, option_key(key, number), names, depth + 1)
                for number, member in enumerate(members)
            )
        case Reference(schema):
            return py.ModelName(names[f"schema:{schema}"])
        case Object():
            if key in names:
                return py.ModelName(names[key])
            return py.MapOf(
                py.ANY if kind.extra is None else answer_type(kind.extra, values_key(key), names, depth + 1)
            )
        case Anything():
            return py.ANY
        case _:
            assert_never(kind)


def given_type(kind: Type, key: str, names: TypeNames, depth: int = 0) -> PyType:
    """The type of a value that a caller gives: wide where that is safe.

    A model may be given as a mapping with wire keys, a date as its ISO 8601 text, a list as any sequence.
    """
    if depth > MAX_NESTING:
        return py.ANY
    match kind:
        case Scalar(ScalarKind.BINARY):
            return py.FILE
        case Scalar(ScalarKind.DATE | ScalarKind.DATETIME | ScalarKind.UUID as scalar):
            return py.either([_SCALARS[scalar], py.STR])
        case Scalar(scalar):
            return _SCALARS[scalar]
        case Enumeration(_, is_open):
            return _open_enumeration(kind, closed=not is_open)
        case Array(items):
            return py.ListOf(given_type(items, items_key(key), names, depth + 1), given=True)
        case Map(values):
            return py.MapOf(given_type(values, values_key(key), names, depth + 1), given=True)
        case Nullable(inner):
            return py.either([given_type(inner, key, names, depth), py.NONE])
        case Union(members):
            return py.either(
                given_type(member, option_key(key, number), names, depth + 1)
                for number, member in enumerate(members)
            )
        case Reference(schema):
            return py.either([py.ModelName(names[f"schema:{schema}"]), py.MapOf(py.ANY, given=True)])
        case Object():
            mapping = py.MapOf(py.ANY, given=True)
            return py.either([py.ModelName(names[key]), mapping]) if key in names else mapping
        case Anything():
            return py.ANY
        case _:
            assert_never(kind)
