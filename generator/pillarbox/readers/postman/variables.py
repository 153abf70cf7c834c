"""Variables: `{{name}}` in texts, scopes of values, dynamic variables.

Rules measured against newman 6.2: the name is taken verbatim, replacement is repeated up to 19 rounds,
what no scope holds stays as it is, the last enabled entry of a scope wins.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.api import Placeholder, Template
from ...model.types import Json, Scalar, ScalarKind
from ..documents import parse_json
from ..inference import Known
from ..lenient import javascript_text, members, text

__all__ = ["PLACEHOLDER", "Scope", "dynamic", "pieces", "whole_placeholder"]

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_NESTED = re.compile(r"(\{\{[^{}]*)\{\{([^{}]*)\}\}(?=[^{}]*\}\})")
_ROUNDS = 19
_MAX_LENGTH = 1_000_000
"""Values that name each other can grow tenfold a round."""

_MAX_DEPTH = 100

_STRING = Scalar(ScalarKind.STRING)
_DYNAMIC: Mapping[str, Known] = {
    "$guid": Known(_STRING, "123e4567-e89b-12d3-a456-426614174000"),
    "$randomUUID": Known(_STRING, "123e4567-e89b-12d3-a456-426614174000"),
    "$timestamp": Known(Scalar(ScalarKind.INTEGER), 1769851800),
    "$isoTimestamp": Known(_STRING, "2026-01-31T09:30:00.000Z"),
    "$randomInt": Known(Scalar(ScalarKind.INTEGER), 42),
    "$randomBoolean": Known(Scalar(ScalarKind.BOOLEAN), True),
    "$randomEmail": Known(_STRING, "user@example.com"),
    "$randomExampleEmail": Known(_STRING, "user@example.com"),
    "$randomFirstName": Known(_STRING, "Ada"),
    "$randomLastName": Known(_STRING, "Lovelace"),
    "$randomFullName": Known(_STRING, "Ada Lovelace"),
    "$randomUserName": Known(_STRING, "ada"),
    "$randomPhoneNumber": Known(_STRING, "+15550100"),
    "$randomPhoneNumberExt": Known(_STRING, "+15550100"),
    "$randomUrl": Known(_STRING, "https://example.com"),
    "$randomIP": Known(_STRING, "192.0.2.1"),
    "$randomPrice": Known(_STRING, "9.50"),
    "$randomBankAccount": Known(_STRING, "12345678"),
}


def dynamic(name: str) -> Known | None:
    """What a dynamic variable such as `$guid` yields; None for a name that is none."""
    if not name.startswith("$"):
        return None
    known = _DYNAMIC.get(name)
    if known is None and name.startswith("$random"):
        known = Known(_STRING)
    return known


def whole_placeholder(value: str) -> str | None:
    """The name of the variable that is the whole of `value`, or None."""
    match = PLACEHOLDER.fullmatch(value)
    return None if match is None else match[1]


def pieces(value: str) -> Template:
    """Fixed text and placeholders, in order."""
    found: list[str | Placeholder] = []
    position = 0
    for match in PLACEHOLDER.finditer(value):
        if match.start() > position:
            found.append(value[position : match.start()])
        found.append(Placeholder(match[1]))
        position = match.end()
    if position < len(value):
        found.append(value[position:])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Scope:
    """The values that a collection and its environments give to variables."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, scopes: Iterable[Any]) -> "Scope":
        """From lists of variables, in order of precedence: later ones override (collection, then environments).

        A collection's entries are switched off by `disabled`, an environment's by `enabled: false`.
        """
        values: dict[str, str] = {}
        for scope in scopes:
            for name, value in _entries(scope):
                values[name] = value
        return cls(values)

    def resolve(self, value: str) -> str:
        """`value` with known variables replaced, up to 19 rounds; unknown ones stay."""
        for _ in range(_ROUNDS):
            if "{{" not in value or len(value) > _MAX_LENGTH:
                break
            replaced = self._replaced(value)
            if replaced == value:
                break
            value = replaced
        return value

    def _replaced(self, value: str) -> str:
        """One round; the text as it was where it would grow too long."""
        made: list[str] = []
        position = length = 0
        for match in PLACEHOLDER.finditer(value):
            new = self.values.get(match[1], match[0])
            made += (value[position : match.start()], new)
            length += match.start() - position + len(new)
            position = match.end()
            if length > _MAX_LENGTH:
                return value
        return "".join((*made, value[position:]))

    def flatten(self, value: str) -> str:
        """`value` without variables inside names of variables (`{{a{{n}}}}`), as far as they are known."""
        for _ in range(_ROUNDS):
            if "{{" not in value or len(value) > _MAX_LENGTH:
                break
            replaced = _NESTED.sub(lambda match: match[1] + self.values.get(match[2], match[2])[:200], value)
            if replaced == value:
                break
            value = replaced
        return value

    def value(self, name: str) -> str | None:
        """The resolved value of a variable; None if it is unknown, empty or leads to an unknown one."""
        raw = self.values.get(name)
        if not raw:
            return None
        resolved = self.resolve(raw)
        return None if PLACEHOLDER.search(resolved) else resolved

    def circular(self) -> tuple[str, ...]:
        """Variables whose values lead back to themselves: they have no value."""
        leads = {
            name: set(PLACEHOLDER.findall(value)) for name, value in self.values.items() if "{{" in value
        }
        known = {name: others & leads.keys() for name, others in leads.items()}
        for _ in range(2):
            known = _reversed(_without_ends(known))
        return tuple(name for name in leads if name in known)


def _reversed(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    made: dict[str, set[str]] = {name: set() for name in graph}
    for name, others in graph.items():
        for other in others:
            made[other].add(name)
    return made


def _without_ends(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The graph without all that leads to an end; what is left leads round in a ring."""
    left = {name: set(others) for name, others in graph.items()}
    sources = _reversed(graph)
    ends = [name for name, others in left.items() if not others]
    while ends:
        end = ends.pop()
        del left[end]
        for name in sources[end]:
            left[name].discard(end)
            if not left[name]:
                ends.append(name)
    return left


def _entries(scope: Any) -> Iterator[tuple[str, str]]:
    for _, entry in members(scope):
        name = text(entry.get("key")) or text(entry.get("id"))
        if name and not entry.get("disabled") and entry.get("enabled") is not False:
            yield name, javascript_text(_cast(entry.get("value"), text(entry.get("type"))))


def _cast(value: Any, kind: str) -> Json:
    """A value as its declared type makes it: `"1e3"` as a number is 1000, `"false"` as a boolean is true."""
    match kind:
        case "number" if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                return "NaN"
        case "boolean":
            return bool(value)
        case "array" | "object" | "json" if isinstance(value, str):
            try:
                parsed: Json = parse_json(value, depth=_MAX_DEPTH)
            except ValueError:
                return value
            return parsed
        case _:
            return value  # type: ignore[no-any-return]
