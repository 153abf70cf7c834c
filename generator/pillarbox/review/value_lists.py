"""A client with its aliases written out: a list of values, or a union, is no cause of a change by its name alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from ..client import types as py
from ..client.api import Client, Field, Method, Model, Resource
from ..client.types import PyType

__all__ = ["written_out"]


def written_out(client: Client) -> Client:
    """The same client with the values of its resources' lists, and the members of its unions, in place of their names.

    Lists of the models package keep their names: each of them is compared by itself.
    """
    unions: Mapping[str, PyType] = {union.name: union.kind for union in client.unions}
    root, *resources = (_resource(one, unions) for one in client.owners)
    return replace(
        client,
        root=root,
        resources=tuple(resources),
        models=tuple(_model(model, unions) for model in client.models),
    )


def _resource(resource: Resource, unions: Mapping[str, PyType]) -> Resource:
    known = {**unions, **{values.name: values.kind for values in resource.value_lists}}
    return replace(resource, methods=tuple(_method(method, known) for method in resource.methods))


def _method(method: Method, known: Mapping[str, PyType]) -> Method:
    return replace(
        method,
        parameters=tuple(replace(item, kind=_kind(item.kind, known)) for item in method.parameters),
        returns=_kind(method.returns, known),
        responses=tuple(
            replace(item, contents=tuple(replace(one, kind=_kind(one.kind, known)) for one in item.contents))
            for item in method.responses
        ),
    )


def _model(model: Model, known: Mapping[str, PyType]) -> Model:
    return replace(
        model,
        fields=tuple(_field(field, known) for field in model.fields),
        extra=None if model.extra is None else _kind(model.extra, known),
    )


def _field(field: Field, known: Mapping[str, PyType]) -> Field:
    return replace(field, kind=_kind(field.kind, known), declared=_kind(field.declared, known))


def _kind(kind: PyType, known: Mapping[str, PyType]) -> PyType:
    match kind:
        case py.AliasName(name) | py.UnionName(name):
            return known[name]
        case py.ListOf(items, for_request):
            return py.ListOf(_kind(items, known), for_request)
        case py.MapOf(values, for_request):
            return py.MapOf(_kind(values, known), for_request)
        case py.Either(members):
            return py.either(_kind(member, known) for member in members)
        case py.Plain() | py.ModelName() | py.InputName() | py.EnumName() | py.LiteralOf() | py.Tagged():
            return kind
        case _:
            assert_never(kind)
