"""Two plans of one API, side by side: operations by method and path, their parameters, and the fields of samples."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pillarbox.model.api import Api, Body, FormBody, JsonBody, MultipartBody, Operation, Parameter, Response
from pillarbox.model.types import Anything, Array, Field, Map, Object, Type, Union
from pillarbox.pipeline import Built

from .kinds import Schemas, opened, seen_as, values_of
from .reasons import Aspect, Reason, reason_of

__all__ = ["Comparison", "Difference", "Tally", "compare"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of which the two sources say different things."""

    where: str
    aspect: Aspect
    sample: str
    """What the collection tells."""
    document: str
    reason: Reason


@dataclass(slots=True)
class Tally:
    """Places that were compared, and those where all is equal."""

    places: int = 0
    whole: int = 0
    """Equal in every aspect that counts."""
    equal: Counter[Aspect] = field(default_factory=Counter)
    of: Counter[Aspect] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def share(self, aspect: Aspect) -> float:
        """Percent of the places that are equal in one aspect; 100 where there are none."""
        return 100 * self.equal[aspect] / self.of[aspect] if self.of[aspect] else 100.0

    @property
    def whole_share(self) -> float:
        """Percent of the places that are equal in all that counts."""
        return 100 * self.whole / self.places if self.places else 100.0


@dataclass(slots=True)
class Comparison:
    """The whole of it."""

    matched: int = 0
    alone: list[str] = field(default_factory=list)
    """Operations that only one of the two has."""
    parameters: Tally = field(default_factory=Tally)
    fields: Tally = field(default_factory=Tally)


def _route(operation: Operation) -> str:
    path = "".join(piece if isinstance(piece, str) else "{}" for piece in operation.path)
    return f"{operation.method} {re.sub('/+$', '', path)}"


def _by_route(built: Built) -> Mapping[str, Operation]:
    return {_route(planned.operation): planned.operation for planned in built.client.methods}


def compare(collection: Built, document: Built) -> Comparison:
    """Compare what was planned for a collection and for the document that it was converted from."""
    ours, theirs = _by_route(collection), _by_route(document)
    found = Comparison(alone=sorted(ours.keys() ^ theirs.keys()))
    walk = _Walk(collection.read.api, document.read.api, found)
    for route in sorted(ours.keys() & theirs.keys()):
        found.matched += 1
        walk.parameters(route, ours[route], theirs[route])
        walk.bodies(route, ours[route].body, theirs[route].body)
        walk.answers(route, ours[route].responses, theirs[route].responses)
    return found


