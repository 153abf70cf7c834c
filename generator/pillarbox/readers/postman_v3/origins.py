"""Origins of a tree that is translated from several files: each names the file of its value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model.problems import Origin

__all__ = ["MappedOrigin", "Origins"]

Origins = dict[str, Origin]
"""Pointer into the translated tree -> origin in a file. Members of that value have the same steps in both."""


@dataclass(frozen=True, slots=True)
class MappedOrigin(Origin):
    """A node of the translated tree; it prints, and compares, as its origin in the file."""

    inner: str = field(default="", compare=False)
    """The pointer into the translated tree."""
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)

    def child(self, *keys: str | int) -> Origin:
        """The origin of a member below this one."""
        inner, here = self.inner, Origin(self.file, self.pointer)
        for key in keys:
            step = Origin("").child(key).pointer
            inner += step
            here = self.origins.get(inner) or Origin(here.file, here.pointer + step)
        return MappedOrigin(here.file, here.pointer, None, inner, self.origins)
