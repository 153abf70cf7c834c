"""Schemas that only stand for another one: a reference, an allOf of one, a choice of one and null."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..shapes import text
from .dialect import Dialect
from .family import Family
from .graph import Graph
from .keywords import is_described_only, is_null, reference, says_null
from .merging import Merger, Shape
from .refs import Place, Refs

__all__ = ["Aliases", "Found"]


@dataclass(slots=True)
class Found:
    """What a place stands for in the end, and what was said of it on the way."""

    shape: Shape
    named: Place | None = None
    """The schema with a name that it is; None where it is one of its own."""
    trail: tuple[Place, ...] = ()
    """The schemas that were passed."""
    null: bool = False
    """Null is allowed on the way (that the schema itself allows it is part of its shape)."""
    doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Any = None


@dataclass(slots=True)
class _Said:
    """Documentation that is gathered on the way; what was said first counts."""

    null: bool = False
    doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Any = None
    trail: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        node = place.node
        self.trail.append(place)
        self.null |= says_null(node)
        self.doc = self.doc or text(node.get("description")).strip()
        self.deprecated |= node.get("deprecated") is True
        self.read_only |= node.get("readOnly") is True
        self.write_only |= node.get("writeOnly") is True
        if self.default is None:
            self.default = node.get("default")


class Aliases:
    """Looks through the schemas of one document."""

    def __init__(self, refs: Refs, dialect: Dialect, family: Family, graph: Graph, merger: Merger) -> None:
        self._refs = refs
        self._loose = dialect is not Dialect.OPENAPI_31
        self._family = family
        self._graph = graph
        self._merger = merger
        self._shapes: dict[str, Shape] = {}

    def shape(self, place: Place) -> Shape:
        """The shape of a schema that has a name, or that others refer to: read once."""
        pointer = place.origin.pointer
        if pointer not in self._shapes:
            self._shapes[pointer] = self._merger.shape((place,))
        return self._shapes[pointer]

    def name_of(self, shape: Shape) -> str:
        """The name of the schema that a shape was merged from last, if it has one."""
        return next((name for part in reversed(shape.parts) if (name := self._family.name(part))), "")

    def look(self, places: Sequence[Place]) -> Found:
        """What `places`, which all speak of one value, stand for."""
        said = _Said()
        telling = [place for place in places if not self._is_silent(place)]
        if len(telling) > 1 and len({id(self._end(place, _Said()).node) for place in telling}) == 1:
            telling = telling[-1:]
        if len(telling) == 1:
            for place in reversed(places):
                if place is not telling[0] and isinstance(place.node, dict):
                    said.add(place)
            end = self._end(telling[0], said)
            if self._is_named(end, said.trail):
                return self._found(self.shape(end), end, said)
            if said.trail:
                return self._found(self._merger.shape((end,)), None, said)
        return self._found(self._merger.shape(places), None, said)

    @staticmethod
    def _is_silent(place: Place) -> bool:
        return place.node is True or (isinstance(place.node, dict) and is_described_only(place.node))

    def _is_named(self, end: Place, trail: Sequence[Place]) -> bool:
        if not isinstance(end.node, dict):
            return False
        if self._family.name(end) is not None:
            return True
        referred = any(reference(place.node) is not None for place in trail)
        return referred and self._graph.facts(end).recursive

    @staticmethod
    def _found(shape: Shape, named: Place | None, said: _Said) -> Found:
        return Found(
            shape,
            named,
            tuple(said.trail),
            said.null,
            said.doc or ("" if named else shape.doc or shape.inherited_doc),
            said.deprecated or (named is None and shape.deprecated),
            said.read_only or shape.read_only,
            said.write_only or shape.write_only,
            shape.default if said.default is None else said.default,
        )

    def _end(self, place: Place, said: _Said) -> Place:
        """The schema that `place` stands for; what is passed on the way is noted."""
        passed: set[int] = set()
        while isinstance(place.node, dict):
            if id(place.node) in passed:
                self._refs.circular(place.origin)
                return Place({}, place.origin.child("$ref"))
            passed.add(id(place.node))
            if self._family.heirs(place):
                break
            inner = self._inner(place)
            if inner is None or self._is_heir(place, inner):
                break
            said.add(place)
            said.null |= any(is_null(one.node) for one in self._listed(place))
            place = inner
        return place

    def _is_heir(self, place: Place, of: Place) -> bool:
        """True for a class of its own that adds nothing to its base."""
        if self._family.name(place) is None:
            return False
        end = of
        passed: set[int] = set()
        while isinstance(end.node, dict) and id(end.node) not in passed:
            passed.add(id(end.node))
            if any(heir.origin.pointer == place.origin.pointer for heir in self._family.heirs(end)):
                return True
            if (ref := reference(end.node)) is None or (target := self._refs.follow(ref, end.origin)) is None:
                return False
            end = target
        return False

    def _inner(self, place: Place) -> Place | None:
        """The one schema that this one is nothing but another word for."""
        node = place.node
        if (ref := reference(node)) is not None:
            if self._loose or is_described_only(node, "$ref", "$dynamicRef", "type"):
                target = self._refs.follow(ref, place.origin)
                return Place({}, place.origin.child("$ref")) if target is None else target
            return None
        listed = [one for one in self._listed(place) if not is_null(one.node)]
        if "allOf" in node:
            listed = [one for one in listed if not self._is_silent(one)]
            if len(listed) > 1:
                listed = [one for one in listed if not self._is_type_only(one)]
        return listed[0] if len(listed) == 1 and isinstance(listed[0].node, dict) else None

    @staticmethod
    def _is_type_only(place: Place) -> bool:
        return isinstance(place.node, dict) and is_described_only(place.node, "type")

    @staticmethod
    def _listed(place: Place) -> tuple[Place, ...]:
        """The members of the only combining word of a schema that says nothing else."""
        node = place.node
        for word in ("allOf", "oneOf", "anyOf"):
            if isinstance(listed := node.get(word), list) and is_described_only(node, word, "type"):
                return tuple(Place(one, place.origin.child(word, index)) for index, one in enumerate(listed))
        return ()
