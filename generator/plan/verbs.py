"""The verbs that operations begin with: what is left of a name without one is its noun."""

__all__ = ["LISTING", "READING", "head_noun", "split_verb"]

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


def split_verb(method: str) -> tuple[str, tuple[str, ...]]:
    """`get_user_token` -> (`get`, (`user`, `token`)); the verb is empty where the name has none."""
    first, *rest = [word for word in method.split("_") if word] or [method]
    verb = _verb(first) if rest else first if first in _VERBS else ""
    return (verb, tuple(rest)) if verb else ("", (first, *rest))


def head_noun(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a noun phrase is about: pet by id -> pet; and split authorized payment -> authorized payment."""
    while len(words) > 2 and words[0] in ("and", "or") and _verb(words[1]):
        words = words[2:]
    for number, word in enumerate(words):
        if number and word in _PREPOSITIONS:
            words = words[:number]
            break
    return words[:_LONGEST_NOUN]
