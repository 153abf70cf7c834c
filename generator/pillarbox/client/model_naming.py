"""What models are called, and which sites of the API share one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..lock.claims import Claims, Sites
from ..model.api import Operation
from ..model.types import Enumeration, Schema
from ..naming.candidates import Candidate, Reason
from ..naming.inflections import Inflections
from ..naming.verbs import READING, split_verb
from . import types as py
from .input_names import InputNames
from .model_name_candidates import (
    bare_noun,
    bases,
    document_candidates,
    inside_candidates,
    named_by_union,
    nested_candidates,
    root_candidates,
    schema_candidates,
)
from .model_sites import ModelSite, ModelSites, find_model_sites, shape
from .type_mapping import ListKey, TypeNames
from .union_naming import UnionNames, is_named_alone
from .value_lists import is_worth_a_name

__all__ = ["NamedModels", "name_models"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModels:
    """The outcome: names of sites, sites of names, and the roots, in the order of the spec."""

    names: TypeNames
    sites: Mapping[str, tuple[ModelSite, ...]]
    roots: frozenset[str]
    lists: Mapping[str, Enumeration]
    """Named lists of values by name."""
    unions: Mapping[str, py.Tagged]
    """Unions that the value of a field tells apart, by name."""
    used: Mapping[str, str]
    """For each named object of the document, by its site key, the key of the site that refers to it first."""


class _Naming:
    """Names chosen so far, and the shapes that they belong to."""

    def __init__(self, claims: Sites, common: Mapping[str, object]) -> None:
        self._claims = claims
        self._common = common
        self._shapes: dict[str, object] = {}
        self._first: dict[tuple[str, tuple[str, ...]], tuple[object, str]] = {}
        self._held: dict[tuple[str, str], str] = {}
        self.names: dict[str, str] = {}
        self.sites: dict[str, list[ModelSite]] = {}

    def own(self, site: ModelSite, candidates: list[Candidate]) -> None:
        """A name that no other site shares unless the lock records it."""
        self._claim(site, candidates, object())

    def inside(self, site: ModelSite, candidates: list[Candidate]) -> None:
        """A name within a named object; a request shares that of a response where they agree."""
        name = site.schema.name if site.schema is not None else ""
        kind = shape(site.kind)
        if named_by_union(site):
            self._claim(site, candidates, kind)
            return
        first = self._first.get((name, site.nouns))
        if site.body and first is not None and first[0] == kind:
            candidates = [Candidate(first[1], Reason.SAME_SHAPE, name), *candidates]
        self._claim(site, candidates, (name, site.nouns, kind))
        self._first.setdefault((name, site.nouns), (kind, self.names[site.key]))

    def shared(self, site: ModelSite, candidates: list[Candidate]) -> None:
        """A name that sites of the same shape share."""
        kind, bare, holder = shape(site.kind), bare_noun(site), self._holder(site)
        if kind in (self._shapes.get(bare), self._common.get(bare)):
            # The observations of a list are what `get_observation` returns, and the address of a customer is that
            # of an order: one noun, one shape, one model.
            candidates = [Candidate(bare, Reason.SAME_SHAPE, site.operation), *candidates]
        if holder is not None and holder in self._held:
            # What two sites of one model hold is one model too, or the field would be a union of two equal models.
            candidates = [Candidate(self._held[holder], Reason.SAME_SHAPE, site.operation), *candidates]
        self._claim(site, candidates, kind)
        if holder is not None:
            self._held.setdefault(holder, self.names[site.key])

    def is_in_shared(self, site: ModelSite) -> bool:
        """Whether a site is in a model that another site has named."""
        end = self._end_of_holder(site.key)
        return end > 0 and self.sites[self.names[site.key[:end]]][0].key != site.key[:end]

    def _holder(self, site: ModelSite) -> tuple[str, str] | None:
        """The model that a site is in, and the path from it; None where the site is in none."""
        end = self._end_of_holder(site.key)
        return (self.names[site.key[:end]], site.key[end:]) if end else None

    def _end_of_holder(self, key: str) -> int:
        """How much of a site key is the key of the model that the site is in; 0 where it is in none."""
        ends = (end for end in range(len(key) - 1, 0, -1) if key[end] in ".[{|" and key[:end] in self.names)
        return next(ends, 0)

    def _claim(self, site: ModelSite, candidates: list[Candidate], kind: object) -> None:
        name = self._claims.name(site.key, candidates, share=lambda other: self._shapes.get(other) == kind)
        self._shapes.setdefault(name, kind)
        self.names[site.key] = name
        self.sites.setdefault(name, []).append(site)


def _list_sites(sites: ModelSites, claims: Claims) -> dict[ListKey, str]:
    """Site keys of the lists of values that have names; several lists of one title are numbered."""
    count: Counter[str] = Counter()
    found: dict[ListKey, str] = {}
    for key, kind in sites.lists.items():
        count[kind.title] += 1
        number = count[kind.title]
        at = f"enum:{kind.title}" if number == 1 else f"enum:{kind.title}|{number}"
        if is_worth_a_name(kind.values) or claims.locked("model", "", {"at": at}):
            found[key] = at
    return found


def _name_lists(sites: ModelSites, ats: Mapping[ListKey, str], claims: Sites) -> dict[ListKey, str]:
    """Names of the lists that are worth one, or have one in the lock."""
    return {
        key: claims.name(at, document_candidates(sites.lists[key].title), share=lambda other: False)
        for key, at in ats.items()
    }


def name_models(
    operations: Sequence[tuple[str, Operation]],
    schemas: Mapping[str, Schema],
    claims: Claims,
    inflections: Inflections,
) -> NamedModels:
    """Name every object with fields, and every list of values that the spec names.

    The document's own names come first, so that nothing that an operation describes itself moves them. Then whole
    responses, those of reading operations before the others, so that `get_user` has `User` and
    `create_user` shares it where the shape agrees. Names that the lock knows are kept; sites that the
    lock gives one name share it, whatever their shapes.
    """
    sites = find_model_sites(operations, schemas, claims.was_flattened, inflections)
    everything = [*sites.schemas.values(), *sites.inside.values(), *sites.inline]
    ats = _list_sites(sites, claims)
    announced = claims.models(
        {
            **{site.key: frozenset(field.wire for field in site.kind.fields) for site in everything},
            **dict.fromkeys(ats.values(), frozenset()),
        }
    )
    naming = _Naming(announced, _common_inputs(sites.inline))
    for site in sorted(sites.schemas.values(), key=lambda site: site.body):
        if site.schema is not None:
            naming.own(site, schema_candidates(site.schema))
    lists = _name_lists(sites, ats, announced)
    unions = UnionNames(announced, inflections)
    names = TypeNames(
        models=naming.names,
        schemas=schemas,
        lists=lists,
        unions=unions.sites,
        inflections=inflections,
        inputs=InputNames(announced),
    )
    unions.add(filter(is_named_alone, sites.unions), names)
    # What is nearer to the top has the plainer name.
    for site in sorted(sites.inside.values(), key=lambda site: (site.body, len(site.nouns))):
        if site.schema is not None:
            top = naming.names.get(site.top) or schema_candidates(site.schema)[0].name
            naming.inside(site, inside_candidates(site, top))
    roots = _name_inline(sites, naming, inflections)
    unions.add((site for site in sites.unions if site.key not in unions.sites), names)
    tops = (*sites.schemas.values(), *roots)
    return NamedModels(
        names=names,
        sites={name: tuple(naming.sites[name]) for name in naming.sites},
        roots=frozenset(naming.names[site.key] for site in tops),
        lists={name: sites.lists[key] for key, name in lists.items()},
        unions=unions.kinds,
        used=sites.used,
    )


def _common_inputs(sites: Iterable[ModelSite]) -> dict[str, object]:
    """Nouns of objects in request bodies, with the first shape that two operations agree on: that one has the noun alone."""
    agreed: dict[str, object] = {}
    first: dict[tuple[str, object], str] = {}
    for site in sites:
        if not site.body or site.root or not (noun := bare_noun(site)):
            continue
        kind = shape(site.kind)
        if first.setdefault((noun, kind), site.operation) != site.operation:
            agreed.setdefault(noun, kind)
    return agreed


def _root_of(site: ModelSite) -> tuple[object, ...]:
    """What distinguishes the whole response, or the member of one, that a site is in."""
    nouns = takewhile(lambda noun: noun.startswith("\0"), site.nouns)
    return site.operation, site.body, site.status, *nouns


def _name_inline(sites: ModelSites, naming: _Naming, inflections: Inflections) -> list[ModelSite]:
    """Name what operations describe themselves, whole responses before what is in them; returns the former."""
    roots = [site for site in sites.inline if site.root]
    roots.sort(key=lambda site: split_verb(site.operation.split(".")[-1])[0] not in READING)
    responses: dict[tuple[object, ...], str] = {}
    for site in roots:
        naming.shared(site, root_candidates(site, inflections))
        responses.setdefault(_root_of(site), naming.names[site.key])

    def name(site: ModelSite) -> None:
        root = responses.get(_root_of(site))
        naming.shared(site, nested_candidates(site, bases(site, root, inflections)))

    later: list[ModelSite] = []
    for site in sites.inline:
        if site.root:
            continue
        if naming.is_in_shared(site):
            # What the site that named the model holds is named before.
            later.append(site)
        else:
            name(site)
    for site in later:
        name(site)
    return roots
