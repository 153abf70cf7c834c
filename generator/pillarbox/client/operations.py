"""The resource and the name of each operation: `users.get_user_token`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..lock.claims import Claims
from ..model.api import Operation, Placeholder
from ..model.problems import Origin
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.inflections import Inflections
from ..naming.operation_ids import id_candidate, whole_id_name
from ..naming.routes import route_in_name, route_words
from ..naming.verbs import LISTING, split_verb
from ..naming.words import snake, split_words, valid_name

__all__ = ["NamedOperation", "name_operations", "returned_by"]

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


def _fixed_words(operation: Operation) -> list[str]:
    text = "".join(piece if isinstance(piece, str) else "/" for piece in operation.path)
    return list(split_words(text))


def _plain_candidate(operation: Operation, inflections: Inflections) -> Candidate:
    """The name that an operation has to itself: its words, or what a person would call its route."""
    name = " ".join(operation.name.split())
    if operation.identity.folder is None and operation.identity.item is None:
        return id_candidate(operation, inflections)
    route = route_in_name(operation.name)
    if route is not None:
        method, path, rest = route
        words = route_words(method or operation.method, path, rest, inflections=inflections)
        return Candidate("_".join(words), Reason.ROUTE, name)
    words = split_words(operation.name)
    if words:
        return Candidate("_".join(words), Reason.SPEC_NAME, name)
    path = "".join(piece if isinstance(piece, str) else "{}" for piece in operation.path)
    words = route_words(operation.method, path, inflections=inflections)
    return Candidate("_".join(words), Reason.ROUTE_ALONE, operation.identity.route)


@dataclass(frozen=True, slots=True)
class _Group:
    """Operations of one resource that have the same plain name."""

    numbers: tuple[int, ...]
    operations: tuple[Operation, ...]
    counts: Mapping[str, int]
    """How many of their paths have a word."""


_GroupKey = tuple[tuple[str, ...], str]


def _grouped(
    operations: Sequence[Operation], keys: Sequence[_GroupKey], numbers: Iterable[int]
) -> dict[_GroupKey, _Group]:
    """Some of the operations by resource and plain name."""
    found: dict[_GroupKey, list[int]] = defaultdict(list)
    for number in numbers:
        found[keys[number]].append(number)
    groups: dict[_GroupKey, _Group] = {}
    for key, members in found.items():
        chosen = tuple(operations[number] for number in members)
        counts = Counter(word for one in chosen for word in set(_fixed_words(one)))
        groups[key] = _Group(tuple(members), chosen, counts)
    return groups


def _method_candidates(
    operation: Operation, group: _Group, plain: Candidate, inflections: Inflections
) -> list[Candidate]:
    """What an operation may be called, best first."""
    offers = [
        _replace_candidate(operation, group, plain) or plain,
        *_whole_id_candidates(operation),
        plain,
        *_path_candidates(operation, group, plain, inflections),
    ]
    return distinct(replace(offer, name=valid_name(offer.name, "method")) for offer in offers)


def _replace_candidate(operation: Operation, group: _Group, plain: Candidate) -> Candidate | None:
    """An API that has both changes with PATCH and writes anew with PUT."""
    verb, rest = split_verb(plain.name)
    if operation.method == "PUT" and verb == "update" and _is_patched(operation, group.operations):
        return Candidate("_".join(("replace", *rest)), Reason.REPLACE, plain.source)
    return None


def _whole_id_candidates(operation: Operation) -> list[Candidate]:
    text = operation.identity.operation_id or ""
    name = whole_id_name(operation)
    return [Candidate(name, Reason.WHOLE_OPERATION_ID, text)] if name else []


def _path_candidates(
    operation: Operation, group: _Group, plain: Candidate, inflections: Inflections
) -> list[Candidate]:
    """The plain name made clear by what the path has and the paths of the others lack."""
    if len(group.operations) < 2:
        return []
    found: list[Candidate] = []
    own = [word for word in _fixed_words(operation) if group.counts[word] < len(group.operations)]
    verb, rest = split_verb(plain.name)
    fresh = [word for word in own if word not in rest and inflections.singular(word) not in rest]
    # What is listed is many; what only describes it is one: list telescope observations.
    many = verb in LISTING and not rest and not isinstance(operation.path[-1], Placeholder)
    fresh = [word if many and word is fresh[-1] else inflections.singular(word) for word in fresh]
    if fresh:
        words = (verb, *fresh, *rest) if verb else (*rest, *fresh)
        found.append(Candidate("_".join(words), Reason.PATH, plain.source))
    placeholders = [snake(piece.wire) for piece in operation.path if not isinstance(piece, str)]
    if placeholders:
        found.append(Candidate(f"{plain.name}_by_{placeholders[-1]}", Reason.PLACEHOLDER, plain.source))
    return [*found, Candidate(f"{plain.name}_{operation.method.lower()}", Reason.METHOD, plain.source)]


def _is_patched(operation: Operation, siblings: Sequence[Operation]) -> bool:
    return any(other.method == "PATCH" and other.path == operation.path for other in siblings)


def _short_title(text: str) -> str:
    """A long title without a note in parentheses behind it."""
    bare = text.partition("(")[0]
    return bare if len(text) > _LONG_TITLE and text.rstrip().endswith(")") and split_words(bare) else text


def _attributes(
    operations: Sequence[Operation], locked: Sequence[str | None], claims: Claims
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Attribute path of every resource; one whose known operations all have one resource stays there."""
    homes: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for operation, name in zip(operations, locked, strict=True):
        if name is not None:
            homes[operation.resource].add(tuple(name.split(".")[:-1]))
    found: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
    paths = dict.fromkeys(
        operation.resource[:length]
        for operation in operations
        for length in range(1, len(operation.resource) + 1)
    )
    for path in sorted(paths, key=lambda path: not homes[path]):
        if len(homes[path]) == 1:
            (home,) = homes[path]
            if home:
                claims.keep_resource(home, path, _resource_candidates(path))
                found[path] = home
    for path in paths:
        if path in found:
            continue
        parent = found[path[:-1]]
        attribute = claims.name(
            "resource", ".".join(parent), {"folder": list(path)}, _resource_candidates(path)
        )
        found[path] = (*parent, attribute)
    return found


