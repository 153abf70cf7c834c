"""Named objects of a document that got another name: known again by their fields, which the lock holds."""

from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["renamed_schemas"]

_TOP = "schema:"
_STEPS = (".", "[", "{", "|")
"""What a place inside of another one begins with."""
Wires = frozenset[str]


def renamed_schemas(gone: Mapping[str, Wires], new: Mapping[str, Wires]) -> Iterator[tuple[str, str]]:
    """Pairs of an old and a new place that are the same object.

    An object is known again if no other one that is gone, and no other one that is new, has just its fields; one
    with a single field says too little for that, unless it is the only one on both sides. What lies inside of an
    object goes with it.

    Args:
        gone: Places of the lock that the spec has no more, and the wire names of their fields.
        new: Places of the spec that the lock does not know.
    """
    old_tops, new_tops = _tops(gone), _tops(new)
    alone = len(old_tops) == len(new_tops) == 1
    here = {wires: place for place, wires in new_tops.items()}
    counts = Counter(old_tops.values()), Counter(new_tops.values())
    for place, wires in old_tops.items():
        told = len(wires) > 1 or (alone and bool(wires))
        if not told or wires not in here or any(count[wires] != 1 for count in counts):
            continue
        other = here[wires]
        yield place, other
        for inner in gone:
            rest = inner.removeprefix(place)
            if rest != inner and rest.startswith(_STEPS) and other + rest in new:
                yield inner, other + rest


def _tops(places: Mapping[str, Wires]) -> dict[str, Wires]:
    """Those that lie in no other one. Names may hold dots, so only the others tell."""
    found = {place: wires for place, wires in places.items() if place.startswith(_TOP)}
    return {
        place: wires
        for place, wires in found.items()
        if not any(
            place[:end] in found for end in range(len(_TOP), len(place)) if place[end] in "".join(_STEPS)
        )
    }
