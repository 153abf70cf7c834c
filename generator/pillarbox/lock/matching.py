"""Which operation of a spec is which one of the lock, though it was moved, renamed or exported anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model.api import Identity
from ..naming.words import split_words
from .format import Entry, Fact

__all__ = ["facts_of", "match_operations"]

_Key = Callable[["_Side"], Hashable | None]


@dataclass(frozen=True, slots=True)
class _Side:
    """An operation by all that it can be recognised by, on either side of the comparison."""

    item: Fact | None
    folder: tuple[str, ...]
    route: Fact | None
    operation_id: Fact | None
    pointer: Fact | None


def facts_of(identity: Identity) -> dict[str, Fact]:
    """What the lock keeps of an operation."""
    facts: dict[str, Fact] = {"route": identity.route}
    if identity.item:
        facts["item"] = identity.item
    if identity.folder is not None:
        facts["folder"] = identity.folder
    if identity.operation_id:
        facts["operationId"] = identity.operation_id
    if identity.pointer:
        facts["pointer"] = identity.pointer
    return facts


def _side(facts: Mapping[str, Fact]) -> _Side:
    folder = facts.get("folder", ())
    return _Side(
        facts.get("item"),
        folder if isinstance(folder, tuple) else (),
        facts.get("route"),
        facts.get("operationId"),
        facts.get("pointer"),
    )


def _all_of(*parts: Hashable | None) -> Hashable | None:
    return parts if all(parts) else None


def _item(side: _Side) -> Hashable | None:
    return side.item


def _name_and_route(side: _Side) -> Hashable | None:
    return _all_of(side.folder[-1:], side.route)


def _words_and_route(side: _Side) -> Hashable | None:
    """The folder, the route, and the name without its punctuation and articles."""
    return (
        (side.folder[:-1], split_words(side.folder[-1]), side.route) if side.folder and side.route else None
    )


def _folder_and_route(side: _Side) -> Hashable | None:
    return (side.folder[:-1], side.route) if side.folder else None


def _content(side: _Side) -> Hashable:
    return side.folder, side.operation_id, side.route, side.pointer


_ROUNDS: tuple[_Key, ...] = (
    lambda side: side.folder or None,
    lambda side: side.operation_id,
    # Requests that share a name, a folder or a route are distinguished by the rest.
    lambda side: _all_of(side.folder, side.route),
    _name_and_route,
    _words_and_route,
    lambda side: _all_of(side.operation_id, side.route),
    _folder_and_route,
    lambda side: side.route,
    lambda side: side.pointer,
)
_RETURNING: tuple[_Key, ...] = (
    lambda side: _all_of(side.folder, side.route),
    lambda side: _all_of(side.operation_id, side.route),
    lambda side: _all_of(side.pointer, side.route),
)


class _Matching:
    """Entries and operations that are still free, and the pairs found so far."""

    def __init__(self, entries: Sequence[Entry], identities: Sequence[Identity]) -> None:
        self.entries = entries
        self.old = [_side(entry.facts) for entry in entries]
        self.new = [_side(facts_of(identity)) for identity in identities]
        self.free_old = dict.fromkeys(range(len(self.old)))
        self.free_new = dict.fromkeys(range(len(self.new)))
        self.found: dict[int, str] = {}

    def pair(self, old: int, new: int) -> None:
        del self.free_old[old], self.free_new[new]
        self.found[new] = self.entries[old].name

    def by(self, key: _Key, old: Iterable[int], new: Iterable[int], but: Container[int] = ()) -> None:
        """Pair by a key that tells requests apart: all with one value of it are alike, in the lock and in the spec.

        Mostly that is one on either side. Where a request was duplicated they are several, and any of them is the
        survivor: they are paired in order.
        """
        olds, news = _groups(self.old, key, old), _groups(self.new, key, new)
        for value in [value for value in olds if value in news]:
            there = [number for number in olds[value] if number in self.free_old]
            here = [number for number in news[value] if number in self.free_new and number not in but]
            for pair in zip(there, here, strict=False):
                self.pair(*pair)

    def in_order(self, key: _Key, live: Iterable[int]) -> None:
        """Pair those that are left by their order among those of an equal key."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for old in live:
            value = key(self.old[old])
            if old in self.free_old and value is not None:
                waiting[value].append(old)
        for new in list(self.free_new):
            value = key(self.new[new])
            if value is not None and waiting.get(value):
                self.pair(waiting[value].pop(0), new)


