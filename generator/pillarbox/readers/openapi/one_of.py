"""`oneOf` and `anyOf`: the alternatives, and the property that distinguishes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .all_of import Merger
from .discriminators import Discriminators, Mapped
from .keywords import is_annotation_only, is_constraint_only, reference
from .merged_schema import MergedSchema
from .refs import SchemaNode
from .resolution import Resolved, Resolver

__all__ = ["Alternatives", "Choice", "Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """One alternative."""

    found: Resolved
    combined: MergedSchema | None
    """With the keywords beside the alternatives, where they add to it."""
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternatives of a schema, and the property that distinguishes them, or an empty name."""

    members: tuple[Member, ...]
    property: str


class Alternatives:
    """Reads the alternatives of one document."""

    def __init__(self, discriminators: Discriminators, merger: Merger, resolver: Resolver) -> None:
        self._discriminators = discriminators
        self._merger = merger
        self._resolver = resolver

    def is_object(self, merged: MergedSchema) -> bool:
        """True for one object with fields, alternatives that only add fields included."""
        if merged.values is not None or merged.kinds not in (None, ("object",)):
            return False
        if merged.groups:
            return self._only_adds(merged)
        return bool(merged.properties or merged.conditional)

    def _only_adds(self, merged: MergedSchema) -> bool:
        schemas = len(merged.groups) > 1
        if not merged.properties or any(group.property for group in merged.groups):
            return schemas and all(self._adds(one) for group in merged.groups for one in group.variants)
        return all(
            self._adds(one) and (schemas or reference(one.raw) is None)
            for group in merged.groups
            for one in group.variants
        )

    def _adds(self, variant: SchemaNode) -> bool:
        """True for an object without alternatives of its own, or for rules about one."""
        if not isinstance(variant.raw, dict):
            return False
        merged = self._merger.merge((variant,))
        if merged.groups or merged.values is not None or merged.kinds not in (None, ("object",)):
            return False
        return merged.is_object or merged.kinds is not None or is_constraint_only(variant.raw)

    def choice(self, merged: MergedSchema) -> Choice:
        """The alternatives of the first `oneOf` or `anyOf` of a schema."""
        group = merged.groups[0]
        owner = merged.parts[-1] if merged.parts else merged.nodes[0]
        mapped = self._discriminators.mapped(group.mapping, owner)
        resolved = [(variant, self._resolver.resolve((variant,))) for variant in group.variants]
        property = group.property or self._implied_discriminator([found for _, found in resolved])
        members = [
            Member(
                found,
                self._combined(merged, variant, found),
                self.tags(
                    property, mapped, (variant, *found.trail, *_named(found)), found.named, found.merged
                ),
            )
            for variant, found in resolved
        ]
        return Choice(tuple(members), property)

    def tags(
        self,
        property: str,
        mapped: Mapped,
        passed: Sequence[SchemaNode],
        named: SchemaNode | None,
        merged: MergedSchema | None = None,
    ) -> tuple[str, ...]:
        """Values of the discriminator that select a member: the mapping's, else its own, else its name."""
        if not property:
            return ()
        tags = tuple(tag for node in passed for tag in mapped.tags.get(node.origin, ()))
        if tags:
            return tuple(dict.fromkeys(tags))
        if merged is None and named is not None:
            merged = self._resolver.merged(named)
        if merged is not None and (own := self._values(merged, property)):
            return own
        names = (self._discriminators.name(node) for node in reversed(passed))
        name = next((name for name in names if name), None)
        return (name,) if name else ()

    def _values(self, merged: MergedSchema, property: str) -> tuple[str, ...]:
        """The texts that a property of this schema must be one of."""
        nodes = merged.properties.get(property)
        if not nodes:
            return ()
        values = self._resolver.resolve(nodes).merged.values or ()
        return tuple(value for value in values if isinstance(value, str)) if len(values) <= 20 else ()

    def _implied_discriminator(self, members: Sequence[Resolved]) -> str:
        """A property that every member requires, with other values in each: as good as a discriminator."""
        schemas = [found.merged for found in members]
        if len(schemas) < 2 or any(merged.groups or not merged.properties for merged in schemas):
            return ""
        for name in schemas[0].properties:
            if not all(name in merged.properties and name in merged.required for merged in schemas):
                continue
            values = [self._values(merged, name) for merged in schemas]
            every = [value for one in values for value in one]
            if all(values) and len(set(every)) == len(every):
                return name
        return ""

    def _combined(self, merged: MergedSchema, variant: SchemaNode, found: Resolved) -> MergedSchema | None:
        """An alternative with the keywords beside it, or None where they add nothing."""
        own = found.merged
        if found.named is not None and self._discriminators.subtypes(found.named):
            return None
        silent = not isinstance(variant.raw, dict) or (
            is_constraint_only(variant.raw) or is_annotation_only(variant.raw)
        )
        if silent:
            return self._with_base(merged, variant) if _has_type(merged) else None
        if not _has_type(own) and not own.groups:
            return self._with_base(merged, variant) if _has_type(merged) else None
        beside = merged.properties.keys() - own.properties.keys()
        could_hold = own.kinds is None or "object" in own.kinds
        return self._with_base(merged, variant) if beside and could_hold else None

    def _with_base(self, merged: MergedSchema, variant: SchemaNode) -> MergedSchema:
        combined = self._merger.merge((variant,), beside=merged)
        combined.title = combined.title or self._resolver.name_of(combined)
        return combined


def _named(found: Resolved) -> tuple[SchemaNode, ...]:
    return () if found.named is None else (found.named,)


def _has_type(merged: MergedSchema) -> bool:
    return bool(merged.kinds or merged.is_object or merged.is_array or merged.values or merged.format)
