"""The encoder for R."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax

__all__ = ["R", "RCode", "body", "raw_bytes"]

_HIDDEN = re.compile(f"[{INVISIBLE}\ud800-\udfff]")
_DASHES = re.compile(r"\)(-*)\"")


class RCode(Encoded):
    """A piece of R."""

    __slots__ = ()


def _code_point(character: str) -> str:
    if character == "\0":
        raise ValueError("no string of R can hold a NUL character")
    return f"\\U{{{ord(character):x}}}" if character > "\uffff" else f"\\u{{{ord(character):x}}}"


R = Syntax(
    kind=RCode,
    comment_start="#",
    escapes={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=_code_point,
)
"""Strings, names, numbers and comments. A string with a NUL character is a ValueError."""


def body(text: str) -> RCode:
    """A text of several lines for people: a raw string, or an ordinary one where something is hidden in it."""
    plain = '"' not in text and "\\" not in text and "\n" not in text
    if plain or _HIDDEN.search(text.replace("\n", "")):
        return R.string(text)
    dashes = "-" * max((len(run) + 1 for run in _DASHES.findall(text)), default=0)
    return RCode._trusted(f'r"{dashes}({text}){dashes}"')


def raw_bytes(text: str) -> RCode:
    """The bytes of a text in UTF-8, NUL characters and all."""
    runs = text.split("\0")
    made = [RCode("charToRaw({})").format(R.string(run)) for run in runs]
    return RCode("c({})").format(RCode(", as.raw(0), ").join(made)) if len(made) > 1 else made[0]
