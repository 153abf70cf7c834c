"""Example values: what fits a type, what is made where nothing does, and that no secret passes."""

from typing import Any

import pytest

from pillarbox.model.api import Example
from pillarbox.readers.openapi.values import Values

from .schemas import Document, ref

STR = {"type": "string"}
INT = {"type": "integer"}
NAMED: dict[str, Any] = {
    "User": {"properties": {"id": INT, "name": STR}, "required": ["id"]},
    "Cat": {"properties": {"kind": STR, "lives": INT}, "required": ["kind", "lives"]},
    "Dog": {"properties": {"kind": STR}, "required": ["kind"]},
    "Tree": {
        "properties": {"up": ref("Tree"), "down": {"type": "array", "items": ref("Tree")}},
        "required": ["down"],
    },
    "Endless": {"properties": {"next": ref("Endless")}, "required": ["next"]},
    "MaybeEndless": {
        "properties": {"next": {"anyOf": [ref("MaybeEndless"), {"type": "null"}]}},
        "required": ["next"],
    },
    "Expression": {
        "oneOf": [{"properties": {"left": ref("Expression")}, "required": ["left"]}, {"type": "number"}]
    },
}
PET = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (STR, ["", "a"], [1, None, True, ["a"], {}]),
        (INT, [0, -1], [1.0, "1", True, None]),
        ({"type": "number"}, [0, 1.5], ["1", True, None]),
        ({"type": "boolean"}, [True, False], [0, 1, "true", None]),
        (
            {"type": "string", "format": "date"},
            ["2026-01-31", "2024-02-29"],
            ["2026-02-30", "20260131", "0000-01-01", "x", 7],
        ),
        (
            {"type": "string", "format": "date-time"},
            [
                "2026-01-31T09:30:00Z",
                "2026-01-31T09:30:00.123+02:00",
                "2026-01-31 09:30:00",
                "2026-01-31t09:30:00z",
                "2026-01-31T09:30:00.123456789Z",
            ],
            ["2026-01-31", "2026-13-31T09:30:00Z", "2026-01-31T25:30:00Z", "now", "2026-01-31T09:30:00ZZ", 7],
        ),
        (
            {"type": "string", "format": "uuid"},
            ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
            ["123e4567e89b12d3a456426614174000", "x", 7],
        ),
        ({"enum": ["a", 1, 0.5]}, ["a", 1, 0.5, 1.0], ["b", True, None, 2]),
        ({"enum": [True]}, [True], [1, False]),
        ({"enum": [["a"], {"b": 1}]}, [["a"], {"b": 1}], [["b"], {}]),
        ({"anyOf": [STR, {"enum": ["a"]}]}, ["a", "b"], [1, None]),
        ({"anyOf": [INT, {"enum": [1]}]}, [1, 2], ["1", True]),
        ({"type": ["string", "null"]}, ["a", None], [1]),
        ({"type": ["string", "integer"]}, ["a", 1], [1.5, None]),
        ({"type": "array", "items": INT}, [[], [1, 2]], [["a"], [None], {}, "ab"]),
        ({"additionalProperties": INT}, [{}, {"a": 1}], [{"a": "b"}, [], None]),
        (
            ref("User"),
            [{"id": 1}, {"id": 1, "more": None}],
            [{}, {"id": "1"}, {"id": 1, "name": 7}, None, []],
        ),
        ({**NAMED["User"], "additionalProperties": INT}, [{"id": 1, "x": 2}], [{"id": 1, "x": "y"}]),
        (
            PET,
            [{"kind": "Cat", "lives": 9}, {"kind": "Dog", "lives": 9}],
            [{"kind": "Cat"}, {"kind": "Cow"}, {}],
        ),
        ({}, [None, 1, "a", {}], []),
        (ref("Tree"), [{"down": []}, {"down": [{"down": []}]}], [{"down": [{}]}]),
    ],
)
def test_what_a_type_accepts(schema: Any, good: list[Any], bad: list[Any]) -> None:
    document = Document(schema, NAMED)
    values = Values(document.schemas)
    kind = document.type()
    assert [value for value in good if not values.accepts(kind, value)] == []
    assert [value for value in bad if values.accepts(kind, value)] == []


@pytest.mark.parametrize(
    ("schema", "wire", "expected"),
    [
        (STR, "email", "user@example.com"),
        (STR, "firstName", "Ada"),
        (STR, "apiKey", "example-key"),
        ({"type": "string", "format": "ipv4"}, "x", "192.0.2.1"),
        ({"type": "string", "format": "date"}, "x", "2026-01-31"),
        (INT, "limit", 10),
        ({"enum": ["b", "a"]}, "x", "b"),
        ({"type": ["integer", "null"]}, "x", 1),
        ({"type": "array", "items": STR}, "names", ["example"]),
        ({"type": "array"}, "x", []),
        ({"type": "object"}, "x", {}),
        (ref("User"), "x", {"id": 1, "name": "Example"}),
        (PET, "x", {"kind": "Cat", "lives": 1}),
        (
            {
                "properties": {**{f"o{n}": STR for n in range(9)}, "user": ref("User"), "must": INT},
                "required": ["must"],
            },
            "x",
            {"o0": "example", "o1": "example", "o2": "example", "must": 1},
        ),
        (
            {"properties": {"a": ref("User"), "b": {"type": "array", "items": ref("User")}}},
            "x",
            {"a": {"id": 1}, "b": [{"id": 1}]},
        ),
        (
            {"properties": {"old": {"type": "string", "deprecated": True}, "new": STR}},
            "x",
            {"new": "example"},
        ),
        (ref("Tree"), "x", {"down": []}),
        (ref("MaybeEndless"), "x", {"next": None}),
        (ref("Expression"), "x", {"left": 1.5}),
        ({"type": "array", "items": ref("Endless")}, "x", []),
        (ref("Endless"), "x", {}),
    ],
)
def test_made_values(schema: Any, wire: str, expected: Any) -> None:
    document = Document(schema, NAMED)
    values = Values(document.schemas)
    kind = document.type()
    made = values.made(kind, wire)
    assert made == expected
    assert values.accepts(kind, made) or schema == ref("Endless")


