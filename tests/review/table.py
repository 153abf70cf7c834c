"""What a case is: a spec, one edit of it, and what the review must say and a caller must feel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Case", "Config", "Edit", "Format", "together"]

Edit = Callable[[dict[str, Any]], None]
Config = Mapping[str, Any]
"""Tables of the client in pillarbox.toml: `rename`, `type`, `class`."""


@dataclass(frozen=True)
class Format:
    """A format that specs of cases are written in."""

    name: str
    file: str
    base: Callable[[], dict[str, Any]]
    """Makes the spec that all its cases begin with."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One change of one spec."""

    name: str
    format: Format
    edit: Edit | None = None
    """What happens to the spec."""
    severity: str | None
    """The worst that the review finds; None where there is nothing to say."""
    changes: tuple[str, ...]
    """All that it finds, as `check-id symbol`."""
    program: str
    """Body of a function that takes `client` and uses the old client rightly."""
    client: str = 'Bakery(token="t", transport=transport)'
    """How the program makes its client."""
    before: Edit | None = None
    """Done to the old spec first, and so to both."""
    old: Config | None = None
    """Configuration of the old version."""
    new: Config | None = None
    """Configuration of the new one; that of the old by default."""
    pruned: bool = False
    """True where the old names that renames leave behind were dropped (`lock prune --aliases`)."""
    demands: str = ""
    """A header without which the server refuses a request with 401."""
    doubt: bool = False
    """True where code that is right before may fail, though most does not: a `maybe` that the program shows."""


def together(*edits: Edit) -> Edit:
    """Several edits as one."""

    def edit(doc: dict[str, Any]) -> None:
        for one in edits:
            one(doc)

    return edit
