"""Names for operations that the spec calls by their route: `GET /accounts/{id}` -> get account."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .inflections import ENGLISH, Inflections
from .verbs import split_verb
from .words import split_words

__all__ = ["ROUTE_RULES", "Route", "RouteRule", "route_in_name", "route_of", "route_words"]

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

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """What the rules ask of a route."""

    method: str
    nouns: tuple[Words, ...]
    """Words of each fixed segment; one that a placeholder follows is a single thing."""
    ends_in_placeholder: bool
    held: Words
    """Words of the placeholder at the end, where it has a name."""
    inflections: Inflections

    @property
    def verb(self) -> str:
        """The usual verb of the method."""
        return _VERBS.get(self.method, self.method.lower())

    @property
    def action(self) -> str:
        """The last segment, where it is one word behind others: it may say what is done."""
        is_action = len(self.nouns) > 1 and not self.ends_in_placeholder and len(self.nouns[-1]) == 1
        return self.nouns[-1][0] if is_action else ""

    @property
    def is_collection(self) -> bool:
        """Whether it ends in what there are several of, and not in one of them."""
        return bool(self.nouns) and not self.ends_in_placeholder


@dataclass(frozen=True, slots=True)
class RouteRule:
    """What routes of a form are called."""

    example: str
    """A route that this rule is the first to fit."""
    name: str
    """What the example is called."""
    fits: Callable[[Route], bool]
    verb: Callable[[Route], str]
    nouns: Callable[[Route], Iterable[Words]]


def _last_singular(route: Route) -> tuple[Words, ...]:
    *others, last = route.nouns
    return (*others, (*last[:-1], route.inflections.singular(last[-1])))


ROUTE_RULES = (
    RouteRule(
        "GET /v1/",
        "get",
        lambda route: not route.nouns and not route.held,
        lambda route: route.method.lower(),
        lambda route: (),
    ),
    RouteRule(
        "GET /{line}",
        "get line",
        lambda route: not route.nouns,
        lambda route: route.verb,
        lambda route: (route.held,),
    ),
    RouteRule(
        "POST /servers/{id}/actions/change_type",
        "change server type",
        lambda route: (
            route.method == "POST"
            and route.is_collection
            and len(route.nouns) > 2
            and route.nouns[-2] == ("actions",)
        ),
        lambda route: route.nouns[-1][0],
        lambda route: (*route.nouns[:-2], route.nouns[-1][1:]),
    ),
    RouteRule(
        "GET /bicycles/search",
        "search bicycles",
        lambda route: route.method == "GET" and route.action in _ASKED,
        lambda route: route.action,
        lambda route: route.nouns[:-1],
    ),
    RouteRule(
        "POST /orders/{id}/cancel",
        "cancel order",
        lambda route: route.method == "POST" and bool(route.action) and bool(split_verb(route.action)[0]),
        lambda route: route.action,
        lambda route: route.nouns[:-1],
    ),
    RouteRule(
        "GET /users",
        "list users",
        lambda route: (
            route.method == "GET" and route.is_collection and route.inflections.is_plural(route.nouns[-1][-1])
        ),
        lambda route: "list",
        lambda route: route.nouns,
    ),
    RouteRule(
        "POST /users",
        "create user",
        lambda route: route.method == "POST" and route.is_collection,
        lambda route: route.verb,
        _last_singular,
    ),
    RouteRule(
        "PUT /users/{id}/email",
        "update user email",
        lambda route: True,
        lambda route: route.verb,
        lambda route: route.nouns,
    ),
)
"""Rules for the words of a route: the first that fits decides."""


def _nouns(segments: Sequence[str], inflections: Inflections) -> Iterator[Words]:
    """Words of the fixed segments; one that a placeholder follows is a single thing."""
    for number, segment in enumerate(segments):
        if _PLACEHOLDER.search(segment):
            continue
        words = split_words(_FILE.sub("", segment))
        if words and number + 1 < len(segments) and _PLACEHOLDER.fullmatch(segments[number + 1]):
            words = (*words[:-1], inflections.singular(words[-1]))
        if words:
            yield words


def route_of(method: str, path: str, inflections: Inflections) -> Route:
    """Version segments are left out."""
    segments = [segment for segment in path.split("/") if segment and not _VERSION.fullmatch(segment)]
    ends_in_placeholder = bool(segments) and bool(_PLACEHOLDER.search(segments[-1]))
    has_name = ends_in_placeholder and not _NAMELESS.fullmatch(segments[-1])
    return Route(
        method=method,
        nouns=tuple(_nouns(segments, inflections)),
        ends_in_placeholder=ends_in_placeholder,
        held=split_words(segments[-1]) if has_name else (),
        inflections=inflections,
    )


def route_words(method: str, path: str, rest: str = "", *, inflections: Inflections = ENGLISH) -> Words:
    """What a person would call a route, as words; `rest` is what the spec says behind it."""
    route = route_of(method, path, inflections)
    rule = next(rule for rule in ROUTE_RULES if rule.fits(route))
    verb = rule.verb(route)
    words = [word for noun in rule.nouns(route) for word in noun]
    if route.nouns and words[:1] == [verb]:
        words = words[1:]
    return (verb, *words, *split_words(rest))
