"""Arguments as a signature spells them, laid out as black would, so that black need not look."""

from typing import assert_never

from ..client.api import Default, Parameter
from ..text.python import PythonCode, identifier, literal
from .brackets import Union, annotation_of, before, flat, laid_out
from .imports import LINE_LENGTH

__all__ = ["declaration"]

_INDENT = 8
"""Columns before an argument of a method."""


def _default(argument: Parameter) -> PythonCode:
    match argument.default:
        case Default.REQUIRED:
            return PythonCode("")
        case Default.NONE:
            return PythonCode(" = None")
        case Default.UNSET:
            return PythonCode(" = UNSET")
        case Default.LITERAL:
            return PythonCode(" = {}").format(literal(argument.literal))
        case _:
            assert_never(argument.default)


def declaration(argument: Parameter, models: PythonCode, hidden: frozenset[str]) -> PythonCode:
    """`ttl: int | None = None`; a union too long for its line is put in parentheses, if need be a member a line."""
    name, default = identifier(argument.name), _default(argument)
    piece = annotation_of(argument.kind, models, hidden)
    line = PythonCode("{}: {}{}").format(name, flat(piece), default)
    if _INDENT + len(line) + 1 <= LINE_LENGTH:
        return line
    if not isinstance(piece, Union):
        whole = before(PythonCode("{}: ").format(name), piece)
        return PythonCode("{}{}").format(laid_out(whole, _INDENT, after=len(default) + 1), default)
    inner = laid_out(piece, _INDENT + 4, after=0)
    return PythonCode("{}: (\n            {}\n        ){}").format(name, inner, default)
