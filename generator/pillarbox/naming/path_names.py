"""Names of resources that are made of paths, longer and shorter ones, and paths that lose a step because a call would be long."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from .route_rules import CallName
from .words import shorter_names

__all__ = ["LONGEST_CALL", "SHORT_METHOD", "PathNames", "shorter_paths"]

LONGEST_CALL = 60
"""Letters of a name with the resources above it, where words can be left out."""
SHORT_METHOD = 22
"""Letters that the method of a long call may have."""
_Steps = tuple[str, ...]


class PathNames:
    """The names that the resources of one API may have.

    Args:
        paths: Names of resources and those above, the outermost first, in snake case.
    """

    def __init__(self, paths: Iterable[_Steps]) -> None:
        self._beside: dict[_Steps, set[str]] = defaultdict(set)
        for path in paths:
            for length, step in enumerate(path):
                self._beside[path[:length]].add(step)

    def forms(self, path: _Steps) -> list[str]:
        """Its name and shorter ones, down to what it is about, without names of the resources beside it."""
        found = [path[-1]]
        while "_" in (last := found[-1]):
            form = next(shorter_names(last, "attribute", len(last) - 1))
            # Of two words, the last is what it is about.
            found.append(form if len(form) < len(last) else last.rpartition("_")[2])
        return [found[0], *(form for form in found[1:] if form not in self._beside[path[:-1]])]

    def best(self, path: _Steps) -> int:
        """Which of the forms is the name: the whole one."""
        return 0


def shorter_paths(calls: Iterable[CallName]) -> Mapping[_Steps, _Steps]:
    """The resources of calls that are too long with the shortest names, each without steps of its middle.

    Head and tail stay, and of the middle what comes last: `users.connections.accounts.transactions.informations` is
    `users.accounts.transactions.informations`.
    """
    rooms: dict[_Steps, int] = {}
    for call in calls:
        room = LONGEST_CALL - min(len(call.method), SHORT_METHOD)
        rooms[call.resource] = min(room, rooms.get(call.resource, room))
    names = PathNames(rooms)
    taken = {path[:length] for path in rooms for length in range(1, len(path) + 1)}
    found: dict[_Steps, _Steps] = {}
    for path, room in rooms.items():
        if _shortest(path, names) > room:
            free = (
                one for one in _without_middle(path) if one not in taken and _shortest(one, names) <= room
            )
            found[path] = next(free, path)
            taken.add(found[path])
    return found


def _shortest(path: _Steps, names: PathNames) -> int:
    return sum(min(map(len, names.forms(path[:length]))) + 1 for length in range(1, len(path) + 1))


def _without_middle(path: _Steps) -> Iterator[_Steps]:
    for gone in range(1, len(path) - 1):
        for left_out in combinations(range(1, len(path) - 1), gone):
            yield tuple(step for at, step in enumerate(path) if at not in left_out)
