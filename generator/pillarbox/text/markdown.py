"""Encoders for Markdown, read by CommonMark's and GitHub's rules."""

import re
from collections.abc import Mapping

from .characters import lines_of, one_line
from .encoded import Encoded

__all__ = ["MarkdownText", "code_span", "fence", "inline", "plain", "sentence"]

_SPECIAL = re.compile(
    r"[\\`*\[\]<|~$]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # inside of a word it is no emphasis, and names stay readable
    r"|&(?=[#A-Za-z])"
    r"|!(?=\[)"
)
_AT_START = re.compile(r"(?:[-+>=:#]|\d{1,9}(?=[.)]))")
_RUN = re.compile(r"`+")
_LANGUAGE = re.compile(r"[a-z0-9+-]{0,20}")
_FIELD = re.compile(r"\{([a-z]+)\}")
_KEPT = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)|\[([^\[\]`\\]*)\]\((https?://[^\s()<>\\`]+)\)")


class MarkdownText(Encoded):
    """A piece of a Markdown document."""

    __slots__ = ()


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _guard_start(text: str) -> str:
    """`text` as the start of a line: no heading, list, quotation, rule or table."""
    found = _AT_START.match(text)
    if found is None:
        return text
    if found[0][0].isdigit():
        return f"{found[0]}\\{text[found.end() :]}"
    return "\\" + text


def plain(text: str) -> MarkdownText:
    """Text on one line that shows as it is: no markup, link, HTML or entity of its own takes effect."""
    return MarkdownText._trusted(_guard_start(_escape(one_line(text))))


def inline(text: str) -> MarkdownText:
    """One line of text from `prose.clean`: its code spans and web links keep their effect, all else shows as it is."""
    line = one_line(text)
    pieces: list[str] = []
    end = 0
    for found in _KEPT.finditer(line):
        pieces.append(_escape(line[end : found.start()]))
        if found[1]:
            pieces.append(str(code_span(found[2])))
        else:
            pieces.append(f"[{_escape(found[3])}]({found[4]})")
        end = found.end()
    pieces.append(_escape(line[end:]))
    return MarkdownText._trusted(_guard_start("".join(pieces)))


def code_span(text: str) -> MarkdownText:
    """Text in code style, on one line. Empty text is a span of one space, as Markdown has no empty one."""
    line = one_line(text) or " "
    runs = {len(run) for run in _RUN.findall(line)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    # A table would split its row at a bare |, even inside of a span; elsewhere the backslash would show.
    return MarkdownText._trusted(f"{ticks}{padding}{line}{padding}{ticks}")


def fence(text: str, language: str = "") -> MarkdownText:
    """A block of code. Its fence is longer than any run of back-ticks in the text.

    Raises:
        ValueError: `language` is no plain lower-case word.
    """
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"{language[:40]!r} is no language of a code block")
    body = "\n".join(lines_of(text))
    ticks = "`" * max(3, 1 + max((len(run) for run in _RUN.findall(body)), default=0))
    return MarkdownText._trusted(f"{ticks}{language}\n{body}\n{ticks}")


def sentence(pattern: str, values: Mapping[str, str]) -> MarkdownText:
    """Words of our own on one line, with a span of code for each `{name}` of `values`."""
    pieces = _FIELD.split(pattern)
    return MarkdownText._trusted(
        "".join(
            str(code_span(values[piece])) if number % 2 else _escape(piece)
            for number, piece in enumerate(pieces)
        )
    )
