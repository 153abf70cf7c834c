"""What of the old client is what of the new one, though it may have another name now."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Generic, TypeVar, assert_never

from ..client import types as py
from ..client.api import Client, Method, Model, ValueList
from ..client.types import PyType
from ..lock.claims import Lock, match_operations
from ..lock.format import Kind
from ..views.losses import Ledger
from .value_lists import written_out

__all__ = ["Pairing", "Pairs", "Version", "operation_of", "paired"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two clients that are compared."""

    client: Client
    lock: Lock
    """As its description left it: all its names are in there."""
    ledger: Ledger

    @property
    def methods(self) -> tuple[Method, ...]:
        """By resource, not in the order of the spec."""
        return tuple(method for owner in self.client.owners for method in owner.methods)

    @property
    def value_lists(self) -> tuple[ValueList, ...]:
        """Those of the resources, by module and name, as the lock has them."""
        return tuple(
            replace(values, name=f"{values.module}.{values.name}")
            for owner in self.client.owners
            for values in owner.value_lists
        )


@dataclass(frozen=True, slots=True)
class Pairs(Generic[_T]):
    """Things of two versions: those that survived, those that are gone, those that are new."""

    both: tuple[tuple[_T, _T], ...]
    gone: tuple[_T, ...]
    fresh: tuple[_T, ...]


def paired(old: Sequence[_T], new: Sequence[_T], *keys: Callable[[_T], Hashable]) -> Pairs[_T]:
    """Pair by the first key, those that are left by the next one; the old order is kept.

    Each key tells all things of one side apart.
    """
    found: dict[int, _T] = {}
    gone, fresh = dict(enumerate(old)), list(new)
    for key in keys:
        there = {key(item): number for number, item in gone.items()}
        left: list[_T] = []
        for item in fresh:
            number = there.pop(key(item), None)
            if number is None:
                left.append(item)
            else:
                found[number] = item
                del gone[number]
        fresh = left
    both = tuple((item, found[number]) for number, item in enumerate(old) if number in found)
    return Pairs(both, tuple(gone.values()), tuple(fresh))


def operation_of(site: str) -> str:
    """The operation of a site key: `users.list:200[].id` -> `users.list`."""
    end = min((site.find(mark) for mark in ":(" if mark in site), default=len(site))
    return site[:end]


