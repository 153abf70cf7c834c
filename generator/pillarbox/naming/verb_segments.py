"""Segments of paths that say what is done, and those of them that have segments below: `/contacts/search/emails`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .actions import is_action_verb
from .inflections import Inflections
from .route_segments import ITEM, is_plural

__all__ = ["is_action", "is_imperative", "verb_segments"]

_AT_ONCE = frozenset(["bulk", "batch"])
_READING = frozenset(["download", "export"])
"""Verbs of a GET that are done to a whole, and to what a placeholder says."""
_IMPERATIVES = frozenset(
    """
    activate add assign attach create deactivate delete detach disable disconnect edit enable mark remove rename resend send
    unassign
    """.split()
)
"""Verbs that are no nouns."""
_NO_OBJECT = frozenset(["on", "ons"])
_Shape = tuple[str, ...]


def is_action(words: Sequence[str]) -> bool:
    """True where a segment says what is done: cancel, mark_read, bulk_delete."""
    return (
        is_action_verb(words[1] if len(words) > 1 and words[0] in _AT_ONCE else words[0]) if words else False
    )


def is_imperative(words: Sequence[str]) -> bool:
    """True for a verb and what it is done to, which is no noun: add_contact, mark_read; not add_ons."""
    return len(words) > 1 and words[0] in _IMPERATIVES and words[1] not in _NO_OBJECT


def verb_segments(methods: Mapping[_Shape, set[str]], inflections: Inflections) -> frozenset[_Shape]:
    """Shapes of paths that end in a verb which is no resource, whatever is below it.

    What is below is one noun each, with one operation (`/contacts/search/emails`), or what the verb made, which is only
    read (`POST /messages/download`, `GET /messages/download/{id}`).

    Args:
        methods: The HTTP methods of each shape of a path.
        inflections: The plurals of the client.
    """
    below: dict[_Shape, list[_Shape]] = defaultdict(list)
    for shape in methods:
        for length in range(2, len(shape)):
            below[shape[:length]].append(shape[length:])
    return frozenset(shape for shape, ends in below.items() if _is_verb(shape, ends, methods, inflections))


def _is_verb(
    shape: _Shape, ends: Sequence[_Shape], methods: Mapping[_Shape, set[str]], inflections: Inflections
) -> bool:
    words = shape[-1].split("_")
    if (
        all(step == ITEM for step in shape[:-1])
        or shape[-1] == ITEM
        or words[0] in _AT_ONCE
        or not is_action(words)
        or is_plural(shape[-1], inflections)
    ):
        return False
    own = methods.get(shape, set())
    if list(ends) == [(ITEM,)]:
        reads = own == {"POST"} or (own == {"GET"} and words[0] in _READING)
        return reads and methods[(*shape, ITEM)] == {"GET"}
    nouns = [end[0] for end in ends]
    return (
        len(own) < 2
        and len(set(nouns)) == len(nouns)
        and all(_is_noun(end) and len(methods[(*shape, *end)]) == 1 for end in ends)
    )


def _is_noun(end: _Shape) -> bool:
    return end[0] != ITEM and not is_action(end[0].split("_")) and all(step == ITEM for step in end[1:])
