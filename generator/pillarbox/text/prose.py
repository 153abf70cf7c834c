"""Descriptions: what specs write (Markdown, HTML, hostile text) -> clean Markdown text for people.

Cleaned text has paragraphs, lists, tables, closed code blocks, code spans, bold and italic, and links to web and mail
addresses. It has no HTML, no image, no heading, nothing invisible, and nothing that documentation tools, doctest, type
checkers or linters would obey. Cleaning it again changes nothing.
"""

import re
from functools import lru_cache

from .blocks import Block, Code, Item, Paragraph, Table, code_ranges, read_blocks, write_blocks
from .characters import visible
from .tags import CODE_MARK, decoded, without_tags
from .wrapping import wrap

__all__ = ["clean", "code", "ended", "first_sentence", "is_one_sentence", "wrap"]

_ROUNDS = 5
_TERMINAL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|\Z)|\x1b[ -/]*[0-~]"
)
_SHELF = re.compile("[\ue000\ue001]")
_ON_SHELF = re.compile("\ue000(\\d+)\ue001")
_SPAN = re.compile("(?<![`\\\\])(`+)(?!`)((?:(?!\n *\n|\ue000).)+?)(?<!`)\\1(?!`)", re.DOTALL)
_LOOSE_TICKS = re.compile(r"`+")
_ESCAPED_CODE = re.compile("(?<!\\\\)\\\\+(?=\ue000)")
_TILDES = re.compile(r"~{3,}")

