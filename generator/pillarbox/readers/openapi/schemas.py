"""Schemas -> types. Recursion follows what stands inline; whatever has a name is looked up, each once.

Two views of every schema: what a request holds (`for_request`) and what an answer holds. Objects with a name become entries
of `all` and are referred to; everything else is written out where it is used.
"""

from collections import Counter
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
from .discriminators import Family
from .enums import enumeration
from .graph import Graph
from .merged_schema import Shape
from .one_of import Choices
from .refs import Refs, SchemaNode
from .resolution import Aliases, Found
from .scalars import format_kind, scalar
from .schema_keys import Keys, place_name
from .union_types import ONLY_NULL, either, nullable, told_apart

__all__ = ["Schemas"]

_DEEPEST = 44
"""Levels of inline schemas; deeper ones could not be written as Python anyway."""
_LARGEST = 3_000
"""Types in one named schema that is written out wherever it is used."""
_MOST_WRITTEN_OUT = 5_000_000
"""The same over the whole document."""
_TOO_LARGE = Anything("too large to be written out")
_MOST_RUNS = 8
"""How often a schema is read anew because it was cut, before the cut result is good enough."""


@dataclass(frozen=True, slots=True)
class _Where:
    """What is read: for which view, how deep, and inside of which recursive schema that is no object."""

    for_request: bool
    depth: int = 0
    holder: SchemaNode | None = None

    def deeper(self) -> "_Where":
        return replace(self, depth=self.depth + 1)


@dataclass(frozen=True, slots=True)
class _Named:
    shape: Shape
    name: str
    where: _Where
    views: bool
    origin: Origin


