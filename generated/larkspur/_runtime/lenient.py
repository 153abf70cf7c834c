"""Validators of JSON that keep what is not as documented.

pydantic writes the schema of a model with all models that it refers to inside, anew for each type of a response, and
recursively: where hundreds of models name each other, this costs a second for each operation and ends in a
RecursionError. Here a model inside of another one is a reference, each schema is made once, and schemas are put
together when a validator is built.

An API that adds an enum value, leaves a field out or sends a number as a string must not break a caller who does not
even read that field. So each field, list item and map value becomes "as documented, or else as it came", and a missing
field reads None. A kind of schema that is not known here is copied unchanged.

A lenient member of a union would accept a value that belongs to another one. Where the kind of JSON value (object,
array, scalar) identifies the member, members are lenient. Where it does not (two models), an exact match wins; else,
among the members whose required fields are all there, the one that knows most of the value's fields; else the value
stays as it came.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from enum import Enum
from functools import cache
from threading import Lock
from types import GenericAlias
from typing import Any, Literal, NamedTuple, cast

from pydantic import (
    BaseModel,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import CoreSchema, SchemaValidator

MARK = "model"
"""In the metadata of a schema that refers to a model: the model's class."""

spelled_out: ContextVar[list[type] | None] = ContextVar("spelled_out", default=None)
"""While schemas are made one class at a time: the class whose own schema is wanted, until it is met."""

Schema = dict[str, Any]
"""A core schema (`pydantic_core.core_schema`): a tree of dicts."""

Key = type[BaseModel] | str
"""What a schema may refer to: a model, or a definition of pydantic's own by its name."""

Handler = Callable[[object], object]

_KINDS: Mapping[str, Literal["array", "object"]] = {
    "list": "array",
    "dict": "object",
    "model": "object",
    "tagged-union": "object",
}
"""What of JSON a schema takes; other kinds take scalars, or what they wrap does."""
_TOLERANT = {"items_schema": "[]", "values_schema": "{}", "extras_schema": "{}"}
"""Parts of a schema that keep what is not as documented, and how their location is written."""
_CHILDREN = frozenset(
    (
        "choices fields items_schema json_schema keys_schema lax_schema python_schema "
        "schema steps strict_schema values_schema extras_schema"
    ).split()
)
_NOT_COPIED = frozenset({"ref", "serialization", "metadata"})
_JSON_TYPES: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    dict: "object",
    list: "array",
}

_building = Lock()
_models: dict[str, type[BaseModel]] = {}
_definitions: dict[str, Schema] = {}


@cache
def _schema_of_type(kind: Any) -> Schema:
    """The schema of any type, models inside being references."""
    if isinstance(kind, type) and issubclass(cast("type[object]", kind), BaseModel):
        return {"type": "any", "metadata": {MARK: kind}}
    return _schema(kind, [])


@cache
def _schema_of(key: Key) -> Schema:
    """The schema of what a reference leads to."""
    if isinstance(key, str):
        return _definitions[key]
    # A model asked for by itself may be a placeholder for a later build; as an item it cannot.
    schema = cast("Schema", _schema(GenericAlias(list, (key,)), [key])["items_schema"])
    ref = schema["schema_ref"] if schema["type"] == "definition-ref" else None
    return schema if ref is None else _definitions[ref]


def _schema(kind: Any, wanted: list[type]) -> Schema:
    token = spelled_out.set(wanted)
    try:
        schema = cast("Schema", TypeAdapter(kind).core_schema)
    finally:
        spelled_out.reset(token)
    if schema["type"] != "definitions":
        return schema
    for definition in cast("list[Schema]", schema["definitions"]):
        ref, cls = definition["ref"], definition.get("cls")
        _definitions[ref] = definition
        if isinstance(cls, type) and issubclass(cls, BaseModel):
            _models[ref] = cls
    return cast("Schema", schema["schema"])


def _reference(schema: Mapping[str, Any]) -> Key | None:
    """What a schema refers to, or None if it is no reference."""
    if schema["type"] == "definition-ref":
        ref = cast("str", schema["schema_ref"])
        return _models.get(ref, ref)
    if schema["type"] == "any":
        return cast("Mapping[str, Any]", schema.get("metadata") or {}).get(MARK)
    return None


class Mismatch(NamedTuple):
    """A value in a response that is not of the documented type, without the value itself."""

    operation: str
    """Method and path of the operation: `GET /users/{userId}`."""
    location: str
    """The model's name and field, `[]` for an item of a list: `User.emails[]`."""
    expected: str
    """The documented type."""
    found: str
    """The JSON type of the value."""

    def __str__(self) -> str:
        return f"{self.operation}: {self.location} is {self.found}, documented as {self.expected}"


