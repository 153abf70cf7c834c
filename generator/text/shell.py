"""The encoder for bash."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, hex_bytes

__all__ = ["SHELL", "ShellText", "holds_nul", "quoted"]

_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,=][A-Za-z0-9_./:@%+,=-]*")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class ShellText(Encoded):
    """A piece of a bash script."""

    __slots__ = ()


SHELL = Syntax(kind=ShellText, comment_start="#", escapes={"\\": "\\\\", '"': '\\"'})
"""Names, numbers and comments; strings are written by `quoted`."""


def holds_nul(text: str) -> bool:
    """True for what no argument of a process can hold."""
    return "\0" in text


def quoted(text: str, *, lines: bool = False) -> ShellText:
    """One word that bash expands to exactly this text.

    Plain text stands as it is, other text in single quotes, and text with controls or hidden characters as
    `$'…'` with the bytes of UTF-8, so that it means the same in every locale.

    Args:
        lines: Let line feeds stand as they are, for a text of several lines that people are to read.

    Raises:
        ValueError: it holds a NUL character, which no argument can.
    """
    if holds_nul(text):
        raise ValueError("no argument of a process can hold a NUL character")
    text = _SURROGATES.sub("\ufffd", text)
    if _PLAIN.fullmatch(text):
        return ShellText._trusted(text)
    hidden = _HIDDEN.search(text.replace("\n", "") if lines else text)
    if not hidden:
        inner = text.replace("'", "'\\''")
        return ShellText._trusted(f"'{inner}'")
    body = "".join(
        _ESCAPES.get(character) or (hex_bytes(character) if _HIDDEN.match(character) else character)
        for character in text
    )
    return ShellText._trusted(f"$'{body}'")
