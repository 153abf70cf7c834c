"""The encoder for Delphi (Object Pascal)."""

import re
from collections.abc import Iterator

from .encoded import Encoded
from .source import Syntax

__all__ = ["DELPHI", "RESERVED", "DelphiText", "string"]

LONGEST_LITERAL = 200
"""Delphi takes 255 characters between quotes, and lines of 1,023."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_RUN = re.compile(r"[ -~]+|[^ -~]+")

RESERVED = frozenset(
    """
    and array as asm begin case class const constructor destructor dispinterface div do downto else end except
    exports file finalization finally for function goto if implementation in inherited initialization inline
    interface is label library mod nil not object of on operator or out packed procedure program property raise
    record repeat resourcestring set shl shr string then threadvar to try type unit until uses var while with xor
    at automated private protected public published absolute abstract assembler cdecl default deprecated dispid
    dynamic experimental export external far final forward helper implements index message name near nodefault
    overload override pascal platform read readonly reference register reintroduce requires resident result safecall
    sealed static stdcall strict stored unsafe varargs virtual winapi write writeonly
    self true false integer cardinal word byte char widechar ansichar boolean longint int64 uint64 smallint shortint
    single double extended real currency comp variant olevariant widestring ansistring unicodestring text
    exit break continue halt length copy pos insert delete inttostr strtoint floattostr high low ord chr inc dec
    val str assign reset rewrite close writeln readln new dispose free create abs sqr round trunc odd pi now date
    time sysutils classes system variants
    """.split()
)
"""Words of the language, directives, and what samples use of System and SysUtils. Lower case."""


class DelphiText(Encoded):
    """A piece of Object Pascal."""

    __slots__ = ()


DELPHI = Syntax(kind=DelphiText, comment_start="//", escapes={"\\": "\\\\", '"': '\\"'})
"""Names, numbers and comments; strings are written by `string`."""


def _units(text: str) -> str:
    """Each character as the number of its UTF-16 units: a source without other letters is read alike everywhere."""
    raw = text.encode("utf-16-be")
    return "".join(
        f"#{number}" if (number := int.from_bytes(raw[start : start + 2])) < 32 else f"#${number:04X}"
        for start in range(0, len(raw), 2)
    )


def _pieces(text: str) -> Iterator[str]:
    """Literals of at most `LONGEST_LITERAL` characters each."""
    for start in range(0, len(text), LONGEST_LITERAL):
        part = text[start : start + LONGEST_LITERAL]
        yield "".join(
            f"'{run.replace(chr(39), chr(39) * 2)}'" if " " <= run[0] <= "~" else _units(run)
            for run in _RUN.findall(part)
        )


def string(text: str, indent: str = "  ") -> DelphiText:
    """The expression of a text: one literal, or several added up, a line each. ASCII only.

    A lone surrogate becomes U+FFFD.
    """
    pieces = list(_pieces(_SURROGATES.sub("\ufffd", text))) or ["''"]
    return DelphiText._trusted(f" +\n{indent}  ".join(pieces))
