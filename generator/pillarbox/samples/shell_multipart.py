"""What the samples for bash share that put a multipart body together by hand."""

from collections.abc import Sequence

from ..text.shell import SHELL, ShellText, expanded, printed, word
from .message import BOUNDARY, part_head
from .model import FilePart, TextPart, Variable

__all__ = ["TAKEN", "multipart_lines"]

TAKEN = ("body", "boundary", "part")
"""Names that a script with such a body declares."""

_PART = ShellText(
    "part() {{ printf -- '--%s\\r\\n%s\\r\\n\\r\\n' \"$boundary\" \"$1\"; cat; printf '\\r\\n'; }}"
)


def multipart_lines(parts: Sequence[TextPart | FilePart], names: dict[Variable, str]) -> ShellText:
    """The lines that write the body to the file `$body`."""
    lines = [ShellText("boundary={}").format(word([BOUNDARY])), _PART.format(), ShellText("{")]
    for part in parts:
        head = word(
            [piece if isinstance(piece, str) else expanded(names[piece]) for piece in part_head(part)]
        )
        match part:
            case TextPart(value=value):
                lines.append(ShellText("  {} | part {}").format(printed(value), head))
            case FilePart(file=file):
                lines.append(ShellText('  part {} <"{}"').format(head, expanded(names[file])))
    lines += [ShellText("  printf -- '--%s--\\r\\n' \"$boundary\""), ShellText('} >"$body"')]
    return SHELL.lines((0, line) for line in lines)
