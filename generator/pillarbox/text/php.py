"""The encoder for PHP."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, braced

__all__ = ["PHP", "PhpCode", "body", "latin1"]

_ESCAPES = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = re.compile(f"[{INVISIBLE}\ud800-\udfff]")


class PhpCode(Encoded):
    """A piece of PHP."""

    __slots__ = ()


PHP = Syntax(
    kind=PhpCode, comment_start="//", escapes=_ESCAPES, escape=braced, comment_swaps=(("?>", "? >"),)
)
"""Strings, names, numbers and comments. `?>` would end the code, in a comment too."""


def latin1(text: str) -> PhpCode:
    """The literal of a header, which travels in Latin-1: strings of PHP are bytes."""
    if text.isascii():
        return PHP.string(text)
    body = "".join(
        _ESCAPES.get(letter) or (letter if " " <= letter <= "~" else f"\\x{byte:02x}")
        for letter, byte in zip(text, text.encode("latin-1"), strict=True)
    )
    return PhpCode._trusted(f'"{body}"')


def body(text: str) -> PhpCode:
    """A text of several lines for people: a nowdoc, or an ordinary literal where something is hidden in it."""
    if "\n" not in text or _HIDDEN.search(text.replace("\n", "")):
        return PHP.string(text)
    mark = "TEXT"
    while mark in text:
        mark += "_"
    return PhpCode._trusted(f"<<<'{mark}'\n{text}\n{mark}")
