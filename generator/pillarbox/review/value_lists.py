"""A client with the lists of values of its resources written out: a list is no cause of a change by its name alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from ..client import types as py
from ..client.api import Client, Method, Resource
from ..client.types import PyType

__all__ = ["written_out"]


def written_out(client: Client) -> Client:
    """The same client with the values of its resources' lists in place of their names.

    Lists of the models package keep their names: each of them is compared by itself.
    """
    root, *resources = map(_resource, client.owners)
    return replace(client, root=root, resources=tuple(resources))


def _resource(resource: Resource) -> Resource:
    lists = {values.name: values.kind for values in resource.value_lists}
    return replace(resource, methods=tuple(_method(method, lists) for method in resource.methods))


def _method(method: Method, lists: Mapping[str, PyType]) -> Method:
    parameters = tuple(replace(item, kind=_kind(item.kind, lists)) for item in method.parameters)
    return replace(method, parameters=parameters)


def _kind(kind: PyType, lists: Mapping[str, PyType]) -> PyType:
    match kind:
        case py.AliasName(name):
            return lists[name]
        case py.ListOf(items, for_request):
            return py.ListOf(_kind(items, lists), for_request)
        case py.MapOf(values, for_request):
            return py.MapOf(_kind(values, lists), for_request)
        case py.Either(members):
            return py.either(_kind(member, lists) for member in members)
        case py.Plain() | py.ModelName() | py.EnumName() | py.LiteralOf() | py.Tagged():
            return kind
        case _:
            assert_never(kind)
