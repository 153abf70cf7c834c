"""What a caller of the planned client can name and touch, as data: what `diff` compares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from ..model.api import Operation
from ..model.problems import Origin
from ..model.types import Json
from . import types as py
from .arguments import Argument
from .types import PyType

__all__ = [
    "Surface",
    "SurfaceCredential",
    "SurfaceField",
    "SurfaceModel",
    "SurfaceOperation",
    "SurfaceSetting",
    "ValueList",
    "expanded",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceOperation:
    """A method of the client."""

    operation: Operation
    qualified: str
    """`users.get_user_token`: attribute path from the client, then the method."""
    arguments: tuple[Argument, ...]
    """In signature order; named lists of values stand there in full."""
    returns: PyType


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceField:
    """A field of a model."""

    name: str
    wire: str
    kind: PyType
    """As it is declared: with None where the field may be absent."""
    required: bool
    deprecated: bool
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceModel:
    """A class of `models`."""

    name: str
    fields: tuple[SurfaceField, ...]
    extra: PyType | None
    """Type of the members that have no name of their own, where the spec types them."""
    places: frozenset[str]
    """Place keys of the API that share it."""
    doc: str
    origin: Origin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueList:
    """A named list of values: `UserTokenType = Literal["token", "zak"] | str`."""

    name: str
    """`State` for one of the models package, `users.UserTokenType` for one of a resource's module."""
    kind: PyType


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceCredential:
    """A secret that the client takes."""

    name: str
    scheme: str
    role: str
    """What it is within its scheme: `token`, `username`, `password`, `key`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceSetting:
    """A placeholder of the API's addresses that the client fills."""

    name: str
    wire: str
    default: Json
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A whole client, as its callers see it."""

    class_name: str
    package: str
    base_url: str | None
    security: tuple[tuple[str, ...], ...]
    """What signs an operation that says nothing itself."""
    credentials: tuple[SurfaceCredential, ...]
    settings: tuple[SurfaceSetting, ...]
    operations: tuple[SurfaceOperation, ...]
    models: tuple[SurfaceModel, ...]
    lists: tuple[ValueList, ...]
    """Those of the models package, which annotations mention by name."""
    values: tuple[ValueList, ...]
    """Those of the resources' modules; annotations here have their values in full."""


def expanded(arguments: Iterable[Argument], lists: Mapping[str, PyType]) -> tuple[Argument, ...]:
    """The arguments with each named list of values written out."""
    return tuple(replace(argument, kind=_written_out(argument.kind, lists)) for argument in arguments)


def _written_out(kind: PyType, lists: Mapping[str, PyType]) -> PyType:
    match kind:
        case py.AliasName(name):
            return lists[name]
        case py.ListOf(items, for_request):
            return py.ListOf(_written_out(items, lists), for_request)
        case py.MapOf(values, for_request):
            return py.MapOf(_written_out(values, lists), for_request)
        case py.Either(members):
            return py.either(_written_out(member, lists) for member in members)
        case py.Plain() | py.ModelName() | py.EnumName() | py.LiteralOf() | py.Tagged():
            return kind
        case _:
            assert_never(kind)
