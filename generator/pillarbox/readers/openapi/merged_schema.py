"""A schema with everything that it refers to and combines, one level deep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .refs import SchemaNode

__all__ = ["Group", "MergedSchema", "json_key", "merged_values"]


@dataclass(frozen=True, slots=True)
class Group:
    """The alternatives of a `oneOf` or `anyOf`."""

    variants: tuple[SchemaNode, ...]
    property: str = ""
    """The discriminator's."""
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class MergedSchema:
    """The keywords of a schema and of all that it is merged from."""

    nodes: tuple[SchemaNode, ...]
    beside: tuple[SchemaNode, ...] = ()
    """The schema that these are an alternative of, where it adds to them."""
    targets: list[SchemaNode] = field(default_factory=list)
    """The schemas that were referred to."""
    parts: list[SchemaNode] = field(default_factory=list)
    """The schemas it was merged from, each without what it refers to."""
    kinds: tuple[str, ...] | None = None
    """Words of `TYPES` without null; None where no part names a type."""
    null: bool = False
    format: str = ""
    textual: bool = False
    numeric: bool = False
    """Keywords for texts or numbers are there, which imply a type that is not named."""
    values: tuple[Any, ...] | None = None
    """Of `enum` and `const`."""
    values_at: SchemaNode | None = None
    open: bool = False
    properties: dict[str, list[SchemaNode]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    conditional: dict[str, list[SchemaNode]] = field(default_factory=dict)
    """Properties that conditions add."""
    additional: list[SchemaNode] = field(default_factory=list)
    any_additional: bool = False
    items: list[SchemaNode] = field(default_factory=list)
    prefix_items: list[SchemaNode] = field(default_factory=list)
    """Types of the items one by one."""
    is_array: bool = False
    is_object: bool = False
    """Keywords for objects are there, though perhaps no property."""
    groups: list[Group] = field(default_factory=list)
    property: str = ""
    """Of a discriminator without alternatives beside it: others are merged from this schema."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    doc: str = ""
    inherited_doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Any = None


def json_key(value: Any) -> object:
    """Equal for equal JSON: `1` and `true` differ, though not for Python."""
    return (type(value), value) if isinstance(value, str | int | float) or value is None else repr(value)


def merged_values(values: Iterable[Any]) -> tuple[Any, ...]:
    """The values without duplicates, in order."""
    return tuple({json_key(value): value for value in values}.values())
