"""The resource and the name of each operation: `users.get_token`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..lock.claims import Claims
from ..model.api import Api, Operation
from ..model.grouping import Grouping
from ..model.problems import Origin
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.inflections import Inflections
from ..naming.reserved import RESERVED
from ..naming.short_names import shorter
from ..naming.words import snake, split_words, valid_name
from .operation_names import CallCandidate, OperationNames, Steps

__all__ = ["NamedOperation", "name_operations", "returned_by"]

LONGEST_CALL = 60
"""Letters of a name with the resources above it, where words can be left out."""
_SHORT_PATH, _SHORT_METHOD = 41, 18
"""Letters of the two parts of a call that would be longer."""
_LONG_TITLE = 40
_SOURCES_NAMED = 2
"""More operations than these that return one value are counted: a list of them helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOperation:
    """An operation with its public name."""

    operation: Operation
    resource: tuple[str, ...]
    """Attributes from the client down; empty for a method of the client."""
    method: str
    returned: tuple[tuple[str, str, str], ...] = ()
    """Location and wire name of an argument, and a sentence that names the operation whose response holds its value."""

    @property
    def qualified(self) -> str:
        return ".".join((*self.resource, self.method))


def _short_title(text: str) -> str:
    """A long title without a note in parentheses behind it."""
    bare = text.partition("(")[0]
    return bare if len(text) > _LONG_TITLE and text.rstrip().endswith(")") and split_words(bare) else text


class _Resources:
    """Attribute paths of the resources, claimed when an operation is there."""

    def __init__(self, claims: Claims, grouping: Grouping, limits: Mapping[Steps, int]) -> None:
        self._claims = claims
        self._is_folder = grouping is Grouping.FOLDERS
        self._step_limits = limits
        self._found: dict[Steps, tuple[str, ...]] = {(): ()}

    def keep(self, steps: Steps, home: tuple[str, ...]) -> None:
        """A resource whose known operations are all in one resource of the lock is that one."""
        if home and steps:
            self._claims.keep_resource(home, self._facts(steps), self._candidates(steps))
            self._found[steps] = home

    def claim(self, steps: Steps) -> tuple[str, ...]:
        """The attribute path of a resource."""
        if steps not in self._found:
            parent = self.claim(steps[:-1])
            name = self._claims.name(
                "resource", ".".join(parent), self._facts(steps), self._candidates(steps)
            )
            self._found[steps] = (*parent, name)
        return self._found[steps]

    def expected(self, steps: Steps) -> tuple[str, ...]:
        """What `claim` would return, without claiming it."""
        if steps in self._found:
            return self._found[steps]
        parent = self.expected(steps[:-1])
        candidates = self._candidates(steps)
        known = self._claims.locked("resource", ".".join(parent), self._facts(steps))
        free = (
            one.name for one in candidates if self._claims.is_free("resource", ".".join((*parent, one.name)))
        )
        return (*parent, known or next(free, candidates[0].name))

    def _facts(self, steps: Steps) -> Mapping[str, Sequence[str]]:
        return {"folder" if self._is_folder else "path": steps}

    def _candidates(self, steps: Steps) -> list[Candidate]:
        source = " / ".join(steps)
        if self._is_folder:
            texts = [snake(text) or "resource" for text in (_short_title(steps[-1]), steps[-1])]
        else:
            texts = [steps[-1]]
        why = Reason.FOLDER if self._is_folder else Reason.SEGMENT
        found = [Candidate(valid_name(text, "attribute"), why, source) for text in texts]
        if limit := self._step_limits.get(steps):
            short = (form for text in texts for form in _shorter_step(text, limit))
            found = [
                *(Candidate(valid_name(form, "attribute"), Reason.SHORTENED, source) for form in short),
                *found,
            ]
        return distinct(found)


def _step_limits(calls: Iterable[CallCandidate]) -> Mapping[Steps, int]:
    """How long the names of resources may be, of which a call would be too long though its method is shortened.

    The steps below become shorter first, those of two words last.
    """
    limits: dict[Steps, int] = {}
    for call in calls:
        names = [snake(_short_title(step)) for step in call.steps]
        if len(".".join(names)) + min(len(call.method), _SHORT_METHOD) < LONGEST_CALL:
            continue
        while len(".".join(names)) > _SHORT_PATH:
            # Steps of more words first, and of these those below: fewer calls have them.
            shorter_names = [next(_shorter_step(name, len(name) - 1), None) for name in names]
            able = [at for at, form in enumerate(shorter_names) if form is not None]
            if not able:
                break
            at = max(able, key=lambda at: (min(names[at].count("_"), 2), at))
            names[at] = shorter_names[at] or names[at]
            steps = call.steps[: at + 1]
            limits[steps] = min(limits.get(steps, len(names[at])), len(names[at]))
    return limits


