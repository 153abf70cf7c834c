"""Named lists of values: `UserTokenType = Literal["token", "zak"] | str`."""

from dataclasses import dataclass

from ..lock.claims import Claims
from ..naming.candidates import Candidate, Reason
from ..naming.inflections import Inflections
from ..naming.words import pascal, valid_name
from . import types as py
from .operation_nouns import noun_words
from .types import PyType

__all__ = ["Alias", "AliasBook", "ListSite", "has_values"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A named list of values: `UserTokenType = Literal["token", "zak"] | str`."""

    name: str
    kind: PyType


@dataclass(frozen=True, slots=True)
class ListSite:
    """An argument whose type lists values."""

    key: str
    wire: str
    qualified: str
    """Dotted name of its operation."""


def has_values(kind: PyType) -> bool:
    """True where an annotation lists values."""
    match kind:
        case py.LiteralOf():
            return True
        case py.Either(members):
            return any(isinstance(member, py.LiteralOf) for member in members)
        case py.ListOf(items):
            return has_values(items)
        case _:
            return False


def _named_lists(kind: PyType, name: str) -> tuple[PyType, PyType]:
    """The annotation with its list of values replaced by an alias, and what the alias means."""
    match kind:
        case py.ListOf(items, for_request):
            inner, meaning = _named_lists(items, name)
            return py.ListOf(inner, for_request), meaning
        case py.Either(members):
            values = next(member for member in members if isinstance(member, py.LiteralOf))
            others = [member for member in members if not isinstance(member, py.LiteralOf | py.Plain)]
            if others:
                # Models are not known where the alias is defined.
                return py.either(
                    py.AliasName(name) if member == values else member for member in members
                ), values
            nothing = [member for member in members if member == py.NONE]
            rest = py.either(member for member in members if member != py.NONE)
            return py.either([py.AliasName(name), *nothing]), rest
        case _:
            return py.AliasName(name), kind


class AliasBook:
    """The aliases of one module: equal lists of values that want one name share it."""

    def __init__(self, module: str, claims: Claims, reserved: frozenset[str] = frozenset()) -> None:
        self._sites = claims.value_lists(module)
        self._reserved = reserved
        self._kinds: dict[str, PyType] = {}

    def alias(self, kind: PyType, argument: ListSite, inflections: Inflections) -> PyType:
        """The annotation with its list of values under a name."""
        qualified, wire = argument.qualified, argument.wire
        noun = pascal(" ".join(noun_words(qualified, inflections)))
        method = pascal(qualified.rsplit(".", maxsplit=1)[-1])
        own = pascal(wire)
        wished = (
            (noun + own, Reason.NOUN_AND_WIRE),
            (method + own, Reason.OPERATION_AND_WIRE),
            (method + own + "Value", Reason.OPERATION_AND_WIRE),
        )
        named = [Candidate(valid_name(name, "class"), why, f"{qualified}({wire})") for name, why in wished]
        candidates = [candidate for candidate in named if candidate.name not in self._reserved]
        _, meaning = _named_lists(kind, "")
        name = self._sites.name(
            argument.key, candidates, share=lambda other: self._kinds.get(other) == meaning
        )
        if self._kinds.setdefault(name, meaning) != meaning:
            self._kinds[name] = py.either([self._kinds[name], meaning])
        return _named_lists(kind, name)[0]

    def all(self) -> tuple[Alias, ...]:
        """The aliases to define, by name."""
        return tuple(Alias(name=name, kind=self._kinds[name]) for name in sorted(self._kinds))
