"""The encoder for Kotlin."""

from .java import JvmText
from .source import Syntax, utf16

__all__ = ["KOTLIN", "block"]

KOTLIN = Syntax(
    kind=JvmText,
    comment_start="//",
    # `$` begins a template.
    escapes={'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=utf16,
)

_LONGEST_CONSTANT = 15_000
"""A class file holds constants of at most 65,535 bytes, four a character."""


def block(text: str, depth: int) -> JvmText:
    """A text of several lines: a literal for each, added up; one that no constant holds as pieces, joined when it runs.

    Args:
        depth: How many steps of four spaces the second and later lines are indented by.
    """
    pieces = [
        line[start : start + _LONGEST_CONSTANT]
        for line in text.splitlines(keepends=True)
        for start in range(0, len(line), _LONGEST_CONSTANT)
    ] or [""]
    literals = [str(KOTLIN.string(piece)) for piece in pieces]
    pad = " " * 4 * depth
    if len(text) > _LONGEST_CONSTANT:
        return JvmText._trusted(f"listOf(\n{pad}" + f",\n{pad}".join(literals) + f'\n{pad}).joinToString("")')
    return JvmText._trusted(f" +\n{pad}".join(literals))
