"""The encoder for PowerShell 7."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax

__all__ = ["POWERSHELL", "PowerShellText", "body", "string"]

_HIDDEN = re.compile(f"[{INVISIBLE}]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SINGLE = re.compile("['\u2018-\u201b]")
"""PowerShell takes typographic quotes for quotes."""
_DOUBLE = re.compile('[`$"\u201c-\u201e]')
_ESCAPES = {"\0": "`0", "\n": "`n", "\r": "`r", "\t": "`t"}
_ENDS_HERE = re.compile("^['\u2018-\u201b]@", re.MULTILINE)


class PowerShellText(Encoded):
    """A piece of PowerShell."""

    __slots__ = ()


POWERSHELL = Syntax(kind=PowerShellText, comment_start="#", escapes={'"': '`"', "\\": "\\"})
"""Names, numbers and comments; strings are written by `string`."""


def string(text: str) -> PowerShellText:
    """The literal of a text: in single quotes, or with escapes where something is hidden in it."""
    text = _SURROGATES.sub("\ufffd", text)
    if not _HIDDEN.search(text):
        doubled = _SINGLE.sub(lambda found: found[0] * 2, text)
        return PowerShellText._trusted(f"'{doubled}'")
    escaped = _DOUBLE.sub(lambda found: f"`{found[0]}", text)
    shown = _HIDDEN.sub(lambda found: _ESCAPES.get(found[0]) or f"`u{{{ord(found[0]):x}}}", escaped)
    return PowerShellText._trusted(f'"{shown}"')


def body(text: str) -> PowerShellText:
    """A text of several lines for people: a here-string where it can be one."""
    text = _SURROGATES.sub("\ufffd", text)
    if "\n" not in text or _HIDDEN.search(text.replace("\n", "")) or _ENDS_HERE.search(text):
        return string(text)
    return PowerShellText._trusted(f"@'\n{text}\n'@")