def _resource_candidates(path: Sequence[str]) -> list[Candidate]:
    texts = (_short_title(path[-1]), path[-1])
    source = " / ".join(path)
    return distinct(
        Candidate(valid_name(snake(text) or "resource", "attribute"), Reason.FOLDER, source) for text in texts
    )


def name_operations(
    operations: Sequence[Operation], claims: Claims, inflections: Inflections
) -> tuple[NamedOperation, ...]:
    """Names for all operations, those of the lock first; the order of the spec is kept."""
    locked = claims.match_operations([operation.identity for operation in operations])
    attributes = _attributes(operations, locked, claims)
    plain = [_plain_candidate(operation, inflections) for operation in operations]
    keys = [
        (attributes[operation.resource], candidate.name)
        for operation, candidate in zip(operations, plain, strict=True)
    ]
    named: dict[int, NamedOperation] = {}
    everybody = _grouped(operations, keys, range(len(operations)))
    for number, (operation, name) in enumerate(zip(operations, locked, strict=True)):
        if name is not None:
            candidates = _method_candidates(operation, everybody[keys[number]], plain[number], inflections)
            claims.keep_operation(name, operation.identity, candidates)
            *resource, method = name.split(".")
            named[number] = NamedOperation(operation=operation, resource=tuple(resource), method=method)
    fresh = [number for number, name in enumerate(locked) if name is None]
    for group in _grouped(operations, keys, fresh).values():
        # The one with the shortest path has the plain name.
        for number in sorted(
            group.numbers, key=lambda number: (len(_fixed_words(operations[number])), number)
        ):
            operation = operations[number]
            resource_path = attributes[operation.resource]
            candidates = _method_candidates(operation, group, plain[number], inflections)
            method = claims.operation(".".join(resource_path), operation.identity, candidates)
            named[number] = NamedOperation(operation=operation, resource=resource_path, method=method)
    return _with_sources([named[number] for number in range(len(operations))])


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
