"""What models are called, and which places of the API share one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..lock.claims import Claims
from ..model.api import Operation
from ..model.types import Enumeration, Schema
from ..naming.verbs import READING, split_verb
from ..naming.words import pascal, valid_name
from .model_name_candidates import (
    bare_noun,
    bases,
    inside_candidates,
    nested_candidates,
    root_candidates,
    schema_candidates,
)
from .model_sites import ModelSite, ModelSites, find_model_sites, shape
from .type_mapping import ListKey, TypeNames

__all__ = ["NamedModels", "name_models"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModels:
    """The outcome: names of places, places of names, and the roots, in the order of the spec."""

    names: TypeNames
    places: Mapping[str, tuple[ModelSite, ...]]
    roots: frozenset[str]
    lists: Mapping[str, Enumeration]
    """Named lists of values by name."""


class _Naming:
    """Names given so far, and what they stand for."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._shapes: dict[str, object] = {}
        self._twins: dict[tuple[str, tuple[str, ...]], tuple[object, str]] = {}
        self.names: dict[str, str] = {}
        self.places: dict[str, list[ModelSite]] = {}

    def own(self, place: ModelSite, candidates: list[str]) -> None:
        """A name that no other place shares unless the lock says so."""
        self._settle(place, candidates, object())

    def inside(self, place: ModelSite, candidates: list[str]) -> None:
        """A name within a named object; what is sent shares that of what is answered where they agree."""
        name = place.schema.name if place.schema is not None else ""
        kind = shape(place.kind)
        twin = self._twins.get((name, place.nouns))
        if place.body and twin is not None and twin[0] == kind:
            candidates = [twin[1], *candidates]
        self._settle(place, candidates, (name, place.nouns, kind))
        self._twins.setdefault((name, place.nouns), (kind, self.names[place.key]))

    def shared(self, place: ModelSite, candidates: list[str]) -> None:
        """A name that places of the same shape share."""
        kind, bare = shape(place.kind), bare_noun(place)
        if self._shapes.get(bare) == kind:
            # The observations of a list are what `get_observation` answers: one noun, one shape, one model.
            candidates = [bare, *candidates]
        self._settle(place, candidates, kind)

    def _settle(self, place: ModelSite, candidates: list[str], kind: object) -> None:
        name = self._claims.place(
            "model", place.key, candidates, share=lambda other: self._shapes.get(other) == kind
        )
        self._shapes.setdefault(name, kind)
        self.names[place.key] = name
        self.places.setdefault(name, []).append(place)


def _list_places(places: ModelSites) -> dict[ListKey, str]:
    """Place keys of the lists of values; several lists of one title are numbered."""
    count: Counter[str] = Counter()
    found: dict[ListKey, str] = {}
    for key, kind in places.lists.items():
        count[kind.title] += 1
        number = count[kind.title]
        found[key] = f"enum:{kind.title}" if number == 1 else f"enum:{kind.title}|{number}"
    return found


def _name_lists(places: ModelSites, ats: Mapping[ListKey, str], claims: Claims) -> dict[ListKey, str]:
    found: dict[ListKey, str] = {}
    for key, kind in places.lists.items():
        wished = valid_name(pascal(kind.title) or "Values", "class")
        found[key] = claims.place("model", ats[key], [wished], share=lambda other: False)
    return found


def name_models(
    operations: Sequence[tuple[str, Operation]], schemas: Mapping[str, Schema], claims: Claims
) -> NamedModels:
    """Name every object with fields, and every list of values that the spec names.

    The document's own names come first, so that nothing that an operation describes itself moves them. Then whole
    answers, those of reading operations before the others, so that `get_user` has `User` and
    `create_user` shares it where the shape agrees. Names that the lock knows are kept; places that the
    lock gives one name share it, whatever their shapes.
    """
    places = find_model_sites(operations, schemas)
    everything = [*places.schemas.values(), *places.inside.values(), *places.inline]
    ats = _list_places(places)
    claims.expect_models(
        {
            **{place.key: frozenset(field.wire for field in place.kind.fields) for place in everything},
            **dict.fromkeys(ats.values(), frozenset()),
        }
    )
    naming = _Naming(claims)
    for place in sorted(places.schemas.values(), key=lambda place: place.body):
        if place.schema is not None:
            naming.own(place, schema_candidates(place.schema))
    lists = _name_lists(places, ats, claims)
    for place in sorted(places.inside.values(), key=lambda place: place.body):
        if place.schema is not None:
            top = naming.names.get(place.top) or schema_candidates(place.schema)[0]
            naming.inside(place, inside_candidates(place, top))
    roots = [place for place in places.inline if place.root]
    roots.sort(key=lambda place: split_verb(place.operation.split(".")[-1])[0] not in READING)
    answers: dict[tuple[str, bool, int | None], str] = {}
    for place in roots:
        naming.shared(place, root_candidates(place))
        answers.setdefault((place.operation, place.body, place.status), naming.names[place.key])
    for place in places.inline:
        if not place.root:
            root = answers.get((place.operation, place.body, place.status))
            naming.shared(place, nested_candidates(place, bases(place, root)))
    tops = (*places.schemas.values(), *roots)
    return NamedModels(
        names=TypeNames(places=naming.names, schemas=schemas, lists=lists),
        places={name: tuple(naming.places[name]) for name in naming.places},
        roots=frozenset(naming.names[place.key] for place in tops),
        lists={name: places.lists[key] for key, name in lists.items()},
    )
