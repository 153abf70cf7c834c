"""The types of an API's data, as far as a spec or its examples tell them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum as _Enum

from .problems import Origin

__all__ = [
    "Anything",
    "Array",
    "Enumeration",
    "Evidence",
    "Field",
    "Json",
    "Map",
    "Nullable",
    "Object",
    "Reference",
    "Scalar",
    "ScalarKind",
    "Schema",
    "Type",
    "Union",
]

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""A JSON value. Treated as immutable everywhere."""


class ScalarKind(_Enum):
    """What a scalar is on the wire; every kind but the numbers and BOOLEAN is a JSON string."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "date-time"
    UUID = "uuid"
    BINARY = "binary"
    """Bytes: an uploaded file, a downloaded document. Never inside JSON."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `format` is documentation only (`email`, `uri`, `byte`, `password` …)."""

    kind: ScalarKind
    format: str = ""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of allowed values; an open one allows others too."""

    values: tuple[Json, ...]
    open: bool
    """True where the list was inferred from text or samples and nothing closes it."""
    docs: tuple[str, ...] = ()
    """What each value means, beside `values`, or empty."""
    title: str = ""
    """The spec's own name for the list, if it has one: schemas that use it share that name."""


@dataclass(frozen=True, slots=True)
class Array:
    """A JSON array, or a parameter given several times."""

    items: "Type"


@dataclass(frozen=True, slots=True)
class Map:
    """An object whose keys are data (ids, dates, currencies), not names of fields."""

    values: "Type"


@dataclass(frozen=True, slots=True)
class Nullable:
    """`inner`, or JSON null."""

    inner: "Type"


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types. Members are neither unions nor nullable themselves."""

    members: tuple["Type", ...]
    discriminator: str = ""
    """Wire name of the field that distinguishes the members, or empty."""
    tags: tuple[tuple[str, ...], ...] = ()
    """Values of that field that mean each member, beside `members`; empty where nothing distinguishes them."""
    title: str = field(default="", compare=False)
    """The spec's own name for it, if it has one. No part of what the union is."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A named object of the document: `Api.schemas[key]`. The only way a type may be recursive."""

    key: str


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value: nothing is known about this value. `why` is the reason that `inspect` shows."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a field was seen: in `seen` of `of` samples of the object that holds it."""

    seen: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A member of an object, by its wire name."""

    wire: str
    type: "Type"
    required: bool
    """As the spec describes it; where there are only samples: present in each of them."""
    doc: str = ""
    """The spec's own description, uncleaned (Markdown or HTML)."""
    deprecated: bool = False
    evidence: Evidence | None = None
    """None where a schema defines the field and no sample was needed."""
    default: Json = None
    """Sent unless the caller says otherwise; only for a literal that tells sibling operations apart."""
    example: Json = field(default=None, compare=False)
    """What the spec shows for it, not checked against its type. For made examples: no part of what the field is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """An object with named fields, in the order of the spec."""

    fields: tuple[Field, ...]
    extra: "Type | None" = None
    """Type of the members that are not named (additionalProperties), if the spec describes them."""
    title: str = ""
    """The spec's own name for it, if it has one."""
    doc: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """An object to which the document gives a name."""

    name: str
    """As the document spells it."""
    type: Object
    for_request: bool = False
    """True for what a request holds, where it differs from what responses hold (readOnly, writeOnly)."""
    origin: Origin


Type = Scalar | Enumeration | Array | Map | Nullable | Union | Reference | Anything | Object
