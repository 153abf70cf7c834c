"""Hints in descriptions: lists of values and recommended ones. Independent of the format."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

__all__ = ["Listed", "is_placeholder_text", "listed_values", "recommended"]

_SPAN = re.compile(r"`([^`\n]{1,80})`")
_LINE_BREAK = re.compile(r"(?:<br\s*/?>|</?p>|</?li>|</?ul>|\n|\r)+", re.IGNORECASE)
_MEANING = re.compile(r"^[\s*+•-]*`([^`\n]{1,60})`\s*(?::|=|-{1,2}|–|—)\s*(\S.*)$")
_BARE = re.compile(r"^[\s*+•-]*`([^`\n]{1,60})`[\s,;.]*$")
_INTRODUCED = re.compile(
    r"(?:\bone of\b|\b(?:be|is|are|values?)\s+either\b|\bvalues?\b[^.`\n]{0,30}\b(?:are|include|is|allowed|supported|possible)\b"
    r"|\b(?:allowed|supported|possible|valid|accepted|permitted|available)\s+(?:values?|options?)\b)"
    r"[^.`]{0,40}?(?=`)",
    re.IGNORECASE,
)
_OF_PARAMETERS = re.compile(
    r"\s*(?:as\s+(?:an?\s+)?|the\s+)?(?:query|path|request)?\s*(?:param|field|propert|header)", re.IGNORECASE
)
_SEQUENCE = re.compile(r"`([^`\n]{1,60})`(?:[\s,;]|<br\s*/?>|\bor\b|\band\b|\*)*", re.IGNORECASE)
_ADVICE = re.compile(
    r"(?:\bpass(?:ing)?|\bprovid(?:e|ing)|\buse|\busing|\bset|\bspecif(?:y|ying)|\benter|\bsend|\bexamples?|\be\.g\."
    r"|\bvalue(?:\s+of\s+this\s+field)?(?:\s+(?:should|must|can|may))?\s+(?:be|is|of)|\bshould\s+be|\bmust\s+be"
    r"|\bdefaults?(?:\s+value)?(?:\s+of\s+this\s+field)?(?:\s+(?:is|to|will\s+be))?|\bsuch\s+as|\blike|\bto)"
    r"[\s:,]*(?:the|a|an|it\s+to|value)?[\s:,]*(?:value\s*)?$",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"<[^<>\n]{1,60}>|\(string\)|string", re.ASCII)
_NO_VALUE = re.compile(r"yyyy|mm-?dd|hh:|^(?:null|nil|none|undefined)$|\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """Values that a description lists, and its text for each (all empty, or one text a value)."""

    values: tuple[str, ...]
    docs: tuple[str, ...] = ()


def _meanings(text: str) -> dict[str, str]:
    """`value` - meaning, one a line, with the lines that continue a meaning."""
    found: dict[str, str] = {}
    for line in _LINE_BREAK.split(text):
        if match := _MEANING.match(line):
            found.setdefault(match[1], match[2].strip())
    return found


def _bare_lines(text: str) -> list[str]:
    return [match[1] for line in _LINE_BREAK.split(text) if (match := _BARE.match(line))]


def _introduced(text: str) -> list[str]:
    for start in _INTRODUCED.finditer(text):
        values: list[str] = []
        position = start.end()
        while match := _SEQUENCE.match(text, position):
            values.append(match[1])
            position = match.end()
        if len(values) > 1 and not _OF_PARAMETERS.match(text, position):
            return values
    return []


def listed_values(text: str) -> Listed | None:
    """The values that a description lists, or None. A single one is advice, not a list."""
    if text.count("`") < 4:
        return None
    meanings = _meanings(text)
    if len(meanings) > 1:
        return Listed(tuple(meanings), tuple(meanings.values()))
    values = tuple(dict.fromkeys(_introduced(text) or _bare_lines(text)))
    values = tuple(value for value in values if not _NO_VALUE.search(value))
    return Listed(values) if len(values) > 1 else None


def recommended(text: str, *, other_names: Collection[str]) -> Iterator[str]:
    """Values in back-ticks that the description tells the reader to use, best first.

    Names of parameters, formats and null are no values. Advice is the text right before the back-tick:
    "pass the `me` value", "should be `3600`".
    """
    for match in _SPAN.finditer(text):
        value = match[1].strip()
        if not value or value in other_names or _NO_VALUE.search(value):
            continue
        if _ADVICE.search(text, max(0, match.start() - 60), match.start()):
            yield value


def is_placeholder_text(value: str) -> bool:
    """True for a placeholder of a value: `<integer>`, `<quoteId>`, `string`, nothing."""
    return not value.strip() or _LOOSE.fullmatch(value.strip()) is not None
