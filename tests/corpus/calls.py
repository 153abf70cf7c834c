"""The example call of an operation, and what came back from it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pillarbox.client.api import Method, Parameter
from pillarbox.client.request import BinaryBody, Location, MultipartBody

__all__ = ["FILE", "arguments", "dumped", "given", "program", "same", "shape", "with_all_parameters"]

FILE = ("example.bin", b"\x00\x01 bytes")
"""What is sent where an example call has a file."""


def with_all_parameters(planned: Method) -> Method:
    """The method with a call that gives every parameter too which the example call leaves out."""
    parameters = tuple(
        item if item.location.in_body else replace(item, shown=True) for item in planned.parameters
    )
    return replace(planned, parameters=parameters)


def given(planned: Method) -> Mapping[tuple[str, str], Any]:
    """Values of the example call by location and wire name, with a file where one stands as null."""
    return {
        (item.location.value, item.wire): _value(planned, item, value) for item, value in planned.example_call
    }


def arguments(planned: Method) -> tuple[list[Any], dict[str, Any]]:
    """The example call: positional and keyword arguments, with bytes where files stand as null."""
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    for item, value in planned.example_call:
        if item.location is Location.PATH:
            positional.append(value)
        else:
            keywords[item.name] = _value(planned, item, value)
    return positional, keywords


def program(methods: Iterable[Method], client_class: str) -> str:
    """The example calls of all methods, as a module of the package, for type checkers."""
    lines = [
        "# pyright: reportDeprecated=false",
        f"from . import {client_class}",
        "",
        f"def calls(client: {client_class}) -> None:",
    ]
    for planned in methods:
        positional, keywords = arguments(planned)
        pairs = [*map(ascii, positional), *(f"{name}={value!a}" for name, value in keywords.items())]
        lines.append(f"    client.{planned.qualified}({', '.join(pairs)})")
    return "\n".join([*lines, ""])


def _value(planned: Method, item: Parameter, value: Any) -> Any:
    body = planned.request.body
    if item.location is Location.BODY and isinstance(body, BinaryBody) and value is None:
        return FILE[1]
    if item.location is not Location.BODY_FIELD or not isinstance(body, MultipartBody):
        return value
    if item.wire not in {part.wire for part in body.parts if part.is_file}:
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
