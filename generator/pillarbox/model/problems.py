"""Where something is in a spec, and what is wrong with it."""

from dataclasses import dataclass
from enum import Enum

__all__ = ["Origin", "Problem", "Severity", "SpecError"]


@dataclass(frozen=True, slots=True)
class Origin:
    """A position in a spec: the file as the user named it and an RFC 6901 pointer into it."""

    file: str
    pointer: str = ""
    line: int | None = None
    """1-based line, where the file is no longer readable as a tree (a syntax error)."""

    def child(self, *keys: str | int) -> "Origin":
        """The origin of a member below this one; keys are escaped by RFC 6901."""
        steps = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
        return Origin(self.file, "/".join((self.pointer, *steps)))

    def is_below(self, other: "Origin") -> bool:
        """Whether this is a part of the node at `other`."""
        return self.file == other.file and self.pointer.startswith(f"{other.pointer}/")

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.file}:{self.line}"
        return f"{self.file}#{self.pointer}" if self.pointer else self.file


class Severity(Enum):
    """How much a problem costs the user."""

    NOTE = "note"
    """Nothing is lost: a secret was replaced, a default was taken."""
    WARNING = "warning"
    """Generated, but with less than the spec says: a field without a type, a rule left out."""
    ERROR = "error"
    """Not generated: an item that no HTTP client could send."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for the user: severity, a stable code for machines, the text and the origin."""

    severity: Severity
    code: str
    """Stable and kebab-case, such as `unsendable-item`: what `--json` and the ledger count by."""
    message: str
    origin: Origin

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"


class SpecError(Exception):
    """Nothing can be generated from this input: the message says what is wrong and what to do.

    The command line prints it as one line and exits with 2.
    """

    def __init__(self, message: str, origin: Origin) -> None:
        # Pointers hold names of the spec, which may hold anything.
        line = f"{origin}: {message}"
        super().__init__("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line))
        self.message = message
        self.origin = origin
