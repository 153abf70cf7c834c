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
from .inflections import ENGLISH, Inflections
from .route_segments import (
    ITEM,
    Segment,
    extension_of,
    is_plural,
    release_stage,
    segments_of,
    shape,
    version_of,
    without_extension,
    without_shared,
)
from .words import split_words

__all__ = ["CallName", "Route", "RouteNames", "RouteRule", "distinct", "in_one_word"]


@dataclass(frozen=True, slots=True)
class Route:
    """What names a call: its method and path, and whether the response is a list."""

    method: str
    path: str
    returns_list: bool = False
    needs: tuple[str, ...] = ()
    """Wire names of the parameters outside of the path that it requires."""


class RouteRule(Enum):
    """Why a route has its name, as a phrase for people; the route or the text that it was made of may follow it."""

    COLLECTION = "made of its route, a collection: the segments are the resource, the HTTP method is the verb"
    PLURAL = (
        "made of its route, a plural or a list: the segments are the resource, the HTTP method is the verb"
    )
    ITEM = "made of its route, one item: the segments are the resource, the HTTP method is the verb"
    SINGLE = "made of its route, a single thing: the segments are the resource, the HTTP method is the verb"
    ACTION = "made of its route, whose last segment is a verb"
    NOUN = "made of its route, whose last segment is a noun with one operation"
    LIST_BELOW = "made of its route, a list below an item"
    OTHER_KEY = "made of its route, an item that is found by another key"
    PROCEDURE = "made of its route, a verb and a noun"
    SERVICE = "made of its route, a procedure of a service"
    CLIENT = "made of its route; no resource would have two calls"
    GROUP = "the group and the verb of its operationId"
    WRITTEN = "made of its route, with the verb of its operationId or summary"
    WITH_WORDS = "made of its route, with the words of its operationId or summary that tell it apart"
    WITH_SCOPE = "made of its route, with all of its path"
    WITH_VERSION = "made of its route, with the version of the API"
    WITH_VERB = "made of its route, with the verb of the HTTP method"
    WITH_EXTENSION = "made of its route, with the format at the end of the path"
    WITH_PARAMETERS = "made of its route, with what it requires"
    WITH_PLACEHOLDER = "made of its route, with a path parameter"
    WITH_BODY = "made of its route, with its body"
    WITH_METHOD = "made of its route, with the HTTP method"


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
_MOST_COLLECTIONS = 8
_CHANGING = ("PUT", "PATCH", "DELETE")
_AT_ONCE = frozenset(["bulk", "batch"])
_PROCEDURES = frozenset(
    """
    add archive cancel check create delete download edit end export find generate get import list publish register
    remove rerun retrieve search send set start stop submit update upload
    """.split()
)
_READING = frozenset(
    "check download export fetch find generate get list query read retrieve search show validate".split()
)
"""Verbs that a GET may do."""
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
        inflections: The plurals of English, and those of the configuration.
        phrases: Words of operation ids, tags and summaries, which may write a compound word in parts.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        inflections: Inflections = ENGLISH,
        phrases: Sequence[Sequence[str]] = (),
    ) -> None:
        self._routes = routes
        self._inflections = inflections
        root = [Segment(("root",))]
        self._whole = [
            path or root for path in segments_of((route.path for route in routes), inflections, phrases)
        ]
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
        self._procedures = _procedures(self._methods, inflections)

    def candidates(self, number: int) -> list[CallName]:
        """Names of route `number`, best first; the later ones are for where another route has the first."""
        route = self._routes[number]
        best = self._staged(number, self._name(route, self._paths[number]))
        whole = self._staged(number, self._name(route, self._whole[number], nested=True))
        found = [best, CallName(whole.resource, whole.method, RouteRule.WITH_SCOPE)]
        if version := self._versions[number]:
            stage = self._stages[number]
            resource = best.resource[1:] if stage and best.resource[:1] == (stage,) else best.resource
            found.append(CallName((version, *resource), best.method, RouteRule.WITH_VERSION))
        if best.rule is RouteRule.ACTION and route.method != "GET":
            # apps.rollback.create, where apps.rollback is a resource
            inner = (*best.resource, best.method)
            found.append(CallName(inner, _verb(_ON_ONE, route.method), RouteRule.WITH_VERB))
        methods = _distinct_methods(route, best, self._whole[number])
        return distinct([*found, *(CallName(best.resource, method, rule) for method, rule in methods)])

    def versions_differ(self, numbers: Iterable[int]) -> bool:
        """True where the routes are of several versions of the API."""
        return len({self._versions[number] for number in numbers}) > 1

    def is_root(self, number: int) -> bool:
        """True where its path names nothing."""
        return not any(segments_of([self._routes[number].path])[0])

    def stand_alone(self) -> bool:
        """True where each resource would have one call: a few collections are resources all the same."""
        names = [self._name(route, path) for route, path in zip(self._routes, self._paths, strict=True)]
        firsts = Counter(name.resource[0] for name in names if name.resource)
        if any(count > 1 for count in firsts.values()):
            return False
        return len(firsts) > _MOST_COLLECTIONS or not all(
            is_plural(first, self._inflections) for first in firsts
        )

    def length(self, number: int) -> int:
        """Of its path: among routes of one name, the shortest has it."""
        return len(self._routes[number].path)

    def _staged(self, number: int, name: CallName) -> CallName:
        stage = self._stages[number]
        if not stage or stage in name.resource:
            return name
        return CallName((stage, *name.resource), name.method, name.rule)

    def _name(self, route: Route, path: Sequence[Segment], *, nested: bool = False) -> CallName:
        if (service := _service(route, self._inflections)) is not None:
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
        parent, whole = self._resource(path[:-1]), self._resource(path)
        alone = key not in self._above and len(self._methods[key]) == 1
        many = key in self._with_items
        own = whole[-1]
        acts = (
            is_action(last.words)
            and method != "DELETE"
            and not (method == "GET" and is_plural(last.name, self._inflections) and "by" not in last.words)
        )
        if acts and (alone or method == "POST") and not many:
            # POST /orders/{id}/cancel, GET /orders/search
            return CallName(_acting(parent), own, RouteRule.ACTION)
        if method == "POST" and alone and not many and _acting(parent) != parent:
            # POST /servers/{id}/actions/poweroff
            return CallName(_acting(parent), own, RouteRule.ACTION)
        below_item = len(key) > 1 and key[-2] == ITEM
        listed = method == "GET" and route.returns_list
        if many or listed or is_plural(last.name, self._inflections):
            if alone and parent and method == "GET" and below_item:
                return CallName(parent, f"list_{own}", RouteRule.LIST_BELOW)
            # GET /cards/{id}/board beside /cards/{id}/board/{field}: one thing, where nothing says that it is a list.
            one = below_item and not listed and not is_plural(last.name, self._inflections)
            verb = _verb(_ON_ONE if one and "POST" not in self._methods[key] else _ON_MANY, method)
            if many and method in _CHANGING and method in self._methods[(*key, ITEM)]:
                verb = f"bulk_{verb}"
            elif method == "PUT" and "PATCH" in self._methods[key]:
                verb = "replace"
            return CallName(whole, verb, RouteRule.COLLECTION if many else RouteRule.PLURAL)
        if alone and not parent and method == "GET":
            return CallName((), own, RouteRule.NOUN)
        if alone and parent and (noun := _noun_method(method, own, last, below_item)):
            return CallName(parent, noun, RouteRule.NOUN)
        verb = "replace" if method == "PUT" and "PATCH" in self._methods[key] else _verb(_ON_ONE, method)
        return CallName(whole, verb, RouteRule.SINGLE)

    def _item(self, route: Route, path: Sequence[Segment]) -> CallName:
        """A route that ends in a placeholder."""
        method, key = route.method, shape(path)
        whole = self._resource(path)
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
        if self._is_asked(method, path):
            # GET /search/{query}
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

    def _is_asked(self, method: str, path: Sequence[Segment]) -> bool:
        """True for a GET of a verb and what it is about, where the verb is no resource."""
        key, before = shape(path), path[-2] if len(path) > 1 else None
        if method != "GET" or before is None or not before.fixed or is_plural(before.name, self._inflections):
            return False
        alone = len(self._methods[key]) == 1 and key not in self._above and key[:-1] not in self._methods
        return alone and is_action(before.words)

    def _resource(self, path: Iterable[Segment]) -> tuple[str, ...]:
        """Names of the fixed segments, from the last that is like the first on.

        A child does not repeat its parent: balances, balance_charges -> balances, charges.
        """
        found: list[str] = []
        for part in path:
            if part.fixed and found[:1] == [part.name]:
                # /networks/owners/{id}/networks/{id}/peers is about the peers of a network.
                found = [part.name]
            elif part.fixed:
                words = map(self._inflections.singular, found[-1].split("_")) if found else ()
                parent = "_".join((*words, ""))
                found.append(part.name.removeprefix(parent) if part.name != parent else part.name)
        return tuple(found)


