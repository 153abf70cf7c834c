"""Responses: their types, their examples, and the failures that a document names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import ErrorCase, Response, ResponseHeader, SavedExample, StatusRange
from ...model.problems import Origin, Severity
from ...model.types import Anything, Scalar, ScalarKind, Type
from ..error_names import error_of_body, named
from ..lenient import description, mapping, text
from .dialect import Dialect
from .flatten import textual
from .keywords import is_reference
from .media import Syntax, bare, best, is_media_type, syntax_of
from .parameter_nodes import documented, of_schema
from .parameters import Reading

__all__ = ["ResponsesRead", "read_responses"]

_RANGES = {"4XX": StatusRange.CLIENT, "5XX": StatusRange.SERVER, "DEFAULT": StatusRange.ANY}
_EMPTY = frozenset((204, 205, 304))
_MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class ResponsesRead:
    """The responses of one operation."""

    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]
    accept: str
    """The media types to ask for; empty where the server has no choice."""


@dataclass(frozen=True, slots=True)
class _ResponseNode:
    """One entry of `responses`, resolved."""

    status: int | StatusRange | None
    """None for `2XX`: any success that nothing else names."""
    node: Mapping[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class _Asked:
    """The `Accept` header by which a call gets the documented response."""

    media_type: str = ""
    is_chosen: bool = False
    """True where a server would otherwise send something else."""


def _entries(nodes: Any, origin: Origin, reading: Reading) -> Iterator[_ResponseNode]:
    if is_reference(nodes):
        nodes, origin = reading.refs.resolve(nodes, origin)
    for key, entry in mapping(nodes).items():
        if key.startswith("x-"):
            continue
        node, here = reading.refs.resolve(entry, origin.child(key))
        wanted = key.strip().upper()
        if wanted.isascii() and wanted.isdecimal() and len(wanted) == 3:
            yield _ResponseNode(int(wanted), node, here)
        elif wanted in _RANGES:
            yield _ResponseNode(_RANGES[wanted], node, here)
        elif wanted == "2XX":
            yield _ResponseNode(None, node, here)
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
    good = [entry for entry in entries if _is_success(entry.status)]
    if not good:
        # Where no success is documented, `default` is what a call returns.
        good = [entry for entry in entries if entry.status is StatusRange.ANY]
    responses: list[Response] = []
    known: dict[str, None] = {}
    has_choice = False
    for entry in entries:
        wanted = entry in good
        status = entry.status if isinstance(entry.status, int) else None
        if not wanted and status is None:
            continue
        response, asked = _response(entry, status, produces, method, reading, wanted=wanted)
        responses.append(response)
        if wanted and asked.media_type:
            known[asked.media_type] = None
            has_choice |= asked.is_chosen
    cases = (case for entry in entries for case in _cases(entry, produces, reading, is_success=entry in good))
    return ResponsesRead(tuple(responses), tuple(cases), ", ".join(known) if has_choice else "")


def _is_success(status: int | StatusRange | None) -> bool:
    return status is None or (isinstance(status, int) and 200 <= status < 300)


def _content(
    node: Mapping[str, Any], produces: Sequence[str], origin: Origin, reading: Reading
) -> dict[str, tuple[Mapping[str, Any], Origin]]:
    """Media types of a response with their nodes, in either dialect."""
    if reading.dialect is not Dialect.SWAGGER_2:
        content, at = node.get("content"), origin.child("content")
        if is_reference(content):
            content, at = reading.refs.resolve(content, at)
        return {kind: reading.refs.resolve(media, at.child(kind)) for kind, media in mapping(content).items()}
    if "schema" not in node:
        return {}
    examples = mapping(node.get("examples"))
    kinds = tuple(produces) or tuple(kind for kind in examples if "/" in kind) or ("application/json",)
    found: dict[str, tuple[Mapping[str, Any], Origin]] = {}
    for kind in kinds:
        media: dict[str, Any] = {"schema": node["schema"]}
        if kind in examples:
            media["example"] = examples[kind]
        found[kind] = (media, origin)
    return found


def _response(
    entry: _ResponseNode,
    status: int | None,
    produces: Sequence[str],
    method: str,
    reading: Reading,
    *,
    wanted: bool,
) -> tuple[Response, _Asked]:
    """The response, and the media type to ask for."""
    node, origin = entry.node, entry.origin
    content = _content(node, produces, origin, reading)
    chosen = None if method == "HEAD" or status in _EMPTY else best(content)
    kind: Type | None = None
    media_type, asked = "", _Asked()
    examples: tuple[SavedExample, ...] = ()
    if wanted and not content and method == "GET" and status not in (*_EMPTY, 202):
        # A GET without a documented body is badly documented: whatever comes is returned.
        kind = Anything("the document does not describe the response body")
    name = text(node.get("description")).strip().partition("\n")[0]
    if chosen is None and kind is None and wanted:
        examples = (SavedExample(name=name, status=status or 200, media_type=""),)
    if chosen is not None:
        media, at = content[chosen]
        kind, media_type = _kind(chosen, media, at, reading)
        plain = len(content) == 1 and bare(chosen) == "application/json"
        asked = _Asked(chosen, is_chosen=not plain) if is_media_type(chosen) else asked
        empty = SavedExample(name=name, status=status if status is not None else 200, media_type=media_type)
        examples = tuple(_examples(media, at, kind, empty, reading, made=wanted))
    for key, link in mapping(node.get("links")).items():
        # Links are not in the client, but what cannot be read is reported.
        reading.refs.resolve(link, origin.child("links", key))
    words = named(description(node.get("description")))
    response = Response(
        status=status,
        media_type=media_type,
        type=kind,
        doc=words.text,
        headers=tuple(_headers(node.get("headers"), origin.child("headers"), reading)) if wanted else (),
        examples=examples,
        origin=origin,
    )
    return response, asked


def _kind(media_type: str, media: Mapping[str, Any], origin: Origin, reading: Reading) -> tuple[Type, str]:
    """The type of a response's content and its media type."""
    kind = reading.schemas.type_of(media.get("schema", {}), origin.child("schema"), for_request=False)
    syntax, written = syntax_of(media_type), bare(media_type)
    is_binary = isinstance(kind, Scalar) and kind.kind is ScalarKind.BINARY
    match syntax:
        case Syntax.JSON:
            return textual(kind), written
        case Syntax.ANY if is_binary:
            return kind, "application/octet-stream"
        case Syntax.ANY:
            return kind, "" if isinstance(kind, Anything) else "application/json"
        case Syntax.BINARY:
            return Scalar(ScalarKind.BINARY), "application/octet-stream" if "*" in written else written
        case _:
            if is_binary:
                return kind, written
            return Scalar(ScalarKind.STRING), "text/plain" if "*" in written else written


def _examples(
    media: Mapping[str, Any],
    origin: Origin,
    kind: Type,
    empty: SavedExample,
    reading: Reading,
    *,
    made: bool,
) -> Iterator[SavedExample]:
    """`empty` with each documented example that the schema accepts, else with a made one."""
    syntax = syntax_of(empty.media_type) if empty.media_type else Syntax.JSON
    listed = list(documented(media, reading.refs, origin))
    if syntax is Syntax.BINARY:
        return
    if syntax is not Syntax.JSON:
        written = next((value for _, value in listed if isinstance(value, str) and value), None)
        if written is not None or made:
            yield replace(empty, text=written or "example")
        return
    empty = replace(empty, media_type=empty.media_type or "application/json")
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
    entry: _ResponseNode, produces: Sequence[str], reading: Reading, *, is_success: bool
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
        for media, at in _content(entry.node, produces, entry.origin, reading).values():
            for _, value in documented(media, reading.refs, at):
                code, message = error_of_body(value)
                if code is not None and code != status and (code, message) not in cases:
                    cases.append((code, message or words.text))
            break
        cases = cases[:_MOST_EXAMPLES] or [(None, words.text)]
    for code, message in cases:
        yield ErrorCase(status=status, code=code, text=message, origin=entry.origin)
