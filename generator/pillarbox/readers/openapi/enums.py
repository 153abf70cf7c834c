"""`enum` and `const`, with what people write beside them, -> enumerations."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...model.problems import Severity
from ...model.types import Array, Enumeration, Json, Scalar, ScalarKind, Type
from ..lenient import mapping, sequence, text
from .merged_schema import MergedSchema, merged_values
from .refs import Refs

__all__ = ["enumeration"]

_DOCS = ("x-enum-descriptions", "x-enumDescriptions", "x-enumdescriptions", "x-enum-comments")
_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-keys")


def enumeration(merged: MergedSchema, title: str, refs: Refs) -> Type:
    """The type of a schema that lists its values."""
    at = merged.values_at
    assert at is not None
    raw = at.raw
    values = merged.values or ()
    if merged.kinds == ("array",) and not any(isinstance(value, list) for value in values):
        refs.note(
            Severity.WARNING,
            "misplaced-enum",
            "these values are those of the items; they are read so",
            at.origin,
        )
        return Array(Enumeration(values, open=merged.open))
    values = _fitted(merged, refs)
    if merged.kinds == ("boolean",) and set(map(repr, values)) == {"True", "False"}:
        return Scalar(ScalarKind.BOOLEAN)
    extension = mapping(raw.get("x-ms-enum"))
    return Enumeration(
        values,
        open=merged.open or extension.get("modelAsString") is True,
        docs=_docs(raw, values),
        title=text(extension.get("name")) or title,
    )


def _fitted(merged: MergedSchema, refs: Refs) -> tuple[Json, ...]:
    """The values in the type that the schema names, where they were only written carelessly."""
    assert merged.values_at is not None
    kinds = merged.kinds or ()
    fitted = []
    for value in merged.values or ():
        other = _as(value, kinds[0]) if len(kinds) == 1 else value
        if other is not value:
            message = f"the value {str(value)[:60]!a} is no {kinds[0]}; it is read as one"
            refs.note(Severity.NOTE, "enum-type", message, merged.values_at.origin.child("enum"))
        fitted.append(other)
    return merged_values(fitted)


def _as(value: Any, kind: str) -> Any:
    match kind, value:
        case "string", bool():
            return "true" if value else "false"
        case "string", int() | float():
            return str(value)
        case "integer", str() if value.lstrip("-").isdigit() and value.isascii() and len(value) < 20:
            return int(value)
        case "integer", float() if value.is_integer():
            return int(value)
        case "boolean", "true" | "True":
            return True
        case "boolean", "false" | "False":
            return False
        case _:
            return value


def _docs(raw: Mapping[str, Any], values: Sequence[Json]) -> tuple[str, ...]:
    """What each value means, parallel to `values`; empty where nothing is documented."""
    written = sequence(raw.get("enum"))
    known: dict[str, str] = {}
    for entry in sequence(mapping(raw.get("x-ms-enum")).get("values")):
        if isinstance(entry, dict) and "value" in entry:
            known[_plain(entry["value"])] = text(entry.get("description")).strip()
    for word in _DOCS:
        known = known or _beside(raw.get(word), written)
    if not any(known.values()):
        # Names explain a number. Those of texts repeat them.
        names = next((raw[word] for word in _NAMES if word in raw), None)
        if not any(isinstance(value, str) for value in values):
            known = _beside(names, written)
    docs = tuple(known.get(_plain(value), "") for value in values)
    return docs if any(docs) else ()


def _beside(docs: Any, written: Sequence[Any]) -> dict[str, str]:
    if isinstance(docs, dict):
        return {str(value): text(words).strip() for value, words in docs.items()}
    return {_plain(value): text(words).strip() for value, words in zip(written, sequence(docs), strict=False)}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)
