"""What a document says about one value beside its type: examples, and values in its description."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...model.problems import Origin
from ...model.types import Array, Enumeration, Scalar, ScalarKind, Type
from ..lenient import description, mapping, sequence
from ..prose_hints import listed_values, recommended
from .refs import Refs

__all__ = ["candidates_of", "documented", "listed", "of_schema"]


def documented(node: Mapping[str, Any], refs: Refs, origin: Origin) -> Iterator[tuple[str, Any]]:
    """Name and value of the examples of a parameter, header or media type; nothing is fetched."""
    if "example" in node:
        yield "", node["example"]
    examples = node.get("examples")
    if isinstance(examples, dict):
        for name, entry in examples.items():
            resolved, _ = refs.resolve(entry, origin.child("examples", name))
            if "value" in resolved:
                yield str(resolved.get("summary") or name), resolved["value"]
            elif "dataValue" in resolved:
                yield str(resolved.get("summary") or name), resolved["dataValue"]
            elif (
                isinstance(entry, dict) and entry and "externalValue" not in resolved and "$ref" not in entry
            ):
                yield name, entry
    elif isinstance(examples, list):
        yield from (("", value) for value in examples)
    for key in ("x-example", "x-examples"):
        if key in node and not isinstance(node[key], dict):
            yield "", node[key]


def of_schema(schema: Any, refs: Refs, origin: Origin) -> Iterator[Any]:
    """Example values that a schema itself gives, the default last."""
    if isinstance(schema, bool):
        return
    resolved, _ = refs.resolve(schema, origin)
    if "example" in resolved:
        yield resolved["example"]
    yield from sequence(resolved.get("examples"))
    if resolved.get("default") is not None:
        yield resolved["default"]


def candidates_of(
    node: Mapping[str, Any], schema: Any, kind: Type, wire: str, refs: Refs, origin: Origin
) -> list[Any]:
    """Values for the example of a parameter, the best first: documented ones, then those that its text recommends."""
    words = description(node.get("description")) or description(mapping(schema).get("description"))
    candidates: list[Any] = [value for _, value in documented(node, refs, origin)]
    candidates += of_schema(schema, refs, origin.child("schema"))
    if isinstance(kind, Scalar) and kind.kind is ScalarKind.STRING:
        candidates += recommended(words, other_names=(wire,))
    return candidates


def listed(kind: Type, words: str) -> Type:
    """The values that a description lists, for a text that its schema leaves open."""
    match kind:
        case Scalar(ScalarKind.STRING, ""):
            found = listed_values(words)
            return kind if found is None else Enumeration(found.values, open=True, docs=found.docs)
        case Array(items):
            inner = listed(items, words)
            return kind if inner is items else Array(inner)
        case _:
            return kind
