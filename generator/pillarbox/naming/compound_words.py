"""Words that an API writes without a gap: `accountplans` -> account, plans.

A word is split only where every part is a common noun of APIs, or a word that the same API uses on its own, and where an
operation id or a summary writes it in parts: `persistentvolumeclaims` -> persistent, volume, claims. Words that English
writes as one (`timestamp`, `database`) stay whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from .inflections import singular

__all__ = ["CompoundWords"]

_PARTS = frozenset(
    """
    account action activity address adjustment agent aggregation alert amount analytics application asset attachment
    attribute audit authentication balance bank batch benefit bill billing block bucket budget business calendar
    campaign card case catalog category channel charge chat client code collection column comment commit commitment
    company compound config configuration contact content contract conversation cost counter country coupon credit
    currency custom customer data debit delivery deployment detail device discount dispute document domain draft driver
    email employee end entity entry environment error event example export external feature fee field file filter flow
    folder format function gateway global group guest history identity image import integration instance invoice issue
    item job journey key label language layer lead ledger level license line link list locale location log manager
    margin market measurement member membership merchant message metric model module monitor note notification number
    object operational option order organization output owner package page parameter partner party payment payout
    pending permission person phone photo pick plan platform player point policy portal preference price pricing privacy
    product profile program project promotion property provider purchase query question queue quote rate reason receipt
    record refund region report request resource response result review reward role room route rule sale schedule
    scheduled schema score search secret section segment service session setting shipment shipping site snapshot source
    stage state statement status step stock storage store stream subscription survey system table tag target task tax
    team template term test text theme thread ticket time token tool topic transaction transfer transform translation
    trigger type unit update usage user value variable vendor version video view voice volume wallet warehouse widget
    worker workflow zone
    """.split()
)
_WHOLE = frozenset(
    """
    allowlist backup blackboard blacklist blocklist breakpoint briefcase broadband broadcast callback checklist codebase
    database datacenter datapoint dataset datasheet datastore datatable dropbox endpoint entrypoint feedback filename
    filesystem filetype footnote framework headline hostname keyboard keypoint keystore keyword landmark leaderboard
    lifecycle lineage linkedin livestream mailbox marketplace masterdata metadata nameserver namespace network newsletter
    notebook ownership partnership passkey passport password paycheck paypal picklist pipeline placeholder playlist
    postcard postcode presence relationship runtime sandbox screenshot sendgrid shortlist smartcard spreadsheet
    stakeholder standalone storefront subject subnet teamwork testcase testset timeline timeslot timestamp timezone
    usergroup userinfo username voicemail waitlist watchlist webhook whiteboard whitelist workbook workflow workforce
    workload workspace worksheet
    """.split()
)
_VAGUE = frozenset(["down", "host", "load", "name"])
"""Words of an API that stand inside too many others."""
_SHORTEST_COMPOUND = 8
_LONGEST_PHRASE = 5
_SHORTEST_PART = 3
_SHORTEST_OWN_WORD = 5


class CompoundWords:
    """Splits the compound words of one API.

    Args:
        collections: The words that the API uses on their own, such as the plural segments of its paths.
        phrases: Words of operation ids, tags and summaries.
    """

    def __init__(self, collections: Iterable[str] = (), phrases: Iterable[Sequence[str]] = ()) -> None:
        self._phrases = dict(_joined(phrases))
        own = {singular(word) for word in collections if len(word) >= _SHORTEST_OWN_WORD} - _VAGUE
        self._parts: frozenset[str] = _PARTS
        self._parts |= {word for word in own if len(self._parts_of(word)) == 1}
        self.split_word = cache(self._split)

    def split(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words, each compound one as its parts: (account, billconfig) -> (account, bill, config)."""
        return tuple(part for word in words for part in self.split_word(word))

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_COMPOUND or singular(word) in _WHOLE:
            return (word,)
        if (written := self._phrases.get(singular(word))) is not None:
            *heads, _ = written
            return (*heads, word[len("".join(heads)) :])
        return self._parts_of(word)

    def _parts_of(self, word: str) -> tuple[str, ...]:
        if singular(word) in _PARTS or singular(word) in _WHOLE:
            return (word,)
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            head, tail = word[:cut], word[cut:]
            if head in self._parts or (singular(head) in self._parts and len(head) > _SHORTEST_OWN_WORD):
                rest = self._parts_of(tail) if len(tail) >= 2 * _SHORTEST_PART else (tail,)
                if len(rest) > 1 or singular(tail) in self._parts:
                    return (head, *rest)
        return (word,)


def _joined(phrases: Iterable[Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Runs of words by what they are without gaps: statefulset -> stateful, set."""
    for words in phrases:
        for start in range(len(words) - 1):
            for end in range(start + 2, min(start + _LONGEST_PHRASE, len(words)) + 1):
                run = words[start:end]
                if all(len(word) > 1 for word in run):
                    yield singular("".join(run)), run