def in_one_word(name: CallName, nouns: Sequence[str], inflections: Inflections = ENGLISH) -> str:
    """The method that says what a call of a resource says: `get_role` for roles.get, and nouns roles.

    Args:
        name: The call.
        nouns: Resources that the method has to name, in snake case.
        inflections: The plurals of the client.
    """
    words = [word for noun in nouns for word in noun.split("_")]
    verb, *rest = name.method.split("_")
    if name.rule in (RouteRule.NOUN, RouteRule.ACTION) and not (is_action_verb(verb) and rest):
        return "_".join((*words, verb, *rest))
    if words and (name.rule is RouteRule.ITEM or verb == "create"):
        words[-1] = inflections.singular(words[-1])
    return "_".join((verb, *words, *rest))


def _acting(resource: tuple[str, ...]) -> tuple[str, ...]:
    """What is acted on: servers for `/servers/{id}/actions`."""
    return resource[:-1] if len(resource) > 1 and resource[-1] in ("action", "actions") else resource


def _distinct_methods(
    route: Route, best: CallName, path: Sequence[Segment]
) -> Iterator[tuple[str, RouteRule]]:
    """Longer names of a method, for where another route has the best one."""
    if best.rule is RouteRule.NOUN and route.method == "GET":
        yield f"get_{best.method}", RouteRule.WITH_VERB
    if best.rule is RouteRule.ACTION and route.method == "GET":
        yield f"get_{best.method}", RouteRule.WITH_VERB
    if extension := extension_of(route.path):
        yield f"{best.method}_{extension}", RouteRule.WITH_EXTENSION
    if route.needs:
        needs = "_and_".join("_".join(split_words(need)) for need in route.needs[:2])
        yield f"{best.method}_by_{needs}", RouteRule.WITH_PARAMETERS
    for part in reversed(path):
        if not part.fixed:
            yield f"{best.method}_by_{'_'.join(part.placeholder)}", RouteRule.WITH_PLACEHOLDER
    if route.method in ("POST", "PUT", "PATCH"):
        yield f"{best.method}_with_body", RouteRule.WITH_BODY
    yield f"{best.method}_{route.method.lower()}", RouteRule.WITH_METHOD


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


