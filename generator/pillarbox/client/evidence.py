"""How the types of an API were understood, in the words of the spec: what `inspect` and `explain` show as evidence.

A description keeps of this only what the losses need. The rest is collected on demand, because only a reader of `inspect`
wants it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from ..model.api import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Operation,
    Response,
    TextBody,
)
from ..model.problems import Origin
from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Evidence,
    Field,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    Schema,
    Type,
    Union,
)
from .api import Method
from .request import Location

__all__ = [
    "BodyEvidence",
    "FieldEvidence",
    "MethodEvidence",
    "ParameterEvidence",
    "ResponseEvidence",
    "SchemaEvidence",
    "method_evidence",
    "schema_evidence",
    "type_text",
    "untyped_reasons",
]

_MANY = 12
"""Values of a list shown before it is cut."""
_DEEPEST = 20
"""Levels of fields that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEvidence:
    """A field of a body, a response or a named object."""

    at: str
    """Its path, as the configuration writes it."""
    type: str
    required: bool
    evidence: Evidence | None
    deprecated: bool
    untyped: str
    """Why it has no type; empty where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterEvidence:
    """What the spec documents about a parameter."""

    type: str
    required: bool
    deprecated: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEvidence:
    """A request body."""

    media_type: str
    type: str | None
    """None for what is no JSON."""
    fields: tuple[FieldEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseEvidence:
    """A response."""

    status: int | None
    media_type: str
    type: str | None
    """None where there is no content."""
    fields: tuple[FieldEvidence, ...]
    untyped: str
    examples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEvidence:
    """All that the types of a method rest on."""

    parameters: Mapping[tuple[Location, str], ParameterEvidence]
    """By location and wire name; a body in one piece has none."""
    body: BodyEvidence | None
    responses: tuple[ResponseEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaEvidence:
    """A named object of the document, and the model that it has."""

    key: str
    name: str
    model: str
    extra: str | None
    """Type of the members that have no name of their own; None where the spec does not describe them."""
    fields: tuple[FieldEvidence, ...]
    origin: Origin


def type_text(kind: Type) -> str:
    """A type as the configuration would write it: `string?`, `"a" | "b"`, `map<date>[]`, `object`."""
    match kind:
        case Scalar(scalar):
            return scalar.value
        case Enumeration(values, open=is_open):
            shown = [json.dumps(value) for value in values[:_MANY]]
            if len(values) > _MANY:
                shown.append(f"… {len(values) - _MANY} more")
            return " | ".join((*shown, "string") if is_open else shown)
        case Array(items):
            return f"{_grouped(items)}[]"
        case Map(values):
            return f"map<{type_text(values)}>"
        case Nullable(inner):
            return f"{_grouped(inner)}?"
        case Union(members):
            return " | ".join(_grouped(member) for member in members)
        case Reference(key):
            return key
        case Anything():
            return "any"
        case Object():
            return "object"
        case _:
            assert_never(kind)


def _grouped(kind: Type) -> str:
    text = type_text(kind)
    return f"({text})" if isinstance(kind, (Union, Enumeration)) else text


def _untyped(kind: Type) -> str:
    """Why a type is unknown; empty where it is known."""
    match kind:
        case Anything(why):
            return why or "nothing is known about it"
        case Array(inner) | Map(inner) | Nullable(inner):
            return _untyped(inner)
        case _:
            return ""


def _fields(kind: Type, at: str = "", depth: int = 0) -> Iterator[tuple[str, Field]]:
    """Fields of a type and of those in it, by the path that the configuration gives them."""
    if depth > _DEEPEST:
        return
    match kind:
        case Object(fields=fields):
            for field in fields:
                plain = field.wire.replace("-", "").replace("_", "").replace("$", "").isalnum()
                step = field.wire if plain else json.dumps(field.wire)
                path = f"{at}.{step}" if at else step
                yield path, field
                yield from _fields(field.type, path, depth + 1)
        case Array(items):
            yield from _fields(items, f"{at}[]", depth + 1)
        case Map(values):
            yield from _fields(values, f"{at}{{}}", depth + 1)
        case Nullable(inner):
            yield from _fields(inner, at, depth + 1)
        case Union(members):
            for member in members:
                yield from _fields(member, at, depth + 1)
        case _:
            return


def _field(path: str, field: Field) -> FieldEvidence:
    return FieldEvidence(
        at=path,
        type=type_text(field.type),
        required=field.required,
        evidence=field.evidence,
        deprecated=field.deprecated,
        untyped=_untyped(field.type),
    )


def _spelled_out(kind: Type, schemas: Mapping[str, Schema]) -> Type:
    """A body by its fields, where it is a named object, or one of several."""
    match kind:
        case Reference(key) if key in schemas:
            return schemas[key].type
        case Nullable(inner):
            return _spelled_out(inner, schemas)
        case Union(members):
            return replace(kind, members=tuple(_spelled_out(member, schemas) for member in members))
        case _:
            return kind


def _body_fields(body: Body | None, schemas: Mapping[str, Schema]) -> list[tuple[str, Field]]:
    match body:
        case None | BinaryBody():
            return []
        case JsonBody(type=kind):
            return list(_fields(_spelled_out(kind, schemas)))
        case FormBody(fields=fields) | TextBody(placeholders=fields) | GraphQLBody(variables=fields):
            return [(field.wire, field) for field in fields]
        case MultipartBody(parts=parts):
            return [(part.field.wire, part.field) for part in parts]
        case _:
            assert_never(body)


def _media_type(body: Body) -> str:
    match body:
        case MultipartBody():
            return "multipart/form-data"
        case GraphQLBody():
            return "application/json"
        case JsonBody() | FormBody() | TextBody() | BinaryBody():
            return body.media_type
        case _:
            assert_never(body)


def _body(body: Body | None, schemas: Mapping[str, Schema]) -> BodyEvidence | None:
    if body is None:
        return None
    return BodyEvidence(
        media_type=_media_type(body),
        type=type_text(body.type) if isinstance(body, JsonBody) else None,
        fields=tuple(_field(path, field) for path, field in _body_fields(body, schemas)),
    )


def _response(response: Response) -> ResponseEvidence:
    kind = response.type
    return ResponseEvidence(
        status=response.status,
        media_type=response.media_type,
        type=None if kind is None else type_text(kind),
        fields=() if kind is None else tuple(_field(path, field) for path, field in _fields(kind)),
        untyped="" if kind is None else _untyped(kind),
        examples=len(response.examples),
    )


def _parameters(
    operation: Operation, schemas: Mapping[str, Schema]
) -> Iterator[tuple[tuple[Location, str], ParameterEvidence]]:
    for path, field in _body_fields(operation.body, schemas):
        if "." not in path:
            yield (
                (Location.BODY_FIELD, field.wire),
                ParameterEvidence(
                    type=type_text(field.type),
                    required=field.required,
                    deprecated=field.deprecated,
                    evidence=field.evidence,
                ),
            )
    for parameter in operation.parameters:
        yield (
            (Location(parameter.location.value), parameter.wire),
            ParameterEvidence(
                type=type_text(parameter.type),
                required=parameter.required,
                deprecated=parameter.deprecated,
                evidence=None,
            ),
        )


def method_evidence(method: Method, schemas: Mapping[str, Schema]) -> MethodEvidence:
    """What the types of a method rest on; `schemas` are the named objects of its API."""
    operation = method.operation
    return MethodEvidence(
        parameters=dict(_parameters(operation, schemas)),
        body=_body(operation.body, schemas),
        responses=tuple(map(_response, operation.responses)),
    )


def schema_evidence(key: str, model: str, schema: Schema) -> SchemaEvidence:
    """What the types of a named object rest on."""
    return SchemaEvidence(
        key=key,
        name=schema.name,
        model=model,
        extra=None if schema.type.extra is None else type_text(schema.type.extra),
        fields=tuple(_field(path, field) for path, field in _fields(schema.type)),
        origin=schema.origin,
    )


def untyped_reasons(operation: Operation) -> tuple[str, ...]:
    """Why each part of an operation without a type has none.

    Named objects of the document are not followed, and where the spec itself allows anything nothing is lost.
    """
    types = [parameter.type for parameter in operation.parameters]
    types += _body_types(operation.body)
    types += [response.type for response in operation.responses if response.type is not None]
    return tuple(why for kind in types for why in _reasons(kind))


def _body_types(body: Body | None) -> list[Type]:
    match body:
        case None | BinaryBody():
            return []
        case JsonBody(type=kind):
            return [kind]
        case FormBody(fields=fields) | TextBody(placeholders=fields) | GraphQLBody(variables=fields):
            return [member.type for member in fields]
        case MultipartBody(parts=parts):
            return [part.field.type for part in parts]
        case _:
            assert_never(body)


def _reasons(kind: Type) -> Iterator[str]:
    """Without recursion: schemas may be nested deeply."""
    waiting: list[Type] = [kind]
    while waiting:
        match waiting.pop():
            case Anything(why):
                yield from filter(None, (why,))
            case Array(inner) | Map(inner) | Nullable(inner):
                waiting.append(inner)
            case Union(members):
                waiting += members
            case Object(fields=fields):
                waiting += [member.type for member in fields]
            case _:
                pass
