"""allOf, references and siblings of one schema -> what it says in the end, one level deep.

Nothing is recursive here: however schemas refer to each other, each is read once for a shape.
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
    alternatives,
    is_constraint_only,
    is_described_only,
    is_made_of_others,
    is_null,
    reference,
    says_null,
    type_words,
)
from .media import is_bytes
from .merged_schema import Group, Shape, json_key, merged_values
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
    """How far a part is from the schema that is read."""

    OWN = 0
    MERGED = 1
    """By allOf, inline."""
    REFERRED = 2


@dataclass(frozen=True, slots=True)
class _Step:
    place: SchemaNode
    level: _Level
    own: bool = False
    """Only what the schema says itself: what it refers to and merges was taken before."""
    bare: bool = False
    """Without its alternatives."""


class Merger:
    """Reads shapes, within bounds for the whole document."""

    def __init__(self, refs: Refs, dialect: Dialect) -> None:
        self._refs = refs
        self._strict_siblings = dialect is not Dialect.OPENAPI_31
        self._work = 0

    def _warn(self, code: str, message: str, place: SchemaNode, *steps: str | int) -> None:
        self._refs.note(
            Severity.WARNING, code, message, place.origin.child(*steps) if steps else place.origin
        )

    def shape(self, places: Sequence[SchemaNode], *, beside: Shape | None = None) -> Shape:
        """What `places` say together, and what stands beside the alternatives that they are."""
        self._refs.deadline.check()
        bare = () if beside is None else tuple(beside.parts)
        shape = Shape(tuple(places), beside=() if beside is None else beside.places)
        nulls: list[tuple[_Level, bool]] = []
        if len(places) == 1 and not bare and self._is_plain(places[0].node):
            self._work += 1
            self._read(shape, _Step(places[0], _Level.OWN, own=True), nulls, set())
            shape.null = any(null for _, null in nulls)
            return shape
        stack = [_Step(place, _Level.OWN) for place in reversed(places)]
        stack += [_Step(place, _Level.MERGED, own=True, bare=True) for place in reversed(bare)]
        seen: set[tuple[int, bool]] = set()
        count = 0
        while stack:
            step = stack.pop()
            node = step.place.node
            if isinstance(node, bool):
                shape.never |= not node
                continue
            if not isinstance(node, dict):
                if node is not None:
                    self._warn("wrong-type", "no schema stands here; it is taken as empty", step.place)
                continue
            if (id(node), step.own) in seen:
                continue
            seen.add((id(node), step.own))
            count += 1
            self._work += 1
            if count > _MOST_PARTS or self._work > _MOST_WORK:
                self._warn(
                    "schema-too-large", "this schema merges too many others; the rest is left out", step.place
                )
                break
            if step.own:
                self._read(shape, step, nulls, seen)
            else:
                stack.extend(self._parts(step, shape))
        shape.null = any(null for level, null in nulls if level is _Level.OWN) or (
            bool(nulls) and all(null for _, null in nulls)
        )
        return shape

    @staticmethod
    def _is_plain(node: Any) -> bool:
        return isinstance(node, dict) and not is_made_of_others(node)

    def _parts(self, step: _Step, shape: Shape) -> list[_Step]:
        """What a schema refers to and merges, and itself, the last one first."""
        place, node = step.place, step.place.node
        ref = reference(node)
        own = _Step(place, step.level, own=True, bare=step.bare)
        if ref is not None:
            target = self._refs.follow(ref, place.origin)
            if self._strict_siblings:
                node = {key: value for key, value in node.items() if is_described_only({key: value})}
                own = _Step(SchemaNode(node, place.origin), step.level, own=True, bare=True)
            if target is None:
                return [own]
            shape.targets.append(target)
            return [own, _Step(target, _Level.REFERRED)]
        steps = [own]
        if "allOf" in node:
            level = _Level.REFERRED if step.level is _Level.REFERRED else _Level.MERGED
            inner = self._listed(place, "allOf")
            steps.extend(_Step(part, level) for part in reversed(inner))
        if not step.bare:
            for word in alternatives(node):
                alone = [one for one in self._listed(place, word) if not is_null(one.node)]
                if len(alone) == 1:
                    steps.append(_Step(alone[0], step.level))
        return steps

    def _listed(self, place: SchemaNode, word: str) -> list[SchemaNode]:
        listed = place.node[word]
        if isinstance(listed, dict):
            self._warn("wrong-type", f"`{word}` is a list; one schema stands here", place, word)
            return [SchemaNode(listed, place.origin.child(word))]
        if not isinstance(listed, list):
            self._warn("wrong-type", f"`{word}` is a list; it is left out", place, word)
            return []
        return [SchemaNode(node, place.origin.child(word, index)) for index, node in enumerate(listed)]

    # -- what one schema says itself ------------------------------------------------------------------

    def _read(
        self,
        shape: Shape,
        step: _Step,
        nulls: list[tuple[_Level, bool]],
        seen: set[tuple[int, bool]],
    ) -> None:
        place, node = step.place, step.place.node
        shape.parts.append(place)
        self._read_words(shape, step)
        kinds = self._kinds(place)
        null = says_null(node)
        if "enum" in node or "const" in node:
            null |= self._read_values(shape, place)
        if "x-extensible-enum" in node and isinstance(node["x-extensible-enum"], list):
            shape.values, shape.values_at, shape.open = tuple(node["x-extensible-enum"]), place, True
        if not step.bare:
            for word in alternatives(node):
                null |= self._read_group(shape, step, word, seen)
        if null or kinds is not None:
            nulls.append((step.level, null))
        if kinds:
            self._narrow(shape, kinds, place)
        if isinstance(node.get("format"), str):
            shape.format = node["format"]
        elif node.get("contentEncoding") in ("base64", "base64url"):
            shape.format = "byte"
        elif is_bytes(node.get("contentMediaType")) and "contentEncoding" not in node:
            shape.format = "binary"
        shape.textual |= not node.keys().isdisjoint(("pattern", "minLength", "maxLength", "contentEncoding"))
        shape.numeric |= not node.keys().isdisjoint(("minimum", "maximum", "multipleOf"))
        if isinstance(pattern := node.get("pattern"), str) and not is_pattern(pattern):
            self._warn("bad-pattern", "this pattern cannot be compiled; it is left out", place, "pattern")
        if not node.keys().isdisjoint(_ABOUT_OBJECTS):
            self._read_object(shape, place)
        if not node.keys().isdisjoint(_ABOUT_ARRAYS):
            self._read_array(shape, place)

    def _read_words(self, shape: Shape, step: _Step) -> None:
        node = step.place.node
        doc = text(node.get("description")).strip()
        if step.level is _Level.REFERRED:
            shape.inherited_doc = doc or shape.inherited_doc
        else:
            shape.doc = doc or shape.doc
            shape.title = text(node.get("title")).strip() or shape.title
            shape.deprecated |= node.get("deprecated") is True
        if node.get("default") is not None:
            shape.default = node["default"]
        shape.read_only |= node.get("readOnly") is True
        shape.write_only |= node.get("writeOnly") is True
        told = node.get("discriminator")
        if told is not None and step.level is not _Level.REFERRED:
            shape.property, shape.mapping = self._discriminator(step.place)

    def _discriminator(self, place: SchemaNode) -> tuple[str, Mapping[str, str]]:
        told = place.node.get("discriminator")
        if isinstance(told, str):
            return told, {}
        if isinstance(told, dict) and isinstance(told.get("propertyName"), str):
            known = {
                value: target
                for value, target in mapping(told.get("mapping")).items()
                if isinstance(target, str)
            }
            return told["propertyName"], known
        if told is not None:
            self._warn("wrong-type", "the discriminator names no property", place, "discriminator")
        return "", {}

    def _kinds(self, place: SchemaNode) -> tuple[str, ...] | None:
        """The types that a schema names, without null; None where it names none."""
        word = place.node.get("type")
        if isinstance(word, str) and word in _KINDS:
            return (word,)
        words = type_words(place.node)
        found: list[str] = []
        for word in words:
            known = TYPES.get(word.lower()) if isinstance(word, str) else None
            if known is None:
                if word not in ("any", "mixed", "*", "", None, "undefined"):
                    self._warn("unknown-type", f"there is no type {str(word)[:80]!a}", place, "type")
                return None
            if known != word:
                self._warn(
                    "unknown-type", f"there is no type {word[:80]!a}; it is read as {known}", place, "type"
                )
            if known != "null" and known not in found:
                found.append(known)
        if "number" in found and "integer" in found:
            found.remove("integer")
        return tuple(found) if words else None

    def _narrow(self, shape: Shape, kinds: tuple[str, ...], place: SchemaNode) -> None:
        if shape.kinds is None:
            shape.kinds = kinds
            return
        both = tuple(kind for kind in shape.kinds if kind in kinds)
        if "integer" in (shape.kinds + kinds) and "integer" not in both:
            other = kinds if "integer" in shape.kinds else shape.kinds
            both = ("integer", *both) if "number" in other else both
        if not both:
            message = f"this says {' or '.join(kinds)}, what it is merged with {' or '.join(shape.kinds)}"
            self._warn("conflicting-types", message, place)
        shape.kinds = both or kinds

    def _read_values(self, shape: Shape, place: SchemaNode) -> bool:
        """Values of `enum` or `const`; True where null is one of them."""
        node = place.node
        values = [node["const"]] if "const" in node else node["enum"]
        if not isinstance(values, list) or not values:
            self._warn("wrong-type", "`enum` holds no values; it is left out", place, "enum")
            return False
        found = tuple(value for value in values if value is not None)
        if shape.values is not None and found:
            known = {json_key(value) for value in found}
            both = tuple(value for value in shape.values if json_key(value) in known)
            if not both:
                self._warn("conflicting-types", "no value is in all of the lists merged here", place, "enum")
            found = both or found
        if found:
            shape.values, shape.values_at = merged_values(found), place
        return len(values) != len([value for value in values if value is not None])

    def _read_group(self, shape: Shape, step: _Step, word: str, seen: set[tuple[int, bool]]) -> bool:
        """Alternatives, if they say anything; True where null is one of them."""
        listed = self._listed(step.place, word)
        variants = tuple(one for one in listed if not is_null(one.node))
        null = len(variants) < len(listed)
        if len(variants) < 2 or all(is_constraint_only(one.node) for one in variants):
            return null
        if step.level is _Level.REFERRED and any(self._is_merged(one, seen) for one in variants):
            # The alternatives of a base class, one of which is what is being read.
            return null
        told, known = self._discriminator(step.place)
        shape.groups.append(Group(variants, told, known))
        return null

    def _is_merged(self, variant: SchemaNode, seen: set[tuple[int, bool]]) -> bool:
        node = variant.node
        if isinstance(node, dict) and (ref := reference(node)) is not None:
            target = self._refs.follow(ref, variant.origin)
            node = None if target is None else target.node
        return (id(node), False) in seen

    def _read_object(self, shape: Shape, place: SchemaNode) -> None:
        node = place.node
        for name in self._required(place):
            shape.required.add(name)
        for name, prop in self._properties(place):
            shape.is_object = True
            shape.properties.setdefault(name, []).append(prop)
            if isinstance(prop.node, dict) and prop.node.get("required") is True:
                self._warn("wrong-type", "`required` is a list beside `properties`", prop, "required")
                shape.required.add(name)
        extra = node.get("additionalProperties", node.get("unevaluatedProperties"))
        if isinstance(extra, dict) and extra:
            shape.extra.append(SchemaNode(extra, place.origin.child("additionalProperties")))
        elif extra is True or extra == {}:
            shape.any_extra = True
        elif extra not in (None, False):
            self._warn("wrong-type", "no schema stands here", place, "additionalProperties")
        for pattern, child in mapping(node.get("patternProperties")).items():
            if not is_pattern(pattern):
                at = place.origin.child("patternProperties", pattern)
                self._warn("bad-pattern", "this pattern cannot be compiled", SchemaNode(child, at))
            shape.extra.append(SchemaNode(child, place.origin.child("patternProperties", pattern)))
        shape.is_object |= bool(shape.extra) or shape.any_extra
        self._read_conditions(shape, place)

    def _required(self, place: SchemaNode) -> list[str]:
        required = place.node.get("required")
        if isinstance(required, list):
            return [name for name in required if isinstance(name, str)]
        if isinstance(required, str) and required not in ("true", "false"):
            self._warn("wrong-type", "`required` is a list of names", place, "required")
            return [required]
        return []

    def _properties(self, place: SchemaNode) -> list[tuple[str, SchemaNode]]:
        found = place.node.get("properties")
        at = place.origin.child("properties")
        if isinstance(found, dict):
            return [(name, SchemaNode(child, at.child(name))) for name, child in found.items()]
        if found is not None:
            self._warn("wrong-type", "`properties` is an object, by name", place, "properties")
        return [
            (child["name"], SchemaNode(child, at.child(index)))
            for index, child in enumerate(sequence(found))
            if isinstance(child, dict) and isinstance(child.get("name"), str)
        ]

    def _read_conditions(self, shape: Shape, place: SchemaNode) -> None:
        node = place.node
        branches: list[tuple[Any, tuple[str, ...]]] = [
            (node[word], (word,)) for word in ("then", "else") if word in node
        ]
        branches += [
            (child, ("dependentSchemas", name))
            for name, child in mapping(node.get("dependentSchemas")).items()
        ]
        for branch, steps in branches:
            if isinstance(branch, dict):
                for name, prop in self._properties(SchemaNode(branch, place.origin.child(*steps))):
                    shape.maybe.setdefault(name, []).append(prop)

    def _read_array(self, shape: Shape, place: SchemaNode) -> None:
        node, origin = place.node, place.origin
        if "items" in alternatives(node):
            message = "a list of `items` without `type: array` is read as alternatives"
            self._refs.note(Severity.NOTE, "misplaced-alternatives", message, origin.child("items"))
            return
        for word in ("prefixItems", "items"):
            if isinstance(row := node.get(word), list):
                shape.is_array = True
                shape.row += [SchemaNode(child, origin.child(word, index)) for index, child in enumerate(row)]
                rest = node.get("items" if word == "prefixItems" else "additionalItems")
                if isinstance(rest, dict):
                    shape.row.append(SchemaNode(rest, origin.child("items")))
                return
        items = node.get("items")
        if isinstance(items, dict):
            shape.is_array = True
            shape.items.append(SchemaNode(items, origin.child("items")))
        elif items is not None and not isinstance(items, bool):
            self._warn("wrong-type", "no schema stands here", place, "items")
