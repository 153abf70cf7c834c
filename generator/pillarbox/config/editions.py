"""How the output looks, by edition.

Only this module knows what an edition decides. A release that finds a better look gives it a new edition and
leaves the old ones as they are, so nobody's files change because of an update; the `edition` of a client is raised by
its owner, in a pull request of its own. Editions do not concern behaviour: runtime files are the same in all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["EDITIONS", "LATEST", "Edition", "edition_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an edition decides. A field that is added has the old look as its default."""

    layers: tuple[str, ...] = ()
    """Folders below `templates/editions` whose templates replace the common ones; earlier folders override later ones."""
    options_shown: int = 2
    """Optional arguments in the example of a docstring: enough to see how they are passed, few enough that a new one
    rarely moves it."""


EDITIONS: Mapping[int, Edition] = MappingProxyType({1: Edition()})
LATEST = max(EDITIONS)


def edition_of(number: int) -> Edition:
    """The edition that a configuration names; it has been checked to be one of them."""
    return EDITIONS[number]
