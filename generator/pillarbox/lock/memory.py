"""What the lock remembers, with the renames of the configuration carried out: nothing of it changes in a run."""

from collections.abc import Mapping, Sequence

from .format import Entry, Kind
from .keys import Key, Slot, exact_key, slot_of

__all__ = ["Memory"]


class Memory:
    """The entries of a lock by all that a claim asks for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._sites: dict[Key, Entry] = {}
        self._operations: dict[str, Entry] = {}
        self._slots: set[Slot] = set()
        self._aliases: dict[tuple[Kind, str], list[Entry]] = {}
        for entry in self.entries:
            self._slots.add(slot_of(entry.kind, entry.scope, entry.last))
            if entry.renamed and entry.scope == entry.renamed.rpartition(".")[0]:
                self._aliases.setdefault((entry.kind, entry.scope), []).append(entry)
            if entry.kind == "operation":
                self._operations[entry.name] = entry
            elif not entry.renamed:
                key = exact_key(entry.kind, entry.scope, entry.facts)
                if key not in self._sites or self._sites[key].retired:
                    self._sites[key] = entry
        self._live: dict[tuple[Kind, str], list[tuple[Key, Entry]]] = {}
        for key, entry in self._sites.items():
            if not entry.retired:
                self._live.setdefault((entry.kind, entry.scope), []).append((key, entry))

    @property
    def operations(self) -> tuple[Entry, ...]:
        return tuple(self._operations.values())

    def operation(self, name: str) -> Entry | None:
        return self._operations.get(name)

    def at(self, key: Key) -> Entry | None:
        """The entry of a site; one in use before a retired one."""
        return self._sites.get(key)

    def has_name(self, slot: Slot) -> bool:
        """Whether something has or once had this name."""
        return slot in self._slots

    def gone(self, kind: Kind, scope: str, wanted: set[Key]) -> list[Entry]:
        """What was in use in a scope and is not wanted any more."""
        return [entry for key, entry in self._live.get((kind, scope), ()) if key not in wanted]

    @property
    def aliases(self) -> Mapping[tuple[Kind, str], Sequence[Entry]]:
        """Old names that the configuration renamed, by kind and scope."""
        return self._aliases

    def fields_of_models(self) -> Mapping[str, frozenset[str]]:
        """Wire names of the fields in use, by model."""
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            if entry.kind == "field" and not entry.retired:
                found.setdefault(entry.scope, set()).add(str(entry.facts.get("wire")))
        return {model: frozenset(wires) for model, wires in found.items()}
