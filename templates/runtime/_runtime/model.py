"""The base of every generated model, and pydantic's schemas of types, one model at a time.

pydantic itself writes the schema of a model with all models that it refers to inside, anew for each type of a
response, and recursively: in an API of hundreds of models that name each other, this costs a second for each
operation and ends in a RecursionError. Here a model inside of another one is a reference, each schema is made
once, and schemas are put together when a validator is built.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import RLock
from types import GenericAlias
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

_MODEL_MARK = "model"
"""In the metadata of a schema that refers to a model: the model's class."""

_spelled_out: ContextVar[list[type] | None] = ContextVar("spelled_out", default=None)
"""While schemas are made one class at a time: the class whose own schema is wanted, until it is met."""

_DEEP = 20_000
_deepening = RLock()


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
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        wanted = _spelled_out.get()
        if wanted is None:
            return handler(source)
        if cls in wanted:
            wanted.remove(cls)
            return handler(source)
        return core_schema.any_schema(metadata={_MODEL_MARK: cls})

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Any = None,
    ) -> bool | None:
        """Build the class, as its first use does by itself."""
        with _deep_recursion():
            return super().model_rebuild(
                force=force,
                raise_errors=raise_errors,
                _parent_namespace_depth=_parent_namespace_depth + 1,
                _types_namespace=_types_namespace,
            )


@contextmanager
def _deep_recursion() -> Generator[None, None, None]:
    """pydantic takes a dozen calls for each model on the way to the innermost one, and APIs exist whose models
    lead through hundreds of others."""
    with _deepening:
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(max(usual, _DEEP))
        try:
            yield
        finally:
            sys.setrecursionlimit(usual)


Schema = dict[str, Any]
"""A core schema (`pydantic_core.core_schema`): a tree of dicts."""

Key = type[Model] | str
"""What a schema may refer to: a model, or a definition of pydantic's own by its name."""

_models: dict[str, type[Model]] = {}
_definitions: dict[str, Schema] = {}


@cache
def schema_of_type(kind: Any) -> Schema:
    """The schema of any type, models inside being references."""
    if isinstance(kind, type) and issubclass(cast("type[object]", kind), Model):
        return {"type": "any", "metadata": {_MODEL_MARK: kind}}
    return _schema(kind, [])


@cache
def schema_of(key: Key) -> Schema:
    """The schema of what a reference leads to."""
    if isinstance(key, str):
        return _definitions[key]
    # A model asked for by itself may be a placeholder for a later build; as an item it cannot.
    schema = cast("Schema", _schema(GenericAlias(list, (key,)), [key])["items_schema"])
    return (
        _definitions[schema["schema_ref"]]
        if schema["type"] == "definition-ref"
        else schema
    )


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
        if isinstance(cls, type) and issubclass(cls, Model):
            _models[ref] = cls
    return cast("Schema", schema["schema"])


def reference(schema: Mapping[str, Any]) -> Key | None:
    """What a schema refers to, or None if it is no reference."""
    if schema["type"] == "definition-ref":
        ref = cast("str", schema["schema_ref"])
        return _models.get(ref, ref)
    if schema["type"] == "any":
        return cast("Mapping[str, Any]", schema.get("metadata") or {}).get(_MODEL_MARK)
    return None
