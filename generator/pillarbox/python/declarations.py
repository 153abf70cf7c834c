"""Arguments as a signature spells them, laid out as black would, so that black need not look."""

from typing import assert_never

from ..client import types as py
from ..client.api import Default, Parameter
from ..text.python import PythonCode, identifier, literal
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
    annotation = py.spell(argument.kind, models=models, hidden=hidden)
    line = PythonCode("{}: {}{}").format(name, annotation, default)
    if _INDENT + len(line) + 1 <= LINE_LENGTH or not isinstance(argument.kind, py.Either):
        return line
    if _INDENT + 4 + len(annotation) > LINE_LENGTH:
        members = (py.spell(member, models=models, hidden=hidden) for member in argument.kind.members)
        annotation = PythonCode("\n            | ").join(members)
    return PythonCode("{}: (\n            {}\n        ){}").format(name, annotation, default)
