"""Names for unions that the value of a field tells apart: `PaymentSource`, not `Card | BankAccount | …` in each annotation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..lock.claims import Sites
from ..model.types import Reference
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.inflections import Inflections
from . import types as py
from .model_name_candidates import (
    bases,
    document_candidates,
    inside_candidates,
    nested_candidates,
    root_candidates,
)
from .model_sites import UnionSite
from .type_mapping import TypeNames, response_annotation

__all__ = ["UnionNames", "is_named_alone"]


def is_named_alone(site: UnionSite) -> bool:
    """Whether its name needs nothing but the document's own names: the union and its members have one each."""
    return bool(site.kind.title) and all(isinstance(member, Reference) for member in site.kind.members)


@dataclass(slots=True)
class UnionNames:
    """The names of unions chosen so far. A union has one name wherever it is used; two sites that the lock gives one name
    share it, whatever their members."""

    claims: Sites
    inflections: Inflections
    sites: dict[str, str] = field(default_factory=dict)
    """Site key -> name."""
    kinds: dict[str, py.Tagged] = field(default_factory=dict)
    """Name -> what it means."""
    _titles: dict[str, list[py.Tagged]] = field(default_factory=dict)
    _names: dict[tuple[str, py.Tagged], str] = field(default_factory=dict)

    def add(self, sites: Iterable[UnionSite], names: TypeNames) -> None:
        """Name the unions at some sites, those of responses first; their members have names already."""
        for site in sorted(sites, key=lambda site: site.body):
            kind = response_annotation(site.kind, site.key, names)
            if isinstance(kind, py.Tagged):
                self._add(site, kind)

    def _add(self, site: UnionSite, kind: py.Tagged) -> None:
        title = site.kind.title
        if title:
            known = self._names.get((title, kind))
            name = known or self._titled(site, kind)
        else:
            name = self._untitled(site, kind)
        self.sites[site.key] = name
        self._names.setdefault((title, kind), name)
        self._names.setdefault(("", kind), name)
        self.kinds[name] = _merged(self.kinds.get(name, kind), kind)

    def _titled(self, site: UnionSite, kind: py.Tagged) -> str:
        """The name of the document; what requests hold of it, where that differs, is an input."""
        others = self._titles.setdefault(site.kind.title, [])
        others.append(kind)
        at = f"union:{site.kind.title}" if len(others) == 1 else f"union:{site.kind.title}|{len(others)}"
        ending = "Input" if site.body and len(others) > 1 else ""
        return self.claims.name(
            at,
            document_candidates(site.kind.title, ending),
            share=lambda other: self.kinds.get(other) == kind,
        )

    def _untitled(self, site: UnionSite, kind: py.Tagged) -> str:
        found = self._candidates(site)
        known = self._names.get(("", kind))
        if known:
            found = distinct([Candidate(known, Reason.SAME_SHAPE, known), *found])
        return self.claims.name(f"union:{site.key}", found, share=lambda other: self.kinds.get(other) == kind)

    def _candidates(self, site: UnionSite) -> list[Candidate]:
        if site.schema is not None:
            return inside_candidates(site, document_candidates(site.schema.name)[0].name)
        if site.root:
            return root_candidates(site, self.inflections)
        return nested_candidates(site, bases(site, None, self.inflections))


def _merged(first: py.Tagged, second: py.Tagged) -> py.Tagged:
    tags = dict(zip(first.members, first.tags, strict=True))
    for member, values in zip(second.members, second.tags, strict=True):
        tags[member] = tuple(dict.fromkeys((*tags.get(member, ()), *values)))
    return py.Tagged(tuple(tags), first.wire, tuple(tags.values()))
