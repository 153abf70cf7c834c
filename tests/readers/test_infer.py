"""Samples -> types."""

from typing import Any

import pytest

from pillarbox.model.types import (
    Anything,
    Array,
    Evidence,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from pillarbox.readers.inference import Known, infer

S, I, N, B = (
    Scalar(kind) for kind in (ScalarKind.STRING, ScalarKind.INTEGER, ScalarKind.NUMBER, ScalarKind.BOOLEAN)
)
DATE, MOMENT, UUID = (Scalar(kind) for kind in (ScalarKind.DATE, ScalarKind.DATETIME, ScalarKind.UUID))
ANY = Anything("why")


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (["a", "b"], S),
        ([1, 2], I),
        ([1, 2.5], N),
        ([2.5, 1], N),
        ([True], B),
        ([1, "a"], Union((I, S))),
        ([True, 1], Union((B, I))),
        ([1, None], Nullable(I)),
        ([None, "a", 1], Nullable(Union((S, I)))),
        ([[1], ["a"]], Array(Union((I, S)))),
        ([[], [1.5]], Array(N)),
        ([Known(I), 7], I),
        ([Known(I), 7.5], N),
        ([Known(DATE)], DATE),
        ([Known(DATE), "2026-01-31"], DATE),
        ([Known(DATE), "2026-31-01"], S),
        ([Known(DATE), "today"], S),
        ([Known(DATE), Known(MOMENT)], S),
        ([Known(MOMENT), "2026-01-31T09:30:00Z"], MOMENT),
        ([Known(MOMENT), "2026-01-31T09:30:00+00:00"], S),
        ([Known(UUID), "123e4567-e89b-12d3-a456-426614174000"], UUID),
        ([Known(UUID), "123E4567-E89B-12D3-A456-426614174000"], S),
        (["2026-01-31"], S),
        ([Known(Scalar(ScalarKind.STRING, "email")), "x"], S),
        ([Known(ANY), {"a": 1}], ANY),
        ([Known(Array(ANY)), [1]], Array(I)),
        ([Known(Map(ANY)), {"10": 1}], Map(I)),
    ],
)
def test_scalars_and_mixtures(samples: list[Any], expected: Type) -> None:
    assert infer(samples, for_request=False) == expected


@pytest.mark.parametrize(("samples", "inside"), [([], None), ([None], None), ([[]], Array), ([{}], Map)])
def test_what_nothing_is_known_of_is_anything(samples: list[Any], inside: type | None) -> None:
    found = infer(samples, for_request=False)
    if inside is not None:
        assert isinstance(found, inside)
        found = found.items if isinstance(found, Array) else found.values if isinstance(found, Map) else found
    assert isinstance(found, Anything)
    assert found.why


def test_fields_know_how_often_they_were_seen() -> None:
    found = infer([{"a": 1, "b": None}, {"a": 2}, {"b": "x", "a": 3}], for_request=False)
    assert isinstance(found, Object)
    a, b = found.fields
    assert (a.wire, a.type, a.required, a.evidence) == ("a", I, True, Evidence(3, 3))
    assert (b.wire, b.type, b.required, b.evidence) == ("b", Nullable(S), False, Evidence(2, 3))


def test_objects_in_arrays_are_samples_of_one_shape() -> None:
    found = infer([[{"a": 1}, {"a": 2, "b": 1}], [{"a": 3}]], for_request=False)
    assert isinstance(found, Array)
    assert isinstance(found.items, Object)
    assert [(field.wire, field.required, field.evidence) for field in found.items.fields] == [
        ("a", True, Evidence(3, 3)),
        ("b", False, Evidence(1, 3)),
    ]


def test_what_a_caller_sends_is_never_required_by_a_sample() -> None:
    found = infer([{"a": {"b": 1}}], for_request=True)
    assert isinstance(found, Object)
    outer = found.fields[0]
    assert isinstance(outer.type, Object)
    assert (outer.required, outer.type.fields[0].required) == (False, False)
    assert outer.evidence == Evidence(1, 1)


@pytest.mark.parametrize(
    ("sample", "is_map"),
    [
        ({"123e4567-e89b-12d3-a456-426614174000": 1}, True),
        ({"2026-01-31": 1, "2026-02-01": 2}, True),
        ({"1": {"a": 1}, "22": {"a": 2}}, True),
        ({"EUR": 1, "USD": 2.5}, True),
        ({"EUR": 1, "USD": "2"}, False),
        ({"EUR": 1}, False),
        ({"EUR": 1, "FOO": 2}, False),
        ({"prop123": 1}, True),
        ({"prop1": 1}, False),
        ({"additionalProp1": "x"}, True),
        ({"key_0": "x", "key_1": "y"}, True),
        ({"https://a.example": "k"}, True),
        ({"ann@example.com": 1}, True),
        ({"de": "Hallo", "en": "hello"}, True),
        ({"en-US": "a", "de-DE": "b"}, True),
        ({"id": 1, "no": 2}, False),
        ({"1": 1, "name": 2}, False),
        ({"a": 1, "b": 2}, False),
    ],
)
def test_keys_that_are_data_make_maps(sample: dict[str, Any], is_map: bool) -> None:
    assert isinstance(infer([sample], for_request=False), Map) is is_map
