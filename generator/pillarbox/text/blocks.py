"""The blocks that cleaned text is made of: paragraphs, list items, tables and code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

__all__ = [
    "Block",
    "Code",
    "Item",
    "Paragraph",
    "Table",
    "code_ranges",
    "fence_for",
    "read_blocks",
    "write_blocks",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive lines; each may be longer than a line of output."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, on one line."""

    level: int
    """0 for an item of the outermost list."""
    marker: str
    """`-`, or a number with a full stop."""
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as Markdown writes them, pipes included."""

    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines between fences."""

    language: str
    lines: tuple[str, ...]


Block = Paragraph | Item | Table | Code

_FENCE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,}) *(.*)")
_ITEM = re.compile(r"( *)([-*+•·▪◦‣]|\d{1,9}[.)])\s+(\S.*)")
_MARKERS = re.compile(r"(?:(?:[-*+•·▪◦‣]|\d{1,9}[.)])(?:\s+|$))+")
_QUOTE = re.compile(r"(?:>\s?)+(?![\d=])")
_SEPARATOR = re.compile(r":?-+:?")
_SECTION = re.compile(
    r"(?:args|arguments|parameters|params|returns?|raises|yields?|examples?|notes?|warnings?|attributes|see also|todo"
    r"|keyword args|keyword arguments|other parameters|references|warns|methods|functions|modules|classes):",
    re.IGNORECASE,
)
_TICKS = re.compile("`+")
_LANGUAGE = re.compile(r"[a-z0-9+-]{1,20}")
_MAX_LEVEL = 5
_LONGEST_JOINED = 4000
_MOST_OPENINGS = 9


def bold(text: str) -> str:
    """A line in bold: what headings become, because a docstring has its own."""
    text = " ".join(text.replace("**", "").split())
    return f"**{text}**" if text and "*" not in text else text


