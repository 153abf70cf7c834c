"""Schemas of responses, rewritten so that they keep what they cannot validate.

An API that adds an enum value, leaves a field out or sends a number as a string must not break a caller who
does not even read that field. So each field, list item and map value becomes "as documented, or else as it
came", and a missing field reads None. This module copies a type's schema with those changes. A kind of schema
that it does not know is copied unchanged: a value that does not fit it is kept as a whole.

A union needs more, or a lenient member would accept a value that belongs to another one. Where the kind of JSON
value (object, array, scalar) identifies the member, members are lenient. Where it does not (two models), an exact
match wins; else, among the members whose required fields are all there, the one that knows most of the value's
fields; else the value stays as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Literal, cast

from .mismatches import Mismatches
from .schemas import Key, Schema, reference, schema_of

__all__ = ["Copy", "Use", "Way", "name_of"]

_WRAPPERS = frozenset(
    {
        "function-before",
        "function-after",
        "function-wrap",
        "nullable",
        "default",
        "model",
        "dataclass",
    }
)
_OBJECTS = frozenset(
    {"model-fields", "dict", "typed-dict", "dataclass-args", "tagged-union"}
)
_ARRAYS = frozenset({"list", "set", "frozenset", "tuple", "generator"})
_LEAVES = frozenset(
    {
        "any",
        "none",
        "bool",
        "int",
        "float",
        "str",
        "date",
        "time",
        "datetime",
        "uuid",
        "literal",
        "enum",
    }
)
_CHILDREN = frozenset(
    {
        "choices",
        "extras_schema",
        "fields",
        "items_schema",
        "json_schema",
        "keys_schema",
        "lax_schema",
        "python_schema",
        "schema",
        "steps",
        "strict_schema",
        "values_schema",
    }
)
_NOT_COPIED = frozenset({"ref", "serialization", "metadata"})


class Way(Enum):
    """How a schema is copied."""

    LENIENT = "~"
    MEMBER = "?"
    """Lenient, but as one of several members: fields of its object stay required, and literals closed."""
    EXACT = "="


Use = tuple[Key, Way]
"""A reference, and how what it leads to is copied."""


def name_of(use: Use) -> str:
    """The name of a definition."""
    key, way = use
    name = (
        key
        if isinstance(key, str)
        else f"{key.__module__}.{key.__qualname__}:{id(key)}"
    )
    return f"{name}{way.value}"


def _compare(value: object, handler: Callable[[object], object], info: Any) -> object:
    return cast("Mismatches", info.context).compare(value, handler)


def _consider(value: object, handler: Callable[[object], object], info: Any) -> object:
    return cast("Mismatches", info.context).consider(value, handler)


def _choose(_value: object, info: Any) -> object:
    return cast("Mismatches", info.context).choose()


def _wrap(function: Callable[..., object], schema: Schema) -> Schema:
    return {
        "type": "function-wrap",
        "function": {"type": "with-info", "function": function},
        "schema": schema,
    }


def _plain(function: Callable[..., object]) -> Schema:
    return {
        "type": "function-plain",
        "function": {"type": "with-info", "function": function},
    }


def _first_of(*choices: Schema) -> Schema:
    return {"type": "union", "mode": "left_to_right", "choices": list(choices)}


def _kept(location: str, schema: Schema) -> Schema:
    """A schema that returns any value as it came and records the mismatch."""

    def keep(value: object, info: Any) -> object:
        cast("Mismatches", info.context).add(location, _name(schema), value)
        return value

    return _plain(keep)


class Copy:
    """A rewritten schema, what it refers to, and the classes that it makes."""

    __slots__ = ("classes", "schema", "uses")

    def __init__(
        self, way: Way, schema: Schema, location: str, *, tolerant: bool = False
    ) -> None:
        self.uses: set[Use] = set()
        self.classes: set[Any] = set()
        self.schema = (
            self._tolerant(schema, location)
            if tolerant
            else self._copy(schema, location, way)
        )

    def _refer(self, key: Key, way: Way) -> Schema:
        self.uses.add((key, way))
        return {"type": "definition-ref", "schema_ref": name_of((key, way))}

    def _tolerant(self, schema: Schema, location: str) -> Schema:
        """As documented, or else as it came."""
        copy = self._copy(schema, location, Way.LENIENT)
        return (
            copy if copy["type"] == "any" else _first_of(copy, _kept(location, schema))
        )

    def _copy(self, schema: Schema, location: str, way: Way) -> Schema:
        key = reference(schema)
        if key is not None:
            return self._refer(key, way)
        if schema["type"] in _LEAVES:
            return schema
        if way is Way.EXACT:
            return self._exact(schema)
        return self._lenient(schema, location, way)

    def _lenient(self, schema: Schema, location: str, way: Way) -> Schema:
        copy = {
            name: value for name, value in schema.items() if name not in _NOT_COPIED
        }
        match schema["type"]:
            case "model-fields" | "typed-dict" | "dataclass-args":
                self._rewrite_fields(copy, location, way)
            case "model" | "dataclass":
                self.classes.add(schema["cls"])
                copy["schema"] = self._copy(
                    schema["schema"], schema["cls"].__name__, way
                )
            case "list" | "set" | "frozenset" | "generator" if "items_schema" in schema:
                copy["items_schema"] = self._tolerant(
                    schema["items_schema"], f"{location}[]"
                )
            case "tuple":
                copy["items_schema"] = [
                    self._tolerant(item, f"{location}[]")
                    for item in schema["items_schema"]
                ]
            case "dict" if "values_schema" in schema:
                copy["values_schema"] = self._tolerant(
                    schema["values_schema"], f"{location}{{}}"
                )
            case "union":
                return self._union(copy, location)
            case "tagged-union":
                choices = cast("Mapping[Any, Schema]", schema["choices"])
                # The tag has decided already, so nothing in a member needs to be closed.
                copy["choices"] = {
                    tag: self._copy(item, location, way)
                    for tag, item in choices.items()
                }
            case "json-or-python":
                return self._copy(schema["json_schema"], location, way)
            case "lax-or-strict":
                return self._copy(schema["strict_schema"], location, way)
            case kind if kind in _WRAPPERS:
                copy["schema"] = self._copy(schema["schema"], location, way)
            case _:
                pass
        return copy

    def _rewrite_fields(self, copy: Schema, location: str, way: Way) -> None:
        fields = copy["fields"]
        # A dataclass lists its fields, a model names them.
        if isinstance(fields, list):
            listed = cast("list[Schema]", fields)
            copy["fields"] = [
                self._field(field, field["name"], location, way) for field in listed
            ]
        else:
            named = cast("dict[str, Schema]", fields)
            copy["fields"] = {
                name: self._field(field, name, location, way)
                for name, field in named.items()
            }
        if copy.get("extras_schema"):
            copy["extras_schema"] = self._tolerant(
                copy["extras_schema"], f"{location}{{}}"
            )

    def _field(self, field: Schema, name: str, location: str, way: Way) -> Schema:
        value = cast("Schema", field["schema"])
        default = value if value["type"] == "default" else None
        if default is not None:
            value = default["schema"]
        alias = field.get("validation_alias")
        where = f"{location}.{alias if isinstance(alias, str) else name}"
        closed = way is Way.MEMBER and value["type"] == "literal"
        schema = value if closed else self._tolerant(value, where)
        if default is not None:
            schema = {**default, "schema": schema}
        elif way is not Way.MEMBER:
            schema = {"type": "default", "schema": schema, "default": None}
        return {**field, "schema": schema}

    def _union(self, copy: Schema, location: str) -> Schema:
        choices = _choices(copy)
        kinds = [_json_kind(choice) for choice in choices]
        if kinds.count("object") < 2 and kinds.count("array") < 2:
            return {
                **copy,
                "choices": [
                    self._copy(choice, location, Way.LENIENT) for choice in choices
                ],
            }
        exact = {
            **copy,
            "choices": [self._copy(choice, location, Way.EXACT) for choice in choices],
        }
        members = [
            _wrap(_consider, self._copy(choice, location, Way.MEMBER))
            for choice in choices
        ]
        return _first_of(exact, _wrap(_compare, _first_of(*members, _plain(_choose))))

    def _exact(self, schema: Schema) -> Schema:
        """A copy that changes nothing but where its references lead."""
        if schema["type"] in ("model", "dataclass"):
            self.classes.add(schema["cls"])
        return {
            name: self._exact_part(value) if name in _CHILDREN else value
            for name, value in schema.items()
            if name not in _NOT_COPIED
        }

    def _exact_part(self, part: Any) -> Any:
        match part:
            case {"type": str()}:
                return self._copy(cast("Schema", part), "", Way.EXACT)
            case dict():
                named = cast("dict[object, object]", part)
                return {name: self._exact_part(value) for name, value in named.items()}
            case list():
                return list(map(self._exact_part, cast("list[object]", part)))
            case tuple():
                return tuple(map(self._exact_part, cast("tuple[object, ...]", part)))
            case _:
                return part


def _choices(schema: Schema) -> list[Schema]:
    """The members of a union; one may carry a label beside it."""
    choices = cast("list[Any]", schema["choices"])
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _json_kind(schema: Schema) -> Literal["array", "object", "scalar"]:
    """`object`, `array` or `scalar`: what a schema takes."""
    for inner in _unwrapped(schema):
        if inner["type"] in _OBJECTS:
            return "object"
        if inner["type"] in _ARRAYS:
            return "array"
    return "scalar"


def _unwrapped(schema: Schema) -> Iterator[Schema]:
    """A schema and what it wraps, from the outside to the inside."""
    seen: set[Key] = set()
    while True:
        key = reference(schema)
        if key is not None:
            if key in seen:
                return
            seen.add(key)
            schema = schema_of(key)
        yield schema
        match schema["type"]:
            case "json-or-python":
                schema = schema["json_schema"]
            case "lax-or-strict":
                schema = schema["strict_schema"]
            case kind if kind in _WRAPPERS:
                schema = schema["schema"]
            case _:
                return


def _name(schema: Schema) -> str:
    """A type as documentation writes it: for mismatches."""
    key = reference(schema)
    if key is not None:
        return _name(schema_of(key)) if isinstance(key, str) else key.__name__
    match schema["type"]:
        case "model" | "dataclass":
            return str(schema["cls"].__name__)
        case "nullable":
            return f"{_name(schema['schema'])} | None"
        case "list" if "items_schema" in schema:
            return f"list[{_name(schema['items_schema'])}]"
        case "dict" if "values_schema" in schema:
            return f"dict[str, {_name(schema['values_schema'])}]"
        case "union":
            return " | ".join(map(_name, _choices(schema)))
        case "literal":
            return f"Literal[{', '.join(map(repr, cast('Iterable[object]', schema['expected'])))}]"
        case "tagged-union":
            members = cast("Mapping[Any, Schema]", schema["choices"]).values()
            return " | ".join(dict.fromkeys(map(_name, members)))
        case "json-or-python":
            return _name(schema["json_schema"])
        case "default":
            return _name(schema["schema"])
        case kind:
            return str(kind)
