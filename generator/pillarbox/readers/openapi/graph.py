"""Which schemas are recursive, and which differ between requests and responses.

Each schema that is referred to is one node; its inline schemas belong to it. Nodes are visited when they are
first asked for, each once (Tarjan's strongly connected components, with a stack of our own).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ...model.problems import Origin
from .keywords import is_reference, reference, subschemas
from .refs import Refs, SchemaNode

__all__ = ["Facts", "Graph"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from the schemas that a schema reaches."""

    recursive: bool
    """It can hold itself."""
    views: bool
    """`readOnly` or `writeOnly` is in it or in what it refers to, so that its request view differs."""


@dataclass(slots=True)
class _Visit:
    origin: Origin
    rest: Iterator[SchemaNode]
    low: int


class Graph:
    """The references between the schemas of one document."""

    def __init__(self, refs: Refs, subtypes: Callable[[SchemaNode], Sequence[SchemaNode]]) -> None:
        """`subtypes` returns the schemas that a discriminator selects between."""
        self._refs = refs
        self._subtypes = subtypes
        self._facts: dict[Origin, Facts] = {}
        self._edges: dict[Origin, tuple[SchemaNode, ...]] = {}
        self._views: dict[Origin, bool] = {}
        self._order: dict[Origin, int] = {}
        self._open: list[Origin] = []
        self._is_open: set[Origin] = set()

    def facts(self, node: SchemaNode) -> Facts:
        """The facts of a schema that is the target of a reference, or has a name."""
        if node.origin not in self._facts:
            self._explore(node)
        return self._facts[node.origin]

    def _read(self, node: SchemaNode) -> None:
        """Edges of one node, and whether it says `readOnly` or `writeOnly` itself."""
        edges = {subtype.origin: subtype for subtype in self._subtypes(node)}
        views = False
        stack = [node]
        seen: set[int] = set()
        while stack:
            here = stack.pop()
            raw = here.raw
            if not isinstance(raw, dict) or id(raw) in seen:
                continue
            seen.add(id(raw))
            views |= raw.get("readOnly") is True or raw.get("writeOnly") is True
            if (ref := reference(raw)) is not None and (target := self._refs.follow(ref, here.origin)):
                edges[target.origin] = target
            if is_reference(listed := raw.get("properties")):
                listed, at = self._refs.resolve(listed, here.origin.child("properties"))
                stack.extend(SchemaNode(child, at.child(name)) for name, child in listed.items())
                raw = {word: child for word, child in raw.items() if word != "properties"}
            for child, steps in subschemas(raw):
                if isinstance(child, dict):
                    stack.append(SchemaNode(child, here.origin.child(*steps)))
        self._edges[node.origin] = tuple(edges.values())
        self._views[node.origin] = views

    def _enter(self, node: SchemaNode) -> _Visit:
        origin = node.origin
        self._read(node)
        number = self._order[origin] = len(self._order)
        self._open.append(origin)
        self._is_open.add(origin)
        return _Visit(origin, iter(self._edges[origin]), number)

    def _explore(self, start: SchemaNode) -> None:
        visits = [self._enter(start)]
        while visits:
            visit = visits[-1]
            for target in visit.rest:
                origin = target.origin
                if origin not in self._order:
                    visits.append(self._enter(target))
                    break
                if origin in self._is_open:
                    visit.low = min(visit.low, self._order[origin])
            else:
                visits.pop()
                if visits:
                    visits[-1].low = min(visits[-1].low, visit.low)
                if visit.low == self._order[visit.origin]:
                    self._close(visit.origin)

    def _close(self, first: Origin) -> None:
        ring: list[Origin] = []
        while not ring or ring[-1] != first:
            ring.append(self._open.pop())
        self._is_open.difference_update(ring)
        members = frozenset(ring)
        targets = [target.origin for origin in ring for target in self._edges[origin]]
        recursive = len(ring) > 1 or first in targets
        views = any(self._views[origin] for origin in ring) or any(
            self._facts[target].views for target in targets if target not in members
        )
        for origin in ring:
            self._facts[origin] = Facts(recursive, views)
            del self._edges[origin]
