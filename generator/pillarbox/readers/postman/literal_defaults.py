"""Defaults from literals that differ between requests to one endpoint (`grant_type`, `action`)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...model.api import FormBody, JsonBody, Location, Operation, Parameter
from ...model.types import Enumeration, Field, Json, Object, Scalar, ScalarKind
from ..secret_names import name_words

__all__ = ["with_defaults"]

_SELECTORS = frozenset(
    "type action mode kind operation op method command cmd function event intent grant flow verb".split()
)
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.:\-][A-Za-z0-9]+)*")
_MAX_LENGTH = 60


def _selects(wire: str) -> bool:
    words = name_words(wire)
    return bool(words) and words[-1] in _SELECTORS


def _is_identifier(value: Json) -> bool:
    return isinstance(value, str) and len(value) <= _MAX_LENGTH and _IDENTIFIER.fullmatch(value) is not None


def _takes_text(kind: object) -> bool:
    return kind == Scalar(ScalarKind.STRING) or isinstance(kind, Enumeration)


def _query_literals(operation: Operation) -> dict[str, Json]:
    return {
        parameter.wire: parameter.example.value
        for parameter in operation.parameters
        if parameter.location is Location.QUERY
        and parameter.enabled
        and parameter.example is not None
        and parameter.example.as_written is None
        and _takes_text(parameter.type)
    }


def _body_fields(operation: Operation) -> tuple[Field, ...]:
    match operation.body:
        case FormBody(fields=fields) | JsonBody(type=Object(fields=fields)):
            return fields
        case _:
            return ()


def _body_literals(operation: Operation) -> dict[str, Json]:
    body = operation.body
    if not isinstance(body, FormBody | JsonBody) or body.example is None:
        return {}
    values, written = body.example.value, body.example.as_written
    shown = body.enabled if isinstance(body, FormBody) else None
    if not isinstance(values, dict):
        return {}
    return {
        field.wire: values[field.wire]
        for field in _body_fields(operation)
        if field.wire in values
        and _takes_text(field.type)
        and (shown is None or field.wire in shown)
        and (not isinstance(written, dict) or written.get(field.wire) == values[field.wire])
        and (not isinstance(written, str) or f'"{values[field.wire]}"' in written)
    }


def _discriminating(
    group: Sequence[Operation], literals: Callable[[Operation], dict[str, Json]]
) -> list[dict[str, Json]]:
    """Of each operation the literals by which its siblings differ: all have them, and not all the same."""
    found = [literals(operation) for operation in group]
    common = [
        wire
        for wire in found[0]
        if _selects(wire)
        and all(_is_identifier(one.get(wire)) for one in found)
        and len({one[wire] for one in found}) > 1
    ]
    return [{wire: one[wire] for wire in common} for one in found]


def _with(operation: Operation, query: dict[str, Json], fields: dict[str, Json]) -> Operation:
    if query:
        parameters: list[Parameter] = [
            (
                replace(parameter, default=query[parameter.wire], required=False)
                if parameter.location is Location.QUERY and parameter.wire in query
                else parameter
            )
            for parameter in operation.parameters
        ]
        operation = replace(operation, parameters=tuple(parameters))
    if fields:
        made = tuple(
            replace(field, default=fields[field.wire], required=False) if field.wire in fields else field
            for field in _body_fields(operation)
        )
        match operation.body:
            case FormBody() as form:
                operation = replace(operation, body=replace(form, fields=made))
            case JsonBody(type=Object() as kind) as body:
                operation = replace(operation, body=replace(body, type=replace(kind, fields=made)))
            case _:
                pass
    return operation


def with_defaults(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The operations, with defaults for the literals by which those of one method, server and path differ."""
    groups: dict[tuple[str, object], list[int]] = {}
    for index, operation in enumerate(operations):
        groups.setdefault((operation.identity.route, operation.server), []).append(index)
    result = list(operations)
    for indexes in groups.values():
        if len(indexes) < 2:
            continue
        group = [operations[index] for index in indexes]
        queries, fields = _discriminating(group, _query_literals), _discriminating(group, _body_literals)
        for index, query, field in zip(indexes, queries, fields, strict=True):
            if query or field:
                result[index] = _with(result[index], query, field)
    return tuple(result)
