"""pydantic's schemas of types, one model at a time.

pydantic itself writes the schema of a model with all models that it refers to inside, anew for each type of a
response, and recursively: in an API of hundreds of models that name each other, this costs a second for each
operation and ends in a RecursionError. Here a model inside of another one is a reference, each schema is made
once, and schemas are put together when a validator is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from types import GenericAlias
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter

MODEL_MARK = "model"
"""In the metadata of a schema that refers to a model: the model's class."""

spelled_out: ContextVar[list[type] | None] = ContextVar("spelled_out", default=None)
"""While schemas are made one class at a time: the class whose own schema is wanted, until it is met."""

Schema = dict[str, Any]
"""A core schema (`pydantic_core.core_schema`): a tree of dicts."""

Key = type[BaseModel] | str
"""What a schema may refer to: a model, or a definition of pydantic's own by its name."""

_models: dict[str, type[BaseModel]] = {}
_definitions: dict[str, Schema] = {}


@cache
def schema_of_type(kind: Any) -> Schema:
    """The schema of any type, models inside being references."""
    if isinstance(kind, type) and issubclass(cast("type[object]", kind), BaseModel):
        return {"type": "any", "metadata": {MODEL_MARK: kind}}
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


def reference(schema: Mapping[str, Any]) -> Key | None:
    """What a schema refers to, or None if it is no reference."""
    if schema["type"] == "definition-ref":
        ref = cast("str", schema["schema_ref"])
        return _models.get(ref, ref)
    if schema["type"] == "any":
        return cast("Mapping[str, Any]", schema.get("metadata") or {}).get(MODEL_MARK)
    return None
