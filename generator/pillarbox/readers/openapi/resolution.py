"""Schemas that only name another one: a reference, an `allOf` of one, a choice of one and null."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.problems import Origin
from ..lenient import text
from .all_of import Merger
from .dialect import Dialect
from .discriminators import Discriminators
from .graph import Graph
from .keywords import allows_null, alternatives, is_annotation_only, is_made_of_others, is_null, reference
from .merged_schema import MergedSchema
from .refs import Refs, SchemaNode

__all__ = ["Resolved", "Resolver"]

_MOST_STEPS_UP = 20
"""Names of a base schema that are looked through."""
_MOST_MERGED = 4
"""Members of an allOf of which all but one may be uninformative."""


@dataclass(slots=True)
class Resolved:
    """The schema that a node resolves to, and what was documented on the way."""

    merged: MergedSchema
    named: SchemaNode | None = None
    """The schema with a name that it is; None where it is one of its own."""
    trail: tuple[SchemaNode, ...] = ()
    """The schemas that were passed."""
    null: bool = False
    """Null is allowed on the way (that the schema itself allows it is part of `merged`)."""
    doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Any = None


@dataclass(slots=True)
class _Annotations:
    """Documentation that is gathered on the way; what came first counts."""

    null: bool = False
    doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: Any = None
    trail: list[SchemaNode] = field(default_factory=list)

    def add(self, node: SchemaNode) -> None:
        raw = node.raw
        self.trail.append(node)
        self.null |= allows_null(raw)
        self.doc = self.doc or text(raw.get("description")).strip()
        self.deprecated |= raw.get("deprecated") is True
        self.read_only |= raw.get("readOnly") is True
        self.write_only |= raw.get("writeOnly") is True
        if self.default is None:
            self.default = raw.get("default")


class Resolver:
    """Resolves the schemas of one document."""

    def __init__(
        self, refs: Refs, dialect: Dialect, discriminators: Discriminators, graph: Graph, merger: Merger
    ) -> None:
        self._refs = refs
        self._loose = dialect is not Dialect.OPENAPI_31
        self._discriminators = discriminators
        self._graph = graph
        self._merger = merger
        self._merged: dict[Origin, MergedSchema] = {}

    def merged(self, node: SchemaNode) -> MergedSchema:
        """A schema that has a name, or that others refer to, merged once."""
        if node.origin not in self._merged:
            self._merged[node.origin] = self._merger.merge((node,))
        return self._merged[node.origin]

    def name_of(self, merged: MergedSchema) -> str:
        """The name of the last part of a merged schema that has one."""
        return next(
            (name for part in reversed(merged.parts) if (name := self._discriminators.name(part))), ""
        )

    def resolve(self, nodes: Sequence[SchemaNode]) -> Resolved:
        """The schema that `nodes`, which all describe one value, resolve to."""
        annotations = _Annotations()
        if len(nodes) == 1 and self._is_its_own(nodes[0]):
            return self._found(self._merger.merge(nodes), None, annotations)
        informative = [node for node in nodes if not _is_uninformative(node.raw)]
        if len(informative) > 1:
            references = [node for node in informative if not _is_type_only(node.raw)]
            if len(references) == 1 and reference(references[0].raw) is not None:
                informative = references
        if (
            len(informative) > 1
            and len({id(self._end(node, _Annotations()).raw) for node in informative}) == 1
        ):
            informative = informative[-1:]
        if len(informative) == 1:
            for node in reversed(nodes):
                if node is not informative[0] and isinstance(node.raw, dict):
                    annotations.add(node)
            end = self._end(informative[0], annotations)
            if self._is_named(end, annotations.trail):
                return self._found(self.merged(end), end, annotations)
            if annotations.trail:
                return self._found(self._merger.merge((end,)), None, annotations)
        return self._found(self._merger.merge(nodes), None, annotations)

    def _is_its_own(self, node: SchemaNode) -> bool:
        """True for a schema that refers to nothing and has no name; quick, because most are."""
        raw = node.raw
        return not isinstance(raw, dict) or (
            not is_made_of_others(raw)
            and "discriminator" not in raw
            and self._discriminators.name(node) is None
        )

    def _is_named(self, end: SchemaNode, trail: Sequence[SchemaNode]) -> bool:
        if not isinstance(end.raw, dict):
            return False
        if self._discriminators.name(end) is not None:
            return True
        referred = any(reference(node.raw) is not None for node in trail)
        return referred and self._graph.facts(end).recursive

    @staticmethod
    def _found(merged: MergedSchema, named: SchemaNode | None, annotations: _Annotations) -> Resolved:
        return Resolved(
            merged,
            named,
            tuple(annotations.trail),
            annotations.null,
            annotations.doc or ("" if named else merged.doc or merged.inherited_doc),
            annotations.deprecated or (named is None and merged.deprecated),
            annotations.read_only or merged.read_only,
            annotations.write_only or merged.write_only,
            merged.default if annotations.default is None else annotations.default,
        )

    def _end(self, node: SchemaNode, annotations: _Annotations) -> SchemaNode:
        """The schema that `node` refers to, followed to the end; the schemas on the way are noted."""
        passed: set[int] = set()
        while isinstance(node.raw, dict):
            if id(node.raw) in passed:
                self._refs.circular(node.origin)
                return SchemaNode({}, node.origin.child("$ref"))
            passed.add(id(node.raw))
            if self._discriminators.subtypes(node):
                break
            inner = self._inner(node)
            if inner is None or self._is_subtype(node, inner):
                break
            annotations.add(node)
            if reference(node.raw) is None and (word := self._combining(node.raw)) is not None:
                annotations.null |= any(is_null(one) for one in node.raw[word])
            node = inner
        return node

    def _is_subtype(self, node: SchemaNode, of: SchemaNode) -> bool:
        """True for a named subtype that adds nothing to its base."""
        if self._discriminators.name(node) is None:
            return False
        end = of
        for _ in range(_MOST_STEPS_UP):
            if not isinstance(end.raw, dict):
                return False
            if any(subtype.origin == node.origin for subtype in self._discriminators.subtypes(end)):
                return True
            if self._discriminators.has_alternative(end, node):
                return True
            if (ref := reference(end.raw)) is None or (target := self._refs.follow(ref, end.origin)) is None:
                return False
            end = target
        return False

    def _inner(self, node: SchemaNode) -> SchemaNode | None:
        """The one schema that this one only names."""
        raw = node.raw
        if (ref := reference(raw)) is not None:
            if self._loose or is_annotation_only(raw, "$ref", "$dynamicRef", "type"):
                target = self._refs.follow(ref, node.origin)
                return SchemaNode({}, node.origin.child("$ref")) if target is None else target
            return None
        word = self._combining(raw)
        if word is None:
            return None
        kept: list[int] = []
        for index, one in enumerate(raw[word]):
            if not is_null(one) and not (word == "allOf" and _is_uninformative(one)):
                kept.append(index)
            if len(kept) > (_MOST_MERGED if word == "allOf" else 1):
                return None
        if len(kept) > 1:
            kept = [index for index in kept if not _is_type_only(raw[word][index])]
        if len(kept) != 1 or not isinstance(raw[word][kept[0]], dict):
            return None
        return SchemaNode(raw[word][kept[0]], node.origin.child(word, kept[0]))

    @staticmethod
    def _combining(raw: Mapping[str, Any]) -> str | None:
        """The combining keyword of a schema that has no other."""
        for word in ("allOf", *alternatives(raw)):
            if isinstance(raw.get(word), list) and is_annotation_only(raw, word, "type"):
                return word
        return None


def _is_uninformative(raw: Any) -> bool:
    return raw is True or (isinstance(raw, dict) and is_annotation_only(raw))


def _is_type_only(raw: Any) -> bool:
    return isinstance(raw, dict) and is_annotation_only(raw, "type")
