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

import gc
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import cache
from threading import Lock
from typing import Any, Literal, NamedTuple, cast

from pydantic import BaseModel
from pydantic_core import CoreSchema, SchemaValidator

from .schemas import Key, Schema, reference, schema_of, schema_of_type

_LEAVES = frozenset(
    "any none bool int float str date time datetime uuid literal enum".split()
)
_KINDS: Mapping[str, Literal["array", "object"]] = {
    **dict.fromkeys("list set frozenset tuple generator".split(), "array"),
    **dict.fromkeys("model-fields dict typed-dict dataclass-args".split(), "object"),
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


_JSON_TYPES = {
    "NoneType": "null",
    "bool": "boolean",
    "str": "string",
    "dict": "object",
    "list": "array",
}


class ValueMismatch(NamedTuple):
    """A value that is not of the documented type, without the value itself."""

    location: str
    """The model's name and field, `[]` for an item of a list: `User.emails[]`."""
    expected: str
    """The documented type."""
    found: str
    """The JSON type of the value."""


class Mismatches:
    """What one decoding found. Passed through pydantic as the validation context."""

    __slots__ = ("candidates", "found")

    def __init__(self) -> None:
        self.found: list[ValueMismatch] = []
        self.candidates: list[tuple[object, list[ValueMismatch]]] = []


Handler = Callable[[object], object]


def _compare(value: object, handler: Handler, info: Any) -> object:
    """Validate as the closest of several members, keeping the candidates of an outer union apart."""
    context: Mismatches = info.context
    outer, context.candidates = context.candidates, []
    try:
        return handler(value)
    finally:
        context.candidates = outer


def _consider(value: object, handler: Handler, info: Any) -> object:
    """Record what one member makes of the value, then fail, so that pydantic tries the next one."""
    context: Mismatches = info.context
    outer, context.found = context.found, []
    try:
        context.candidates.append((handler(value), context.found))
    finally:
        context.found = outer
    raise ValueError("one of several candidates")


def _choose(_value: object, info: Any) -> object:
    """The candidate with most of the value's fields; among equals, the one with the fewest mismatches."""
    context: Mismatches = info.context
    if not context.candidates:
        raise ValueError("no member comes close")
    result, mismatches = max(
        context.candidates, key=lambda item: (_known_fields(item[0]), -len(item[1]))
    )
    context.found += mismatches
    return result


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
        found = _JSON_TYPES.get(type(value).__name__, "number")
        context: Mismatches = info.context
        context.found.append(ValueMismatch(location, _name(schema), found))
        return value

    return _function("plain", keep)


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

    def _tolerant(self, schema: Schema, location: str) -> Schema:
        """As documented, or else as it came."""
        copy = self._copy(schema, location, Way.LENIENT)
        return (
            copy if copy["type"] == "any" else _first_of(copy, _kept(location, schema))
        )

    def _copy(self, schema: Schema, location: str, way: Way) -> Schema:
        key, kind = reference(schema), schema["type"]
        if key is not None:
            self.uses.add((key, way))
            return {"type": "definition-ref", "schema_ref": _name_of((key, way))}
        if kind in _LEAVES:
            return schema
        if kind in ("model", "dataclass"):
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
            case {"type": "model-field" | "typed-dict-field" | "dataclass-field"} if (
                way is not Way.EXACT
            ):
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
                return type(items)(
                    [self._part(one, name, location, way) for one in items]
                )
            case _:
                return part

    def _field(self, field: Schema, name: str, location: str, way: Way) -> Schema:
        value = cast("Schema", field["schema"])
        default = value if value["type"] == "default" else None
        if default is not None:
            value = default["schema"]
        # A dataclass lists its fields, a model names them.
        alias = field.get("validation_alias", field.get("name", name))
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

        kinds = [_json_kind(choice) for choice in choices]
        if kinds.count("object") < 2 and kinds.count("array") < 2:
            return {**copy, "choices": as_(Way.LENIENT)}
        members = [
            _function("wrap", _consider, schema=member) for member in as_(Way.MEMBER)
        ]
        closest = _first_of(*members, _function("plain", _choose))
        return _first_of(
            {**copy, "choices": as_(Way.EXACT)},
            _function("wrap", _compare, schema=closest),
        )


def _choices(schema: Schema) -> list[Schema]:
    """The members of a union; one may carry a label beside it."""
    choices = cast("list[Any]", schema["choices"])
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _json_kind(schema: Schema) -> Literal["array", "object", "scalar"]:
    """What of JSON a schema takes, or what it wraps."""
    seen: set[Key] = set()
    while schema["type"] not in _KINDS:
        key = reference(schema)
        if key is not None:
            if key in seen:
                return "scalar"
            seen.add(key)
            schema = schema_of(key)
            continue
        inner = (
            schema.get(name) for name in ("schema", "json_schema", "strict_schema")
        )
        found = next(filter(None, inner), None)
        if found is None:
            return "scalar"
        schema = found
    return _KINDS[schema["type"]]


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


@cache
def exact_validator(kind: Any) -> SchemaValidator:
    """A validator for just `kind`."""
    with _no_collecting():
        return _validator(Copy(Way.EXACT, schema_of_type(kind), "$"))


@cache
def lenient_validator(kind: Any) -> SchemaValidator:
    """A validator for `kind` that fails on broken JSON only. Takes a `Mismatches` as context."""
    with _no_collecting():
        return _validator(Copy(Way.LENIENT, schema_of_type(kind), "$", tolerant=True))


def _validator(root: Copy) -> SchemaValidator:
    found: dict[Use, Copy] = {}
    wanted = list(root.uses)
    while wanted:
        use = wanted.pop()
        if use not in found:
            found[use] = _definition(*use)
            wanted += found[use].uses
    schema = root.schema
    if found:
        definitions = [
            {**copy.schema, "ref": _name_of(use)} for use, copy in found.items()
        ]
        schema = {"type": "definitions", "schema": schema, "definitions": definitions}
    with _unfinished({cls for copy in (root, *found.values()) for cls in copy.classes}):
        return SchemaValidator(cast("CoreSchema", schema))


@contextmanager
def _no_collecting() -> Generator[None, None, None]:
    """Schemas are many small objects that all stay; looking for garbage among them doubles the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _definition(key: Key, way: Way) -> Copy:
    return Copy(way, schema_of(key), "$")


_building = Lock()


@contextmanager
def _unfinished(classes: set[Any]) -> Generator[None, None, None]:
    """For a finished class, pydantic-core takes the class's own validator instead of the schema that it is built from.
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
