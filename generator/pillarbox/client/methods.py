"""Operations -> methods: parameters, what is sent, what is returned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from ..lock.claims import Claims
from ..model import api as spec
from ..model.styles import Style
from . import types as py
from .api import Method, Parameter
from .evidence import untyped_reasons
from .operations import NamedOperation
from .request import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    Json,
    JsonBody,
    Location,
    MultipartBody,
    ParameterStyle,
    Part,
    Request,
    TextBody,
)
from .response_sites import contents_of, error_key, successes
from .responses import Content, ErrorCase, Response
from .type_mapping import TypeNames, response_annotation
from .types import PyType

__all__ = ["Context", "method_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the description of every method needs."""

    names: TypeNames
    claims: Claims


def method_of(named: NamedOperation, parameters: Sequence[Parameter], context: Context) -> Method:
    """The method of an operation whose parameters are described already."""
    operation = named.operation
    responses = _responses(operation, named.qualified, context.names)
    return Method(
        resource=named.resource,
        name=named.method,
        parameters=tuple(parameters),
        old_parameters=context.claims.old_names("argument", named.qualified),
        returns=_returns([response.returns for response in responses if response.returns is not None]),
        request=_request(operation),
        responses=responses,
        errors=tuple(_error(case, named.qualified, context.names) for case in operation.errors),
        title=operation.name,
        summary=operation.summary,
        description=operation.description,
        other_media_types=operation.other_media_types,
        deprecated=operation.deprecated,
        example_values=dict(_example_values(operation)),
        untyped=untyped_reasons(operation),
        identity=operation.identity,
        origin=operation.origin,
        operation=operation,
    )


def _responses(operation: spec.Operation, qualified: str, names: TypeNames) -> tuple[Response, ...]:
    returned = {id(response) for response in successes(operation)}
    return tuple(
        Response(
            status=item.status,
            media_type=item.media_type,
            has_content=item.type is not None,
            contents=_contents(item, qualified, names) if id(item) in returned else (),
            doc=item.doc,
            headers=item.headers,
            examples=item.examples,
            origin=item.origin,
        )
        for item in operation.responses
    )


def _contents(response: spec.Response, qualified: str, names: TypeNames) -> tuple[Content, ...]:
    return tuple(
        Content(media_type, response_annotation(kind, key, names))
        for media_type, key, kind in contents_of(qualified, response)
    ) or (Content("", py.NONE),)


def _error(case: spec.ErrorCase, qualified: str, names: TypeNames) -> ErrorCase:
    body = None if case.body is None else response_annotation(case.body, error_key(qualified, case), names)
    return ErrorCase(status=case.status, code=case.code, text=case.text, body=body, origin=case.origin)


def _returns(kinds: Sequence[PyType]) -> PyType:
    """What a method returns; `Any` where no response was saved or documented."""
    if not kinds:
        return py.ANY
    if all(kind == py.NONE for kind in kinds):
        return py.NONE
    return py.either(kinds)


def _request(operation: spec.Operation) -> Request:
    return Request(
        method=operation.method,
        path=operation.path,
        fixed_query=operation.fixed_query,
        headers=operation.headers,
        styles=tuple(
            ParameterStyle(
                location=Location(parameter.location.value),
                wire=parameter.wire,
                style=parameter.style,
                reserved=parameter.reserved,
            )
            for parameter in operation.parameters
            if parameter.style is not Style.SIMPLE or parameter.reserved
        ),
        body=_body(operation.body),
        server=None if operation.server is None else operation.server.template,
        security=operation.security,
    )


def _example_values(operation: spec.Operation) -> Iterator[tuple[tuple[Location, str], Json]]:
    for parameter in operation.parameters:
        if parameter.example is not None:
            yield (Location(parameter.location.value), parameter.wire), parameter.example.value
    if operation.body is not None and operation.body.example is not None:
        value = operation.body.example.value
        if isinstance(value, Mapping):
            yield from (((Location.BODY_FIELD, wire), item) for wire, item in value.items())
        else:
            yield (Location.BODY, ""), value


def _body(body: spec.Body | None) -> Body | None:
    match body:
        case None:
            return None
        case spec.JsonBody():
            return JsonBody(media_type=body.media_type, optional=body.optional, origin=body.origin)
        case spec.FormBody():
            return FormBody(media_type=body.media_type, styles=body.styles, origin=body.origin)
        case spec.MultipartBody():
            return MultipartBody(parts=tuple(map(_part, body.parts)), origin=body.origin)
        case spec.GraphQLBody():
            return GraphQLBody(
                query=body.query,
                operation_name=body.operation_name,
                always_variables=body.example is not None,
                origin=body.origin,
            )
        case spec.TextBody():
            return TextBody(
                template=body.template, syntax=body.syntax, media_type=body.media_type, origin=body.origin
            )
        case spec.BinaryBody():
            return BinaryBody(
                media_type=body.media_type,
                is_text=body.is_text,
                example=None if body.example is None else body.example.value,
                origin=body.origin,
            )
        case _:
            assert_never(body)


def _part(part: spec.Part) -> Part:
    return Part(
        wire=part.field.wire,
        content_type=part.content_type,
        is_json=part.is_json,
        is_file=part.is_file,
        file_name=part.file_name,
    )
