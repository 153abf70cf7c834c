"""Names for operations that the spec calls by their route: `GET /accounts/{id}` -> get account."""

import re
from collections.abc import Sequence

from .inflections import ENGLISH, Inflections
from .verbs import split_verb
from .words import split_words

__all__ = ["route_in_name", "route_words"]

_ROUTE = re.compile(
    r"\s*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)?\s*(\{\{[^{}]*\}\}|https?://[^/\s]+)?(/\S*)(.*)", re.DOTALL
)
_NUMBER = re.compile(r"(?<=/)\d+(?=/|$)")
_PLACEHOLDER = re.compile(r"\{[^/]*\}|:[^/]+|<[^/]*>")
_NAMELESS = re.compile(r"\{\W*\}|.*\}.*\{.*")
_VERSION = re.compile(r"v\d+(?:\.\d+)*|api|rest", re.IGNORECASE)
_FILE = re.compile(r"\.(?:json|xml|csv|html?|txt|pdf)$")


def route_in_name(name: str) -> tuple[str, str, str] | None:
    """(method or nothing, path, the words after it) of a name that is a route; None for any other name."""
    found = _ROUTE.fullmatch(name)
    if found is None:
        return None
    path = found[3]
    if found[2]:
        # A whole URL was pasted from a call that was made: its numbers are values, and so is its query.
        path = _NUMBER.sub("{}", path.partition("?")[0])
    return found[1] or "", path, found[4]


def _nouns(segments: Sequence[str], inflections: Inflections) -> list[list[str]]:
    """Words of the fixed segments; one that a placeholder follows is a single thing."""
    found: list[list[str]] = []
    for number, segment in enumerate(segments):
        if _PLACEHOLDER.search(segment):
            continue
        words = list(split_words(_FILE.sub("", segment)))
        if not words:
            continue
        if number + 1 < len(segments) and _PLACEHOLDER.fullmatch(segments[number + 1]):
            words[-1] = inflections.singular(words[-1])
        found.append(words)
    return found


def route_words(
    method: str, path: str, rest: str = "", *, inflections: Inflections = ENGLISH
) -> tuple[str, ...]:
    """What a person would call a route, as words.

    `GET /users` -> list users, `GET /users/{id}` -> get user, `POST /users` -> create user, `POST /orders/{id}/cancel` ->
    cancel order, `PUT /users/{id}/email` -> update user email. Version segments are left out.
    """
    segments = [segment for segment in path.split("/") if segment and not _VERSION.fullmatch(segment)]
    nouns = _nouns(segments, inflections)
    ends_in_placeholder = bool(segments) and bool(_PLACEHOLDER.search(segments[-1]))
    after = split_words(rest)
    if not nouns:
        # `GET /{line}` -> get line
        held = (
            split_words(segments[-1]) if ends_in_placeholder and not _NAMELESS.fullmatch(segments[-1]) else ()
        )
        return (_VERBS.get(method, method.lower()) if held else method.lower(), *held, *after)
    last = nouns[-1]
    if method == "POST" and len(nouns) > 2 and nouns[-2] == ["actions"] and not ends_in_placeholder:
        # `POST /servers/{id}/actions/change_type` -> change server type
        verb, nouns = last[0], [*nouns[:-2], last[1:]]
    elif (
        method == "GET"
        and len(nouns) > 1
        and not ends_in_placeholder
        and len(last) == 1
        and last[0] in _ASKED
    ):
        # `GET /bicycles/search` -> search bicycles
        verb, nouns = last[0], nouns[:-1]
    elif (
        method == "POST"
        and len(nouns) > 1
        and not ends_in_placeholder
        and len(last) == 1
        and split_verb(last[0])[0]
    ):
        verb, nouns = last[0], nouns[:-1]
    else:
        listing = method == "GET" and not ends_in_placeholder and inflections.is_plural(last[-1])
        verb = _VERBS.get(method, method.lower()) if not listing else "list"
        if method == "POST" and not ends_in_placeholder:
            last[-1] = inflections.singular(last[-1])
    words = [word for noun in nouns for word in noun]
    if words and words[0] == verb:
        words = words[1:]
    return (verb, *words, *after)


_ASKED = frozenset(("search", "query", "lookup", "find", "count", "export", "download", "preview"))
"""Last segments by which something is asked for in a way of its own."""

_VERBS = {
    "GET": "get",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
    "HEAD": "check",
    "OPTIONS": "options",
}
