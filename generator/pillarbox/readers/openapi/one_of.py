"""oneOf and anyOf: which alternatives there are, what each is, and what tells them apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from .all_of import Merger
from .discriminators import Family, Mapped
from .keywords import is_constraint_only, is_described_only, reference
from .merged_schema import Shape
from .refs import SchemaNode
from .resolution import Aliases, Found

__all__ = ["Choice", "Choices", "Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """One alternative."""

    found: Found
    merged: Shape | None
    """With what stands beside the alternatives, where that adds to it."""
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternatives of a schema, and the property that tells them apart, or an empty name."""

    members: tuple[Member, ...]
    property: str


class Choices:
    """Reads the alternatives of one document."""

    def __init__(self, family: Family, merger: Merger, aliases: Aliases) -> None:
        self._family = family
        self._merger = merger
        self._aliases = aliases

    def is_object(self, shape: Shape) -> bool:
        """True for one object with fields, alternatives that only add fields included."""
        if shape.values is not None or shape.kinds not in (None, ("object",)):
            return False
        if shape.groups:
            return self._only_adds(shape)
        return bool(shape.properties or shape.maybe)

    def _only_adds(self, shape: Shape) -> bool:
        several = len(shape.groups) > 1
        if not shape.properties or any(group.property for group in shape.groups):
            return several and all(self._adds(one) for group in shape.groups for one in group.variants)
        return all(
            self._adds(one) and (several or reference(one.node) is None)
            for group in shape.groups
            for one in group.variants
        )

    def _adds(self, variant: SchemaNode) -> bool:
        """True for an object without alternatives of its own, or for rules about one."""
        if not isinstance(variant.node, dict):
            return False
        shape = self._merger.shape((variant,))
        if shape.groups or shape.values is not None or shape.kinds not in (None, ("object",)):
            return False
        return shape.is_object or shape.kinds is not None or is_constraint_only(variant.node)

    def choice(self, shape: Shape) -> Choice:
        """The alternatives of the first `oneOf` or `anyOf` of a shape."""
        group = shape.groups[0]
        owner = shape.parts[-1] if shape.parts else shape.places[0]
        mapped = self._family.mapped(group.mapping, owner)
        looked = [(variant, self._aliases.look((variant,))) for variant in group.variants]
        property = group.property or self._telling([found for _, found in looked])
        members = [
            Member(
                found,
                self._merged(shape, variant, found),
                self.tags(
                    property, mapped, (variant, *found.trail, *_named(found)), found.named, found.shape
                ),
            )
            for variant, found in looked
        ]
        return Choice(tuple(members), property)

    def tags(
        self,
        property: str,
        mapped: Mapped,
        passed: Sequence[SchemaNode],
        named: SchemaNode | None,
        shape: Shape | None = None,
    ) -> tuple[str, ...]:
        """Values of the discriminator that mean a member: the mapping's, else its own, else its name."""
        if not property:
            return ()
        tags = tuple(tag for place in passed for tag in mapped.tags.get(place.origin.pointer, ()))
        if tags:
            return tuple(dict.fromkeys(tags))
        if shape is None and named is not None:
            shape = self._aliases.shape(named)
        if shape is not None and (own := self._values(shape, property)):
            return own
        names = (self._family.name(place) for place in reversed(passed))
        name = next((name for name in names if name), None)
        return (name,) if name else ()

    def _values(self, shape: Shape, property: str) -> tuple[str, ...]:
        """The texts that a property of this shape must be one of."""
        places = shape.properties.get(property)
        if not places:
            return ()
        values = self._aliases.look(places).shape.values or ()
        return tuple(value for value in values if isinstance(value, str)) if len(values) <= 20 else ()

    def _telling(self, members: Sequence[Found]) -> str:
        """A property that every member requires, with other values in each: as good as a discriminator."""
        shapes = [found.shape for found in members]
        if len(shapes) < 2 or any(shape.groups or not shape.properties for shape in shapes):
            return ""
        for name in shapes[0].properties:
            if not all(name in shape.properties and name in shape.required for shape in shapes):
                continue
            values = [self._values(shape, name) for shape in shapes]
            every = [value for one in values for value in one]
            if all(values) and len(set(every)) == len(every):
                return name
        return ""

    def _merged(self, shape: Shape, variant: SchemaNode, found: Found) -> Shape | None:
        """An alternative with what stands beside it, or None where it says all of that itself."""
        own = found.shape
        if found.named is not None and self._family.heirs(found.named):
            return None
        silent = not isinstance(variant.node, dict) or (
            is_constraint_only(variant.node) or is_described_only(variant.node)
        )
        if silent:
            return self._with_base(shape, variant) if _says_type(shape) else None
        if not _says_type(own) and not own.groups:
            return self._with_base(shape, variant) if _says_type(shape) else None
        beside = shape.properties.keys() - own.properties.keys()
        could_hold = own.kinds is None or "object" in own.kinds
        return self._with_base(shape, variant) if beside and could_hold else None

    def _with_base(self, shape: Shape, variant: SchemaNode) -> Shape:
        merged = self._merger.shape((variant,), beside=shape)
        merged.title = merged.title or self._aliases.name_of(merged)
        return merged


def _named(found: Found) -> tuple[SchemaNode, ...]:
    return () if found.named is None else (found.named,)


def _says_type(shape: Shape) -> bool:
    return bool(shape.kinds or shape.is_object or shape.is_array or shape.values or shape.format)
