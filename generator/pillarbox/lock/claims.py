"""Public names: taken from the lock where it knows them, chosen once where it does not, and never assigned twice."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.api import Identity
from ..naming.candidates import Candidate, Reason
from .choices import Choice, Kept, Renamed, choose, offers
from .format import Entry, Fact, Kind, Lock, LockError
from .keys import Facts, Key, MovingKind, Slot, exact_key, kept_facts, loose_keys, slot_of, unique
from .matching import facts_of, match_operations
from .memory import Memory
from .renames import Rule, Rules, joined
from .schema_matching import renamed_schemas

__all__ = ["Claims", "Lock", "LockError", "Scope", "Sites", "match_operations"]

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_Share = Callable[[str], bool]
"""Whether a site may have a name that another site of this run has already."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one kind in one scope, all of which have been announced."""

    _claims: "Claims"
    _kind: Kind
    _scope: str

    def name(self, facts: Facts, candidates: Sequence[Candidate]) -> str:
        """Claim a name: the lock's, else the first candidate that is free and was never used, else a numbered one."""
        return self._claims._claim(self._kind, self._scope, kept_facts(facts), candidates, None)


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of models, or of the lists of values of one module: several of them may share a name."""

    _claims: "Claims"
    _kind: Kind
    _scope: str

    def name(self, key: str, candidates: Sequence[Candidate], *, share: _Share) -> str:
        """Claim a name for a site; `share` says whether the site agrees with a name of this run."""
        return self._claims._claim(self._kind, self._scope, {"at": key}, candidates, share)


class Claims:
    """The names of one run.

    `lock` is what the last run left, `renames` what the configuration asks for: those that concern names of the lock
    are carried out at once (`LockError` for a new name that is taken), the others when their name comes up.
    """

    def __init__(self, lock: Lock, renames: Sequence[Rule] = ()) -> None:
        self._rules = Rules(lock.entries, renames)
        self._memory = Memory(self._rules.entries)
        self._moved: dict[Key, Entry] = {}
        """What the lock has at a site that is gone, by the site that replaces it."""
        self._claimed: dict[Key, Entry] = {}
        self._taken: dict[Slot, Kind] = {}
        self._choices: dict[tuple[Kind, str], Choice] = {}
        """By kind and dotted name: the choice of the first site that has the name."""

    # Operations and resources

    def match_operations(self, identities: Sequence[Identity]) -> tuple[str | None, ...]:
        """Dotted name in the lock of each operation of the spec, or None for a new one."""
        return match_operations(self._memory.operations, identities)

    def keep_operation(self, name: str, identity: Identity, candidates: Sequence[Candidate]) -> None:
        """Claim the dotted name that `match_operations` found; `candidates`, dotted too, are what it would be called
        if it was new."""
        old = self._memory.operation(name)
        facts = {} if old is None else old.facts
        entry = Entry("operation", name, {**facts, **facts_of(identity)})
        self._record(entry, ("operation", name), self._kept(entry, candidates, ""))

    def operation(self, identity: Identity, candidates: Sequence[Candidate]) -> str:
        """Claim a name for a new operation; the candidates and the name that is returned are dotted from the client."""
        name, choice = self._fresh("operation", "", candidates)
        self._record(Entry("operation", name, facts_of(identity)), ("operation", name), choice)
        return name

    def is_free(self, kind: Kind, name: str) -> bool:
        """True where nothing has or once had this dotted name, and no rename of the configuration needs it."""
        scope, _, last = name.rpartition(".")
        slot = slot_of(kind, scope, last)
        return not (slot in self._taken or self._memory.has_name(slot) or name in self._rules.reserved)

    def keep_resource(self, path: Sequence[str], facts: Facts, candidates: Sequence[Candidate]) -> None:
        """Claim an attribute path of the lock for a folder or path of the spec, which may have been renamed since;
        `candidates` are what it would be called if it was new."""
        name = ".".join(path)
        entry = Entry("resource", name, kept_facts(facts))
        self._record(entry, ("resource", name), self._kept(entry, candidates))

    def was_flattened(self, operation: str) -> bool:
        """Whether the fields of the body of this operation were arguments once: then they stay arguments."""
        known = self._memory.operation(operation)
        return known is not None and bool(known.facts.get("flattened"))

    def flatten(self, operation: str) -> None:
        """Record that the body of an operation of this run is flattened."""
        key: Key = ("operation", operation)
        entry = self._claimed[key]
        self._claimed[key] = Entry(entry.kind, entry.name, {**entry.facts, "flattened": True})

    # Everything else

    def name(
        self,
        kind: Literal["resource", "credential", "setting"],
        scope: str,
        facts: Facts,
        candidates: Sequence[Candidate],
    ) -> str:
        """Claim a name of a kind that needs no announcement: the lock's, else the first candidate that is free and
        was never used, else a numbered one."""
        return self._claim(kind, scope, kept_facts(facts), candidates, None)

    def scope(self, kind: Literal["argument", "field"], scope: str, wanted: Sequence[Facts]) -> Scope:
        """Announce all claims of a kind in a scope; the scope that is returned takes them.

        Only when all are known is it known which sites of the lock are gone, so that other sites get their names: an
        argument that moved from the query to the body, a field that is spelled otherwise now.
        """
        self._announce(kind, scope, wanted)
        return Scope(self, kind, scope)

    def models(self, sites: Mapping[str, frozenset[str]]) -> Sites:
        """Announce the sites of all models, with the wire names of their fields; what is returned takes the claims.

        A model whose response has another status now keeps its name, and so does an object of the document that has
        another name.
        """
        self._announce("model", "", [{"at": at} for at in sites])
        self._follow_renamed_schemas(sites)
        return Sites(self, "model", "")

    def value_lists(self, module: str) -> Sites:
        """The lists of values of one module."""
        return Sites(self, "enum", module.replace("/", "."))

    def _announce(self, kind: MovingKind, scope: str, wanted: Sequence[Facts]) -> None:
        facts = [kept_facts(item) for item in wanted]
        gone = self._memory.gone(kind, scope, {exact_key(kind, scope, item) for item in facts})
        new = [item for item in facts if self._memory.at(exact_key(kind, scope, item)) is None]
        for level in range(len(loose_keys(kind, {}))):
            left = unique([(loose_keys(kind, entry.facts)[level], entry) for entry in gone])
            for loose, item in unique([(loose_keys(kind, item)[level], item) for item in new]).items():
                if loose in left:
                    self._moved[exact_key(kind, scope, item)] = left[loose]
                    gone.remove(left[loose])
                    new.remove(item)

    def _follow_renamed_schemas(self, sites: Mapping[str, frozenset[str]]) -> None:
        followed = {str(entry.facts.get("at")) for entry in self._moved.values()}
        gone = {
            str(entry.facts.get("at")): entry
            for entry in self._memory.gone("model", "", {("model", at) for at in sites})
            if entry.facts.get("at") not in followed
        }
        new = {at: wires for at, wires in sites.items() if self._entry_at(("model", at)) is None}
        if not gone or not new:
            return
        wires = self._memory.fields_of_models()
        known = {at: wires.get(entry.name, frozenset()) for at, entry in gone.items()}
        for old, now in renamed_schemas(known, new):
            self._moved["model", now] = gone[old]

    def _entry_at(self, key: Key) -> Entry | None:
        return self._memory.at(key) or self._moved.get(key)

    def locked(self, kind: Kind, scope: str, facts: Facts) -> str | None:
        """The name that the lock has for a site; None for a new one. Nothing is claimed."""
        entry = self._entry_at(exact_key(kind, scope, kept_facts(facts)))
        return entry.last if entry is not None else None

    def old_names(self, kind: Kind, scope: str) -> tuple[tuple[str, str], ...]:
        """Names of a scope that the configuration renamed, and what they are called now: sorted, and in use now."""
        return tuple(
            sorted(
                (entry.last, entry.renamed.rpartition(".")[2])
                for entry in self._memory.aliases.get((kind, scope), ())
                if (kind, entry.renamed) in self._choices
            )
        )

    def leaves_old_names(self, kinds: Sequence[Kind]) -> bool:
        """Whether a name of one of these kinds has an old one that is still offered."""
        return any(kind in kinds and self.old_names(kind, scope) for kind, scope in self._memory.aliases)

    def _claim(
        self,
        kind: Kind,
        scope: str,
        facts: dict[str, Fact],
        candidates: Sequence[Candidate],
        share: _Share | None,
    ) -> str:
        key = exact_key(kind, scope, facts)
        done = self._claimed.get(key)
        if done is not None and done.scope == scope:
            return done.last
        choice: Choice | None = None
        name = ""
        entry = self._entry_at(key)
        if entry is not None:
            if entry.scope != scope:
                candidates = [Candidate(entry.last, Reason.FORMER_MODULE, entry.scope), *candidates]
            elif share is not None or slot_of(kind, scope, entry.last) not in self._taken:
                name, choice = entry.last, self._kept(entry, candidates)
        if choice is None:
            name, choice = self._fresh(kind, scope, candidates, share)
        old = entry.facts if entry is not None else {}
        self._record(Entry(kind, joined(scope, name), {**old, **facts}), key, choice)
        return name

    def _kept(self, entry: Entry, candidates: Sequence[Candidate], scope: str | None = None) -> Choice:
        """The choice of a name that the lock has; the other names of the lock are as taken as they are.

        The candidates are names within `scope`, that of the entry where it is None.
        """
        old = self._rules.old_name(entry.kind, entry.name)
        if old is not None:
            return Renamed(old)
        scope = entry.scope if scope is None else scope

        def is_free(name: str) -> bool:
            full = joined(scope, name)
            return full == entry.name or self.is_free(entry.kind, full)

        return Kept(entry.name.removeprefix(f"{scope}."), choose(candidates, is_free))

    def _fresh(
        self, kind: Kind, scope: str, candidates: Sequence[Candidate], share: _Share | None = None
    ) -> tuple[str, Choice]:
        """A name for something that the lock does not know, and why; candidates and name are dotted from `scope`."""
        for offer in offers(candidates):
            inner, _, last = offer.name.rpartition(".")
            name = self._offered(kind, ".".join(filter(None, (scope, inner))), last, share)
            if name is not None:
                name = joined(inner, name)
                return name, offer if name == offer.name else Renamed(joined(scope, offer.name))
        raise AssertionError("offers never end")

    def _offered(self, kind: Kind, scope: str, name: str, share: _Share | None) -> str | None:
        if not _IDENTIFIER.fullmatch(name):
            raise ValueError(f"not an ASCII identifier: {name!a}")
        slot = slot_of(kind, scope, name)
        if slot in self._taken:
            return name if share is not None and self._taken[slot] == kind and share(name) else None
        if self._memory.has_name(slot) or joined(scope, name) in self._rules.reserved:
            return None
        new = self._rules.new_name(kind, scope, name)
        if new is None:
            return name
        target = slot_of(kind, scope, new)
        if target in self._taken or self._memory.has_name(target):
            raise LockError(
                f'rename "{joined(scope, name)}": "{new}" is already the name of something else there'
            )
        return new

    def _record(self, entry: Entry, key: Key, choice: Choice) -> None:
        self._claimed.setdefault(key, entry)
        self._choices.setdefault((entry.kind, entry.name), choice)
        self._taken.setdefault(slot_of(entry.kind, entry.scope, entry.last), entry.kind)

    # The outcome

    def choices(self) -> Mapping[tuple[Kind, str], Choice]:
        """Why each name of this run is what it is, by kind and dotted name."""
        return self._choices

    def unused_renames(self) -> tuple[str, ...]:
        """Old names of rules that met nothing in the lock nor in this run."""
        return self._rules.unused

    def result(self) -> Lock:
        """The lock of the next run: the names of this one, and all earlier ones, retired."""
        live = list(self._claimed.values())
        names = {(entry.kind, entry.name) for entry in live}
        sites = {(entry.kind, entry.name, entry.facts.get("at")) for entry in live}
        resources = self._holders(names)
        # A model that moved to another site left the old one: a name that is claimed there is another model.
        left = {id(entry) for entry in self._moved.values() if (entry.kind, entry.name) in names}
        for entry in self._memory.entries:
            if entry.kind in ("model", "enum") and not entry.renamed:
                known = (entry.kind, entry.name, entry.facts.get("at")) in sites or id(entry) in left
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
        """Resources that hold something: they are kept, though their folder may be gone."""
        found: set[str] = set()
        for kind, name in names:
            scope = name.rpartition(".")[0] if kind in ("operation", "resource") else ""
            while scope and scope not in found:
                found.add(scope)
                scope = scope.rpartition(".")[0]
        return found
