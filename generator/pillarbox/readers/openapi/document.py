"""A whole document -> the model."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...model.api import Api, Operation, ReadResult, Resource
from ...model.grouping import Grouping
from ...model.problems import Origin, Problem, Severity, SpecError
from ..lenient import description, mapping, members, text
from ..limits import Limits
from .dialect import Dialect
from .operations import Document, LeftOut, OperationNode, found_operations, read_operation
from .parameters import Reading
from .refs import Lost, Refs
from .schemas import Schemas
from .security import Security
from .servers import read_servers
from .values import Values

__all__ = ["is_openapi", "read_openapi"]


def is_openapi(root: Any) -> bool:
    """True for an object that calls itself OpenAPI or Swagger, in any version."""
    return isinstance(root, dict) and ("openapi" in root or "swagger" in root)


def _dialect(root: Mapping[str, Any], origin: Origin, problems: list[Problem]) -> Dialect:
    """The dialect by version; a version that we do not know is read as the nearest that we do."""
    if "swagger" in root:
        written, at = str(root["swagger"]), origin.child("swagger")
        known, dialect = written.startswith("2"), Dialect.SWAGGER_2
        if written.startswith("1"):
            raise SpecError("Swagger 1.x has another form; convert it to OpenAPI 3 first", at)
    else:
        written, at = str(root["openapi"]), origin.child("openapi")
        if written.startswith("2"):
            return Dialect.SWAGGER_2
        known = written.startswith(("3.0", "3.1", "3.2")) or written == "3"
        dialect = Dialect.OPENAPI_30 if written.startswith("3.0") or written == "3" else Dialect.OPENAPI_31
    if not known:
        message = f"version {written[:20]!a} is not known; it is read as {dialect.value}"
        problems.append(Problem(Severity.WARNING, "unknown-version", message, at))
    return dialect


def _refuse_empty(root: Mapping[str, Any], origin: Origin) -> None:
    paths = root.get("paths")
    if paths is None and "webhooks" in root:
        raise SpecError(
            "the document has webhooks and no `paths`: there is nothing for a client to call", origin
        )
    if paths is None:
        raise SpecError("the document has no `paths`, so there is no operation in it", origin)
    if not isinstance(paths, dict):
        raise SpecError("`paths` is no object, so there is no operation in it", origin.child("paths"))


def _is_required_anywhere(root: Mapping[str, Any], found: Sequence[OperationNode]) -> bool:
    return "security" in root or any("security" in one.node for one in found)


def _resources(
    root: Mapping[str, Any], operations: Sequence[Operation], origin: Origin
) -> tuple[Resource, ...]:
    used = {operation.resource for operation in operations}
    found: dict[tuple[str, ...], Resource] = {}
    for index, tag in members(root.get("tags")):
        path = (text(tag.get("name")).strip(),)
        if path in used:
            doc = description(tag.get("description")) or text(tag.get("summary"))
            found.setdefault(path, Resource(path=path, doc=doc, origin=origin.child("tags", index)))
    for operation in operations:
        if operation.resource:
            found.setdefault(operation.resource, Resource(path=operation.resource, origin=operation.origin))
    return tuple(found.values())


def _note_repeated_ids(operations: Sequence[Operation], problems: list[Problem]) -> None:
    counted = Counter(operation.identity.operation_id for operation in operations)
    for operation in operations:
        name = operation.identity.operation_id
        if name is not None and counted[name] > 1:
            counted[name] = 0
            message = (
                f"the operationId {name[:80]!a} is used more than once; paths distinguish the operations"
            )
            at = operation.origin.child("operationId")
            problems.append(Problem(Severity.WARNING, "duplicate-operation-id", message, at))


_MOST_NAMED = 3
"""Further errors that a message lists."""
_PARTS = frozenset(
    "operationId summary description tags parameters requestBody responses security servers callbacks "
    "deprecated externalDocs consumes produces schemes".split()
)
"""Members of an operation, in any version."""


def _refuse_hollow(found: Sequence[OperationNode], operations: Sequence[Operation], origin: Origin) -> None:
    """A document of which nothing can be read gives a client that can do nothing."""
    if all(_PARTS.isdisjoint(one.node) for one in found) and not any(one.parameters for one in operations):
        raise SpecError(
            "no operation has anything that can be read: no parameters, no body, no responses; "
            "is this a document in several files, or another format?",
            origin.child("paths"),
        )


def _refuse_lost(lost: Sequence[Problem]) -> None:
    """Required parts that cannot be read are an error, or a client would lack what its document describes."""
    first, *others = dict.fromkeys(lost)
    more = ""
    if others:
        shown = ", ".join(str(problem.origin) for problem in others[:_MOST_NAMED])
        cut = ", ..." if len(others) > _MOST_NAMED else ""
        more = f"; {len(others):,} more like this: {shown}{cut}"
    raise SpecError(
        f"{first.message}{more}; mend it, or leave the operations out with --allow-missing-refs", first.origin
    )


def _listed(left_out: Sequence[LeftOut], security: Security) -> Iterator[Problem]:
    for one in left_out:
        yield replace(one.problem, message=f"{one.label[:200]} is left out: {one.problem.message}")
    known = {one.problem for one in left_out}
    yield from (problem for problem in security.lost if problem not in known)


def _operations(
    found: Sequence[OperationNode], document: Document, left_out: list[LeftOut]
) -> Iterator[Operation]:
    for one in found:
        try:
            yield read_operation(one, document)
        except Lost as lost:
            left_out.append(LeftOut(one.label, lost.problem))


def read_openapi(
    root: Mapping[str, Any], origin: Origin, limits: Limits | None = None, *, allow_missing_refs: bool = False
) -> ReadResult:
    """Read an OpenAPI document, with the files below its folder that it refers to.

    Args:
        allow_missing_refs: Leave operations out of which a part that each call needs cannot be read.

    Raises:
        SpecError: it holds no operation, exceeds a limit, or has such a part.
    """
    problems: list[Problem] = []
    dialect = _dialect(root, origin, problems)
    _refuse_empty(root, origin)
    refs = Refs(root, origin, dialect, problems, limits)
    schemas = Schemas(refs, dialect, problems)
    reading = Reading(
        dialect=dialect, refs=refs, schemas=schemas, values=Values(schemas, refs.deadline), problems=problems
    )
    entries = list(found_operations(root, origin, reading))
    found = [entry for entry in entries if isinstance(entry, OperationNode)]
    left_out = [entry for entry in entries if isinstance(entry, LeftOut)]
    if not entries:
        raise SpecError("`paths` holds no operation", origin.child("paths"))
    servers = read_servers(root, dialect, origin, problems)
    security = Security(
        root, refs, dialect, origin, problems, is_required_anywhere=_is_required_anywhere(root, found)
    )
    document = Document(root=root, reading=reading, security=security, server=servers.main)
    operations = tuple(_operations(found, document, left_out))
    lost = (*(one.problem for one in left_out), *security.lost)
    if lost and (not allow_missing_refs or not operations):
        _refuse_lost(lost)
    _refuse_hollow(found, operations, origin)
    problems += _listed(left_out, security)
    _note_repeated_ids(operations, problems)
    info = mapping(root.get("info"))
    api = Api(
        title=text(info.get("title")).strip() or PurePath(origin.file).name.partition(".")[0] or "API",
        description=description(info.get("description")) or text(info.get("summary")),
        version=str(info.get("version") or "")[:100],
        server=servers.main,
        other_servers=servers.others,
        settings=servers.settings,
        security_schemes=security.schemes,
        resources=_resources(root, operations, origin),
        grouping=Grouping.TAGS,
        operations=operations,
        schemas=schemas.all,
        source=PurePath(origin.file).name,
        origin=origin,
    )
    return ReadResult(
        api=api, problems=tuple(problems), requests=len(entries), redacted=reading.values.redacted
    )
