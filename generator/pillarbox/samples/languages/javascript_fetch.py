"""JavaScript and TypeScript with fetch, as Node 18 and later have it: the same program, but for the types."""

from collections.abc import Mapping

from ...text.javascript import JavaScript
from ..code_message import Message
from ..families.javascript import form_of, header_lines, javascript, json_of, typescript
from ..model import FilePart, JsonContent, MultipartContent, TextPart

__all__ = ["LANGUAGE", "TYPESCRIPT"]

_REFUSED = "connection content-length expect host keep-alive transfer-encoding upgrade"
_REFUSED_METHODS = ("CONNECT", "TRACE", "TRACK")


def _is_plain(part: TextPart | FilePart) -> bool:
    """Whether FormData sends the part as it is: it changes line breaks, and knows no type of a text."""
    match part:
        case TextPart(name, value, content_type):
            return not content_type and not any(mark in name + value for mark in "\r\n")
        case FilePart(name):
            return not any(mark in name for mark in "\r\n")


def _body(message: Message[JavaScript]) -> JavaScript | None:
    content = message.request.content
    if isinstance(content, JsonContent) and (value := json_of(content)) is not None:
        return JavaScript("JSON.stringify({})").format(value)
    if message.has_form:
        return form_of(message)
    if message.has_parts:
        return JavaScript("form")
    return message.text if message.file is None else JavaScript("await readFile({})").format(message.file)


def _more(message: Message[JavaScript]) -> Mapping[str, object]:
    content, method = message.request.content, message.request.method
    headers = list(header_lines(message))
    by_hand = isinstance(content, MultipartContent) and not all(map(_is_plain, content.parts))
    if by_hand:
        headers.append(JavaScript('"Content-Type": "multipart/form-data; boundary=" + boundary,'))
    body = _body(message)
    if body is not None and method in ("GET", "HEAD"):
        message.losses.append(f"The body is left out: fetch sends none with {method}.")
        body = None
    if method in _REFUSED_METHODS:
        message.losses.append(f"fetch refuses the method {method}.")
    return {
        "headers": headers,
        "by_hand": by_hand,
        "body": body,
        "reads_files": message.has_files and body is not None,
    }


_FETCH = javascript("javascript-fetch", "JavaScript with fetch", _REFUSED, _more)
LANGUAGE = _FETCH.language()
TYPESCRIPT = typescript(_FETCH, "typescript", "TypeScript with fetch").language()
