"""How long the names of resources are: a call has at most sixty letters where words can be left out."""

from collections.abc import Iterable
from typing import Protocol

from ..naming.path_names import LONGEST_CALL, SHORT_METHOD
from .operation_names import CallCandidate, Steps

__all__ = ["ResourceForms"]


class _Names(Protocol):
    """The names that each resource may have: `FolderNames`, `PathNames`."""

    def forms(self, steps: Steps, /) -> list[str]: ...
    def best(self, steps: Steps, /) -> int: ...


class ResourceForms:
    """The names that each resource may have, in snake case, of which the longest that fits is the best.

    Args:
        calls: The best name of each call.
        names: Longer and shorter names of the resources.
    """

    def __init__(self, calls: Iterable[CallCandidate], names: _Names) -> None:
        self._names = names
        self._chosen: dict[Steps, int] = {}
        for call in calls:
            self._fit(call)

    def of(self, steps: Steps) -> list[str]:
        """Names of one resource, the best first."""
        forms, at = self._names.forms(steps), self._at(steps)
        return [*forms[at:], *reversed(forms[:at])]

    def whole(self, steps: Steps) -> str:
        """All words of its name."""
        return self._names.forms(steps)[0]

    def _at(self, steps: Steps) -> int:
        return self._chosen[steps] if steps in self._chosen else self._names.best(steps)

    def _fit(self, call: CallCandidate) -> None:
        """Shorten the longest of its resources until the call is short enough, or no word can be left out."""
        above = [call.steps[:length] for length in range(1, len(call.steps) + 1)]
        room = LONGEST_CALL - min(len(call.method), SHORT_METHOD)
        names = {steps: self._names.forms(steps)[self._at(steps) :] for steps in above}
        while sum(len(forms[0]) + 1 for forms in names.values()) > room:
            able = [steps for steps, forms in names.items() if len(forms) > 1]
            if not able:
                break
            longest = max(able, key=lambda steps: (len(names[steps][0]), len(steps)))
            self._chosen[longest] = self._at(longest) + 1
            names[longest] = names[longest][1:]
