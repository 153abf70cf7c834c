"""The verbs that operations begin with: what is left of a name without one is its noun."""

__all__ = ["LISTING", "READING", "head_noun", "is_verb", "split_verb"]

READING = frozenset({"get", "retrieve", "fetch", "read", "show", "describe", "view", "find", "lookup"})
LISTING = frozenset({"list", "search", "query", "enumerate"})
_OTHER = frozenset(
    """
    accept activate add approve archive assign attach authorize begin block cancel capture change
    check close complete confirm copy count create deactivate delete deny detach disable download
    edit enable end execute export generate import insert invite issue join leave lock make mark
    merge modify move open patch pause perform post provide publish put recover refresh register
    reject release remove rename renew replace request reset resolve restore resume return revoke
    rotate run save schedule send set sign start stop submit subscribe suspend switch sync test
    toggle transfer trigger unassign unblock unlock unsubscribe update upgrade upload upsert use
    validate verify void withdraw write
    """.split()
)
_VERBS = READING | LISTING | _OTHER
_RARER = frozenset(
    """
    abort acknowledge allow amend analyse analyze append apply ask attest authenticate ban batch bind book boost browse
    build bulk bump buy calculate call charge clean clear clone collect commit compare compute configure connect
    consume convert count crawl cut debit decline decode decrypt define delegate deliver deploy deprecate destroy detect
    determine disconnect discover dismiss dispatch dispute drop duplicate eject embed encode encrypt enqueue enroll
    ensure enter estimate evaluate exchange exists expand extend extract fail favorite file fill filter finalize find
    finish follow force forward freeze generate grant handle has head hide identify ignore import increment index
    initialize initiate inspect install invalidate invoke is kick kill label launch leave like link load log login logout
    lookup match mention migrate mint mirror monitor mute notify obtain offer onboard open order override parse
    partial patch pay pin ping play poll prepare preview print process promote propose prune pull purchase push
    query queue quote rate reactivate reauthorize rebuild receive record redeem redirect refund regenerate regist
    reindex relay reload remind render reopen reorder replay replicate report repost resend reserve respond restart
    retry reverse revert review rollback roll sample scan select share ship shutdown signin signup simulate skip snooze
    sort split star store stream subscribe suggest summarize sync tag terminate track transcribe transform translate
    trigger truncate unarchive unbind undelete undo unfollow uninstall unlink unmute unpin unregister unset unstar
    untag upsert vote wait wake watch whitelist
    """.split()
)
"""More that ids of operations begin with; many of them are nouns elsewhere."""


_PREPOSITIONS = frozenset(
    """
    about after against among as at before between by during for from given in into on per through to under using via
    when where which with within without
    """.split()
)
_LONGEST_NOUN = 4


def _verb(word: str) -> str:
    """`get`, `gets` -> `get`; empty where the word is no verb of ours."""
    if word in _VERBS:
        return word
    bare = word.removesuffix("s")
    return bare if bare in _VERBS else word.removesuffix("es") if word.removesuffix("es") in _VERBS else ""


def is_verb(word: str) -> bool:
    """True where the first word of an operation's id says what is done."""
    return word in _VERBS or word in _RARER


def split_verb(method: str) -> tuple[str, tuple[str, ...]]:
    """`get_user_token` -> (`get`, (`user`, `token`)); the verb is empty where the name has none."""
    first, *rest = [word for word in method.split("_") if word] or [method]
    verb = _verb(first) if rest else first if first in _VERBS else ""
    return (verb, tuple(rest)) if verb else ("", (first, *rest))


def head_noun(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a noun phrase is about: pet by id -> pet; and split authorized payment -> authorized payment."""
    while len(words) > 1 and words[0] in _PREPOSITIONS:
        # apply for passport -> passport
        words = words[1:]
    while len(words) > 2 and words[0] in ("and", "or") and _verb(words[1]):
        words = words[2:]
    for number, word in enumerate(words):
        if number and word in _PREPOSITIONS:
            words = words[:number]
            break
    return words[:_LONGEST_NOUN]
