"""A whole document -> the model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...model.api import Api, Operation, ReadResult, Resource
from ...model.grouping import Grouping
from ...model.problems import Origin, Problem, Severity, SpecError
from ..lenient import description, mapping, members, text
from ..limits import Limits
from .dialect import Dialect
from .operations import Document, OperationNode, found_operations, read_operation
from .parameters import Reading
from .refs import Refs
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


def read_openapi(root: Mapping[str, Any], origin: Origin, limits: Limits | None = None) -> ReadResult:
    """Read an OpenAPI document.

    Raises:
        SpecError: it holds no operation, or exceeds a limit.
    """
    problems: list[Problem] = []
    dialect = _dialect(root, origin, problems)
    _refuse_empty(root, origin)
    refs = Refs(root, origin, dialect, problems, limits)
    schemas = Schemas(refs, dialect, problems)
    reading = Reading(
        dialect=dialect, refs=refs, schemas=schemas, values=Values(schemas, refs.deadline), problems=problems
    )
    found = list(found_operations(root, origin, reading))
    if not found:
        raise SpecError("`paths` holds no operation", origin.child("paths"))
    servers = read_servers(root, dialect, origin, problems)
    security = Security(
        root, refs, dialect, origin, problems, is_required_anywhere=_is_required_anywhere(root, found)
    )
    document = Document(root=root, reading=reading, security=security, server=servers.main)
    operations = tuple(read_operation(one, document) for one in found)
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
        api=api, problems=tuple(problems), requests=len(found), redacted=reading.values.redacted
    )
