"""`pillarbox.lock`: the public names of a client, as text. Version 1, read for ever.

A header, then one name a line: `KIND NAME FACTS`, where FACTS is a JSON object in ASCII that says what in the spec the
name belongs to. Lines are sorted, so that two branches that add names seldom touch the same ones, and end in LF.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

__all__ = ["Entry", "Fact", "Kind", "Lock", "LockError", "Statistics"]

Kind = Literal["argument", "credential", "enum", "field", "model", "operation", "resource", "setting"]
Fact = str | bool | tuple[str, ...]
"""A fact of the lock about a name: a text, a list of texts, or true."""

VERSION = 1
HEADER = (
    f"# pillarbox.lock {VERSION}: the public names of this client. Commit it."
    " Names are changed in pillarbox.toml, not here."
)
_FIRST = re.compile(r"# pillarbox\.lock (\d{1,9}):")
_KINDS: frozenset[str] = frozenset(get_args(Kind))
_SHARED = ("model", "enum")
"""Kinds whose names many sites may have."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


class LockError(Exception):
    """A lock that cannot be used: the message says where and what to do. The command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and what it belongs to."""

    kind: Kind
    name: str
    """Dotted from the client: `users.get_token.ttl`."""
    facts: Mapping[str, Fact]
    retired: bool = False
    """Nothing of the present spec has this name; nothing else may take it either."""
    renamed: str = ""
    """Retired by a rename of the configuration: the dotted name that replaces it."""

    @property
    def scope(self) -> str:
        """Dotted name of what holds it; empty at the top."""
        return self.name.rpartition(".")[0]

    @property
    def last(self) -> str:
        """The name without its scope."""
        return self.name.rpartition(".")[2]

    def line(self) -> str:
        """Its line of the lock."""
        data: dict[str, object] = dict(self.facts)
        if self.retired:
            data["retired"] = True
        if self.renamed:
            data["renamed"] = self.renamed
        return f"{self.kind} {self.name} {_ENCODER.encode(data)}"


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many names a lock holds, by kind (kinds without names are left out)."""

    live: Mapping[str, int]
    retired: Mapping[str, int]


@dataclass(frozen=True)
class Lock:
    """All names of a client, and those that it once had. `Lock()` is that of a client never generated."""

    entries: tuple[Entry, ...] = ()
    """In the order of the file; `render` sorts."""
    repairs: tuple[str, ...] = field(default=(), compare=False)
    """What was decided about a lock with merge conflicts, one line each, for the user."""

    @staticmethod
    def parse(text: str, file: str) -> "Lock":
        """Read a lock; `file` names it in messages.

        Conflict markers of a merge are resolved by union, ours first, and `repairs` tells. Raises `LockError` with
        the line for anything that is not a version-1 lock.
        """
        # Not `splitlines`: it also splits at U+2028 and its like, and line numbers would be wrong.
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        _check_header(lines, file)
        if "<<<<<<<" not in text and "=======" not in text and ">>>>>>>" not in text:
            return _union(_read(enumerate(lines, 1), file), [])
        ours, theirs = _sides(lines, file)
        return _union(_read(ours, file), _read(theirs, file))

    def render(self) -> str:
        """The text of the lock: the same for the same names, whatever order they came in."""
        return "\n".join((HEADER, *sorted({entry.line() for entry in self.entries}), ""))

    def prune(self) -> "Lock":
        """Without the retired names: from now on others may have them."""
        return Lock(tuple(entry for entry in self.entries if not entry.retired))

    def without_aliases(self) -> "Lock":
        """Old names of what was renamed are no longer offered; they stay taken."""
        return Lock(
            tuple(
                Entry(entry.kind, entry.name, entry.facts, True) if entry.renamed else entry
                for entry in self.entries
            )
        )

    def of(self, kind: Kind, *, retired: bool = False) -> tuple[Entry, ...]:
        """Names of a kind: those in use, or the retired ones."""
        return tuple(entry for entry in self.entries if entry.kind == kind and entry.retired == retired)

    def find(self, kind: Kind, name: str) -> Entry | None:
        """The name in use, or else the retired one; of the sites of a model the first."""
        return self._by_name.get((kind, name))

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Entry]:
        found: dict[tuple[str, str], Entry] = {}
        for entry in sorted(self.entries, key=lambda entry: entry.retired):
            found.setdefault((entry.kind, entry.name), entry)
        return found

    def statistics(self) -> Statistics:
        """Count the names; a model with many sites is one name."""
        live: dict[str, int] = {}
        retired: dict[str, int] = {}
        for (kind, _), entry in sorted(self._by_name.items()):
            counts = retired if entry.retired else live
            counts[kind] = counts.get(kind, 0) + 1
        return Statistics(MappingProxyType(live), MappingProxyType(retired))


def _check_header(lines: list[str], file: str) -> None:
    """Refuse other versions. A conflict may begin above the header."""
    for number, line in enumerate(lines[:8], 1):
        if match := _FIRST.match(line):
            if int(match[1]) != VERSION:
                message = (
                    f"version {match[1]} of the lock is later than this pillarbox knows: update pillarbox"
                )
                raise LockError(f"{file}:{number}: {message}")
            return
    raise LockError(f"{file}:1: is not a lock of pillarbox: restore it from version control, or delete it")


def _sides(lines: list[str], file: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Lines outside of conflicts and of our side; lines of the other side."""
    ours: list[tuple[int, str]] = []
    theirs: list[tuple[int, str]] = []
    base: list[tuple[int, str]] = []
    order = {"<<<<<<<": ours, "|||||||": base, "=======": theirs, ">>>>>>>": ours}
    state, opened = ours, 0
    for number, line in enumerate(lines, 1):
        marker = line[:7] if line[7:8] in ("", " ") else ""
        if marker not in order:
            state.append((number, line))
            continue
        sane = {
            "<<<<<<<": not opened,
            "|||||||": bool(opened) and state is ours,
            "=======": bool(opened) and state is not theirs,
            ">>>>>>>": state is theirs,
        }
        if not sane[marker]:
            raise LockError(f"{file}:{number}: conflict markers in disorder: resolve this conflict by hand")
        state = order[marker]
        opened = 0 if marker == ">>>>>>>" else opened or number
    if opened:
        raise LockError(f"{file}:{opened}: a conflict that does not end: resolve it by hand")
    return ours, theirs


