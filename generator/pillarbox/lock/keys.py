"""What tells the names of a lock apart, and by what a name is recognised when its site has moved."""

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Literal, TypeVar

from .format import Fact, Kind

__all__ = [
    "Facts",
    "Key",
    "MovingKind",
    "Slot",
    "exact_key",
    "kept_facts",
    "loose_keys",
    "slot_of",
    "unique",
]

_T = TypeVar("_T")
Key = tuple[object, ...]
Slot = tuple[str, str, str]
Facts = Mapping[str, str | Sequence[str]]
"""What a name belongs to, such as `{"in": "query", "wire": "ttl"}`."""
MovingKind = Literal["argument", "field", "model"]
"""Kinds whose names follow their sites: an argument from the query to the body, a field that is spelled otherwise."""

_SPACES: Mapping[Kind, str] = {
    "argument": "argument",
    "credential": "option",
    "enum": "enum",
    "field": "field",
    "model": "model",
    "operation": "member",
    "resource": "member",
    "setting": "option",
}
"""Kinds of one space share their names: a resource and an operation are attributes of one object."""
_STATUS = re.compile(r":(?:\d{3}|default)(?=:|$)")


def _spelling(text: object) -> str:
    """`nextPage`, `next_page` and `next-page` are one name to a reader."""
    return re.sub(r"[^a-z0-9]", "", str(text).casefold())


def kept_facts(facts: Facts) -> dict[str, Fact]:
    """Facts as the lock holds them."""
    return {key: value if isinstance(value, str) else tuple(value) for key, value in facts.items()}


def slot_of(kind: Kind, scope: str, name: str) -> Slot:
    """Names of one slot exclude each other. Case does not tell them apart, because modules are named after some."""
    return _SPACES[kind], scope.casefold(), name.casefold()


def exact_key(kind: Kind, scope: str, facts: Mapping[str, Fact]) -> Key:
    """What tells two claims of a kind apart."""
    if kind in ("model", "enum"):
        return kind, facts.get("at")
    if kind in ("argument", "field"):
        return kind, scope, *sorted(facts.items())
    return kind, *sorted(facts.items())


def loose_keys(kind: MovingKind, facts: Mapping[str, Fact]) -> tuple[Key, ...]:
    """By what a name is recognised when its exact site is gone: strongest first."""
    wire = facts.get("wire")
    match kind:
        case "argument":
            return (wire,), (facts.get("in"), _spelling(wire)), (_spelling(wire),)
        case "field":
            return ((_spelling(wire),),)
        case "model":
            return ((_STATUS.sub(":", str(facts.get("at")), count=1),),)


def unique(pairs: Sequence[tuple[Hashable, _T]]) -> dict[Hashable, _T]:
    """Those whose key occurs once."""
    found: dict[Hashable, _T | None] = {}
    for key, value in pairs:
        found[key] = None if key in found else value
    return {key: value for key, value in found.items() if value is not None}
