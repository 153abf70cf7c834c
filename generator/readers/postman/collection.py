"""A parsed collection and its scopes of variables -> the model."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...model.api import Api, Example, Operation, Read, Setting
from ...model.problems import Origin, Problem, Severity, SpecError
from .given import Context, given
from .items import Item, walk
from .operations import Layout, Request, read_operation, read_request
from .resources import place_items, resources_of
from .secrets import Vault
from .security import Schemes
from .servers import common_server, server_settings, settings_of
from .shapes import description, mapping, members, text
from .siblings import with_defaults
from .urls import Unsendable
from .variables import Scope

__all__ = ["read_collection"]

_VERSION = ("major", "minor", "patch")
_PLACEHOLDER = re.compile(r"<(?:string|integer|long|number|boolean|dateTime|date|uuid|email)>|^\(Required\) ")


def read_collection(collection: Mapping[str, Any], file: str, scopes: Sequence[Any] = ()) -> Read:
    """Read a collection. `scopes` are lists of environment values, the strongest last.

    Raises:
        SpecError: the collection holds no request.
    """
    origin = Origin(file)
    vault = Vault()
    vault.collect(collection, origin)
    for number, values in enumerate(scopes):
        vault.collect(values, Origin(f"{file} environment {number + 1}"))
    collection = vault.clean(collection)
    lists = [vault.clean(values) for values in (collection.get("variable"), *scopes)]
    scope = Scope.of([_without_secrets(values, vault, origin.child("variable")) for values in lists])
    return _Reading(collection, origin, scope, vault).read()


def _without_secrets(values: Any, vault: Vault, origin: Origin) -> list[Mapping[str, Any]]:
    """Variables whose type or name makes them secret hold a placeholder: their values are only examples."""
    found: list[Mapping[str, Any]] = []
    for index, entry in members(values):
        name = text(entry.get("key")) or text(entry.get("id"))
        value, here = entry.get("value"), origin.child(index)
        if isinstance(value, str | int | float) and "{{" not in str(value):
            hide = vault.replace if entry.get("type") == "secret" else vault.hide_field
            found.append({**entry, "value": hide(name, value, here)})
        else:
            found.append(entry)
    return found


class _Reading:
    """One run over a collection."""

    def __init__(self, collection: Mapping[str, Any], origin: Origin, scope: Scope, vault: Vault) -> None:
        self._collection = collection
        self._origin = origin
        self._vault = vault
        self._context = Context(scope, vault)
        self._schemes = Schemes(scope)
        self._problems: list[Problem] = []

    def read(self) -> Read:
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
        placed = place_items(
            [request.item for request in requests], [request.path for request in requests], title
        )
        operations: list[Operation] = []
        kept: list[tuple[Item, tuple[str, ...]]] = []
        for request, resource in zip(requests, placed, strict=True):
            operation = self._operation(request, resource, layout)
            if operation is not None:
                operations.append(operation)
                kept.append((request.item, resource))
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
            resources=resources_of([item for item, _ in kept], [resource for _, resource in kept]),
            operations=with_defaults(operations),
            schemas={},
            source=PurePath(self._origin.file).name,
            origin=self._origin,
        )
        problems = (*self._problems, *self._schemes.problems.values(), *self._vault.problems())
        return Read(api=api, problems=problems, requests=len(items), redacted=self._vault.count)

    def _unsendable(self, item: Item, at: Origin, error: Unsendable) -> None:
        message = f"{item.name[:60]!a} cannot be sent: {error}"
        self._problems.append(Problem(Severity.ERROR, "unsendable-item", message, at))

    def _request(self, item: Item) -> Request | None:
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
        words = description(gap.node.get("description"))
        taken = given(name, [gap.raw] if gap.raw else [], words, self._context, gap.origin, in_path=True)
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
