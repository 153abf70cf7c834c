"""Origins of a tree that was put together from several files: they name the file that a value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model.problems import Origin

__all__ = ["MappedOrigin", "Places"]

Places = dict[str, Origin]
"""Pointer into the made tree -> where that value stands in truth. What lies below goes by the same steps."""


@dataclass(frozen=True, slots=True)
class MappedOrigin(Origin):
    """A place of the made tree; it prints, and compares, as the place in the file."""

    inner: str = field(default="", compare=False)
    """The pointer into the made tree."""
    places: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)

    def child(self, *keys: str | int) -> Origin:
        """The origin of a member below this one."""
        inner, here = self.inner, Origin(self.file, self.pointer)
        for key in keys:
            step = Origin("").child(key).pointer
            inner += step
            here = self.places.get(inner) or Origin(here.file, here.pointer + step)
        return MappedOrigin(here.file, here.pointer, None, inner, self.places)
