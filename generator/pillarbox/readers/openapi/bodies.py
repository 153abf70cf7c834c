"""Request bodies: which of several media types a client sends, and what arguments it is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import (
    BinaryBody,
    Body,
    Example,
    FormBody,
    JsonBody,
    Location,
    MultipartBody,
    Part,
)
from ...model.problems import Origin, Severity
from ...model.styles import Style
from ...model.types import (
    Anything,
    Array,
    Field,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from ..lenient import description, mapping, sequence, text
from .body_choice import JSON_PATCH, alternatives_of, best_of, is_file, same_schema, unchosen, with_files
from .defaults import with_default
from .flatten import textual
from .keywords import is_reference
from .media import Syntax, bare, syntax_of
from .parameter_nodes import documented, listed, of_schema
from .parameters import ParameterNode, Reading, by_name, style_of, without_null
from .refs import Carried

__all__ = ["read_body", "read_swagger_body"]

_EMPTY_OBJECT = frozenset(("type", "properties", "additionalProperties", "title", "description"))
"""Keywords by which an object without fields is described."""
_WITHOUT_BODY = ("GET", "HEAD", "DELETE")
_FORM = "application/x-www-form-urlencoded"
_PATCH_STEPS = Array(Map(Anything("a step of a JSON Patch")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """A request body in the media type that was chosen for it."""

    media_type: str
    node: Mapping[str, Any]
    """The media type object: schema, examples, encoding."""
    required: bool | None
    """None where the document does not say."""
    doc: str
    origin: Origin
    alternatives: tuple[str, ...] = ()
    """Other JSON of the same schema."""

    @property
    def encoding(self) -> Mapping[str, Any]:
        return mapping(self.node.get("encoding"))

    def type(self, reading: Reading) -> Type:
        schema, at = self.node.get("schema", {}), self.origin.child("schema")
        return reading.schemas.type_of(schema, at, for_request=True)

    def examples(self, reading: Reading) -> list[Any]:
        """Documented values, those of the schema last."""
        found = [value for _, value in documented(self.node, reading.refs, self.origin)]
        return [*found, *of_schema(self.node.get("schema", {}), reading.refs, self.origin.child("schema"))]


def read_body(
    node: Any, origin: Origin, method: str, reading: Reading
) -> tuple[Body | None, tuple[str, ...]]:
    """The body of an OpenAPI 3 operation, and the media types that were not chosen."""
    resolved, here = reading.refs.resolve(node, origin, Carried.BODY)
    content, at = mapping(resolved.get("content")), here.child("content")
    if is_reference(content):
        content, at = reading.refs.resolve(content, at, Carried.BODY)
    doc = description(resolved.get("description"))
    chosen = with_files(content, at, reading) or best_of(content)
    if chosen is None:
        if not resolved:
            return None, ()
        message = "the request body names no media type, so its bytes are the caller's"
        reading.note(Severity.WARNING, "body-without-content", message, here)
        return BinaryBody(media_type="", required=resolved.get("required") is True, doc=doc, origin=here), ()
    media, at = reading.refs.resolve(content[chosen], at.child(chosen), Carried.BODY)
    required = resolved.get("required")
    if required is not True and _holds_nothing(chosen, media, at, method, reading):
        return None, ()
    body = _body(
        _Content(
            media_type=chosen,
            node=media,
            required=required if isinstance(required, bool) else None,
            doc=doc,
            origin=at,
            alternatives=alternatives_of(
                chosen, [kind for kind in content if same_schema(content, kind, chosen)]
            ),
        ),
        reading,
    )
    others = dict.fromkeys(bare(kind) for kind in content if kind != chosen and "/" in kind)
    return body, unchosen(others, chosen, body)


def _holds_nothing(
    media_type: str, media: Mapping[str, Any], origin: Origin, method: str, reading: Reading
) -> bool:
    """A form that has no field, which some documents give to every GET: it is not sent.

    Where a method has a body by its nature, only one that can have no field is nothing.
    """
    if syntax_of(media_type) not in (Syntax.FORM, Syntax.MULTIPART):
        return False
    schema = mapping(media.get("schema"))
    if method in _WITHOUT_BODY:
        schema, _ = reading.refs.resolve(schema, origin.child("schema"))
    is_closed = schema.get("type") == "object" and schema.get("additionalProperties") is False
    is_map = isinstance(schema.get("additionalProperties"), dict)
    is_empty = set(schema) <= _EMPTY_OBJECT and not schema.get("properties") and not is_map
    return is_empty and (is_closed or method in _WITHOUT_BODY)


def _body(content: _Content, reading: Reading) -> Body:
    kind = content.type(reading)
    syntax = syntax_of(content.media_type)
    if syntax is Syntax.ANY:
        syntax = _syntax_of_type(kind)
        if content.media_type.endswith("*/*"):
            content = replace(content, media_type="")
    match syntax:
        case Syntax.JSON:
            return _json(content, kind, reading)
        case Syntax.FORM | Syntax.MULTIPART:
            return _form_or_multipart(content, kind, syntax, reading)
        case _:
            return _verbatim(content, reading, is_text=syntax is Syntax.TEXT)


def _form_or_multipart(content: _Content, kind: Type, syntax: Syntax, reading: Reading) -> Body:
    whole = reading.schemas.flattened(kind)
    if isinstance(whole, Object) and whole.fields:
        return (_form if syntax is Syntax.FORM else _multipart)(content, whole, reading)
    media_type = bare(content.media_type)
    message = f"a body of {media_type} without fields is taken as the caller writes it"
    reading.note(Severity.WARNING, "form-without-fields", message, content.origin)
    return BinaryBody(
        media_type=media_type if syntax is Syntax.FORM else "",
        required=content.required is True,
        is_text=syntax is Syntax.FORM,
        doc=content.doc,
        origin=content.origin,
    )


def _verbatim(content: _Content, reading: Reading, *, is_text: bool) -> BinaryBody:
    """A body that the caller writes whole."""
    texts = (value for value in content.examples(reading) if isinstance(value, str) and value)
    example = next(texts, "")
    return BinaryBody(
        media_type="" if "*" in content.media_type else content.media_type,
        required=content.required is True,
        is_text=is_text,
        example=Example(example) if is_text and example else None,
        doc=content.doc,
        origin=content.origin,
    )


def _syntax_of_type(kind: Type) -> Syntax:
    """What `*/*` means: a file where the schema says bytes, text where it says a string, else JSON."""
    match kind:
        case Scalar(ScalarKind.BINARY):
            return Syntax.BINARY
        case Anything():
            return Syntax.BINARY
        case Scalar(ScalarKind.STRING):
            return Syntax.TEXT
        case _:
            return Syntax.JSON


def _json(content: _Content, kind: Type, reading: Reading) -> JsonBody:
    whole = reading.schemas.flattened(kind)
    # Of several kinds of body, an example is of one.
    shown = kind if isinstance(kind, Union) else whole
    # `required` defaults to false and is often forgotten: a body with fields that must be there is needed.
    required = content.required
    if required is None:
        required = not isinstance(kind, Nullable) and _has_required_fields(whole)
    named = content.media_type and "*" not in content.media_type
    if JSON_PATCH in content.alternatives and not isinstance(kind, Array | Anything):
        kind = Union((kind, _PATCH_STEPS))
    return JsonBody(
        type=textual(kind),
        alternatives=content.alternatives,
        required=required,
        optional=content.required is not True,
        media_type=content.media_type if named else "application/json",
        example=reading.values.example(shown, "body", content.examples(reading)),
        doc=content.doc or (whole.doc if isinstance(whole, Object) else ""),
        origin=content.origin,
    )


def _has_required_fields(kind: Type) -> bool:
    return isinstance(kind, Object) and any(field.required for field in kind.fields)


def _form_fields(kind: Object) -> tuple[Field, ...]:
    """In a form there is no null."""
    return tuple(replace(field, type=listed(without_null(field.type), field.doc)) for field in kind.fields)


def _form(content: _Content, kind: Object, reading: Reading) -> FormBody:
    fields = _form_fields(kind)
    styles: list[tuple[str, Style]] = []
    for field in fields:
        node = mapping(content.encoding.get(field.wire))
        at = content.origin.child("encoding", field.wire)
        if not node:
            style = by_name(field.wire, Style.SIMPLE, field.type, node)
        elif syntax_of(text(node.get("contentType"))) is Syntax.JSON and text(node.get("contentType")):
            style = Style.JSON
        else:
            style = style_of(node, Location.QUERY, field.type, reading, at)
        if style is not Style.SIMPLE:
            styles.append((field.wire, style))
    form = Object(fields=fields, title=kind.title, doc=kind.doc, origin=kind.origin)
    return FormBody(
        fields=fields,
        required=content.required is not False,
        media_type=bare(content.media_type),
        example=reading.values.example(form, "body", content.examples(reading)),
        styles=tuple(styles),
        origin=content.origin,
    )


def _multipart(content: _Content, kind: Object, reading: Reading) -> MultipartBody:
    fields = _form_fields(kind)
    parts = tuple(_part(field, mapping(content.encoding.get(field.wire))) for field in fields)
    plain = Object(fields=tuple(field for field in fields if not is_file(field.type)), doc=kind.doc)
    example = reading.values.example(plain, "body", content.examples(reading))
    value = dict(example.value) if isinstance(example.value, Mapping) else {}
    for field in fields:
        if is_file(field.type) and (field.required or not value):
            # Without any part there would be no body.
            value[field.wire] = None
    required = content.required is not False
    return MultipartBody(parts=parts, required=required, example=Example(value), origin=content.origin)


def _part(field: Field, encoding: Mapping[str, Any]) -> Part:
    content_type = _part_type(encoding)
    labelled = content_type != "" and syntax_of(content_type) is Syntax.JSON
    return Part(
        field=field,
        content_type=content_type,
        # An object is JSON in any case.
        is_json=labelled and not is_file(field.type) and not isinstance(field.type, Object | Map | Reference),
        is_file=is_file(field.type),
    )


def _part_type(node: Mapping[str, Any]) -> str:
    """The content type of a part; one of several, or a range, is the caller's choice."""
    kind = text(node.get("contentType")).strip()
    return "" if "," in kind or "*" in kind else kind


