"""HTML in descriptions -> Markdown. Descriptions mix both; what a browser would show is kept, the rest is dropped."""

import html
import re

__all__ = ["CODE_MARK", "decoded", "without_tags"]

CODE_MARK = "\ue000"
"""Begins the mark of a piece of code that is set aside; text holds no other."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS = 4

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>", re.DOTALL)


def _pair(names: str) -> re.Pattern[str]:
    """An element without another one of the kind inside. Text is looked at once, whatever is left unclosed."""
    return re.compile(
        rf"<(?:{names})\b([^<>]*)>((?:(?!</?(?:{names})\b).)*)</(?:{names})\s*>", re.DOTALL | re.IGNORECASE
    )


_DROPPED = (_pair("script"), _pair("style"))
_PRE = _pair("pre")
_ANCHOR = _pair("a")
_HEADING = _pair("h[1-6]")
_BOLD = _pair("b|strong")
_ITALIC = _pair("i|em")
_CODE = _pair("code|tt|kbd|samp|var")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]*)>")
_BREAK = re.compile(r"(?:(?<! ) +)?<br\b[^<>]*> *\n?|</br>", re.IGNORECASE)
_ITEM = re.compile(r"(?:(?<!\s)\s+)?<li\b[^<>]*>\s*", re.IGNORECASE)
_ROW = re.compile(r"(?:(?<!\s)\s+)?<tr\b[^<>]*>\s*", re.IGNORECASE)
_ROW_END = re.compile(r"(?:(?<!\s)\s+)?</tr\s*>\s*", re.IGNORECASE)
_CELL = re.compile(r"(?:(?<!\s)\s+)?<t[dh]\b[^<>]*>\s*", re.IGNORECASE)
_BLOCK = re.compile(
    r"(?:(?<! ) +)?</?(?:p|div|section|article|aside|blockquote|center|main|header|footer|nav|figure|figcaption|details"
    r"|summary|table|thead|tbody|tfoot|caption|ul|ol|dl|dt|pre|hr|form|fieldset|address|body|html|h[1-6])\b[^<>]*> *",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|button|canvas|cite|code|col|colgroup|data|dd|del|dfn|em|embed|font|i|iframe"
    r"|img|input|ins|kbd|label|li|link|mark|meta|nobr|object|option|picture|q|s|samp|script|select|small|source|span"
    r"|strike|strong|style|sub|sup|svg|template|textarea|time|tr|td|th|tt|u|var|video|wbr|head|title|base|audio|noscript"
    r"|path|math|marquee)\b[^<>]*>",
    re.IGNORECASE,
)
_OTHER = re.compile("(?<!\\\\)\\\\*(?:<(/?[A-Za-z][^<>`\\\\\n\ue000]{0,80})>|<(?=[A-Za-z/!?]))")


def decoded(text: str) -> str:
    """`text` without entities, also where they were encoded several times. What still is one then is broken up."""
    for _ in range(_ROUNDS):
        if not _ENTITY.search(text):
            return text
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text.replace("&", "& ") if _ENTITY.search(text) else text


def _marked(mark: str, inner: str) -> str:
    """Inner text between marks; spaces at its ends move outside, where Markdown wants them."""
    text = inner.strip()
    if not text or mark in text or (mark == "`" and CODE_MARK in text):
        return inner
    before = inner[: len(inner) - len(inner.lstrip())]
    after = inner[len(inner.rstrip()) :]
    return f"{before}{mark}{text}{mark}{after}"


def _anchor(found: re.Match[str]) -> str:
    address = _HREF.search(found[1])
    inner = " ".join(found[2].split())
    if address is None or not inner or "[" in inner or "]" in inner:
        return inner
    return f"[{inner}]({next(value for value in address.groups() if value is not None).strip()})"


def _preformatted(found: re.Match[str]) -> str:
    text = _INLINE.sub("", _BREAK.sub("\n", found[2])).strip()
    return f"\n\n```\n{text}\n```\n\n" if text and "```" not in text else f"\n\n{text}\n\n"


def _other(found: re.Match[str]) -> str:
    """What only looks like a tag: a placeholder such as `<userId>` is code, the rest no longer opens anything."""
    return f"`<{found[1]}>`" if found[1] else "< "


def without_tags(text: str) -> str:
    """`text` with its HTML turned into Markdown or dropped; by CommonMark's rules the result opens no HTML."""
    if "<" not in text:
        return text
    text = _COMMENT.sub("", text)
    for element in _DROPPED:
        text = element.sub("", text)
    text = _PRE.sub(_preformatted, text)
    text = _CODE.sub(lambda found: _marked("`", found[2]), text)
    text = _ANCHOR.sub(_anchor, text)
    text = _HEADING.sub(lambda found: f"\n\n# {' '.join(found[2].split())}\n\n", text)
    text = _BOLD.sub(lambda found: _marked("**", found[2]), text)
    text = _ITALIC.sub(lambda found: _marked("*", found[2]), text)
    text = _BREAK.sub("\n", text)
    text = _ITEM.sub("\n- ", text)
    text = _ROW_END.sub(" |\n", _CELL.sub(" | ", _ROW.sub("\n", text)))
    text = _BLOCK.sub("\n\n", text)
    text = _INLINE.sub("", _AUTOLINK.sub(r"\1", text))
    return _OTHER.sub(_other, text)
