"""Schemas -> types.

There are two views of every schema: what a request holds (`for_request`) and what a response holds. Objects with a name
are entries of `all`, each read once, and types refer to them; all other types are written out where they are used.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ...model.problems import Origin, Problem, Severity
from ...model.types import (
    Anything,
    Array,
    Enumeration,
    Field,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Schema,
    Type,
)
from ..lenient import text
from ..secret_names import is_secret_name
from . import flatten
from .all_of import Merger
from .defaults import with_default
from .dialect import Dialect
from .discriminators import Discriminators
from .enums import enumeration
from .graph import Graph
from .inlining import TOO_LARGE, InlineKey, Inliner
from .merged_schema import MergedSchema
from .one_of import Alternatives
from .refs import Refs, SchemaNode
from .resolution import Resolved, Resolver
from .scalars import format_kind, scalar
from .schema_keys import SchemaKeys, origin_name
from .union_types import ONLY_NULL, either, nullable, union_of

__all__ = ["Schemas"]

_DEEPEST = 44
"""Levels of inline schemas; deeper ones could not be written as Python anyway."""


@dataclass(frozen=True, slots=True)
class _Where:
    """For which view a schema is read, how deep, and inside of which recursive schema that is no object."""

    for_request: bool
    depth: int = 0
    holder: SchemaNode | None = None

    def deeper(self) -> "_Where":
        return replace(self, depth=self.depth + 1)


@dataclass(frozen=True, slots=True)
class _Named:
    merged: MergedSchema
    name: str
    where: _Where
    views: bool
    origin: Origin


class Schemas:
    """The schemas of one document as types."""

    def __init__(self, refs: Refs, dialect: Dialect, problems: list[Problem]) -> None:
        self._refs = refs
        self._discriminators = Discriminators(refs, dialect)
        self._merger = Merger(refs, dialect)
        self._graph = Graph(refs, self._discriminators.subtypes)
        self._resolver = Resolver(refs, dialect, self._discriminators, self._graph, self._merger)
        self._alternatives = Alternatives(self._discriminators, self._merger, self._resolver)
        self._keys = SchemaKeys()
        for name, node in self._discriminators.named.items():
            self._keys.reserve(str(node.origin), name)
        self._named: dict[str, _Named] = {}
        self._objects: dict[str, Object] = {}
        self._memo: dict[tuple[int, bool], tuple[Any, Type]] = {}
        self._inliner = Inliner(refs)

    # -- for other modules ------------------------------------------------------------------------------

    def type_of(self, schema: Any, origin: Origin, *, for_request: bool) -> Type:
        """The type of a schema as requests hold it, or as responses do."""
        key = (id(schema), for_request)
        if key not in self._memo:
            # The schema is kept beside its type, or another one could come to lie at its address.
            self._memo[key] = (schema, self._type_at((SchemaNode(schema, origin),), _Where(for_request)))
        return self._memo[key][1]

    def flattened(self, kind: Type) -> Type:
        """A whole body as one object with fields, where it can be seen as one; else the type as it is."""
        return flatten.flattened(kind, self.object_of)

    def object_of(self, key: str) -> Object:
        """The object that a `Reference` names. Bytes in it are bytes, as a form sends them."""
        if key not in self._objects:
            named = self._named[key]
            self._objects[key] = self._object(named.merged, named.where, title=named.name)
        return self._objects[key]

    @property
    def all(self) -> Mapping[str, Schema]:
        """The named objects that were reached so far, and all that they reach."""
        found: dict[str, Schema] = {}
        while len(found) < len(self._named):
            for key in tuple(self._named):
                if key not in found:
                    named = self._named[key]
                    kind = flatten.textual(self.object_of(key))
                    assert isinstance(kind, Object)
                    for_request = named.where.for_request and named.views
                    found[key] = Schema(
                        name=named.name, type=kind, for_request=for_request, origin=named.origin
                    )
        return MappingProxyType(found)

    # -- nodes ---------------------------------------------------------------------------------------

    def _type_at(self, nodes: Sequence[SchemaNode], where: _Where) -> Type:
        self._refs.deadline.check()
        return self._type(self._resolver.resolve(nodes), where)

    def _type(self, found: Resolved, where: _Where) -> Type:
        if found.named is not None:
            kind = self._named_type(found.named, where)
        elif found.merged.targets or found.trail:
            kind = self._anonymous_type(found.merged, where)
        else:
            kind = self._assembled(found.merged, where)
        return nullable(kind) if found.null else kind

    def _named_type(self, node: SchemaNode, where: _Where) -> Type:
        """The type of a schema that has a name, or that others refer to."""
        if subtypes := self._discriminators.subtypes(node):
            identity = f"subtypes of {node.origin}"
            return self._inlined(
                identity, node, where, lambda inner: self._subtype_union(node, subtypes, inner)
            )
        return self._own_type(node, where)

    def _own_type(self, node: SchemaNode, where: _Where) -> Type:
        """The type of exactly this schema, without its subtypes."""
        merged = self._resolver.merged(node)
        name = self._discriminators.name(node)
        if self._alternatives.is_object(merged):
            return self._referred(merged, name or origin_name(node.origin), where)
        return self._inlined(
            str(node.origin), node, where, lambda inner: self._assembled(merged, inner, title=name or "")
        )

    def _anonymous_type(self, merged: MergedSchema, where: _Where) -> Type:
        """The type of a schema without a name that is merged from others, which may hold it in turn."""
        node = merged.nodes[0]
        is_object = self._alternatives.is_object(merged)
        name = merged.title or origin_name(node.origin)
        recursive = any(self._graph.facts(target).recursive for target in merged.targets)
        if is_object and recursive:
            return self._referred(merged, name, where)
        kind = self._inlined(
            _identity(merged), node, where, lambda inner: self._assembled(merged, inner), merged.targets
        )
        return self._referred(merged, name, where) if is_object and kind is TOO_LARGE else kind

    def _referred(self, merged: MergedSchema, name: str, where: _Where) -> Type:
        """An object by its name in this view."""
        nodes = (*merged.nodes, *merged.beside, *(() if where.holder is None else (where.holder,)))
        views = any(self._graph.facts(node).views for node in nodes)
        key = self._keys.key(_identity(merged), name, for_request=where.for_request and views)
        if key not in self._named:
            origin = merged.nodes[0].origin
            self._named[key] = _Named(merged, name, replace(where, depth=0), views, origin)
        return nullable(Reference(key)) if merged.null else Reference(key)

    def _inlined(
        self,
        identity: str,
        node: SchemaNode,
        where: _Where,
        build: Callable[[_Where], Type],
        targets: Sequence[SchemaNode] = (),
    ) -> Type:
        """A type in full, for what has no name or is no object."""
        recursive = any(self._graph.facts(one).recursive for one in (node, *targets))
        inner = _Where(where.for_request, where.depth + 1, node if recursive else None)
        return self._inliner.type_of(
            InlineKey(identity, where.for_request),
            node.origin,
            lambda: build(inner),
            depth=where.depth,
        )

    def _subtype_union(self, base: SchemaNode, subtypes: Sequence[SchemaNode], where: _Where) -> Type:
        """The type of a schema with a discriminator: a union of its subtypes."""
        merged = self._resolver.merged(base)
        mapped = self._discriminators.mapped(merged.mapping, base)
        members = [
            (
                self._own_type(subtype, where),
                self._alternatives.tags(merged.property, mapped, (subtype,), subtype),
            )
            for subtype in subtypes
        ]
        kind = union_of(members, merged.property, self._discriminators.name(base) or "")
        return nullable(kind) if merged.null else kind

    # -- merged schemas ---------------------------------------------------------------------------------------

    def _assembled(self, merged: MergedSchema, where: _Where, *, title: str = "") -> Type:
        if where.depth > _DEEPEST:
            self._inliner.cut_for_depth()
            origin = merged.nodes[0].origin
            self._warn("nested-too-deep", "deeper schemas than this are taken as any value", origin)
            return Anything("nested too deep")
        kind = self._bare(merged, where, title)
        return nullable(kind) if merged.null else kind

    def _bare(self, merged: MergedSchema, where: _Where, title: str) -> Type:
        if merged.values is not None:
            return enumeration(merged, title, self._refs)
        if self._alternatives.is_object(merged):
            return self._inline_object(merged, where)
        if merged.groups:
            return self._choice(merged, where, title)
        kinds = self._kinds(merged)
        if kinds == ():
            return ONLY_NULL if merged.null else Anything("the schema has no type")
        return either(self._of_kind(kind, merged, where) for kind in kinds)

    @staticmethod
    def _kinds(merged: MergedSchema) -> tuple[str, ...]:
        """Words for the types, implied by other keywords where none is named."""
        if merged.kinds is not None:
            return merged.kinds
        if merged.is_object:
            return ("object",)
        if merged.is_array:
            return ("array",)
        if merged.format:
            return (format_kind(merged.format),)
        if merged.textual:
            return ("string",)
        return ("number",) if merged.numeric else ()

    def _of_kind(self, kind: str, merged: MergedSchema, where: _Where) -> Type:
        match kind:
            case "object" if merged.properties or merged.conditional:
                return self._inline_object(merged, where)
            case "object":
                return Map(self._additional(merged, where) or Anything("the schema names no fields"))
            case "array":
                return Array(self._items(merged, where))
            case _:
                words = [part.raw.get("type") for part in merged.parts]
                return scalar(kind, merged.format, next((text(word) for word in words if word), ""))

    def _items(self, merged: MergedSchema, where: _Where) -> Type:
        inner = where.deeper()
        if merged.prefix_items:
            rows = [self._type_at((node,), inner) for node in merged.prefix_items if node.raw is not False]
            return either(rows) if rows else Anything("the array is empty")
        if merged.items:
            return self._type_at(merged.items, inner)
        return Anything("the schema names no items")

    def _additional(self, merged: MergedSchema, where: _Where) -> Type | None:
        if merged.additional:
            return either(self._type_at((node,), where.deeper()) for node in merged.additional)
        return Anything("any further field is allowed") if merged.any_additional else None

    def _choice(self, merged: MergedSchema, where: _Where, title: str) -> Type:
        """A union of the alternatives, each with the keywords beside them."""
        inner = where.deeper()
        members: list[tuple[Type, tuple[str, ...]]] = []
        choice = self._alternatives.choice(merged)
        for member in choice.members:
            if member.combined is not None:
                kind = self._anonymous_type(member.combined, inner)
            else:
                kind = _explained(self._type(member.found, inner), member.found)
            members.append((kind, member.tags))
        return union_of(members, choice.property, title)

    # -- objects --------------------------------------------------------------------------------------

    def _inline_object(self, merged: MergedSchema, where: _Where) -> Type:
        """An object written out. Inside of a recursive schema it needs a name, to be referred to."""
        if where.holder is None:
            return self._object(merged, where, title=merged.title)
        origin, around = merged.nodes[0].origin, where.holder.origin
        is_below = origin.is_below(around)
        own = (merged.title if is_below else "") or self._resolver.name_of(merged)
        holder = self._discriminators.name(where.holder) or origin_name(around)
        # Without a name of its own it is named after its location, which may be in another schema than the holder.
        name = f"{holder} {own}" if own else origin_name(origin)
        named = self._referred(merged, name, where)
        return named.inner if isinstance(named, Nullable) else named

    def _object(self, merged: MergedSchema, where: _Where, *, title: str) -> Object:
        inner = where.deeper()
        fields = [
            made
            for wire, nodes in merged.properties.items()
            if (made := self._field(wire, nodes, wire in merged.required, inner)) is not None
        ]
        fields.extend(self._added(merged, inner))
        return Object(
            fields=tuple(fields),
            extra=self._additional(merged, where),
            title=title,
            doc=merged.doc,
            origin=merged.nodes[0].origin,
        )

    def _added(self, merged: MergedSchema, where: _Where) -> list[Field]:
        """Fields that alternatives and conditions add to an object."""
        found: dict[str, list[Field]] = {}
        always: set[str] = set()
        for group in merged.groups:
            schemas = [self._merger.merge((variant,)) for variant in group.variants]
            always |= set.intersection(*(one.required & one.properties.keys() for one in schemas))
            for one in schemas:
                for wire, nodes in one.properties.items():
                    if wire not in merged.properties and (made := self._field(wire, nodes, False, where)):
                        found.setdefault(wire, []).append(made)
        for wire, nodes in merged.conditional.items():
            if wire not in merged.properties and (made := self._field(wire, nodes, False, where)):
                found.setdefault(wire, []).append(made)
        return [
            replace(flatten.joined_field(fields, of=len(fields)), required=wire in always | merged.required)
            for wire, fields in found.items()
        ]

    def _field(self, wire: str, nodes: Sequence[SchemaNode], required: bool, where: _Where) -> Field | None:
        """A member of an object; None where this view does not hold it."""
        if any(node.raw is False for node in nodes):
            return None
        found = self._resolver.resolve(nodes)
        if found.read_only != found.write_only and (
            found.read_only if where.for_request else found.write_only
        ):
            return None
        kind = self._type(found, where)
        doc = found.doc
        if not doc and found.named is not None and not isinstance(kind, Reference):
            doc = found.merged.doc or found.merged.inherited_doc
        secret = isinstance(found.default, str) and is_secret_name(wire)
        return Field(
            wire=wire,
            type=kind,
            required=required,
            doc=doc if secret else with_default(doc, found.default),
            deprecated=found.deprecated,
            example=_shown(nodes, found),
        )

    def _warn(self, code: str, message: str, origin: Origin) -> None:
        self._refs.note(Severity.WARNING, code, message, origin)


def _shown(nodes: Sequence[SchemaNode], found: Resolved) -> Json:
    """The first example that a field's schemas give, from the outside to the inside; else a default."""
    raws = [node.raw for node in (*nodes, *found.trail, *([found.named] if found.named else ()))]
    for raw in raws:
        if isinstance(raw, dict) and raw.get("example") is not None:
            return raw["example"]  # type: ignore[no-any-return]
        if isinstance(raw, dict) and isinstance(raw.get("examples"), list) and raw["examples"]:
            return raw["examples"][0]  # type: ignore[no-any-return]
    return found.default  # type: ignore[no-any-return]


def _explained(kind: Type, found: Resolved) -> Type:
    """One value among alternatives with its documentation: how OpenAPI 3.1 documents a list of values."""
    words = found.doc or found.merged.title
    if isinstance(kind, Enumeration) and len(kind.values) == 1 and not kind.docs and words:
        return replace(kind, docs=(words,))
    return kind


def _identity(merged: MergedSchema) -> str:
    """What a schema without a name is known by: the nodes that it is merged from."""
    return "+".join(str(node.origin) for node in (*merged.nodes, *merged.beside))
