"""A sample language, as the registry lists it."""

from collections.abc import Callable
from dataclasses import dataclass

from ..text.encoded import Encoded
from .model import Reading, Sample

__all__ = ["Language", "Rendered"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished sample."""

    text: Encoded
    unsent: tuple[str, ...] = ()
    """What the request cannot carry, a sentence each; a comment of the sample holds it too."""
    unread: tuple[str, ...] = ()
    """What the reading cannot tell, likewise."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of samples."""

    key: str
    """What the command line calls it: `python-httpx2`."""
    title: str
    """What people call it."""
    suffix: str
    """Of a file, with the dot: `.py`."""
    render: Callable[[Sample], Rendered]
    """The whole sample: a program that runs."""
    read: Callable[[Reading, str], Rendered] | None
    """The reading code alone, for a response in the file `answer.json` (the second argument is the sample JSON
    in short); None where the language reads nothing (raw HTTP)."""
