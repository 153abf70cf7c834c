"""The encoder for Go."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, utf32

__all__ = ["GO", "GoText", "block", "latin1"]

_NOT_RAW = re.compile(f"(?![\n\t])[`\r\ud800-\udfff{INVISIBLE}]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class GoText(Encoded):
    """A piece of Go."""

    __slots__ = ()


GO = Syntax(kind=GoText, comment_start="//", escapes=_ESCAPES, escape=utf32)


def block(text: str, indent: str) -> GoText:
    """A text of several lines: between back-ticks where that is possible, else a literal for each line.

    Args:
        indent: What precedes the second and later literals.
    """
    if "\n" in text and not _NOT_RAW.search(text):
        return GoText._trusted(f"`{text}`")
    lines = [str(GO.string(line)) for line in text.splitlines(keepends=True)] or ['""']
    return GoText._trusted(f" +\n{indent}".join(lines))


def latin1(text: str) -> GoText:
    """A header's value, which travels in Latin-1: Go's own texts are UTF-8."""
    body = "".join(
        _ESCAPES.get(letter) or (letter if " " <= letter <= "~" else f"\\x{ord(letter):02x}")
        for letter in text
    )
    return GoText._trusted(f'"{body}"')
