"""JSON bodies whose fields are arguments: which bodies are flattened, and what their fields are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.types import Field, Json, Nullable, Object, Reference, Schema, Type, Union
from .type_mapping import member_key, option_key, schema_key

__all__ = ["BodyField", "BodyPart", "FlattenedBody", "flattened"]


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One type that a field, or a body, may have."""

    type: Type
    key: str
    """Site key of the field or body."""
    schema: str = ""
    """Key of the named object that holds the field, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyField:
    """A field of a body that is an argument of its own."""

    wire: str
    parts: tuple[BodyPart, ...]
    """One, or, in a union of objects, one for each that has the field."""
    required: bool
    doc: str
    deprecated: bool
    default: Json


@dataclass(frozen=True, slots=True)
class FlattenedBody:
    """A body whose fields are arguments."""

    fields: tuple[BodyField, ...]
    others: tuple[BodyPart, ...] = ()
    """What the body may be that is no object with fields: an argument `body` takes it."""


@dataclass(frozen=True, slots=True)
class _Member:
    kind: Object
    key: str
    schema: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What a type may be: objects with fields, and anything else."""

    objects: tuple[_Member, ...] = ()
    others: tuple[BodyPart, ...] = ()


def _shapes(kind: Type, key: str, schemas: Mapping[str, Schema]) -> _Shapes:
    match kind:
        case Object(fields=fields) if fields:
            return _Shapes((_Member(kind, key, ""),))
        case Reference(name) if name in schemas and schemas[name].type.fields:
            return _Shapes((_Member(schemas[name].type, schema_key(name), name),))
        case Nullable(inner):
            # One that may be null is flattened too, or a `nullable` would turn its arguments into one.
            found = _shapes(inner, key, schemas)
            return _Shapes(
                found.objects, tuple(replace(other, type=Nullable(other.type)) for other in found.others)
            )
        case Union(members):
            several = [
                _shapes(member, option_key(key, number), schemas) for number, member in enumerate(members)
            ]
            return _Shapes(
                tuple(one for found in several for one in found.objects),
                tuple(one for found in several for one in found.others),
            )
        case _:
            return _Shapes(others=(BodyPart(kind, key),))


def flattened(
    kind: Type, key: str, schemas: Mapping[str, Schema], *, was_flattened: bool
) -> FlattenedBody | None:
    """The fields of a JSON body that is an object, or one of several; None for a body that is one argument.

    A union has the fields of all its members; required is what each of them requires. A union of objects and anything
    else is one argument, unless it was flattened before: then nothing is required, because the other may be passed.

    Args:
        was_flattened: Whether the lock knows the body as a flattened one.
    """
    shapes = _shapes(kind, key, schemas)
    if not shapes.objects or (shapes.others and not was_flattened):
        return None
    fields: dict[str, list[tuple[Field, _Member]]] = {}
    for member in shapes.objects:
        for field in member.kind.fields:
            fields.setdefault(field.wire, []).append((field, member))
    of = len(shapes.objects) + len(shapes.others)
    return FlattenedBody(tuple(_field(wire, found, of) for wire, found in fields.items()), shapes.others)


def _field(wire: str, found: Sequence[tuple[Field, _Member]], of: int) -> BodyField:
    return BodyField(
        wire=wire,
        parts=tuple(
            BodyPart(field.type, member_key(member.key, wire), member.schema) for field, member in found
        ),
        required=len(found) == of and all(field.required for field, _ in found),
        doc=next((field.doc for field, _ in found if field.doc), ""),
        deprecated=all(field.deprecated for field, _ in found),
        default=next((field.default for field, _ in found if field.default is not None), None),
    )
