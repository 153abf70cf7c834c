"""Named lists of values: `MeetingType = Literal[1, 2, 3, 8] | int`.

A name is worth it from three values on: `Literal["asc", "desc"]` says in the annotation itself what an alias would hide. A
list that the lock knows keeps its name, however short it becomes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..lock.claims import Claims
from ..model.api import FormBody, JsonBody, MultipartBody, Operation
from ..model.types import Array, Enumeration, Json, Nullable, Object, Type
from ..naming.candidates import Candidate, Reason
from ..naming.inflections import Inflections
from ..naming.words import pascal, split_words
from . import types as py
from .model_name_candidates import LONGEST, name_candidates
from .operation_nouns import subject_of
from .types import PyType
from .union_members import joined_words

__all__ = ["Alias", "AliasBook", "ListSite", "common_lists", "is_worth_a_name"]


_FEWEST = 3
_DOTTED = 60
"""Letters of the name with its module before it. A list that no such name is found for is written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A named list of values: `MeetingType = Literal[1, 2, 3, 8] | int`."""

    name: str
    kind: PyType


@dataclass(frozen=True, slots=True)
class ListSite:
    """An argument whose type lists values."""

    key: str
    wire: str
    qualified: str
    """Dotted name of its operation."""


def is_worth_a_name(values: tuple[Json, ...]) -> bool:
    """Whether a list is too long to be read in an annotation; null is no value that a name would help with."""
    return sum(value is not None for value in values) >= _FEWEST


def _values(kind: PyType) -> tuple[Json, ...]:
    """What an annotation lists that could have a name."""
    match kind:
        case py.LiteralOf(values):
            return values
        case py.Either(members):
            return next((member.values for member in members if isinstance(member, py.LiteralOf)), ())
        case py.ListOf(items):
            return _values(items)
        case _:
            return ()


def _named_lists(kind: PyType, name: str) -> tuple[PyType, PyType]:
    """The annotation with its list of values replaced by an alias, and what the alias means."""
    match kind:
        case py.ListOf(items, for_request):
            inner, meaning = _named_lists(items, name)
            return py.ListOf(inner, for_request), meaning
        case py.Either(members):
            values = next(member for member in members if isinstance(member, py.LiteralOf))
            others = [member for member in members if not isinstance(member, py.LiteralOf | py.Plain)]
            if others:
                # Models are not known where the alias is defined.
                return py.either(
                    py.AliasName(name) if member == values else member for member in members
                ), values
            nothing = [member for member in members if member == py.NONE]
            rest = py.either(member for member in members if member != py.NONE)
            return py.either([py.AliasName(name), *nothing]), rest
        case _:
            return py.AliasName(name), kind


_Listed = tuple[str, frozenset[str]]
"""The wire name of a parameter or a field, and its values, as Python writes them: a value may be an object."""


def common_lists(operations: Iterable[tuple[str, Operation]]) -> frozenset[_Listed]:
    """Lists of values that two operations have under one name."""
    first: dict[_Listed, str] = {}
    common: set[_Listed] = set()
    for qualified, operation in operations:
        for wire, kind in _listing(operation):
            values = _enumerated(kind)
            if values and first.setdefault((wire, values), qualified) != qualified:
                common.add((wire, values))
    return frozenset(common)


def _listing(operation: Operation) -> Iterator[tuple[str, Type]]:
    """What may list values: parameters, and the fields of a body."""
    yield from ((parameter.wire, parameter.type) for parameter in operation.parameters)
    match operation.body:
        case JsonBody(type=Object(fields=fields)) | FormBody(fields=fields):
            yield from ((field.wire, field.type) for field in fields)
        case MultipartBody(parts=parts):
            yield from ((part.field.wire, part.field.type) for part in parts)
        case _:
            return


def _written(values: tuple[Json, ...]) -> frozenset[str]:
    return frozenset(repr(value) for value in values if value is not None)


def _enumerated(kind: Type) -> frozenset[str]:
    match kind:
        case Nullable(inner) | Array(inner):
            return _enumerated(inner)
        case Enumeration(values):
            return _written(values)
        case _:
            return frozenset()


class AliasBook:
    """The aliases of one module: equal lists of values that want one name share it.

    Args:
        common: Lists that two operations of the module have. The first of these of a name has the noun of the resource:
            `IssueState`, where others are named after their operation.
    """

    def __init__(
        self,
        module: str,
        claims: Claims,
        reserved: frozenset[str] = frozenset(),
        common: frozenset[_Listed] = frozenset(),
    ) -> None:
        self._common = common
        self._claims = claims
        self._module = module
        self._sites = claims.value_lists(module)
        self._reserved = reserved
        self._longest = _DOTTED - len(module) - 1
        self._kinds: dict[str, PyType] = {}

    def alias(self, kind: PyType, argument: ListSite, inflections: Inflections) -> PyType:
        """The annotation, with its list of values under a name where it is worth one."""
        values = _values(kind)
        known = self._claims.locked("enum", self._module, {"at": argument.key}) is not None
        if not values or not (known or is_worth_a_name(values)):
            return kind
        candidates = [
            candidate
            for candidate in self._candidates(argument, values, inflections)
            if candidate.name not in self._reserved and (known or len(candidate.name) <= self._longest)
        ]
        if not candidates:
            return kind
        _, meaning = _named_lists(kind, "")
        name = self._sites.name(
            argument.key, candidates, share=lambda other: self._kinds.get(other) == meaning
        )
        if self._kinds.setdefault(name, meaning) != meaning:
            self._kinds[name] = py.either([self._kinds[name], meaning])
        return _named_lists(kind, name)[0]

    def _candidates(
        self, argument: ListSite, values: tuple[Json, ...], inflections: Inflections
    ) -> list[Candidate]:
        qualified, wire = argument.qualified, argument.wire
        subject = subject_of(qualified, inflections)
        own = split_words(wire)
        nouns = [joined_words(noun, own) for noun in subject.nouns]
        if subject.groups and (wire, _written(values)) in self._common:
            nouns.insert(0, joined_words(subject.groups[-1], own))
        doing = [joined_words(subject.doing(noun), own) for noun in subject.nouns]
        found = [
            *((noun, Reason.NOUN_AND_WIRE) for noun in nouns),
            *((words, Reason.OPERATION_AND_WIRE) for words in doing),
            *(((*words, "value"), Reason.OPERATION_AND_WIRE) for words in doing),
        ]
        return name_candidates(
            ((pascal(" ".join(words)), why) for words, why in found),
            f"{qualified}({wire})",
            longest=min(self._longest, LONGEST),
            kind="class",
        )

    def all(self) -> tuple[Alias, ...]:
        """The aliases to define, by name."""
        return tuple(Alias(name=name, kind=self._kinds[name]) for name in sorted(self._kinds))
