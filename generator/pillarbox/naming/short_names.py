"""Shorter forms of names in snake case: middle words are left out, head and tail stay."""

from collections.abc import Iterator
from itertools import combinations

__all__ = ["shorter"]

_LINKING = frozenset(
    "a an and as at by for from in into its of on or that the their to when while with your".split()
)
_NEGATIONS = frozenset(["no", "non", "not", "without"])
_MOST_WORDS = 9
"""Of more middle words only the last are combined."""


def shorter(name: str, limit: int) -> Iterator[str]:
    """Forms without some middle words: those of at most `limit` letters, the longest first; then the others, the
    shortest first. None for a name that fits, or of two words.

    Words that only link others go first, and of forms of one length the one is better that keeps the later words,
    because what comes last is what a noun is about: `update_passenger_name_record_reprice_ancillary` ->
    `update_reprice_ancillary`.
    """
    words = name.split("_")
    if len(name) <= limit or len(words) < 3:
        return
    head, *middle, tail = words
    told = [word for word in middle if word not in _LINKING][-_MOST_WORDS:]
    negations = [word for word in told if word in _NEGATIONS]
    forms = dict.fromkeys(
        "_".join((head, *kept, tail))
        for size in range(len(told), -1, -1)
        for kept in reversed(list(combinations(told, size)))
        if all(word in kept for word in negations)
    )
    forms.pop(name, None)
    yield from sorted((form for form in forms if len(form) <= limit), key=lambda form: -form.count("_"))
    yield from sorted((form for form in forms if len(form) > limit), key=len)
