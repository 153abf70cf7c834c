"""The encoder for C#."""

from .encoded import Encoded
from .source import Syntax, utf32

__all__ = ["CSHARP", "CSharpText", "block"]


class CSharpText(Encoded):
    """A piece of C#."""

    __slots__ = ()


CSHARP = Syntax(
    kind=CSharpText,
    comment_start="//",
    escapes={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=utf32,
)


def block(text: str, indent: str) -> CSharpText:
    """A text of several lines: a literal for each, which the compiler adds up.

    Args:
        indent: What precedes the second and later literals.
    """
    literals = [str(CSHARP.string(line)) for line in text.splitlines(keepends=True)] or ['""']
    return CSharpText._trusted(f" +\n{indent}".join(literals))
