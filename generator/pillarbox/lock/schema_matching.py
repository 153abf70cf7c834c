"""Named objects of a document that have another name now, recognised by their fields, which the lock holds."""

from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["renamed_schemas"]

_TOP = "schema:"
_STEPS = (".", "[", "{", "|")
"""What a site inside of another one begins with."""
Wires = frozenset[str]


def renamed_schemas(gone: Mapping[str, Wires], new: Mapping[str, Wires]) -> Iterator[tuple[str, str]]:
    """Pairs of an old and a new site that are the same object.

    An object is recognised if no other one that is gone, and no other one that is new, has just its fields; one
    with a single field is not distinctive enough, unless it is the only one on both sides. What is inside of an
    object goes with it.

    Args:
        gone: Sites of the lock that the spec has no more, and the wire names of their fields.
        new: Sites of the spec that the lock does not know.
    """
    old_tops, new_tops = _tops(gone), _tops(new)
    alone = len(old_tops) == len(new_tops) == 1
    here = {wires: site for site, wires in new_tops.items()}
    counts = Counter(old_tops.values()), Counter(new_tops.values())
    for site, wires in old_tops.items():
        is_telling = len(wires) > 1 or (alone and bool(wires))
        if not is_telling or wires not in here or any(count[wires] != 1 for count in counts):
            continue
        other = here[wires]
        yield site, other
        for inner in gone:
            rest = inner.removeprefix(site)
            if rest != inner and rest.startswith(_STEPS) and other + rest in new:
                yield inner, other + rest


def _tops(sites: Mapping[str, Wires]) -> dict[str, Wires]:
    """Those that are in no other one. Names may hold dots, so only the others tell."""
    found = {site: wires for site, wires in sites.items() if site.startswith(_TOP)}
    return {
        site: wires
        for site, wires in found.items()
        if not any(site[:end] in found for end in range(len(_TOP), len(site)) if site[end] in "".join(_STEPS))
    }
