"""Names of input forms: `AddressParam`, what a caller may pass where a model, or a union of models, `Address` is taken."""

from collections import deque
from collections.abc import Iterator, Mapping

from ..lock.claims import Sites
from ..naming.candidates import Candidate, Reason
from . import types as py
from .types import PyType

__all__ = ["InputNames", "Tags", "input_key"]

Tags = Mapping[str, tuple[str, ...]]
"""Wire name of a field that tells the members of a union apart -> its values that mean one of them."""


def input_key(model: str) -> str:
    """Site key of the input form of a model."""
    return f"input:{model}"


class InputNames:
    """The input forms that requests need.

    An annotation that takes a model asks for its form, which is named then: so those that no request reaches are not
    made, and no second walk through the requests has to agree with the first.
    """

    def __init__(self, claims: Sites | None = None) -> None:
        self._claims = claims
        self._names: dict[str, str] = {}
        self._sites: set[str] = set()
        self.unions: dict[str, tuple[str, ...]] = {}
        """The forms of the members of each union that requests hold."""
        self.tags: dict[str, Tags] = {}
        """For each model that is a member of a union in a request, how it is told apart."""
        self._waiting: deque[str] = deque()

    def of(self, model: str, site: str) -> str:
        """The name of the form of a model that a request holds at a site."""
        if model not in self._names:
            self._names[model] = self._claim(model)
        if site not in self._sites:
            self._sites.add(site)
            self._waiting.append(site)
        return self._names[model]

    def of_union(self, union: str, whole: PyType) -> PyType:
        """What a caller may pass for a union that has a name: it, or one of the forms of its members."""
        if union not in self._names:
            self._names[union] = self._claim(union)
        members = whole.members if isinstance(whole, py.Either) else ()
        self.unions[union] = tuple(part.name for part in members if isinstance(part, py.InputName))
        return py.either([py.UnionName(union), py.InputName(self._names[union])])

    def tagged(self, member: PyType, wire: str, values: tuple[str, ...]) -> None:
        """Note which values of a field mean a member of a union, where that is a model."""
        parts = member.members if isinstance(member, py.Either) else (member,)
        for part in parts:
            if isinstance(part, py.ModelName) and values:
                tags = self.tags.get(part.name, {})
                self.tags[part.name] = {**tags, wire: tuple(dict.fromkeys((*tags.get(wire, ()), *values)))}

    def _claim(self, model: str) -> str:
        endings = ("Param", "Dict", "ParamDict")
        wished = [Candidate(f"{model}{ending}", Reason.INPUT_FORM, model) for ending in endings]
        if self._claims is None:
            return wished[0].name
        return self._claims.name(input_key(model), wished, share=lambda other: False)

    def asked(self) -> Iterator[str]:
        """Each site once that was asked for, those too that are asked for meanwhile."""
        while self._waiting:
            yield self._waiting.popleft()

    def name(self, model: str) -> str | None:
        """The name of its form; None where no request reaches the model."""
        return self._names.get(model)
