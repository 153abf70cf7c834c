"""The encoder for Swift."""

from .encoded import Encoded
from .source import Syntax, braced

__all__ = ["SWIFT", "SwiftText", "block"]


class SwiftText(Encoded):
    """A piece of Swift."""

    __slots__ = ()


# The backslash that is written twice begins no interpolation.
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

SWIFT = Syntax(kind=SwiftText, comment_start="//", escapes=_ESCAPES, escape=braced)

_BLOCK = Syntax(kind=SwiftText, comment_start="//", escapes={**_ESCAPES, '"': '"'}, escape=braced)


def block(text: str) -> SwiftText:
    """A text of several lines between three quotes; its text is escaped as in any literal."""
    if "\n" not in text:
        return SWIFT.string(text)
    lines = [str(_BLOCK.string(line))[1:-1].replace('"""', '\\"\\"\\"') for line in text.split("\n")]
    return SwiftText._trusted('"""\n' + "\n".join(lines) + '\n"""')
