"""Types of the model -> Python's types, for responses and for arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    Schema,
    Type,
    Union,
)
from ..naming.inflections import ENGLISH, Inflections
from . import types as py
from .input_names import InputNames
from .types import PyType

__all__ = [
    "MAX_NESTING",
    "ListKey",
    "TypeNames",
    "argument_annotation",
    "list_key",
    "literal_values",
    "member_key",
    "response_annotation",
    "schema_key",
]

MAX_NESTING = 40
"""Deeper types are `Any`: Python's own parser refuses brackets that nest about 100 deep."""

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

ListKey = tuple[str, str]
"""What distinguishes named lists of values: the spec's name, and the values."""


@dataclass(frozen=True, slots=True)
class TypeNames:
    """What types are called: all that is needed to write one."""

    models: Mapping[str, str]
    """Site key -> name of the model at that site."""
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    lists: Mapping[ListKey, str] = field(default_factory=dict)
    """Named lists of values -> their names in the models package."""
    unions: Mapping[str, str] = field(default_factory=dict)
    """Site key -> name of the union at that site."""
    inflections: Inflections = ENGLISH
    """For the names of value lists, which are made of the noun of an operation."""
    inputs: InputNames = field(default_factory=InputNames)
    """The input forms of models; each annotation of an argument notes those that it needs."""
    inside: frozenset[str] = frozenset()
    """Schemas without fields that are being written: one that leads back to itself ends there."""


def list_key(kind: Enumeration) -> ListKey | None:
    """What identifies a list of values that the spec names; None where it can have no alias."""
    if not kind.title or not kind.values or not _is_literal(kind.values):
        return None
    return kind.title, repr(kind.values)


def schema_key(schema: str) -> str:
    """Site key of a named object of the document."""
    return f"schema:{schema}"


def member_key(key: str, wire: str) -> str:
    """Site key of a field of the object at `key`."""
    return f"{key}.{wire}"


def items_key(key: str) -> str:
    """Site key of the items of the array at `key`."""
    return f"{key}[]"


def values_key(key: str) -> str:
    """Site key of the values of the map at `key`."""
    return f"{key}{{}}"


def option_key(key: str, number: int) -> str:
    """Site key of a member of the union at `key`."""
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


def _is_literal(values: tuple[Json, ...]) -> bool:
    return all(value is None or isinstance(value, bool | int | str) for value in values)


def _enumeration(kind: Enumeration, names: TypeNames, *, closed: bool) -> PyType:
    values = literal_values(kind.values)
    if not values or not _is_literal(kind.values):
        # `Literal` holds no fractions (PEP 586).
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in kind.values)
        return py.FLOAT if numbers and kind.values else py.ANY
    key = list_key(kind)
    listed = py.LiteralOf(values) if key is None or key not in names.lists else py.EnumName(names.lists[key])
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
    return py.either([listed, *rest])


def _tagged(kinds: list[PyType], kind: Union) -> PyType:
    """The union of `kinds`, with its discriminator where each is a model and has a value of it."""
    models = [member for member in kinds if isinstance(member, py.ModelName)]
    complete = len(kind.tags) == len(kinds) == len(models) and all(kind.tags)
    if not kind.discriminator or not complete or len(set(models)) < 2:
        return py.either(kinds)
    tags: dict[py.ModelName, tuple[str, ...]] = {}
    for model, values in zip(models, kind.tags, strict=True):
        tags[model] = tuple(dict.fromkeys((*tags.get(model, ()), *values)))
    return py.Tagged(tuple(tags), kind.discriminator, tuple(tags.values()))


def _model_or_input(key: str, names: TypeNames) -> PyType:
    """What a caller may pass for the model at a site: the model, or a literal with the API's own keys."""
    model = names.models[key]
    return py.either([py.ModelName(model), py.InputName(names.inputs.of(model, key))])


def _referred(schema: str, names: TypeNames, depth: int, *, for_request: bool) -> PyType:
    """What a reference refers to: a model, or the map that an object without fields is."""
    key = schema_key(schema)
    if key in names.models:
        return _model_or_input(key, names) if for_request else py.ModelName(names.models[key])
    if schema in names.inside or schema not in names.schemas:
        return py.ANY
    kind = names.schemas[schema].type
    if kind.fields:
        return py.MapOf(py.ANY, for_request=for_request)
    inner = replace(names, inside=names.inside | {schema})
    return (argument_annotation if for_request else response_annotation)(kind, key, inner, depth + 1)


def response_annotation(kind: Type, key: str, names: TypeNames, depth: int = 0) -> PyType:
    """The type of a value that the API sends: enumerations are open, even where the spec closes them."""
    if depth > MAX_NESTING:
        return py.ANY
    match kind:
        case Scalar(scalar):
            return _SCALARS[scalar]
        case Enumeration():
            return _enumeration(kind, names, closed=False)
        case Array(items):
            return py.ListOf(response_annotation(items, items_key(key), names, depth + 1))
        case Map(values):
            return py.MapOf(response_annotation(values, values_key(key), names, depth + 1))
        case Nullable(inner):
            return py.either([response_annotation(inner, key, names, depth), py.NONE])
        case Union() if key in names.unions:
            return py.UnionName(names.unions[key])
        case Union(members):
            options = [
                response_annotation(member, option_key(key, number), names, depth + 1)
                for number, member in enumerate(members)
            ]
            return _tagged(options, kind)
        case Reference(schema):
            return _referred(schema, names, depth, for_request=False)
        case Object():
            if key in names.models:
                return py.ModelName(names.models[key])
            return py.MapOf(
                py.ANY
                if kind.extra is None
                else response_annotation(kind.extra, values_key(key), names, depth + 1)
            )
        case Anything():
            return py.ANY
        case _:
            assert_never(kind)


def argument_annotation(kind: Type, key: str, names: TypeNames, depth: int = 0) -> PyType:
    """The type of a value that a caller gives: wide where that is safe.

    A model may be passed in its input form, a date as its ISO 8601 text, a list as any sequence.
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
            return _enumeration(kind, names, closed=not is_open)
        case Array(items):
            return py.ListOf(argument_annotation(items, items_key(key), names, depth + 1), for_request=True)
        case Map(values):
            return py.MapOf(argument_annotation(values, values_key(key), names, depth + 1), for_request=True)
        case Nullable(inner):
            return py.either([argument_annotation(inner, key, names, depth), py.NONE])
        case Union(members):
            options = [
                argument_annotation(member, option_key(key, number), names, depth + 1)
                for number, member in enumerate(members)
            ]
            for option, tags in zip(options, kind.tags, strict=False):
                names.inputs.tagged(option, kind.discriminator, tags)
            whole = py.either(options)
            return names.inputs.of_union(names.unions[key], whole) if key in names.unions else whole
        case Reference(schema):
            return _referred(schema, names, depth, for_request=True)
        case Object():
            if key in names.models:
                return _model_or_input(key, names)
            if kind.extra is None or kind.fields:
                return py.MapOf(py.ANY, for_request=True)
            return py.MapOf(
                argument_annotation(kind.extra, values_key(key), names, depth + 1), for_request=True
            )
        case Anything():
            return py.ANY
        case _:
            assert_never(kind)
