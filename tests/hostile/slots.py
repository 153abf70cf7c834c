"""The places of a spec that text can come from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

__all__ = ["Host", "Slot", "SlotKind"]


class SlotKind(Enum):
    """What a slot's text becomes."""

    DOC = auto()
    """Documentation alone."""
    NAME = auto()
    """A Python name, by way of its words; its text may show up in documentation."""
    WIRE = auto()
    """A Python name, and exactly this text on the wire."""
    VALUE = auto()
    """An example or a fixed value: its type may show, its text is data."""
    URL = auto()
    """A piece of a URL."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a spec."""

    kind: SlotKind
    benign: str
    documented: bool = False
    """True where the whole text must be found in a docstring."""
    exact: bool = False
    """True where exactly this text must be found in a string of the code."""
    unsendable: bool = False
    """True where some texts make a request that no HTTP client could send."""
    others: tuple[str, ...] = ()
    """More benign texts, each read in a way of its own, as media types are."""
    entry: str = ""
    """Key of the parameter, header or field that an unsendable text takes with it, so that both are left out."""


class Write(Protocol):
    """Writes the spec: slots filled as given, all others with their benign text."""

    def __call__(
        self, filled: Mapping[str, str], absent: str = "", *, without_item: bool = False
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Host:
    """A spec that has a slot for every place of its format."""

    slots: Mapping[str, Slot]
    write: Write
    placeholder: re.Pattern[str]
    """What a URL or text has in the place of a value."""
    spelled: str
    """A format that writes it."""
