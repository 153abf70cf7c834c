"""Where each operation hangs and what it is called: `users.get_user_token`."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..lock.claims import Claims
from ..model.api import Operation, Placeholder
from ..model.problems import Origin
from ..naming.operation_ids import id_name, whole_id_name
from ..naming.routes import route_in_name, route_words
from ..naming.verbs import LISTING, split_verb
from ..naming.words import singular, snake, split_words, valid_name

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
    """Place and wire name of an argument, and a sentence that says which operation's answer holds its value."""

    @property
    def qualified(self) -> str:
        return ".".join((*self.resource, self.method))


def _fixed_words(operation: Operation) -> list[str]:
    text = "".join(piece if isinstance(piece, str) else "/" for piece in operation.path)
    return list(split_words(text))


def plain_name(operation: Operation) -> str:
    """The name that an operation has to itself: its words, or what a person would call its route."""
    if operation.identity.folder is None and operation.identity.item is None:
        return id_name(operation)
    route = route_in_name(operation.name)
    if route is not None:
        method, path, rest = route
        return "_".join(route_words(method or operation.method, path, rest))
    path = "".join(piece if isinstance(piece, str) else "{}" for piece in operation.path)
    return snake(operation.name) or "_".join(route_words(operation.method, path))


def _method_candidates(operation: Operation, siblings: Sequence[Operation]) -> list[str]:
    """The plain name, then the name made clear by what the path has and the siblings' paths lack."""
    plain = plain_name(operation)
    found = [plain]
    if len(siblings) > 1:
        common: Counter[str] = Counter(word for other in siblings for word in set(_fixed_words(other)))
        own = [word for word in _fixed_words(operation) if common[word] < len(siblings)]
        verb, rest = split_verb(plain)
        fresh = [word for word in own if word not in rest and singular(word) not in rest]
        # What is listed is many; what only describes it is one: list telescope observations.
        many = verb in LISTING and not rest and not isinstance(operation.path[-1], Placeholder)
        fresh = [word if many and word is fresh[-1] else singular(word) for word in fresh]
        if operation.method == "PUT" and verb == "update" and _is_patched(operation, siblings):
            # Whoever has both changes with PATCH and writes anew with PUT.
            found.insert(0, "_".join(("replace", *rest)))
        if fresh:
            found.append("_".join((verb, *fresh, *rest) if verb else (*rest, *fresh)))
        placeholders = [snake(piece.wire) for piece in operation.path if not isinstance(piece, str)]
        if placeholders:
            found.append(f"{plain}_by_{placeholders[-1]}")
        found.append(f"{plain}_{operation.method.lower()}")
    whole = whole_id_name(operation)
    if whole:
        found.insert(1, whole)
    return list(dict.fromkeys(valid_name(name, "method") for name in found))


def _is_patched(operation: Operation, siblings: Sequence[Operation]) -> bool:
    return any(other.method == "PATCH" and other.path == operation.path for other in siblings)


def _plainness(operation: Operation) -> int:
    """Among operations of one name, the one with the shortest path has the plain name."""
    return len(_fixed_words(operation))


def _short_title(text: str) -> str:
    """A long title without a note in parentheses behind it."""
    bare = text.partition("(")[0]
    return bare if len(text) > _LONG_TITLE and text.rstrip().endswith(")") and split_words(bare) else text


def _attributes(
    operations: Sequence[Operation], locked: Sequence[str | None], claims: Claims
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Attribute path of every resource; one whose known operations all hang in one place stays there."""
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
                claims.keep_resource(home, path)
                found[path] = home
    for path in paths:
        if path in found:
            continue
        parent = found[path[:-1]]
        texts = (_short_title(path[-1]), path[-1])
        wished = [valid_name(snake(text) or "resource", "attribute") for text in texts]
        attribute = claims.name("resource", ".".join(parent), {"folder": list(path)}, wished)
        found[path] = (*parent, attribute)
    return found


def name_operations(operations: Sequence[Operation], claims: Claims) -> tuple[NamedOperation, ...]:
    """Names for all operations, those of the lock first; the order of the spec is kept."""
    locked = claims.match_operations([operation.identity for operation in operations])
    attributes = _attributes(operations, locked, claims)
    named: dict[int, NamedOperation] = {}
    fresh: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, (operation, name) in enumerate(zip(operations, locked, strict=True)):
        if name is not None:
            *resource, method = name.split(".")
            claims.keep_operation(name, operation.identity)
            named[number] = NamedOperation(operation=operation, resource=tuple(resource), method=method)
        else:
            resource_path = attributes[operation.resource]
            fresh[resource_path, plain_name(operation)].append(number)
    for (resource_path, _), numbers in fresh.items():
        siblings = [operations[number] for number in numbers]
        for number in sorted(numbers, key=lambda number: (_plainness(operations[number]), number)):
            operation = operations[number]
            method = claims.operation(
                ".".join(resource_path), operation.identity, _method_candidates(operation, siblings)
            )
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
    """The operations, told which of their arguments come from the answers of others."""
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
