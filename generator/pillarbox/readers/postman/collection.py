"""A parsed collection and its scopes of variables -> the model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...model.api import Api, Example, Location, Operation, ReadResult, Setting
from ...model.problems import Origin, Problem, Severity, SpecError
from ...model.security import ApiKey
from ..lenient import description, mapping, text
from ..limits import NO_DEADLINE, Deadline
from .environments import Environment, weakest_first
from .items import Item, walk
from .literal_defaults import with_defaults
from .operations import Layout, Request, read_operation, read_request
from .parameter_values import Context, read_value
from .resources import assign_resources, grouping_of, resources_of
from .scripts import Need, filled_by, needs, yields
from .secrets import Vault
from .security import Schemes
from .servers import common_server, server_settings, settings_of
from .urls import Unsendable
from .variables import Scope

__all__ = ["read_collection"]

_VERSION = ("major", "minor", "patch")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
"""RFC 3986, 2.3: what is sent as it is, whoever encodes it."""
_PLACEHOLDER = re.compile(r"<(?:string|integer|long|number|boolean|dateTime|date|uuid|email)>|^\(Required\) ")


def read_collection(
    collection: Mapping[str, Any],
    origin: Origin,
    environments: Sequence[Environment] = (),
    deadline: Deadline = NO_DEADLINE,
) -> ReadResult:
    """Read a collection; its variables beat globals, and environments beat it, the strongest last.

    Raises:
        SpecError: the collection holds no request, or the deadline has passed.
    """
    vault = Vault(deadline)
    vault.collect(collection, origin)
    for environment in environments:
        vault.collect(environment.values, environment.origin)
    collection = vault.clean(collection)
    cleaned = [replace(environment, values=vault.clean(environment.values)) for environment in environments]
    found = weakest_first(collection.get("variable"), origin.child("variable"), cleaned)
    scope = Scope.of([_without_secrets(values, vault, at) for values, at in found])
    origins = {_variable(entry): at.child(index) for values, at in found for index, entry in values}
    problems = [
        Problem(
            Severity.WARNING,
            "circular-variable",
            f"the variable {name[:60]!a} leads back to itself, so it has no value",
            origins.get(name, origin),
        )
        for name in scope.circular()
    ]
    return _Reading(collection, origin, Context(scope, vault, deadline=deadline), problems).read()


def _variable(entry: Mapping[str, Any]) -> str:
    return text(entry.get("key")) or text(entry.get("id"))


def _without_secrets(
    values: Sequence[tuple[int, Mapping[str, Any]]], vault: Vault, origin: Origin
) -> list[Mapping[str, Any]]:
    """Variables whose type or name makes them secret hold a placeholder: their values are only examples."""
    found: list[Mapping[str, Any]] = []
    for index, entry in values:
        value, here = entry.get("value"), origin.child(index)
        if isinstance(value, str | int | float) and "{{" not in str(value):
            hide = vault.replace if entry.get("type") == "secret" else vault.hide_field
            found.append({**entry, "value": hide(_variable(entry), value, here)})
        else:
            found.append(entry)
    return found


class _Reading:
    """One run over a collection."""

    def __init__(
        self,
        collection: Mapping[str, Any],
        origin: Origin,
        context: Context,
        problems: list[Problem],
    ) -> None:
        self._collection = collection
        self._origin = origin
        self._vault = context.vault
        self._context = context
        self._schemes = Schemes(context.scope)
        self._problems = problems
        self._yielded: dict[str, list[Origin]] = {}

    def read(self) -> ReadResult:
        items = list(walk(self._collection, self._origin))
        if not items:
            raise SpecError("the collection holds no request", self._origin.child("item"))
        requests = [request for item in items if (request := self._request(item)) is not None]
        info = mapping(self._collection.get("info"))
        title = text(info.get("name")).strip() or PurePath(self._origin.file).name.partition(".")[0] or "API"
        main, server = common_server([request.base for request in requests])
        wanted = settings_of([request.path for request in requests])
        of_server = [one for one in server_settings(server, self._origin) if one.wire not in wanted]
        filled = frozenset((*wanted, *(one.wire for one in of_server)))
        layout = Layout(main, filled, _is_converted(requests))
        sent, paths = [request.item for request in requests], [request.path for request in requests]
        grouping = grouping_of(sent, paths)
        assigned = assign_resources(sent, paths, title, grouping)
        operations: list[Operation] = []
        needed: list[tuple[Need, ...]] = []
        kept: list[tuple[Item, tuple[str, ...]]] = []
        for request, resource in zip(requests, assigned, strict=True):
            operation = self._operation(request, resource, layout)
            if operation is not None:
                operations.append(operation)
                needed.append(tuple(needs(operation, request, self._context.scope)))
                for name in yields(request.item.events):
                    self._yielded.setdefault(name, []).append(operation.origin)
                kept.append((request.item, resource))
        operations = [
            replace(operation, sources=filled_by(need, self._yielded, operation.origin))
            for operation, need in zip(operations, needed, strict=True)
        ]
        api = Api(
            title=title,
            description=description(info.get("description")),
            version=_version(info.get("version")),
            server=server,
            settings=(
                *of_server,
                *(self._setting(name, requests) for name in wanted),
            ),
            security_schemes=self._schemes.all,
            credential_sources=tuple(self._credential_sources()),
            resources=resources_of([item for item, _ in kept], [resource for _, resource in kept]),
            grouping=grouping,
            operations=with_defaults(operations),
            schemas={},
            names_as_written=self._writes_names(operations),
            source=PurePath(self._origin.file).name,
            origin=self._origin,
        )
        problems = (*self._problems, *self._schemes.problems.values(), *self._vault.problems())
        return ReadResult(api=api, problems=problems, requests=len(items), redacted=self._vault.count)

    def _writes_names(self, operations: Sequence[Operation]) -> bool:
        """Whether the name of a query parameter holds what RFC 3986 would escape: Postman sends it as it is written."""
        names = [
            item.wire for one in operations for item in one.parameters if item.location is Location.QUERY
        ]
        keys = [one.wire for one in self._schemes.all if isinstance(one, ApiKey)]
        return any(_UNRESERVED.fullmatch(name) is None for name in (*names, *keys))

    def _credential_sources(self) -> Iterator[tuple[str, tuple[Origin, ...]]]:
        for key, variables in self._schemes.variables.items():
            origins = dict.fromkeys(origin for name in variables for origin in self._yielded.get(name, ()))
            if origins:
                yield key, tuple(origins)

    def _unsendable(self, item: Item, at: Origin, error: Unsendable) -> None:
        message = f"{item.name[:60]!a} cannot be sent: {error}"
        self._problems.append(Problem(Severity.ERROR, "unsendable-item", message, at))

    def _request(self, item: Item) -> Request | None:
        self._context.deadline.check()
        try:
            return read_request(item, self._context.scope)
        except Unsendable as error:
            about_method = str(error).startswith("the method")
            at = (
                item.at
                if not isinstance(item.request, dict)
                else item.at.child("method" if about_method else "url")
            )
            self._unsendable(item, at, error)
            return None

    def _operation(self, request: Request, resource: tuple[str, ...], layout: Layout) -> Operation | None:
        self._context.deadline.check()
        if ":" in request.userinfo:
            self._vault.replace("password", request.userinfo.partition(":")[2], request.address.origin)
        try:
            operation, problems = read_operation(request, resource, layout, self._context, self._schemes)
        except Unsendable as error:
            self._unsendable(request.item, error.origin or request.item.at.child("header"), error)
            return None
        self._problems.extend(problems)
        return operation

    def _setting(self, name: str, requests: Sequence[Request]) -> Setting:
        gap = next(gap for request in requests for gap in request.path.gaps if gap.wire == name)
        taken = read_value(gap.written, self._context)
        known = self._context.scope.value(name) if gap.is_variable else None
        return Setting(
            wire=name,
            type=taken.type,
            doc=taken.doc,
            default=taken.example.value if known is not None else None,
            example=Example(taken.example.value, taken.example.as_written),
            origin=gap.origin,
        )


def _version(value: Any) -> str:
    if isinstance(value, dict):
        numbers = [str(value[key]) for key in _VERSION if isinstance(value.get(key), int | str)]
        return ".".join(numbers)[:100]
    return text(value).strip()[:100]


def _is_converted(requests: Sequence[Request]) -> bool:
    """True for what openapi-to-postmanv2 wrote: `{{baseUrl}}` hosts, and placeholders or `(Required)`."""
    hosts = sum(request.base.written == "{{baseUrl}}" for request in requests)
    if hosts * 2 < len(requests) or not requests:
        return False
    for request in requests:
        url = mapping(request.node.get("url"))
        entries = [*request.address.variables.values(), *(entry.node for entry in request.address.query)]
        if url and any(_PLACEHOLDER.search(text(entry.get("value"))) for entry in entries):
            return True
        if any(description(entry.get("description")).startswith("(Required) ") for entry in entries):
            return True
        body = mapping(request.node.get("body"))
        if _PLACEHOLDER.search(text(body.get("raw"))):
            return True
    return False
