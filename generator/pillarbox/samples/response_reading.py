"""A saved response -> what a sample reads from it, and its text in short."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..client.api import Method
from ..client.request import Json, SavedExample
from ..naming.words import singular, split_words
from .model import Group, Items, Kind, Leaf, Reading, SampleResponse, Step

__all__ = ["MOST_LEAVES", "example_of", "reading_of", "response_of", "response_of_reading", "shortened"]

MOST_LEAVES = 80
"""Values that a sample reads: enough for a whole record, few enough to be read by a person."""
_DEEPEST = 10
_SAMPLES = 200
"""Items of one array that are looked at."""
_LONGEST_LINE = 76
_MOST_LINES = 60
_ITEMS_SHOWN = 2


def example_of(method: Method) -> SavedExample | None:
    """The saved response that a sample shows: the first success with JSON, else the first success."""
    saved = [example for response in method.responses for example in response.examples]
    successes = [example for example in saved if 200 <= example.status < 300]
    return next((one for one in successes if _is_json(one)), successes[0] if successes else None)


def _is_json(example: SavedExample) -> bool:
    return example.text is None and bool(example.media_type)


def response_of(example: SavedExample) -> SampleResponse:
    """The response of a sample, from a saved one."""
    if _is_json(example):
        return SampleResponse(
            status=example.status,
            media_type=example.media_type,
            shortened=shortened(example.json),
            reading=reading_of(example.json),
        )
    text = example.text or ""
    lines = [_cut(line) for line in text[: _MOST_LINES * 200].splitlines()[:_MOST_LINES]]
    return SampleResponse(
        status=example.status, media_type=example.media_type, shortened="\n".join(lines), reading=None
    )


# -- the text in short ----------------------------------------------------------------------------


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 3]}..."


def _short(value: Json, depth: int = 0) -> Json:
    match value:
        case str():
            return _cut(value)
        case Mapping():
            if depth > _DEEPEST:
                return {}
            return {_cut(key): _short(item, depth + 1) for key, item in list(value.items())[:_MOST_LINES]}
        case list() | tuple():
            if depth > _DEEPEST:
                return []
            shown: list[Json] = [_short(item, depth + 1) for item in value[:_ITEMS_SHOWN]]
            return [*shown, "..."] if len(value) > _ITEMS_SHOWN else shown
        case _:
            return value


def shortened(value: Json) -> str:
    """JSON for a comment: long texts, lists and documents end in `...`."""
    lines = json.dumps(_short(value), ensure_ascii=False, indent=2).split("\n")
    return "\n".join(lines if len(lines) <= _MOST_LINES else [*lines[:_MOST_LINES], "..."])


# -- what is read ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Budget:
    leaves: int = MOST_LEAVES
    left_out: int = 0
    has_nul: bool = False
    has_huge: bool = False


_Trail = tuple[tuple[str, ...], ...]
"""The words of each name from the response down to a value."""


def _names(trail: _Trail, last: str) -> tuple[tuple[str, ...], ...]:
    """The own words, then with those of the object around, then with all."""
    if not trail:
        return ((last,),)
    own = trail[-1]
    wishes = [own]
    if len(trail) > 1:
        parent = trail[-2]
        near = own if own[: len(parent)] == parent else (*parent, *own)
        wishes = [near, tuple(word for step in trail for word in step)]
    return tuple(dict.fromkeys(tuple(wish) for wish in wishes))


def _spelled(key: str) -> tuple[str, ...]:
    return split_words(key)[:6] or ("value",)


def _one_of(many: tuple[str, ...]) -> tuple[str, ...]:
    """What one item of a list is called: `users` -> `user`, `data` -> `data_item`."""
    one = singular(many[-1])
    return (*many[:-1], one) if one != many[-1] else (*many, "item")


def _kind(value: Json) -> Kind:
    match value:
        case bool():
            return Kind.BOOLEAN
        case int():
            return Kind.INTEGER
        case float():
            return Kind.NUMBER
        case str():
            return Kind.STRING
        case _:
            return Kind.ANY


def _merged(kinds: Sequence[Kind]) -> Kind:
    found = set(kinds)
    if len(found) == 1:
        return kinds[0]
    return Kind.NUMBER if found == {Kind.INTEGER, Kind.NUMBER} else Kind.ANY


def _is_list(value: Json) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _step(
    samples: Sequence[Json], key: str | None, trail: _Trail, optional: bool, budget: _Budget
) -> Step | None:
    """How the values at one path are read; None where they are not."""
    known = [value for value in samples if value is not None]
    optional = optional or len(known) < len(samples)
    if len(trail) > _DEEPEST or not budget.leaves:
        budget.left_out += 1
        return None
    if known and all(isinstance(value, Mapping) for value in known):
        return _group(known, key, trail, optional, budget)
    if known and all(map(_is_list, known)):
        return _items(known, key, trail, optional, budget)
    if any(isinstance(value, Mapping) or _is_list(value) for value in known):
        budget.left_out += 1
        return None
    budget.leaves -= 1
    kind = _merged([_kind(value) for value in known]) if known else Kind.ANY
    large = any(isinstance(value, int) and not -(2**31) <= value < 2**31 for value in known)
    budget.has_nul |= any(isinstance(value, str) and "\0" in value for value in known)
    budget.has_huge |= any(isinstance(value, int) and abs(value) > 2**53 for value in known)
    return Leaf(key, kind, _names(trail, "value"), optional, large)


def _group(
    samples: Sequence[Json], key: str | None, trail: _Trail, optional: bool, budget: _Budget
) -> Step | None:
    members: dict[str, list[Json]] = {}
    for sample in samples:
        if isinstance(sample, Mapping):
            for name, value in sample.items():
                members.setdefault(name, []).append(value)
    steps = [
        step
        for name, values in members.items()
        if (step := _step(values, name, (*trail, _spelled(name)), len(values) < len(samples), budget))
    ]
    return Group(key, tuple(steps), _names(trail, "answer"), optional) if steps else None


def _items(
    samples: Sequence[Json], key: str | None, trail: _Trail, optional: bool, budget: _Budget
) -> Step | None:
    found: list[Json] = []
    for sample in samples:
        if isinstance(sample, Sequence) and not isinstance(sample, str):
            found.extend(sample[: _SAMPLES - len(found)])
    if not found:
        return None
    one = _one_of(trail[-1] if trail else ("items",))
    if None in found and any(isinstance(value, Mapping) or _is_list(value) for value in found):
        budget.left_out += 1
        return None
    item = _step(found, None, (*trail[:-1], one), False, budget)
    if item is None:
        return None
    return Items(key, item, _names(trail, "items"), _names((*trail[:-1], one), "item"), optional)


def _leaves(step: Step) -> Iterator[Leaf]:
    match step:
        case Leaf():
            yield step
        case Group(steps=steps):
            for one in steps:
                yield from _leaves(one)
        case Items(item=item):
            yield from _leaves(item)


def reading_of(value: Json) -> Reading | None:
    """How a JSON response is read; None where it holds no value."""
    budget = _Budget()
    root = _step([value], None, (), False, budget)
    if root is None or not any(_leaves(root)):
        return None
    return Reading(root, budget.left_out, budget.has_nul, budget.has_huge)


def response_of_reading(reading: Reading, short: str) -> SampleResponse:
    """A response of which only the JSON is known."""
    return SampleResponse(status=200, media_type="application/json", shortened=short, reading=reading)
