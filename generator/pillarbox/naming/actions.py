"""Verbs that the last segment of a path, an operation id or a summary can be: cancel, reschedule, unfreeze."""

from .verbs import is_verb

__all__ = ["is_action_verb"]

_ACTIONS = frozenset(
    """
    ack allocate auth claim classify click compact contains deprovision drag enhance enrich evict exec exists expire flush focus fork
    hold ingest init predict press protect provision purge rank reconcile repeat scrape scroll seek shorten sleep spawn swap synchronize type pack recognize
    """.split()
)
"""Beside those that ids of operations begin with: most of them are nouns elsewhere."""
_PREFIXES = ("re", "un")


def is_action_verb(word: str) -> bool:
    """True for a verb, and for one with `re` or `un` before it."""
    bare = next((word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)), "")
    return any(is_verb(one) or one in _ACTIONS for one in (word, bare))
