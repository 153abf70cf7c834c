"""The encoder for Ruby."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax, braced

__all__ = ["RUBY", "RubyCode", "body"]

_HIDDEN = re.compile(f"[{INVISIBLE}\ud800-\udfff]")


class RubyCode(Encoded):
    """A piece of Ruby."""

    __slots__ = ()


RUBY = Syntax(
    kind=RubyCode,
    comment_start="#",
    escapes={'"': '\\"', "\\": "\\\\", "#": "\\#", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=braced,
)


def body(text: str) -> RubyCode:
    """A text of several lines for people: a here document, or a literal where something is hidden in it."""
    if "\n" not in text or _HIDDEN.search(text.replace("\n", "")):
        return RUBY.string(text)
    mark = "TEXT"
    while mark in text:
        mark += "_"
    return RubyCode._trusted(f"<<'{mark}'.chomp\n{text}\n{mark}")