# -- Swagger 2.0 ----------------------------------------------------------------------------------


def read_swagger_body(
    parameters: Sequence[ParameterNode], consumes: Sequence[str], reading: Reading
) -> tuple[Body | None, tuple[str, ...]]:
    """The body of a Swagger 2.0 operation: one `body` parameter, or `formData` parameters."""
    for parameter in parameters:
        if parameter.location == "body":
            return _swagger_json_body(parameter, consumes, reading)
    fields = [parameter for parameter in parameters if parameter.location == "formData"]
    return (_swagger_form_body(fields, consumes, reading) if fields else None), ()


def _swagger_json_body(
    parameter: ParameterNode, consumes: Sequence[str], reading: Reading
) -> tuple[Body, tuple[str, ...]]:
    """The body that a `body` parameter describes, JSON where it may be, and the media types that were not chosen."""
    chosen = (
        best_of(kind for kind in consumes if syntax_of(kind) not in (Syntax.FORM, Syntax.MULTIPART))
        or "application/json"
    )
    node = parameter.node
    content = _Content(
        media_type=chosen,
        node={key: node[key] for key in ("schema", "x-example") if key in node},
        required=node.get("required") is True or None,
        doc=description(node.get("description")),
        origin=parameter.origin,
        alternatives=alternatives_of(chosen, consumes),
    )
    body = _body(content, reading)
    if isinstance(body, BinaryBody) and _is_structure(content.type(reading)):
        message = f"the body is {chosen[:60]} with fields, which clients do not write; it is taken as a text"
        reading.note(Severity.NOTE, "body-as-text", message, parameter.origin)
    others = dict.fromkeys(bare(kind) for kind in consumes)
    return body, unchosen(others, chosen, body)


