"""Unions of models with a discriminator: a field whose value identifies the model."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import GetCoreSchemaHandler, SerializerFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema

__all__ = ["Tagged"]


def _as_it_is(value: object, handler: SerializerFunctionWrapHandler) -> object:
    return handler(value)


class Tagged:
    """Beside a union of models, as in `Annotated[Cat | Dog, Tagged("petType", ("cat",), ("dog", "puppy"))]`.

    In a response, the field's value identifies the model. An object with a value that is not documented stays as
    it came, or is an error where the client is strict.

    Args:
        wire: The field's name in JSON.
        tags: Its values for each of the models, in their order.
    """

    __slots__ = ("tags", "wire")

    def __init__(self, wire: str, *tags: tuple[str, ...]) -> None:
        self.wire = wire
        self.tags = tags

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        members = [handler.generate_schema(member) for member in get_args(source)]
        tagged = core_schema.tagged_union_schema(
            {
                tag: member
                for member, tags in zip(members, self.tags, strict=True)
                for tag in tags
            },
            discriminator=self.wire,
        )
        # What a program builds from models needs no tag, and what is written is known by its class.
        built = core_schema.union_schema([tagged, *members], mode="left_to_right")
        written = core_schema.wrap_serializer_function_ser_schema(
            _as_it_is, schema=core_schema.union_schema(list(members))
        )
        return core_schema.json_or_python_schema(tagged, built, serialization=written)

    def __repr__(self) -> str:
        return f"Tagged({', '.join(map(repr, (self.wire, *self.tags)))})"
