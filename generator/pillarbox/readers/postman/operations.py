"""One request item -> one operation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import (
    Body,
    FixedHeader,
    FormBody,
    GraphQLBody,
    Identity,
    Location,
    MultipartBody,
    Operation,
    Parameter,
    Server,
)
from ...model.problems import Problem
from ...model.security import KeyLocation
from ..lenient import mapping
from ..secret_names import name_words
from .bodies import BodyNode, read_body
from .items import Item
from .parameter_values import Context
from .parameters import Headers, read_headers, read_query
from .paths import RequestPath, read_path, route
from .responses import read_responses, saved_bodies
from .security import Schemes
from .servers import Base, own_server, read_base, server_parameters
from .urls import Address, Unsendable, read_url
from .variables import Scope

__all__ = ["Layout", "Request", "read_operation", "read_request"]

_METHOD = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Z]+", re.ASCII)
_DEPRECATED = re.compile(r"[(\[]\s*deprecated\s*[)\]]|^\s*deprecated\b", re.IGNORECASE)


def location_key(location: KeyLocation, wire: str) -> tuple[KeyLocation, tuple[str, ...]]:
    """Equal for what Postman takes for one parameter: headers by their words, `x_api_key` as `X-Api-Key`."""
    return location, (name_words(wire) or (wire.lower(),)) if location is KeyLocation.HEADER else (wire,)


_Carriers = frozenset[tuple[KeyLocation, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """An item whose address and method are known to be sendable."""

    item: Item
    method: str
    address: Address
    base: Base
    path: RequestPath
    node: Mapping[str, Any]

    @property
    def userinfo(self) -> str:
        """Credentials in the URL, which Postman sends as Basic."""
        return self.address.userinfo or self.base.userinfo


@dataclass(frozen=True, slots=True)
class Layout:
    """What the collection as a whole settles for each operation."""

    main: Base | None
    """What precedes the path of a request to the client's own server."""
    settings: frozenset[str]
    is_converted: bool


def read_request(item: Item, scope: Scope) -> Request:
    """Where a request goes.

    Raises:
        Unsendable: no HTTP client could send it.
    """
    node = mapping(item.request)
    url = node.get("url") if node else item.request
    at = item.at.child("url") if node else item.at
    method = node.get("method")
    method = method.strip().upper() if isinstance(method, str) and method.strip() else "GET"
    if "{{" in method:
        raise Unsendable("the method is a variable")
    if not _METHOD.fullmatch(method):
        raise Unsendable("the method is no HTTP method")
    address = read_url(url, at, scope)
    base = read_base(address.server, scope)
    return Request(item, method, address, base, read_path(address, scope), node)


def read_operation(
    request: Request, resource: tuple[str, ...], layout: Layout, context: Context, schemes: Schemes
) -> tuple[Operation, tuple[Problem, ...]]:
    """The operation of a request.

    Raises:
        Unsendable: a header that no HTTP client could send.
    """
    item = request.item
    gaps = [gap for gap in request.path.gaps if gap.wire not in layout.settings]
    context = replace(context, names=frozenset(gap.wire for gap in gaps))
    headers = read_headers(
        request.node.get("header"), context, item.at.child("header"), is_converted=layout.is_converted
    )
    names = context.names | {header.wire for header in headers.parameters}
    query = read_query(request.address.query, replace(context, names=names), is_converted=layout.is_converted)
    context = replace(context, names=names | {parameter.wire for parameter in query.parameters})
    body_node = BodyNode(
        node=request.node.get("body"),
        method=request.method,
        headers=headers,
        pruned=not item.behaviour.get("disableBodyPruning"),
        unlabelled=_is_unlabelled(item),
        siblings=saved_bodies(item.responses),
        origin=item.at.child("body"),
    )
    body = read_body(body_node, context)
    saved = read_responses(item.responses, request.method, context, item.origin.child("response"))
    server = _server(request, layout)
    security = schemes.of_item(item.auth, headers.authorization, request.userinfo, item.at)
    signed = schemes.carriers(security)
    operation = Operation(
        identity=_identity(item, request),
        resource=resource,
        name=item.name,
        summary=item.name,
        description=item.description,
        method=request.method,
        path=request.path.template,
        fixed_query=query.fixed,
        parameters=(
            *(gap.parameter(context) for gap in gaps),
            *(server_parameters(server, request.address.origin) if server else ()),
            *_unsigned((*query.parameters, *headers.parameters), signed),
        ),
        headers=_fixed(headers, body.body, signed),
        body=body.body,
        responses=saved.responses,
        errors=saved.errors,
        security=security,
        server=server,
        deprecated=_is_deprecated(item),
        origin=item.origin,
    )
    return operation, (*headers.problems, *body.problems, *saved.problems)


def _server(request: Request, layout: Layout) -> Server | None:
    is_main = layout.main is not None and request.base.server_key == layout.main.server_key
    return None if is_main else own_server(request.base)


def _unsigned(parameters: Iterable[Parameter], signed: _Carriers) -> Iterator[Parameter]:
    """Without those that the credentials of the client fill."""
    keys = {location_key(location, wire) for location, wire in signed}
    for parameter in parameters:
        location = KeyLocation.QUERY if parameter.location is Location.QUERY else KeyLocation.HEADER
        if location_key(location, parameter.wire) not in keys:
            yield parameter


def _is_unlabelled(item: Item) -> bool:
    """True where the collection switches off the Content-Type that Postman adds."""
    switched = mapping(item.behaviour.get("disabledSystemHeaders"))
    return any(name.lower() == "content-type" and value is True for name, value in switched.items())


def _fixed(headers: Headers, body: Body | None, signed: _Carriers) -> tuple[FixedHeader, ...]:
    """A body has its own media type; without one, or where it is empty, the header is sent unchanged."""
    keys = {
        location_key(KeyLocation.HEADER, wire) for location, wire in signed if location is KeyLocation.HEADER
    }
    kept = tuple(
        header for header in headers.fixed if location_key(KeyLocation.HEADER, header.wire) not in keys
    )
    declared = headers.content_type
    if declared is None or isinstance(body, FormBody | MultipartBody):
        return kept
    if (declared.strip() and body is not None and not isinstance(body, GraphQLBody)) or "{{" in declared:
        return kept
    if not declared.isprintable() or not declared.isascii():
        return kept
    return (*kept, FixedHeader("Content-Type", declared.strip()))


def _identity(item: Item, request: Request) -> Identity:
    folders = (*(folder.name for folder in item.folders), item.name)
    return Identity(item=item.id, folder=folders, route=route(request.method, request.path.template))


def _is_deprecated(item: Item) -> bool:
    names = (*(folder.name for folder in item.folders), item.name)
    return any(_DEPRECATED.search(name) for name in names)
