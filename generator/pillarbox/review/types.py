"""How one annotation differs from another for the code around it.

An argument may come to take more, a response may come to promise more; the reverse breaks callers. This is the
subtyping of type checkers on the plan's own types, with two departures where the running code would notice
what a checker does not: text is no sequence of texts, and raw JSON is no model.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import assert_never

from ..client import types as py
from ..client.request import Json
from ..client.types import PyType

__all__ = ["Shift", "Values", "argument_shift", "response_shift", "values_of", "with_values", "without"]


class Shift(Enum):
    """What became of a type."""

    SAME = "same"
    """No value and no use tells them apart."""
    WIDENED = "widened"
    """Every value of the old type is one of the new."""
    NARROWED = "narrowed"
    """Every value of the new type is one of the old."""
    ITEMS_NARROWED = "items narrowed"
    """The same inside of a list or map, where the written-out types do not fit each other."""
    LOST = "lost"
    """A type where nothing is known now."""
    FOUND = "found"
    """Nothing was known where a type is now."""
    CHANGED = "changed"
    """Neither fits the other."""


class _Fit(IntEnum):
    NO = 0
    ITEMS = 1
    YES = 2


_BELOW = {
    (py.INT, py.FLOAT),
    (py.BOOL, py.INT),
    (py.BOOL, py.FLOAT),
    (py.DATETIME, py.DATE),
}
"""Pairs of classes of which the first passes for the second."""
_RICH = (py.DATE, py.DATETIME, py.UUID, py.BYTES)
"""Types whose values are not what JSON holds."""


def _class_of(value: Json) -> PyType:
    match value:
        case None:
            return py.NONE
        case bool():
            return py.BOOL
        case int():
            return py.INT
        case _:
            return py.STR


def _fits(kind: PyType, wanted: PyType, *, gradual: bool) -> _Fit:
    """Whether a value of type `kind` fits where `wanted` is expected; with `gradual`, `Any` fits everywhere."""

    def inner(one: PyType, other: PyType) -> _Fit:
        return _fits(one, other, gradual=gradual)

    def contained(one: PyType, other: PyType, *, read_only: bool) -> _Fit:
        fit = inner(one, other)
        return _Fit.ITEMS if fit is _Fit.YES and not read_only and one != other else fit

    if wanted == py.ANY:
        return _Fit.YES
    if kind == py.ANY:
        return _Fit.YES if gradual else _Fit.NO
    match kind, wanted:
        case (py.Either(members), _) | (py.Tagged(members), _):
            return min(inner(member, wanted) for member in members)
        case py.LiteralOf(values), py.LiteralOf(others):
            known = {(type(value), value) for value in others}
            return _Fit.YES if all((type(value), value) in known for value in values) else _Fit.NO
        case py.LiteralOf(values), _ if len(values) > 1:
            # Each for itself: `Literal["a", 1]` fits `str | int`.
            return min(inner(py.LiteralOf((value,)), wanted) for value in values)
        case (_, py.Either(members)) | (_, py.Tagged(members)):
            return max(inner(kind, member) for member in members)
        case py.LiteralOf(values), py.Plain():
            return min((inner(_class_of(value), wanted) for value in values), default=_Fit.YES)
        case py.Plain(), py.Plain():
            return _Fit.YES if kind == wanted or (kind, wanted) in _BELOW else _Fit.NO
        case (py.ModelName(), _) | (py.InputName(), _) | (py.EnumName(), _) | (py.AliasName(), _):
            return _Fit.YES if kind == wanted else _Fit.NO
        case py.ListOf(items, read_only), py.ListOf(others):
            return contained(items, others, read_only=read_only)
        case py.MapOf(values, read_only), py.MapOf(others):
            return contained(values, others, read_only=read_only)
        case _:
            return _Fit.NO


def _rich(kind: PyType) -> bool:
    """True where decoding makes something of a value that its JSON is not."""
    match kind:
        case py.ModelName() | py.UnionName() | py.Tagged():
            return True
        case py.ListOf(inner) | py.MapOf(inner):
            return _rich(inner)
        case py.Either(members):
            return any(map(_rich, members))
        case py.Plain():
            return kind in _RICH
        case py.InputName() | py.AliasName() | py.EnumName() | py.LiteralOf():
            return False
        case _:
            assert_never(kind)


def argument_shift(old: PyType, new: PyType) -> Shift:
    """What became of a type that callers pass values of; `Any` takes everything."""
    grown, shrunk = _fits(old, new, gradual=False), _fits(new, old, gradual=False)
    if grown and shrunk:
        return Shift.SAME
    if grown:
        return Shift.WIDENED
    return Shift.NARROWED if shrunk else Shift.CHANGED


def response_shift(old: PyType, new: PyType) -> Shift:
    """What became of a type that callers read."""
    grown, shrunk = _fits(old, new, gradual=False), _fits(new, old, gradual=False)
    if grown and shrunk:
        return Shift.SAME
    if shrunk:
        if _fits(old, new, gradual=True):
            return Shift.CHANGED if _rich(new) else Shift.FOUND
        return Shift.ITEMS_NARROWED if shrunk is _Fit.ITEMS else Shift.NARROWED
    if grown and _fits(new, old, gradual=True):
        return Shift.CHANGED if _rich(old) else Shift.LOST
    return Shift.WIDENED if grown else Shift.CHANGED


def without(kind: PyType, *unwanted: PyType) -> PyType:
    """A union without some of its members."""
    if not isinstance(kind, py.Either):
        return kind
    left = [member for member in kind.members if member not in unwanted]
    return py.either(left) if left else kind


@dataclass(frozen=True, slots=True)
class Values:
    """The values that an annotation lists, and whether it takes others too."""

    listed: tuple[Json, ...]
    open: bool

    def missing_in(self, other: "Values") -> tuple[Json, ...]:
        """Those that the other one does not list."""
        known = {(type(value), value) for value in other.listed}
        return tuple(value for value in self.listed if (type(value), value) not in known)


def values_of(kind: PyType) -> Values:
    """What an annotation lists, wherever in it."""
    lists = list(_lists(kind))
    return Values(
        tuple(value for values, _ in lists for value in values), all(is_open for _, is_open in lists)
    )


def _lists(kind: PyType) -> Iterator[tuple[tuple[Json, ...], bool]]:
    match kind:
        case py.LiteralOf(values):
            yield values, False
        case py.ListOf(inner) | py.MapOf(inner):
            yield from _lists(inner)
        case py.Either(members):
            for member in members:
                if isinstance(member, py.LiteralOf):
                    classes = {_class_of(value) for value in member.values} - {py.NONE, py.BOOL}
                    yield member.values, classes <= set(members)
                else:
                    yield from _lists(member)
        case (
            py.Plain()
            | py.ModelName()
            | py.InputName()
            | py.EnumName()
            | py.UnionName()
            | py.AliasName()
            | py.Tagged()
        ):
            return
        case _:
            assert_never(kind)


def with_values(kind: PyType, values: Iterable[Json]) -> PyType:
    """The annotation with other values in place of those that it lists."""
    chosen = tuple(values)

    def changed(part: PyType) -> PyType:
        match part:
            case py.LiteralOf():
                return py.LiteralOf(chosen)
            case py.ListOf(inner, for_request):
                return py.ListOf(changed(inner), for_request)
            case py.MapOf(inner, for_request):
                return py.MapOf(changed(inner), for_request)
            case py.Either(members):
                return py.either(changed(member) for member in members)
            case (
                py.Plain()
                | py.ModelName()
                | py.InputName()
                | py.EnumName()
                | py.UnionName()
                | py.AliasName()
                | py.Tagged()
            ):
                return part
            case _:
                assert_never(part)

    return changed(kind)
