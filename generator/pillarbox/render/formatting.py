"""black, in process and pinned, for the few pieces that our templates do not already write as it would."""

import re
from functools import lru_cache

from ..text.python import PythonCode

__all__ = ["LINE_LENGTH", "settled", "trimmed"]

LINE_LENGTH = 88
_CLASS = "class _:\n"
_DOC = '"""…"""'
_ATOM = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.]+),?""")


@lru_cache(maxsize=1)
def _mode() -> object:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311}, line_length=LINE_LENGTH)


@lru_cache(maxsize=50_000)
def _black(text: str) -> str:
    from black import format_str

    return format_str(text, mode=_mode())  # type: ignore[arg-type]


def _too_long(text: str) -> bool:
    """True where black might break a line. A name, a number or a string alone it cannot."""
    return any(len(line) > LINE_LENGTH and not _ATOM.fullmatch(line) for line in text.split("\n"))


def trimmed(text: PythonCode) -> PythonCode:
    """`text` without the line end that every template file closes with."""
    return PythonCode._trusted(str(text).rstrip("\n"))


def settled(code: PythonCode, *, doc: PythonCode | None = None, member: bool = False) -> PythonCode:
    """`code` as black leaves it: as it is where no line of code is too long, else formatted.

    Templates write one item per line with a trailing comma, which black keeps; only a long line can move.
    black needs most of a millisecond for a line, so what need not be shown to it is not.

    Args:
        code: A whole statement, or a member of a class indented by four.
        doc: The docstring in it: black never breaks its lines.
        member: True for a member of a class.
    """
    text = str(code).rstrip("\n")
    shown = text if doc is None else text.replace(str(doc), _DOC, 1)
    if not _too_long(shown):
        return PythonCode._trusted(text)
    found = _black(_CLASS + shown)[len(_CLASS) :].strip("\n") if member else _black(shown).rstrip("\n")
    return PythonCode._trusted(found if doc is None else found.replace(_DOC, str(doc), 1))
