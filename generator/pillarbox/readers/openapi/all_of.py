"""A schema with its references, `allOf` parts and sibling keywords -> one merged schema, one level deep.

Nothing is recursive here: however schemas refer to each other, each is read once for a merged schema.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...model.problems import Severity
from ..lenient import mapping, sequence, text
from .dialect import Dialect
from .keywords import (
    TYPES,
    allows_null,
    alternatives,
    is_annotation_only,
    is_constraint_only,
    is_made_of_others,
    is_null,
    is_reference,
    reference,
    type_words,
)
from .media import is_bytes
from .merged_schema import Group, MergedSchema, json_key, merged_values
from .patterns import is_pattern
from .refs import Refs, SchemaNode

__all__ = ["Merger"]

_KINDS = frozenset(("string", "integer", "number", "boolean", "array", "object", "file"))
_ABOUT_OBJECTS = frozenset(
    "required properties additionalProperties unevaluatedProperties patternProperties then else "
    "dependentSchemas".split()
)
_ABOUT_ARRAYS = frozenset(("items", "prefixItems"))
_MOST_PARTS = 1_000
"""Schemas that one allOf may merge, with all that those merge themselves."""
_MOST_WORK = 3_000_000
"""Schemas merged in a whole document."""


class _Level(Enum):
    """How a part belongs to the schema that is read."""

    OWN = 0
    MERGED = 1
    """By allOf, inline."""
    REFERRED = 2


@dataclass(frozen=True, slots=True)
class _Step:
    node: SchemaNode
    level: _Level
    own: bool = False
    """Only its own keywords: what it refers to and combines was read before."""
    bare: bool = False
    """Without its alternatives."""


class Merger:
    """Merges schemas, within a bound for the whole document."""

    def __init__(self, refs: Refs, dialect: Dialect) -> None:
        self._refs = refs
        self._strict_siblings = dialect is not Dialect.OPENAPI_31
        self._work = 0

    def _warn(self, code: str, message: str, node: SchemaNode, *steps: str | int) -> None:
        self._refs.note(Severity.WARNING, code, message, node.origin.child(*steps) if steps else node.origin)

    def merge(self, nodes: Sequence[SchemaNode], *, beside: MergedSchema | None = None) -> MergedSchema:
        """Several schemas of one value as one; `beside` is the schema that they are an alternative of."""
        self._refs.deadline.check()
        bare = () if beside is None else tuple(beside.parts)
        merged = MergedSchema(tuple(nodes), beside=() if beside is None else beside.nodes)
        nulls: list[tuple[_Level, bool]] = []
        if len(nodes) == 1 and not bare and self._is_plain(nodes[0].raw):
            self._work += 1
            self._read(merged, _Step(nodes[0], _Level.OWN, own=True), nulls, set())
            merged.null = any(null for _, null in nulls)
            return merged
        stack = [_Step(node, _Level.OWN) for node in reversed(nodes)]
        stack += [_Step(node, _Level.MERGED, own=True, bare=True) for node in reversed(bare)]
        seen: set[tuple[int, bool]] = set()
        count = 0
        while stack:
            step = stack.pop()
            raw = step.node.raw
            if not isinstance(raw, dict):
                if raw is not None and not isinstance(raw, bool):
                    self._warn("wrong-type", "this is not a schema; it is taken as empty", step.node)
                continue
            if (id(raw), step.own) in seen:
                continue
            seen.add((id(raw), step.own))
            count += 1
            self._work += 1
            if count > _MOST_PARTS or self._work > _MOST_WORK:
                self._warn(
                    "schema-too-large", "this schema merges too many others; the rest is left out", step.node
                )
                break
            if step.own:
                self._read(merged, step, nulls, seen)
            else:
                stack.extend(self._parts(step, merged))
        merged.null = any(null for level, null in nulls if level is _Level.OWN) or (
            bool(nulls) and all(null for _, null in nulls)
        )
        return merged

    @staticmethod
    def _is_plain(raw: Any) -> bool:
        return isinstance(raw, dict) and not is_made_of_others(raw)

    def _parts(self, step: _Step, merged: MergedSchema) -> list[_Step]:
        """What a schema refers to and combines, and itself, the last one first."""
        node, raw = step.node, step.node.raw
        ref = reference(raw)
        own = _Step(node, step.level, own=True, bare=step.bare)
        if ref is not None:
            target = self._refs.follow(ref, node.origin)
            if self._strict_siblings:
                raw = {key: value for key, value in raw.items() if is_annotation_only({key: value})}
                own = _Step(SchemaNode(raw, node.origin), step.level, own=True, bare=True)
            if target is None:
                return [own]
            merged.targets.append(target)
            return [own, _Step(target, _Level.REFERRED)]
        steps = [own]
        if "allOf" in raw:
            level = _Level.REFERRED if step.level is _Level.REFERRED else _Level.MERGED
            inner = self._listed(node, "allOf")
            steps.extend(_Step(part, level) for part in reversed(inner))
        if not step.bare:
            for word in alternatives(raw):
                alone = [one for one in self._listed(node, word) if not is_null(one.raw)]
                if len(alone) == 1:
                    steps.append(_Step(alone[0], step.level))
        return steps

    def _listed(self, node: SchemaNode, word: str) -> list[SchemaNode]:
        listed = node.raw[word]
        if isinstance(listed, dict):
            self._warn("wrong-type", f"`{word}` is a list; this is one schema", node, word)
            return [SchemaNode(listed, node.origin.child(word))]
        if not isinstance(listed, list):
            self._warn("wrong-type", f"`{word}` is a list; it is left out", node, word)
            return []
        return [SchemaNode(raw, node.origin.child(word, index)) for index, raw in enumerate(listed)]

    # -- what one schema says itself ------------------------------------------------------------------

    def _read(
        self,
        merged: MergedSchema,
        step: _Step,
        nulls: list[tuple[_Level, bool]],
        seen: set[tuple[int, bool]],
    ) -> None:
        node, raw = step.node, step.node.raw
        merged.parts.append(node)
        self._read_words(merged, step)
        kinds = self._kinds(node)
        null = allows_null(raw)
        if "enum" in raw or "const" in raw:
            null |= self._read_values(merged, node)
        if "x-extensible-enum" in raw and isinstance(raw["x-extensible-enum"], list):
            merged.values, merged.values_at, merged.open = tuple(raw["x-extensible-enum"]), node, True
        if not step.bare:
            for word in alternatives(raw):
                null |= self._read_group(merged, step, word, seen)
        if null or kinds is not None:
            nulls.append((step.level, null))
        if kinds:
            self._narrow(merged, kinds, node)
        if isinstance(raw.get("format"), str):
            merged.format = raw["format"]
        elif raw.get("contentEncoding") in ("base64", "base64url"):
            merged.format = "byte"
        elif is_bytes(raw.get("contentMediaType")) and "contentEncoding" not in raw:
            merged.format = "binary"
        merged.textual |= not raw.keys().isdisjoint(("pattern", "minLength", "maxLength", "contentEncoding"))
        merged.numeric |= not raw.keys().isdisjoint(("minimum", "maximum", "multipleOf"))
        if isinstance(pattern := raw.get("pattern"), str) and not is_pattern(pattern):
            self._warn("bad-pattern", "this pattern cannot be compiled; it is left out", node, "pattern")
        if not raw.keys().isdisjoint(_ABOUT_OBJECTS):
            self._read_object(merged, node)
        if not raw.keys().isdisjoint(_ABOUT_ARRAYS):
            self._read_array(merged, node)

    def _read_words(self, merged: MergedSchema, step: _Step) -> None:
        raw = step.node.raw
        doc = text(raw.get("description")).strip()
        if step.level is _Level.REFERRED:
            merged.inherited_doc = doc or merged.inherited_doc
        else:
            merged.doc = doc or merged.doc
            merged.title = text(raw.get("title")).strip() or merged.title
            merged.deprecated |= raw.get("deprecated") is True
        if raw.get("default") is not None:
            merged.default = raw["default"]
        merged.read_only |= raw.get("readOnly") is True
        merged.write_only |= raw.get("writeOnly") is True
        if raw.get("discriminator") is not None and step.level is not _Level.REFERRED:
            merged.property, merged.mapping = self._discriminator(step.node)

    def _discriminator(self, node: SchemaNode) -> tuple[str, Mapping[str, str]]:
        discriminator = node.raw.get("discriminator")
        if isinstance(discriminator, str):
            return discriminator, {}
        if isinstance(discriminator, dict) and isinstance(discriminator.get("propertyName"), str):
            known = {
                value: target
                for value, target in mapping(discriminator.get("mapping")).items()
                if isinstance(target, str)
            }
            return discriminator["propertyName"], known
        if discriminator is not None:
            self._warn("wrong-type", "the discriminator names no property", node, "discriminator")
        return "", {}

    def _kinds(self, node: SchemaNode) -> tuple[str, ...] | None:
        """The types that a schema names, without null; None where it names none."""
        word = node.raw.get("type")
        if isinstance(word, str) and word in _KINDS:
            return (word,)
        words = type_words(node.raw)
        found: list[str] = []
        for word in words:
            known = TYPES.get(word.lower()) if isinstance(word, str) else None
            if known is None:
                if word not in ("any", "mixed", "*", "", None, "undefined"):
                    self._warn("unknown-type", f"there is no type {str(word)[:80]!a}", node, "type")
                return None
            if known != word:
                self._warn(
                    "unknown-type", f"there is no type {word[:80]!a}; it is read as {known}", node, "type"
                )
            if known != "null" and known not in found:
                found.append(known)
        if "number" in found and "integer" in found:
            found.remove("integer")
        return tuple(found) if words else None

    def _narrow(self, merged: MergedSchema, kinds: tuple[str, ...], node: SchemaNode) -> None:
        if merged.kinds is None:
            merged.kinds = kinds
            return
        both = tuple(kind for kind in merged.kinds if kind in kinds)
        if "integer" in (merged.kinds + kinds) and "integer" not in both:
            other = kinds if "integer" in merged.kinds else merged.kinds
            both = ("integer", *both) if "number" in other else both
        if not both:
            message = f"this says {' or '.join(kinds)}, what it is merged with {' or '.join(merged.kinds)}"
            self._warn("conflicting-types", message, node)
        merged.kinds = both or kinds

    def _read_values(self, merged: MergedSchema, node: SchemaNode) -> bool:
        """Values of `enum` or `const`; True where null is one of them."""
        raw = node.raw
        values = [raw["const"]] if "const" in raw else raw["enum"]
        if not isinstance(values, list) or not values:
            self._warn("wrong-type", "`enum` holds no values; it is left out", node, "enum")
            return False
        found = tuple(value for value in values if value is not None)
        if merged.values is not None and found:
            known = {json_key(value) for value in found}
            both = tuple(value for value in merged.values if json_key(value) in known)
            if not both:
                self._warn("conflicting-types", "no value is in all of the lists merged here", node, "enum")
            found = both or found
        if found:
            merged.values, merged.values_at = merged_values(found), node
        return len(values) != len([value for value in values if value is not None])

    def _read_group(self, merged: MergedSchema, step: _Step, word: str, seen: set[tuple[int, bool]]) -> bool:
        """Alternatives, if they say anything; True where null is one of them."""
        listed = self._listed(step.node, word)
        variants = tuple(one for one in listed if not is_null(one.raw))
        null = len(variants) < len(listed)
        if len(variants) < 2 or all(is_constraint_only(one.raw) for one in variants):
            return null
        if step.level is _Level.REFERRED and any(self._is_merged(one, seen) for one in variants):
            # The alternatives of a base class, one of which is what is being read.
            return null
        property, known = self._discriminator(step.node)
        merged.groups.append(Group(variants, property, known))
        return null

    def _is_merged(self, variant: SchemaNode, seen: set[tuple[int, bool]]) -> bool:
        raw = variant.raw
        if isinstance(raw, dict) and (ref := reference(raw)) is not None:
            target = self._refs.follow(ref, variant.origin)
            raw = None if target is None else target.raw
        return (id(raw), False) in seen

    def _read_object(self, merged: MergedSchema, node: SchemaNode) -> None:
        raw = node.raw
        for name in self._required(node):
            merged.required.add(name)
        for name, prop in self._properties(node):
            merged.is_object = True
            merged.properties.setdefault(name, []).append(prop)
            if isinstance(prop.raw, dict) and prop.raw.get("required") is True:
                self._warn("wrong-type", "`required` is a list beside `properties`", prop, "required")
                merged.required.add(name)
        additional = raw.get("additionalProperties", raw.get("unevaluatedProperties"))
        if isinstance(additional, dict) and additional:
            merged.additional.append(SchemaNode(additional, node.origin.child("additionalProperties")))
        elif additional is True or additional == {}:
            merged.any_additional = True
        elif additional not in (None, False):
            self._warn("wrong-type", "this is not a schema", node, "additionalProperties")
        for pattern, child in mapping(raw.get("patternProperties")).items():
            if not is_pattern(pattern):
                at = node.origin.child("patternProperties", pattern)
                self._warn("bad-pattern", "this pattern cannot be compiled", SchemaNode(child, at))
            merged.additional.append(SchemaNode(child, node.origin.child("patternProperties", pattern)))
        merged.is_object |= bool(merged.additional) or merged.any_additional
        self._read_conditions(merged, node)

    def _required(self, node: SchemaNode) -> list[str]:
        required = node.raw.get("required")
        if isinstance(required, list):
            return [name for name in required if isinstance(name, str)]
        if isinstance(required, str) and required not in ("true", "false"):
            self._warn("wrong-type", "`required` is a list of names", node, "required")
            return [required]
        return []

    def _properties(self, node: SchemaNode) -> list[tuple[str, SchemaNode]]:
        found, at = node.raw.get("properties"), node.origin.child("properties")
        if is_reference(found):
            found, at = self._refs.resolve(found, at)
        if isinstance(found, dict):
            return [(name, SchemaNode(child, at.child(name))) for name, child in found.items()]
        if found is not None:
            self._warn("wrong-type", "`properties` is an object, by name", node, "properties")
        return [
            (child["name"], SchemaNode(child, at.child(index)))
            for index, child in enumerate(sequence(found))
            if isinstance(child, dict) and isinstance(child.get("name"), str)
        ]

    def _read_conditions(self, merged: MergedSchema, node: SchemaNode) -> None:
        raw = node.raw
        branches: list[tuple[Any, tuple[str, ...]]] = [
            (raw[word], (word,)) for word in ("then", "else") if word in raw
        ]
        branches += [
            (child, ("dependentSchemas", name))
            for name, child in mapping(raw.get("dependentSchemas")).items()
        ]
        for branch, steps in branches:
            if isinstance(branch, dict):
                for name, prop in self._properties(SchemaNode(branch, node.origin.child(*steps))):
                    merged.conditional.setdefault(name, []).append(prop)

    def _read_array(self, merged: MergedSchema, node: SchemaNode) -> None:
        raw, origin = node.raw, node.origin
        if "items" in alternatives(raw):
            message = "a list of `items` without `type: array` is read as alternatives"
            self._refs.note(Severity.NOTE, "misplaced-alternatives", message, origin.child("items"))
            return
        for word in ("prefixItems", "items"):
            if isinstance(prefix_items := raw.get(word), list):
                merged.is_array = True
                merged.prefix_items += [
                    SchemaNode(child, origin.child(word, index)) for index, child in enumerate(prefix_items)
                ]
                rest = raw.get("items" if word == "prefixItems" else "additionalItems")
                if isinstance(rest, dict):
                    merged.prefix_items.append(SchemaNode(rest, origin.child("items")))
                return
        items = raw.get("items")
        if isinstance(items, dict):
            merged.is_array = True
            merged.items.append(SchemaNode(items, origin.child("items")))
        elif items is not None and not isinstance(items, bool):
            self._warn("wrong-type", "this is not a schema", node, "items")
