"""Positions of values in an API, as a configuration writes them.

`users.get_token -> token` is a field of the response, `users.list -> items[].id` one of the items of a list, and
`users.list ->` the whole response; `users.create(settings)` is an argument, `users.create(settings.mode)` a field in it.
Operations and arguments have their Python names, fields those of the API; a name with other characters than letters,
digits, `_`, `-` and `$` is quoted (`"next page"`); `[]` are the items of an array and `{}` the values of a map.
"""

import json
import re
from dataclasses import dataclass

__all__ = ["ArgumentPath", "Items", "Member", "ResponsePath", "Step", "TypePath", "Values", "parse_type_path"]

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_PATH = re.compile(rf"\s*({_NAME}(?:\.{_NAME})*)\s*(?:->\s*(.*?)|\(\s*({_NAME})\s*(.*?)\s*\))\s*", re.DOTALL)
_STEP = re.compile(r'(\[\])|(\{\})|(?:^|\.)([\w$-]+|"(?:[^"\\]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Member:
    """A field, by its wire name."""

    wire: str


@dataclass(frozen=True, slots=True)
class Items:
    """The items of an array."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a map."""


Step = Member | Items | Values


@dataclass(frozen=True, slots=True)
class ResponsePath:
    """A position in the successful response of an operation; no steps for the whole of it."""

    operation: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ArgumentPath:
    """An argument of an operation, or a position in its value."""

    operation: str
    argument: str
    steps: tuple[Step, ...] = ()


TypePath = ResponsePath | ArgumentPath


def parse_type_path(text: str) -> TypePath:
    """Read a position. The message of a `ValueError` continues a sentence that begins with the quoted text."""
    match = _PATH.fullmatch(text)
    if match is None:
        raise ValueError("is not a position: write `users.get -> field` or `users.get(argument)`")
    operation, response, argument, inside = match.groups()
    if argument is None:
        return ResponsePath(operation, _steps(response))
    if inside and inside[0] not in ".[{":
        raise ValueError(f"is not understood from {inside[:20]!a} on")
    return ArgumentPath(operation, argument, _steps(f"_{inside}")[1:])


def _steps(text: str) -> tuple[Step, ...]:
    found: list[Step] = []
    position = 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or text[0] == ".":
            raise ValueError(f"is not understood from {text[position : position + 20]!a} on")
        items, values, name = match.groups()
        found.append(Items() if items else Values() if values else Member(_unquoted(name)))
        position = match.end()
    return tuple(found)


def _unquoted(name: str) -> str:
    if not name.startswith('"'):
        return name
    try:
        return str(json.loads(name))
    except ValueError:
        raise ValueError(f"has {name[:20]!a}, which is not a text of JSON") from None