def _groups(sides: Sequence[_Side], key: _Key, numbers: Iterable[int]) -> dict[Hashable, list[int]]:
    """Numbers by key, without the keys that requests of different content have."""
    found: dict[Hashable, list[int]] = {}
    mixed: set[Hashable] = set()
    for number in numbers:
        value = key(sides[number])
        if value is None:
            continue
        group = found.setdefault(value, [])
        if group and _content(sides[group[0]]) != _content(sides[number]):
            mixed.add(value)
        group.append(number)
    return {value: group for value, group in found.items() if value not in mixed}


def match_operations(entries: Sequence[Entry], identities: Sequence[Identity]) -> tuple[str | None, ...]:
    """Dotted name of each operation's entry, or None for a new operation.

    In rounds over all operations: a key pairs an entry and an operation if it tells them apart from all others in use
    in the lock and all others of the spec, the strongest key first. Then folders that were renamed are recognised by
    what is in them. Requests that are alike in all keys are paired in order. A retired name returns only to the same
    item, or to the same route in the same folder: never to another operation.
    """
    matching = _Matching(entries, identities)
    # The plain name before the numbered ones, for requests that are alike.
    order = sorted(range(len(entries)), key=lambda number: (len(entries[number].name), entries[number].name))
    live = [number for number in order if not entries[number].retired]
    retired = [number for number in order if entries[number].retired and not entries[number].renamed]
    every = range(len(identities))
    matching.by(_item, live, every)
    matching.by(_item, retired, every)
    # Where other ids still match, a request with an unknown id is new, not renamed; after an export with new ids only
    # the folder is left to match by.
    newcomers = {number for number in every if matching.found and matching.new[number].item}
    for key in _ROUNDS:
        matching.by(key, live, every, newcomers if key is _folder_and_route else ())
    moved = _moved_folders(matching, live)

    def in_moved(side: _Side) -> Hashable | None:
        return _all_of(moved.get(side.folder[:-1], side.folder[:-1]), _name_and_route(side))

    matching.by(in_moved, live, every)
    matching.in_order(_name_and_route, live)
    for key in _RETURNING:
        matching.by(key, retired, every)
    return tuple(matching.found.get(number) for number in every)


def _moved_folders(matching: _Matching, live: Sequence[int]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Folders of the lock that are gone from the spec -> the new folder that holds most of their requests."""
    before, after = _contents(matching.old, live), _contents(matching.new, range(len(matching.new)))
    gone = {folder: before[folder] for folder in before.keys() - after.keys()}
    fresh = {folder: after[folder] for folder in after.keys() - before.keys()}
    holders: dict[Hashable, list[tuple[str, ...]]] = defaultdict(list)
    for folder, content in fresh.items():
        for request in content:
            holders[request].append(folder)
    ranked: list[tuple[int, int, tuple[str, ...], tuple[str, ...]]] = []
    for folder, content in gone.items():
        shared: Counter[tuple[str, ...]] = Counter()
        for request, count in content.items():
            for other in holders.get(request, ()):
                shared[other] += min(count, fresh[other][request])
        for other, size in shared.items():
            if 2 * size > max(content.total(), fresh[other].total()):
                ranked.append((-size, -len(set(folder) & set(other)), folder, other))
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for _, _, folder, other in sorted(ranked):
        if folder not in found and other not in found.values():
            found[folder] = other
    return found


def _contents(sides: Sequence[_Side], numbers: Iterable[int]) -> dict[tuple[str, ...], Counter[Hashable]]:
    found: dict[tuple[str, ...], Counter[Hashable]] = defaultdict(Counter)
    for number in numbers:
        request = _name_and_route(sides[number])
        if request is not None:
            found[sides[number].folder[:-1]][request] += 1
    return found
