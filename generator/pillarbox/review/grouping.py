"""Changes with the same text, reported as one: what makes a long review short."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .changes import Change
from .checks import Check, Severity

__all__ = ["Fold", "folded", "shortened", "split_symbol"]

LONGEST = 160
"""Characters of a type or value in a line; what is longer is cut, and whole in the JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Changes of one kind: one; several in one holder (a resource, a model, a method); or the same in several."""

    check: Check
    severity: Severity
    holders: tuple[str, ...]
    members: tuple[str, ...]
    """Names within the holder; the whole symbol where there is one change only."""
    changes: tuple[Change, ...]

    @property
    def single(self) -> Change | None:
        """The change, where there is only one."""
        return self.changes[0] if len(self.changes) == 1 else None


def shortened(text: str, longest: int = LONGEST) -> str:
    """Text that fits a line."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def split_symbol(symbol: str) -> tuple[str, str]:
    """A symbol as its holder and the rest: `users.get(ttl)` -> `users.get`, `ttl`; `User.id` -> `User`, `id`."""
    if symbol.endswith(")"):
        holder, _, member = symbol[:-1].partition("(")
        return holder, member
    holder, _, member = symbol.rpartition(".")
    return holder, member


def folded(changes: Iterable[Change]) -> tuple[Fold, ...]:
    """The changes, those with the same text as one, in the order of their first."""
    groups: dict[tuple[Check, Severity, str], list[Change]] = {}
    for change in changes:
        holder, _ = split_symbol(change.symbol)
        groups.setdefault((change.check, change.severity, holder), []).append(change)
    alike: dict[tuple[Check, Severity, tuple[str, ...]], list[tuple[str, list[Change]]]] = {}
    for (check, severity, holder), group in groups.items():
        members = tuple(split_symbol(change.symbol)[1] for change in group)
        alike.setdefault((check, severity, members), []).append((holder, group))
    return tuple(_fold(*key, holders) for key, holders in alike.items())


def _fold(
    check: Check,
    severity: Severity,
    members: Sequence[str],
    holders: Sequence[tuple[str, list[Change]]],
) -> Fold:
    return Fold(
        check=check,
        severity=severity,
        holders=tuple(holder for holder, _ in holders),
        members=tuple(members),
        changes=tuple(_all(holders)),
    )


def _all(holders: Sequence[tuple[str, list[Change]]]) -> Iterator[Change]:
    for _, group in holders:
        yield from group
