"""Operations -> methods and the constants they send."""

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from ..client import types as py
from ..client.arguments import Argument, Default, takes_body_or_fields
from ..client.model_sites import response_key, successes
from ..client.type_mapping import TypeNames, response_annotation
from ..client.types import PyType
from ..model.api import (
    BinaryBody,
    FixedQuery,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    Operation,
    Parameter,
    Placeholder,
    Style,
    TextBody,
)
from ..text.python import PythonCode, identifier, literal
from . import line_breaks
from .declarations import declaration
from .docstrings import MethodDoc
from .imports import Imports
from .nodes import Constant, Group, Method

__all__ = ["PlannedMethod", "constant_name", "hidden_builtins", "plan_constant", "plan_method", "return_type"]

_MODELS = PythonCode("models.")
_DEFAULT_MEDIA_TYPES = {
    JsonBody: "application/json",
    FormBody: "application/x-www-form-urlencoded",
    GraphQLBody: "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMethod:
    """A method before it is spelled for its class: what both spellings share."""

    operation: Operation
    qualified: str
    name: str
    arguments: tuple[Argument, ...]
    returns: PyType
    doc: MethodDoc


def hidden_builtins(method_names: Sequence[str]) -> frozenset[str]:
    """Builtins that methods of a class hide from the annotations in it."""
    return frozenset(name for name in method_names if hasattr(builtins, name))


def _answer(operation: Operation, qualified: str, model_names: TypeNames) -> list[tuple[int | None, PyType]]:
    found: list[tuple[int | None, PyType]] = []
    for answer in successes(operation):
        key = response_key(qualified, answer)
        kind = py.NONE if answer.type is None else response_annotation(answer.type, key, model_names)
        found.append((answer.status, kind))
    return found


def return_type(operation: Operation, qualified: str, model_names: TypeNames) -> PyType:
    """What a method returns; `Any` where no answer was saved or documented."""
    answers = _answer(operation, qualified, model_names)
    if not answers:
        return py.ANY
    if all(kind == py.NONE for _, kind in answers):
        return py.NONE
    return py.either(kind for _, kind in answers)


def constant_name(method: str) -> str:
    """`get_user_token` -> `_GET_USER_TOKEN`."""
    return f"_{method.strip('_').upper()}"


def _path_text(operation: Operation) -> str:
    return "".join(
        piece if isinstance(piece, str) else f"{{{placeholder_text(piece)}}}" for piece in operation.path
    )


def placeholder_text(placeholder: Placeholder) -> str:
    """A placeholder's name as it stands in a path constant: braces cannot stand there."""
    return placeholder.wire.replace("{", "%7B").replace("}", "%7D")


def _lambda(kind: PyType) -> PythonCode:
    """Module level: no method hides a builtin there."""
    if kind == py.NONE:
        return PythonCode("None")
    return PythonCode("lambda: {}").format(py.spell(kind, models=_MODELS, tagged=True))


def spell_answer(kind: PyType, hidden: frozenset[str]) -> PythonCode:
    return py.spell(kind, models=_MODELS, hidden=hidden)


def _returns_argument(answers: list[tuple[int | None, PyType]]) -> Iterator[PythonCode]:
    kinds = {kind for _, kind in answers}
    if not answers:
        yield PythonCode("returns=lambda: Any")
    elif len(kinds) == 1:
        (kind,) = kinds
        if kind != py.NONE:
            yield PythonCode("returns={}").format(_lambda(kind))
    else:
        entries = (PythonCode("{}: {}").format(literal(status), _lambda(kind)) for status, kind in answers)
        yield PythonCode("returns={{{}}}").format(PythonCode(", ").join(entries))


def _mapping(pairs: Sequence[tuple[str, str]]) -> PythonCode:
    entries = (PythonCode("{}: {}").format(literal(key), literal(value)) for key, value in pairs)
    return PythonCode("{{{}}}").format(PythonCode(", ").join(entries))


def _headers(operation: Operation) -> PythonCode:
    """Values of one name are several lines."""
    lines: dict[str, list[str]] = {}
    for header in operation.headers:
        lines.setdefault(header.wire, []).append(header.value)
    entries = (
        PythonCode("{}: {}").format(
            literal(wire),
            literal(values[0]) if len(values) == 1 else _tuple([literal(one) for one in values]),
        )
        for wire, values in lines.items()
    )
    return PythonCode("{{{}}}").format(PythonCode(", ").join(entries))


def _fixed_piece(fixed: FixedQuery) -> PythonCode:
    if not fixed.before:
        return literal(fixed.text)
    return _tuple([literal(fixed.before), literal(fixed.text)])


def _tuple(values: Sequence[PythonCode]) -> PythonCode:
    if len(values) == 1:
        return PythonCode("({},)").format(values[0])
    return PythonCode("({})").format(PythonCode(", ").join(values))


def security_code(security: Sequence[Sequence[str]]) -> PythonCode:
    """`(("oauth2",), ("api_key", "app_id"))`."""
    return _tuple([_tuple([literal(key) for key in group]) for group in security])


def _media_type(operation: Operation) -> str | None:
    body = operation.body
    match body:
        case None | MultipartBody():
            return None
        case JsonBody(media_type=media_type) | FormBody(media_type=media_type):
            return None if media_type == _DEFAULT_MEDIA_TYPES[type(body)] else media_type
        case TextBody(media_type=media_type):
            return media_type
        case BinaryBody(media_type=media_type):
            return media_type or None
        case GraphQLBody():
            return None
        case _:
            assert_never(body)


_STYLED_PLACES = {Location.PATH: "path", Location.HEADER: "headers", Location.COOKIE: "cookies"}
_PLAIN = {Location.PATH: (Style.SIMPLE, Style.COMMA), Location.HEADER: (Style.SIMPLE, Style.COMMA)}
"""Styles that are what the place does anyway; elsewhere that is `SIMPLE` alone."""


def _query_style(parameter: Parameter) -> str:
    style = "" if parameter.style is Style.SIMPLE else parameter.style.value
    return f"+{style}" if parameter.reserved else style


def _styles(operation: Operation) -> Iterator[PythonCode]:
    """How the values of parameters and form fields become text, where it is not the plain way of their place."""
    query = [
        (parameter.wire, style)
        for parameter in operation.parameters
        if parameter.location is Location.QUERY and (style := _query_style(parameter))
    ]
    if query:
        yield PythonCode("query={}").format(_mapping(query))
    if isinstance(operation.body, FormBody):
        form = [(wire, style.value) for wire, style in operation.body.styles if style is not Style.SIMPLE]
        if form:
            yield PythonCode("form={}").format(_mapping(form))
    others: dict[str, list[tuple[str, str]]] = {}
    for parameter in operation.parameters:
        keyword = _STYLED_PLACES.get(parameter.location)
        if keyword and parameter.style not in _PLAIN.get(parameter.location, (Style.SIMPLE,)):
            others.setdefault(keyword, []).append((parameter.wire, parameter.style.value))
    if others:
        entries = (
            PythonCode("{}: {}").format(literal(place), _mapping(styles)) for place, styles in others.items()
        )
        yield PythonCode("styles={{{}}}").format(PythonCode(", ").join(entries))


def plan_constant(
    operation: Operation,
    qualified: str,
    name: PythonCode,
    model_names: TypeNames,
    default_security: tuple[tuple[str, ...], ...],
    imports: Imports,
) -> Constant:
    """The constant of an operation: everything that is not its client's default."""
    returns = return_type(operation, qualified, model_names)
    imports.need(returns)
    imports.need_tags(returns, "._runtime")
    answers = _answer(operation, qualified, model_names)
    if not answers:
        imports.need(py.ANY)
    arguments = [literal(operation.method), literal(_path_text(operation)), *_returns_argument(answers)]
    if operation.headers:
        arguments.append(PythonCode("headers={}").format(_headers(operation)))
    arguments += _styles(operation)
    if operation.fixed_query:
        pieces = _tuple([_fixed_piece(fixed) for fixed in operation.fixed_query])
        arguments.append(PythonCode("fixed_query={}").format(pieces))
    if isinstance(operation.body, MultipartBody):
        parts = [(part.field.wire, part.content_type) for part in operation.body.parts if part.content_type]
        if parts:
            arguments.append(PythonCode("parts={}").format(_mapping(parts)))
    media_type = _media_type(operation)
    if media_type is not None:
        arguments.append(PythonCode("media_type={}").format(literal(media_type)))
    if operation.server is not None:
        text = "".join(
            piece if isinstance(piece, str) else f"{{{placeholder_text(piece)}}}"
            for piece in operation.server.template
        )
        arguments.append(PythonCode("server={}").format(literal(text)))
    if operation.security != default_security:
        arguments.append(PythonCode("security={}").format(security_code(operation.security)))
    opening, margin, closing = line_breaks.around(name, returns, lambda kind: spell_answer(kind, frozenset()))
    return Constant(name=name, opening=opening, margin=margin, closing=closing, arguments=tuple(arguments))


def _entry(argument: Argument) -> PythonCode:
    return PythonCode("{}: {}").format(literal(argument.wire), identifier(argument.name))


_GROUPS = (
    ("path", "path"),
    ("server", "server"),
    ("query", "query"),
    ("header", "headers"),
    ("cookie", "cookies"),
)


def _group(keyword: str, entries: Sequence[PythonCode]) -> Group:
    return Group(keyword=identifier(keyword), entries=tuple(entries))


def _body_groups(
    operation: Operation, arguments: Sequence[Argument], text_name: PythonCode
) -> Iterator[Group]:
    entries = [_entry(argument) for argument in arguments if argument.location == "body"]
    whole = [identifier(argument.name) for argument in arguments if argument.location == "whole"]
    match operation.body:
        case None:
            return
        case JsonBody():
            yield _json_group(whole, entries)
        case FormBody():
            yield _group("form", entries)
        case MultipartBody():
            yield _group("multipart", entries)
        case GraphQLBody(query=query, operation_name=operation_name, example=example):
            variables = PythonCode("{{{}}}").format(PythonCode(", ").join(entries))
            members = [PythonCode('"query": {}').format(text_name)] if query is not None else []
            if operation_name is not None:
                members.append(PythonCode('"operationName": {}').format(literal(operation_name)))
            if entries or example is not None:
                members.append(PythonCode('"variables": {}').format(variables))
            yield (
                _group("json", members)
                if members
                else Group(keyword=identifier("json"), value=PythonCode("{{}}").format())
            )
        case TextBody(syntax=syntax):
            placeholders = PythonCode("{{{}}}").format(PythonCode(", ").join(entries))
            value = PythonCode("({}, {}, {})").format(text_name, placeholders, literal(syntax.value))
            yield Group(keyword=identifier("text"), value=value)
            yield Group(keyword=identifier("content"), value=whole[0])
        case BinaryBody():
            yield Group(keyword=identifier("content"), value=whole[0])
        case _:
            assert_never(operation.body)


def _json_group(whole: Sequence[PythonCode], entries: Sequence[PythonCode]) -> Group:
    """The whole body, its fields, or whichever of the two is given."""
    if not whole:
        return _group("json", entries)
    if not entries:
        return Group(keyword=identifier("json"), value=whole[0])
    fields = PythonCode("{{{}}}").format(PythonCode(", ").join(entries))
    value = PythonCode("body_or_fields({}, {})").format(whole[0], fields)
    return Group(keyword=identifier("json"), value=value)


def _deprecation(method: PlannedMethod, imports: Imports) -> tuple[PythonCode, ...]:
    """PEP 702: editors strike the method out, calls warn."""
    if not method.operation.deprecated:
        return ()
    imports.add("._runtime.renamed", "deprecated", alias="_deprecated")
    return (PythonCode('@_deprecated("The API deprecates this operation.")'),)


def plan_method(
    method: PlannedMethod, constant: PythonCode, hidden: frozenset[str], imports: Imports
) -> tuple[Method, Method]:
    """One method, spelled for the synchronous and the asynchronous class."""
    positional: list[PythonCode] = []
    keywords: list[PythonCode] = []
    for argument in method.arguments:
        imports.need(argument.kind)
        if argument.default is Default.UNSET:
            imports.add("._runtime.unset", "UNSET")
        code = declaration(argument, _MODELS, hidden)
        (positional if argument.location == "path" else keywords).append(code)
    if takes_body_or_fields(method.arguments):
        imports.add("._runtime.body_or_fields", "body_or_fields")
    imports.add("._runtime.options", "RequestOptions", typing_only=True)
    keywords.append(PythonCode("options: RequestOptions | None = None"))
    groups: list[Group] = []
    for place, keyword in _GROUPS:
        entries = [_entry(argument) for argument in method.arguments if argument.location == place]
        if entries:
            groups.append(_group(keyword, entries))
    groups += _body_groups(method.operation, method.arguments, PythonCode("{}_TEXT").format(constant))
    found = Method(
        define=PythonCode("def"),
        send=PythonCode("return self._send("),
        name=identifier(method.name),
        constant=constant,
        positional=tuple(positional),
        keywords=tuple(keywords),
        returns=spell_answer(method.returns, hidden),
        doc=method.doc.sync,
        groups=tuple(groups),
        decorators=_deprecation(method, imports),
    )
    awaited = replace(
        found,
        define=PythonCode("async def"),
        send=PythonCode("return await self._send("),
        doc=method.doc.awaited,
    )
    return found, awaited