def code_ranges(lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Positions of closed code blocks: line of the opening fence, line of the closing one, and what follows the opening."""
    found: list[tuple[int, int, str]] = []
    unclosed: set[str] = set()
    number = 0
    while number < len(lines):
        fence = _FENCE.fullmatch(lines[number])
        if fence is not None and fence[1] not in unclosed:
            end = _closing(lines, number + 1, fence[1])
            if end is None:
                unclosed.add(fence[1])
            else:
                found.append((number, end, fence[2]))
                number = end
        number += 1
    return found


def _closing(lines: Sequence[str], start: int, fence: str) -> int | None:
    for number in range(start, len(lines)):
        stripped = lines[number].strip(" ")
        if stripped.startswith(fence) and not stripped.strip(fence[0]):
            return number
    return None


def _heading(line: str) -> str | None:
    """Text of a heading that is marked by `#`; None for any other line."""
    marks = len(line) - len(line.lstrip("#"))
    if not 1 <= marks <= 6 or (not line[marks:].startswith(" ") and line[marks:]):
        return None
    return re.sub(r"(?:\A|\s)#+\s*\Z", "", line[marks:]).strip()


def _is_rule(line: str) -> bool:
    """A rule, or the underline of a heading, which one character makes."""
    compact = line.replace(" ", "")
    if compact.strip(compact[0]):
        return False
    return (len(compact) >= 3 and compact[0] in "-*_=") or (line == compact and compact[0] in "-=")


def _unopened(text: str) -> str:
    """`text` without what would open a quotation or code where it is first on a line or in an item."""
    for _ in range(_MOST_OPENINGS):
        before = text
        if text.startswith(">"):
            text = _QUOTE.sub("", text, count=1)
        if _FENCE.fullmatch(text):
            text = text.lstrip("`~ ")
        if text == before:
            # `> 5` is a comparison and stays one.
            return f"\\{text}" if text.startswith(">") else text
    return text.lstrip("`~> ")


def _item_text(text: str) -> str:
    """Text of an item, without what would open another block in it; empty where that is all."""
    for _ in range(_MOST_OPENINGS):
        before = text
        if marked := _MARKERS.match(text):
            text = text[marked.end() :]
        text = _unopened(text)
        if (heading := _heading(text)) is not None:
            text = bold(heading)
        if not text or _is_rule(text):
            return ""
        if text == before:
            return text
    return ""


def _code(lines: Sequence[str], language: str) -> Code | None:
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        del kept[-1]
    while kept and not kept[0]:
        del kept[0]
    margin = min((len(line) - len(line.lstrip()) for line in kept if line), default=0)
    word = language.strip().split(" ")[0].lower()
    return (
        Code(word if _LANGUAGE.fullmatch(word) else "", tuple(line[margin:] for line in kept))
        if kept
        else None
    )


def _table_row(line: str) -> str | None:
    if not line.startswith("|"):
        return None
    cells = [" ".join(cell.split()) for cell in line[1:].removesuffix("|").split("|")]
    if not any(cells):
        return None
    if all(_SEPARATOR.fullmatch(cell) for cell in cells):
        cells = ["---" for _ in cells]
    return f"| {' | '.join(cells)} |"


def _continues(previous: str, line: str) -> bool:
    """Whether a line break is only where the author's editor wrapped the line."""
    if (
        previous.endswith((".", ":", ";", "!", "?", "*", ">", "{", "[", "}", "|"))
        or len(previous) > _LONGEST_JOINED
    ):
        return False
    if line[0].islower() and line[0].isascii():
        return len(previous) >= 40 or previous.endswith(",")
    return len(previous) >= 72 and (line[0].isupper() or line[0] == "(")


class _Reader:
    """Collects blocks line by line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._rows: list[str] = []
        self._indents: list[int] = []

    def end(self) -> None:
        """End the paragraph or table that is being collected."""
        if self._lines:
            self.blocks.append(Paragraph(tuple(self._lines)))
        if self._rows:
            self.blocks.append(Table(tuple(self._rows)))
        self._lines, self._rows = [], []

    def heading(self, text: str) -> None:
        self.end()
        if line := bold(text):
            self.blocks.append(Paragraph((line,)))
        self._indents = []

    def underline(self) -> None:
        """A line of dashes or equal signs: it makes the line before it a heading."""
        if len(self._lines) == 1 and len(self._lines[0]) <= 80:
            self.heading(self._lines.pop())
        else:
            self.end()

    def row(self, row: str) -> None:
        if self._lines:
            self.end()
        self._rows.append(row)
        self._indents = []

    def item(self, indent: int, marker: str, text: str) -> None:
        self.end()
        text = _item_text(" ".join(text.split()))
        if not text:
            return
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent >= self._indents[-1] + 2:
            self._indents.append(indent)
        level = min(len(self._indents) - 1, _MAX_LEVEL)
        self.blocks.append(Item(level, "-" if not marker[0].isdigit() else f"{marker[:-1]}.", text))

    def text(self, line: str, after_blank: bool) -> None:
        indent = len(line) - len(line.lstrip(" "))
        line = " ".join(line.split())
        if _SECTION.fullmatch(line):
            line = bold(line)
        last = (
            self.blocks[-1]
            if self.blocks and not self._lines and not self._rows and not after_blank
            else None
        )
        if (
            isinstance(last, Item)
            and len(last.text) < _LONGEST_JOINED
            and (indent >= 2 or _continues(last.text, line))
        ):
            self.blocks[-1] = Item(last.level, last.marker, f"{last.text} {line}")
            return
        if self._rows:
            self.end()
        self._indents = []
        if self._lines and _continues(self._lines[-1], line):
            self._lines[-1] = f"{self._lines[-1]} {line}"
        else:
            self._lines.append(line)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of Markdown text. A fence that is never closed opens nothing."""
    lines = text.split("\n")
    ranges = {start: (end, word) for start, end, word in code_ranges(lines)}
    reader = _Reader()
    number, blank = 0, False
    while number < len(lines):
        line = lines[number]
        if number in ranges:
            reader.end()
            end, word = ranges[number]
            code = _code(lines[number + 1 : end], word)
            if code is not None:
                reader.blocks.append(code)
            number = end
            blank = False
        else:
            if line.lstrip(" ")[:1] in (">", "`", "~"):
                line = _unopened(line.lstrip(" "))
            if line.strip():
                _read_line(reader, line, blank)
                blank = False
            else:
                reader.end()
                blank = True
        number += 1
    reader.end()
    return tuple(reader.blocks)


def _read_line(reader: _Reader, line: str, blank: bool) -> None:
    stripped = line.strip()
    if _is_rule(stripped):
        if stripped[0] in "-=":
            reader.underline()
        else:
            reader.end()
    elif (heading := _heading(stripped)) is not None:
        reader.heading(heading)
    elif (row := _table_row(stripped)) is not None:
        reader.row(row)
    elif item := _ITEM.fullmatch(line):
        reader.item(len(item[1]), item[2], item[3])
    else:
        reader.text(line, blank)


def fence_for(lines: Sequence[str]) -> str:
    """A fence that no line between closes."""
    return "`" * max(3, 1 + max((len(run) for line in lines for run in _TICKS.findall(line)), default=0))


def _written(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(lines) | Table(lines):
            yield from lines
        case Item(level, marker, text):
            yield f"{' ' * 4 * level}{marker} {text}"
        case Code(language, lines):
            yield f"{fence_for(lines)}{language}"
            yield from lines
            yield fence_for(lines)
        case _:
            assert_never(block)


def write_blocks(blocks: Sequence[Block]) -> str:
    """Markdown text: one empty line between blocks, none between the items of a list."""
    lines: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None and not (isinstance(previous, Item) and isinstance(block, Item)):
            lines.append("")
        lines.extend(_written(block))
        previous = block
    return "\n".join(lines)