class Schemas:
    """The schemas of one document as types."""

    def __init__(self, refs: Refs, dialect: Dialect, problems: list[Problem]) -> None:
        self._refs = refs
        self._family = Family(refs, dialect)
        self._merger = Merger(refs, dialect)
        self._graph = Graph(refs, self._family.heirs)
        self._aliases = Aliases(refs, dialect, self._family, self._graph, self._merger)
        self._choices = Choices(self._family, self._merger, self._aliases)
        self._keys = Keys()
        for name, place in self._family.named.items():
            self._keys.reserve(place.origin.pointer, name)
        self._named: dict[str, _Named] = {}
        self._objects: dict[str, Object] = {}
        self._memo: dict[tuple[int, bool], tuple[Any, Type]] = {}
        self._written_out: dict[tuple[str, bool], tuple[Type, int]] = {}
        self._open: set[tuple[str, bool]] = set()
        self._runs: Counter[tuple[str, bool]] = Counter()
        self._cuts = 0
        self._total = 0

    # -- what others ask ------------------------------------------------------------------------------

    def type_of(self, schema: Any, origin: Origin, *, for_request: bool) -> Type:
        """The type of a place: what a request holds there, or what an answer does."""
        key = (id(schema), for_request)
        if key not in self._memo:
            # The schema is kept beside its type, or another one could come to lie at its address.
            self._memo[key] = (schema, self._type_at((SchemaNode(schema, origin),), _Where(for_request)))
        return self._memo[key][1]

    def spread(self, kind: Type) -> Type:
        """A whole body as one object with fields, where it can be seen as one; else the type as it is."""
        return flatten.spread(kind, self.object_of)

    def object_of(self, key: str) -> Object:
        """The object that a `Reference` names. Bytes in it are bytes, as a form sends them."""
        if key not in self._objects:
            named = self._named[key]
            self._objects[key] = self._object(named.shape, named.where, title=named.name)
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

    # -- places ---------------------------------------------------------------------------------------

    def _type_at(self, places: Sequence[SchemaNode], where: _Where) -> Type:
        self._refs.deadline.check()
        return self._type(self._aliases.look(places), where)

    def _type(self, found: Found, where: _Where) -> Type:
        if found.named is not None:
            kind = self._named_type(found.named, where)
        elif found.shape.targets or found.trail:
            kind = self._merged_type(found.shape, where)
        else:
            kind = self._assembled(found.shape, where)
        return nullable(kind) if found.null else kind

    def _named_type(self, place: SchemaNode, where: _Where) -> Type:
        """The type of a schema that has a name, or that other places refer to."""
        if heirs := self._family.heirs(place):
            identity = f"heirs of {place.origin.pointer}"
            return self._write_out(
                identity, place, where, lambda inner: self._heir_union(place, heirs, inner)
            )
        return self._own_type(place, where)

    def _own_type(self, place: SchemaNode, where: _Where) -> Type:
        """The type of exactly this schema, without those that may stand in for it."""
        shape = self._aliases.shape(place)
        name = self._family.name(place)
        if self._choices.is_object(shape):
            return self._referred(shape, name or place_name(place.origin.pointer), where)
        return self._write_out(
            place.origin.pointer, place, where, lambda inner: self._assembled(shape, inner, title=name or "")
        )

    def _merged_type(self, shape: Shape, where: _Where) -> Type:
        """The type of a schema without a name that is made of others, which may hold it in turn."""
        place = shape.places[0]
        is_object = self._choices.is_object(shape)
        name = shape.title or place_name(place.origin.pointer)
        recursive = any(self._graph.facts(target).recursive for target in shape.targets)
        if is_object and recursive:
            return self._referred(shape, name, where)
        kind = self._write_out(
            _identity(shape), place, where, lambda inner: self._assembled(shape, inner), shape.targets
        )
        return self._referred(shape, name, where) if is_object and kind is _TOO_LARGE else kind

    def _referred(self, shape: Shape, name: str, where: _Where) -> Type:
        """An object by its name in this view."""
        places = (*shape.places, *shape.beside, *(() if where.holder is None else (where.holder,)))
        views = any(self._graph.facts(place).views for place in places)
        key = self._keys.key(_identity(shape), name, for_request=where.for_request and views)
        if key not in self._named:
            origin = shape.places[0].origin
            self._named[key] = _Named(shape, name, replace(where, depth=0), views, origin)
        return nullable(Reference(key)) if shape.null else Reference(key)

    def _write_out(
        self,
        identity: str,
        place: SchemaNode,
        where: _Where,
        build: Callable[[_Where], Type],
        targets: Sequence[SchemaNode] = (),
    ) -> Type:
        """A type in full, for what has no name or is no object: once, within bounds, and not inside of itself."""
        key = (identity, where.for_request)
        if key in self._open:
            self._cuts += 1
            message = "this schema holds itself, and no object with fields in between gives it a name"
            self._warn("recursive-schema", message, place.origin)
            return Anything("recursive without an object")
        if key not in self._written_out:
            cuts, alone = self._cuts, not self._open and not where.depth
            self._open.add(key)
            self._runs[key] += 1
            recursive = any(self._graph.facts(one).recursive for one in (place, *targets))
            kind = build(_Where(where.for_request, where.depth + 1, place if recursive else None))
            self._open.discard(key)
            size = flatten.count(kind, _LARGEST)
            if size > _LARGEST:
                message = f"written out, this is more than {_LARGEST:,} types; it is not"
                self._warn("schema-too-large", message, place.origin)
                kind, size = _TOO_LARGE, 1
            if cuts != self._cuts and not alone and self._runs[key] < _MOST_RUNS:
                return kind
            self._written_out[key] = (kind, size)
        kind, size = self._written_out[key]
        self._total += size
        if self._total > _MOST_WRITTEN_OUT:
            message = f"more than {_MOST_WRITTEN_OUT:,} types are written out; no more are"
            self._warn("schema-too-large", message, self._refs.root.origin)
            return _TOO_LARGE
        return kind

    def _heir_union(self, base: SchemaNode, heirs: Sequence[SchemaNode], where: _Where) -> Type:
        """What stands where a schema with a discriminator is named: one of those that are merged from it."""
        shape = self._aliases.shape(base)
        mapped = self._family.mapped(shape.mapping, base)
        members = [
            (self._own_type(heir, where), self._choices.tags(shape.property, mapped, (heir,), heir))
            for heir in heirs
        ]
        kind = told_apart(members, shape.property)
        return nullable(kind) if shape.null else kind

    # -- shapes ---------------------------------------------------------------------------------------

    def _assembled(self, shape: Shape, where: _Where, *, title: str = "") -> Type:
        if where.depth > _DEEPEST:
            self._cuts += 1
            origin = shape.places[0].origin
            self._warn("nested-too-deep", "deeper schemas than this are taken as any value", origin)
            return Anything("nested too deep")
        kind = self._bare(shape, where, title)
        return nullable(kind) if shape.null else kind

    def _bare(self, shape: Shape, where: _Where, title: str) -> Type:
        if shape.values is not None:
            return enumeration(shape, title, self._refs)
        if self._choices.is_object(shape):
            return self._inline_object(shape, where)
        if shape.groups:
            return self._choice(shape, where)
        kinds = self._kinds(shape)
        if kinds == ():
            return ONLY_NULL if shape.null else Anything("the schema says nothing of its type")
        return either(self._of_kind(kind, shape, where) for kind in kinds)

    @staticmethod
    def _kinds(shape: Shape) -> tuple[str, ...]:
        """Words for the types, guessed from the rules where none is named."""
        if shape.kinds is not None:
            return shape.kinds
        if shape.is_object:
            return ("object",)
        if shape.is_array:
            return ("array",)
        if shape.format:
            return (format_kind(shape.format),)
        if shape.textual:
            return ("string",)
        return ("number",) if shape.numeric else ()

    def _of_kind(self, kind: str, shape: Shape, where: _Where) -> Type:
        match kind:
            case "object" if shape.properties or shape.maybe:
                return self._inline_object(shape, where)
            case "object":
                return Map(self._extra(shape, where) or Anything("the schema names no fields"))
            case "array":
                return Array(self._items(shape, where))
            case _:
                words = [part.node.get("type") for part in shape.parts]
                return scalar(kind, shape.format, next((text(word) for word in words if word), ""))

    def _items(self, shape: Shape, where: _Where) -> Type:
        inner = where.deeper()
        if shape.row:
            rows = [self._type_at((place,), inner) for place in shape.row if place.node is not False]
            return either(rows) if rows else Anything("the array is empty")
        if shape.items:
            return self._type_at(shape.items, inner)
        return Anything("the schema names no items")

    def _extra(self, shape: Shape, where: _Where) -> Type | None:
        if shape.extra:
            return either(self._type_at((place,), where.deeper()) for place in shape.extra)
        return Anything("any further field is allowed") if shape.any_extra else None

    def _choice(self, shape: Shape, where: _Where) -> Type:
        """A union of the alternatives, each with what stands beside them."""
        inner = where.deeper()
        members: list[tuple[Type, tuple[str, ...]]] = []
        choice = self._choices.choice(shape)
        for member in choice.members:
            if member.merged is not None:
                kind = self._merged_type(member.merged, inner)
            else:
                kind = _explained(self._type(member.found, inner), member.found)
            members.append((kind, member.tags))
        return told_apart(members, choice.property)

    # -- objects --------------------------------------------------------------------------------------

    def _inline_object(self, shape: Shape, where: _Where) -> Type:
        """An object where it stands. Inside of a recursive schema it needs a name, to be referred to."""
        if where.holder is None:
            return self._object(shape, where, title=shape.title)
        holder = self._family.name(where.holder) or place_name(where.holder.origin.pointer)
        own = shape.title or self._aliases.name_of(shape)
        named = self._referred(shape, f"{holder} {own}".strip(), where)
        return named.inner if isinstance(named, Nullable) else named

    def _object(self, shape: Shape, where: _Where, *, title: str) -> Object:
        inner = where.deeper()
        fields = [
            made
            for wire, places in shape.properties.items()
            if (made := self._field(wire, places, wire in shape.required, inner)) is not None
        ]
        fields.extend(self._added(shape, inner))
        return Object(
            fields=tuple(fields),
            extra=self._extra(shape, where),
            title=title,
            doc=shape.doc,
            origin=shape.places[0].origin,
        )

    def _added(self, shape: Shape, where: _Where) -> list[Field]:
        """Fields that alternatives and conditions add to an object."""
        found: dict[str, list[Field]] = {}
        always: set[str] = set()
        for group in shape.groups:
            shapes = [self._merger.shape((variant,)) for variant in group.variants]
            always |= set.intersection(*(one.required & one.properties.keys() for one in shapes))
            for one in shapes:
                for wire, places in one.properties.items():
                    if wire not in shape.properties and (made := self._field(wire, places, False, where)):
                        found.setdefault(wire, []).append(made)
        for wire, places in shape.maybe.items():
            if wire not in shape.properties and (made := self._field(wire, places, False, where)):
                found.setdefault(wire, []).append(made)
        return [
            replace(flatten.joined_field(fields, of=len(fields)), required=wire in always | shape.required)
            for wire, fields in found.items()
        ]

    def _field(self, wire: str, places: Sequence[SchemaNode], required: bool, where: _Where) -> Field | None:
        """A member of an object; None where this view does not hold it."""
        if any(place.node is False for place in places):
            return None
        found = self._aliases.look(places)
        if found.read_only != found.write_only and (
            found.read_only if where.for_request else found.write_only
        ):
            return None
        kind = self._type(found, where)
        doc = found.doc
        if not doc and found.named is not None and not isinstance(kind, Reference):
            doc = found.shape.doc or found.shape.inherited_doc
        secret = isinstance(found.default, str) and is_secret_name(wire)
        return Field(
            wire=wire,
            type=kind,
            required=required,
            doc=doc if secret else with_default(doc, found.default),
            deprecated=found.deprecated,
            example=_shown(places, found),
        )

    def _warn(self, code: str, message: str, origin: Origin) -> None:
        self._refs.note(Severity.WARNING, code, message, origin)


def _shown(places: Sequence[SchemaNode], found: Found) -> Json:
    """The first example that a field's schemas give, from the outside to the inside; else a default."""
    nodes = [place.node for place in (*places, *found.trail, *([found.named] if found.named else ()))]
    for node in nodes:
        if isinstance(node, dict) and node.get("example") is not None:
            return node["example"]  # type: ignore[no-any-return]
        if isinstance(node, dict) and isinstance(node.get("examples"), list) and node["examples"]:
            return node["examples"][0]  # type: ignore[no-any-return]
    return found.default  # type: ignore[no-any-return]


def _explained(kind: Type, found: Found) -> Type:
    """One value among alternatives with what is said of it: how OpenAPI 3.1 documents a list of values."""
    words = found.doc or found.shape.title
    if isinstance(kind, Enumeration) and len(kind.values) == 1 and not kind.docs and words:
        return replace(kind, docs=(words,))
    return kind


def _identity(shape: Shape) -> str:
    """What a schema without a name is known by: the places that it is made of."""
    return "+".join(place.origin.pointer for place in (*shape.places, *shape.beside))