class _Walk:
    """Goes through both at once."""

    def __init__(self, collection: Api, document: Api, found: Comparison) -> None:
        self._ours = collection.schemas
        self._theirs = document.schemas
        self._found = found

    def parameters(self, route: str, ours: Operation, theirs: Operation) -> None:
        def named(operation: Operation) -> dict[tuple[str, str], Parameter]:
            return {(one.location.value, one.wire): one for one in operation.parameters}

        mine, others = named(ours), named(theirs)
        tally = self._found.parameters
        for place, wire in dict.fromkeys((*mine, *others)):
            one, other = mine.get((place, wire)), others.get((place, wire))
            where = f"{route} {place} {wire}"
            tally.places += 1
            tally.of[Aspect.PRESENCE] += 1
            if one is None or other is None:
                self._differ(tally, where, Aspect.PRESENCE, _presence(one), _presence(other))
                continue
            tally.equal[Aspect.PRESENCE] += 1
            same = [
                self._types(tally, where, one.type, other.type),
                self._required(tally, where, one.required, other.required),
                self._enums(tally, where, one.type, other.type),
            ]
            tally.whole += all(same)

    @staticmethod
    def _differ(
        tally: Tally, where: str, aspect: Aspect, ours: str, theirs: str, one: Type | None = None
    ) -> bool:
        reason = reason_of(aspect, ours, theirs, one)
        tally.differences.append(Difference(where, aspect, ours, theirs, reason))
        return False

    def _types(self, tally: Tally, where: str, one: Type, other: Type) -> bool:
        tally.of[Aspect.TYPE] += 1
        ours, theirs = seen_as(one, self._ours), seen_as(other, self._theirs)
        if ours != theirs:
            return self._differ(tally, where, Aspect.TYPE, ours, theirs, opened(one, self._ours))
        tally.equal[Aspect.TYPE] += 1
        return True

    def _required(self, tally: Tally, where: str, ours: bool, theirs: bool) -> bool:
        tally.of[Aspect.REQUIRED] += 1
        if ours != theirs:
            words = {True: "required", False: "optional"}
            return self._differ(tally, where, Aspect.REQUIRED, words[ours], words[theirs])
        tally.equal[Aspect.REQUIRED] += 1
        return True

    def _enums(self, tally: Tally, where: str, one: Type, other: Type) -> bool:
        ours, theirs = values_of(one, self._ours), values_of(other, self._theirs)
        if not ours and not theirs and tally is self._found.fields:
            return True
        tally.of[Aspect.ENUM] += 1
        if ours != theirs:
            return self._differ(tally, where, Aspect.ENUM, _listed(ours), _listed(theirs))
        tally.equal[Aspect.ENUM] += 1
        return True

    def bodies(self, route: str, ours: Body | None, theirs: Body | None) -> None:
        mine, others = _body_type(ours), _body_type(theirs)
        if mine is not None and others is not None:
            self._inside(f"{route} body", mine, others)

    def answers(self, route: str, ours: Iterable[Response], theirs: Iterable[Response]) -> None:
        known = {answer.status: answer for answer in theirs}
        for answer in ours:
            other = known.get(answer.status) or known.get(None)
            if answer.type is not None and other is not None and other.type is not None:
                self._inside(f"{route} {answer.status}", answer.type, other.type)

    def _inside(self, where: str, one: Type, other: Type) -> None:
        """What a sample holds: the fields of its objects, the items of its lists."""
        mine, others = opened(one, self._ours), opened(other, self._theirs)
        match mine:
            case Object(fields=fields):
                known = dict(_fields(others, self._theirs))
                for member in fields:
                    self._member(f"{where} {member.wire}", member, known.get(member.wire))
            case Array(items):
                for inner in _items(others, self._theirs):
                    self._place(f"{where}[]", items, inner)
                    break
            case Map(values) if isinstance(others, Map):
                self._inside(f"{where}{{}}", values, others.values)
            case _:
                return

    def _place(self, where: str, one: Type, other: Type) -> None:
        tally = self._found.fields
        tally.places += 1
        same = [self._types(tally, where, one, other), self._enums(tally, where, one, other)]
        tally.whole += all(same)
        self._inside(where, one, other)

    def _member(self, where: str, one: Field, other: Field | None) -> None:
        tally = self._found.fields
        if other is None:
            tally.places += 1
            tally.of[Aspect.PRESENCE] += 1
            self._differ(tally, where, Aspect.PRESENCE, "present", "absent")
            return
        tally.of[Aspect.PRESENCE] += 1
        tally.equal[Aspect.PRESENCE] += 1
        self._required(tally, where, one.required, other.required)
        self._place(where, one.type, other.type)


def _presence(parameter: Parameter | None) -> str:
    return "absent" if parameter is None else "present"


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values)[:12])


def _body_type(body: Body | None) -> Type | None:
    match body:
        case JsonBody(type=kind):
            return kind
        case FormBody(fields=fields):
            return Object(fields=fields)
        case MultipartBody(parts=parts):
            return Object(fields=tuple(part.field for part in parts))
        case _:
            return None


def _fields(kind: Type, schemas: Schemas) -> Iterator[tuple[str, Field]]:
    match opened(kind, schemas):
        case Object(fields=fields):
            yield from ((member.wire, member) for member in fields)
        case Union(members):
            for member in members:
                yield from _fields(member, schemas)
        case _:
            return


def _items(kind: Type, schemas: Schemas) -> Iterator[Type]:
    match opened(kind, schemas):
        case Array(items):
            yield items
        case Anything():
            yield Anything()
        case Union(members):
            for member in members:
                yield from _items(member, schemas)
        case _:
            return
