"""Models, and validators of JSON that keep what is not as documented.

An API that adds an enum value, leaves a field out or sends a number as a string must not break a caller who does not
even read that field. So each field, list item and map value becomes "as documented, or else as it came", and a missing
field reads None. A kind of schema that is not known here is copied unchanged.

pydantic writes the schema of a model with all models that it refers to inside, anew for each type of a response, and
recursively: where hundreds of models name each other, this costs a second for each operation and ends in a
RecursionError. Here a model inside of another one is a reference, each schema is made once, and schemas are put
together when a validator is built.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from enum import Enum
from functools import cache
from importlib.util import find_spec
from threading import Lock, RLock
from types import GenericAlias
from typing import Any, NamedTuple, Self, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from . import feature
from .encoding import json_text, utf8

_MARK = "model"
"""In the metadata of a schema that refers to a model: the model's class."""
_spelled_out: ContextVar[list[type] | None] = ContextVar("spelled_out", default=None)
"""While schemas are made one class at a time: the class whose own schema is wanted, until it is met."""

Schema = dict[str, Any]
"""A core schema (`pydantic_core.core_schema`): a tree of dicts."""

Key = type[BaseModel] | str
"""What a schema may refer to: a model, or a definition of pydantic's own by its name."""

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

_HAS_UNIONS = find_spec(f"{__package__}.unions") is not None
"""Whether the API has unions of several models or lists, without a discriminator."""

_building = Lock()
_deepening = RLock()
_models: dict[str, type[BaseModel]] = {}
_definitions: dict[str, Schema] = {}


