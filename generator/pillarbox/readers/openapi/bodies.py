"""Request bodies: which of several media types is taken, and what of it a caller gives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model.api import BinaryBody, Body, Example, FormBody, JsonBody, Location, MultipartBody, Part, Style
from ...model.problems import Origin, Severity
from ...model.types import (
    Anything,
    Array,
    Field,
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
from .defaults import with_default
from .flatten import textual
from .media import Syntax, bare, best, syntax_of
from .parameter_nodes import documented, listed, of_schema
from .parameters import Given, Reading, style_of, without_null

__all__ = ["read_body", "read_swagger_body"]

_FORM = "application/x-www-form-urlencoded"


def read_body(node: Any, origin: Origin, reading: Reading) -> tuple[Body | None, tuple[str, ...]]:
    """The body of an OpenAPI 3 operation, and the media types that were not taken."""
    resolved, here = reading.refs.resolve(node, origin)
    content = mapping(resolved.get("content"))
    words = description(resolved.get("description"))
    chosen = best(content)
    if chosen is None:
        if resolved:
            message = "the request body names no media type, so its bytes are the caller's"
            reading.note(Severity.WARNING, "body-without-content", message, here)
            return BinaryBody(
                media_type="", required=resolved.get("required") is True, doc=words, origin=here
            ), ()
        return None, ()
    at = here.child("content", chosen)
    media, at = reading.refs.resolve(content[chosen], at)
    required = resolved.get("required") if isinstance(resolved.get("required"), bool) else None
    others = tuple(dict.fromkeys(bare(kind) for kind in content if kind != chosen and "/" in kind))
    body = _body(chosen, media, at, required, words, reading)
    return body, tuple(kind for kind in others if kind != bare(chosen))


def _body(
    media_type: str,
    media: Mapping[str, Any],
    origin: Origin,
    required: bool | None,
    words: str,
    reading: Reading,
) -> Body:
    schema, at = media.get("schema", {}), origin.child("schema")
    kind = reading.schemas.type_of(schema, at, for_request=True)
    syntax = syntax_of(media_type)
    if syntax is Syntax.ANY:
        syntax, media_type = _syntax_of_type(kind), "" if media_type.endswith("*/*") else media_type
    candidates = [value for _, value in documented(media, reading.refs, origin)]
    candidates += of_schema(schema, reading.refs, at)
    match syntax:
        case Syntax.JSON:
            return _json(media_type, kind, candidates, required, words, origin, reading)
        case Syntax.FORM | Syntax.MULTIPART:
            flattened = reading.schemas.flattened(kind)
            if isinstance(flattened, Object) and flattened.fields:
                encoding = mapping(media.get("encoding"))
                if syntax is Syntax.FORM:
                    return _form(media_type, flattened, encoding, candidates, origin, reading)
                return _multipart(flattened, encoding, candidates, origin, reading)
            message = f"a {bare(media_type)} body without fields is taken as the caller writes it"
            reading.note(Severity.WARNING, "form-without-fields", message, origin)
            return BinaryBody(
                media_type=bare(media_type) if syntax is Syntax.FORM else "",
                required=required is True,
                is_text=syntax is Syntax.FORM,
                doc=words,
                origin=origin,
            )
        case _:
            is_text = syntax is Syntax.TEXT
            example = next((value for value in candidates if isinstance(value, str) and value), "")
            return BinaryBody(
                media_type="" if "*" in media_type else media_type,
                required=required is True,
                is_text=is_text,
                example=Example(example) if is_text and example else None,
                doc=words,
                origin=origin,
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


def _json(
    media_type: str,
    kind: Type,
    candidates: Sequence[Any],
    required: bool | None,
    words: str,
    origin: Origin,
    reading: Reading,
) -> JsonBody:
    whole = reading.schemas.flattened(kind)
    # Of several kinds of body, an example is of one.
    example = reading.values.example(kind if isinstance(kind, Union) else whole, "body", candidates)
    # `required` defaults to false and is often forgotten: a body with fields that must be there is needed.
    needed = required if required is not None else _has_required_fields(whole)
    return JsonBody(
        type=textual(kind),
        required=needed,
        media_type="application/json" if "*" in media_type or not media_type else media_type,
        example=example,
        doc=words or (whole.doc if isinstance(whole, Object) else ""),
        origin=origin,
    )


def _has_required_fields(kind: Type) -> bool:
    return isinstance(kind, Object) and any(field.required for field in kind.fields)


def _form_fields(kind: Object) -> tuple[Field, ...]:
    """In a form there is no null."""
    return tuple(replace(field, type=listed(without_null(field.type), field.doc)) for field in kind.fields)


def _object_example(kind: Object, candidates: Sequence[Any], reading: Reading) -> Example:
    return reading.values.example(kind, "body", candidates)


def _form(
    media_type: str,
    kind: Object,
    encoding: Mapping[str, Any],
    candidates: Sequence[Any],
    origin: Origin,
    reading: Reading,
) -> FormBody:
    fields = _form_fields(kind)
    styles: list[tuple[str, Style]] = []
    for field in fields:
        node = mapping(encoding.get(field.wire))
        if not node:
            continue
        at = origin.child("encoding", field.wire)
        if syntax_of(text(node.get("contentType"))) is Syntax.JSON and text(node.get("contentType")):
            style = Style.JSON
        else:
            style = style_of(node, Location.QUERY, field.type, reading, at)
        if style is not Style.SIMPLE:
            styles.append((field.wire, style))
    form = Object(fields=fields, title=kind.title, doc=kind.doc, origin=kind.origin)
    return FormBody(
        fields=fields,
        media_type=bare(media_type),
        example=_object_example(form, candidates, reading),
        styles=tuple(styles),
        origin=origin,
    )


def is_file(kind: Type) -> bool:
    """True for bytes, or a list of them."""
    match kind:
        case Scalar(ScalarKind.BINARY):
            return True
        case Array(inner) | Nullable(inner):
            return is_file(inner)
        case Union(members):
            return any(is_file(member) for member in members)
        case _:
            return False


def _multipart(
    kind: Object, encoding: Mapping[str, Any], candidates: Sequence[Any], origin: Origin, reading: Reading
) -> MultipartBody:
    fields = _form_fields(kind)
    parts = tuple(
        Part(
            field=field,
            content_type=_part_type(mapping(encoding.get(field.wire))),
            is_file=is_file(field.type),
        )
        for field in fields
    )
    plain = Object(fields=tuple(field for field in fields if not is_file(field.type)), doc=kind.doc)
    example = _object_example(plain, candidates, reading)
    value = dict(example.value) if isinstance(example.value, Mapping) else {}
    for field in fields:
        if is_file(field.type) and (field.required or not value):
            # Without any part there would be no body.
            value[field.wire] = None
    return MultipartBody(parts=parts, example=Example(value), origin=origin)


def _part_type(node: Mapping[str, Any]) -> str:
    """The content type of a part; one of several, or a range, is the caller's choice."""
    kind = text(node.get("contentType")).strip()
    return "" if "," in kind or "*" in kind else kind


