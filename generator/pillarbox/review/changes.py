"""A change, and the whole of what changed between two builds of a client."""

from dataclasses import dataclass
from enum import Enum

from ..model.problems import Origin
from .checks import Check, Severity

__all__ = ["Bump", "Change", "Review", "Side", "in_new", "in_old"]


class Side(Enum):
    """Which of the two specs a location is in."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different for a caller. `symbol`, `old` and `new` hold text of the spec: encode them."""

    check: Check
    severity: Severity
    """The check's own, or the configured one."""
    symbol: str
    """What a caller writes: `users.get_token`, `users.get_token(ttl)`, `UserToken.token`, `Zoom(token)`."""
    old: str = ""
    new: str = ""
    side: Side
    origin: Origin
    """Where the cause is: in the old spec for what is gone, else in the new one."""
    reaches: tuple[str, ...] = ()
    """The operations that a shared cause touches, by their names; empty where the symbol names it."""


class Bump(Enum):
    """The part of a semantic version that should rise."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"


_BUMPS = {
    Severity.BREAKING: Bump.MAJOR,
    Severity.MAYBE: Bump.MINOR,
    Severity.COMPATIBLE: Bump.MINOR,
    Severity.DOCS: Bump.PATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that changed for the callers of one client."""

    client: str
    old: str = ""
    """The old spec as the reader knows it; empty for a client that is new."""
    new: str = ""
    changes: tuple[Change, ...]
    """The worst first; within a severity by what they are about."""

    def of(self, severity: Severity) -> tuple[Change, ...]:
        """Changes of one severity."""
        return tuple(change for change in self.changes if change.severity is severity)

    @property
    def worst(self) -> Severity | None:
        """The severity of the worst change; None where nothing changed."""
        return min((change.severity for change in self.changes), key=lambda one: one.rank, default=None)

    @property
    def bump(self) -> Bump:
        """The suggested version bump."""
        worst = self.worst
        return Bump.NONE if worst is None else _BUMPS[worst]


def in_new(
    check: Check, symbol: str, origin: Origin, *, old: str = "", new: str = "", reaches: tuple[str, ...] = ()
) -> Change:
    """A change whose cause is in the new spec."""
    return Change(
        check=check,
        severity=check.severity,
        symbol=symbol,
        old=old,
        new=new,
        side=Side.NEW,
        origin=origin,
        reaches=reaches,
    )


def in_old(
    check: Check, symbol: str, origin: Origin, *, old: str = "", new: str = "", reaches: tuple[str, ...] = ()
) -> Change:
    """A change whose cause is that something of the old spec is gone."""
    return Change(
        check=check,
        severity=check.severity,
        symbol=symbol,
        old=old,
        new=new,
        side=Side.OLD,
        origin=origin,
        reaches=reaches,
    )