def test_a_made_value_is_small_however_large_the_type() -> None:
    wide = {
        "properties": {f"p{n}": ref("Wide2") for n in range(50)},
        "required": [f"p{n}" for n in range(50)],
    }
    leaf = {
        "properties": {f"q{n}": {"type": "array", "items": ref("User")} for n in range(50)},
        "required": ["q0", "q1"],
    }
    document = Document(ref("Wide"), {**NAMED, "Wide": wide, "Wide2": leaf})
    values = Values(document.schemas)
    kind = document.type()
    made = values.made(kind, "x")
    assert values.accepts(kind, made)
    assert len(repr(made)) < 5_000


@pytest.mark.parametrize(
    ("schema", "candidates", "expected"),
    [
        (INT, [7], 7),
        (INT, ["x", None, 8, 9], 8),
        # Written as in a URL.
        (INT, ["7"], 7),
        (STR, [10], "10"),
        (STR, [True], "example"),
        ({"type": "boolean"}, ["false"], False),
        ({"type": ["integer", "null"]}, ["7"], 7),
        ({"type": "array", "items": STR}, ["a, b"], ["a", "b"]),
        ({"type": "array", "items": INT}, ["1,2"], [1, 2]),
        ({"type": "array", "items": INT}, ["1,x"], [1]),
        (INT, [], 1),
        (STR, ["string", "mine"], "mine"),
        ({"type": ["string", "null"]}, [None], None),
        (ref("User"), [{"name": "Bo"}, {"id": 7, "extra": [1]}], {"id": 7, "extra": [1]}),
    ],
)
def test_the_first_documented_value_that_fits(schema: Any, candidates: list[Any], expected: Any) -> None:
    document = Document(schema, NAMED)
    assert Values(document.schemas).example(document.type(), "x", candidates) == Example(expected)


SECRET = "q9XvT27LmPz4"


@pytest.mark.parametrize(
    ("wire", "value", "expected"),
    [
        ("access_token", SECRET, "example-token"),
        ("x", {"password": SECRET}, {"password": "example-password"}),
        ("x", {"deep": [{"apiKey": SECRET}]}, {"deep": [{"apiKey": "example-key"}]}),
        ("tokens", [SECRET, SECRET + "b"], ["example-tokens", "example-tokens"]),
        ("pin", 4711, 0),
        ("key", SECRET, "example-key"),
        ("key", "title", "title"),
        ("token", "<token>", "<token>"),
        ("token", "example-token", "example-token"),
        ("token", "Bearer example-token", "Bearer example-token"),
        ("token_type", "bearer-something", "bearer-something"),
        ("token", True, True),
        ("token", None, None),
        ("name", "Ada", "Ada"),
    ],
)
def test_secrets_never_pass(wire: str, value: Any, expected: Any) -> None:
    document = Document({})
    values = Values(document.schemas)
    assert values.example(document.type(), wire, [value]).value == expected
    assert (values.redacted > 0) == (value != expected)
    assert (values.cleaned(value, wire) is value) == (value == expected)


def test_each_secret_is_counted_once_and_what_stands_for_one_is_not() -> None:
    document = Document({})
    values = Values(document.schemas)
    for value in (SECRET, SECRET, SECRET + "b", "example-token", "Bearer example-token", "<token>"):
        values.example(document.type(), "token", [value])
    assert values.redacted == 2


def test_a_placeholder_must_fit_too() -> None:
    schema = {"properties": {"token": {"type": "string", "format": "uuid"}}}
    document = Document(schema)
    example = Values(document.schemas).example(
        document.type(), "x", [{"token": "0b9ad9d6-5a8a-4d3b-9d7b-0f1f7a1f2c3d"}]
    )
    assert example.value == {"token": "123e4567-e89b-12d3-a456-426614174000"}


def test_deep_values() -> None:
    deep: Any = 1
    for _ in range(5_000):
        deep = [deep]
    document = Document({"oneOf": [{"type": "array"}, STR]})
    values = Values(document.schemas)
    example = values.example(document.type(), "x", [deep])
    assert len(repr(example.value)) < 1_000


def test_many_alternatives_at_every_level_are_given_up_in_time() -> None:
    names = [f"N{index}" for index in range(12)]
    node = {
        "properties": {"next": {"oneOf": [ref(name) for name in names]}, "end": INT},
        "required": ["next"],
    }
    document = Document(ref("N0"), {name: {**node, "title": name} for name in names})
    value: Any = {"end": "wrong"}
    for _ in range(30):
        value = {"next": value}
    assert not Values(document.schemas).accepts(document.type(), value)
