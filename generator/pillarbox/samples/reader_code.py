"""Walks the steps that read an answer. A language says how one value, one object and one array are read."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, assert_never

from ..text.encoded import Encoded
from .model import Group, Items, Leaf, Reading, Step
from .naming import Names

__all__ = ["Line", "Opened", "Steps"]

Code = TypeVar("Code", bound=Encoded)
Place = TypeVar("Place")

Line = tuple[int, Code]
"""A line and how deep it stands."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[Code, Place]):
    """What stands around the steps of an object or of an array's item."""

    place: Place
    """Where the steps inside read from."""
    before: Sequence[Code] = ()
    inside: Sequence[Code] = ()
    """First lines one level deeper, such as the item's own variable."""
    after: Sequence[Code] = ()
    deeper: bool = False
    """True where the steps stand one level deeper, as in a loop."""


class Steps(ABC, Generic[Code, Place]):
    """The reading code of one language.

    `Place` is whatever says where a value is read from: an expression, a path.
    """

    def __init__(self, names: Names) -> None:
        self.names = names

    @abstractmethod
    def leaf(self, leaf: Leaf, parent: Place) -> Sequence[Code]:
        """Read a scalar into a typed local and print `name = value`, a line each."""

    @abstractmethod
    def group(self, group: Group, parent: Place) -> Opened[Code, Place]:
        """Enter an object. Where it is optional its members are too, so an empty object may stand for it."""

    @abstractmethod
    def items(self, items: Items, parent: Place) -> Opened[Code, Place]:
        """Loop over an array. Where it is optional an empty one may stand for it."""

    def lines(self, reading: Reading, root: Place, depth: int = 0) -> list[Line[Code]]:
        """All steps, from the whole answer at `root`."""
        return list(self._lines(reading.root, root, depth))

    def _lines(self, step: Step, parent: Place, depth: int) -> Iterator[Line[Code]]:
        match step:
            case Leaf():
                yield from ((depth, line) for line in self.leaf(step, parent))
            case Group(steps=steps):
                inner = tuple(replace(one, optional=True) for one in steps) if step.optional else steps
                yield from self._inside(self.group(step, parent), inner, depth)
            case Items(item=item):
                yield from self._inside(self.items(step, parent), (item,), depth)
            case _:
                assert_never(step)

    def _inside(self, opened: Opened[Code, Place], steps: Sequence[Step], depth: int) -> Iterator[Line[Code]]:
        yield from ((depth, line) for line in opened.before)
        below = depth + opened.deeper
        yield from ((below, line) for line in opened.inside)
        for step in steps:
            yield from self._lines(step, opened.place, below)
        yield from ((depth, line) for line in opened.after)
