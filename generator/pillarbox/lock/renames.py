"""Renames that the configuration asks for, done to a lock before the plan is made.

A rule says the old public name and the new one: `users.get_token` -> `get_token`. Everything below a renamed
thing moves with it, and the old name stays, retired, with the name that took over: callers get an alias.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from .format import Entry, Fact, Kind, LockError

__all__ = ["Rule", "Rules", "is_below", "joined"]


class Rule(Protocol):
    """A rename as the configuration gives it."""

    @property
    def name(self) -> str:
        """The old public name, dotted from the client."""

    @property
    def new(self) -> str:
        """The new last part of it."""


_TYPES: tuple[Kind, ...] = ("model", "field", "enum")
_MEMBERS: tuple[Kind, ...] = ("resource", "operation", "argument", "setting", "credential")


def joined(scope: str, name: str) -> str:
    """Dotted name."""
    return f"{scope}.{name}" if scope else name


def is_below(name: str, above: str) -> bool:
    """Whether a dotted name is `above` or something in it."""
    return name == above or name.startswith(f"{above}.")


def kinds_of(name: str) -> tuple[Kind, ...]:
    """Kinds that an old name may mean: classes are written with a capital letter."""
    return _TYPES if any(step[:1].isupper() for step in name.split(".")) else _MEMBERS


def _moved(name: str, old: str, new: str) -> str:
    return new + name[len(old) :] if is_below(name, old) else name


def _moved_site(site: Fact, kind: Kind, old: str, new: str) -> Fact:
    """A site key such as `users.get:200:items[]` or `users.get(type)` after a rename."""
    if not isinstance(site, str):
        return site
    end = min((site.find(mark) for mark in ":(" if mark in site), default=len(site))
    operation, rest = site[:end], site[end:]
    if kind != "argument":
        return _moved(operation, old, new) + rest
    scope, _, name = old.rpartition(".")
    return f"{operation}({new.rpartition('.')[2]})" if operation == scope and rest == f"({name})" else site


@dataclass(frozen=True, slots=True)
class _Change:
    """A rename of one kind of thing."""

    kind: Kind
    old: str
    new: str

    def of(self, entry: Entry) -> Entry:
        """An entry after the change."""
        if self.kind in ("model", "enum", "field"):
            touched = entry.kind == self.kind or (self.kind == "model" and entry.kind == "field")
        elif self.kind in ("setting", "credential"):
            touched = entry.kind == self.kind
        else:
            touched = entry.kind in ("resource", "operation", "argument", "model", "enum")
        if not touched:
            return entry
        facts = entry.facts
        if entry.kind in ("model", "enum") and self.kind not in _TYPES:
            if "at" in facts:
                facts = {**facts, "at": _moved_site(facts["at"], self.kind, self.old, self.new)}
            # An enumeration is named by its module, which is the resource's.
            move = entry.kind == "enum" and self.kind == "resource"
            name = _moved(entry.name, self.old, self.new) if move else entry.name
            return replace(entry, name=name, facts=facts)
        name = _moved(entry.name, self.old, self.new)
        renamed = _moved(entry.renamed, self.old, self.new) if entry.renamed else ""
        return replace(entry, name=name, renamed=renamed)


class Rules:
    """The rules of one run: those that the lock knows are carried out at once, the others wait for their names."""

    def __init__(self, entries: Iterable[Entry], rules: Sequence[Rule]) -> None:
        self.entries = list(entries)
        self._index()
        self._done: list[tuple[str, Kind, str]] = []
        """Rules that were carried out: the name in the rule, the kind, and the name that it has now."""
        self._waiting: dict[str, Rule] = {}
        self.reserved: dict[str, str] = {}
        """Old names, dotted, that belong to a rule although nothing has them now; and targets of waiting rules."""
        deepest_first = sorted(rules, key=lambda rule: (-rule.name.count("."), rule.name))
        left = [rule for rule in deepest_first if not self._carry_out(rule)]
        # Once more: a rule may use the name that an operation has from another rule.
        for rule in left:
            if not self._carry_out(rule):
                name = self._resolved(rule.name)
                self._waiting[name] = rule
                self.reserved[joined(name.rpartition(".")[0], rule.new)] = name
        self._old_names = {(kind, now): old for old, kind, now in self._done}

    def old_name(self, kind: Kind, name: str) -> str | None:
        """The name in the rule that gave a name of the lock; None where no rule did."""
        return self._old_names.get((kind, name))

    def _index(self) -> None:
        self._live = {(entry.kind, entry.name) for entry in self.entries if not entry.retired}
        self._folded = {(kind, name.casefold()) for kind, name in self._live}
        self._aliases = {entry.name: entry.renamed for entry in self.entries if entry.renamed}

    @property
    def unused(self) -> tuple[str, ...]:
        """Old names of rules that met nothing."""
        return tuple(sorted(rule.name for rule in self._waiting.values()))

    def new_name(self, kind: Kind, scope: str, name: str) -> str | None:
        """The name that a rule gives to something new, which would be `name` without it."""
        full = joined(scope, name)
        rule = self._waiting.get(full)
        if rule is None or kind not in kinds_of(full):
            return None
        del self._waiting[full]
        target = joined(scope, rule.new)
        del self.reserved[target]
        # The next run would take another owner of the old name for the one that the rule names.
        self.reserved[full] = target
        self._below(full, target)
        return rule.new

    def _below(self, old: str, new: str) -> None:
        """Rules for what is in a renamed thing wait under its new name from now on."""
        for name in [name for name in self._waiting if name != old and is_below(name, old)]:
            rule = self._waiting.pop(name)
            moved = _moved(name, old, new)
            self._waiting[moved] = rule
            self.reserved.pop(joined(name.rpartition(".")[0], rule.new), None)
            self.reserved[joined(moved.rpartition(".")[0], rule.new)] = moved

    def _resolved(self, name: str) -> str:
        """Where the aliases of the lock lead from an old name."""
        for _ in range(len(self._aliases)):
            steps = name.split(".")
            heads = (".".join(steps[:count]) for count in range(1, len(steps) + 1))
            head = next((head for head in heads if head in self._aliases), None)
            if head is None:
                break
            name = _moved(name, head, self._aliases[head])
        return name

    def _carry_out(self, rule: Rule) -> bool:
        """Apply a rule to the lock; False where the lock knows neither the old nor the new name."""
        name = self._resolved(rule.name)
        target = joined(name.rpartition(".")[0], rule.new)
        kinds = kinds_of(rule.name)
        kind = next((kind for kind in kinds if (kind, name) in self._live), None)
        if kind is None:
            done = next((kind for kind in kinds if (kind, target) in self._live), None)
            if done is None:
                return False
            # The alias was pruned, the rule is still there: the old name stays taken.
            self.reserved[name] = target
            self._done.append((rule.name, done, target))
            return True
        if name == target:
            self._done.append((rule.name, kind, target))
            return True
        same = target.casefold() == name.casefold()
        if not same and any((other, target.casefold()) in self._folded for other in kinds):
            raise LockError(f'rename "{rule.name}": "{rule.new}" is already the name of something else there')
        change = _Change(kind, name, target)
        alias = Entry(kind, name, {}, retired=True, renamed=target)
        # The target may be a retired name: who asks for it by name shall have it.
        kept = [
            entry for entry in self.entries if not entry.retired or (entry.kind, entry.name) != (kind, target)
        ]
        self.entries = [*(change.of(entry) for entry in kept), alias]
        self._done = [(old, other, change.of(Entry(other, now, {})).name) for old, other, now in self._done]
        self._done.append((rule.name, kind, target))
        self._index()
        return True
