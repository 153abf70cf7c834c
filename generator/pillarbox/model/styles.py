"""How the value of a parameter becomes text, and what it depends on."""

from enum import Enum

from .types import Array, Map, Object, Reference, Type, Union

__all__ = ["Style", "is_array", "is_list_of_objects", "is_object"]


class Style(Enum):
    """How a parameter's value becomes text."""

    SIMPLE = "simple"
    """One value; an array repeats the parameter (query) or is joined by commas (path, header)."""
    COMMA = "comma"
    """An array joined by commas in one value."""
    FLAG = "flag"
    """Query only: sent as `name` without `=` when true, left out when false."""
    DEEP = "deep"
    """Query and form: an object as `name[field]=value`, a list as `name[0]=item`, at every depth."""
    DEEP_EMPTY = "deep[]"
    """The same, but a list as `name[]=item`."""
    DEEP_REPEATED = "deep*"
    """The same, but a list as `name=item` again and again."""
    SPACE = "space"
    """Query only: an array joined by spaces in one value."""
    PIPE = "pipe"
    """Query only: an array joined by `|` in one value."""
    TAB = "tab"
    """Query only: an array joined by tabs in one value (Swagger's `tsv`)."""
    MEMBERS = "members"
    """Query, form and cookie: each member of an object is a parameter of its own."""
    PAIRS = "pairs"
    """An object in one value: `name,value,name,value`."""
    ASSIGNED = "assigned"
    """Path and header: an object in one value as `name=value,name=value`."""
    JSON = "json"
    """Any value as JSON text."""
    SEGMENTS = "segments"
    """Path only: a value of several segments, whose slashes stay."""
    LABEL = "label"
    """Path only (RFC 6570): `.value`; arrays and objects joined by commas."""
    LABEL_EXPLODED = "label*"
    """Path only: `.item.item`, `.name=value.name=value`."""
    MATRIX = "matrix"
    """Path only (RFC 6570): `;name=value`; arrays and objects joined by commas."""
    MATRIX_EXPLODED = "matrix*"
    """Path only: `;name=item;name=item`; members of an object as `;member=value`."""


def is_object(kind: Type) -> bool:
    """True for what is sent as members with names."""
    match kind:
        case Object() | Map() | Reference():
            return True
        case Union(members):
            return any(is_object(member) for member in members)
        case _:
            return False


def is_array(kind: Type) -> bool:
    """True for what is sent as items."""
    match kind:
        case Array():
            return True
        case Union(members):
            return any(is_array(member) for member in members)
        case _:
            return False


def is_list_of_objects(kind: Type) -> bool:
    """True for items that are sent as members with names."""
    match kind:
        case Array(items):
            return is_object(items)
        case Union(members):
            return any(map(is_list_of_objects, members))
        case _:
            return False
