"""The example call of an operation, and what came back from it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pillarbox.model.api import BinaryBody, MultipartBody
from pillarbox.python.nodes import PlannedOperation

__all__ = ["FILE", "arguments", "dumped", "given", "same", "shape", "with_all_parameters"]

FILE = ("example.bin", b"\x00\x01 bytes")
"""What is sent where an example call has a file."""


def with_all_parameters(planned: PlannedOperation) -> PlannedOperation:
    """The operation with a call that gives every parameter too which the example call leaves out."""
    shown = {
        (one.location.value, one.wire): one.example.value
        for one in planned.operation.parameters
        if one.example is not None
    }
    given = {name for name, _ in planned.example}
    more = tuple(
        (name, shown[place, wire])
        for name, place, wire in planned.arguments
        if name not in given and (place, wire) in shown
    )
    return replace(planned, example=(*planned.example, *more))


def given(planned: PlannedOperation) -> Mapping[tuple[str, str], Any]:
    """Values of the example call by place and wire name, with a file where one stands as null."""
    places = {name: (place, wire) for name, place, wire in planned.arguments}
    return {places[name]: _value(planned, *places[name], value) for name, value in planned.example}


def arguments(planned: PlannedOperation) -> tuple[list[Any], dict[str, Any]]:
    """The example call: positional and keyword arguments, with bytes where files stand as null."""
    places = {name: (place, wire) for name, place, wire in planned.arguments}
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    for name, value in planned.example:
        place, wire = places[name]
        if place == "path":
            positional.append(value)
        else:
            keywords[name] = _value(planned, place, wire, value)
    return positional, keywords


def _value(planned: PlannedOperation, place: str, wire: str, value: Any) -> Any:
    body = planned.operation.body
    if place == "whole" and isinstance(body, BinaryBody) and value is None:
        return FILE[1]
    if place != "body" or not isinstance(body, MultipartBody):
        return value
    if wire not in {part.field.wire for part in body.parts if part.is_file}:
        return value
    if isinstance(value, list):
        return [FILE if item is None else item for item in value]
    return FILE if value is None else value


def dumped(value: Any) -> Any:
    """A decoded answer as JSON again."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [dumped(item) for item in value]
    if isinstance(value, dict):
        return {key: dumped(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)


def shape(value: Any) -> Any:
    """Keys and lengths, without the values: placeholders and secrets give way to readable ones in our examples."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return None


def same(one: Any, other: Any) -> bool:
    """Equal as JSON; two spellings of one time, or of one UUID, are equal too."""
    match one, other:
        case dict(), dict():
            return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
        case list(), list():
            return len(one) == len(other) and all(map(same, one, other))
        case str(), str():
            return one == other or one.lower() == other.lower() or _time(one) == _time(other) is not None
        case _:
            return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