class Model(BaseModel):
    """An object of the API.

    Fields that the API sends beyond the documented ones are kept: `model.model_extra`. A response may
    lack a documented field (it reads `None`), or hold another type (it is kept as it came), unless the
    client is strict.
    """

    model_config = ConfigDict(
        extra="allow",
        # A class costs half a millisecond to build, and most programs touch few of them.
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # Names such as `model_id` are the API's; the generator keeps clear of pydantic's own names.
        protected_namespaces=(),
    )

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, strict: bool = False) -> Self:
        """The model of an object that has the API's own keys, such as a parsed JSON document.

        It is read as a response is: fields that are not documented are kept, and so is a value of another type,
        unless `strict`.

        Raises:
            TypeError: `data` is no object, or holds what JSON has no form for.
            ValueError: It holds NaN or infinity; or with `strict`, it is not of the documented type.
        """
        if not isinstance(cast("object", data), Mapping):
            raise TypeError(f"{cls.__name__}: {type(data).__name__} is no JSON object")
        body = utf8(json_text(data, cls.__name__), cls.__name__)
        value: Self = read(cls, body, None if strict else Mismatches())
        return value

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        wanted = _spelled_out.get()
        if wanted is not None:
            if cls not in wanted:
                return core_schema.any_schema(metadata={_MARK: cls})
            wanted.remove(cls)
        return handler(source)

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Build the class, as its first use does by itself."""
        # pydantic takes a dozen calls for each model on the way to the innermost one, and APIs exist whose models
        # lead through hundreds of others.
        depth = options.pop("_parent_namespace_depth", 2) + 1
        with _deepening:
            usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(usual, 20_000))
            try:
                return super().model_rebuild(_parent_namespace_depth=depth, **options)
            finally:
                sys.setrecursionlimit(usual)


@cache
def schema_of(key: Any) -> Schema:
    """The schema of a type, or of what a reference leads to; models inside of it are references."""
    if isinstance(key, str):
        return _definitions[key]
    if not isinstance(key, type) or not issubclass(key, BaseModel):
        return _schema(key, [])
    # A model asked for by itself may be a placeholder for a later build; as an item it cannot.
    schema = cast("Schema", _schema(GenericAlias(list, (key,)), [key])["items_schema"])
    ref = schema["schema_ref"] if schema["type"] == "definition-ref" else None
    return schema if ref is None else _definitions[ref]


def _schema(kind: Any, wanted: list[type]) -> Schema:
    token = _spelled_out.set(wanted)
    try:
        schema = cast("Schema", TypeAdapter(kind).core_schema)
    finally:
        _spelled_out.reset(token)
    if schema["type"] != "definitions":
        return schema
    for definition in cast("list[Schema]", schema["definitions"]):
        ref, cls = definition["ref"], definition.get("cls")
        _definitions[ref] = definition
        if isinstance(cls, type) and issubclass(cls, BaseModel):
            _models[ref] = cls
    return cast("Schema", schema["schema"])


def reference(schema: Mapping[str, Any]) -> Key | None:
    """What a schema refers to, or None if it is no reference."""
    if schema["type"] == "definition-ref":
        ref = cast("str", schema["schema_ref"])
        return _models.get(ref, ref)
    if schema["type"] == "any":
        return cast("Mapping[str, Any]", schema.get("metadata") or {}).get(_MARK)
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
        """What the members of a union make of a value, and where it does not fit: for `unions`."""

    def add(self, location: str, expected: str, found: str) -> None:
        self.found.append(Mismatch(self.operation, location, expected, found))


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


def function(kind: str, called: Callable[..., object], **schema: Schema) -> Schema:
    """A schema that calls a function."""
    call = {"type": "with-info", "function": called}
    return {"type": f"function-{kind}", "function": call, **schema}


def first_of(*choices: Schema) -> Schema:
    """A union whose first member that fits wins."""
    return {"type": "union", "mode": "left_to_right", "choices": list(choices)}


def _kept(location: str, schema: Schema) -> Schema:
    """A schema that returns any value as it came and records the mismatch."""

    def keep(value: object, info: Any) -> object:
        found = _JSON_TYPES.get(type(value), "number")
        info.context.add(location, _name(schema), found)
        return value

    return function("plain", keep)


class Copy:
    """A rewritten schema, what it refers to, and the classes that it makes."""

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
        return first_of(copy, _kept(location, schema))

    def _copy(self, schema: Schema, location: str, way: Way) -> Schema:
        key, kind = reference(schema), schema["type"]
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
            if kind == "union" and _HAS_UNIONS:
                closest = self._closest(schema, location)
                if closest is not None:
                    return closest
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
        default = field["schema"] if field["schema"]["type"] == "default" else None
        value: Schema = field["schema"] if default is None else default["schema"]
        alias = field.get("validation_alias", name)
        where = f"{location}.{alias if isinstance(alias, str) else name}"
        closed = way is Way.MEMBER and value["type"] == "literal"
        schema = value if closed else self._tolerant(value, where)
        if default is not None:
            schema = {**default, "schema": schema}
        elif way is not Way.MEMBER:
            schema = {"type": "default", "schema": schema, "default": None}
        return {**field, "schema": schema}

    def _closest(self, union: Schema, location: str) -> Schema | None:
        """A union whose members the kind of JSON value does not tell apart; None for any other."""

        def copied(way: Way) -> list[Schema]:
            return [self._copy(choice, location, way) for choice in choices_of(union)]

        closest_of: Callable[..., Schema | None] = feature("unions").closest_of
        return closest_of(union, copied)


def choices_of(schema: Schema) -> list[Schema]:
    """The members of a union; one may carry a label beside it."""
    choices = cast("list[Any]", schema["choices"])
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _name(schema: Schema) -> str:
    """A type as documentation writes it: for mismatches."""
    key = reference(schema)
    if key is not None:
        return _name(schema_of(key)) if isinstance(key, str) else key.__name__
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
            return " | ".join(map(_name, choices_of(schema)))
        case {"type": "literal", "expected": values}:
            return f"Literal[{', '.join(map(repr, values))}]"
        case {"type": "tagged-union", "choices": members}:
            return " | ".join(dict.fromkeys(map(_name, members.values())))
        case {"type": "default", "schema": inner}:
            return _name(inner)
        case {"type": "json-or-python", "json_schema": inner}:
            return _name(inner)
        case _:
            return str(schema["type"])


def read(kind: Any, body: bytes, found: Mismatches | None) -> Any:
    """The value that JSON holds; exact where there is nothing to collect mismatches in, else it fails on broken JSON only."""
    validator = _validator(kind, Way.EXACT if found is None else Way.LENIENT)
    return validator.validate_json(
        body, strict=True, context=found, by_alias=True, by_name=False
    )


def empty_value(kind: Any) -> Any:
    """What is read from it is None, or there is nothing to loop over."""
    for content in (b"{}", b"[]", b'""', b"null"):
        found = Mismatches()
        value = read(kind, content, found)
        if not found.found:
            return value
    return None


@cache
def _validator(kind: Any, way: Way) -> SchemaValidator:
    # Schemas are many small objects that all stay; looking for garbage among them doubles the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        root = Copy(way, schema_of(kind), tolerant=way is Way.LENIENT)
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
    return Copy(way, schema_of(key))
