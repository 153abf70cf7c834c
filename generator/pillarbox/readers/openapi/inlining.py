"""Types that are written out wherever their schema is used: of schemas that are no objects, or have no name.

Such a type may hold others of its kind, so three things are bounded: a schema is not written out inside of itself, one
type does not grow past `_LARGEST`, and all of them together not past `_MOST`.

What comes back to a schema that is being read is cut, so a type may look different inside of others than alone. A type
with nothing cut in it is kept for all uses. One with a cut is kept for uses of its own, and anew for each type that it
is part of. So recursion is cut alike whatever was read before, and reading one use reads no schema twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from ...model.problems import Origin, Severity
from ...model.types import Anything, Type
from . import flatten
from .refs import Refs

__all__ = ["TOO_LARGE", "InlineKey", "Inliner"]

_LARGEST = 3_000
"""Types in one schema that is written out wherever it is used."""
_MOST = 5_000_000
"""The same over the whole document."""

TOO_LARGE = Anything("too large to be written out")
_RECURSIVE = Anything("recursive without an object")


class _Cut(IntEnum):
    """Why something in a type was left out, the weightiest last."""

    NOTHING = 0
    RECURSION = 1
    """It leads back to a schema that it is part of."""
    DEPTH = 2
    """It is too deep, which depends on where the type is used."""


@dataclass(frozen=True, slots=True)
class InlineKey:
    """What a written-out type is known by."""

    identity: str
    for_request: bool


@dataclass(frozen=True, slots=True)
class _Written:
    type: Type
    size: int
    cut: _Cut


class Inliner:
    """The written-out types of one document."""

    def __init__(self, refs: Refs) -> None:
        self._refs = refs
        self._whole: dict[InlineKey, _Written] = {}
        """Types with nothing cut in them."""
        self._cut_alone: dict[InlineKey, _Written] = {}
        """Types with a cut, as they are where no other schema is around them."""
        self._cut_inside: dict[InlineKey, _Written] = {}
        """Types with a cut, as they are inside of the outermost schema that is being read."""
        self._open: set[InlineKey] = set()
        """Schemas that are being read."""
        self._cut = _Cut.NOTHING
        """What was cut in the innermost of them so far."""
        self._total = 0

    def cut_for_depth(self) -> None:
        """Note that what is read now was cut because it is too deep."""
        self._cut = _Cut.DEPTH

    def type_of(self, key: InlineKey, origin: Origin, build: Callable[[], Type], *, depth: int) -> Type:
        """The type that `build` makes of a schema, which is used below so many levels of others."""
        if key in self._open:
            self._cut = max(self._cut, _Cut.RECURSION)
            message = "this schema holds itself, and no object with fields in between gives it a name"
            self._refs.note(Severity.WARNING, "recursive-schema", message, origin)
            return _RECURSIVE
        written = self._known(key) or self._write(key, origin, build, depth)
        self._total += written.size
        if self._total > _MOST:
            message = f"more than {_MOST:,} types are written out; no more are"
            self._refs.note(Severity.WARNING, "schema-too-large", message, self._refs.root.origin)
            return TOO_LARGE
        return written.type

    def _known(self, key: InlineKey) -> _Written | None:
        if key in self._whole:
            return self._whole[key]
        written = (self._cut_inside if self._open else self._cut_alone).get(key)
        if written is not None:
            self._cut = max(self._cut, written.cut)
        return written

    def _write(self, key: InlineKey, origin: Origin, build: Callable[[], Type], depth: int) -> _Written:
        around, self._cut = self._cut, _Cut.NOTHING
        self._open.add(key)
        written = self._bounded(build(), origin)
        self._open.discard(key)
        if written.cut is _Cut.NOTHING:
            self._whole[key] = written
        elif self._open:
            self._cut_inside[key] = written
        else:
            self._cut_inside.clear()
            if written.cut is _Cut.RECURSION or depth == 0:
                self._cut_alone[key] = written
        self._cut = max(around, written.cut)
        return written

    def _bounded(self, kind: Type, origin: Origin) -> _Written:
        size = flatten.count(kind, _LARGEST)
        if size <= _LARGEST:
            return _Written(kind, size, self._cut)
        message = f"written out, this is more than {_LARGEST:,} types; it is not"
        self._refs.note(Severity.WARNING, "schema-too-large", message, origin)
        return _Written(TOO_LARGE, 1, self._cut)
