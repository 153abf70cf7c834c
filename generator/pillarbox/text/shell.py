"""The encoder for bash."""

import re
from collections.abc import Iterator, Sequence

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, hex_bytes

__all__ = ["SHELL", "ShellText", "expanded", "holds_nul", "latin1", "printed", "quoted", "word"]

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

    Plain text is written as it is, other text in single quotes, and text with controls or hidden characters as
    `$'…'` with the bytes of UTF-8, so that it means the same in every locale.

    Args:
        lines: Keep line feeds as they are, for a text of several lines that people are to read.

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


_SAFE_INSIDE = re.compile(r"[A-Za-z0-9 _./:=?&%+,;@#()<>|~*'-]*")
"""What means itself between double quotes."""


def latin1(text: str) -> ShellText:
    """As `quoted`, for what travels in Latin-1: the value of a header.

    Raises:
        ValueError: it holds a NUL character, or one beyond Latin-1.
    """
    if text.isascii():
        return quoted(text)
    if holds_nul(text):
        raise ValueError("no argument of a process can hold a NUL character")
    body = "".join(
        _ESCAPES.get(character) or (character if " " <= character <= "~" else f"\\x{byte:02x}")
        for character, byte in zip(text, text.encode("latin-1"), strict=True)
    )
    return ShellText._trusted(f"$'{body}'")


def expanded(name: str) -> ShellText:
    """`$user_id`, for use between double quotes."""
    return SHELL.name(name, "$")


def word(pieces: Sequence[str | ShellText]) -> ShellText:
    """One word of fixed texts and expansions: `"Bearer $token"`, or pieces side by side.

    An expansion is code for use between double quotes, such as `$token` or `$(encode "$id")`.
    """
    if len(pieces) == 1 and not isinstance(pieces[0], Encoded):
        return quoted(pieces[0])
    fixed = [piece for piece in pieces if not isinstance(piece, Encoded)]
    if all(map(_SAFE_INSIDE.fullmatch, fixed)):
        return ShellText._trusted(f'"{"".join(_inside(pieces))}"')
    words = (f'"{piece}"' if isinstance(piece, Encoded) else str(quoted(piece)) for piece in pieces if piece)
    return ShellText._trusted("".join(words) or "''")


def _inside(pieces: Sequence[str | ShellText]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        text = str(piece)
        following = str(pieces[number + 1])[:1] if number + 1 < len(pieces) else ""
        is_name = isinstance(piece, Encoded) and text.startswith("$") and not text.startswith("$(")
        # `$id_x` is another variable: a name ends where no letter, digit or underscore follows.
        yield f"${{{text[1:]}}}" if is_name and (following.isalnum() or following in ("_", "[")) else text


def printed(text: str) -> ShellText:
    """A command that prints exactly this text, NUL characters and all, however long it is."""
    body = _SURROGATES.sub("\ufffd", text).replace("\\", "\\\\")
    return ShellText._trusted(f"printf '%b' {quoted(body.replace(chr(0), chr(92) + '0000'), lines=True)}")
