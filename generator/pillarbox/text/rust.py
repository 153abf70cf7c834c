"""The encoder for Rust."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, braced

__all__ = ["RUST", "RustText", "body", "pattern"]

_HIDDEN = re.compile(f"[{INVISIBLE}]")
_HASHES = re.compile('"(#*)')
_SURROGATES = re.compile("[\ud800-\udfff]")


class RustText(Encoded):
    """A piece of Rust."""

    __slots__ = ()


RUST = Syntax(
    kind=RustText,
    comment_start="//",
    escapes={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=braced,
)


def pattern(text: str) -> RustText:
    """Fixed text of a pattern for `format!`, without the quotes around it: nothing in it is a field."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    # An escape has braces of its own, which the pattern does not see.
    return RustText._trusted(str(RUST.string(doubled))[1:-1])


def body(text: str) -> RustText:
    """A text of several lines for people: a raw literal, or an ordinary one where something is hidden in it."""
    text = _SURROGATES.sub("\ufffd", text)
    plain = '"' not in text and "\\" not in text and "\n" not in text
    if plain or _HIDDEN.search(text.replace("\n", "")):
        return RUST.string(text)
    hashes = "#" * max((len(run) + 1 for run in _HASHES.findall(text)), default=0)
    return RustText._trusted(f'r{hashes}"{text}"{hashes}')