def _read(rows: Iterable[tuple[int, str]], file: str) -> list[Entry]:
    """Entries of lines; headers and empty lines are left out."""
    kept: list[tuple[Any, ...]] = [
        (number, *line.split(" ", 2))
        for number, line in rows
        if line and line[0] != "#" and not line.isspace()
    ]
    try:
        # One call for all lines: several times as fast as a call each.
        objects = json.loads("[" + ",".join([row[3] for row in kept]) + "]")
    except (IndexError, ValueError, RecursionError):
        objects = []
    if len(objects) != len(kept):
        objects = [_object(row, file) for row in kept]
    return [_entry(row, data, file) for row, data in zip(kept, objects, strict=True)]


def _object(row: tuple[Any, ...], file: str) -> object:
    try:
        return cast(object, json.loads(row[3]))
    except (IndexError, ValueError, RecursionError):
        raise _broken(row[0], file) from None


def _broken(number: int, file: str) -> LockError:
    return LockError(f"{file}:{number}: is broken: restore this line from version control")


def _entry(row: tuple[Any, ...], data: object, file: str) -> Entry:
    number, kind, name, _ = row
    if kind not in _KINDS or not _NAME.fullmatch(name) or not isinstance(data, dict):
        raise _broken(number, file)
    for key, value in data.items():
        if isinstance(value, str | bool):
            continue
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LockError(f"{file}:{number}: {key!a} is neither a text nor a list of texts")
        data[key] = tuple(value)
    if "retired" not in data and "renamed" not in data:
        return Entry(kind, name, data)
    retired, renamed = data.pop("retired", False), data.pop("renamed", "")
    if (
        not isinstance(retired, bool)
        or not isinstance(renamed, str)
        or (renamed and not _NAME.fullmatch(renamed))
    ):
        raise _broken(number, file)
    return Entry(kind, name, data, retired, renamed)


def _identity(entry: Entry) -> Iterator[tuple[object, ...]]:
    """Texts by which two entries of one lock are known to mean the same site, for entries on both sides of a merge."""
    match entry.kind:
        case "operation":
            if item := entry.facts.get("item"):
                yield "operation", "item", item
            facts = {key: value for key, value in entry.facts.items() if key not in ("item", "flattened")}
            if facts:
                yield "operation", *sorted(facts.items())
        case "resource" | "setting" | "credential":
            yield entry.kind, *sorted(entry.facts.items())
        case "argument" | "field":
            yield entry.kind, entry.scope, *sorted(entry.facts.items())
        case "model" | "enum":
            yield entry.kind, entry.facts.get("at")


def _union(ours: list[Entry], theirs: list[Entry]) -> Lock:
    """One entry for each name, and for each site on both sides of a merge. The first wins, so ours do."""
    found: dict[tuple[str, ...], Entry] = {}
    repairs: list[str] = []
    for entry in _live_first(ours):
        _add(found, entry, repairs)
    sites: dict[tuple[object, ...], Entry] = {}
    if theirs:
        for entry in found.values():
            for site in _identity(entry):
                if not entry.retired:
                    sites.setdefault(site, entry)
    for entry in _live_first(theirs):
        winner = next((sites[site] for site in _identity(entry) if site in sites), None)
        if winner is None or winner.name == entry.name or entry.retired:
            _add(found, entry, repairs)
            continue
        repairs.append(f"{entry.kind} {entry.name}: the other side's name for {winner.name}, which stays")
        if entry.kind in ("operation", "resource") and (entry.kind, entry.name) not in found:
            found[entry.kind, entry.name] = Entry(entry.kind, entry.name, {}, True, winner.name)
    if theirs:
        repairs.insert(0, f"merge conflict resolved: {len(theirs)} lines of the other side taken in")
    return Lock(tuple(found.values()), tuple(repairs))


def _live_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.retired)


def _add(found: dict[tuple[str, ...], Entry], entry: Entry, repairs: list[str]) -> None:
    site = entry.facts.get("at") if entry.kind in _SHARED else None
    if not isinstance(site, str):
        key: tuple[str, ...] = (entry.kind, entry.name)
    elif entry.retired:
        key = (entry.kind, entry.name, site)
    else:
        key = (entry.kind, "", site)
    present = found.setdefault(key, entry)
    if present is not entry and present != entry and not entry.retired:
        repairs.append(f"{entry.kind} {entry.name}: listed twice; the first entry is kept")
