"""Bodies whose fields are arguments: what is spread, and what its fields are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.types import Field, Json, Nullable, Object, Reference, Schema, Type, Union
from .type_mapping import member_key, option_key, schema_key

__all__ = ["SpreadField", "SpreadPart", "spread"]


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """What one object says of a field."""

    type: Type
    key: str
    """Place key of the field."""
    schema: str
    """Key of the named object that says so, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadField:
    """A field of a body that is an argument of its own."""

    wire: str
    parts: tuple[SpreadPart, ...]
    """One, or, in a union of objects, one for each that has the field."""
    required: bool
    doc: str
    deprecated: bool
    default: Json


@dataclass(frozen=True, slots=True)
class _Member:
    kind: Object
    key: str
    schema: str


def _members(kind: Type, key: str, schemas: Mapping[str, Schema]) -> list[_Member] | None:
    """The objects that a type may be; None where it may be anything else."""
    match kind:
        case Object(fields=fields):
            return [_Member(kind, key, "")] if fields else None
        case Nullable(inner):
            # One that may be null is spread too, or a `nullable` would turn its arguments into one.
            return _members(inner, key, schemas)
        case Reference(name) if name in schemas:
            schema = schemas[name].type
            return [_Member(schema, schema_key(name), name)] if schema.fields else None
        case Union(members):
            found = [
                _members(member, option_key(key, number), schemas) for number, member in enumerate(members)
            ]
            return [one for many in found if many for one in many] if all(found) else None
        case _:
            return None


def spread(kind: Type, key: str, schemas: Mapping[str, Schema]) -> tuple[SpreadField, ...] | None:
    """The fields of a JSON body that is an object, or one of several; None for a body that is one argument.

    A union has the fields of all its members; required is what each of them requires.
    """
    members = _members(kind, key, schemas)
    if not members:
        return None
    fields: dict[str, list[tuple[Field, _Member]]] = {}
    for member in members:
        for field in member.kind.fields:
            fields.setdefault(field.wire, []).append((field, member))
    return tuple(_field(wire, found, len(members)) for wire, found in fields.items())


def _field(wire: str, found: Sequence[tuple[Field, _Member]], of: int) -> SpreadField:
    return SpreadField(
        wire=wire,
        parts=tuple(
            SpreadPart(field.type, member_key(member.key, wire), member.schema) for field, member in found
        ),
        required=len(found) == of and all(field.required for field, _ in found),
        doc=next((field.doc for field, _ in found if field.doc), ""),
        deprecated=all(field.deprecated for field, _ in found),
        default=next((field.default for field, _ in found if field.default is not None), None),
    )
