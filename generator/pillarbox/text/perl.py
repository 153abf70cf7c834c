"""The encoder for Perl."""

import re

from .characters import INVISIBLE
from .encoded import Encoded
from .source import Syntax

__all__ = ["PERL", "PerlCode", "body"]

_HIDDEN = re.compile(f"[{INVISIBLE}\ud800-\udfff]")


class PerlCode(Encoded):
    """A piece of Perl under `use utf8`."""

    __slots__ = ()


def _hex(character: str) -> str:
    return f"\\x{{{ord(character):x}}}"


PERL = Syntax(
    kind=PerlCode,
    comment_start="#",
    escapes={'"': '\\"', "\\": "\\\\", "$": "\\$", "@": "\\@", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
    escape=_hex,
)


def body(text: str) -> PerlCode:
    """The statement that gives `$body` a text for people: a here document, or a literal where something is hidden."""
    if "\n" not in text or _HIDDEN.search(text.replace("\n", "")):
        return PerlCode("my $body = {};").format(PERL.string(text))
    mark = "TEXT"
    while mark in text:
        mark += "_"
    return PerlCode._trusted(f"chomp(my $body = <<'{mark}');\n{text}\n{mark}")
