"""Keywords of schemas: which describe, which hold other schemas, how types are spelled."""

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = [
    "TYPES",
    "allows_null",
    "alternatives",
    "is_annotation_only",
    "is_constraint_only",
    "is_made_of_others",
    "is_null",
    "is_reference",
    "reference",
    "subschemas",
    "type_words",
]

_DESCRIBING = frozenset(
    "title description summary example examples default deprecated readOnly writeOnly externalDocs xml nullable "
    "$comment $id $schema $anchor $defs definitions allowReserved allowEmptyValue discriminator".split()
)
"""Keywords that do not restrict a value. (A discriminator is about the alternatives beside it.)"""
_COMBINING = frozenset(("$ref", "$dynamicRef", "allOf", "oneOf", "anyOf"))
_CONSTRAINING = frozenset("required not minProperties maxProperties dependentRequired".split())
"""Words that narrow an object down without saying what is in it."""
_ONE = (
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "additionalItems",
    "unevaluatedItems",
    "then",
    "else",
)
_LISTS = ("allOf", "oneOf", "anyOf", "prefixItems", "items")
_NAMED = ("properties", "patternProperties", "dependentSchemas")

TYPES: Mapping[str, str] = {
    **{word: word for word in ("string", "integer", "number", "boolean", "array", "object", "null", "file")},
    **dict.fromkeys(
        ("str", "text", "char", "date", "datetime", "date-time", "uuid", "email", "uri", "url"), "string"
    ),
    **dict.fromkeys(("enum", "password", "byte", "binary", "guid", "time"), "string"),
    **dict.fromkeys(("int", "int32", "int64", "long", "short", "bigint", "timestamp"), "integer"),
    **dict.fromkeys(("float", "double", "decimal", "numeric", "real"), "number"),
    "bool": "boolean",
    **dict.fromkeys(("list", "set", "tuple"), "array"),
    **dict.fromkeys(("dict", "map", "hash", "json", "struct"), "object"),
    **dict.fromkeys(("nil", "none"), "null"),
}
"""How people spell types -> the word of the specification."""


def reference(node: Mapping[str, Any]) -> str | None:
    """The address that a schema refers to, if it does."""
    for word in ("$ref", "$dynamicRef"):
        if isinstance(ref := node.get(word), str):
            return ref
    return None


def is_reference(node: Any) -> bool:
    """True for an object that is a reference, also where it is a list of names: a field `$ref` has a schema, no text."""
    return isinstance(node, dict) and isinstance(node.get("$ref"), str)


def alternatives(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of a schema that list alternatives.

    `items` is one of them where it is a list and the type is no array: Swagger 2.0 has no `oneOf`, and people help
    themselves (Slack).
    """
    words = tuple(word for word in ("oneOf", "anyOf") if word in node)
    if isinstance(node.get("items"), list) and "array" not in type_words(node):
        return (*words, "items")
    return words


def is_made_of_others(node: Mapping[str, Any]) -> bool:
    """True where a schema refers to others, merges them or lists alternatives."""
    return not node.keys().isdisjoint(_COMBINING) or isinstance(node.get("items"), list)


def type_words(node: Mapping[str, Any]) -> tuple[Any, ...]:
    """The words of `type`, one or many, as written."""
    words = node.get("type")
    if words is None:
        return ()
    return tuple(words) if isinstance(words, list) else (words,)


def allows_null(node: Mapping[str, Any]) -> bool:
    """True where a schema takes null besides other values, in any spelling."""
    return node.get("nullable") is True or node.get("x-nullable") is True or "null" in type_words(node)


def is_null(node: Any) -> bool:
    """True for a schema that takes null and nothing else."""
    if not isinstance(node, dict):
        return node is None
    words = type_words(node)
    if words:
        return all(word == "null" for word in words)
    if "enum" in node:
        return bool(node["enum"] == [None])
    if "const" in node:
        return node["const"] is None
    return allows_null(node) and is_annotation_only(node)


def is_annotation_only(node: Mapping[str, Any], *besides: str) -> bool:
    """True where all keywords are documentation, nullability or in `besides`."""
    return all(key in _DESCRIBING or key in besides or key.startswith("x-") for key in node)


def is_constraint_only(node: Any) -> bool:
    """True for a schema that only says which fields are needed together, or what is not allowed."""
    return (
        isinstance(node, dict)
        and not node.keys().isdisjoint(_CONSTRAINING)
        and is_annotation_only(node, *_CONSTRAINING)
    )


def subschemas(node: Mapping[str, Any]) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    """Every schema right inside of a schema, and the steps that lead to it."""
    for word in _ONE:
        if isinstance(child := node.get(word), dict):
            yield child, (word,)
    for word in _LISTS:
        if isinstance(children := node.get(word), list):
            yield from ((child, (word, index)) for index, child in enumerate(children))
    for word in _NAMED:
        if isinstance(named := node.get(word), dict):
            yield from ((child, (word, name)) for name, child in named.items())