def _service(route: Route, inflections: Inflections) -> CallName | None:
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
    own = set(map(inflections.singular, service))
    service[-1] = inflections.plural(service[-1])
    verb, *rest = split_words(found[2])
    said = [word for word in rest if inflections.singular(word) not in own]
    return CallName(("_".join(service),), "_".join((_plain_verb(verb), *said)), RouteRule.SERVICE)


def _plain_verb(verb: str) -> str:
    return "get" if verb == "retrieve" else verb


def _procedures(methods: dict[tuple[str, ...], set[str]], inflections: Inflections) -> dict[str, CallName]:
    """First segments that are a verb and a noun: create_agent, get_agent, list_agents -> `agent.create` and so on."""
    uses = Counter(key[0] for key in methods)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for key, verbs in methods.items():
        verb, *noun = key[0].split("_")
        ends = len(key) == 1 or key[1:] == (ITEM,)
        if verbs == {"GET"} and verb not in _READING:
            # GET /archive_files lists what is archived.
            continue
        if ends and noun and is_action_verb(verb) and len(verbs) == 1 and uses[key[0]] == 1:
            found[key[0]] = verb, tuple(noun)
    numbers = Counter(noun for _, noun in found.values())
    nouns = {noun: _common_number(noun, numbers, inflections) for noun in numbers}
    shared = {noun for noun, count in Counter(nouns[noun] for _, noun in found.values()).items() if count > 1}
    return dict(_procedure_names(found, nouns, shared))


def _common_number(
    noun: tuple[str, ...], numbers: Counter[tuple[str, ...]], inflections: Inflections
) -> tuple[str, ...]:
    """A noun in the singular or plural, as most procedures have it."""
    one = inflections.singular(noun[-1])
    last = one if one != noun[-1] else inflections.plural(noun[-1])
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
