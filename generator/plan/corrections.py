"""Type corrections of the configuration, carried out on the model before anything is planned from it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from ..config.places import AnswerPlace, ArgumentPlace, Items, Member, Step, Values
from ..config.settings import TypeCorrection
from ..config.typetext import ArrayText, EnumText, MapText, NamedText, NullableText, TypeText
from ..model.api import (
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Operation,
    Response,
    TextBody,
)
from ..model.problems import Problem, Severity
from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Field,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
)
from . import names
from .lock import Claims
from .operations import NamedOperation
from .places import successes

__all__ = ["corrected"]


class _Missing(Exception):
    """The place is not in the spec."""


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


def _field(field: Field, rest: Sequence[Step], correction: TypeCorrection) -> Field:
    if rest:
        return replace(field, type=_at(field.type, rest, correction))
    required = field.required if correction.required is None else correction.required
    kind = field.type if correction.type is None else _type(correction.type)
    return replace(field, type=kind, required=required)


def _at(kind: Type, steps: Sequence[Step], correction: TypeCorrection) -> Type:
    """`kind` with the place below it that `steps` lead to corrected."""
    if not steps:
        return kind if correction.type is None else _type(correction.type)
    step, rest = steps[0], steps[1:]
    match kind, step:
        case Nullable(inner), _:
            return Nullable(_at(inner, steps, correction))
        case Array(items), Items():
            return Array(_at(items, rest, correction))
        case Map(values), Values():
            return Map(_at(values, rest, correction))
        case Object(), Member(wire):
            fields = _fields(kind.fields, wire, rest, correction)
            return replace(kind, fields=fields)
        case _:
            raise _Missing


def _fields(
    fields: tuple[Field, ...], wire: str, rest: Sequence[Step], correction: TypeCorrection
) -> tuple[Field, ...]:
    if all(field.wire != wire for field in fields):
        raise _Missing
    return tuple(_field(field, rest, correction) if field.wire == wire else field for field in fields)


def _answer(operation: Operation, place: AnswerPlace, correction: TypeCorrection) -> Operation:
    good = successes(operation)
    changed = 0
    responses: list[Response] = []
    for answer in operation.responses:
        if answer in good and answer.type is not None:
            try:
                responses.append(replace(answer, type=_at(answer.type, place.steps, correction)))
                changed += 1
                continue
            except _Missing:
                pass
        responses.append(answer)
    if not changed:
        raise _Missing
    return replace(operation, responses=tuple(responses))


def _body(body: Body | None, wire: str, rest: Sequence[Step], correction: TypeCorrection) -> Body:
    match body:
        case JsonBody(type=Object(fields=fields) as kind):
            return replace(body, type=replace(kind, fields=_fields(fields, wire, rest, correction)))
        case FormBody(fields=fields):
            return replace(body, fields=_fields(fields, wire, rest, correction))
        case GraphQLBody(variables=fields):
            return replace(body, variables=_fields(fields, wire, rest, correction))
        case TextBody(holes=fields):
            return replace(body, holes=_fields(fields, wire, rest, correction))
        case MultipartBody(parts=parts):
            if all(part.field.wire != wire for part in parts):
                raise _Missing
            changed = tuple(
                replace(part, field=_field(part.field, rest, correction)) if part.field.wire == wire else part
                for part in parts
            )
            return replace(body, parts=changed)
        case _:
            raise _Missing


def _argument(
    operation: Operation, place: ArgumentPlace, correction: TypeCorrection, name_of: Callable[[str, str], str]
) -> Operation:
    for number, parameter in enumerate(operation.parameters):
        if name_of(parameter.place.value, parameter.wire) == place.argument:
            required = parameter.required if correction.required is None else correction.required
            changed = replace(parameter, type=_at(parameter.type, place.steps, correction), required=required)
            before, after = operation.parameters[:number], operation.parameters[number + 1 :]
            return replace(operation, parameters=(*before, changed, *after))
    body = operation.body
    for wire in _wires(body):
        if name_of("body", wire) == place.argument:
            return replace(operation, body=_body(body, wire, place.steps, correction))
    if isinstance(body, JsonBody) and place.argument == "body":
        return replace(operation, body=replace(body, type=_at(body.type, place.steps, correction)))
    raise _Missing


def _wires(body: Body | None) -> tuple[str, ...]:
    match body:
        case JsonBody(type=Object(fields=fields)) | FormBody(fields=fields):
            return tuple(field.wire for field in fields)
        case GraphQLBody(variables=fields) | TextBody(holes=fields):
            return tuple(field.wire for field in fields)
        case MultipartBody(parts=parts):
            return tuple(part.field.wire for part in parts)
        case _:
            return ()


def corrected(
    operations: Sequence[NamedOperation], corrections: Sequence[TypeCorrection], claims: Claims
) -> tuple[tuple[NamedOperation, ...], tuple[Problem, ...]]:
    """The operations with their types corrected; a correction that meets no place is a problem."""
    found = {named.qualified: named for named in operations}
    problems: list[Problem] = []
    for correction in corrections:
        place = correction.at
        named = found.get(place.operation)

        def name_of(kind: str, wire: str, qualified: str = place.operation) -> str:
            locked = claims.locked("argument", qualified, {"in": kind, "wire": wire})
            return locked or names.valid(names.snake(wire), "argument")

        try:
            if named is None:
                raise _Missing
            if isinstance(place, AnswerPlace):
                operation = _answer(named.operation, place, correction)
            else:
                operation = _argument(named.operation, place, correction, name_of)
            found[place.operation] = replace(named, operation=operation)
        except _Missing:
            origin = operations[0].operation.origin if named is None else named.operation.origin
            text = f"the correction `{correction.text}` of the configuration meets no place of the spec"
            problems.append(Problem(Severity.WARNING, "unused-correction", text, origin))
    return tuple(found[named.qualified] for named in operations), tuple(problems)
