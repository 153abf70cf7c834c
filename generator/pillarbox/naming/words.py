"""Names: spec text -> words -> Python names. No other module turns spec text into a name.

Decisions of taste, each held by a table in the tests:

- Digits stay with the letters before them (`address1`, `sha256`), capitals mark words (`userID` -> user, id),
  known brands are one word (`OAuth2`, `PayPal`), and so is a first letter with the word behind it (`eBay`, `GZip`, `iDEAL`).
- In a sentence, the articles `a`, `an` and `the` are dropped, and so is a possessive s: `Get a user's profile`
  is `get_user_profile`. In a wire name they are letters like any other.
- Notes in parentheses stay: `Get users (deprecated)` often occurs beside `Get users`.
- A first digit is spelled out (`2FA` -> `two_fa`); longer numbers get an `n` (`404` -> `n404`).
- A name that is too long leaves words out of its middle: it begins and ends as the spec does, and no word is cut. Only
  a single word that is longer than a name may be, which no person wrote, loses its end.
- A name that is taken by Python or by the package gets a `_` at its end (`from_`).
"""

import keyword
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

from .inflections import plural, singular
from .reserved import RESERVED, Kind
from .short_names import shorter

__all__ = [
    "Kind",
    "UniqueNames",
    "pascal",
    "plural",
    "shorter_names",
    "singular",
    "snake",
    "split_words",
    "valid_name",
]

_ARTICLES = frozenset(("a", "an", "the"))
_BRANDS = re.compile(
    r"OAuth|OpenAPI|OpenID|GraphQL|PayPal|GitHub|GitLab|LinkedIn|YouTube|WhatsApp|TikTok|MySQL|PostgreSQL|NoSQL"
    r"|JavaScript|TypeScript|WebHook|WebSocket|WiFi|VoIP|IPv(?=[46])|macOS|iPhone|iPad|(?<![A-Za-z])iOS(?![a-z])"
    r"|DocuSign|QuickBooks"
)
_LONE_LETTER = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[B-HJ-X][A-Z][a-z]{2,}"  # GZip, ETag, UInt; not AValue, nor the interface IUser
    r"|[ei][A-Z][a-z]+"  # eBay, iDeal
    r"|[b-wei][A-Z]{2,}(?![a-z])"  # iDEAL, gRPC, vCPU
    r")"
)
"""A letter that is no word of its own: it joins the word behind it, which begins with a capital too."""
_POSSESSIVE = re.compile(r"(?<=\w)['\u2018\u2019\u02bc]s?(?!\w)", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)['\u2018\u2019\u02bc](?=\w)")
_MARKS = str.maketrans("", "", "\u2122\u00ae\u00a9\u2120")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffd]")
_INITIALS = re.compile(r"(?<![A-Za-z0-9])((?:[A-Za-z]\.){2,})(?![A-Za-z0-9])")
_LETTER_NUMBER = re.compile(r"(?<![A-Za-z0-9])([A-Za-z])\.(?=\d)")
_SIGNED = re.compile(r"(?<![A-Za-z0-9_)\]}.-])([+-])(?=\d)")
_SYMBOLS = {
    "$": "dollar", "@": "at", "#": "hash", "*": "star", "+": "plus", "&": "and", "%": "percent", "!": "not",
    "~": "tilde", "^": "caret", "=": "equal", "<": "less", ">": "greater", "|": "or",
}  # fmt: skip
_ONLY_SYMBOLS = re.compile(r"[\s$@#*+&%!~^=<>|]+")
_WORD = re.compile(
    r"[A-Z]\d[A-Z](?![a-z])\d*"  # B2B, M2M
    r"|\d*(?:"
    r"[A-Z]{2,}s(?![a-z])"  # IDs, URLs
    r"|[A-Z]+(?=[A-Z][a-z])"  # the HTTP of HTTPServer
    r"|[A-Z]?[a-z]+(?:\d+[a-z]+)*"  # User, sha256sum
    r"|[A-Z]+"
    r")\d*"
    r"|\d+"
)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LIMITS: dict[Kind, int] = {
    "method": 60,
    "argument": 70,
    "field": 60,
    "module": 60,
    "class": 50,
    "model": 50,
    "attribute": 60,
    "setting": 40,
    "package": 40,
}
_FALLBACKS: dict[Kind, str] = {
    "method": "call",
    "argument": "value",
    "field": "field",
    "module": "resource",
    "class": "Item",
    "model": "Item",
    "attribute": "resource",
    "setting": "value",
    "package": "api_client",
}
_CLASSES: frozenset[Kind] = frozenset(("class", "model"))
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?")
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*_?")


def _plain_text(text: str) -> str:
    """Letters, digits and punctuation in ASCII."""
    text = _POSSESSIVE.sub("", _NO_CHARACTER.sub(" ", text.translate(_MARKS)))
    text = _APOSTROPHE.sub("", text)
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFKC", text))
    return text


