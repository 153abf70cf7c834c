"""Lines of Python, told apart by its own tokenizer."""

import ast
import io
import tokenize
from dataclasses import dataclass

__all__ = ["Lines", "count_lines"]

_NOTHING = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Lines:
    """Lines that hold code, and lines of docstrings. Blank lines and comments count for neither."""

    code: int
    docstrings: int


def count_lines(text: str) -> Lines:
    """Count one module."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            # Also the text under an attribute, which is its documentation.
            if (
                isinstance(statement, ast.Expr)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.value.value, str)
            ):
                docstrings.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NOTHING:
            code.update(range(token.start[0], token.end[0] + 1))
    lines = text.splitlines()
    return Lines(len(code - docstrings), sum(bool(lines[number - 1].strip()) for number in docstrings))
