"""Methods from the names of a collection's items: `Get a user token` in the folder Users is `get_token`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .actions import is_action_verb
from .folder_names import without_list_number
from .inflections import ENGLISH, Inflections
from .route_segments import is_plural
from .words import split_words
from .written_names import plain_verb

__all__ = ["Item", "item_methods", "route_in_name"]

_PREPOSITIONS = frozenset("about as at by for from in into of on onto to under via with without".split())
_DANGLING = _PREPOSITIONS | frozenset("an or and the".split())
_QUALIFIERS = frozenset("all any each every existing new one single specific your".split())
"""Words before a noun that say nothing about which one it is."""
_VERBS = {
    "retrieve": "get", "fetch": "get", "read": "get", "show": "get", "view": "get", "display": "get", "obtain": "get",
    "edit": "update", "modify": "update", "destroy": "delete",
}  # fmt: skip
"""Verbs that say what a verb of the client says: one API has one word for it."""
_LIGHT = {"make": "create", "do": "run", "perform": "run"}
"""Verbs that say nothing without their noun, and what is said where the resource is the noun."""
_HTTP_WORD = re.compile(r"\s*(?:GET|POST|PUT|PATCH|DELETE)\b[\s:_-]+(?=\w)")
_FILLER = frozenset("api call example request".split())
"""Words that say of an item nothing but that it is one."""
_HTTP_VERBS = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_ROUTE = re.compile(
    r"\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)?\s*(?:\{\{[^{}]*\}\}|https?://[^/\s]+)?/\S*(.*)",
    re.DOTALL,
)
_BEFORE_ARTICLE = re.compile(r"\s*\w+\s+(?:a|all|an|the|your)\s", re.IGNORECASE)


def route_in_name(name: str) -> str | None:
    """What follows the route in a name that is one: ` (sandbox)` of `POST /accounts (sandbox)`; None for any other name."""
    found = _ROUTE.fullmatch(name)
    return None if found is None else found[1]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a collection, as its method is named after it."""

    name: str
    method: str
    """The HTTP method."""
    resource: Sequence[str]
    """Names of its resource and the resources above, in snake case."""
    returns_list: bool | None = False
    """None where no response is saved."""


def item_methods(item: Item, inflections: Inflections = ENGLISH) -> list[str]:
    """Method names in snake case, the shortest first; empty where the item's name has no words.

    The nouns of the resource and its parents are left out where a verb and the rest still say what is done:
    `List telescope observations` in telescopes.observations is `list`.
    """
    return list(dict.fromkeys(_forms(item, inflections)))


def _forms(item: Item, inflections: Inflections) -> list[str]:
    words = list(split_words(without_list_number(item.name)))
    if not words:
        return []
    if _HTTP_WORD.match(item.name) and len(words) > 1 and words[1:] != ["request"]:
        # `POST Create user`, `POST user`: the word of HTTP is no verb of ours.
        words = words[1:] if is_action_verb(words[1]) else [_HTTP_VERBS[words[0].upper()], *words[1:]]
    # Before an article stands a verb, also one that is in no list: `Park a telescope`.
    is_verb = is_action_verb(plain_verb(words[0])) or _BEFORE_ARTICLE.match(item.name) is not None
    if _says_folders(words, item, inflections):
        verb = (
            "list" if item.method == "GET" and _lists(words, item, inflections) else _HTTP_VERBS[item.method]
        )
        return [verb, "_".join(words)]
    if len(words) < 2 or not is_verb:
        return ["_".join(words), "_".join(split_words(item.name))]
    verb = plain_verb(words[0])
    verb, rest = _VERBS.get(verb, verb), words[1:]
    if verb == "get" and rest[:2] == ["list", "of"]:
        verb, rest = "list", rest[2:]
    elif (
        verb == "get"
        and item.returns_list is not False
        and (rest in (["all"], ["every"]) or _is_many(rest, inflections))
    ):
        verb = "list"
    short = _plain_rest(rest, item.resource, inflections)
    if verb in _LIGHT:
        verb, short = (verb, rest) if short else (_LIGHT[verb], [])
    bare = short[:-2] if short[-2:] == ["by", "id"] else short
    forms = ((verb, *bare), (verb, *short), (verb, *rest), split_words(item.name))
    return ["_".join(form) for form in forms]


def _says_folders(words: Sequence[str], item: Item, inflections: Inflections) -> bool:
    """True for a name that says only what its folders say: `User` in Users, `Digest Auth request` in Digest auth."""
    folders = {inflections.singular(word) for step in item.resource for word in step.split("_")}
    own = [inflections.singular(word) for word in words if word not in _FILLER]
    return (
        item.method in _HTTP_VERBS
        and bool(own)
        and set(own) <= folders
        and not any(is_action_verb(plain_verb(word)) for word in words if word not in _FILLER)
    )


def _lists(words: Sequence[str], item: Item, inflections: Inflections) -> bool:
    nouns = [word for word in words if word not in _FILLER]
    return item.returns_list is True or (item.returns_list is None and is_plural(nouns[-1], inflections))


def _is_many(nouns: Sequence[str], inflections: Inflections) -> bool:
    """True where what comes before the first preposition is a plural: cards for a customer."""
    end = next((number for number, word in enumerate(nouns) if word in _PREPOSITIONS), len(nouns))
    return end > 0 and is_plural(nouns[end - 1], inflections)


def _plain_rest(words: list[str], resource: Sequence[str], inflections: Inflections) -> list[str]:
    orders = (resource, tuple(reversed(resource)))
    rest = min((_without_all(words, steps, inflections) for steps in orders), key=len)
    rest = [word for number, word in enumerate(rest) if not (word in _QUALIFIERS and number == len(rest) - 1)]
    # `Sign in` is a verb of two words; only what lost its noun leads nowhere.
    return rest if rest == words else list(_without_ends(rest))


def _without_all(words: list[str], steps: Sequence[str], inflections: Inflections) -> list[str]:
    for step in steps:
        words = _without(words, [inflections.singular(word) for word in step.split("_")], inflections)
    return words


def _without(words: list[str], noun: Sequence[str], inflections: Inflections) -> list[str]:
    """Without the first run of words that is the noun, in the singular or plural.

    A noun that others qualify stays: without `payment`, `make a card payment` would make a card.
    """
    for start in range(len(words) - len(noun) + 1):
        end = start + len(noun)
        if [inflections.singular(word) for word in words[start:end]] == list(noun):
            is_head = end == len(words) or words[end] in _PREPOSITIONS
            before = words[start - 1] if start else ""
            if is_head and before and before not in (_DANGLING | _QUALIFIERS):
                return words
            return [*words[:start], *words[end:]]
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