def _shorter_step(name: str, limit: int) -> Iterator[str]:
    """Forms of a resource's name without its middle words; of two words the last is what it is about."""
    forms = list(shorter(name, limit))
    if len(name) > limit and "_" in name and not any(len(form) <= limit for form in forms):
        words = name.split("_")
        if len(words) == 2 or any(len(form) > limit for form in forms):
            yield words[-1]
    yield from forms


def _homes(steps: Sequence[Steps], locked: Sequence[str | None]) -> Mapping[Steps, set[tuple[str, ...]]]:
    """Where the lock has the operations of each resource."""
    homes: dict[Steps, set[tuple[str, ...]]] = defaultdict(set)
    for own, name in zip(steps, locked, strict=True):
        if name is not None:
            homes[own].add(tuple(name.split(".")[:-1]))
    return homes


def name_operations(api: Api, claims: Claims, inflections: Inflections) -> tuple[NamedOperation, ...]:
    """Names for all operations, those of the lock first; the order of the spec is kept."""
    operations = api.operations
    locked = claims.match_operations([operation.identity for operation in operations])
    names = OperationNames(api, inflections)
    numbers = range(len(operations))
    wanted = [names.home(number) for number in numbers]
    resources = _Resources(claims, api.grouping, _step_limits(names.calls()))
    homes = _homes(wanted, locked)
    for home, known in homes.items():
        if len(known) == 1:
            resources.keep(home, next(iter(known)))
    for home in wanted:
        resources.claim(home)

    offers = _Offers(names, resources)
    chosen: dict[int, str] = {}
    for number, name in enumerate(locked):
        if name is not None:
            claims.keep_operation(name, operations[number].identity, offers.names(number))
            chosen[number] = name
    fresh = [number for number in numbers if number not in chosen]
    for number in sorted(fresh, key=lambda number: (names.plainness(number), number)):
        steps = next((at for at, name in offers.of(number) if claims.is_free("operation", name.name)), None)
        if steps is not None:
            resources.claim(steps)
        chosen[number] = claims.operation(operations[number].identity, offers.names(number))
    return _with_sources([_named(operations[number], chosen[number]) for number in numbers])


@dataclass(frozen=True, slots=True)
class _Offers:
    """Dotted names that operations may have."""

    candidates: OperationNames
    resources: _Resources

    def names(self, number: int) -> list[Candidate]:
        return distinct(name for _, name in self.of(number))

    def of(self, number: int) -> Iterator[tuple[Steps, Candidate]]:
        """Dotted names, each with its resource, best first; those that are reserved or too long come last."""
        last: list[tuple[Steps, Candidate]] = []
        for one in self.candidates.candidates(number):
            path = "".join(f"{step}." for step in self.resources.expected(one.steps))
            whole = Candidate(path + valid_name(one.method, "method"), one.why, one.source)
            if one.method in RESERVED["method"]:
                # `request_` only where nothing else is free.
                last.append((one.steps, whole))
                continue
            if len(whole.name) <= LONGEST_CALL:
                yield one.steps, whole
                continue
            limit = LONGEST_CALL - len(path)
            for short in shorter(one.method, limit):
                if len(short) <= limit:
                    yield (
                        one.steps,
                        Candidate(path + valid_name(short, "method"), Reason.SHORTENED, one.method),
                    )
            last.append((one.steps, whole))
        yield from last


def _named(operation: Operation, dotted: str) -> NamedOperation:
    *resource, method = dotted.split(".")
    return NamedOperation(operation=operation, resource=tuple(resource), method=method)


def returned_by(origins: Sequence[Origin], names_of: Mapping[Origin, str]) -> str:
    """`Returned by `auth.get_token`.`, or nothing where none of the operations is left."""
    found = [f"`{names_of[origin]}`" for origin in origins if origin in names_of]
    if not found:
        return ""
    if len(found) <= _SOURCES_NAMED:
        return f"Returned by {' and '.join(found)}."
    return f"Returned by {found[0]} and {len(found) - 1} other operations."


def _with_sources(named: Sequence[NamedOperation]) -> tuple[NamedOperation, ...]:
    """The operations, with those of their arguments that come from the responses of others."""
    qualified = {item.operation.origin: item.qualified for item in named}
    return tuple(
        replace(
            item,
            returned=tuple(
                ("body" if source.location is None else source.location.value, source.wire, sentence)
                for source in item.operation.sources
                if (sentence := returned_by(source.operations, qualified))
            ),
        )
        if item.operation.sources
        else item
        for item in named
    )
