"""What the call of an operation may be named: the resource that it belongs to, and its method."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote

from ..model.api import Api, Operation
from ..model.grouping import Grouping
from ..model.types import Array, Enumeration, Nullable, Object, Reference, Scalar, Schema, Type
from ..naming.call_names import Call, CallNames
from ..naming.candidates import Reason
from ..naming.folder_names import without_notes
from ..naming.inflections import Inflections
from ..naming.item_names import Item, item_methods, route_in_name
from ..naming.path_names import shorter_paths
from ..naming.route_names import in_one_word
from ..naming.route_rules import CallName, Route, RouteRule
from ..naming.verbs import LISTING, split_verb
from ..naming.words import snake, split_words
from ..naming.written_names import WrittenName
from .response_sites import successes

__all__ = ["CallCandidate", "OperationNames", "Steps"]

Steps = tuple[str, ...]
"""A resource and those above it, the outermost first: titles of folders, or names made of a path."""

_LIST_FIELDS = frozenset("content data docs entries hits items list records results rows values".split())
"""Fields that hold the items of a page."""
_MANY_WORDS = ("all", "list", "lists")
_LONG_METHOD = 30
"""Letters of a method that is too long to be typed."""
_BY_WORDS = frozenset([RouteRule.GROUP, RouteRule.WRITTEN, RouteRule.WITH_WORDS])


@dataclass(frozen=True, slots=True)
class CallCandidate:
    """A name that an operation may have."""

    steps: Steps
    method: str
    why: Reason | RouteRule
    source: str


class OperationNames:
    """What all operations of one API may be named.

    In a collection that people sorted, folders are the resources and the name of the item is the method. Elsewhere
    both are made of the route, and of what people wrote where it says more (`CallNames`).

    Args:
        api: The API; the order of its operations is the order of the numbers here.
        inflections: Plurals of the client's nouns.
    """

    def __init__(self, api: Api, inflections: Inflections) -> None:
        self._operations = api.operations
        self._grouping = api.grouping
        self._inflections = inflections
        self._returns_list = [_returns_list(operation, api.schemas) for operation in api.operations]
        calls = [
            _call(operation, api.grouping, returns_list=many)
            for operation, many in zip(api.operations, self._returns_list, strict=True)
        ]
        self._calls = CallNames(calls, inflections)
        routed = [self._calls.candidates(number)[0] for number in range(len(calls))]
        self._paths = shorter_paths(routed)

    def home(self, number: int) -> Steps:
        """The resource that an operation belongs to."""
        return self._best[number].steps

    def calls(self) -> Iterator[CallCandidate]:
        """The best name of each operation, and its name in another version where two versions have one name."""
        for number, best in enumerate(self._best):
            yield best
            if len(self._same_name[best]) > 1 and self._is_by_route(number):
                yield from (one for one in self._by_route(number) if one.why is RouteRule.WITH_VERSION)

    def methods(self, steps: Steps) -> Set[str]:
        """The best names of all operations of one resource."""
        return self._methods.get(steps, frozenset())

    def plainness(self, number: int) -> tuple[int, ...]:
        """The smaller, the less is said of an operation beyond its name: of several with one name it keeps it."""
        if self._is_by_route(number):
            return self._calls.plainness(number)
        return len(_path_words(self._operations[number])), 0

    def candidates(self, number: int) -> Iterator[CallCandidate]:
        """Names of one operation, best first."""
        return self._by_route(number) if self._is_by_route(number) else self._by_item(number)

    # By route

    def _is_by_route(self, number: int) -> bool:
        operation = self._operations[number]
        if self._grouping is not Grouping.FOLDERS:
            return True
        return not operation.resource and _is_unnamed(operation)

    def _by_route(self, number: int) -> Iterator[CallCandidate]:
        operation = self._operations[number]
        one_version = not self._calls.versions_differ(self._same_name[self._best[number]])
        if (noun := self._item_noun(number)) is not None:
            yield noun
        for name in self._calls.candidates(number):
            if not (one_version and name.rule is RouteRule.WITH_VERSION):
                yield self._of_call(name, operation)

    def _item_noun(self, number: int) -> CallCandidate | None:
        """`users.get_token` for GET /users/{id}/token, where people named the item so."""
        operation, best = self._operations[number], self._calls.candidates(number)[0]
        if self._grouping is not Grouping.SEGMENTS or best.rule is not RouteRule.NOUN:
            return None
        named = next(iter(self._item_methods(number, best.resource)), "")
        if split_verb(named)[1] != tuple(best.method.split("_")):
            return None
        return CallCandidate(best.resource, named, Reason.SPEC_NAME, operation.name)

    def _of_call(self, name: CallName, operation: Operation) -> CallCandidate:
        written = operation.identity.operation_id or operation.summary or operation.name
        source = written if name.rule in _BY_WORDS else operation.identity.route
        steps = self._paths.get(name.resource, name.resource)
        return CallCandidate(steps, name.method, name.rule, " ".join(source.split()))

    # By folder and item

    def _item_methods(self, number: int, steps: Steps) -> list[str]:
        operation = self._operations[number]
        is_item = bool(operation.path) and not isinstance(operation.path[-1], str)
        many = self._returns_list[number] is True if any(successes(operation)) or is_item else None
        item = Item(operation.name, operation.method, tuple(map(snake, steps)), many)
        found = item_methods(item, self._inflections)
        bare = without_notes(operation.name)
        if found and len(found[0]) > _LONG_METHOD and bare != operation.name:
            # SessionCreate (stateful) create session: the note is what a long name needs least.
            found = [*item_methods(replace(item, name=bare), self._inflections), *found]
        return found

    def _by_item(self, number: int) -> Iterator[CallCandidate]:
        operation = self._operations[number]
        best = self._best[number]
        steps, source = operation.resource, " ".join(operation.name.split())
        verb, rest = split_verb(best.method)
        if operation.method == "PUT" and verb == "update" and self._is_patched(operation):
            yield CallCandidate(steps, "_".join(("replace", *rest)), Reason.REPLACE, source)
        yield best
        told_apart = list(self._told_apart(operation, best))
        group = [self._operations[other].name for other in self._same_name[best]]
        if group.count(operation.name) > 1:
            # No word of their names tells them apart.
            yield from told_apart
        if not _is_unnamed(operation):
            for name in self._item_methods(number, steps)[1:]:
                yield CallCandidate(steps, name, Reason.WHOLE_SPEC_NAME, source)
        yield from told_apart

    def _plain_item(self, number: int) -> CallCandidate:
        """The name that an item has to itself."""
        operation = self._operations[number]
        steps = operation.resource
        if _is_unnamed(operation):
            item = Item(self._route_words(number), operation.method, tuple(map(snake, steps)))
            return CallCandidate(
                steps, item_methods(item, self._inflections)[0], Reason.ROUTE, operation.identity.route
            )
        return CallCandidate(
            steps, self._item_methods(number, steps)[0], Reason.SPEC_NAME, " ".join(operation.name.split())
        )

    def _route_words(self, number: int) -> str:
        """What an item that is called by its route would be called in its folder: `update role` for PUT /roles/{id}."""
        operation = self._operations[number]
        route = self._calls.candidates(number)[0]
        nouns = _unsaid(route.resource, operation.resource)
        words = in_one_word(route, nouns, self._inflections).replace("_", " ")
        return " ".join((words, route_in_name(operation.name) or ""))

    def _is_patched(self, operation: Operation) -> bool:
        return any(
            other.method == "PATCH" and other.path == operation.path and other.resource == operation.resource
            for other in self._operations
        )

    def _told_apart(self, operation: Operation, best: CallCandidate) -> Iterator[CallCandidate]:
        """The name made clear by what the path has and the paths of others of that name lack."""
        group = [self._operations[number] for number in self._same_name[best]]
        if len(group) < 2:
            return
        counts = Counter(word for one in group for word in set(_path_words(one)))
        verb, rest = split_verb(best.method)
        singular = self._inflections.singular
        own = [word for word in _path_words(operation) if counts[word] < len(group)]
        fresh = [word for word in own if word not in rest and singular(word) not in rest]
        if fresh:
            # What is listed is many; what only describes it is one: list telescope observations, list for quote.
            many = verb in LISTING and not rest and isinstance(operation.path[-1], str)
            is_last = fresh[-1] == _path_words(operation)[-1]
            link = ("for",) if verb and not rest and not is_last else ()
            fresh = [*map(singular, fresh[:-1]), fresh[-1] if many and is_last else singular(fresh[-1])]
            words = (verb, *link, *fresh, *rest) if verb else (*rest, *fresh)
            yield CallCandidate(best.steps, "_".join(words), Reason.PATH, best.source)
        placeholders = [snake(piece.wire) for piece in operation.path if not isinstance(piece, str)]
        if placeholders:
            name = f"{best.method}_by_{placeholders[-1]}"
            yield CallCandidate(best.steps, name, Reason.PLACEHOLDER, best.source)
        name = f"{best.method}_{operation.method.lower()}"
        yield CallCandidate(best.steps, name, Reason.METHOD, best.source)

    # What all of them are called

    @cached_property
    def _best(self) -> Sequence[CallCandidate]:
        return [
            (self._item_noun(number) or self._of_call(self._calls.candidates(number)[0], operation))
            if self._is_by_route(number)
            else self._plain_item(number)
            for number, operation in enumerate(self._operations)
        ]

    @cached_property
    def _methods(self) -> Mapping[Steps, Set[str]]:
        found: dict[Steps, set[str]] = defaultdict(set)
        for best in self._best:
            found[best.steps].add(best.method)
        return found

    @cached_property
    def _same_name(self) -> Mapping[CallCandidate, Sequence[int]]:
        found: dict[tuple[Steps, str], list[int]] = defaultdict(list)
        for number, best in enumerate(self._best):
            found[best.steps, best.method].append(number)
        return {best: found[best.steps, best.method] for best in self._best}


def _call(operation: Operation, grouping: Grouping, *, returns_list: bool | None) -> Call:
    method, path = operation.method, _path_text(operation)
    match grouping:
        case Grouping.TAGS:
            written = WrittenName(
                method,
                path,
                operation.identity.operation_id or "",
                " ".join(operation.summary.split()),
                operation.tags,
            )
        case Grouping.SEGMENTS:
            written = WrittenName(method, path, summary=operation.name)
        case Grouping.FOLDERS:
            written = WrittenName(method, path)
    return Call(Route(method, path, returns_list), written)


def _path_text(operation: Operation) -> str:
    """Its path as people write it: fixed text without percent escapes, which would be words of a name."""
    return "".join(
        _unescaped(piece) if isinstance(piece, str) else f"{{{snake(piece.wire)}}}"
        for piece in operation.path
    )


def _unescaped(text: str) -> str:
    steps = (unquote(step).replace("/", " ") for step in text.split("/"))
    return "/".join(steps).replace("{", " ").replace("}", " ")


def _path_words(operation: Operation) -> list[str]:
    """Words of its fixed text."""
    return list(split_words("".join(piece if isinstance(piece, str) else "/" for piece in operation.path)))


def _is_unnamed(operation: Operation) -> bool:
    """True for an item whose name is its route, or has no words."""
    return route_in_name(operation.name) is not None or not split_words(operation.name)


def _unsaid(resource: Steps, steps: Steps) -> Steps:
    """The resources of a route below the last that its folders name."""
    known = {snake(step) for step in steps}
    last = max((number for number, step in enumerate(resource) if step in known), default=-1)
    return resource[last + 1 :]


def _returns_list(operation: Operation, schemas: Mapping[str, Schema]) -> bool | None:
    """True where the response is a list, or a page of one; False where it is one object in response and words, else None."""
    last = operation.path[-1] if operation.path else ""
    noun = snake(last.rpartition("/")[2]) if isinstance(last, str) else ""
    kinds = [response.type for response in successes(operation) if response.type is not None]
    if not kinds:
        return None
    if _is_list(kinds[0], noun, schemas):
        return True
    words = split_words(f"{operation.identity.operation_id or ''} {operation.summary} {operation.name}")
    says_many = bool({noun.rpartition("_")[2], *_MANY_WORDS} & set(words))
    return False if _is_one(kinds[0], schemas) and not says_many else None


def _is_list(kind: Type, noun: str, schemas: Mapping[str, Schema]) -> bool:
    match kind:
        case Array():
            return True
        case Nullable(inner):
            return _is_list(inner, noun, schemas)
        case Reference(key):
            return key in schemas and _is_page(schemas[key].type, noun)
        case Object():
            return _is_page(kind, noun)
        case _:
            return False


def _is_one(kind: Type, schemas: Mapping[str, Schema]) -> bool:
    """True for an object with an identifier, no field of which may be a list."""
    if isinstance(kind, Reference) and kind.key in schemas:
        kind = schemas[kind.key].type
    if not isinstance(kind, Object):
        return False
    scalars = all(isinstance(_inner(field.type), Scalar | Enumeration) for field in kind.fields)
    return scalars and any(split_words(field.wire)[-1:] == ("id",) for field in kind.fields)


def _inner(kind: Type) -> Type:
    return kind.inner if isinstance(kind, Nullable) else kind


def _is_page(kind: Object, noun: str) -> bool:
    return any(
        isinstance(field.type, Array) and snake(field.wire) in (*_LIST_FIELDS, noun) for field in kind.fields
    )
