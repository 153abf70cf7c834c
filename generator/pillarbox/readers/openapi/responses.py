"""Responses: their types, their examples, and the failures that a document names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import Content, ErrorCase, Response, ResponseHeader, SavedExample, StatusRange
from ...model.problems import Origin, Severity
from ...model.types import Anything, Scalar, ScalarKind, Type
from ..error_names import error_of_body, named
from ..lenient import description, mapping, text
from .dialect import Dialect
from .keywords import is_reference
from .media import Syntax, bare
from .parameter_nodes import documented, of_schema
from .parameters import Reading
from .response_content import ContentNode, contents_of

__all__ = ["ResponsesRead", "read_responses"]

_RANGES = {"4XX": StatusRange.CLIENT, "5XX": StatusRange.SERVER, "DEFAULT": StatusRange.ANY}
_EMPTY = frozenset((204, 205, 304))
_MOVED = frozenset((301, 302, 303, 307, 308))
_WITH_CONTENT = frozenset(("GET", "POST", "PUT", "PATCH"))
_MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class ResponsesRead:
    """The responses of one operation."""

    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]


@dataclass(frozen=True, slots=True)
class _ResponseNode:
    """One entry of `responses`, resolved."""

    status: int | StatusRange | None
    """None for `2XX`: any success that nothing else names."""
    node: Mapping[str, Any]
    origin: Origin
    is_lost: bool
    """Whether it is a reference that leads nowhere."""

    @property
    def written_status(self) -> int | None:
        """None where the document names several statuses together."""
        return self.status if isinstance(self.status, int) else None

    @property
    def name(self) -> str:
        """What its examples are called."""
        return text(self.node.get("description")).strip().partition("\n")[0]


def _entries(nodes: Any, origin: Origin, reading: Reading) -> Iterator[_ResponseNode]:
    if is_reference(nodes):
        nodes, origin = reading.refs.resolve(nodes, origin)
    for key, entry in mapping(nodes).items():
        if key.startswith("x-"):
            continue
        node, here = reading.refs.resolve(entry, origin.child(key))
        is_lost = not node and bool(entry)
        wanted = key.strip().upper()
        if wanted.isascii() and wanted.isdecimal() and len(wanted) == 3:
            yield _ResponseNode(int(wanted), node, here, is_lost)
        elif wanted in _RANGES:
            yield _ResponseNode(_RANGES[wanted], node, here, is_lost)
        elif wanted == "2XX":
            yield _ResponseNode(None, node, here, is_lost)
        elif wanted not in ("1XX", "3XX"):
            message = f"{key[:40]!a} is not a status code, so its response is left out"
            reading.note(Severity.WARNING, "unknown-status", message, here)


def read_responses(
    nodes: Any, produces: Sequence[str], method: str, origin: Origin, reading: Reading
) -> ResponsesRead:
    """The responses of an operation.

    Args:
        nodes: The `responses` object.
        produces: The media types of a Swagger 2.0 operation.
        method: `HEAD` has no content, whatever is documented.
    """
    entries = list(_entries(nodes, origin, reading))
    good = _returned(entries, method)
    responses: list[Response] = []
    errors: list[ErrorCase] = []
    for entry in entries:
        contents = contents_of(entry.node, produces, entry.origin, reading)
        wanted = entry in good
        if wanted or entry.written_status is not None:
            responses.append(_response(entry, contents, method, reading, wanted=wanted))
        errors += _cases(entry, contents, reading, is_success=wanted)
    return ResponsesRead(tuple(responses), tuple(errors))


def _is_success(status: int | StatusRange | None) -> bool:
    return status is None or (isinstance(status, int) and 200 <= status < 300)


def _returned(entries: Sequence[_ResponseNode], method: str) -> list[_ResponseNode]:
    """The responses that a call returns: the successes; else what a redirect of a GET leads to; else `default`."""
    if good := [entry for entry in entries if _is_success(entry.status)]:
        return good
    if method == "GET" and (moved := [entry for entry in entries if entry.status in _MOVED]):
        return moved[:1]
    return [entry for entry in entries if entry.status is StatusRange.ANY]


def _response(
    entry: _ResponseNode, contents: Sequence[ContentNode], method: str, reading: Reading, *, wanted: bool
) -> Response:
    node, origin, status = entry.node, entry.origin, entry.written_status
    words = named(description(node.get("description")))
    response = Response(status=status, media_type="", type=None, doc=words.text, origin=origin)
    for key, link in mapping(node.get("links")).items():
        # Links are not in the client, but what cannot be read is reported.
        reading.refs.resolve(link, origin.child("links", key))
    if wanted:
        headers = tuple(_headers(node.get("headers"), origin.child("headers"), reading))
        response = replace(response, headers=headers)
    if wanted and status in _MOVED:
        # What the redirect leads to, which no document describes: a download.
        return replace(response, media_type="*/*", type=Scalar(ScalarKind.BINARY))
    if contents and method != "HEAD" and status not in _EMPTY:
        first, *others = contents
        empty = SavedExample(name=entry.name, status=200 if status is None else status, media_type="")
        return replace(
            response,
            media_type=first.media_type,
            type=first.type,
            others=tuple(Content(one.media_type, one.type) for one in others),
            examples=tuple(_examples(first, empty, reading, made=wanted)),
        )
    why = _undescribed(entry, contents, method) if wanted else ""
    if why:
        return replace(response, media_type="*/*", type=Anything(why))
    if wanted:
        saved = SavedExample(name=entry.name, status=status or 200, media_type="")
        response = replace(response, examples=(saved,))
    return response


def _undescribed(entry: _ResponseNode, contents: Sequence[ContentNode], method: str) -> str:
    """Why nothing is known about a response whose content a call returns nevertheless; empty where it has no content."""
    if method == "HEAD" or entry.status in _EMPTY or contents:
        return ""
    if entry.is_lost:
        return "the document refers to a response that cannot be read"
    # Of these methods a response mostly has content: the document is silent about it.
    if method in _WITH_CONTENT and entry.status != 202:
        return "the document does not describe the response body"
    return ""


def _examples(
    content: ContentNode, empty: SavedExample, reading: Reading, *, made: bool
) -> Iterator[SavedExample]:
    """`empty` with each documented example that the schema accepts, else with a made one."""
    media, origin, kind = content.node, content.origin, content.type
    if kind == Scalar(ScalarKind.BINARY):
        return
    listed = list(documented(media, reading.refs, origin))
    is_range = "*" in content.media_type
    if content.syntax not in (Syntax.JSON, Syntax.ANY):
        written = next((value for _, value in listed if isinstance(value, str) and value), None)
        if written is not None or made:
            media_type = "text/plain" if is_range else bare(content.media_type)
            yield replace(empty, media_type=media_type, text=written or "example")
        return
    empty = replace(empty, media_type="application/json" if is_range else bare(content.media_type))
    schema = media.get("schema", {})
    if not listed:
        listed = [("", value) for value in of_schema(schema, reading.refs, origin.child("schema"))]
    count = 0
    for label, value in listed:
        concrete = _parsed(value, kind)
        if count < _MOST_EXAMPLES and reading.values.accepts(kind, concrete):
            count += 1
            yield replace(empty, name=label or empty.name, json=reading.values.cleaned(concrete, "body"))
    if made and not count:
        yield replace(empty, json=reading.values.made(kind, "body"))


def _parsed(value: Any, kind: Type) -> Any:
    """Examples are often pasted as the text of a JSON document."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") and not isinstance(kind, Scalar):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _headers(nodes: Any, origin: Origin, reading: Reading) -> Iterator[ResponseHeader]:
    if is_reference(nodes):
        nodes, origin = reading.refs.resolve(nodes, origin)
    for wire, entry in mapping(nodes).items():
        node, at = reading.refs.resolve(entry, origin.child(wire))
        if reading.dialect is Dialect.SWAGGER_2:
            schema: Any = {key: value for key, value in node.items() if key != "description"}
        else:
            schema, at = node.get("schema", {}), at.child("schema")
        kind = reading.schemas.type_of(schema, at, for_request=False)
        words = description(node.get("description")) or description(mapping(schema).get("description"))
        yield ResponseHeader(wire=wire, type=kind, doc=words)


def _cases(
    entry: _ResponseNode, contents: Sequence[ContentNode], reading: Reading, *, is_success: bool
) -> Iterator[ErrorCase]:
    """A failure with the API's own codes, from its description or its examples.

    Some APIs fail with a status of success; then only a description that lists codes shows it.
    """
    status = entry.status
    if status is None or (is_success and status is StatusRange.ANY):
        return
    words = named(description(entry.node.get("description")))
    cases: list[tuple[str | int | None, str]] = list(words.cases)
    if not cases and (is_success or (isinstance(status, int) and status < 400)):
        return
    if not cases:
        for content in contents[:1]:
            for _, value in documented(content.node, reading.refs, content.origin):
                code, message = error_of_body(value)
                if code is not None and code != status and (code, message) not in cases:
                    cases.append((code, message or words.text))
        cases = cases[:_MOST_EXAMPLES] or [(None, words.text)]
    body = None if is_success else next((one.type for one in contents if one.syntax is Syntax.JSON), None)
    for code, message in cases:
        yield ErrorCase(status=status, code=code, text=message, body=body, origin=entry.origin)
