"""Which models there are, what they are called, and which places of the API share one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.api import BinaryBody, Body, FormBody, GraphQLBody, JsonBody, MultipartBody, Operation, Response
from ..model.types import Array, Map, Nullable, Object, Type, Union
from . import names
from .convert import MAX_NESTING, is_model, items_key, member_key, option_key, values_key
from .lock import Claims
from .verbs import LISTING, READING, head_noun, split_verb

__all__ = ["ModelPlace", "NamedModels", "body_key", "name_models", "response_key", "successes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPlace:
    """An object with fields, where it stands, and what it may be called there."""

    key: str
    kind: Object
    root: bool
    """True for a whole answer, or the items of one; False below it."""
    nouns: tuple[str, ...]
    """Words for the chain of fields from the root to here, in the singular where an array held them."""
    operation: str
    """Qualified name of the operation, or of the first one that it is a copy of."""
    body: bool
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModels:
    """The outcome: names of places, places of names, and the roots, in the order of the spec."""

    names: Mapping[str, str]
    places: Mapping[str, tuple[ModelPlace, ...]]
    roots: frozenset[str]


def successes(operation: Operation) -> tuple[Response, ...]:
    """The answers that a method returns: every 2xx, or the default one where no 2xx is documented."""
    good = tuple(answer for answer in operation.responses if answer.status and 200 <= answer.status < 300)
    return good or tuple(answer for answer in operation.responses if answer.status is None)


def response_key(qualified: str, answer: Response) -> str:
    """Place key of an answer."""
    return f"{qualified}:{answer.status or 'default'}"


def body_key(qualified: str) -> str:
    """Place key of a request body."""
    return f"{qualified}:body"


def _inside(
    kind: Type, key: str, nouns: tuple[str, ...], depth: int = 0
) -> Iterator[tuple[str, Object, tuple[str, ...]]]:
    """Objects with fields at `key` and below it, each with the nouns that lead to it."""
    if depth > MAX_NESTING:
        return
    match kind:
        case Object(fields=fields):
            if is_model(kind):
                yield key, kind, nouns
            for field in fields:
                yield from _inside(field.type, member_key(key, field.wire), (*nouns, field.wire), depth + 1)
            if kind.extra is not None:
                yield from _inside(kind.extra, values_key(key), _single(nouns), depth + 1)
        case Array(items):
            yield from _inside(items, items_key(key), _single(nouns), depth + 1)
        case Map(values):
            yield from _inside(values, values_key(key), _single(nouns), depth + 1)
        case Nullable(inner):
            yield from _inside(inner, key, nouns, depth)
        case Union(members):
            for number, member in enumerate(members):
                yield from _inside(member, option_key(key, number), nouns, depth + 1)
        case _:
            return


def _single(nouns: tuple[str, ...]) -> tuple[str, ...]:
    if not nouns:
        return ("\0item",)
    if nouns[-1].startswith("\0"):
        return nouns
    return (*nouns[:-1], " ".join(singular_words(nouns[-1])))


def singular_words(text: str) -> tuple[str, ...]:
    """Words of a noun phrase, the last one in the singular."""
    words = names.words(text)
    return (*words[:-1], names.singular(words[-1])) if words else ()


def _body_types(body: Body | None, key: str) -> Iterator[tuple[str, Type, tuple[str, ...]]]:
    match body:
        case JsonBody(type=Object(fields=fields)):
            for field in fields:
                yield member_key(key, field.wire), field.type, (field.wire,)
        case JsonBody(type=kind):
            yield key, kind, ()
        case FormBody(fields=fields) | GraphQLBody(variables=fields):
            for field in fields:
                yield member_key(key, field.wire), field.type, (field.wire,)
        case MultipartBody(parts=parts):
            for part in parts:
                yield member_key(key, part.field.wire), part.field.type, (part.field.wire,)
        case _:
            return


def _request_key(operation: Operation) -> object:
    """Equal for copies of a request (method, URL, query and body) whose answers have one shape."""
    body = operation.body
    content = None if body is None or isinstance(body, BinaryBody) or body.example is None else body.example
    return (
        operation.method,
        operation.server and operation.server.template,
        operation.path,
        tuple((parameter.place, parameter.wire) for parameter in operation.parameters),
        type(body),
        tuple(
            (answer.status, _shape(answer.type)) for answer in successes(operation) if answer.type is not None
        ),
        json.dumps([content and content.value, content and content.as_written], sort_keys=True, default=str),
    )


def _places(operations: Iterable[tuple[str, Operation]]) -> Iterator[ModelPlace]:
    first: dict[object, str] = {}
    for qualified, operation in operations:
        # Copies are named after the first of them, so that they share its models.
        original = first.setdefault(_request_key(operation), qualified)
        for answer in successes(operation):
            if answer.type is None:
                continue
            top = response_key(qualified, answer)
            for key, kind, nouns in _inside(answer.type, top, ()):
                bare = tuple(noun for noun in nouns if not noun.startswith("\0"))
                yield ModelPlace(
                    key=key,
                    kind=kind,
                    root=not bare,
                    nouns=nouns,
                    operation=original,
                    body=False,
                    status=answer.status,
                )
        top = body_key(qualified)
        for start, kind_, nouns_ in _body_types(operation.body, top):
            for key, kind, nouns in _inside(kind_, start, nouns_):
                yield ModelPlace(key=key, kind=kind, root=False, nouns=nouns, operation=original, body=True)


def _shape(kind: Type, depth: int = 0) -> object:
    """What two places must agree on to share a model: fields, their types and their presence."""
    match kind:
        case Object(fields=fields, extra=extra) if depth <= MAX_NESTING:
            return (
                "object",
                tuple(
                    sorted((field.wire, field.required, _shape(field.type, depth + 1)) for field in fields)
                ),
                None if extra is None else _shape(extra, depth + 1),
            )
        case Array(items):
            return "array", _shape(items, depth + 1)
        case Map(values):
            return "map", _shape(values, depth + 1)
        case Nullable(inner):
            return "nullable", _shape(inner, depth)
        case Union(members):
            return "union", tuple(sorted(map(repr, (_shape(member, depth + 1) for member in members))))
        case _:
            return repr(kind)


def noun_words(qualified: str) -> tuple[str, ...]:
    """What an operation is about: `users.get_user_token` -> user token; `pets.find_pet_by_id` -> pet; `users.list` ->
    user."""
    *resource, method = qualified.split(".")
    verb, rest = split_verb(method)
    if (
        not verb
        and len(rest) > 1
        and resource
        and singular_words(resource[-1])[-1:] == (names.singular(rest[-1]),)
    ):
        # `observations.book_observation`: what stands before the resource's own noun is a verb.
        verb, rest = rest[0], rest[1:]
    rest = head_noun(rest)
    if rest:
        return rest if verb in READING | LISTING else (*rest[:-1], names.singular(rest[-1]))
    return singular_words(resource[-1]) if resource else (method,)


def _root_candidates(place: ModelPlace) -> list[str]:
    *resource, method = place.operation.split(".")
    verb, rest = split_verb(method)
    noun = noun_words(place.operation)
    if "\0item" in place.nouns:
        noun = (*noun[:-1], names.singular(noun[-1]))
    elif verb in LISTING and rest:
        noun = (*noun[:-1], names.singular(noun[-1]), "list")
    group = singular_words(resource[-1]) if resource else ()
    wide = noun if noun[: len(group)] == group else (*group, *noun)
    ending = "Item" if "\0item" in place.nouns else "Response"
    full = names.pascal(method) + ending
    found = [
        names.pascal(" ".join(noun)),
        names.pascal(" ".join(wide)),
        full,
        names.pascal(" ".join(group)) + full,
    ]
    if place.status is not None:
        found.append(f"{full}{place.status}")
    return [names.valid(name, "class") for name in found]


def _bases(place: ModelPlace, root: str | None) -> list[str]:
    """Words to put before the name of a field, the shortest first: the root model's, the resource's too, the method."""
    *resource, method = place.operation.split(".")
    noun = root.removesuffix("Response") if root else names.pascal(" ".join(noun_words(place.operation)))
    group = names.pascal(" ".join(singular_words(resource[-1]))) if resource else ""
    wide = noun if noun.startswith(group) else group + noun
    return list(dict.fromkeys([noun, wide, names.pascal(method), group + names.pascal(method)]))


def _continued(base: str, chain: Sequence[str]) -> str:
    """`base` and the nouns of a chain in one name, without saying a word twice in a row."""
    for noun in chain:
        piece = names.pascal(noun)
        if piece.startswith(base):
            base = piece
        elif not base.endswith(piece):
            base += piece
    return base


def _bare_noun(place: ModelPlace) -> str:
    """The noun of a place alone: `observations[]` -> `Observation`."""
    chain = [noun for noun in place.nouns if not noun.startswith("\0") and names.words(noun)]
    if not chain:
        return ""
    return names.valid(names.pascal(chain[-1]) + ("Input" if place.body else ""), "class")


def _nested_candidates(place: ModelPlace, bases: Sequence[str]) -> list[str]:
    chain = [noun for noun in place.nouns if not noun.startswith("\0") and names.words(noun)]
    found: list[str] = []
    for base in bases:
        if place.body and not chain:
            found.append(base)
            continue
        own = [_continued(base, chain[-length:]) for length in range(1, min(len(chain), 4) + 1)]
        own = [name for name in own if name != base]
        if not own or base.startswith(names.pascal(chain[-1])):
            own.insert(0, base + "Item")
        found += own
    if place.body:
        found = [name + "Input" for name in found]
    return list(dict.fromkeys(names.valid(name, "class") for name in found))


def name_models(operations: Sequence[tuple[str, Operation]], claims: Claims) -> NamedModels:
    """Name every object with fields.

    Whole answers come first, those of reading operations before the others, so that `get_user` has `User` and
    `create_user` shares it where the shape agrees. Names that the lock knows are kept; places that the
    lock gives one name share it, whatever their shapes.
    """
    places = list(_places(operations))
    claims.expect("model", "", [{"at": place.key} for place in places])
    roots = [place for place in places if place.root]
    nested = [place for place in places if not place.root]
    roots.sort(key=lambda place: split_verb(place.operation.split(".")[-1])[0] not in READING)
    shapes: dict[str, object] = {}
    found: dict[str, str] = {}
    by_name: dict[str, list[ModelPlace]] = {}

    def settle(place: ModelPlace, candidates: list[str]) -> None:
        shape = _shape(place.kind)
        bare = _bare_noun(place)
        if shapes.get(bare) == shape:
            # The observations of a list are what `get_observation` answers: one noun, one shape, one model.
            candidates = [bare, *candidates]
        name = claims.place(
            "model", place.key, candidates, share=lambda other: other in shapes and shapes[other] == shape
        )
        shapes.setdefault(name, shape)
        found[place.key] = name
        by_name.setdefault(name, []).append(place)

    bases: dict[tuple[str, bool, int | None], str] = {}
    for place in roots:
        settle(place, _root_candidates(place))
        bases.setdefault((place.operation, place.body, place.status), found[place.key])
    for place in nested:
        base = bases.get((place.operation, place.body, place.status))
        settle(place, _nested_candidates(place, _bases(place, base)))
    return NamedModels(
        names=found,
        places={name: tuple(by_name[name]) for name in by_name},
        roots=frozenset(found[place.key] for place in roots),
    )
