"""Cleaned text -> lines of a given width."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import assert_never

from .blocks import Block, Code, Item, Paragraph, Table, fence_for, read_blocks

__all__ = ["wrap"]

_PIECE = re.compile(
    r"(?:(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\[[^\[\]\n]*\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)|[^\s])+"
)
_MARKER = re.compile(r">.*|[-*+#|=:_]+|\d{1,9}[.)]|\.\.+", re.DOTALL)
"""Words that would begin a quotation, list, heading, rule, table or directive if they were first on a line."""


def _words(text: str) -> Iterator[str]:
    """Pieces between which a line may end. A word that looks like a marker hangs on the one before it, or, where
    it is the first, on the one after it."""
    held = ""
    only_markers = True
    for found in _PIECE.finditer(text):
        marker = _MARKER.fullmatch(found[0]) is not None
        if held and (marker or only_markers):
            held = f"{held} {found[0]}"
        else:
            if held:
                yield held
            held = found[0]
        only_markers = only_markers and marker
    if held:
        yield held


def _filled(text: str, width: int, first: str, later: str) -> Iterator[str]:
    line, empty = first, True
    for word in _words(text):
        if empty:
            line, empty = line + word, False
        elif len(line) + 1 + len(word) <= width:
            line = f"{line} {word}"
        else:
            yield line
            line = later + word
    yield line


def _wrapped(block: Block, width: int, first: str, later: str) -> Iterator[str]:
    match block:
        case Paragraph(lines):
            for number, line in enumerate(lines):
                yield from _filled(line, width, later if number else first, later)
        case Item(level, marker, text):
            margin = " " * 4 * level
            hanging = later + margin + " " * (len(marker) + 1)
            yield from _filled(text, width, f"{first}{margin}{marker} ", hanging)
        case Table(rows):
            for number, row in enumerate(rows):
                yield (later if number else first) + row
        case Code(language, code):
            fence = fence_for(code)
            yield f"{first}{fence}{language}"
            yield from (f"{later}{line}".rstrip() for line in code)
            yield f"{later}{fence}"
        case _:
            assert_never(block)


@lru_cache(maxsize=16384)
def wrap(text: str, width: int, initial: str = "", subsequent: str = "") -> str:
    """Cleaned text in lines of at most `width` characters, `initial` before the first and `subsequent` before the others.

    Code spans and links are never broken, a word longer than the width stays whole. Items of lists hang; code and
    tables stay as they are. No line begins with a word that Markdown or a documentation tool would read as markup,
    unless it did so before.
    """
    lines: list[str] = []
    previous: Block | None = None
    for block in read_blocks(text):
        if previous is not None and not (isinstance(previous, Item) and isinstance(block, Item)):
            lines.append("")
        lines.extend(_wrapped(block, width, subsequent if lines else initial, subsequent))
        previous = block
    return "\n".join(lines)
