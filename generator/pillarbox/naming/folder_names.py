"""Names of a collection's folders: `Vault at checkout, Payment Source: Card - 3DS` beside `… Card Non-3DS` is `card_3ds`.

A title of few words is the name. One of many words, which people wrote to be read and not to be typed, loses what the
place of the folder says already, and then what matters least, as long as no folder beside it has the same name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .inflections import singular
from .words import snake, split_words

__all__ = ["FolderNames", "without_list_number", "without_notes"]

_LIST_NUMBER = re.compile(
    r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]\s*|\d{1,3}\s+[-–—:]\s*|\d{1,3}[-–—]\s+)(?=[^\d\s])"
)
_NOTE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PART = re.compile(r"\s[-–—|]+\s|[:;]\s|\s:")
"""Between a title and what it says of it."""
_LISTED = re.compile(r",|&|\+|/|\band\b")
_VERSION = re.compile(r"v\d+\w*")
_LINKING = frozenset("a an and as at by for from in into of on or the to using via with".split())
_FILLER = frozenset(
    "api apis call calls collection demo endpoint endpoints example examples flow flows request requests sample samples".split()
)
_VAGUE = frozenset(
    "actions data detail details info information management mgmt misc operation operations other service services".split()
)
"""Nouns that say nothing without the one before."""
_MANY_WORDS = 4
"""A title of more words that say something is shortened."""
_SHORT_NAME = 24
"""Letters of a name that is short, however many words it has."""
_STEM = 6
_PAIR = 2
_MOST_WORDS = 24
"""No person wrote a longer title."""
_FEWEST_WORDS = 3
_RARE = 3
"""A word is rare that at most one in so many of the folders side by side has."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    part: int
    """Of the title, parts being separated by dashes and colons."""
    listed: int
    """Item of a list: `Shop, Book & Fulfill`."""
    note: bool
    """Whether it is in brackets."""


_Words = tuple[_Word, ...]


def without_list_number(title: str) -> str:
    """`Log in` for `1. Log in`."""
    bare = _LIST_NUMBER.sub("", title)
    return bare if split_words(bare) else title


def without_notes(title: str) -> str:
    """A title without what is in brackets, and without what follows a dash or a colon."""
    bare = _PART.split(" ".join(_NOTE.sub(" ", title).split()))[0]
    return bare if split_words(bare) else title


def _words(title: str) -> _Words:
    found: list[_Word] = []
    # `(…)` becomes pieces of its own; every second one is in brackets.
    for number, piece in enumerate(_NOTE.split(title)):
        if piece is None:
            continue
        for part_number, part in enumerate(_PART.split(piece)):
            for list_number, listed in enumerate(_LISTED.split(part)):
                place = found[-1].part + (part_number > 0) if found and not list_number else None
                at = place if place is not None else found[-1].part if found else 0
                last = found[-1].listed if found else 0
                item = last + (1 if part_number or list_number else 0)
                found += (_Word(word, at, item, number % 3 != 0) for word in split_words(listed))
    return tuple(found[:_MOST_WORDS])


def _texts(words: _Words) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _trimmed(words: Iterable[_Word]) -> _Words:
    """Without words at both ends that link nothing."""
    found = list(words)
    while found and found[-1].text in _LINKING:
        found.pop()
    while found and found[0].text in _LINKING:
        found.pop(0)
    return tuple(found)


class FolderNames:
    """The names that the folders of one collection may have.

    Args:
        folders: Titles of folders and those above, the outermost first.
    """

    def __init__(self, folders: Iterable[tuple[str, ...]]) -> None:
        self._below: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for folder in folders:
            for length, title in enumerate(folder):
                self._below[folder[:length]][title] = None
        self._forms: dict[tuple[str, ...], Mapping[str, list[str]]] = {}

    def forms(self, folder: tuple[str, ...]) -> list[str]:
        """Names from the whole title to the shortest, in snake case."""
        above = folder[:-1]
        if above not in self._forms:
            self._forms[above] = self._all_forms(above)
        return self._forms[above].get(folder[-1]) or [snake(folder[-1]) or "resource"]

    def best(self, folder: tuple[str, ...]) -> int:
        """Which of the forms is the name: the longest of few words; the shortest if all have many."""
        found = self.forms(folder)
        few = (at for at, form in enumerate(found) if _told(form) <= _MANY_WORDS or len(form) <= _SHORT_NAME)
        return next(few, len(found) - 1)

    def _all_forms(self, above: tuple[str, ...]) -> Mapping[str, list[str]]:
        titles = list(self._below[above])
        now = {title: _words(without_list_number(title)) for title in titles}
        found = {title: [snake(without_list_number(title)) or "resource"] for title in titles}
        frequency = Counter(word for words in now.values() for word in set(map(_stem, _texts(words))))
        known = {singular(word) for title in above for word in split_words(title)}
        count = len(titles)
        shared = {word for word, often in frequency.items() if often == count > 1}
        if count == _PAIR and len(shared) < _PAIR:
            # `Boats` beside `Boats of guests`: one word that two titles have is what they are about.
            shared = set()
        steps: list[Callable[[_Words], Iterable[_Word]]] = [
            lambda words: (word for word in words if not word.note),
            lambda words: (word for word in words if _stem(word.text) not in shared),
            _before_link,
            lambda words: (
                word
                for word in words
                if word.text not in _LINKING | _FILLER and not _VERSION.fullmatch(word.text)
            ),
            lambda words: (word for word in words if singular(word.text) not in known),
            _first_part,
            *([lambda words: _without_one(words, frequency, count)] * max(map(len, now.values()), default=0)),
        ]
        for step in steps:
            made = {
                title: _trimmed(step(words)) if len(words) >= _FEWEST_WORDS or step is steps[-1] else words
                for title, words in now.items()
            }
            taken = Counter(text for title in titles for text in {_texts(made[title]), _texts(now[title])})
            for title in titles:
                if made[title] and made[title] != now[title] and taken[_texts(made[title])] == 1:
                    now[title] = made[title]
                    found[title].append("_".join(_texts(made[title])))
        return found


def _stem(word: str) -> str:
    """What a word has in common with others of its kind: fulfill, fulfillment."""
    return singular(word)[:_STEM]


def _told(form: str) -> int:
    return sum(word not in _LINKING for word in form.split("_"))


def _first_part(words: _Words) -> _Words:
    """`Expanded checkout` of `Expanded checkout - Save payment methods`: where both parts say something."""
    first = tuple(word for word in words if word.part == words[0].part)
    return first if min(len(first), len(words) - len(first)) > 1 else words


def _before_link(words: _Words) -> _Words:
    """`Recurring revenue` of `Recurring revenue with saved payment method`."""
    cut = next((at for at, word in enumerate(words) if at > 1 and word.text in _LINKING), len(words))
    return words[:cut]


def _without_one(words: _Words, frequency: Mapping[str, int], count: int) -> _Words:
    """Without the word that matters least.

    Of a list, that is the last one that many folders have; of a phrase, a word of the middle, because what comes last is
    what a noun is about.
    """
    if len(words) < 2:
        return words
    if words[-1].listed > words[0].listed:
        rare = max(1, count // _RARE) if count > 1 else 0

        def matters(at: int) -> tuple[bool, int]:
            often = frequency[_stem(words[at].text)]
            return words[at].note, -often if often <= rare else -count

        at = min(reversed(range(1, len(words))), key=matters)
        return (*words[:at], *words[at + 1 :])
    if len(words) > 2:
        return (words[0], *words[2:])
    return words[:1] if words[1].text in _VAGUE else words[1:]
