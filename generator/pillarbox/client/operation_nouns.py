"""What an operation is about, in words: for the names of its models and lists of values.

The noun is that of the resource, so that `users.list`, `users.get` and `users.create` are about a user, whatever their methods
are called; a method that names something of its own adds it: `users.get_token` is about a user token.
"""

from dataclasses import dataclass, replace

from ..naming.inflections import Inflections
from ..naming.verbs import LISTING, READING, head_noun, is_verb, split_verb
from .model_sites import singular_words
from .union_members import joined_words

__all__ = ["Subject", "noun_words", "subject_of"]

_SETS = frozenset("credentials preferences settings statistics stats".split())
"""Plurals that name one thing: `users.settings.get` returns settings."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an operation does, and to what."""

    verb: str
    """Empty where its name has none."""
    own: tuple[str, ...]
    """The noun of the method's own name: of `users.get_token`, token."""
    groups: tuple[tuple[str, ...], ...]
    """Nouns of its resources, the outermost first, in the singular."""

    @property
    def nouns(self) -> tuple[tuple[str, ...], ...]:
        """What it is about, the shortest first: release; repo release."""
        found = [self.own] if self.own and (not self.groups or self.verb in LISTING) else []
        noun = self.own
        for group in reversed(self.groups):
            noun = joined_words(group, noun)
            found.append(noun)
        return tuple(dict.fromkeys(found))

    def doing(self, noun: tuple[str, ...]) -> tuple[str, ...]:
        """The noun with the verb before it: cancel job."""
        return (self.verb, *noun) if self.verb else noun

    def singular(self, inflections: Inflections) -> "Subject":
        """The same, about one of what a method lists."""
        own = (*self.own[:-1], inflections.singular(self.own[-1])) if self.own else ()
        return replace(self, own=own)


def subject_of(qualified: str, inflections: Inflections) -> Subject:
    """The subject of an operation, from its dotted name."""
    *resource, method = qualified.split(".")
    verb, own = split_verb(method)
    groups = tuple(words for step in resource if (words := singular_words(step, inflections)))
    if not verb and groups:
        if len(own) == 1 and is_verb(own[0]):
            # `charges.refund`
            verb, own = own[0], ()
        elif len(own) > 1 and groups[-1][-1] == inflections.singular(own[-1]):
            # `observations.book_observation`: what comes before the resource's own noun is a verb.
            verb, own = own[0], own[1:]
    if groups and own[:1] == ("by",):
        # `pets.find_by_status` finds pets.
        own = ()
    own = head_noun(own) if own else ()
    if own and verb not in READING | LISTING:
        own = (*own[:-1], inflections.singular(own[-1]))
    if not own and groups and resource[-1].rpartition("_")[2] in _SETS and verb not in LISTING:
        groups = (*groups[:-1], (*groups[-1][:-1], resource[-1].rpartition("_")[2]))
    return Subject(verb, own, groups) if own or groups else Subject("", (method,), ())


def noun_words(qualified: str, inflections: Inflections) -> tuple[str, ...]:
    """What an operation is about: `users.get_token` -> user token; `pets.find_by_id` -> pet; `users.list` -> user."""
    return subject_of(qualified, inflections).nouns[0]
