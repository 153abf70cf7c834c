"""Methods from the names of a collection's items: `Get a user token` in the folder Users is `get_token`."""

from collections.abc import Iterator, Sequence

from .actions import is_action_verb
from .inflections import singular
from .words import split_words

__all__ = ["item_methods"]

_DANGLING = frozenset("about an as at by for from in into of on onto or and the to under via with".split())
_WHOLE = frozenset(["all", "every"])


def item_methods(name: str, resource: Sequence[str]) -> list[str]:
    """Method names in snake case, the shortest first; empty where the item's name has no words.

    The nouns of the resource and its parents are left out where a verb and the rest still say what is done:
    `List telescope observations` in telescopes.observations is `list`.
    """
    words = list(split_words(name))
    if not words:
        return []
    short = words
    if len(words) > 1 and is_action_verb(words[0]):
        short = [words[0], *_plain_rest(words[1:], resource)]
    return list(dict.fromkeys(("_".join(short), "_".join(words))))


def _plain_rest(words: list[str], resource: Sequence[str]) -> list[str]:
    rest = words
    for step in reversed(resource):
        rest = _without(rest, [singular(word) for word in step.split("_")])
    rest = [word for number, word in enumerate(rest) if not (word in _WHOLE and number == len(rest) - 1)]
    return list(_without_ends(rest))


def _without(words: list[str], noun: Sequence[str]) -> list[str]:
    """Without the first run of words that is the noun, in the singular or plural."""
    for start in range(len(words) - len(noun) + 1):
        if [singular(word) for word in words[start : start + len(noun)]] == list(noun):
            return [*words[:start], *words[start + len(noun) :]]
    return words


def _without_ends(words: list[str]) -> Iterator[str]:
    """Without prepositions that have lost what they led to: (of), (list, of)."""
    end = len(words)
    while end and words[end - 1] in _DANGLING:
        end -= 1
    start = 0
    while start < end and words[start] in _DANGLING and start + 1 == end:
        start += 1
    for number in range(start, end):
        if not (words[number] in _DANGLING and number + 1 < end and words[number + 1] in _DANGLING):
            yield words[number]