def _swagger_form_body(
    parameters: Sequence[ParameterNode], consumes: Sequence[str], reading: Reading
) -> Body:
    """The fields that `formData` parameters describe: multipart where one is a file, or where nothing else is taken."""
    fields = [_swagger_field(parameter, reading) for parameter in parameters]
    origin = parameters[0].origin
    examples = {
        field.wire: value
        for parameter, field in zip(parameters, fields, strict=True)
        for value in _swagger_example(parameter, field, reading)
    }
    styles = [
        (field.wire, style_of(parameter.node, Location.QUERY, field.type, reading, parameter.origin))
        for parameter, field in zip(parameters, fields, strict=True)
    ]
    syntaxes = {syntax_of(kind) for kind in consumes}
    only_multipart = Syntax.MULTIPART in syntaxes and Syntax.FORM not in syntaxes
    if only_multipart or any(is_file(field.type) for field in fields):
        parts = tuple(Part(field=field, is_file=is_file(field.type)) for field in fields)
        return MultipartBody(parts=parts, example=Example(examples), origin=origin)
    return FormBody(
        fields=tuple(fields),
        example=Example(examples),
        styles=tuple((wire, style) for wire, style in styles if style is not Style.SIMPLE),
        origin=origin,
    )


def _swagger_field(parameter: ParameterNode, reading: Reading) -> Field:
    node = parameter.node
    schema = {key: node[key] for key in node if key not in ("required", "description", "in", "name")}
    doc = description(node.get("description"))
    kind = without_null(reading.schemas.type_of(schema, parameter.origin, for_request=True))
    return Field(
        wire=parameter.wire,
        type=listed(kind, doc),
        required=node.get("required") is True,
        doc=with_default(doc, node.get("default")),
    )


def _swagger_example(parameter: ParameterNode, field: Field, reading: Reading) -> Iterator[Json]:
    """The value in the example call of a field that is required or has one; a file is null there."""
    node = parameter.node
    if not is_file(field.type) and (field.required or "example" in node or "x-example" in node):
        candidates = [node[key] for key in ("x-example", "example", "default") if key in node]
        yield reading.values.example(field.type, field.wire, candidates).value
    elif field.required:
        yield None


def _is_structure(kind: Type) -> bool:
    return isinstance(kind, Object | Reference | Map)


def consumes_of(node: Mapping[str, Any], root: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """`consumes` or `produces` of an operation, else of the document."""
    own = node.get(key)
    return tuple(
        one for one in sequence(own if isinstance(own, list) else root.get(key)) if isinstance(one, str)
    )
