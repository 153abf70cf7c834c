"""A whole body as one object, so that its fields can be arguments; and types as JSON holds them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ...model.types import Array, Field, Map, Nullable, Object, Reference, Scalar, ScalarKind, Type, Union
from .union_types import either

__all__ = ["count", "flattened", "joined", "textual"]


def flattened(kind: Type, object_of: Callable[[str], Object]) -> Type:
    """The one object that a type is, or that takes what each member of a union takes; else the type as it is."""
    match kind:
        case Reference(key):
            return object_of(key)
        case Nullable(inner):
            found = flattened(inner, object_of)
            return found if isinstance(found, Object) else kind
        case Union(members):
            objects = [flattened(member, object_of) for member in members]
            if not all(isinstance(one, Object) for one in objects):
                return kind
            return joined([one for one in objects if isinstance(one, Object)])
        case _:
            return kind


def joined(objects: Sequence[Object]) -> Object:
    """One object with the fields of all of them, required where all require them."""
    named: dict[str, list[Field]] = {}
    for one in objects:
        for field in one.fields:
            named.setdefault(field.wire, []).append(field)
    extras = [one.extra for one in objects if one.extra is not None]
    first = objects[0]
    same = all(one.title == first.title for one in objects)
    return Object(
        fields=tuple(joined_field(fields, of=len(objects)) for fields in named.values()),
        extra=either(extras) if extras else None,
        title=first.title if same else "",
        doc=first.doc if same else "",
        origin=first.origin,
    )


def joined_field(fields: Sequence[Field], *, of: int) -> Field:
    """One field for the same-named ones of `of` objects."""
    return replace(
        fields[0],
        type=either(field.type for field in fields),
        required=len(fields) == of and all(field.required for field in fields),
        doc=next((field.doc for field in fields if field.doc), ""),
        deprecated=all(field.deprecated for field in fields),
    )


def textual(kind: Type) -> Type:
    """The type inside of JSON, which holds no bytes: a text there, whatever encodes it."""
    match kind:
        case Scalar(ScalarKind.BINARY):
            return Scalar(ScalarKind.STRING, "binary")
        case Array(items):
            return Array(textual(items))
        case Map(values):
            return Map(textual(values))
        case Nullable(inner):
            return Nullable(textual(inner))
        case Union(members):
            return replace(kind, members=tuple(map(textual, members)))
        case Object(fields=fields, extra=extra):
            return replace(
                kind,
                fields=tuple(replace(field, type=textual(field.type)) for field in fields),
                extra=None if extra is None else textual(extra),
            )
        case _:
            return kind


def _inner(kind: Type) -> Iterable[Type]:
    match kind:
        case Array(inner) | Map(inner) | Nullable(inner):
            return (inner,)
        case Union(members):
            return members
        case Object(fields=fields, extra=extra):
            return (*(field.type for field in fields), *(() if extra is None else (extra,)))
        case _:
            return ()


def count(kind: Type, limit: int) -> int:
    """How many types a type is made of, counted no further than `limit`."""
    total, level = 1, [kind]
    while level and total <= limit:
        level = [inner for one in level for inner in _inner(one)]
        total += len(level)
    return total
