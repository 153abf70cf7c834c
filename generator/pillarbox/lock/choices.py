"""Why a public name is what it is, recorded where it is chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from ..naming.candidates import Candidate

__all__ = ["Choice", "Chosen", "Kept", "Numbered", "Renamed", "choose", "offers"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The first candidate that was free."""

    candidate: Candidate
    refused: tuple[str, ...] = ()
    """Better candidates that were not free."""

    @property
    def name(self) -> str:
        return self.candidate.name


@dataclass(frozen=True, slots=True)
class Numbered:
    """The best candidate with a number, because no candidate was free."""

    candidate: Candidate
    number: int

    @property
    def name(self) -> str:
        gap = "" if self.candidate.name[:1].isupper() else "_"
        return f"{self.candidate.name}{gap}{self.number}"


@dataclass(frozen=True, slots=True)
class Renamed:
    """The configuration renames it."""

    old: str
    """The name in its rule."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The lock knows it."""

    name: str
    today: Chosen | Numbered
    """What would be chosen if the lock did not know it."""

    @property
    def is_same(self) -> bool:
        """Whether it would have the same name today."""
        return self.today.name == self.name


Choice = Chosen | Numbered | Renamed | Kept


def offers(candidates: Sequence[Candidate]) -> Iterator[Chosen | Numbered]:
    """What may be chosen, best first: the candidates, then the first of them with numbers. It never ends."""
    refused: tuple[str, ...] = ()
    for candidate in candidates:
        yield Chosen(candidate, refused)
        refused = (*refused, candidate.name)
    for number in count(2):
        yield Numbered(candidates[0], number)


def choose(candidates: Sequence[Candidate], is_free: Callable[[str], bool]) -> Chosen | Numbered:
    """The first offer whose name is free."""
    return next(offer for offer in offers(candidates) if is_free(offer.name))
