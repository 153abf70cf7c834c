"""The resource and the name of each operation: `users.get_token`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..lock.claims import Claims
from ..model.api import Api, Operation
from ..model.grouping import Grouping
from ..model.problems import Origin
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.folder_names import FolderNames
from ..naming.inflections import Inflections
from ..naming.path_names import LONGEST_CALL, PathNames
from ..naming.reserved import RESERVED
from ..naming.short_names import shorter_middles, shorter_phrases
from ..naming.words import shorter_names, valid_name
from .operation_names import CallCandidate, OperationNames, Steps
from .resource_forms import ResourceForms

__all__ = ["NamedOperation", "name_operations", "returned_by"]

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


class _Resources:
    """Attribute paths of the resources, claimed when an operation is there."""

    def __init__(self, claims: Claims, grouping: Grouping, forms: ResourceForms) -> None:
        self._claims = claims
        self._is_folder = grouping is Grouping.FOLDERS
        self._forms = forms
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

    def expected(self, steps: Steps) -> tuple[str, ...] | None:
        """What `claim` would return, without claiming it; None where that would be a number behind a name."""
        if steps in self._found:
            return self._found[steps]
        parent = self.expected(steps[:-1])
        if parent is None:
            return None
        candidates = self._candidates(steps)
        known = self._claims.locked("resource", ".".join(parent), self._facts(steps))
        free = (
            one.name for one in candidates if self._claims.is_free("resource", ".".join((*parent, one.name)))
        )
        name = known or next(free, None)
        return None if name is None else (*parent, name)

    def _facts(self, steps: Steps) -> Mapping[str, Sequence[str]]:
        return {"folder" if self._is_folder else "path": steps}

    def _candidates(self, steps: Steps) -> list[Candidate]:
        whole = self._forms.whole(steps)
        why = Reason.FOLDER if self._is_folder else Reason.SEGMENT
        return distinct(
            Candidate(
                valid_name(form, "attribute"), why if form == whole else Reason.SHORTENED, " / ".join(steps)
            )
            for form in self._forms.of(steps)
        )


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
    calls = list(names.calls())
    paths = [call.steps for call in calls]
    forms = ResourceForms(calls, FolderNames(paths) if api.grouping is Grouping.FOLDERS else PathNames(paths))
    resources = _Resources(claims, api.grouping, forms)
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
            steps = self.resources.expected(one.steps)
            if steps is None:
                continue
            path = "".join(f"{step}." for step in steps)
            whole = Candidate(path + valid_name(one.method, "method"), one.why, one.source)
            if one.method in RESERVED["method"]:
                # `request_` only where nothing else is free.
                last.append((one.steps, whole))
                continue
            if len(path) + len(one.method) <= LONGEST_CALL:
                yield one.steps, whole
                continue
            for short in self._short_methods(one, LONGEST_CALL - len(path)):
                yield one.steps, Candidate(path + valid_name(short, "method"), Reason.SHORTENED, one.method)
            last.append((one.steps, whole))
        yield from last

    def _short_methods(self, call: CallCandidate, limit: int) -> Iterator[str]:
        """Shorter forms of its method that are the names of no other call."""
        beside = self.candidates.methods(call.steps) - {call.method}
        for short in shorter_phrases(call.method):
            # `apply_delta` says nothing beside `apply_delta_to_item`.
            if len(short) <= limit and not any(f"{other}_".startswith(f"{short}_") for other in beside):
                yield short
        for short in shorter_middles(call.method):
            if len(short) <= limit and short not in beside:
                yield short
        for short in shorter_names(call.method, "method", limit):
            if len(short) <= limit and short not in beside:
                yield short


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
