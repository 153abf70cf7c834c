"""Calls of the Chilkat library as statements, which each language of Chilkat's spells in its own way."""

from dataclasses import dataclass
from enum import Enum

__all__ = [
    "Check", "CheckStatus", "Create", "Do", "Environment", "Expression", "Gap", "Let", "Loop", "Note", "Of", "Program",
    "Property", "Put", "Ref", "Shape", "Show", "ShowText", "Statement", "Sum",
]  # fmt: skip


class Shape(Enum):
    """What a local holds: a scalar, or an object of a Chilkat class."""

    TEXT = "text"
    INTEGER = "integer"
    LARGE = "large"
    """An integer of 64 bits, read from its text: Chilkat's own have 32."""
    NUMBER = "number"
    """A double, read from its text."""
    BOOLEAN = "boolean"
    HTTP = "Http"
    REQUEST = "HttpRequest"
    RESPONSE = "HttpResponse"
    JSON = "JsonObject"
    BUILDER = "StringBuilder"
    BYTES = "BinData"


@dataclass(frozen=True, slots=True)
class Ref:
    """A local; an object where it is passed."""

    name: str
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """A variable of the environment."""

    name: str


@dataclass(frozen=True, slots=True)
class Of:
    """What a method returns."""

    target: str
    method: str
    arguments: "tuple[Expression, ...]" = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property."""

    target: str
    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Texts, one after the other."""

    parts: "tuple[Expression, ...]"


Expression = str | int | bool | Ref | Environment | Of | Property | Sum


@dataclass(frozen=True, slots=True)
class Create:
    """A new object."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Let:
    """A scalar local gets a value, or the object that a method returns."""

    name: str
    shape: Shape
    value: Expression


@dataclass(frozen=True, slots=True)
class Put:
    """A property gets a value."""

    target: str
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Do:
    """A call for its effect."""

    target: str
    method: str
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """End with the error text where the last call of `target` failed."""

    target: str


@dataclass(frozen=True, slots=True)
class CheckStatus:
    """End where the status is 400 or more."""

    response: str


@dataclass(frozen=True, slots=True)
class Loop:
    """`index` from 0 to below `count`, also as Chilkat's own index `letter` of paths."""

    index: str
    count: str
    path: str
    json: str
    letter: str
    steps: "tuple[Statement, ...]"


@dataclass(frozen=True, slots=True)
class Show:
    """`name = value`."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class ShowText:
    """A line for people: a label, and a value where there is one."""

    label: str
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Comment lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Statement = Create | Let | Put | Do | Check | CheckStatus | Loop | Show | ShowText | Note | Gap


@dataclass(frozen=True, slots=True)
class Program:
    """The statements, in order, and what they cannot carry."""

    statements: tuple[Statement, ...]
    unsent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
