"""How much of a spec is read, and for how long, before it is refused.

A limit that is exceeded is a `SpecError`, which names the limit, its value and the key of the configuration that raises
it.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..model.problems import Origin, SpecError

__all__ = ["NO_DEADLINE", "Deadline", "LimitError", "Limits", "how_to_raise"]

Clock = Callable[[], float]
"""Seconds since any moment; it never goes back."""


class LimitError(SpecError):
    """A spec exceeds a limit: the run ends, wherever in the spec that was found."""

    def __init__(self, message: str, key: str, origin: Origin) -> None:
        """`key` is that of the configuration, which raises the limit."""
        super().__init__(f"{message}; {how_to_raise(key)}", origin)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the run of one client is given up. Whatever grows faster than its input calls `check` now and then."""

    seconds: int
    origin: Origin
    """The spec, for the message."""
    ends: float
    clock: Clock = time.monotonic

    @classmethod
    def after(cls, seconds: int, origin: Origin, clock: Clock = time.monotonic) -> "Deadline":
        """The deadline of a run that begins now."""
        return cls(seconds, origin, clock() + seconds, clock)

    def check(self) -> None:
        """Go on, or raise SpecError where the time is up."""
        if self.clock() > self.ends:
            unit = "second" if self.seconds == 1 else "seconds"
            message = f"the run takes longer than the limit of {self.seconds:,} {unit}"
            raise LimitError(message, "seconds", self.origin)


NO_DEADLINE = Deadline(0, Origin(""), math.inf, lambda: 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a spec may hold. Microsoft Graph beta (44 MiB) fits."""

    size: int = 128 * 1024 * 1024
    """Bytes of one file."""
    depth: int = 500
    """Arrays and objects inside each other."""
    references: int = 1_000_000
    """`$ref`s that are resolved, each counted once."""
    nodes: int = 20_000_000
    """JSON values in all; a YAML alias counts as much as the value that it repeats."""
    merge_keys: int = 10_000
    """YAML merge keys (`<<`)."""
    deadline: Deadline = field(default=NO_DEADLINE, compare=False)
    """Of the whole run, reading included."""


def how_to_raise(key: str) -> str:
    """The end of a message about a limit: the key of the configuration that holds it."""
    return f"raise `limits.{key}` in pillarbox.toml if the spec is to be trusted"
