"""Characters that no reader sees: what they are, and text without them.

The ranges are written out instead of taken from `unicodedata`, so that every Python version writes the same bytes.
"""

import re
import unicodedata

__all__ = ["INVISIBLE", "lines_of", "one_line", "visible"]

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""All that some tool takes for the end of a line: CR, VT, FF, FS, GS, RS, NEL, LS, PS."""

_SPACES = re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

INVISIBLE = (
    "\x00-\x1f\x7f-\x9f"  # C0 without exception, DEL, C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, Arabic letter mark, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line and paragraph separators, bidi
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # blanks, variation selectors, byte order mark
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand and music controls, tags
)
"""Inside of a character class: controls, bidi and zero-width characters, invisible fillers and tags."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` with nothing hidden in it.

    NFC; every kind of line end is `\\n`, every kind of space is a space, lone surrogates are U+FFFD; controls,
    bidi and zero-width characters are gone.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = _SURROGATES.sub("\ufffd", text)
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    if not text.isprintable():
        text = "\n".join(_INVISIBLE.sub("", line) for line in text.split("\n"))
    elif not text.isascii():
        text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def lines_of(text: str) -> list[str]:
    """The visible lines, without spaces at their ends and without empty lines at either end."""
    lines = [line.rstrip() for line in visible(text).split("\n")]
    while lines and not lines[-1]:
        del lines[-1]
    while lines and not lines[0]:
        del lines[0]
    return lines


def one_line(text: str) -> str:
    """Visible text on one line, single spaces between words."""
    return " ".join(visible(text).split())
