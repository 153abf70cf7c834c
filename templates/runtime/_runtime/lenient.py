"""Validators that keep what they cannot validate: pydantic's own schema of a type, rewritten.

An API that adds an enum value, leaves a field out or sends a number as a string must not break a caller who
does not even read that field. So each field, list item and map value becomes "as documented, or else as it
came", and a missing field reads None. The schema of a type is a tree of dicts (`pydantic_core.core_schema`);
this module copies it with those changes. Kinds of schema that it does not know are kept: their place falls back
as a whole.

A union gets special care, or a lenient member would take what belongs to another one. Where members can be told
apart by the kind of JSON value, they are lenient. Where they cannot (two models), an exact match wins; else,
among the members whose required fields are all there, the one that knows most of the value's fields; else the
value stays as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter
from pydantic_core import CoreSchema, SchemaValidator

from .notes import Notes

__all__ = ["lenient_validator"]

Schema = dict[str, Any]

_WRAPPERS = frozenset(
    {
        "function-before",
        "function-after",
        "function-wrap",
        "nullable",
        "default",
        "model",
    }
)
_OBJECTS = frozenset(
    {"model-fields", "dict", "typed-dict", "dataclass", "dataclass-args"}
)
_ARRAYS = frozenset({"list", "set", "frozenset", "tuple", "generator"})
_LENIENT, _MEMBER, _EXACT = "~", "?", ""


def lenient_validator(kind: Any) -> SchemaValidator:
    """A validator for `kind` that fails on broken JSON only. Takes a `Notes` as context."""
    schema = _schema_of(kind)
    definitions: dict[str, Schema] = {}
    if schema["type"] == "definitions":
        definitions = {
            definition["ref"]: definition for definition in schema["definitions"]
        }
        schema = schema["schema"]
    rewriter = _Rewriter(definitions)
    rewritten = cast("CoreSchema", rewriter.rewrite(schema))
    with _unfinished(rewriter.classes):
        return SchemaValidator(rewritten)


_building = Lock()


@contextmanager
def _unfinished(classes: set[Any]) -> Generator[None, None, None]:
    """For a finished class, pydantic-core takes the class's own validator instead of the schema that it is given.
    So the classes count as unfinished while ours is built; what they already have keeps working meanwhile.
    """
    with _building:
        finished = [
            cls for cls in classes if getattr(cls, "__pydantic_complete__", False)
        ]
        for cls in finished:
            cls.__pydantic_complete__ = False
        try:
            yield
        finally:
            for cls in finished:
                cls.__pydantic_complete__ = True


def _schema_of(kind: Any) -> Schema:
    if isinstance(kind, type) and issubclass(cast("type[object]", kind), BaseModel):
        # Its own schema stands for something else until the class is built.
        model = cast("type[BaseModel]", kind)
        model.model_rebuild(_types_namespace={})
        return cast("Schema", model.__pydantic_core_schema__)
    return cast("Schema", TypeAdapter(kind).core_schema)


def _compare(value: object, handler: Callable[[object], object], info: Any) -> object:
    return cast("Notes", info.context).compare(value, handler)


def _consider(value: object, handler: Callable[[object], object], info: Any) -> object:
    return cast("Notes", info.context).consider(value, handler)


def _choose(_value: object, info: Any) -> object:
    return cast("Notes", info.context).choose()


def _choices(schema: Schema) -> list[Schema]:
    """The members of a union; one may carry a label beside it."""
    return [
        choice[0] if isinstance(choice, tuple) else choice
        for choice in cast("list[Any]", schema["choices"])
    ]


def _wrap(function: Callable[..., object], schema: Schema) -> Schema:
    return {
        "type": "function-wrap",
        "function": {"type": "with-info", "function": function},
        "schema": schema,
    }


def _kept(place: str, expected: str) -> Schema:
    """A schema that returns any value as it came and notes the place."""

    def keep(value: object, info: Any) -> object:
        cast("Notes", info.context).note(place, expected, value)
        return value

    return {
        "type": "function-plain",
        "function": {"type": "with-info", "function": keep},
    }


class _Rewriter:
    """One schema's rewriting. A definition is rewritten once for each way in which it is used."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self.classes: set[Any] = set()
        self._definitions = definitions
        self._done: dict[tuple[str, str], Schema | None] = {}
        self._wanted: list[tuple[str, str]] = []

    def rewrite(self, schema: Schema) -> Schema:
        root = self._tolerant(schema, "$")
        while self._wanted:
            ref, way = self._wanted.pop()
            definition = self._definitions[ref]
            exact = way == _EXACT
            copy = (
                self._exact(definition)
                if exact
                else self._lenient(definition, "$", way == _MEMBER)
            )
            self._done[ref, way] = {**copy, "ref": ref + way}
        if not self._done:
            return root
        return {
            "type": "definitions",
            "schema": root,
            "definitions": list(self._done.values()),
        }

    def _refer(self, ref: str, way: str) -> Schema:
        if (ref, way) not in self._done:
            self._done[ref, way] = None
            self._wanted.append((ref, way))
        return {"type": "definition-ref", "schema_ref": ref + way}

    def _tolerant(self, schema: Schema, place: str) -> Schema:
        """As documented, or else as it came."""
        rewritten = self._lenient(schema, place)
        if rewritten["type"] == "any":
            return rewritten
        choices = [rewritten, _kept(place, self._name(schema))]
        return {"type": "union", "mode": "left_to_right", "choices": choices}

    def _lenient(self, schema: Schema, place: str, member: bool = False) -> Schema:
        """A copy whose inner places are tolerant. `member`: fields of its object stay required and closed."""
        copy = {
            key: value
            for key, value in schema.items()
            if key not in ("ref", "serialization", "metadata")
        }
        match schema["type"]:
            case "definition-ref":
                return self._refer(
                    schema["schema_ref"], _MEMBER if member else _LENIENT
                )
            case "definitions":
                raise NotImplementedError("definitions below the root")
            case "model-fields" | "typed-dict" | "dataclass-args":
                self._rewrite_fields(copy, place, member)
            case "model" | "dataclass":
                self.classes.add(schema["cls"])
                copy["schema"] = self._lenient(
                    schema["schema"], schema["cls"].__name__, member
                )
            case "list" | "set" | "frozenset" | "generator" if "items_schema" in schema:
                copy["items_schema"] = self._tolerant(
                    schema["items_schema"], f"{place}[]"
                )
            case "tuple":
                copy["items_schema"] = [
                    self._tolerant(item, f"{place}[]")
                    for item in schema["items_schema"]
                ]
            case "dict" if "values_schema" in schema:
                copy["values_schema"] = self._tolerant(
                    schema["values_schema"], f"{place}{{}}"
                )
            case "union":
                return self._union(copy, place)
            case "tagged-union":
                choices = cast("Mapping[Any, Schema]", schema["choices"])
                copy["choices"] = {
                    tag: self._lenient(choice, place, True)
                    for tag, choice in choices.items()
                }
            case "json-or-python":
                return self._lenient(schema["json_schema"], place, member)
            case "lax-or-strict":
                return self._lenient(schema["strict_schema"], place, member)
            case kind if kind in _WRAPPERS:
                copy["schema"] = self._lenient(schema["schema"], place, member)
            case _:
                pass
        return copy

    def _rewrite_fields(self, copy: Schema, place: str, member: bool) -> None:
        fields = copy["fields"]
        # A dataclass lists its fields, a model names them.
        if isinstance(fields, list):
            listed = cast("list[Schema]", fields)
            copy["fields"] = [
                self._field(field, field["name"], place, member) for field in listed
            ]
        else:
            named = cast("dict[str, Schema]", fields)
            copy["fields"] = {
                name: self._field(field, name, place, member)
                for name, field in named.items()
            }
        if copy.get("extras_schema"):
            copy["extras_schema"] = self._tolerant(
                copy["extras_schema"], f"{place}{{}}"
            )

    def _field(self, field: Schema, name: str, place: str, member: bool) -> Schema:
        inner = cast("Schema", field["schema"])
        alias = field.get("validation_alias")
        where = f"{place}.{alias if isinstance(alias, str) else name}"
        default = inner if inner["type"] == "default" else None
        value = inner if default is None else cast("Schema", default["schema"])
        if member and (value["type"] == "literal" or default is None):
            rewritten = (
                value if value["type"] == "literal" else self._tolerant(value, where)
            )
            return {
                **field,
                "schema": (
                    rewritten if default is None else {**default, "schema": rewritten}
                ),
            }
        tolerant = self._tolerant(value, where)
        if default is not None:
            return {**field, "schema": {**default, "schema": tolerant}}
        return {
            **field,
            "schema": {"type": "default", "schema": tolerant, "default": None},
        }

    def _union(self, copy: Schema, place: str) -> Schema:
        choices = _choices(copy)
        kinds = [self._json_kind(choice) for choice in choices]
        if kinds.count("object") < 2 and kinds.count("array") < 2:
            return {
                **copy,
                "choices": [self._lenient(choice, place) for choice in choices],
            }
        exact = {**copy, "choices": [self._exact(choice) for choice in choices]}
        members = [
            _wrap(_consider, self._lenient(choice, place, True)) for choice in choices
        ]
        choose = {
            "type": "function-plain",
            "function": {"type": "with-info", "function": _choose},
        }
        tried = {
            "type": "union",
            "mode": "left_to_right",
            "choices": [*members, choose],
        }
        closest = _wrap(_compare, tried)
        return {"type": "union", "mode": "left_to_right", "choices": [exact, closest]}

    def _exact(self, schema: Schema) -> Schema:
        """A copy that changes nothing but where its references lead."""
        return cast("Schema", self._exact_part(schema))

    def _exact_part(self, part: Any) -> Any:
        if isinstance(part, dict):
            node = cast("Schema", part)
            if node.get("type") == "definition-ref":
                return self._refer(node["schema_ref"], _EXACT)
            if node.get("type") in ("model", "dataclass"):
                self.classes.add(node["cls"])
            dropped = ("ref", "serialization", "metadata")
            return {
                key: self._exact_part(value)
                for key, value in node.items()
                if key not in dropped
            }
        if isinstance(part, list):
            return list(map(self._exact_part, cast("list[object]", part)))
        if isinstance(part, tuple):
            return tuple(map(self._exact_part, cast("tuple[object, ...]", part)))
        return part

    def _json_kind(self, schema: Schema) -> str:
        """`object`, `array` or `scalar`: what this schema takes."""
        for inner in self._unwrapped(schema):
            if inner["type"] in _OBJECTS or inner["type"] == "tagged-union":
                return "object"
            if inner["type"] in _ARRAYS:
                return "array"
        return "scalar"

    def _unwrapped(self, schema: Schema) -> Iterator[Schema]:
        seen: set[str] = set()
        while True:
            yield schema
            match schema["type"]:
                case "definition-ref":
                    ref = schema["schema_ref"]
                    if ref in seen:
                        return
                    seen.add(ref)
                    schema = self._definitions[ref]
                case "json-or-python":
                    schema = schema["json_schema"]
                case "lax-or-strict":
                    schema = schema["strict_schema"]
                case kind if kind in _WRAPPERS or kind == "dataclass":
                    schema = schema["schema"]
                case _:
                    return

    def _name(self, schema: Schema) -> str:
        """What documentation calls a type: for notes."""
        match schema["type"]:
            case "definition-ref":
                return self._name(self._definitions[schema["schema_ref"]])
            case "model" | "dataclass":
                return str(schema["cls"].__name__)
            case "nullable":
                return f"{self._name(schema['schema'])} | None"
            case "list":
                return (
                    f"list[{self._name(schema['items_schema'])}]"
                    if "items_schema" in schema
                    else "list"
                )
            case "dict":
                values = schema.get("values_schema")
                return "dict" if values is None else f"dict[str, {self._name(values)}]"
            case "union":
                return " | ".join(self._name(choice) for choice in _choices(schema))
            case "literal":
                return (
                    f"Literal[{', '.join(repr(value) for value in schema['expected'])}]"
                )
            case "default":
                return self._name(schema["schema"])
            case kind:
                return str(kind)
