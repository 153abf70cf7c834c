"""Names of calls from routes: `GET /v1/repos/{owner}/{repo}/releases` -> `repos.releases.list`.

Resources nest as the path does, and a method is one word where it can be. Each rule is a function with its example; how
well they agree with the names that people chose is measured by `make names`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from .actions import is_action_verb
from .inflections import plural, singular
from .route_segments import (
    ITEM,
    Segment,
    is_plural,
    release_stage,
    segments_of,
    shape,
    version_of,
    without_extension,
    without_shared,
)
from .words import split_words

__all__ = ["CallName", "Route", "RouteNames", "RouteRule", "distinct"]


@dataclass(frozen=True, slots=True)
class Route:
    """What names a call: its method and path, and whether the response is a list."""

    method: str
    path: str
    returns_list: bool = False


class RouteRule(Enum):
    """Why a route has its name, as a sentence for people."""

    COLLECTION = "a collection: its segments are the resource, the HTTP method says the verb"
    PLURAL = "a noun in the plural, or a list: its segments are the resource, the HTTP method says the verb"
    ITEM = "one item of a collection: its segments are the resource, the HTTP method says the verb"
    SINGLE = "a single thing: its segments are the resource, the HTTP method says the verb"
    ACTION = "the last segment of the path says what is done"
    NOUN = "the last segment is a noun with one operation: it is the method"
    LIST_BELOW = "a list below an item, with no operation of its own items"
    OTHER_KEY = "the item is found by another key"
    PROCEDURE = "the path is a verb and a noun"
    SERVICE = "the path is a procedure of a service"
    GROUP = "the operation id names the group and the verb"
    WRITTEN = "the operation id or the summary says the verb"
    WITH_WORDS = (
        "another operation has the shorter name: words of the operation id or the summary tell them apart"
    )
    WITH_SCOPE = "another operation has the shorter name: the whole path is the resource"
    WITH_VERSION = "another version of the API has the shorter name"
    WITH_PLACEHOLDER = "another operation has the shorter name: the last path parameter tells them apart"
    WITH_METHOD = "another operation has the shorter name: the HTTP method tells them apart"


@dataclass(frozen=True, slots=True)
class CallName:
    """Where a call hangs and what it is called."""

    resource: tuple[str, ...]
    method: str
    rule: RouteRule

    @property
    def dotted(self) -> str:
        return ".".join((*self.resource, self.method))


_ON_ITEM = {
    "GET": "get", "HEAD": "check", "PUT": "update", "PATCH": "update", "POST": "update", "DELETE": "delete",
}  # fmt: skip
_ON_MANY = {**_ON_ITEM, "GET": "list", "POST": "create"}
_ON_ONE = {**_ON_ITEM, "POST": "create"}
_CHANGING = ("PUT", "PATCH", "DELETE")
_AT_ONCE = frozenset(["bulk", "batch"])
_PROCEDURES = frozenset(
    """
    add archive cancel check create delete download edit end export find generate get import list publish register
    remove rerun retrieve search send set start stop submit update upload
    """.split()
)
_DOTTED_PATH = re.compile(r"/?([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)")
_SERVICE_PATH = re.compile(r"/?((?:\w+\.)+\w+)/([A-Z]\w*)")


def is_action(words: Sequence[str]) -> bool:
    """True where a segment says what is done: cancel, mark_read, bulk_delete."""
    return (
        is_action_verb(words[1] if len(words) > 1 and words[0] in _AT_ONCE else words[0]) if words else False
    )


def distinct(names: Iterable[CallName]) -> list[CallName]:
    """The first of each name, in order."""
    found: dict[str, CallName] = {}
    for name in names:
        found.setdefault(name.dotted, name)
    return list(found.values())


class RouteNames:
    """The names of all routes of one API.

    Args:
        routes: In the order of the document.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes
        root = [Segment(("root",))]
        self._whole = [path or root for path in segments_of(route.path for route in routes)]
        self._paths = without_shared(self._whole)
        stages = [release_stage(route.path) for route in routes]
        # `beta` says something only beside stable routes.
        self._stages = stages if "" in stages else [""] * len(routes)
        self._versions = [version_of(route.path) for route in routes]
        self._methods: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._above: set[tuple[str, ...]] = set()
        self._with_items: set[tuple[str, ...]] = set()
        for route, path in zip(routes, self._paths, strict=True):
            key = shape(path)
            self._methods[key].add(route.method)
            for length in range(1, len(key)):
                self._above.add(key[:length])
                if key[length] == ITEM:
                    self._with_items.add(key[:length])
        self._procedures = _procedures(self._methods)

    def candidates(self, number: int) -> list[CallName]:
        """Names of route `number`, best first; the later ones are for where another route has the first."""
        route = self._routes[number]
        best = self._staged(number, self._name(route, self._paths[number]))
        whole = self._staged(number, self._name(route, self._whole[number], nested=True))
        found = [best, CallName(whole.resource, whole.method, RouteRule.WITH_SCOPE)]
        if version := self._versions[number]:
            found.append(CallName((version, *best.resource), best.method, RouteRule.WITH_VERSION))
        placeholders = [part for part in self._whole[number] if not part.fixed]
        for part in reversed(placeholders):
            name = f"{best.method}_by_{'_'.join(part.placeholder)}"
            found.append(CallName(best.resource, name, RouteRule.WITH_PLACEHOLDER))
        name = f"{best.method}_{route.method.lower()}"
        found.append(CallName(best.resource, name, RouteRule.WITH_METHOD))
        return distinct(found)

    def versions_differ(self, numbers: Iterable[int]) -> bool:
        """True where the routes are of several versions of the API."""
        return len({self._versions[number] for number in numbers}) > 1

    def length(self, number: int) -> int:
        """Of its path: among routes of one name, the shortest has it."""
        return len(self._routes[number].path)

    def _staged(self, number: int, name: CallName) -> CallName:
        stage = self._stages[number]
        if not stage or stage in name.resource:
            return name
        return CallName((stage, *name.resource), name.method, name.rule)

    def _name(self, route: Route, path: Sequence[Segment], *, nested: bool = False) -> CallName:
        if (service := _service(route)) is not None:
            return service
        path = path if nested else self._own_resource(path)
        fixed = [part for part in path if part.fixed]
        if not fixed:
            return CallName((), _verb(_ON_ITEM, route.method), RouteRule.ITEM)
        short = len(path) == 1 or (len(path) == 2 and not path[-1].fixed)
        if len(fixed) == 1 and short and (procedure := self._procedures.get(fixed[0].name)) is not None:
            return procedure
        return self._fixed(route, path) if path[-1].fixed else self._item(route, path)

    def _own_resource(self, path: Sequence[Segment]) -> Sequence[Segment]:
        """`/projects/{id}/testsets` belongs to `testsets` where `/testsets/{id}` is known, and nothing is made there."""
        key = shape(path)
        if (
            len(path) != 3
            or key[1] != ITEM
            or key in self._with_items
            or key in self._above
            or key[0] == key[2]
        ):
            return path
        top = key[2:]
        made_here = "POST" in self._methods[key] and not self._methods[top] & self._methods[key]
        return path[2:] if made_here and path[2].fixed and top in self._with_items else path

    def _fixed(self, route: Route, path: Sequence[Segment]) -> CallName:
        """A route that ends in fixed text."""
        method, key, last = route.method, shape(path), path[-1]
        parent, whole = _resource(path[:-1]), _resource(path)
        alone = key not in self._above and len(self._methods[key]) == 1
        many = key in self._with_items
        own = whole[-1]
        acts = is_action(last.words) and method != "DELETE" and not (method == "GET" and is_plural(last.name))
        if acts and (alone or method == "POST") and not many:
            # POST /orders/{id}/cancel, GET /orders/search
            return CallName(parent, own, RouteRule.ACTION)
        below_item = len(key) > 1 and key[-2] == ITEM
        listed = method == "GET" and route.returns_list
        if many or listed or is_plural(last.name):
            if alone and parent and method == "GET" and below_item:
                return CallName(parent, f"list_{own}", RouteRule.LIST_BELOW)
            verb = _verb(_ON_MANY, method)
            if many and method in _CHANGING and method in self._methods[(*key, ITEM)]:
                verb = f"bulk_{verb}"
            return CallName(whole, verb, RouteRule.COLLECTION if many else RouteRule.PLURAL)
        if alone and not parent and method == "GET":
            return CallName((), own, RouteRule.NOUN)
        if alone and parent and (noun := _noun_method(method, own, last, below_item)):
            return CallName(parent, noun, RouteRule.NOUN)
        return CallName(whole, _verb(_ON_ONE, method), RouteRule.SINGLE)

    def _item(self, route: Route, path: Sequence[Segment]) -> CallName:
        """A route that ends in a placeholder."""
        method, key = route.method, shape(path)
        whole = _resource(path)
        before = path[-2] if len(path) > 2 else None
        if before is not None and before.fixed and len(whole) > 1:
            if before.words == path[-1].placeholder:
                # GET /customers/external_id/{external_id}
                return CallName(
                    whole[:-1], f"{_verb(_ON_ITEM, method)}_by_{before.name}", RouteRule.OTHER_KEY
                )
            if is_action(before.words) and method == "POST":
                # POST /plans/{id}/attach/{product}
                return CallName(whole[:-1], whole[-1], RouteRule.ACTION)
        verb = _verb(_ON_ITEM, method)
        beside = self._methods[key]
        if method == "GET" and route.returns_list and key in self._with_items:
            # GET /objects/{collection} where /objects/{collection}/{id} is one of them
            verb = "list"
        elif method == "PUT" and "PATCH" in beside:
            verb = "replace"
        elif method == "POST" and beside & {"PUT", "PATCH"}:
            verb = "create"
        return CallName(whole, verb, RouteRule.ITEM)


