"""Lenient access to a collection: every member may be missing, null or of another type."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["description", "entries", "javascript_text", "mapping", "members", "sequence", "text"]


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> Sequence[Any]:
    """`value` if it is an array, else an empty one."""
    return value if isinstance(value, list) else ()


def text(value: Any) -> str:
    """`value` if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def members(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of an array, each with its position."""
    return ((index, entry) for index, entry in enumerate(sequence(value)) if isinstance(entry, dict))


def description(value: Any) -> str:
    """A description: a string, or `{content, type}`, or nothing."""
    if isinstance(value, dict):
        value = value.get("content")
    return text(value).strip()


def javascript_text(value: Any) -> str:
    """`String(value)` as JavaScript has it: what Postman pastes for a variable's value."""
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
        case list():
            return ",".join(_flat(value))
        case dict():
            return "[object Object]"
        case _:
            return str(value) if abs(value) < 10**300 else "Infinity"


def _flat(values: list[Any]) -> Iterator[str]:
    stack = list(reversed(values))
    while stack:
        match stack.pop():
            case None:
                yield ""
            case list() as inner:
                stack.extend(reversed(inner))
            case item:
                yield javascript_text(item)


def entries(value: Any) -> Iterator[tuple[str | int, Mapping[str, Any]]]:
    """Key-value entries: a list of `{key, value}`, a plain object, or `K: v` lines of text."""
    match value:
        case list():
            yield from members(value)
        case dict():
            yield from ((key, {"key": key, "value": item}) for key, item in value.items())
        case str():
            for number, line in enumerate(value.splitlines()):
                key, colon, rest = line.partition(":")
                if colon and key.strip():
                    yield number, {"key": key.strip(), "value": rest.strip()}
        case _:
            return
