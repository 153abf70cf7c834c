"""The body of an example call: what the runtime sends, taken apart into what samples print."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import assert_never
from urllib.parse import unquote

from ..client.request import (
    BinaryBody,
    FormBody,
    GraphQLBody,
    Json,
    JsonBody,
    Location,
    MultipartBody,
    Part,
    TextBody,
)
from .example_call import ExampleCall
from .model import (
    Content,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    JsonContent,
    MultipartContent,
    TextContent,
    TextPart,
)
from .runtime_bridge import BodyStyle, RefusedValue, SentBody

__all__ = ["content_of"]

_UPLOAD = FileName("file", "upload.bin")
_FILE_LETTERS = re.compile(r"[^A-Za-z0-9._-]+")


class _NamedFile(BytesIO):
    """An open file: its name tells the runtime its Content-Type."""

    name = _UPLOAD.path


def content_of(call: ExampleCall, by_hand: str | None) -> Content | None:
    """The body of the call; `by_hand` is the Content-Type that a header sets, None without one."""
    body = call.sent.body
    if isinstance(body, MultipartBody):
        return _multipart(call, body)
    sent = _sent(call)
    media_type = (sent.media_type or "") if by_hand is None else by_hand
    if not isinstance(sent.content, bytes):
        return FileContent(_UPLOAD, media_type)
    text = sent.content.decode()
    match body:
        case _ if not text:
            return None
        case JsonBody() | GraphQLBody():
            return JsonContent(json.loads(text), media_type)
        case FormBody():
            pairs = (piece.partition("=") for piece in text.split("&"))
            meant = tuple((unquote(key), unquote(value)) for key, _, value in pairs)
            return FormContent(meant, text, media_type)
        case TextBody() | BinaryBody() | None:
            return TextContent(text, media_type)
        case _:
            assert_never(body)


def _sent(call: ExampleCall) -> SentBody:
    """The body that the runtime makes of the call, with its Content-Type."""
    build, body = call.runtime.body, call.sent.body
    optional = isinstance(body, JsonBody) and body.optional
    try:
        return build(call.media_type, dict(_arguments(call)), _style(call), optional=optional)
    except RefusedValue:
        call.leave_out("body")
        return build(None, {})


def _style(call: ExampleCall) -> BodyStyle | None:
    """What encodes the fields of a body that is not JSON."""
    match call.sent.body:
        case FormBody():
            return call.runtime.form(call.form_styles)
        case TextBody(template=template, syntax=syntax):
            text = "".join(one if isinstance(one, str) else f"{{{{{one.wire}}}}}" for one in template)
            return call.runtime.text(text, syntax.value)
        case None | JsonBody() | GraphQLBody() | MultipartBody() | BinaryBody():
            return None
        case _:
            assert_never(call.sent.body)


def _arguments(call: ExampleCall) -> Iterator[tuple[str, object]]:
    """The body among the runtime's `Arguments`."""
    body, fields = call.sent.body, call.values(Location.BODY_FIELD)
    match body:
        case None | MultipartBody():
            return
        case JsonBody():
            yield "json", _json(call)
        case FormBody():
            yield "body", fields
        case GraphQLBody():
            yield "json", _graphql(call, body)
        case TextBody(template=template):
            wires = (one.wire for one in template if not isinstance(one, str))
            yield "body", {wire: "" if (value := fields.get(wire)) is None else value for wire in wires}
        case BinaryBody(is_text=True, example=example) if example is not None:
            yield "content", example
        case BinaryBody():
            # Also where the spec requires none: a request that uploads nothing shows nothing.
            yield "content", _NamedFile()
        case _:
            assert_never(body)


def _json(call: ExampleCall) -> object:
    unset = call.runtime.unset
    whole, fields = call.values(Location.BODY), call.values(Location.BODY_FIELD)
    if whole or (call.wires(Location.BODY) and not call.wires(Location.BODY_FIELD)):
        return next(iter(whole.values()), unset)
    return {wire: fields.get(wire, unset) for wire in call.wires(Location.BODY_FIELD)}


def _graphql(call: ExampleCall, body: GraphQLBody) -> dict[str, Json]:
    members: dict[str, Json] = {}
    if body.query is not None:
        members["query"] = body.query
    if body.operation_name is not None:
        members["operationName"] = body.operation_name
    if call.wires(Location.BODY_FIELD) or body.always_variables:
        members["variables"] = call.values(Location.BODY_FIELD)
    return members


def _multipart(call: ExampleCall, body: MultipartBody) -> MultipartContent | None:
    fields = call.values(Location.BODY_FIELD)
    named = ((part, fields[part.wire]) for part in body.parts if part.wire in fields)
    parts = tuple(one for part, value in named for one in _parts(call, part, value))
    return MultipartContent(parts) if parts else None


def _file_name(part: Part) -> str:
    """A name that no shell and no header needs to quote. The spec's own is documentation only."""
    name = _FILE_LETTERS.sub("_", part.file_name or part.wire).strip("._-")
    return name[-60:].lstrip("._-") or "file"


def _numbered(name: str, number: int) -> str:
    """`photo.png` -> `photo_2.png`, for the second file of a part."""
    if not number:
        return name
    stem, dot, end = name.rpartition(".")
    return f"{stem}_{number + 1}{dot}{end}" if dot else f"{name}_{number + 1}"


def _parts(call: ExampleCall, part: Part, value: Json) -> Iterator[TextPart | FilePart]:
    wire, types = part.wire, call.part_types
    for number, item in enumerate(value if isinstance(value, list) else [value]):
        try:
            if part.is_file:
                path = _numbered(_file_name(part), number)
                _, media_type = call.runtime.part(wire, (path, b""), types)
                yield FilePart(
                    wire, FileName(wire if not number else f"{wire}_{number + 1}", path), media_type
                )
            elif item is not None:
                yield TextPart(wire, *call.runtime.part(wire, item, types, as_json=part.is_json))
        except RefusedValue:
            call.leave_out(f"field {wire} of the body")