class Mismatches:
    """What the decoding of one response found. Passed through pydantic as the validation context."""

    def __init__(self, operation: str = "") -> None:
        self.operation = operation
        self.found: list[Mismatch] = []
        self.candidates: list[tuple[object, list[Mismatch]]] = []

    def add(self, location: str, expected: str, found: str) -> None:
        self.found.append(Mismatch(self.operation, location, expected, found))


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


def _consider(value: object, handler: Handler, info: Any) -> object:
    """Record what one member makes of the value, then fail, so that pydantic tries the next one."""
    context: Mismatches = info.context
    outer, context.found = context.found, []
    try:
        context.candidates.append((handler(value), context.found))
    finally:
        context.found = outer
    raise ValueError("one of several candidates")


def _known_fields(value: object) -> int:
    if isinstance(value, BaseModel):
        return len(value.model_fields_set & type(value).model_fields.keys())
    return 0


class Way(Enum):
    """How a schema is copied."""

    LENIENT = "~"
    MEMBER = "?"
    """Lenient, but as one of several members: fields of its object stay required, and literals closed."""
    EXACT = "="


Use = tuple[Key, Way]
"""A reference, and how what it leads to is copied."""


def _name_of(use: Use) -> str:
    """The name of a definition."""
    key, way = use
    if not isinstance(key, str):
        key = f"{key.__module__}.{key.__qualname__}:{id(key)}"
    return f"{key}{way.value}"


def _function(kind: str, function: Callable[..., object], **schema: Schema) -> Schema:
    call = {"type": "with-info", "function": function}
    return {"type": f"function-{kind}", "function": call, **schema}


def _first_of(*choices: Schema) -> Schema:
    return {"type": "union", "mode": "left_to_right", "choices": list(choices)}


def _kept(location: str, schema: Schema) -> Schema:
    """A schema that returns any value as it came and records the mismatch."""

    def keep(value: object, info: Any) -> object:
        found = _JSON_TYPES.get(type(value), "number")
        info.context.add(location, _name(schema), found)
        return value

    return _function("plain", keep)


class Copy:
    """A rewritten schema, what it refers to, and the classes that it makes."""

    __slots__ = ("classes", "schema", "uses")

    def __init__(self, way: Way, schema: Schema, *, tolerant: bool = False) -> None:
        self.uses: set[Use] = set()
        self.classes: set[Any] = set()
        made = self._tolerant(schema, "$") if tolerant else self._copy(schema, "$", way)
        self.schema = made

    def _tolerant(self, schema: Schema, location: str) -> Schema:
        """As documented, or else as it came."""
        copy = self._copy(schema, location, Way.LENIENT)
        if copy["type"] == "any":
            return copy
        return _first_of(copy, _kept(location, schema))

    def _copy(self, schema: Schema, location: str, way: Way) -> Schema:
        key, kind = _reference(schema), schema["type"]
        if key is not None:
            self.uses.add((key, way))
            return {"type": "definition-ref", "schema_ref": _name_of((key, way))}
        if kind == "model":
            self.classes.add(schema["cls"])
            location = schema["cls"].__name__
        if way is not Way.EXACT:
            # Of two spellings, the one for JSON.
            if kind in ("json-or-python", "lax-or-strict"):
                inner = schema.get("json_schema") or schema["strict_schema"]
                return self._copy(inner, location, way)
            if kind == "union":
                return self._union(schema, location)
        return {
            name: self._part(value, name, location, way) if name in _CHILDREN else value
            for name, value in schema.items()
            if name not in _NOT_COPIED
        }

    def _part(self, part: Any, name: str, location: str, way: Way) -> Any:
        """A child of a schema, or several of them."""
        match part:
            case {"type": "model-field"} if way is not Way.EXACT:
                return self._field(cast("Schema", part), name, location, way)
            case {"type": str()} if way is not Way.EXACT and name in _TOLERANT:
                where = f"{location}{_TOLERANT[name]}"
                return self._tolerant(cast("Schema", part), where)
            case {"type": str()}:
                return self._copy(cast("Schema", part), location, way)
            case dict():
                # A field by its own name, a member of a union by its tag.
                own = name == "fields"
                return {
                    key: self._part(each, key if own else name, location, way)
                    for key, each in cast("dict[str, Any]", part).items()
                }
            case list() | tuple():
                items = cast("list[Any]", part)
                copies = [self._part(one, name, location, way) for one in items]
                return type(items)(copies)
            case _:
                return part

    def _field(self, field: Schema, name: str, location: str, way: Way) -> Schema:
        value = cast("Schema", field["schema"])
        default = value if value["type"] == "default" else None
        if default is not None:
            value = default["schema"]
        alias = field.get("validation_alias", name)
        where = f"{location}.{alias if isinstance(alias, str) else name}"
        closed = way is Way.MEMBER and value["type"] == "literal"
        schema = value if closed else self._tolerant(value, where)
        if default is not None:
            schema = {**default, "schema": schema}
        elif way is not Way.MEMBER:
            schema = {"type": "default", "schema": schema, "default": None}
        return {**field, "schema": schema}

    def _union(self, union: Schema, location: str) -> Schema:
        choices = _choices(union)
        copy = {name: part for name, part in union.items() if name not in _NOT_COPIED}

        def as_(way: Way) -> list[Schema]:
            return [self._copy(choice, location, way) for choice in choices]

        kinds = list(map(_json_kind, choices))
        if kinds.count("object") < 2 and kinds.count("array") < 2:
            return {**copy, "choices": as_(Way.LENIENT)}
        members = [_function("wrap", _consider, schema=one) for one in as_(Way.MEMBER)]
        closest = _function("wrap", _closest, schema=_first_of(*members))
        return _first_of({**copy, "choices": as_(Way.EXACT)}, closest)


