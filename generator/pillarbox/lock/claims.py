"""Public names: taken from the lock where it knows them, chosen once where it does not, and never given twice."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count
from typing import TypeVar

from ..model.api import Identity
from .format import Entry, Fact, Kind, Lock, LockError
from .matching import facts_of, match_operations
from .renames import Rule, Rules, joined
from .schema_matching import renamed_schemas

__all__ = ["Claims", "Lock", "LockError", "match_operations"]

_T = TypeVar("_T")
_Key = tuple[object, ...]
Facts = Mapping[str, str | Sequence[str]]
"""What a name belongs to, such as `{"in": "query", "wire": "ttl"}`."""

_SPACES: Mapping[Kind, str] = {
    "argument": "argument",
    "credential": "option",
    "enum": "enum",
    "field": "field",
    "model": "model",
    "operation": "member",
    "resource": "member",
    "setting": "option",
}
"""Kinds of one space share their names: a resource and an operation are attributes of one object."""
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STATUS = re.compile(r":(?:\d{3}|default)(?=:|$)")


def _spelling(text: object) -> str:
    """`nextPage`, `next_page` and `next-page` are one name to a reader."""
    return re.sub(r"[^a-z0-9]", "", str(text).casefold())


def _exact(kind: Kind, scope: str, facts: Mapping[str, Fact]) -> _Key:
    """What tells two claims of a kind apart."""
    if kind in ("model", "enum"):
        return kind, facts.get("at")
    if kind in ("argument", "field"):
        return kind, scope, *sorted(facts.items())
    return kind, *sorted(facts.items())


def _loose(kind: Kind, facts: Mapping[str, Fact]) -> tuple[_Key, ...]:
    """By what a name is recognised when its exact place is gone: strongest first."""
    wire = facts.get("wire")
    match kind:
        case "argument":
            return (wire,), (facts.get("in"), _spelling(wire)), (_spelling(wire),)
        case "field" | "setting":
            return ((_spelling(wire),),)
        case "model" | "enum":
            return ((_STATUS.sub(":", str(facts.get("at")), count=1),),)
        case _:
            return ()


def _plain(facts: Facts) -> dict[str, Fact]:
    return {key: value if isinstance(value, str) else tuple(value) for key, value in facts.items()}


class Claims:
    """The names of one run.

    `lock` is what the last run left, `renames` what the configuration asks for: those that concern names of the lock
    are carried out at once (`LockError` for a new name that is taken), the others when their name comes up. Names
    are compared without regard to case, because modules are named after some of them.
    """

    def __init__(self, lock: Lock, renames: Sequence[Rule] = ()) -> None:
        self._rules = Rules(lock.entries, renames)
        self._known: dict[_Key, Entry] = {}
        self._operations: dict[str, Entry] = {}
        self._held: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in self._rules.entries:
            self._held.setdefault(self._slot(entry.kind, entry.scope, entry.last), []).append(entry)
            if entry.kind == "operation":
                self._operations[entry.name] = entry
            elif not entry.renamed:
                key = _exact(entry.kind, entry.scope, entry.facts)
                if key not in self._known or self._known[key].retired:
                    self._known[key] = entry
        self._scopes: dict[tuple[Kind, str], list[tuple[_Key, Entry]]] = {}
        for key, entry in self._known.items():
            if not entry.retired:
                self._scopes.setdefault((entry.kind, entry.scope), []).append((key, entry))
        self._replaced: dict[_Key, Entry] = {}
        self._claimed: dict[_Key, Entry] = {}
        self._taken: dict[tuple[str, str, str], Kind] = {}
        self._live: set[tuple[Kind, str]] = set()
        self._aliases: dict[tuple[Kind, str], list[Entry]] = {}
        for entry in self._rules.entries:
            if entry.renamed and entry.scope == entry.renamed.rpartition(".")[0]:
                self._aliases.setdefault((entry.kind, entry.scope), []).append(entry)

    @staticmethod
    def _slot(kind: Kind, scope: str, name: str) -> tuple[str, str, str]:
        return _SPACES[kind], scope.casefold(), name.casefold()

    # Operations and resources

    def match_operations(self, identities: Sequence[Identity]) -> tuple[str | None, ...]:
        """Dotted name in the lock of each operation of the spec, or None for a new one."""
        return match_operations([*self._operations.values()], identities)

    def keep_operation(self, name: str, identity: Identity) -> None:
        """Claim the name that `match_operations` found."""
        old = self._operations[name]
        self._record(Entry("operation", name, {**old.facts, **facts_of(identity)}), ("operation", name))

    def operation(self, scope: str, identity: Identity, candidates: Sequence[str]) -> str:
        """Claim a name for a new operation of the resource `scope`; the last part is returned."""
        name = self._fresh("operation", scope, candidates)
        full = joined(scope, name)
        self._record(Entry("operation", full, facts_of(identity)), ("operation", full))
        return name

    def keep_resource(self, path: Sequence[str], folder: Sequence[str]) -> None:
        """Claim an attribute path of the lock for a folder of the spec, which may have been renamed since."""
        name = ".".join(path)
        self._record(Entry("resource", name, {"folder": tuple(folder)}), ("resource", name))

    def was_spread(self, operation: str) -> bool:
        """Whether the lock says that the body of this operation is spread: then it stays so."""
        known = self._operations.get(operation)
        return known is not None and bool(known.facts.get("spread"))

    def spread(self, operation: str) -> None:
        """Say so of an operation that has been claimed in this run."""
        key: _Key = ("operation", operation)
        entry = self._claimed[key]
        self._claimed[key] = Entry(entry.kind, entry.name, {**entry.facts, "spread": True})

    # Everything else

    def expect(self, kind: Kind, scope: str, wanted: Sequence[Facts]) -> None:
        """Announce all claims of a kind in a scope before the first of them.

        Only so can a claim know that a place of the lock is gone, and take over its name: an argument that moved from
        the query to the body, a field that is spelled otherwise now, a model whose answer has another status.
        """
        facts = [_plain(item) for item in wanted]
        gone = self._gone(kind, scope, {_exact(kind, scope, item) for item in facts})
        new = [item for item in facts if _exact(kind, scope, item) not in self._known]
        for level in range(len(_loose(kind, {}))):
            places = _once([(_loose(kind, entry.facts)[level], entry) for entry in gone])
            for loose, item in _once([(_loose(kind, item)[level], item) for item in new]).items():
                if loose in places:
                    self._replaced[_exact(kind, scope, item)] = places[loose]
                    gone.remove(places[loose])
                    new.remove(item)

    def expect_models(self, places: Mapping[str, frozenset[str]]) -> None:
        """Announce the places of all models, with the wire names of their fields: an object of the document that has
        another name now keeps its model."""
        self.expect("model", "", [{"at": at} for at in places])
        taken = {str(entry.facts.get("at")) for entry in self._replaced.values()}
        gone = {
            str(entry.facts.get("at")): entry
            for entry in self._gone("model", "", {("model", at) for at in places})
            if entry.facts.get("at") not in taken
        }
        new = {
            at: wires
            for at, wires in places.items()
            if ("model", at) not in self._known and ("model", at) not in self._replaced
        }
        if not gone or not new:
            return
        wires: dict[str, set[str]] = {}
        for entry in self._rules.entries:
            if entry.kind == "field" and not entry.retired:
                wires.setdefault(entry.scope, set()).add(str(entry.facts.get("wire")))
        known = {at: frozenset(wires.get(entry.name, ())) for at, entry in gone.items()}
        for old, now in renamed_schemas(known, new):
            self._replaced["model", now] = gone[old]

    def _gone(self, kind: Kind, scope: str, wanted: set[_Key]) -> list[Entry]:
        """What the lock has in a scope and the spec has no more."""
        return [
            entry
            for key, entry in self._scopes.get((kind, scope), ())
            if key not in wanted and self._known[key] is entry
        ]

    def locked(self, kind: Kind, scope: str, facts: Facts) -> str | None:
        """The name that the lock has for a place; None for a new one. Nothing is claimed."""
        key = _exact(kind, scope, _plain(facts))
        entry = self._known.get(key) or self._replaced.get(key)
        return entry.last if entry is not None else None

    def old_names(self, kind: Kind, scope: str) -> tuple[tuple[str, str], ...]:
        """Names of a scope that the configuration renamed, and what they are called now: sorted, and in use now."""
        return tuple(
            sorted(
                (entry.last, entry.renamed.rpartition(".")[2])
                for entry in self._aliases.get((kind, scope), ())
                if (kind, entry.renamed) in self._live
            )
        )

    def leaves_old_names(self, kinds: Sequence[Kind]) -> bool:
        """Whether a name of one of these kinds has an old one that is still offered."""
        return any(kind in kinds and self.old_names(kind, scope) for kind, scope in self._aliases)

    def name(self, kind: Kind, scope: str, facts: Facts, candidates: Sequence[str]) -> str:
        """Claim a name for one place: the lock's, else the first candidate that nobody has or had, else a number."""
        return self._claim(kind, scope, _plain(facts), candidates, None)

    def place(
        self,
        kind: Kind,
        key: str,
        candidates: Sequence[str],
        *,
        share: Callable[[str], bool],
        scope: str = "",
    ) -> str:
        """Claim a name for a place that may share it: `share` says whether the place agrees with a name of this run."""
        return self._claim(kind, scope.replace("/", "."), {"at": key}, candidates, share)

    def _claim(
        self,
        kind: Kind,
        scope: str,
        facts: dict[str, Fact],
        candidates: Sequence[str],
        share: Callable[[str], bool] | None,
    ) -> str:
        key = _exact(kind, scope, facts)
        done = self._claimed.get(key)
        if done is not None and done.scope == scope:
            return done.last
        name: str | None = None
        entry = self._known.get(key) or self._replaced.get(key)
        if entry is not None:
            if entry.scope != scope:
                candidates = [entry.last, *candidates]
            elif share is not None or self._slot(kind, scope, entry.last) not in self._taken:
                name = entry.last
        if name is None:
            name = self._fresh(kind, scope, candidates, share)
        old = entry.facts if entry is not None else {}
        self._record(Entry(kind, joined(scope, name), {**old, **facts}), key)
        return name

    def _fresh(
        self, kind: Kind, scope: str, candidates: Sequence[str], share: Callable[[str], bool] | None = None
    ) -> str:
        """A name for something that the lock does not know."""
        first = candidates[0]
        gap = "" if first[:1].isupper() else "_"
        numbered = (f"{first}{gap}{number}" for number in count(2))
        offers = (self._offered(kind, scope, name, share) for name in chain(candidates, numbered))
        return next(name for name in offers if name is not None)

    def _offered(self, kind: Kind, scope: str, name: str, share: Callable[[str], bool] | None) -> str | None:
        if not _IDENTIFIER.fullmatch(name):
            raise ValueError(f"not an ASCII identifier: {name!a}")
        slot = self._slot(kind, scope, name)
        if slot in self._taken:
            return name if share is not None and self._taken[slot] == kind and share(name) else None
        if slot in self._held or joined(scope, name) in self._rules.reserved:
            return None
        new = self._rules.new_name(kind, scope, name)
        if new is None:
            return name
        if self._slot(kind, scope, new) in self._taken or self._slot(kind, scope, new) in self._held:
            raise LockError(
                f'rename "{joined(scope, name)}": "{new}" is already the name of something else there'
            )
        return new

    def _record(self, entry: Entry, key: _Key) -> None:
        self._claimed.setdefault(key, entry)
        self._live.add((entry.kind, entry.name))
        self._taken.setdefault(self._slot(entry.kind, entry.scope, entry.last), entry.kind)

    # The outcome

    def unused_renames(self) -> tuple[str, ...]:
        """Old names of rules that met nothing in the lock nor in this run."""
        return self._rules.unused

    def result(self) -> Lock:
        """The lock of the next run: the names of this one, and all that were ever given, retired."""
        live = list(self._claimed.values())
        names = {(entry.kind, entry.name) for entry in live}
        places = {(entry.kind, entry.name, entry.facts.get("at")) for entry in live}
        resources = self._holders(names)
        # A model that went on to another place left the old one: what comes there is something else.
        left = {id(entry) for entry in self._replaced.values() if (entry.kind, entry.name) in names}
        for entry in self._rules.entries:
            if entry.kind in ("model", "enum") and not entry.renamed:
                known = (entry.kind, entry.name, entry.facts.get("at")) in places or id(entry) in left
            else:
                known = (entry.kind, entry.name) in names
            if known:
                continue
            if entry.kind == "resource" and entry.name in resources and not entry.renamed:
                live.append(Entry(entry.kind, entry.name, entry.facts))
            else:
                live.append(Entry(entry.kind, entry.name, entry.facts, True, entry.renamed))
        return Lock(tuple(sorted(live, key=Entry.line)))

    def _holders(self, names: set[tuple[Kind, str]]) -> set[str]:
        """Resources that hold something: they live on, though their folder may be gone."""
        found: set[str] = set()
        for kind, name in names:
            scope = name.rpartition(".")[0] if kind in ("operation", "resource") else ""
            while scope and scope not in found:
                found.add(scope)
                scope = scope.rpartition(".")[0]
        return found


def _once(pairs: Sequence[tuple[_Key, _T]]) -> dict[_Key, _T]:
    """Those whose key stands there once."""
    found: dict[_Key, _T | None] = {}
    for key, value in pairs:
        found[key] = None if key in found else value
    return {key: value for key, value in found.items() if value is not None}
