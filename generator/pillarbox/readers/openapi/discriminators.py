"""Discriminators: the subtypes of a base schema, and the values that select each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.problems import Origin
from ..lenient import mapping, sequence, text
from .dialect import Dialect
from .keywords import reference
from .refs import Refs, SchemaNode
from .schema_keys import component_name

__all__ = ["Discriminators", "Mapped"]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The mapping of a discriminator, by schema."""

    tags: Mapping[Origin, tuple[str, ...]]
    """Origin of a schema -> the values that select it."""
    nodes: tuple[SchemaNode, ...]


class Discriminators:
    """The named schemas of a document and which of them are merged from which."""

    def __init__(self, refs: Refs, dialect: Dialect) -> None:
        self._refs = refs
        self._dialect = dialect
        self._names: dict[Origin, str] = {}
        """Names of schemas in other files that the document's own components refer to."""
        self.named: dict[str, SchemaNode] = {
            name: self._component(name, node) for name, node in self._listed()
        }
        self._children: dict[Origin, list[SchemaNode]] | None = None

    def _listed(self) -> Iterator[tuple[str, SchemaNode]]:
        """The components as they are written; they may be listed in another file."""
        raw, at = self._refs.root.raw, self._refs.root.origin
        for step in ("definitions",) if self._dialect is Dialect.SWAGGER_2 else ("components", "schemas"):
            raw = mapping(raw).get(step)
            raw, at = self._refs.resolve({} if raw is None else raw, at.child(step))
        for name, child in raw.items():
            yield name, SchemaNode(child, at.child(name))

    def _component(self, name: str, node: SchemaNode) -> SchemaNode:
        """A component. One that is only the name of a schema in another file is that schema."""
        ref = node.raw.get("$ref") if isinstance(node.raw, dict) and len(node.raw) == 1 else None
        if not isinstance(ref, str) or ref.startswith("#"):
            return node
        target = self._refs.follow(ref, node.origin)
        if target is None or target.origin.file == node.origin.file:
            return node
        self._names.setdefault(target.origin, name)
        return target

    def children(self, origin: Origin) -> Sequence[SchemaNode]:
        """Named schemas whose allOf names the one at `origin`."""
        if self._children is None:
            self._children = {}
            for node in self.named.values():
                for parent in self._parents(node):
                    self._children.setdefault(parent, []).append(node)
        return self._children.get(origin, ())

    def _parents(self, node: SchemaNode) -> list[Origin]:
        found: dict[Origin, None] = {}
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
                found[target.origin] = None
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
        found: dict[Origin, SchemaNode] = {}
        queue = [node, *self.mapped(self._mapping(discriminator), node).nodes]
        for one in queue[1:]:
            found[one.origin] = one
        for one in queue:
            for child in self.children(one.origin):
                if child.origin not in found and child.origin != node.origin:
                    found[child.origin] = child
                    queue.append(child)
        # In the order of the document, whatever the order of the mapping.
        order = {known.origin: number for number, known in enumerate(self.named.values())}
        subtypes = sorted(found.values(), key=lambda one: order.get(one.origin, len(order)))
        return tuple(subtypes) if any(one.origin != node.origin for one in subtypes) else ()

    def has_alternative(self, base: SchemaNode, child: SchemaNode) -> bool:
        """True where `oneOf` or `anyOf` of the base name the child."""
        for word in ("oneOf", "anyOf"):
            for index, one in enumerate(sequence(base.raw.get(word))):
                ref = reference(one) if isinstance(one, dict) else None
                found = None if ref is None else self._refs.follow(ref, base.origin.child(word, index))
                if found is not None and found.origin == child.origin:
                    return True
        return False

    @staticmethod
    def _mapping(discriminator: object) -> Mapping[str, str]:
        known = mapping(mapping(discriminator).get("mapping"))
        return {value: target for value, target in known.items() if isinstance(target, str)}

    def mapped(self, known: Mapping[str, str], node: SchemaNode) -> Mapped:
        """The schemas of a discriminator's mapping, each named by itself or by a reference."""
        tags: dict[Origin, tuple[str, ...]] = {}
        nodes: dict[Origin, SchemaNode] = {}
        at = node.origin.child("discriminator", "mapping")
        for value, target in known.items():
            found = self.named.get(target) if "#" not in target else None
            if found is None:
                found = self._refs.follow(target, at.child(value))
            if found is not None:
                nodes[found.origin] = found
                tags[found.origin] = (*tags.get(found.origin, ()), value)
        return Mapped(tags, tuple(nodes.values()))

    def name(self, node: SchemaNode) -> str | None:
        """The name that the document gives to a schema."""
        return self._names.get(node.origin) or component_name(
            node.origin, self._refs.root.origin.file, self._dialect
        )
