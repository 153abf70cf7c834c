"""Operations -> methods and the constants they send."""

import builtins
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from ..client import types as py
from ..client.api import Default, Method as ClientMethod, Parameter, Response
from ..client.arguments import takes_body_or_fields
from ..client.request import (
    BinaryBody,
    Body,
    FixedQuery,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    ParameterStyle,
    Placeholder,
    Request,
    Style,
    Template,
    TextBody,
)
from ..client.types import PyType
from ..config.editions import Edition
from ..text.python import PythonCode, identifier, literal
from . import line_breaks
from .brackets import Brackets, Piece, annotation_of, before, call, laid_out, mapping, sequence
from .declarations import declaration
from .docstrings import Repeats, method_doc
from .imports import Imports
from .nodes import Constant, Group, Method

__all__ = ["Scope", "address_text", "constant_name", "hidden_builtins", "plan_constant", "plan_method"]

_DEFAULT_MEDIA_TYPES = {
    JsonBody: "application/json",
    FormBody: "application/x-www-form-urlencoded",
    GraphQLBody: "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the methods of one class are written in."""

    imports: Imports
    """What the methods need, in the module of either class."""
    constant_imports: Imports
    """What the constants need besides: of the synchronous module."""
    edition: Edition
    security: tuple[tuple[str, ...], ...]
    """The client's default."""
    models: PythonCode
    """What is before the name of a model."""
    repeats: Repeats = field(default_factory=Repeats)
    """What the methods of the class have documented so far."""
    hidden: frozenset[str] = frozenset()
    """Builtins that members of the class hide from the annotations in it."""
    overwritten: frozenset[str] = frozenset()
    """Builtins that the packages below the module hide from all of it, once they are imported."""


def hidden_builtins(names: Iterable[str]) -> frozenset[str]:
    """Builtins that members of a class hide from the annotations in it."""
    return frozenset(name for name in names if hasattr(builtins, name))


def constant_name(method: str) -> str:
    """`get_token` -> `_GET_TOKEN`."""
    return f"_{method.strip('_').upper()}"


def address_text(template: Template) -> str:
    """A path or an address as constants hold it: placeholders in braces, which cannot be part of their names."""
    return "".join(
        piece if isinstance(piece, str) else f"{{{_placeholder_text(piece)}}}" for piece in template
    )


def _placeholder_text(placeholder: Placeholder) -> str:
    return placeholder.wire.replace("{", "%7B").replace("}", "%7D")


def _lambda(kind: PyType, scope: Scope) -> Piece:
    """Module level: no method hides a builtin there."""
    if kind == py.NONE:
        return PythonCode("None")
    return before(PythonCode("lambda: "), annotation_of(kind, scope.models, scope.overwritten))


def _returns_argument(responses: Sequence[Response], scope: Scope) -> Iterator[Piece]:
    kinds = [(item.status, item.returns) for item in responses if item.returns is not None]
    different = {kind for _, kind in kinds}
    if not kinds:
        yield PythonCode("returns=lambda: Any")
    elif len(different) == 1:
        (kind,) = different
        if kind != py.NONE:
            yield before(PythonCode("returns="), _lambda(kind, scope))
    else:
        entries = mapping((literal(status), _lambda(kind, scope)) for status, kind in kinds)
        yield before(PythonCode("returns="), entries)


def _texts(pairs: Sequence[tuple[str, str]]) -> Brackets:
    return mapping((literal(key), literal(value)) for key, value in pairs)


def _headers(request: Request) -> Brackets:
    """Values of one name are several lines."""
    lines: dict[str, list[str]] = {}
    for header in request.headers:
        lines.setdefault(header.wire, []).append(header.value)
    return mapping(
        (literal(wire), literal(values[0]) if len(values) == 1 else sequence(map(literal, values)))
        for wire, values in lines.items()
    )


def _fixed_piece(fixed: FixedQuery) -> Piece:
    if not fixed.before:
        return literal(fixed.text)
    return sequence([literal(fixed.before), literal(fixed.text)])


def _security(security: Sequence[Sequence[str]]) -> Brackets:
    """`(("oauth2",), ("api_key", "app_id"))`."""
    return sequence(sequence(map(literal, group)) for group in security)


def security_code(security: Sequence[Sequence[str]]) -> PythonCode:
    """`(("oauth2",), ("api_key", "app_id"))`, as an argument of `Configuration`."""
    return laid_out(_security(security), 4, used=len("security="))


def _media_type(body: Body | None) -> str | None:
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


_STYLED = {Location.PATH: "path", Location.HEADER: "headers", Location.COOKIE: "cookies"}
_PLAIN = {Location.PATH: (Style.SIMPLE, Style.COMMA), Location.HEADER: (Style.SIMPLE, Style.COMMA)}
"""Styles that are what the location does anyway; elsewhere that is `SIMPLE` alone."""


def _query_style(style: ParameterStyle) -> str:
    text = "" if style.style is Style.SIMPLE else style.style.value
    return f"+{text}" if style.reserved else text


def _styles(request: Request) -> Iterator[Piece]:
    """How the values of parameters and form fields become text, where it is not the plain way of their location."""
    query = [(item.wire, _query_style(item)) for item in request.styles if item.location is Location.QUERY]
    if query:
        yield before(PythonCode("query="), _texts(query))
    if isinstance(request.body, FormBody):
        form = [(wire, style.value) for wire, style in request.body.styles if style is not Style.SIMPLE]
        if form:
            yield before(PythonCode("form="), _texts(form))
    others: dict[str, list[tuple[str, str]]] = {}
    for item in request.styles:
        keyword = _STYLED.get(item.location)
        if keyword and item.style not in _PLAIN.get(item.location, (Style.SIMPLE,)):
            others.setdefault(keyword, []).append((item.wire, item.style.value))
    if others:
        entries = mapping((literal(keyword), _texts(styles)) for keyword, styles in others.items())
        yield before(PythonCode("styles="), entries)


def plan_constant(method: ClientMethod, name: PythonCode, scope: Scope) -> Constant:
    """The constant of a method: everything that is not its client's default."""
    imports = scope.constant_imports
    imports.need(method.returns)
    imports.need_tags(method.returns, "._runtime")
    if not method.returned:
        imports.need(py.ANY)
    opening, margin, closing = line_breaks.around(
        name, method.returns, lambda kind: py.spell(kind, models=scope.models, hidden=scope.overwritten)
    )
    arguments = tuple(laid_out(argument, len(margin)) for argument in _constant_arguments(method, scope))
    return Constant(name=name, opening=opening, margin=margin, closing=closing, arguments=arguments)


def _constant_arguments(method: ClientMethod, scope: Scope) -> Iterator[Piece]:
    request = method.request
    yield literal(request.method)
    yield literal(address_text(request.path))
    yield from _returns_argument(method.returned, scope)
    if request.headers:
        yield before(PythonCode("headers="), _headers(request))
    yield from _styles(request)
    if request.fixed_query:
        yield before(PythonCode("fixed_query="), sequence(map(_fixed_piece, request.fixed_query)))
    if isinstance(request.body, MultipartBody):
        parts = [(part.wire, part.content_type) for part in request.body.parts if part.content_type]
        if parts:
            yield before(PythonCode("parts="), _texts(parts))
    media_type = _media_type(request.body)
    if media_type is not None:
        yield PythonCode("media_type={}").format(literal(media_type))
    if request.server is not None:
        yield PythonCode("server={}").format(literal(address_text(request.server)))
    if request.security != scope.security:
        yield before(PythonCode("security="), _security(request.security))


def _entry(argument: Parameter) -> PythonCode:
    return PythonCode("{}: {}").format(literal(argument.wire), identifier(argument.name))


_GROUPS = (
    (Location.PATH, "path"),
    (Location.SERVER, "server"),
    (Location.QUERY, "query"),
    (Location.HEADER, "headers"),
    (Location.COOKIE, "cookies"),
)


def _dict(entries: Sequence[PythonCode]) -> Brackets:
    return replace(mapping(()), items=tuple(entries))


def _group(keyword: str, entries: Sequence[PythonCode]) -> Group:
    return Group(keyword=identifier(keyword), entries=tuple(entries))


def _body_groups(method: ClientMethod, text_name: PythonCode) -> Iterator[Group]:
    parameters, body = method.parameters, method.request.body
    entries = [_entry(item) for item in parameters if item.location is Location.BODY_FIELD]
    whole = [identifier(item.name) for item in parameters if item.location is Location.BODY]
    match body:
        case None:
            return
        case JsonBody():
            yield _json_group(whole, entries)
        case FormBody():
            yield _group("form", entries)
        case MultipartBody():
            yield _group("multipart", entries)
        case GraphQLBody(query=query, operation_name=operation_name, always_variables=always):
            variables = before(PythonCode('"variables": '), _dict(entries))
            members = [PythonCode('"query": {}').format(text_name)] if query is not None else []
            if operation_name is not None:
                members.append(PythonCode('"operationName": {}').format(literal(operation_name)))
            if entries or always:
                members.append(laid_out(variables, 16))
            yield (
                _group("json", members)
                if members
                else Group(keyword=identifier("json"), value=PythonCode("{{}}").format())
            )
        case TextBody(syntax=syntax):
            value = sequence([text_name, _dict(entries), literal(syntax.value)])
            yield Group(keyword=identifier("text"), value=laid_out(value, 12, used=len("text=")))
            yield Group(keyword=identifier("content"), value=whole[0])
        case BinaryBody():
            yield Group(keyword=identifier("content"), value=whole[0])
        case _:
            assert_never(body)


def _json_group(whole: Sequence[PythonCode], entries: Sequence[PythonCode]) -> Group:
    """The whole body, its fields, or whichever of the two is passed."""
    if not whole:
        return _group("json", entries)
    if not entries:
        return Group(keyword=identifier("json"), value=whole[0])
    value = call(PythonCode("body_or_fields"), whole[0], _dict(entries))
    return Group(keyword=identifier("json"), value=laid_out(value, 12, used=len("json=")))


def _deprecation(method: ClientMethod, imports: Imports) -> tuple[PythonCode, ...]:
    """PEP 702: editors strike the method out, calls warn."""
    if not method.deprecated:
        return ()
    imports.add("._runtime.renamed", "deprecated", alias="_deprecated")
    return (PythonCode('@_deprecated("The API deprecates this operation.")'),)


def plan_method(method: ClientMethod, constant: PythonCode, scope: Scope) -> tuple[Method, Method]:
    """One method, spelled for the synchronous and the asynchronous class."""
    positional: list[PythonCode] = []
    keywords: list[PythonCode] = []
    scope.imports.need(method.returns)
    for parameter in method.signature:
        scope.imports.need(parameter.kind)
        if parameter.default is Default.UNSET:
            scope.imports.add("._runtime.unset", "UNSET")
        code = declaration(parameter, scope.models, scope.hidden)
        (positional if parameter.location is Location.PATH else keywords).append(code)
    if takes_body_or_fields(method.parameters):
        scope.imports.add("._runtime.body_or_fields", "body_or_fields")
    scope.imports.add("._runtime.options", "RequestOptions", typing_only=True)
    keywords.append(PythonCode("options: RequestOptions | None = None"))
    groups: list[Group] = []
    for location, keyword in _GROUPS:
        entries = [_entry(item) for item in method.parameters if item.location is location]
        if entries:
            groups.append(_group(keyword, entries))
    groups += _body_groups(method, PythonCode("{}_TEXT").format(constant))
    doc = method_doc(method, scope.edition, scope.repeats)
    found = Method(
        define=PythonCode("def"),
        send=PythonCode("return self._send("),
        name=identifier(method.name),
        constant=constant,
        positional=tuple(positional),
        keywords=tuple(keywords),
        returns=py.spell(method.returns, models=scope.models, hidden=scope.hidden),
        doc=doc.sync,
        groups=tuple(groups),
        decorators=_deprecation(method, scope.imports),
    )
    awaited = replace(
        found,
        define=PythonCode("async def"),
        send=PythonCode("return await self._send("),
        doc=doc.awaited,
    )
    return found, awaited
