"""Schemas that only stand for another one: a reference, an allOf of one, a choice of one and null."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..lenient import text
from .all_of import Merger
from .dialect import Dialect
from .discriminators import Family
from .graph import Graph
from .keywords import alternatives, is_described_only, is_made_of_others, is_null, reference, says_null
from .merged_schema import Shape
from .refs import Refs, SchemaNode

__all__ = ["Aliases", "Found"]

_MOST_STEPS_UP = 20
"""Other words for a base class that are looked through."""
_MOST_MERGED = 4
"""Members of an allOf of which all but one may say nothing."""


@dataclass(slots=True)
class Found:
    """What a place stands for in the end, and what was said of it on the way."""

    shape: Shape
    named: SchemaNode | None = None
    """The schema with a name that it is; None where it is one of its own."""
    trail: tuple[SchemaNode, ...] = ()
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
    trail: list[SchemaNode] = field(default_factory=list)

    def add(self, place: SchemaNode) -> None:
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

    def shape(self, place: SchemaNode) -> Shape:
        """The shape of a schema that has a name, or that others refer to: read once."""
        pointer = place.origin.pointer
        if pointer not in self._shapes:
            self._shapes[pointer] = self._merger.shape((place,))
        return self._shapes[pointer]

    def name_of(self, shape: Shape) -> str:
        """The name of the schema that a shape was merged from last, if it has one."""
        return next((name for part in reversed(shape.parts) if (name := self._family.name(part))), "")

    def look(self, places: Sequence[SchemaNode]) -> Found:
        """What `places`, which all speak of one value, stand for."""
        said = _Said()
        if len(places) == 1 and self._is_its_own(places[0]):
            return self._found(self._merger.shape(places), None, said)
        telling = [place for place in places if not _is_silent(place.node)]
        if len(telling) > 1:
            references = [place for place in telling if not _is_type_only(place.node)]
            if len(references) == 1 and reference(references[0].node) is not None:
                telling = references
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

    def _is_its_own(self, place: SchemaNode) -> bool:
        """True, told at a glance, for a schema that refers to nothing and has no name."""
        node = place.node
        return not isinstance(node, dict) or (
            not is_made_of_others(node) and "discriminator" not in node and self._family.name(place) is None
        )

    def _is_named(self, end: SchemaNode, trail: Sequence[SchemaNode]) -> bool:
        if not isinstance(end.node, dict):
            return False
        if self._family.name(end) is not None:
            return True
        referred = any(reference(place.node) is not None for place in trail)
        return referred and self._graph.facts(end).recursive

    @staticmethod
    def _found(shape: Shape, named: SchemaNode | None, said: _Said) -> Found:
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

    def _end(self, place: SchemaNode, said: _Said) -> SchemaNode:
        """The schema that `place` stands for; what is passed on the way is noted."""
        passed: set[int] = set()
        while isinstance(place.node, dict):
            if id(place.node) in passed:
                self._refs.circular(place.origin)
                return SchemaNode({}, place.origin.child("$ref"))
            passed.add(id(place.node))
            if self._family.heirs(place):
                break
            inner = self._inner(place)
            if inner is None or self._is_heir(place, inner):
                break
            said.add(place)
            if reference(place.node) is None and (word := self._combining(place.node)) is not None:
                said.null |= any(is_null(one) for one in place.node[word])
            place = inner
        return place

    def _is_heir(self, place: SchemaNode, of: SchemaNode) -> bool:
        """True for a class of its own that adds nothing to its base."""
        if self._family.name(place) is None:
            return False
        end = of
        for _ in range(_MOST_STEPS_UP):
            if not isinstance(end.node, dict):
                return False
            if any(heir.origin.pointer == place.origin.pointer for heir in self._family.heirs(end)):
                return True
            if self._family.lists(end, place):
                return True
            if (ref := reference(end.node)) is None or (target := self._refs.follow(ref, end.origin)) is None:
                return False
            end = target
        return False

    def _inner(self, place: SchemaNode) -> SchemaNode | None:
        """The one schema that this one is nothing but another word for."""
        node = place.node
        if (ref := reference(node)) is not None:
            if self._loose or is_described_only(node, "$ref", "$dynamicRef", "type"):
                target = self._refs.follow(ref, place.origin)
                return SchemaNode({}, place.origin.child("$ref")) if target is None else target
            return None
        word = self._combining(node)
        if word is None:
            return None
        kept: list[int] = []
        for index, one in enumerate(node[word]):
            if not is_null(one) and not (word == "allOf" and _is_silent(one)):
                kept.append(index)
            if len(kept) > (_MOST_MERGED if word == "allOf" else 1):
                return None
        if len(kept) > 1:
            kept = [index for index in kept if not _is_type_only(node[word][index])]
        if len(kept) != 1 or not isinstance(node[word][kept[0]], dict):
            return None
        return SchemaNode(node[word][kept[0]], place.origin.child(word, kept[0]))

    @staticmethod
    def _combining(node: Mapping[str, Any]) -> str | None:
        """The combining word of a schema that says nothing else."""
        for word in ("allOf", *alternatives(node)):
            if isinstance(node.get(word), list) and is_described_only(node, word, "type"):
                return word
        return None


def _is_silent(node: Any) -> bool:
    return node is True or (isinstance(node, dict) and is_described_only(node))


def _is_type_only(node: Any) -> bool:
    return isinstance(node, dict) and is_described_only(node, "type")