def _verb(verbs: dict[str, str], method: str) -> str:
    return verbs.get(method) or "_".join(split_words(method)) or "call"


def _noun_method(method: str, own: str, last: Segment, below_item: bool) -> str:
    """A noun that has one operation is the method; empty where it is a resource all the same."""
    match method:
        case "GET":
            return own
        case "PUT":
            return f"set_{own}"
        case "PATCH":
            return f"update_{own}"
        case "POST" if below_item or len(last.words) > 1:
            # POST /devices/{id}/heartbeat, POST /stores/question-answering; but POST /audio/speech makes one
            return own
        case _:
            return ""


def _resource(path: Iterable[Segment]) -> tuple[str, ...]:
    """Names of the fixed segments; a child does not repeat its parent: balances, balance_charges -> balances, charges."""
    found: list[str] = []
    for part in path:
        if part.fixed:
            parent = "_".join(map(singular, found[-1].split("_"))) + "_" if found else ""
            name = part.name
            found.append(name.removeprefix(parent) if parent and name != parent else name)
    return tuple(found)


def _service(route: Route) -> CallName | None:
    """Connect and gRPC: `/pkg.v1.AccountService/GetAccount` -> `accounts.get`; `/chat.postMessage` is its own name."""
    if dotted := _DOTTED_PATH.fullmatch(without_extension(route.path)):
        *resource, method = ("_".join(split_words(part)) for part in dotted[1].split("."))
        return CallName(tuple(resource), method, RouteRule.PROCEDURE)
    found = _SERVICE_PATH.fullmatch(route.path)
    if found is None:
        return None
    service = list(split_words(found[1].rpartition(".")[2]))
    if len(service) > 1 and service[-1] in ("service", "api"):
        service.pop()
    own = set(map(singular, service))
    service[-1] = plural(service[-1])
    verb, *rest = split_words(found[2])
    said = [word for word in rest if singular(word) not in own]
    return CallName(("_".join(service),), "_".join((_plain_verb(verb), *said)), RouteRule.SERVICE)


