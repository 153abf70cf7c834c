"""How annotations differ for the code around them."""

import pytest
from hypothesis import given, strategies as st

from pillarbox.client import types as py
from pillarbox.client.types import PyType
from pillarbox.review.types import Shift, argument_shift, response_shift, values_of, with_values

A, B = py.ModelName("A"), py.ModelName("B")
SMALL, LARGE = py.LiteralOf(("s",)), py.LiteralOf(("s", "l"))


def either(*kinds: PyType) -> PyType:
    return py.either(kinds)


TABLE: tuple[tuple[PyType, PyType, Shift, Shift], ...] = (
    # old, new, as an argument, as an answer
    (py.STR, py.STR, Shift.SAME, Shift.SAME),
    (py.INT, py.FLOAT, Shift.WIDENED, Shift.WIDENED),
    (py.FLOAT, py.INT, Shift.NARROWED, Shift.NARROWED),
    (py.BOOL, py.INT, Shift.WIDENED, Shift.WIDENED),
    (py.STR, py.INT, Shift.CHANGED, Shift.CHANGED),
    (py.DATE, py.DATETIME, Shift.NARROWED, Shift.NARROWED),
    (py.STR, py.DATETIME, Shift.CHANGED, Shift.CHANGED),
    (A, B, Shift.CHANGED, Shift.CHANGED),
    (A, either(A, py.NONE), Shift.WIDENED, Shift.WIDENED),
    (either(A, B), A, Shift.NARROWED, Shift.NARROWED),
    (either(A, B), either(B, A), Shift.SAME, Shift.SAME),
    (
        py.Tagged((py.ModelName("A"), py.ModelName("B")), "k", (("a",), ("b",))),
        either(A, B),
        Shift.SAME,
        Shift.SAME,
    ),
    (SMALL, LARGE, Shift.WIDENED, Shift.WIDENED),
    (LARGE, py.STR, Shift.WIDENED, Shift.WIDENED),
    (py.STR, either(LARGE, py.STR), Shift.SAME, Shift.SAME),
    (py.LiteralOf((1, "a")), either(py.INT, py.STR), Shift.WIDENED, Shift.WIDENED),
    (py.LiteralOf((True,)), py.LiteralOf((1,)), Shift.CHANGED, Shift.CHANGED),
    (py.STR, py.ListOf(py.STR, for_request=True), Shift.CHANGED, Shift.CHANGED),
    (
        py.ListOf(py.INT, for_request=True),
        py.ListOf(py.FLOAT, for_request=True),
        Shift.WIDENED,
        Shift.WIDENED,
    ),
    (py.ListOf(either(py.STR, py.NONE)), py.ListOf(py.STR), Shift.NARROWED, Shift.ITEMS_NARROWED),
    (py.MapOf(either(py.STR, py.NONE)), py.MapOf(py.STR), Shift.NARROWED, Shift.ITEMS_NARROWED),
    (py.STR, py.ANY, Shift.WIDENED, Shift.LOST),
    (py.ANY, py.STR, Shift.NARROWED, Shift.FOUND),
    (A, py.ANY, Shift.WIDENED, Shift.CHANGED),
    (py.ANY, A, Shift.NARROWED, Shift.CHANGED),
    (py.ListOf(py.ANY), py.ListOf(py.STR), Shift.NARROWED, Shift.FOUND),
    (py.ListOf(A), py.ListOf(py.ANY), Shift.WIDENED, Shift.CHANGED),
    (py.MapOf(py.ANY), A, Shift.CHANGED, Shift.CHANGED),
)


@pytest.mark.parametrize(("old", "new", "argument", "answer"), TABLE)
def test_the_table(old: PyType, new: PyType, argument: Shift, answer: Shift) -> None:
    assert argument_shift(old, new) is argument
    assert response_shift(old, new) is answer


PLAIN = st.sampled_from(
    [py.STR, py.INT, py.FLOAT, py.BOOL, py.NONE, py.DATE, py.DATETIME, py.ANY, A, B, SMALL, LARGE]
)
KINDS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds(py.ListOf, inner, st.booleans()),
        st.builds(py.MapOf, inner, st.booleans()),
        st.lists(inner, min_size=1, max_size=3).map(py.either),
    ),
    max_leaves=6,
)
MIRROR = {Shift.WIDENED: Shift.NARROWED, Shift.NARROWED: Shift.WIDENED}


@given(KINDS, KINDS)
def test_the_way_back_is_the_mirror(old: PyType, new: PyType) -> None:
    there, back = argument_shift(old, new), argument_shift(new, old)
    assert back is MIRROR.get(there, there)


@given(KINDS, KINDS)
def test_a_union_takes_what_its_members_take(one: PyType, other: PyType) -> None:
    assert argument_shift(one, py.either([one, other])) in (Shift.SAME, Shift.WIDENED)


@given(KINDS)
def test_nothing_differs_from_itself(kind: PyType) -> None:
    assert argument_shift(kind, kind) is response_shift(kind, kind) is Shift.SAME


@given(KINDS, KINDS, KINDS)
def test_widening_twice_is_widening(one: PyType, other: PyType, third: PyType) -> None:
    wide = (Shift.SAME, Shift.WIDENED)
    if argument_shift(one, other) in wide and argument_shift(other, third) in wide:
        assert argument_shift(one, third) in wide


def test_listed_values() -> None:
    open_list = py.either([LARGE, py.STR, py.NONE])
    assert values_of(open_list).listed == ("s", "l")
    assert values_of(open_list).open
    assert not values_of(py.ListOf(LARGE)).open
    assert values_of(py.ListOf(LARGE)).missing_in(values_of(SMALL)) == ("l",)
    assert with_values(py.ListOf(LARGE), ("x",)) == py.ListOf(py.LiteralOf(("x",)))
    assert not values_of(py.STR).listed
