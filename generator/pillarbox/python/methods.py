"""Operations -> methods and the constants they send."""

import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from ..client import types as py
from ..client.api import Default, Method as ClientMethod, Parameter
from ..client.arguments import takes_body_or_fields
from ..client.parameter_styles import spelled_styles
from ..client.request import (
    BinaryBody,
    Body,
    FixedQuery,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    Placeholder,
    Request,
    Template,
    TextBody,
)
from ..client.responses import is_plain
from ..client.runtime_files import has_placeholder
from ..client.runtime_names import runtime_module
from ..client.types import PyType
from ..config.editions import Edition
from ..text.python import PythonCode, identifier, literal
from . import line_breaks
from .brackets import Brackets, Piece, annotation_of, before, call, flat, laid_out, mapping, sequence
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


def _returns_argument(method: ClientMethod, scope: Scope) -> Iterator[Piece]:
    """The type of a JSON response, else the table; nothing where the spec says nothing about a response."""
    table = method.table
    if not is_plain(table):
        entries = (
            (flat(sequence([literal(status), literal(content.media_type)])), _lambda(content.kind, scope))
            for status, content in table
        )
        yield before(PythonCode("returns="), mapping(entries))
    elif table and table[0][1].media_type != "*/*":
        yield before(PythonCode("returns="), _lambda(table[0][1].kind, scope))


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
    """`(("oauth2",), ("api_key", "app_id"))`, as an argument of `Signing` in that of `Configuration`."""
    return laid_out(_security(security), 8, used=len("security="))


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


def _runtime(imports: Imports, name: str) -> PythonCode:
    """A name of the runtime, imported."""
    imports.add(runtime_module(name), name)
    return identifier(name)


def _styles(method: ClientMethod, scope: Scope) -> dict[str, Brackets]:
    """How the values of parameters become text, where it is not the plain way of their location: by keyword."""
    found: dict[str, list[tuple[PythonCode, Piece]]] = {}
    for style in spelled_styles(method):
        name = [literal(style.name)] if style.name else []
        code = PythonCode("{}({})").format(
            _runtime(scope.constant_imports, style.function), PythonCode(", ").join(name)
        )
        found.setdefault(style.keyword, []).append((literal(style.wire), code))
    return {keyword: mapping(entries) for keyword, entries in found.items()}


def _style_arguments(styles: Mapping[str, Brackets]) -> Iterator[Piece]:
    if "query" in styles:
        yield before(PythonCode("query="), styles["query"])
    others = [
        (literal(keyword), style) for keyword, style in styles.items() if keyword not in ("query", "form")
    ]
    if others:
        yield before(PythonCode("styles="), mapping(others))


def _encoder(body: Body | None, text: PythonCode, form: Brackets | None, scope: Scope) -> Piece | None:
    """What encodes the fields of a body; None for JSON, a plain form and a body in one piece."""
    match body:
        case MultipartBody(parts=parts):
            types = [(part.wire, part.content_type) for part in parts if part.content_type]
            arguments: list[Piece] = [_texts(types)] if types else []
            if names := [literal(part.wire) for part in parts if part.is_json]:
                arguments.append(before(PythonCode("as_json="), sequence(names)))
            return call(_runtime(scope.constant_imports, "multipart_body"), *arguments)
        case TextBody(syntax=syntax):
            return call(_runtime(scope.constant_imports, "text_body"), text, literal(syntax.value))
        case FormBody() if form is not None:
            return call(_runtime(scope.constant_imports, "form_body"), form)
        case None | JsonBody() | FormBody() | GraphQLBody() | BinaryBody():
            return None
        case _:
            assert_never(body)


def plan_constant(method: ClientMethod, name: PythonCode, scope: Scope) -> Constant:
    """The constant of a method: everything that is not its client's default."""
    imports = scope.constant_imports
    for kind in method.decoded:
        imports.need(kind)
        imports.need_tags(kind, ".")
    opening, margin, closing = line_breaks.around(
        name, method.returns, lambda kind: py.spell(kind, models=scope.models, hidden=scope.overwritten)
    )
    arguments = tuple(
        laid_out(argument, len(margin)) for argument in _constant_arguments(method, name, scope)
    )
    return Constant(name=name, opening=opening, margin=margin, closing=closing, arguments=arguments)


def _constant_arguments(method: ClientMethod, name: PythonCode, scope: Scope) -> Iterator[Piece]:
    request, styles = method.request, _styles(method, scope)
    yield literal(request.method)
    yield literal(address_text(request.path))
    yield from _returns_argument(method, scope)
    if request.headers:
        yield before(PythonCode("headers="), _headers(request))
    yield from _style_arguments(styles)
    if request.fixed_query:
        yield before(PythonCode("fixed_query="), sequence(map(_fixed_piece, request.fixed_query)))
    encoder = _encoder(request.body, PythonCode("{}_TEXT").format(name), styles.get("form"), scope)
    if encoder is not None:
        yield before(PythonCode("body="), encoder)
    if _may_be_absent(method):
        yield PythonCode("optional_body=True")
    media_type = _media_type(request.body)
    if media_type is not None:
        yield PythonCode("media_type={}").format(literal(media_type))
    if request.server is not None:
        server = literal(address_text(request.server))
        if has_placeholder(request.server):
            server = PythonCode("{}({})").format(_runtime(scope.constant_imports, "address"), server)
        yield PythonCode("server={}").format(server)
    if request.security != scope.security:
        yield before(PythonCode("security="), _security(request.security))


def _may_be_absent(method: ClientMethod) -> bool:
    """Whether a call may give no field of a body that need not be sent."""
    fields = [item for item in method.parameters if item.location is Location.BODY_FIELD]
    is_optional = isinstance(method.request.body, JsonBody) and method.request.body.optional
    return is_optional and bool(fields) and all(item.default is Default.UNSET for item in fields)


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


def _fields(keyword: str, entries: Sequence[PythonCode]) -> Group:
    """Fields of a body, which is sent also where it has none."""
    if entries:
        return _group(keyword, entries)
    return Group(keyword=identifier(keyword), value=PythonCode("{{}}").format())


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
            yield _fields("body", entries)
        case MultipartBody():
            yield _fields("body", entries)
        case GraphQLBody(query=query, operation_name=operation_name, always_variables=always):
            variables = before(PythonCode('"variables": '), _dict(entries))
            members = [PythonCode('"query": {}').format(text_name)] if query is not None else []
            if operation_name is not None:
                members.append(PythonCode('"operationName": {}').format(literal(operation_name)))
            if entries or always:
                members.append(laid_out(variables, 16))
            yield _fields("json", members)
        case TextBody():
            yield _fields("body", entries)
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
    imports.add(runtime_module("deprecated"), "deprecated", alias="_deprecated")
    return (PythonCode('@_deprecated("The API deprecates this operation.")'),)


def plan_method(method: ClientMethod, constant: PythonCode, scope: Scope) -> tuple[Method, Method]:
    """One method, spelled for the synchronous and the asynchronous class."""
    positional: list[PythonCode] = []
    keywords: list[PythonCode] = []
    scope.imports.need(method.returns)
    for parameter in method.signature:
        scope.imports.need(parameter.kind)
        if parameter.default is Default.UNSET:
            _runtime(scope.imports, "UNSET")
        code = declaration(parameter, scope.models, scope.hidden)
        (positional if parameter.location is Location.PATH else keywords).append(code)
    if takes_body_or_fields(method.parameters):
        _runtime(scope.imports, "body_or_fields")
    scope.imports.add(runtime_module("RequestOptions"), "RequestOptions", typing_only=True)
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
