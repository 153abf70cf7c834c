"""Shorter forms of names: middle words are left out, head and tail stay, and no word is cut."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["shorter", "shorter_middles", "shorter_phrases"]

_JOINING = frozenset(
    "a an and as at by for from in into its of on or per that the their to via when while with your".split()
)
"""Words that only join others: they go first."""
_LINKING = frozenset("as at by for from in into on onto to under using via when while with".split())
"""Words that introduce what a verb and its noun can do without."""
_NEGATIONS = frozenset(["no", "non", "not", "without"])
"""Words without which a name says the opposite."""
_VARIANTS = 8
"""Words of the middle that other forms are tried with."""


def shorter(words: Sequence[str], limit: int, gap: int) -> Iterator[list[str]]:
    """The words as they are if they have at most `limit` letters; else forms that have, the best first.

    The first form keeps as many words of both ends as fit, taking them in turn: update, passenger, name, record,
    reprice, ancillary -> update, reprice, ancillary. Each further form has one of the words that went, in place of its
    neighbours, because another name may have the same ends. Where no form fits, the shortest one.

    Args:
        words: Of a name, as they are written in it.
        limit: Letters of a form, those between the words included.
        gap: Letters between two words.
    """

    def room(chosen: Sequence[int]) -> int:
        return limit - sum(len(words[at]) for at in chosen) - gap * (len(chosen) - 1)

    kept = range(len(words))
    if room(kept) >= 0:
        yield list(words)
        return
    always = {0, len(words) - 1}
    negations = {at for at in kept if words[at].lower() in _NEGATIONS}
    if room(sorted(always | negations)) >= 0:
        always |= negations
    middle = [at for at in kept if at not in always and words[at].lower() not in _JOINING]
    chosen = sorted(always)
    sides = [middle, list(reversed(middle))]
    while sides:
        side = sides.pop(0)
        at = next((one for one in side if one not in chosen), None)
        if at is not None and room(grown := sorted((*chosen, at))) >= 0:
            chosen = grown
            sides.append(side)
    yield [words[at] for at in chosen]
    gone = [at for at in middle if at not in chosen]
    for at in reversed(gone[-_VARIANTS:]):
        other = sorted((*chosen, at))
        # The words before it are nearer to what was left out than those behind it.
        while room(other) < 0 and (near := [one for one in other if one not in {*always, at}]):
            other.remove(max((one for one in near if one < at), default=near[0]))
        if room(other) >= 0:
            yield [words[one] for one in other]


def shorter_phrases(name: str) -> Iterator[str]:
    """A method in snake case without what follows a preposition, the longest first, down to a verb and a noun.

    create_order_with_card_as_service -> create_order_with_card, create_order.
    """
    words = name.split("_")
    for at in range(len(words) - 1, 1, -1):
        if words[at] in _LINKING:
            yield "_".join(words[:at])


def shorter_middles(name: str) -> Iterator[str]:
    """A method without the shorter phrases of its middle, the last first: the end tells it from others that begin so.

    charge_a_berth_on_demand_from_your_card -> charge_berth_from_card.
    """
    words = [word for word in name.split("_") if word in _LINKING or word not in _JOINING]
    starts = [0, *(at for at, word in enumerate(words) if at > 1 and word in _LINKING), len(words)]
    phrases = [words[start:end] for start, end in pairwise(starts)]
    while len(phrases) > 2 and len(phrases[-2]) < len(phrases[-1]):
        del phrases[-2]
        yield "_".join(word for phrase in phrases for word in phrase)