_ADDRESS = r"\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:" + _ADDRESS + r"|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\]" + _ADDRESS)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n]+)\]:[ \n]*<?(\S+?)>?(?: +(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))? *$", re.MULTILINE
)
_LINK_LIKE = re.compile(r"\](?=\(|:\s)")
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\] ?\[([^\[\]\n]*)\]")
_WEB = re.compile(r"(?:https?://|mailto:)[!#-'*-;=?-\[\]^_a-z{|}~()]+", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\([\\`*<>\[\]|])|\\([!-/:-@^_{}~])")
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)

_BOLD_END = re.compile(r"(?<![^\s(])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?=[\s.,:;)]|\Z)")

_PROMPT = re.compile(r">{3,}")
_DIRECTIVES = re.compile(
    r"#(?=[#\s]{0,20}(?:"
    r"(?:type|fmt|yapf|isort|pragma|pyright|pylint|mypy|ruff|flake8|pyre|pytype|vim?|skip)\s{0,9}[:\-_\[]"
    r"|no(?:qa|sec|semgrep)|pragma|-\*-))",
    re.IGNORECASE,
)
_DOTS = re.compile(r"^( *)\.\.(?=\s|$)", re.MULTILINE)
_DOTS_INSIDE = re.compile(r"(?<=\s)\.\.(?=\s|$)", re.MULTILINE)
_SNIPPET = re.compile(r"(?<!-)-+8<-*|8<-+")
_COLONS = re.compile(r":{3,}")
_ROLE = re.compile("(\\{[\\w:.+-]+\\}|:[\\w.+-]+:)(?=\ue000)")
_SIMPLE = re.compile(r"[^\n<>&`*_=\[\]()#|~\\:+\x00-\x1f\x7f-\x9f-]*")


def _shelve_spans(text: str, shelf: list[str]) -> str:
    """Put code spans aside, where no rule for text touches them; marks replace them meanwhile."""

    def put(found: re.Match[str]) -> str:
        shelf.append(_span(found))
        return f"{CODE_MARK}{len(shelf) - 1}\ue001"

    return _SPAN.sub(put, text)


def _shelve_blocks(text: str, shelf: list[str]) -> str:
    """Put code blocks aside, each a mark on a line of its own."""
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    kept: list[str] = []
    number = 0
    for start, end, _ in code_ranges(lines):
        kept += lines[number:start]
        kept.append(f"{CODE_MARK}{len(shelf)}\ue001")
        shelf.append("\n".join(lines[start : end + 1]))
        number = end + 1
    return "\n".join(kept + lines[number:])


def _restored(text: str, shelf: list[str]) -> str:
    """`text` with everything that was set aside restored, also what was nested in something else."""
    while CODE_MARK in text:
        text = _ON_SHELF.sub(lambda found: shelf[int(found[1])], text)
    return text


def _span(found: re.Match[str]) -> str:
    text = " ".join(found[2].split())
    if not text:
        return ""
    return (
        f"`{text}`"
        if "`" not in text
        else f"{found[1]} {text.strip('` ')} {found[1]}"
        if text.strip("` ")
        else ""
    )


def _link(label: str, address: str, shelf: list[str]) -> str:
    label = " ".join(label.split())
    if not label:
        return ""
    if not _WEB.fullmatch(address):
        return label
    if label == address:
        return address
    shelf.append(f"[{label}]({address})")
    return f"{CODE_MARK}{len(shelf) - 1}\ue001"


def _without_links(text: str, shelf: list[str]) -> str:
    """Links to the web and to mail are put aside; images go; all other links become their text."""
    if "[" not in text:
        return text
    addresses = {found[1].casefold(): found[2] for found in _DEFINITION.finditer(text)}
    text = _IMAGE.sub("", _DEFINITION.sub("", text))
    text = _LINK.sub(lambda found: _link(found[1], found[2], shelf), text)

    def refer(found: re.Match[str]) -> str:
        address = addresses.get((found[2] or found[1]).casefold())
        return found[0] if address is None else _link(found[1], address, shelf)

    if addresses:
        text = _REFERENCE.sub(refer, text)
    # What still has the form of a link or of a definition loses it.
    return _LINK_LIKE.sub("] ", text)


def _harmless(text: str) -> str:
    """`text` without what doctest, Sphinx, MkDocs, linters and type checkers obey."""
    text = _PROMPT.sub(">>", text)
    text = _SNIPPET.sub("8<", text)
    text = _COLONS.sub("::", text)
    text = _DOTS.sub(r"\1...", text)
    return _DIRECTIVES.sub("", _DOTS_INSIDE.sub("...", text))


def _without_lone_bold(paragraph: str) -> str:
    """A paragraph without the one mark that begins or ends bold text and has no other."""
    return _BOLD_END.sub("", paragraph) if paragraph.count("**") == 1 else paragraph


def _once(text: str) -> str:
    shelf: list[str] = []
    text = _shelve_spans(_shelve_blocks(_harmless(text), shelf), shelf)
    text = without_tags(text)
    if "`" in text:
        # Code that was HTML before. All other back-ticks are loose ends.
        text = _shelve_spans(_shelve_blocks(text, shelf), shelf)
        text = _LOOSE_TICKS.sub(lambda found: "'" if len(found[0]) == 1 else "", text)
    text = _ESCAPED_CODE.sub("", _TILDES.sub("~~", text))
    if "\\" in text:
        text = _HARD_BREAK.sub("", text)
        text = _BACKSLASH.sub(lambda found: found[0] if found[1] else found[2], text)
    text = _ROLE.sub(r"\1 ", _without_links(text, shelf))
    text = "\n\n".join(map(_without_lone_bold, text.split("\n\n")))
    return write_blocks(read_blocks(_restored(text, shelf))).strip()


def _flattened(text: str) -> str:
    """Text that no rule settles on: its words, without anything that Markdown or a tool could read."""
    return " ".join(re.sub(r"[^\w.,;!?'\" ()/@$%]+", " ", text.replace("..", ".")).replace("_", " ").split())


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """A description as clean Markdown text, described at the top of this module. Empty for nothing but space.

    `<br>` and the author's own line ends stay line ends, unless a line was only wrapped there; HTML lists
    and tables become Markdown's; headings become bold lines; what looks like a tag but is none becomes code.
    """
    if _SIMPLE.fullmatch(text) and ".." not in text and not text.lstrip()[:1].isdigit():
        plain = " ".join(visible(text).split())
        if plain.isascii():
            return plain
    text = visible(_SHELF.sub("", _TERMINAL.sub("", text)))
    for _ in range(_ROUNDS):
        before, text = text, visible(_once(visible(decoded(text))))
        if before == text:
            return text
    return _flattened(text)


def code(text: str) -> str:
    """Text of a spec that is no prose (a route, an address, a name) as a code span of cleaned text, on one line."""
    line = " ".join(_harmless(visible(_SHELF.sub("", _TERMINAL.sub("", text)))).split())
    runs = {len(run) for run in _LOOSE_TICKS.findall(line)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{padding}{line}{padding}{ticks}" if line else ""


_END = re.compile(r"[.!?][\"')\]*`]*(?=\s+[\"'(*`\[]?[A-Z0-9]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|excl|max|min|no|nr|fig|sec|mr|mrs|ms|dr|st|inc|ltd|co|corp|ver)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_ANY_SPAN = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)")


def _opening_line(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        match block:
            case Paragraph(lines):
                return lines[0]
            case Item(text=text):
                return text
            case Table() | Code():
                continue
    return ""


def is_one_sentence(text: str) -> bool:
    """Whether cleaned text is no more than its first sentence."""
    match read_blocks(text):
        case (Paragraph(lines=(line,)),):
            return first_sentence(text) == _plain_line(line).strip()
        case blocks:
            return not blocks


def _plain_line(line: str) -> str:
    return _LABELLED.sub(r"\1", line).replace("**", "")


def first_sentence(text: str) -> str:
    """The first sentence of cleaned text, on one line: code spans stay, links are their text, bold is plain."""
    line = _plain_line(_opening_line(read_blocks(text)))
    hidden = _ANY_SPAN.sub(lambda found: "x" * len(found[0]), line)
    for found in _END.finditer(hidden):
        if not _ABBREVIATION.search(
            hidden[max(0, found.start() - 12) : found.start() + 1]
        ) or found.end() >= len(hidden.rstrip()):
            return line[: found.end()].strip()
    return line.strip()


_UNENDED = re.compile(r"(?:[A-Za-z0-9}][\"')\]*_]*|`)\Z")


def ended(text: str) -> str:
    """Cleaned text whose last paragraph ends in a full stop, where words end without one.

    Lists, tables and code are not sentences, and a full stop behind an address would be read as part of it.
    """
    last_word = text.rsplit(maxsplit=1)[-1:]
    if not last_word or "://" in last_word[0] or not _UNENDED.search(text):
        return text
    return f"{text}." if isinstance(read_blocks(text)[-1], Paragraph) else text
