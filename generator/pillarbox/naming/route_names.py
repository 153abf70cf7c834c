"""Names of calls from routes: `GET /v1/repos/{owner}/{repo}/releases` -> `repos.releases.list`.

Resources nest as the path does, and a method is one word where it can be. Each rule is a function with its example; how
well they agree with the names that people chose is measured by `make names`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .actions import is_action_verb
from .inflections import ENGLISH, Inflections
from .procedures import procedures, service
from .route_rules import CallName, Route, RouteRule, distinct
from .route_segments import (
    ITEM,
    Segment,
    extension_of,
    is_plural,
    release_stage,
    segments_of,
    shape,
    version_of,
    without_shared,
)
from .verb_segments import is_action, is_imperative, verb_segments
from .words import split_words

__all__ = ["RouteNames", "in_one_word"]


_ON_ITEM = {
    "GET": "get", "HEAD": "check", "PUT": "update", "PATCH": "update", "POST": "update", "DELETE": "delete",
}  # fmt: skip
_ON_MANY = {**_ON_ITEM, "GET": "list", "POST": "create"}
_ON_ONE = {**_ON_ITEM, "POST": "create"}
_MOST_COLLECTIONS = 8
_VERB_ORDER = ("POST", "PUT", "PATCH", "GET", "DELETE")
"""Of several HTTP methods of a path that is a verb, the first of these has the verb for a name."""
_ALL = {"GET": "list", "DELETE": "delete_all", "PUT": "update_all", "PATCH": "update_all"}
"""What is done to `/users/all`."""
_UPDATES = frozenset(["PUT", "PATCH"])
_SAME_CHANGE = {"PUT": _UPDATES, "PATCH": _UPDATES, "DELETE": frozenset(["DELETE"])}
"""HTTP methods that do to one what this one does to many."""
_KEY_WORDS = frozenset("code id identifier ids key name number slug uid uuid".split())
"""Last words of a placeholder that say by what a thing is found."""
_BOUND = frozenset(
    "and aware based by driven for free from in like of on only or per prone ready safe specific to wide with".split()
)
"""Words that say nothing without the word before them: error-free devices."""


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
        self._procedures = procedures(self._methods, inflections)
        self._verbs = verb_segments(self._methods, inflections)

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
        if (called := service(route, self._inflections)) is not None:
            return called
        path = path if nested else self._own_resource(path)
        fixed = [part for part in path if part.fixed]
        if not fixed:
            return CallName(self._placed(path), _verb(_ON_ITEM, route.method), RouteRule.ITEM)
        short = len(path) == 1 or (len(path) == 2 and not path[-1].fixed)
        if len(fixed) == 1 and short and (procedure := self._procedures.get(fixed[0].name)) is not None:
            return procedure
        if (done := self._below_verb(path)) is not None:
            return done
        if (done := self._imperative(route.method, path)) is not None:
            return done
        return self._fixed(route, path) if path[-1].fixed else self._item(route, path)

    def _below_verb(self, path: Sequence[Segment]) -> CallName | None:
        """`contacts.search_emails` for /contacts/search/emails: a verb is no resource, also where it has children."""
        key = shape(path)
        end = len(key)
        while end and key[end - 1] == ITEM:
            end -= 1
        if (verb := key[:end]) in self._verbs and end < len(key):
            # GET /messages/download/{id} where POST /messages/download makes one; GET /letters/download/{language}
            made = "POST" in self._methods[verb]
            method = f"get_{verb[-1]}" if made else f"{verb[-1]}_by_{'_'.join(path[-1].placeholder)}"
            return CallName(self._resource(path[: end - 1]), method, RouteRule.ACTION)
        if (verb := key[: end - 1]) not in self._verbs:
            return None
        link = "_by_" if path[end - 1].words == path[-1].placeholder else "_"
        method = f"{verb[-1]}{link}{key[end - 1]}"
        return CallName(self._resource(path[: end - 2]), method, RouteRule.ACTION)

    def _imperative(self, method: str, path: Sequence[Segment]) -> CallName | None:
        """`groups.add_contact` for POST /groups/{id}/addContact/{contact}: what is done is no resource."""
        key = shape(path)
        end = len(path) if path[-1].fixed else len(path) - 1
        verb = path[end - 1]
        if end < 2 or not is_imperative(verb.words) or key in self._above:
            return None
        if end < len(path) and key[:end] in self._methods:
            return None
        own, methods = self._resource(path[:end])[-1], self._methods[key]
        first = next((one for one in _VERB_ORDER if one in methods), method)
        if method == "DELETE" and first == "POST":
            own = f"undo_{own}"
        elif method != first:
            own = f"{own}_{method.lower()}"
        above = path[: end - 1]
        return CallName(_acting(self._resource(above)) or self._placed(above), own, RouteRule.ACTION)

    def _placed(self, path: Sequence[Segment]) -> tuple[str, ...]:
        """The resource that a placeholder names: realms for `/{realm}`, users for `/{userId}`."""
        words = path[-1].placeholder if path else ()
        while words and words[-1] in _KEY_WORDS:
            words = words[:-1]
        if not words:
            return ()
        return ("_".join((*words[:-1], self._inflections.plural(words[-1]))),)

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
        childless = key not in self._above or key in self._verbs
        if last.words == ("all",) and len(key) > 1 and path[-2].fixed and childless and method in _ALL:
            # GET /users/all
            known = method == "GET" and "GET" in self._methods.get(key[:-1], ())
            return CallName(parent, "list_all" if known else _ALL[method], RouteRule.ALL)
        alone = childless and len(self._methods[key]) == 1
        many = key in self._with_items and key not in self._verbs
        own = whole[-1]
        acts = (
            is_action(last.words)
            and method != "DELETE"
            and not (method == "GET" and is_plural(last.name, self._inflections) and "by" not in last.words)
        )
        if acts and (alone or method == "POST") and not many:
            # POST /orders/{id}/cancel, GET /orders/search; POST /{userId}/approve
            return CallName(_acting(parent) or self._placed(path[:-1]), own, RouteRule.ACTION)
        undone = is_action(last.words) and last.words[0] not in _ON_ITEM.values()
        pair = childless and not many and self._methods[key] == {"POST", "DELETE"}
        if method == "DELETE" and undone and pair and parent:
            # DELETE /comments/{id}/resolve beside POST
            return CallName(parent, f"undo_{own}", RouteRule.SINGLE)
        if method == "POST" and alone and not many and _acting(parent) != parent:
            # POST /servers/{id}/actions/poweroff
            return CallName(_acting(parent), own, RouteRule.ACTION)
        below_item = len(key) > 1 and key[-2] == ITEM
        listed = method == "GET" and route.returns_list is True
        plural = is_plural(last.name, self._inflections)
        if many or listed or (plural and not (method == "GET" and route.returns_list is False)):
            if alone and parent and method == "GET" and below_item:
                return CallName(parent, f"list_{own}", RouteRule.LIST_BELOW)
            # GET /cards/{id}/board beside /cards/{id}/board/{field}: one thing, where nothing says that it is a list.
            one = below_item and not listed and not plural
            verb = _verb(_ON_ONE if one and "POST" not in self._methods[key] else _ON_MANY, method)
            if method == "PUT" and "PATCH" in self._methods[key]:
                verb = "replace"
            if many and self._methods[(*key, ITEM)] & _SAME_CHANGE.get(method, frozenset()):
                verb = f"bulk_{verb}"
            elif many and method == "PUT" and self._is_made_by_put(key):
                verb = "create"
            return CallName(whole, verb, RouteRule.COLLECTION if many else RouteRule.PLURAL)
        if alone and not parent and method == "GET" and not plural:
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
            if (
                is_action(before.words)
                and method == "POST"
                and not self._methods.get(key[:-1], set()) >= {"GET", "POST"}
            ):
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
        elif method == "POST" and (beside & _UPDATES or beside == {"POST", "DELETE"}):
            # POST /likes/{track} beside DELETE: what can neither be read nor changed is made.
            verb = "create"
        return CallName(whole, verb, RouteRule.ITEM)

    def _is_made_by_put(self, collection: tuple[str, ...]) -> bool:
        """True where PUT on a collection makes one, because POST on one changes it."""
        on_one = self._methods[*collection, ITEM]
        return "POST" not in self._methods[collection] and "POST" in on_one and not on_one & _UPDATES

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
                found.append(self._without_parent(part, found[-1]) if found else part.name)
        return tuple(found)

    def _without_parent(self, part: Segment, parent: str) -> str:
        """`charges` of balance_charges below balances; not `free_devices` of error_free_devices below errors."""
        words = tuple(map(self._inflections.singular, parent.split("_")))
        rest = part.words[len(words) :]
        if part.words[: len(words)] != words or not rest or rest[0] in _BOUND:
            return part.name
        return "_".join(rest)


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
