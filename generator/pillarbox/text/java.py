"""The encoder for Java; Kotlin's own literals are in `kotlin`."""

import re

from .encoded import Encoded
from .source import Syntax, utf16

__all__ = ["JAVA", "JvmText", "block"]

_LONGEST_CONSTANT = 60_000
"""A class file holds constants of at most 65,535 bytes."""


_NO_BLOCK = re.compile(r"[^\S \n](?=\n|$)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""White space that a text block loses at the end of a line, with no escape for it, and what some tool takes for a line end."""


class JvmText(Encoded):
    """A piece of Java or Kotlin, which call the same classes."""

    __slots__ = ()


def _escape(character: str) -> str:
    # The compiler reads `\u000a` before anything else, as a line end; an octal escape it reads inside of the literal.
    return f"\\{ord(character):03o}" if ord(character) < 0x100 else utf16(character)


JAVA = Syntax(
    kind=JvmText,
    comment_start="//",
    escapes={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=_escape,
    # In a comment `\u000a` would end it, and any other `\u` that is no escape is an error.
    comment_swaps=(("\\u", "\\ u"),),
)

_BLOCK = Syntax(
    kind=JvmText,
    comment_start="//",
    escapes={'"': '"', "\\": "\\\\", "\n": "\n", "\r": "\\r", "\t": "\\t"},
    escape=_escape,
)


def _line(line: str) -> str:
    """A line of a text block: a space at its end would be taken away."""
    written = str(_BLOCK.string(line))[1:-1].replace('"""', '\\"\\"\\"')
    return f"{written[:-1]}\\s" if written.endswith(" ") else written


def _chunks(text: str) -> list[str]:
    """Pieces that are short enough for one constant, 4 bytes a character at most, each of whole lines where they allow it."""
    chunks: list[str] = []
    size = 0
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), _LONGEST_CONSTANT // 4):
            piece = line[start : start + _LONGEST_CONSTANT // 4]
            needed = len(piece.encode("utf-8", "replace")) + piece.count("\0")
            if chunks and size + needed <= _LONGEST_CONSTANT:
                chunks[-1] += piece
                size += needed
            else:
                chunks.append(piece)
                size = needed
    return chunks or [""]


def block(text: str, depth: int) -> JvmText:
    """A text of several lines as a text block; one that no constant holds as pieces, joined when it runs.

    Args:
        depth: How many steps of four spaces the lines are indented by.
    """
    chunks = _chunks(text)
    if len(chunks) > 1:
        pieces = ", ".join(str(JAVA.string(chunk)) for chunk in chunks)
        return JvmText._trusted(f'String.join("", {pieces})')
    pad = " " * 4 * depth
    if "\n" not in text or _NO_BLOCK.search(text):
        literals = [str(JAVA.string(line)) for line in text.splitlines(keepends=True)] or ['""']
        return JvmText._trusted(f"\n{pad}+ ".join(literals))
    *inner, last = text.removesuffix("\n").split("\n")
    lines = "".join(f"{pad}{line}\n" if (line := _line(one)) else "\n" for one in inner)
    # The marks at the end are on a line of their own, so that their indentation is the one that is taken away from all lines.
    end = "\\n\\" if text.endswith("\n") else "\\"
    return JvmText._trusted(f'"""\n{lines}{pad}{_line(last)}{end}\n{pad}"""')