# -- Swagger 2.0 ----------------------------------------------------------------------------------


def read_swagger_body(
    given: Sequence[Given], consumes: Sequence[str], reading: Reading
) -> tuple[Body | None, tuple[str, ...]]:
    """The body of a Swagger 2.0 operation: one `body` parameter, or `formData` parameters."""
    whole = next((one for one in given if one.location == "body"), None)
    fields = [one for one in given if one.location == "formData"]
    others = tuple(dict.fromkeys(bare(kind) for kind in consumes))
    if whole is not None:
        schema, at = whole.node.get("schema", {}), whole.origin.child("schema")
        media = {"schema": schema, **{key: whole.node[key] for key in ("x-example",) if key in whole.node}}
        kinds = [kind for kind in consumes if syntax_of(kind) not in (Syntax.FORM, Syntax.MULTIPART)]
        chosen = best(kinds) or "application/json"
        required = whole.node.get("required") is True or None
        body = _body(
            chosen, media, whole.origin, required, description(whole.node.get("description")), reading
        )
        if isinstance(body, BinaryBody) and _is_structure(
            reading.schemas.type_of(schema, at, for_request=True)
        ):
            message = (
                f"the body is {chosen[:60]} with fields, which clients do not write; it is taken as a text"
            )
            reading.note(Severity.NOTE, "body-as-text", message, whole.origin)
        return body, tuple(kind for kind in others if kind != bare(chosen))
    if not fields:
        return None, ()
    found: list[Field] = []
    styles: list[tuple[str, Style]] = []
    examples: dict[str, Any] = {}
    for one in fields:
        schema = {
            key: value
            for key, value in one.node.items()
            if key not in ("required", "description", "in", "name")
        }
        words = description(one.node.get("description"))
        kind = listed(without_null(reading.schemas.type_of(schema, one.origin, for_request=True)), words)
        found.append(
            Field(
                wire=one.wire,
                type=kind,
                required=one.node.get("required") is True,
                doc=with_default(words, schema.get("default")),
            )
        )
        style = style_of(one.node, Location.QUERY, kind, reading, one.origin)
        if style is not Style.SIMPLE:
            styles.append((one.wire, style))
        if not is_file(kind) and (found[-1].required or "example" in one.node or "x-example" in one.node):
            candidates = [one.node[key] for key in ("x-example", "example", "default") if key in one.node]
            examples[one.wire] = reading.values.example(kind, one.wire, candidates).value
        elif found[-1].required:
            examples[one.wire] = None
    origin = fields[0].origin
    multipart = any(is_file(field.type) for field in found) or (
        any(syntax_of(kind) is Syntax.MULTIPART for kind in consumes)
        and not any(syntax_of(kind) is Syntax.FORM for kind in consumes)
    )
    if multipart:
        parts = tuple(Part(field=field, is_file=is_file(field.type)) for field in found)
        return MultipartBody(parts=parts, example=Example(examples), origin=origin), ()
    return FormBody(fields=tuple(found), example=Example(examples), styles=tuple(styles), origin=origin), ()


def _is_structure(kind: Type) -> bool:
    return isinstance(kind, Object | Reference | Map)


def consumes_of(node: Mapping[str, Any], root: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """`consumes` or `produces` of an operation, else of the document."""
    own = node.get(key)
    return tuple(
        one for one in sequence(own if isinstance(own, list) else root.get(key)) if isinstance(one, str)
    )
