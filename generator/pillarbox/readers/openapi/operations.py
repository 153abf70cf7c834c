"""One path item's method -> an operation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import Body, FixedQuery, Identity, Location, Operation, Parameter, Server
from ...model.problems import Origin, Problem, Severity
from ..lenient import description, mapping, sequence, text
from .bodies import consumes_of, read_body, read_swagger_body
from .body_choice import content_type_argument
from .dialect import Dialect
from .parameters import ParameterNode, Reading, collect, merged
from .path_parameters import declared_names, read_parameters
from .paths import Path, first_segment, read_path
from .refs import Carried, Lost, SchemaNode
from .responses import read_responses
from .security import Security
from .servers import own_server

__all__ = ["Document", "LeftOut", "OperationNode", "found_operations", "read_operation"]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
_SENTENCE = re.compile(r"[^\n]{1,120}?(?:[.!?](?=\s|$)|\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What all operations of one document share."""

    root: Mapping[str, Any]
    reading: Reading
    security: Security
    server: Server | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Operations that cannot be read, or lack a part that each call needs."""

    label: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationNode:
    """An operation object and the path item that holds it."""

    method: str
    path: str
    node: Mapping[str, Any]
    origin: Origin
    """Below `paths`: what the operation is known by, wherever it is written."""
    at: Origin
    """Where it is written."""
    item: Mapping[str, SchemaNode]
    """The members of the path item."""

    @property
    def label(self) -> str:
        """Its method and path."""
        return f"{self.method} {self.path}"


def found_operations(
    root: Mapping[str, Any], origin: Origin, reading: Reading
) -> Iterator[OperationNode | LeftOut]:
    """The operations of all paths, in the order of the document, and those that cannot be read."""
    at = origin.child("paths")
    try:
        paths, written_at = reading.refs.resolve(root.get("paths"), at, Carried.PATH)
    except Lost as lost:
        yield LeftOut("Every operation", lost.problem)
        return
    for path, written in paths.items():
        if path.startswith("x-"):
            continue
        try:
            item = reading.refs.members(written, written_at.child(path), Carried.PATH)
        except Lost as lost:
            yield LeftOut(f"Every operation of {path}", lost.problem)
            continue
        for steps, node in _operation_nodes(item):
            if not isinstance(node.raw, dict):
                reading.note(Severity.WARNING, "not-an-operation", "this is no object", node.origin)
                continue
            try:
                raw, here = reading.refs.resolve(node.raw, node.origin, Carried.OPERATION)
            except Lost as lost:
                yield LeftOut(f"{steps[-1].upper()} {path}", lost.problem)
                continue
            known_by = at.child(path, *steps)
            yield OperationNode(
                method=steps[-1].upper(), path=path, node=raw, origin=known_by, at=here, item=item
            )


def _operation_nodes(item: Mapping[str, SchemaNode]) -> Iterator[tuple[tuple[str, ...], SchemaNode]]:
    """Each operation of a path item, by the steps that lead to it."""
    for key, node in item.items():
        if key.lower() in _METHODS:
            yield (key,), node
    if (others := item.get("additionalOperations")) is not None:
        for key, raw in mapping(others.raw).items():
            if _TOKEN.fullmatch(key) and isinstance(raw, dict):
                yield ("additionalOperations", key), SchemaNode(raw, others.origin.child(key))


def _parameter_nodes(entry: OperationNode, reading: Reading) -> list[ParameterNode]:
    above = entry.item.get("parameters")
    shared = collect(above.raw, above.origin, reading) if above is not None else []
    own = collect(entry.node.get("parameters"), entry.at.child("parameters"), reading)
    return merged(shared, own)


def _without_fixed(parameters: Sequence[Parameter], fixed: Sequence[FixedQuery]) -> tuple[FixedQuery, ...]:
    """The fixed pieces of the query that no parameter sends too."""
    names = {one.wire for one in parameters if one.location is Location.QUERY}
    return tuple(piece for piece in fixed if piece.text.partition("=")[0] not in names)


def _texts(node: Mapping[str, Any], item: Mapping[str, SchemaNode]) -> tuple[str, str]:
    """Summary and description; a description that begins with a short sentence has one for a summary."""
    above = {key: child.raw for key, child in item.items() if key in ("summary", "description")}
    summary = (text(node.get("summary")) or text(above.get("summary"))).strip()
    words = description(node.get("description")) or description(above.get("description"))
    if not summary and (match := _SENTENCE.match(words)):
        return match[0].strip(), words[match.end() :].strip()
    return summary, words


def _body(
    entry: OperationNode, nodes: Sequence[ParameterNode], document: Document
) -> tuple[Body | None, tuple[str, ...]]:
    reading = document.reading
    if reading.dialect is Dialect.SWAGGER_2:
        return read_swagger_body(nodes, consumes_of(entry.node, document.root, "consumes"), reading)
    if "requestBody" not in entry.node:
        return None, ()
    return read_body(entry.node["requestBody"], entry.at.child("requestBody"), entry.method, reading)


def _look_at_callbacks(entry: OperationNode, reading: Reading) -> None:
    """Callbacks are no calls and not in the client, but what cannot be read of them is reported."""
    for name, callback in mapping(entry.node.get("callbacks")).items():
        reading.refs.resolve(callback, entry.at.child("callbacks", name))


def _server(entry: OperationNode, document: Document) -> Server | None:
    """The server of an operation: its own, else that of its path; None for that of the document."""
    common, problems = document.server, document.reading.problems
    own, above = entry.node.get("servers"), entry.item.get("servers")
    if own or above is None:
        return own_server(own, entry.at.child("servers"), common, problems)
    return own_server(above.raw, above.origin, common, problems)


def read_operation(entry: OperationNode, document: Document) -> Operation:
    """One operation of the model. A problem is about each part that is left out.

    Raises:
        Lost: a part that each call needs cannot be read.
    """
    reading, node = document.reading, entry.node
    security = document.security.of(node, entry.at)
    nodes = _parameter_nodes(entry, reading)
    path = read_path(entry.path, declared_names(nodes))
    signed = document.security.locations(security)
    parameters = tuple(
        one
        for one in read_parameters(nodes, path, entry.origin, reading, is_signed=bool(security))
        if (one.location.value, one.wire) not in signed
    )
    body, others = _body(entry, nodes, document)
    produces = consumes_of(node, document.root, "produces") if reading.dialect is Dialect.SWAGGER_2 else ()
    read = read_responses(node.get("responses"), produces, entry.method, entry.at.child("responses"), reading)
    _look_at_callbacks(entry, reading)
    operation_id = text(node.get("operationId")).strip()
    summary, words = _texts(node, entry.item)
    tags = tuple(tag for tag in sequence(node.get("tags")) if isinstance(tag, str) and tag.strip())
    operation = Operation(
        identity=_identity(entry, path, operation_id),
        resource=_resource(tags, path),
        name=operation_id,
        summary=summary,
        description=words,
        method=entry.method,
        path=path.template,
        fixed_query=_without_fixed(parameters, path.query),
        parameters=(*parameters, *content_type_argument(body)),
        body=body,
        other_media_types=others,
        responses=read.responses,
        errors=read.errors,
        security=security,
        server=_server(entry, document),
        deprecated=node.get("deprecated") is True,
        tags=tags,
        origin=entry.origin,
    )
    return replace(operation, name=operation_id or operation.identity.route)


def _identity(entry: OperationNode, path: Path, operation_id: str) -> Identity:
    route = "".join(piece if isinstance(piece, str) else f"{{{piece.wire}}}" for piece in path.template)
    return Identity(
        route=f"{entry.method} {route}",
        operation_id=operation_id or None,
        pointer=entry.origin.pointer,
    )


def _resource(tags: Sequence[str], path: Path) -> tuple[str, ...]:
    """The first tag; without one, what the path is about; the client itself for `/`."""
    if tags:
        return (tags[0].strip(),)
    segment = first_segment(path)
    return (segment,) if segment else ()
