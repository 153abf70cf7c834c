"""Status, error codes and their texts out of the names of saved responses, or out of their bodies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from .lenient import mapping
from .prose_hints import is_placeholder_text

__all__ = ["Named", "error_of_body", "named"]

_MARK = re.compile(
    r"[*_]{0,3}\b(?:(?P<error>(?:Response\s+)?Error\s*Codes?)|HTTP\s+(?:Status|Response)?(?:\s*Codes?)?|Status\s*Codes?)"
    r"[*_\s]*:?[*_\s]*(?:`(?P<quoted>[A-Za-z0-9][A-Za-z0-9_.\-]{0,60})`|(?P<bare>\d{1,9}\b)|(?=<br))[*_]*:?",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"^\s*\*\*([A-Za-z][A-Za-z' -]{1,40})\*\*")
_LEADING = re.compile(r"(?:\s|<br\s*/?>|[-–:](?=\s))+", re.IGNORECASE)
_BREAKS = ("<br>", "<br/>", "<br />")
_MAX_LENGTH = 20_000
_CODE_KEYS = ("code", "errorCode", "error_code", "errorcode", "errcode", "status_code", "error")
_TEXT_KEYS = (
    "message",
    "errorMessage",
    "error_message",
    "error_description",
    "detail",
    "description",
    "title",
    "msg",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a saved response says."""

    status: int | None
    text: str
    """The text before the first code, without status and reason phrase."""
    cases: tuple[tuple[str | int, str], ...]
    """Error codes and their texts; a code that is named twice has both texts."""


def _code(text: str) -> str | int:
    return (
        int(text)
        if text.isdecimal() and text.isascii() and len(text) < 16 and (text == "0" or text[0] != "0")
        else text
    )


def _trimmed(text: str) -> str:
    if match := _LEADING.match(text):
        text = text[match.end() :]
    while True:
        text = text.rstrip()
        tag = next((tag for tag in _BREAKS if text[-len(tag) :].lower() == tag), None)
        if tag is None:
            return text
        text = text[: -len(tag)]


def named(name: str) -> Named:
    """Read `**HTTP Status Code:** `404` **Not Found**<br>**Error Code:** `1001`<br>User does not exist.`"""
    name = name[:_MAX_LENGTH]
    if name.strip().isdecimal() and len(name.strip()) == 3:
        return Named(int(name), "", ())
    found = [match for match in _MARK.finditer(name) if any(mark in match[0] for mark in "`*:")]
    status: int | None = None
    heads = [_trimmed(name[: found[0].start()] if found else name)]
    cases: dict[str | int, list[str]] = {}
    for match, following in zip_longest(found, found[1:]):
        code = match["quoted"] or match["bare"] or ""
        rest = name[match.end() : following.start() if following is not None else len(name)]
        if match["error"] and code:
            texts = cases.setdefault(_code(code), [])
        else:
            texts = heads
            rest = _PHRASE.sub("", rest)
            if status is None and len(code) == 3 and code.isdecimal():
                status = int(code)
        text = _trimmed(rest)
        if text and text not in texts:
            texts.append(text)
    return Named(
        status,
        "\n".join(head for head in heads if head),
        tuple((code, "\n".join(texts)) for code, texts in cases.items()),
    )


def _scalar(node: Mapping[str, Any], keys: Sequence[str]) -> str | int | None:
    for key in keys:
        value = node.get(key)
        if isinstance(value, bool):
            continue
        if isinstance(value, int) or (isinstance(value, str) and not is_placeholder_text(value)):
            return value
    return None


def error_of_body(body: Any) -> tuple[str | int | None, str]:
    """The code and the message of an error response: at its top, in `error`, or in the first of `errors`."""
    outer = mapping(body)
    errors = outer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    for node in (mapping(outer.get("error")), outer, mapping(first)):
        code, message = _scalar(node, _CODE_KEYS), _scalar(node, _TEXT_KEYS)
        if isinstance(code, str) and (" " in code or len(code) > 80):
            message, code = message or code, None
        if code is not None or isinstance(message, str):
            return code, message if isinstance(message, str) else ""
    return None, ""
