"""Discriminators: the subtypes of a base schema, and the values that select each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..lenient import mapping, sequence, text
from .dialect import Dialect
from .keywords import reference
from .refs import Refs, SchemaNode
from .schema_keys import component_name

__all__ = ["Discriminators", "Mapped"]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The mapping of a discriminator, by schema."""

    tags: Mapping[str, tuple[str, ...]]
    """Pointer of a schema -> the values that select it."""
    nodes: tuple[SchemaNode, ...]


class Discriminators:
    """The named schemas of a document and which of them are merged from which."""

    def __init__(self, refs: Refs, dialect: Dialect) -> None:
        self._refs = refs
        self._dialect = dialect
        root = refs.root
        steps = ("definitions",) if dialect is Dialect.SWAGGER_2 else ("components", "schemas")
        raw = root.raw
        for step in steps:
            raw = mapping(mapping(raw).get(step))
        self.named: dict[str, SchemaNode] = {
            name: SchemaNode(child, root.origin.child(*steps, name)) for name, child in raw.items()
        }
        self._children: dict[str, list[SchemaNode]] | None = None

    def children(self, pointer: str) -> Sequence[SchemaNode]:
        """Named schemas whose allOf names the one at `pointer`."""
        if self._children is None:
            self._children = {}
            for node in self.named.values():
                for parent in self._parents(node):
                    self._children.setdefault(parent, []).append(node)
        return self._children.get(pointer, ())

    def _parents(self, node: SchemaNode) -> list[str]:
        found: dict[str, None] = {}
        stack = [node]
        seen: set[int] = set()
        while stack:
            here = stack.pop()
            if not isinstance(here.raw, dict) or id(here.raw) in seen:
                continue
            seen.add(id(here.raw))
            for index, part in enumerate(sequence(here.raw.get("allOf"))):
                stack.append(SchemaNode(part, here.origin.child("allOf", index)))
            ref = None if here is node else reference(here.raw)
            if ref is not None and (target := self._refs.follow(ref, here.origin)):
                found[target.origin.pointer] = None
        return list(found)

    def subtypes(self, node: SchemaNode) -> tuple[SchemaNode, ...]:
        """The schemas that the discriminator of `node` selects between; none without a discriminator."""
        raw = node.raw
        if not isinstance(raw, dict) or "discriminator" not in raw or "oneOf" in raw or "anyOf" in raw:
            return ()
        discriminator = raw["discriminator"]
        is_name = isinstance(discriminator, str)
        name = discriminator if is_name else text(mapping(discriminator).get("propertyName"))
        if not name:
            return ()
        found: dict[str, SchemaNode] = {}
        queue = [node, *self.mapped(self._mapping(discriminator), node).nodes]
        for one in queue[1:]:
            found[one.origin.pointer] = one
        for one in queue:
            for child in self.children(one.origin.pointer):
                if child.origin.pointer not in found and child.origin.pointer != node.origin.pointer:
                    found[child.origin.pointer] = child
                    queue.append(child)
        # In the order of the document, whatever the order of the mapping.
        order = {known.origin.pointer: number for number, known in enumerate(self.named.values())}
        subtypes = sorted(found.values(), key=lambda one: order.get(one.origin.pointer, len(order)))
        return tuple(subtypes) if any(one.origin.pointer != node.origin.pointer for one in subtypes) else ()

    def has_alternative(self, base: SchemaNode, child: SchemaNode) -> bool:
        """True where `oneOf` or `anyOf` of the base name the child."""
        for word in ("oneOf", "anyOf"):
            for index, one in enumerate(sequence(base.raw.get(word))):
                ref = reference(one) if isinstance(one, dict) else None
                found = None if ref is None else self._refs.follow(ref, base.origin.child(word, index))
                if found is not None and found.origin.pointer == child.origin.pointer:
                    return True
        return False

    @staticmethod
    def _mapping(discriminator: object) -> Mapping[str, str]:
        known = mapping(mapping(discriminator).get("mapping"))
        return {value: target for value, target in known.items() if isinstance(target, str)}

    def mapped(self, known: Mapping[str, str], node: SchemaNode) -> Mapped:
        """The schemas of a discriminator's mapping, each named by itself or by a reference."""
        tags: dict[str, tuple[str, ...]] = {}
        nodes: dict[str, SchemaNode] = {}
        at = node.origin.child("discriminator", "mapping")
        for value, target in known.items():
            found = self.named.get(target) if "#" not in target else None
            if found is None:
                found = self._refs.follow(target, at.child(value))
            if found is not None:
                pointer = found.origin.pointer
                nodes[pointer] = found
                tags[pointer] = (*tags.get(pointer, ()), value)
        return Mapped(tags, tuple(nodes.values()))

    def name(self, node: SchemaNode) -> str | None:
        """The name that the document gives to a schema."""
        return component_name(node.origin.pointer, self._dialect)