class Pairing:
    """The pairs of two versions, and the new names of what the old annotations mention."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old = replace(old, client=written_out(old.client))
        self.new = replace(new, client=written_out(new.client))

    @cached_property
    def operations(self) -> Pairs[Method]:
        """By all that the lock recognises a request by."""
        mine = {item.qualified: item for item in self.old.methods}
        theirs = self.new.methods
        entries = [entry for entry in self.old.lock.of("operation") if entry.name in mine]
        found = match_operations(entries, [item.identity for item in theirs])
        both = [(mine[name], item) for name, item in zip(found, theirs, strict=True) if name is not None]
        known = {name for name in found if name is not None}
        return Pairs(
            tuple(both),
            tuple(item for name, item in mine.items() if name not in known),
            tuple(item for name, item in zip(found, theirs, strict=True) if name is None),
        )

    @cached_property
    def operation_names(self) -> Mapping[str, str]:
        """Old name of each surviving operation -> its name now."""
        return {old.qualified: new.qualified for old, new in self.operations.both}

    @cached_property
    def models(self) -> Pairs[Model]:
        """By name; those that are left by the sites where the API uses them, then by who mentions them."""
        old = {model.name: model for model in self.old.client.models}
        new = {model.name: model for model in self.new.client.models}
        names = {name: name for name in old if name in new}
        names |= self._by_site(old, new)
        while found := self._by_mention(old, new, names):
            names |= found
        known = frozenset(names.values())
        return Pairs(
            tuple((old[name], new[names[name]]) for name in old if name in names),
            tuple(model for name, model in old.items() if name not in names),
            tuple(model for name, model in new.items() if name not in known),
        )

    def _by_site(self, old: Mapping[str, Model], new: Mapping[str, Model]) -> dict[str, str]:
        """Models that were renamed: all their sites have one new name."""
        holders = {site: model.name for model in new.values() for site in model.sites}
        found: dict[str, str] = {}
        for model in old.values():
            now = {holders[site] for site in map(self.site_now, model.sites) if site in holders}
            if model.name not in new and len(now) == 1 and not now & (old.keys() | set(found.values())):
                (found[model.name],) = now
        return found

    def _by_mention(
        self, old: Mapping[str, Model], new: Mapping[str, Model], names: Mapping[str, str]
    ) -> dict[str, str]:
        """Models that are replaced by one other model wherever a surviving annotation mentions them."""
        gone_names, fresh_names = old.keys() - names.keys(), new.keys() - set(names.values())
        found: defaultdict[str, set[str]] = defaultdict(set)
        for before, after in self._mentions(old, new, names):
            gone, fresh = py.models_of(before) & gone_names, py.models_of(after) & fresh_names
            if len(gone) == len(fresh) == 1:
                (one,), (other,) = gone, fresh
                if _alike(old[one], new[other]) and _rewritten(
                    before, partial(_renamed, names={**names, one: other})
                ) == _rewritten(after, _same):
                    found[one].add(other)
        chosen = {one: others.pop() for one, others in found.items() if len(others) == 1}
        targets = list(chosen.values())
        return {one: other for one, other in chosen.items() if targets.count(other) == 1}

    def _mentions(
        self, old: Mapping[str, Model], new: Mapping[str, Model], names: Mapping[str, str]
    ) -> Iterator[tuple[PyType, PyType]]:
        """Annotations of arguments, responses and fields that both versions have."""
        for before, after in self.operations.both:
            yield before.returns, after.returns
            kinds = {(one.location, one.wire): one.kind for one in before.parameters}
            for argument in after.parameters:
                if (argument.location, argument.wire) in kinds:
                    yield kinds[argument.location, argument.wire], argument.kind
        for name, other in names.items():
            fields = {field.wire: field.declared for field in old[name].fields}
            for field in new[other].fields:
                if field.wire in fields:
                    yield fields[field.wire], field.declared

    @cached_property
    def model_names(self) -> Mapping[str, str]:
        """Old name of each model that has another one now -> the new name."""
        return {old.name: new.name for old, new in self.models.both if old.name != new.name}

    @cached_property
    def _old_names(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (entry.kind, entry.name, entry.renamed) for entry in self.new.lock.entries if entry.renamed
        )

    def keeps_old_name(self, kind: Kind, old: str, new: str) -> bool:
        """Whether the old name of something that the configuration renamed is still there, and warns."""
        return (kind, old, new) in self._old_names and old.rpartition(".")[0] == new.rpartition(".")[0]

    def site_now(self, site: str) -> str:
        """An old site key as the new version spells it."""
        operation = operation_of(site)
        return self.operation_names.get(operation, operation) + site[len(operation) :]

    @cached_property
    def lists(self) -> Pairs[ValueList]:
        """Named lists of values of the models package, by name."""
        return paired(self.old.client.value_lists, self.new.client.value_lists, lambda one: one.name)

    def kinds(self, old: PyType, new: PyType) -> tuple[PyType, PyType]:
        """Two annotations that can be compared: with the models' new names, and lists of values named alike.

        A list that both of them name is compared by itself; one that only one of them names is written out.
        """
        both = py.models_of(old) & py.models_of(new)
        return (
            _rewritten(old, lambda part: self._comparable(part, both, self._old_lists)),
            _rewritten(new, lambda part: self._comparable(part, both, self._new_lists)),
        )

    def _comparable(self, part: PyType, both: frozenset[str], lists: Mapping[str, PyType]) -> PyType:
        match part:
            case py.ModelName() if lists is self._old_lists:
                return _renamed(part, self.model_names)
            case py.EnumName(name) if name not in both:
                return lists.get(name, part)
            case _:
                return part

    @cached_property
    def _old_lists(self) -> Mapping[str, PyType]:
        return {values.name: values.kind for values in self.old.client.value_lists}

    @cached_property
    def _new_lists(self) -> Mapping[str, PyType]:
        return {values.name: values.kind for values in self.new.client.value_lists}

    @cached_property
    def models_returned(self) -> Mapping[str, tuple[str, ...]]:
        """Old model -> the surviving operations whose responses hold it, by their names now."""
        return self._reach(lambda item: [item.returns])

    @cached_property
    def models_passed(self) -> Mapping[str, tuple[str, ...]]:
        """Old model -> the surviving operations whose arguments hold it, by their names now."""
        return self._reach(lambda item: [argument.kind for argument in item.parameters])

    def _reach(self, kinds: Callable[[Method], Iterable[PyType]]) -> Mapping[str, tuple[str, ...]]:
        below = {
            model.name: frozenset[str]().union(*map(py.models_of, _kinds_of(model)))
            for model in self.old.client.models
        }
        closures: dict[str, frozenset[str]] = {}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for old, new in self.operations.both:
            roots = frozenset[str]().union(*(py.models_of(kind) for kind in kinds(old)))
            reached = frozenset[str]().union(*(_closure(root, below, closures) for root in roots))
            for name in reached:
                found[name].append(new.qualified)
        return {name: tuple(operations) for name, operations in found.items()}


def _renamed(part: PyType, names: Mapping[str, str]) -> PyType:
    return py.ModelName(names.get(part.name, part.name)) if isinstance(part, py.ModelName) else part


def _alike(old: Model, new: Model) -> bool:
    """True where most fields of the smaller one are fields of the other: else it is another model."""
    wires, others = ({field.wire for field in model.fields} for model in (old, new))
    return 2 * len(wires & others) >= min(len(wires), len(others))


def _same(part: PyType) -> PyType:
    return part


def _kinds_of(model: Model) -> Iterator[PyType]:
    yield from (field.declared for field in model.fields)
    if model.extra is not None:
        yield model.extra


def _rewritten(kind: PyType, change: Callable[[PyType], PyType]) -> PyType:
    """An annotation with its names changed."""
    match kind:
        case py.ListOf(items, for_request):
            return py.ListOf(_rewritten(items, change), for_request)
        case py.MapOf(values, for_request):
            return py.MapOf(_rewritten(values, change), for_request)
        case py.Either(members):
            # The input form of a model is where the model is, and changes with it.
            models = [member for member in members if not isinstance(member, py.InputName)]
            return py.either(_rewritten(member, change) for member in models)
        case py.Tagged(members):
            # Which value tells which member is the decoder's affair: for the caller it is a union.
            return py.either(_rewritten(member, change) for member in members)
        case (
            py.Plain()
            | py.ModelName()
            | py.InputName()
            | py.EnumName()
            | py.UnionName()
            | py.AliasName()
            | py.LiteralOf()
        ):
            return change(kind)
        case _:
            assert_never(kind)


def _closure(
    root: str, below: Mapping[str, frozenset[str]], known: dict[str, frozenset[str]]
) -> frozenset[str]:
    """A model and all that its fields lead to; models may lead to each other in rings."""
    if root not in known:
        found, waiting = {root}, [root]
        while waiting:
            for name in below.get(waiting.pop(), frozenset()) - found:
                found.add(name)
                waiting.append(name)
        known[root] = frozenset(found)
    return known[root]
