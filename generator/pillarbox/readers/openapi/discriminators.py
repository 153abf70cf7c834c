"""Discriminators: which schemas may stand where a base schema is named, and the values that tell them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..lenient import mapping, sequence, text
from .dialect import Dialect
from .keywords import reference
from .refs import Refs, SchemaNode
from .schema_keys import component_name

__all__ = ["Family", "Mapped"]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping from values to schemas, turned round."""

    tags: Mapping[str, tuple[str, ...]]
    """Pointer of a schema -> the values that mean it."""
    places: tuple[SchemaNode, ...]


class Family:
    """The named schemas of a document and who is merged from whom."""

    def __init__(self, refs: Refs, dialect: Dialect) -> None:
        self._refs = refs
        self._dialect = dialect
        root = refs.root
        steps = ("definitions",) if dialect is Dialect.SWAGGER_2 else ("components", "schemas")
        node = root.node
        for step in steps:
            node = mapping(mapping(node).get(step))
        self.named: dict[str, SchemaNode] = {
            name: SchemaNode(child, root.origin.child(*steps, name)) for name, child in node.items()
        }
        self._children: dict[str, list[SchemaNode]] | None = None

    def children(self, pointer: str) -> Sequence[SchemaNode]:
        """Named schemas whose allOf names the one at `pointer`."""
        if self._children is None:
            self._children = {}
            for place in self.named.values():
                for parent in self._parents(place):
                    self._children.setdefault(parent, []).append(place)
        return self._children.get(pointer, ())

    def _parents(self, place: SchemaNode) -> list[str]:
        found: dict[str, None] = {}
        stack = [place]
        seen: set[int] = set()
        while stack:
            here = stack.pop()
            if not isinstance(here.node, dict) or id(here.node) in seen:
                continue
            seen.add(id(here.node))
            for index, part in enumerate(sequence(here.node.get("allOf"))):
                stack.append(SchemaNode(part, here.origin.child("allOf", index)))
            ref = None if here is place else reference(here.node)
            if ref is not None and (target := self._refs.follow(ref, here.origin)):
                found[target.origin.pointer] = None
        return list(found)

    def heirs(self, place: SchemaNode) -> tuple[SchemaNode, ...]:
        """Schemas that may stand where `place` is named: none unless it has a discriminator of its own."""
        node = place.node
        if not isinstance(node, dict) or "discriminator" not in node or "oneOf" in node or "anyOf" in node:
            return ()
        told = node["discriminator"]
        name = told if isinstance(told, str) else text(mapping(told).get("propertyName"))
        if not name:
            return ()
        found: dict[str, SchemaNode] = {}
        queue = [place, *self.mapped(self._mapping(told), place).places]
        for one in queue[1:]:
            found[one.origin.pointer] = one
        for one in queue:
            for child in self.children(one.origin.pointer):
                if child.origin.pointer not in found and child.origin.pointer != place.origin.pointer:
                    found[child.origin.pointer] = child
                    queue.append(child)
        # In the order of the document, whatever the order of the mapping.
        order = {known.origin.pointer: number for number, known in enumerate(self.named.values())}
        heirs = sorted(found.values(), key=lambda one: order.get(one.origin.pointer, len(order)))
        return tuple(heirs) if any(one.origin.pointer != place.origin.pointer for one in heirs) else ()

    def lists(self, base: SchemaNode, child: SchemaNode) -> bool:
        """True where the alternatives of a base class name the child."""
        for word in ("oneOf", "anyOf"):
            for index, one in enumerate(sequence(base.node.get(word))):
                ref = reference(one) if isinstance(one, dict) else None
                found = None if ref is None else self._refs.follow(ref, base.origin.child(word, index))
                if found is not None and found.origin.pointer == child.origin.pointer:
                    return True
        return False

    @staticmethod
    def _mapping(told: object) -> Mapping[str, str]:
        known = mapping(mapping(told).get("mapping"))
        return {value: target for value, target in known.items() if isinstance(target, str)}

    def mapped(self, known: Mapping[str, str], place: SchemaNode) -> Mapped:
        """The schemas of a discriminator's mapping, each named by itself or by a reference."""
        tags: dict[str, tuple[str, ...]] = {}
        places: dict[str, SchemaNode] = {}
        at = place.origin.child("discriminator", "mapping")
        for value, target in known.items():
            found = self.named.get(target) if "#" not in target else None
            if found is None:
                found = self._refs.follow(target, at.child(value))
            if found is not None:
                pointer = found.origin.pointer
                places[pointer] = found
                tags[pointer] = (*tags.get(pointer, ()), value)
        return Mapped(tags, tuple(places.values()))

    def name(self, place: SchemaNode) -> str | None:
        """The name that the document gives to a schema."""
        return component_name(place.origin.pointer, self._dialect)