def _split(text: str) -> list[str]:
    text = _INITIALS.sub(lambda found: found[1].replace(".", "").lower(), text)
    text = _LETTER_NUMBER.sub(r"\1", text)
    text = _SIGNED.sub(lambda found: " plus " if found[1] == "+" else " minus ", text)
    for joined in (_BRANDS, _LONE_LETTER):
        text = joined.sub(lambda found: found[0].capitalize(), text)
    return [word.lower() for word in _WORD.findall(text)]


def _is_sentence(tokens: list[str]) -> bool:
    return len(tokens) > 2 or (len(tokens) == 2 and tokens[0].lower() in _ARTICLES)


@lru_cache(maxsize=65536)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower-case ASCII: letters and digits only. Empty where the text has none.

    `getUserToken` -> get, user, token; `X-API-Key` -> x, api, key; `filter[name]` -> filter, name;
    `Get a user's token` -> get, user, token; `+1` -> plus, 1.
    """
    text = _plain_text(text)
    tokens = text.split()
    if _is_sentence(tokens):
        # The last word is no article: `Plan A`.
        tokens = [token for token in tokens[:-1] if token.lower() not in _ARTICLES] + tokens[-1:]
        text = " ".join(tokens)
    found = _split(text)
    if not found and text and _ONLY_SYMBOLS.fullmatch(text):
        found = [_SYMBOLS[character] for character in text if character in _SYMBOLS]
    return tuple(found)


def snake(text: str) -> str:
    """`Get a user token` -> `get_user_token`; empty where the text has no words."""
    return "_".join(split_words(text))


def pascal(text: str) -> str:
    """`user token` -> `UserToken`; empty where the text has no words."""
    return "".join(word[0].upper() + word[1:] for word in split_words(text))


def _words_of(name: str, kind: Kind) -> list[str]:
    """The words that a name is made of, as they are written in it."""
    bare = name.rstrip("_")
    return _WORD.findall(bare) if kind in _CLASSES else bare.split("_")


def _shortened(name: str, kind: Kind) -> str:
    """At most the kind's length, a final `_` included: words of the middle are left out.

    A word that is longer than that is cut: nobody wrote it to be read.
    """
    limit = _LIMITS[kind] - 1
    if len(name) <= limit:
        return name
    join, gap = _joined_by(kind)
    words = _words_of(name, kind)
    if len(words[0]) > limit:
        words[0] = words[0][: limit if len(words) == 1 else limit // 2]
    if sum(map(len, (words[0], words[-1]))) + gap > limit:
        words = words[:1]
    return join.join(next(shorter(words, limit, gap)))


def _joined_by(kind: Kind) -> tuple[str, int]:
    return ("", 0) if kind in _CLASSES else ("_", 1)


def shorter_names(name: str, kind: Kind, limit: int) -> Iterator[str]:
    """Names of at most `limit` letters made of whole words of `name`, the best first; `name` itself where it is as short."""
    join, gap = _joined_by(kind)
    return (join.join(words) for words in shorter(_words_of(name, kind), limit, gap))


def _started(name: str, kind: Kind) -> str:
    """A name that starts with a letter."""
    if not name[:1].isdigit():
        return name
    if len(name) > 1 and name[1].isdigit():
        return f"{'N' if kind in _CLASSES else 'n'}{name}"
    spelled = _DIGITS[int(name[0])]
    rest = name[1:]
    if kind in _CLASSES:
        return spelled.capitalize() + rest[:1].upper() + rest[1:]
    return spelled + ("_" + rest if rest and not rest.startswith("_") else rest)


def _is_taken(name: str, kind: Kind) -> bool:
    return keyword.iskeyword(name) or name in RESERVED[kind]


def valid_name(name: str, kind: Kind) -> str:
    """A name of this kind: `name` itself where it already is one, else the nearest.

    Any text gives a name, and a name gives itself. ASCII, no leading underscore, within the kind's length, neither
    a keyword nor reserved, nothing that pytest or Windows treats as special. Two texts may give one name: who assigns
    names offers others, and the last of them has a number.
    """
    shape = _PASCAL if kind in _CLASSES else _SNAKE
    if not shape.fullmatch(name):
        name = pascal(name) if kind in _CLASSES else snake(name)
        name = _started(name, kind) or _FALLBACKS[kind]
    name = _shortened(name, kind)
    if kind == "module":
        # pytest collects test_x.py and x_test.py.
        if name.startswith("test_"):
            name = "tests_" + name[5:]
        elif name.endswith("_test"):
            name += "_"
    while _is_taken(name, kind):
        name += "_"
    return name


class UniqueNames:
    """Names that are assigned once each, whatever the case of letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str) -> str:
        """`name`, or the first of `name_2`, `name_3` … that is free."""
        found, number = name, 2
        while found.casefold() in self._taken:
            found = f"{name.rstrip('_')}_{number}"
            number += 1
        return found

    def take(self, name: str) -> str:
        """The same name, and take it."""
        found = self.free(name)
        self._taken.add(found.casefold())
        return found
