"""The values of an answer as a sample prints them: `name = value`, in the order of the reading."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pillarbox.samples.model import Group, Items, Kind, Leaf, Step

__all__ = ["Value", "count_scalars", "mismatch", "values_of"]

_NULLS = r"(?:null|None|nil|NULL|undefined|NA|Nothing|)"
_ABSENT = r"(?:null|None|nil|NULL|undefined|NA|Nothing||0|0\.0|false|False|FALSE|no)"
_NAME = r"[$@]?[A-Za-z_][A-Za-z0-9_]*"
_NUMBER = r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?"


class Value:
    """One value that a sample has to print. `kind` is None where the answer lacks it."""

    __slots__ = ("kind", "value")

    def __init__(self, value: Any, kind: Kind | None) -> None:
        self.value = value
        self.kind = kind


def values_of(step: Step, value: Any) -> Iterator[Value]:
    """All values of an answer, read by hand as the steps say."""
    match step:
        case Leaf(kind=kind):
            yield Value(value, None if value is None else kind)
        case Group(steps=steps):
            members = value if isinstance(value, Mapping) else {}
            for one in steps:
                yield from values_of(one, members.get(one.key))
        case Items(item=item):
            for one in value or []:
                yield from values_of(item, one)


def count_scalars(value: Any) -> int:
    """How many values there are in a document, null included: what a complete reading reads."""
    match value:
        case Mapping():
            return sum(map(count_scalars, value.values()))
        case list():
            return sum(map(count_scalars, value))
        case _:
            return 1


def _pattern(value: Value) -> str:
    match value.value:
        case None:
            return _ABSENT if value.kind is None else _NULLS
        case bool():
            words = (
                ("true", "True", "TRUE", "1", "yes")
                if value.value
                else ("false", "False", "FALSE", "0", "no", "")
            )
            return "(?:" + "|".join(words) + ")"
        case int() | float():
            return f"({_NUMBER})"
        case text:
            return re.escape(str(text))


def mismatch(values: list[Value], printed: str) -> str:
    """What is wrong with what a sample printed, or nothing. The values stand at the end of it."""
    tail = [f"{_NAME} = {_pattern(value)}\r?\n" for value in values]
    # Printed values hold line ends, so a line is no unit: the last ones are tried from each place that fits.
    found = _matched(tail, printed)
    if found is None:
        return f"{len(values)} values do not end {printed[-400:]!a}"
    numbers = [
        value
        for value in values
        if isinstance(value.value, int | float) and not isinstance(value.value, bool)
    ]
    for number, text in zip(numbers, found, strict=True):
        whole = re.fullmatch("-?[0-9]+", text)
        exact = int(text) == number.value if whole else float(text) == number.value
        if not exact or (number.kind is Kind.INTEGER and not whole):
            return f"{text} instead of {number.value}"
    return ""


def _matched(patterns: list[str], printed: str) -> list[str] | None:
    """The numbers in the text, where the patterns in a row make up its end."""
    if not patterns:
        return []
    first = re.compile(patterns[0])
    for start in first.finditer(printed):
        if start.start() and printed[start.start() - 1] != "\n":
            continue
        numbers: list[str] = []
        place = start.start()
        for pattern in patterns:
            match = re.compile(pattern).match(printed, place)
            if match is None:
                break
            numbers += [group for group in match.groups() if group is not None]
            place = match.end()
        else:
            if not printed[place:].strip("\r\n"):
                return numbers
    return None