def _plain_verb(verb: str) -> str:
    return "get" if verb == "retrieve" else verb


def _procedures(methods: dict[tuple[str, ...], set[str]]) -> dict[str, CallName]:
    """First segments that are a verb and a noun: create_agent, get_agent, list_agents -> `agent.create` and so on."""
    uses = Counter(key[0] for key in methods)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for key, verbs in methods.items():
        verb, *noun = key[0].split("_")
        ends = len(key) == 1 or key[1:] == (ITEM,)
        if ends and noun and is_action_verb(verb) and len(verbs) == 1 and uses[key[0]] == 1:
            found[key[0]] = verb, tuple(noun)
    numbers = Counter(noun for _, noun in found.values())
    nouns = {noun: _common_number(noun, numbers) for noun in numbers}
    shared = {noun for noun, count in Counter(nouns[noun] for _, noun in found.values()).items() if count > 1}
    return dict(_procedure_names(found, nouns, shared))


def _common_number(noun: tuple[str, ...], numbers: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """A noun in the singular or plural, as most procedures have it."""
    last = singular(noun[-1]) if singular(noun[-1]) != noun[-1] else plural(noun[-1])
    other = (*noun[:-1], last)
    return other if numbers[other] > numbers[noun] else noun


def _procedure_names(
    found: dict[str, tuple[str, tuple[str, ...]]],
    nouns: dict[tuple[str, ...], tuple[str, ...]],
    shared: set[tuple[str, ...]],
) -> Iterator[tuple[str, CallName]]:
    for segment, (verb, noun) in found.items():
        heads = [noun[:size] for size in range(len(noun) - 1, 0, -1) if noun[:size] in shared]
        if nouns[noun] not in shared and heads:
            # delete_agent_version where agent has procedures: agent.delete_version
            method = "_".join((_plain_verb(verb), *noun[len(heads[0]) :]))
            yield segment, CallName(("_".join(heads[0]),), method, RouteRule.PROCEDURE)
        elif nouns[noun] in shared or verb in _PROCEDURES:
            yield segment, CallName(("_".join(nouns[noun]),), _plain_verb(verb), RouteRule.PROCEDURE)
