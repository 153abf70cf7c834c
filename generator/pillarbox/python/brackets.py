"""Code in brackets, laid out as black would: on one line where it fits, else broken at its outermost brackets.

black needs most of a millisecond for a line. What is written here need not be shown to it; a test holds that black would
change nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from ..client import types as py
from ..client.types import PyType
from ..text.python import PythonCode, identifier, literal
from .imports import LINE_LENGTH

__all__ = [
    "Brackets",
    "Piece",
    "Union",
    "annotation_of",
    "before",
    "call",
    "flat",
    "laid_out",
    "mapping",
    "sequence",
]

_INDENT = 4


@dataclass(frozen=True, slots=True)
class Brackets:
    """`list[str]`, `{"a": a}`, `Field(alias="x")`."""

    opening: PythonCode
    """The bracket and what is before it."""
    items: tuple["Piece", ...]
    closing: PythonCode
    is_display: bool = False
    """True for a dict or a tuple: where it is broken, each of its items has a line. The arguments of a call, and what is
    within `[]`, stay on one line where they fit."""


@dataclass(frozen=True, slots=True)
class Union:
    """`A | B`, which is broken before each `|`."""

    members: tuple["Piece", ...]


Piece = PythonCode | Brackets | Union


def flat(piece: Piece) -> PythonCode:
    """The code on one line."""
    match piece:
        case Brackets(opening, items, closing):
            inner = PythonCode(", ").join([flat(item) for item in items])
            comma = PythonCode(",") if _is_lone(piece) else PythonCode("")
            return PythonCode("{}{}{}{}").format(opening, inner, comma, closing)
        case Union(members):
            return PythonCode(" | ").join([flat(member) for member in members])
        case PythonCode():
            return piece
        case _:
            assert_never(piece)


def _is_lone(piece: Brackets) -> bool:
    """Whether it is a tuple of one, which ends in a comma."""
    return piece.is_display and len(piece.items) == 1 and str(piece.opening).endswith("(")


def laid_out(piece: Piece, indent: int, *, used: int = 0, after: int = 1) -> PythonCode:
    """The code, with line breaks where it is too long for one line.

    Args:
        piece: What is printed.
        indent: Columns before the line that it begins on.
        used: Columns of that line before the piece.
        after: Columns behind its end: a comma.
    """
    line = flat(piece)
    if indent + used + len(line) + after <= LINE_LENGTH:
        return line
    match piece:
        case Brackets(opening, items, closing):
            lines = [opening, *_body(piece, items, indent + _INDENT)]
            return PythonCode("\n").join([*lines, _margin(indent, closing)])
        case Union(members):
            return PythonCode("\n").join(_broken_union(members, indent, after))
        case PythonCode():
            return line
        case _:
            assert_never(piece)


def _margin(indent: int, code: PythonCode) -> PythonCode:
    return PythonCode("").join([*[PythonCode("    ")] * (indent // _INDENT), code])


def _body(piece: Brackets, items: Sequence[Piece], indent: int) -> Iterator[PythonCode]:
    together = PythonCode(", ").join([flat(item) for item in items])
    exploded = len(items) > 1 or _is_lone(piece)
    if not (piece.is_display and exploded) and indent + len(together) <= LINE_LENGTH:
        yield _margin(indent, together)
        return
    comma = PythonCode(",") if exploded else PythonCode("")
    for item in items:
        yield PythonCode("{}{}").format(_margin(indent, laid_out(item, indent, after=len(comma))), comma)


def _broken_union(members: Sequence[Piece], indent: int, after: int) -> Iterator[PythonCode]:
    for number, member in enumerate(members):
        code = laid_out(
            before(PythonCode("| "), member) if number else member,
            indent,
            after=after if member is members[-1] else 0,
        )
        yield _margin(indent, code) if number else code


def before(code: PythonCode, piece: Piece) -> Piece:
    """The piece with code before it, such as `headers=`."""
    match piece:
        case Brackets():
            return replace(piece, opening=PythonCode("{}{}").format(code, piece.opening))
        case Union() | PythonCode():
            return PythonCode("{}{}").format(code, flat(piece))
        case _:
            assert_never(piece)


def mapping(entries: Iterable[tuple[PythonCode, Piece]]) -> Brackets:
    """`{"a": a, "b": b}`."""
    items = tuple(before(PythonCode("{}: ").format(key), value) for key, value in entries)
    return Brackets(PythonCode("{{").format(), items, PythonCode("}}").format(), is_display=True)


def sequence(items: Iterable[Piece]) -> Brackets:
    """`(a, b)`, or `(a,)`."""
    return Brackets(PythonCode("("), tuple(items), PythonCode(")"), is_display=True)


def call(function: PythonCode, *arguments: Piece) -> Brackets:
    """`function(a, b)`."""
    return Brackets(PythonCode("{}(").format(function), arguments, PythonCode(")"))


def annotation_of(kind: PyType, models: PythonCode, hidden: frozenset[str] = frozenset()) -> Piece:
    """An annotation; unions carry their tags, builtins that are hidden there `builtins.`."""

    def inner(part: PyType) -> Piece:
        return annotation_of(part, models, hidden)

    def builtin(name: str) -> PythonCode:
        return PythonCode("builtins.{}").format(identifier(name)) if name in hidden else identifier(name)

    match kind:
        case py.ListOf(items, for_request):
            name = PythonCode("Sequence") if for_request else builtin("list")
            return Brackets(PythonCode("{}[").format(name), (inner(items),), PythonCode("]"))
        case py.MapOf(values, for_request):
            name = PythonCode("Mapping") if for_request else builtin("dict")
            return Brackets(PythonCode("{}[").format(name), (inner(py.STR), inner(values)), PythonCode("]"))
        case py.LiteralOf(values):
            return Brackets(PythonCode("Literal["), tuple(map(literal, values)), PythonCode("]"))
        case py.Either(members):
            return Union(tuple(map(inner, members)))
        case py.Tagged(members, wire, tags):
            tag = call(PythonCode("Tagged"), *(literal(value) for value in (wire, *tags)))
            return Brackets(
                PythonCode("Annotated["), (Union(tuple(map(inner, members))), tag), PythonCode("]")
            )
        case _:
            return py.spell(kind, models=models, hidden=hidden, tagged=True)
