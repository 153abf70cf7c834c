"""Documents made of schemas alone, and types as short texts."""

from collections.abc import Mapping
from typing import Any, assert_never

from pillarbox.model.problems import Origin, Problem
from pillarbox.model.types import (
    Anything,
    Array,
    Enumeration,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    Type,
    Union,
)
from pillarbox.readers.openapi.dialect import Dialect
from pillarbox.readers.openapi.refs import Refs
from pillarbox.readers.openapi.schemas import Schemas

V2, V30, V31 = Dialect.SWAGGER_2, Dialect.OPENAPI_30, Dialect.OPENAPI_31


class Document:
    """A document with named schemas, and a place (`/place`) whose schema is asked for."""

    def __init__(
        self,
        schema: Any = True,
        named: Mapping[str, Any] | None = None,
        dialect: Dialect = V31,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        known = dict(named or {})
        root = {"definitions": known} if dialect is V2 else {"components": {"schemas": known}}
        self.root: dict[str, Any] = {**root, "place": schema, **(members or {})}
        self.problems: list[Problem] = []
        self.origin = Origin("api.json")
        self.refs = Refs(self.root, self.origin, dialect, self.problems)
        self.schemas = Schemas(self.refs, dialect, self.problems)

    def type(self, *, for_request: bool = False) -> Type:
        return self.schemas.type_of(self.root["place"], self.origin.child("place"), for_request=for_request)

    def codes(self) -> list[str]:
        """Codes of the problems, in the order in which they were found."""
        return [problem.code for problem in self.problems]

    def named(self) -> dict[str, str]:
        """The named objects that are reached from the place, both views if it was asked for both."""
        return {key: show(schema.type) for key, schema in self.schemas.all.items()}


def shown(schema: Any, named: Mapping[str, Any] | None = None, dialect: Dialect = V31) -> str:
    """The type of a schema in an answer."""
    return show(Document(schema, named, dialect).type())


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def show(kind: Type) -> str:
    """`{id!: integer, tags: [string]}`: required fields end in `!`, `?` is null, `*` any value, `+` an open list."""
    match kind:
        case Scalar(scalar, format):
            return f"{scalar.value}:{format}" if format else scalar.value
        case Enumeration(values, is_open, _, title):
            listed = ",".join(repr(value) for value in values)
            return f"{title}<{listed}{'+' if is_open else ''}>"
        case Array(items):
            return f"[{show(items)}]"
        case Map(values):
            return f"{{*: {show(values)}}}"
        case Nullable(inner):
            return f"{show(inner)}?"
        case Union(members, discriminator, tags):
            if not discriminator:
                return f"({' | '.join(map(show, members))})"
            told = zip(members, tags, strict=True)
            listed = " | ".join(f"{'/'.join(values)}={show(member)}" for member, values in told)
            return f"({discriminator}: {listed})"
        case Reference(key):
            return f"&{key}"
        case Anything():
            return "*"
        case Object(fields=fields, extra=extra):
            listed_fields = [
                f"{field.wire}{'!' if field.required else ''}: {show(field.type)}" for field in fields
            ]
            if extra is not None:
                listed_fields.append(f"*: {show(extra)}")
            return f"{{{', '.join(listed_fields)}}}"
        case _:
            assert_never(kind)
