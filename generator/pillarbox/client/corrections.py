"""Type corrections of the configuration, carried out on the model before anything is planned from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from ..config.settings import TypeCorrection
from ..config.type_paths import ArgumentPath, Items, Member, ResponsePath, Step, Values
from ..config.typetext import ArrayText, EnumText, MapText, NamedText, NullableText, TypeText
from ..lock.claims import Claims
from ..model.api import Body, FormBody, GraphQLBody, JsonBody, MultipartBody, Operation, Response, TextBody
from ..model.problems import Problem, Severity
from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Field,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Schema,
    Type,
    Union,
)
from ..naming.words import snake, valid_name
from .body_arguments import flattened
from .operations import NamedOperation
from .response_sites import successes

__all__ = ["corrected", "expected_name"]


class _Missing(Exception):
    """The path leads to nothing in the spec."""


def _type(text: TypeText) -> Type:
    match text:
        case NamedText("any"):
            return Anything("by configuration")
        case NamedText(name):
            return Scalar(ScalarKind(name))
        case EnumText(values, is_open):
            return Enumeration(values, is_open)
        case ArrayText(items):
            return Array(_type(items))
        case MapText(values):
            return Map(_type(values))
        case NullableText(inner):
            return Nullable(_type(inner))
        case _:
            assert_never(text)


class _Corrector:
    """One correction on its way through the types. Named objects are shared: what is inside of one is corrected there."""

    def __init__(
        self, correction: TypeCorrection, schemas: Mapping[str, Schema], was_flattened: bool
    ) -> None:
        self._correction = correction
        self._schemas = schemas
        self._was_flattened = was_flattened
        self.changed: dict[str, Schema] = {}

    def _type(self, kind: Type) -> Type:
        return kind if self._correction.type is None else _type(self._correction.type)

    def _required(self, required: bool) -> bool:
        return required if self._correction.required is None else self._correction.required

    def _field(self, field: Field, rest: Sequence[Step]) -> Field:
        if rest:
            return replace(field, type=self._at(field.type, rest))
        return replace(field, type=self._type(field.type), required=self._required(field.required))

    def _at(self, kind: Type, steps: Sequence[Step]) -> Type:
        """`kind`, corrected where `steps` lead."""
        if not steps:
            return self._type(kind)
        step, rest = steps[0], steps[1:]
        match kind, step:
            case Nullable(inner), _:
                return Nullable(self._at(inner, steps))
            case Reference(name), _ if name in self._schemas:
                self._shared(name, lambda shared: self._at(shared, steps))
                return kind
            case Union(), _:
                return self._any_member(kind, lambda member: self._at(member, steps))
            case Array(items), Items():
                return Array(self._at(items, rest))
            case Map(values), Values():
                return Map(self._at(values, rest))
            case Object(extra=extra), Values() if extra is not None:
                return replace(kind, extra=self._at(extra, rest))
            case Object(), Member(wire):
                return replace(kind, fields=self._fields(kind.fields, wire, rest))
            case _:
                raise _Missing

    def _shared(self, name: str, change: Callable[[Type], Type]) -> None:
        schema = self.changed.get(name) or self._schemas[name]
        kind = change(schema.type)
        if not isinstance(kind, Object):
            raise _Missing
        if kind != schema.type:
            # Equal where the path leads through another reference, perhaps one to this very object.
            self.changed[name] = replace(schema, type=kind)

    def _any_member(self, kind: Union, change: Callable[[Type], Type]) -> Type:
        """The union with those members changed that the path leads into."""
        members: list[Type] = []
        found = False
        for member in kind.members:
            try:
                members.append(change(member))
                found = True
            except _Missing:
                members.append(member)
        if not found:
            raise _Missing
        return replace(kind, members=tuple(members))

    def _fields(self, fields: tuple[Field, ...], wire: str, rest: Sequence[Step]) -> tuple[Field, ...]:
        if all(field.wire != wire for field in fields):
            raise _Missing
        return tuple(self._field(field, rest) if field.wire == wire else field for field in fields)

    def response(self, operation: Operation, path: ResponsePath) -> Operation:
        good = successes(operation)
        changed = 0
        responses: list[Response] = []
        for response in operation.responses:
            if response in good and response.type is not None:
                try:
                    responses.append(replace(response, type=self._at(response.type, path.steps)))
                    changed += 1
                    continue
                except _Missing:
                    pass
            responses.append(response)
        if not changed:
            raise _Missing
        return replace(operation, responses=tuple(responses))

    def _body(self, body: Body | None, wire: str, rest: Sequence[Step]) -> Body:
        match body:
            case JsonBody(type=kind):
                return replace(body, type=self._at(kind, (Member(wire), *rest)))
            case FormBody(fields=fields):
                return replace(body, fields=self._fields(fields, wire, rest))
            case GraphQLBody(variables=fields):
                return replace(body, variables=self._fields(fields, wire, rest))
            case TextBody(placeholders=fields):
                return replace(body, placeholders=self._fields(fields, wire, rest))
            case MultipartBody(parts=parts):
                if all(part.field.wire != wire for part in parts):
                    raise _Missing
                changed = tuple(
                    replace(part, field=self._field(part.field, rest)) if part.field.wire == wire else part
                    for part in parts
                )
                return replace(body, parts=changed)
            case _:
                raise _Missing

    def argument(
        self, operation: Operation, path: ArgumentPath, name_of: Callable[[str, str], str]
    ) -> Operation:
        for number, parameter in enumerate(operation.parameters):
            if name_of(parameter.location.value, parameter.wire) == path.argument:
                kind, required = self._at(parameter.type, path.steps), self._required(parameter.required)
                changed = replace(parameter, type=kind, required=required)
                before, after = operation.parameters[:number], operation.parameters[number + 1 :]
                return replace(operation, parameters=(*before, changed, *after))
        body = operation.body
        for wire in self._wires(body):
            if name_of("body", wire) == path.argument:
                return replace(operation, body=self._body(body, wire, path.steps))
        if isinstance(body, JsonBody) and path.argument == "body":
            return replace(operation, body=replace(body, type=self._at(body.type, path.steps)))
        raise _Missing

    def _wires(self, body: Body | None) -> tuple[str, ...]:
        match body:
            case JsonBody(type=kind):
                flat = flattened(kind, "", self._schemas, was_flattened=self._was_flattened)
                return () if flat is None else tuple(field.wire for field in flat.fields)
            case FormBody(fields=fields) | GraphQLBody(variables=fields) | TextBody(placeholders=fields):
                return tuple(field.wire for field in fields)
            case MultipartBody(parts=parts):
                return tuple(part.field.wire for part in parts)
            case _:
                return ()


def expected_name(claims: Claims, operation: str, kind: str, wire: str) -> str:
    """The name of an argument before arguments have names: the locked one, else that of its words."""
    locked = claims.locked("argument", operation, {"in": kind, "wire": wire})
    return locked or valid_name(snake(wire), "argument")


def corrected(
    operations: Sequence[NamedOperation],
    schemas: Mapping[str, Schema],
    corrections: Sequence[TypeCorrection],
    claims: Claims,
) -> tuple[tuple[NamedOperation, ...], Mapping[str, Schema], tuple[Problem, ...]]:
    """The operations and named objects with their types corrected; a correction that matches nothing is a problem.

    One that leads into a named object corrects it for every use of it, and a note reports that.
    """
    found = {named.qualified: named for named in operations}
    objects = dict(schemas)
    problems: list[Problem] = []
    for correction in corrections:
        path = correction.at
        named = found.get(path.operation)
        name_of = partial(expected_name, claims, path.operation)
        corrector = _Corrector(correction, objects, claims.was_flattened(path.operation))
        try:
            if named is None:
                raise _Missing
            if isinstance(path, ResponsePath):
                operation = corrector.response(named.operation, path)
            else:
                operation = corrector.argument(named.operation, path, name_of)
        except _Missing:
            origin = operations[0].operation.origin if named is None else named.operation.origin
            text = f"the correction `{correction.text}` of the configuration meets no place of the spec"
            problems.append(Problem(Severity.WARNING, "unused-correction", text, origin))
            continue
        found[path.operation] = replace(named, operation=operation)
        objects |= corrector.changed
        problems += (
            Problem(
                Severity.NOTE,
                "shared-correction",
                f"the correction `{correction.text}` changes `{schema.name}` wherever it is used",
                schema.origin,
            )
            for schema in corrector.changed.values()
        )
    return tuple(found[named.qualified] for named in operations), objects, tuple(problems)