def _choices(schema: Schema) -> list[Schema]:
    """The members of a union; one may carry a label beside it."""
    choices = cast("list[Any]", schema["choices"])
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _json_kind(schema: Schema) -> Literal["array", "object", "scalar"]:
    """What of JSON a schema takes, or what it wraps."""
    key = _reference(schema)
    if key is not None:
        return _json_kind(_schema_of(key)) if isinstance(key, str) else "object"
    wrapped = map(schema.get, ("schema", "json_schema", "strict_schema"))
    inner = next(filter(None, wrapped), None)
    if schema["type"] in _KINDS or inner is None:
        return _KINDS.get(schema["type"], "scalar")
    return _json_kind(inner)


def _name(schema: Schema) -> str:
    """A type as documentation writes it: for mismatches."""
    key = _reference(schema)
    if key is not None:
        return _name(_schema_of(key)) if isinstance(key, str) else key.__name__
    match schema:
        case {"type": "model", "cls": kind}:
            return str(kind.__name__)
        case {"type": "nullable", "schema": inner}:
            return f"{_name(inner)} | None"
        case {"type": "list", "items_schema": inner}:
            return f"list[{_name(inner)}]"
        case {"type": "dict", "values_schema": inner}:
            return f"dict[str, {_name(inner)}]"
        case {"type": "union"}:
            return " | ".join(map(_name, _choices(schema)))
        case {"type": "literal", "expected": values}:
            return f"Literal[{', '.join(map(repr, values))}]"
        case {"type": "tagged-union", "choices": members}:
            return " | ".join(dict.fromkeys(map(_name, members.values())))
        case {"type": "json-or-python", "json_schema": inner}:
            return _name(inner)
        case {"type": "default", "schema": inner}:
            return _name(inner)
        case _:
            return str(schema["type"])


@cache
def exact_validator(kind: Any) -> SchemaValidator:
    """A validator for just `kind`."""
    return _validator(kind, Way.EXACT)


@cache
def lenient_validator(kind: Any) -> SchemaValidator:
    """A validator for `kind` that fails on broken JSON only. Takes a `Mismatches` as context."""
    return _validator(kind, Way.LENIENT)


def read(kind: Any, body: bytes, found: Mismatches | None) -> Any:
    """The value that JSON holds; exact where there is nothing to collect mismatches in."""
    validator = exact_validator(kind) if found is None else lenient_validator(kind)
    return validator.validate_json(
        body, strict=True, context=found, by_alias=True, by_name=False
    )


def _validator(kind: Any, way: Way) -> SchemaValidator:
    # Schemas are many small objects that all stay; looking for garbage among them doubles the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        root = Copy(way, _schema_of_type(kind), tolerant=way is Way.LENIENT)
        found: dict[Use, Copy] = {}
        wanted = list(root.uses)
        while wanted:
            use = wanted.pop()
            if use not in found:
                found[use] = _definition(*use)
                wanted += found[use].uses
        rest = [{**copy.schema, "ref": _name_of(use)} for use, copy in found.items()]
        schema = {"type": "definitions", "schema": root.schema, "definitions": rest}
        return _built(schema if rest else root.schema, (root, *found.values()))
    finally:
        if collects:
            gc.enable()


def _built(schema: Schema, copies: Iterable[Copy]) -> SchemaValidator:
    """For a finished class, pydantic-core takes the class's own validator instead of the schema that it is built from.
    So the classes count as unfinished while ours is built; what they already have keeps working meanwhile.
    """
    with _building:
        classes = {cls for copy in copies for cls in copy.classes}
        finished = [cls for cls in classes if cls.__pydantic_complete__]
        for cls in finished:
            cls.__pydantic_complete__ = False
        try:
            return SchemaValidator(cast("CoreSchema", schema))
        finally:
            for cls in finished:
                cls.__pydantic_complete__ = True


@cache
def _definition(key: Key, way: Way) -> Copy:
    return Copy(way, _schema_of(key))
