"""JavaScript with axios, in Node."""

from collections.abc import Mapping
from typing import assert_never

from ...text.javascript import JAVASCRIPT, JavaScript
from ..code_message import Message
from ..families.javascript import form_of, header_lines, javascript, json_of
from ..http_message import quoted_name
from ..model import FilePart, JsonContent, MultipartContent, TextPart

__all__ = ["LANGUAGE"]

_TYPED = ("POST", "PUT", "PATCH")
"""Methods with which axios sends a type also where there is no body."""


def _append(part: TextPart | FilePart, message: Message[JavaScript]) -> JavaScript:
    # The package writes a name as it is, so it gets one that needs no quoting.
    name, kind = JAVASCRIPT.string(quoted_name(part)), JAVASCRIPT.string(part.content_type)
    match part:
        case TextPart(value=value, content_type=""):
            return JavaScript("form.append({}, {});").format(name, JAVASCRIPT.string(value))
        case TextPart(value=value):
            pattern = JavaScript("form.append({}, {}, {{ contentType: {} }});")
            return pattern.format(name, JAVASCRIPT.string(value), kind)
        case FilePart(file=file):
            pattern = JavaScript("form.append({}, await readFile({}), {{ filename: {}, contentType: {} }});")
            return pattern.format(name, message.locals[file], message.locals[file], kind)
        case _:
            assert_never(part)


def _data(message: Message[JavaScript]) -> JavaScript | None:
    content = message.request.content
    if isinstance(content, JsonContent) and (value := json_of(content)) is not None:
        return value
    if message.has_form:
        return form_of(message)
    if message.has_parts:
        return JavaScript("form")
    if message.file is not None:
        return JavaScript("await readFile({})").format(message.file)
    # axios reads a text that is to be JSON, and writes it again in its own way; bytes it leaves alone.
    return None if message.text is None else JavaScript("Buffer.from({})").format(message.text)


def _more(message: Message[JavaScript]) -> Mapping[str, object]:
    content = message.request.content
    parts = content.parts if isinstance(content, MultipartContent) else ()
    headers = list(header_lines(message))
    if message.has_parts:
        headers.append(JavaScript("...form.getHeaders(),"))
    typed = any(one.header.name.lower() == "content-type" for one in message.headers)
    if content is None and message.request.method in _TYPED and not typed:
        headers.append(JavaScript('"Content-Type": false, // axios would send that of a form'))
    return {
        "headers": headers,
        "appended": [_append(part, message) for part in parts],
        "data": _data(message),
    }


LANGUAGE = javascript("node-axios", "Node with axios", "content-length transfer-encoding", _more).language()
