"""The encoder for an HTTP message as a text that people read and fill in."""

import re

from .characters import INVISIBLE, one_line, visible
from .encoded import Encoded

__all__ = ["MessageText", "comment", "comments", "fixed", "name"]

_CODED = re.compile(rf"[{INVISIBLE}]|\{{(?=\{{)")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class MessageText(Encoded):
    """A piece of a message."""

    __slots__ = ()


def fixed(text: str, *, lines: bool = False) -> MessageText:
    """Text that is sent as it is. Invisible characters are written as `{{U+2028}}`, and so is a brace before a brace.

    Args:
        lines: Keep line feeds as they are.
    """

    def written(found: re.Match[str]) -> str:
        return "\n" if lines and found[0] == "\n" else f"{{{{U+{ord(found[0]):04X}}}}}"

    return MessageText._trusted(_CODED.sub(written, _SURROGATES.sub("\ufffd", text)))


def name(text: str) -> MessageText:
    """A name to fill in.

    Raises:
        ValueError: it is none.
    """
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is no name")
    return MessageText._trusted(text)


def comment(text: str) -> MessageText:
    """One line for people above the message."""
    return MessageText._trusted(f"# {one_line(text)}".rstrip())


def comments(text: str) -> tuple[MessageText, ...]:
    """A line for each line of a text, indentation kept."""
    return tuple(MessageText._trusted(f"# {line}".rstrip()) for line in visible(text).split("\n"))
