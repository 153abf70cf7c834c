"""The encoder for C."""

import re

from .encoded import Encoded
from .source import Syntax, octal_bytes

__all__ = ["C", "CText", "byte_count", "latin1", "lined"]

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_SECOND_MARK = re.compile(r"(?<=\?)\?")
_LONGEST_LITERAL = 500
"""Compilers take far longer ones, people do not."""


class CText(Encoded):
    """A piece of C."""

    __slots__ = ()


C = Syntax(kind=CText, comment_start="//", escapes=_ESCAPES, escape=octal_bytes)
"""Names, numbers and comments. Strings are written by `lined`, which knows trigraphs."""


def _literal(text: str) -> str:
    # `??` begins a trigraph; `\?` is a question mark that begins none.
    return _SECOND_MARK.sub(r"\\?", str(C.string(text)))


def lined(text: str, indent: int) -> CText:
    """The literal of a text: a literal for each line of it, below each other, which C reads as one.

    Args:
        indent: How many spaces precede the second and later ones.
    """
    pieces = [
        line[start : start + _LONGEST_LITERAL]
        for line in text.splitlines(keepends=True) or [""]
        for start in range(0, len(line), _LONGEST_LITERAL) or [0]
    ]
    return CText._trusted(("\n" + " " * indent).join(map(_literal, pieces)))


def latin1(text: str) -> CText:
    """A header's value, which travels in Latin-1."""
    body = "".join(
        _ESCAPES.get(letter) or (letter if " " <= letter <= "~" else f"\\{ord(letter):03o}")
        for letter in text
    )
    return CText._trusted('"' + _SECOND_MARK.sub(r"\\?", body) + '"')


def byte_count(text: str) -> int:
    """How many bytes the literal of a text has."""
    return len(_SURROGATES.sub("\ufffd", text).encode())
