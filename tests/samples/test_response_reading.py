"""How an answer is read: steps, names, limits, and its text in short."""

import json
from typing import Any

import pytest

from pillarbox.samples.model import Group, Items, Kind, Leaf, Step
from pillarbox.samples.naming import Names, Rules, camel, snake
from pillarbox.samples.response_reading import MOST_LEAVES, reading_of, shortened
from tests.samples.contract import CASES
from tests.samples.values import count_scalars, values_of


def leaves(step: Step) -> list[Leaf]:
    match step:
        case Leaf():
            return [step]
        case Group(steps=steps):
            return [leaf for one in steps for leaf in leaves(one)]
        case Items(item=item):
            return leaves(item)


def kinds(value: Any) -> list[tuple[str | None, Kind, bool]]:
    reading = reading_of(value)
    return [] if reading is None else [(leaf.key, leaf.kind, leaf.optional) for leaf in leaves(reading.root)]


def test_scalars_have_their_types() -> None:
    value = {"s": "x", "i": 1, "n": 1.5, "b": True, "z": None}
    assert kinds(value) == [
        ("s", Kind.STRING, False),
        ("i", Kind.INTEGER, False),
        ("n", Kind.NUMBER, False),
        ("b", Kind.BOOLEAN, False),
        ("z", Kind.ANY, True),
    ]


def test_items_are_merged() -> None:
    value = [{"a": 1}, {"a": 1.5, "b": "x"}, {"a": None, "b": 2}]
    assert kinds(value) == [("a", Kind.NUMBER, True), ("b", Kind.ANY, True)]


@pytest.mark.parametrize("value", [{}, [], [{}], {"a": []}, {"a": {}}])
def test_nothing_to_read(value: Any) -> None:
    assert reading_of(value) is None


def test_what_is_not_read_is_counted() -> None:
    reading = reading_of({"a": 1, "mixed": [1, {"b": 2}], "nulls": [{"c": 1}, None]})
    assert reading is not None and reading.left_out == 2


def test_a_reading_is_short() -> None:
    reading = reading_of({f"field{number}": number for number in range(5_000)})
    assert reading is not None and len(leaves(reading.root)) == MOST_LEAVES


def test_deep_answers_end() -> None:
    value: Any = 1
    for _ in range(300):
        value = {"a": [value]}
    reading = reading_of({"x": 1, "deep": value})
    assert reading is not None and len(leaves(reading.root)) == 1 and reading.left_out == 1


@pytest.mark.parametrize("case", [case for case in CASES if case["response"]], ids=lambda case: case["name"])
def test_every_value_of_the_contract_is_read(case: Any) -> None:
    body = case["response"][0]["body"]
    try:
        value = json.loads(body)
    except ValueError:
        return
    if case["name"] == "Large answer":
        value = {"rows": value["rows"][:50], "total": value["total"]}
    reading = reading_of(value)
    assert reading is not None
    found = list(values_of(reading.root, value))
    present = [one for one in found if one.kind is not None or one.value is not None]
    nulls = sum(one.value is None for one in found)
    assert reading.left_out == 0
    assert len(present) <= count_scalars(value) <= len(present) + nulls


def test_shortened_texts_stay_short() -> None:
    large: Any = {"rows": [{"text": "x" * 10_000}] * 1_000, **{f"k{n}": n for n in range(1_000)}}
    text = shortened(large)
    assert len(text.split("\n")) <= 61 and len(text) < 8_000
    assert '"..."' in text
    assert json.loads(shortened({"a": [1, 2], "b": "x"})) == {"a": [1, 2], "b": "x"}


def test_names_are_unique_as_the_language_compares_them() -> None:
    rules = Rules(spell=camel, reserved=frozenset({"begin", "http"}), case_matters=False, longest=20)
    names = Names(rules)
    assert names.claim([("begin",), ("the", "begin")]) == "theBegin"
    assert names.claim([("user", "id")]) == "userId"
    assert names.claim([("userid",)]) == "userid2"
    assert names.claim([("http",)]) == "http2"
    assert len(names.claim([("very",) * 30])) <= 20
    assert names.claim([("2fa",)]) == "v2fa"


def test_a_name_with_a_number_is_no_other_name() -> None:
    names = Names(Rules(spell=snake, reserved=frozenset()))
    assert [names.claim([("id",)]), names.claim([("id2",)]), names.claim([("id",)])] == ["id", "id2", "id3"]
