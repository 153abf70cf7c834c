"""`.pillarbox/losses.jsonl`: what a spec describes and its client lacks, one line an entry, committed with the package.

An entry is located by public name, because the location in the spec moves whenever something is inserted above it; only
what has no name has a pointer, and only one that is made of names. So the same loss is the same line in every run, a
new line in a pull request is a new loss, and `--strict` can tell the two apart.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from ..client.api import Client
from ..model.problems import Origin, Problem, Severity

__all__ = ["Entry", "Ledger", "LedgerError", "ledger_of"]

VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


class LedgerError(Exception):
    """A ledger that cannot be read: one line with the file. The command line exits with 2."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One loss, and how often it occurs there."""

    at: str
    """Public name of the operation (`users.get_token`), else file and pointer as far as they are made of names."""
    code: str
    """What kind of loss: the code of the problem, or `untyped`."""
    message: str
    severity: Severity = field(compare=False)
    count: int = field(default=1, compare=False)

    @property
    def costly(self) -> bool:
        """Whether `--strict` refuses a new one."""
        return self.severity is not Severity.NOTE

    def line(self) -> str:
        """Its line of the ledger."""
        data = {"at": self.at, "code": self.code, "message": self.message, "severity": self.severity.value}
        return _ENCODER.encode(data | ({"count": self.count} if self.count != 1 else {}))


@dataclass(frozen=True, slots=True)
class Ledger:
    """All losses of one client, sorted."""

    entries: tuple[Entry, ...] = ()

    def render(self) -> str:
        """The text of the file; of an empty ledger none is written."""
        head = _ENCODER.encode({"ledger": VERSION})
        return "".join(f"{line}\n" for line in (head, *(entry.line() for entry in self.entries)))

    @staticmethod
    def parse(text: str, file: str) -> "Ledger":
        """Read a ledger; `file` names it in messages. Raises `LedgerError`."""
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        try:
            version = json.loads(lines[0])["ledger"]
            if isinstance(version, int) and version > VERSION:
                raise LedgerError(f"{file}:1: was written by a later version of pillarbox: update pillarbox")
            if version != VERSION:
                raise ValueError(version)
        except (KeyError, TypeError, ValueError, RecursionError):
            raise LedgerError(f"{file}:1: is not a ledger of pillarbox: restore or delete it") from None
        return Ledger(tuple(_read(lines[1:], file)))

    def new_since(self, old: "Ledger") -> tuple[Entry, ...]:
        """Entries that `old` has not, or has fewer times."""
        known = {entry: entry.count for entry in old.entries}
        return tuple(entry for entry in self.entries if entry.count > known.get(entry, 0))


def _read(lines: Sequence[str], file: str) -> Iterator[Entry]:
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            texts = [data[key] for key in ("at", "code", "message")]
            count = data.get("count", 1)
            if not all(isinstance(text, str) for text in texts) or type(count) is not int:
                raise ValueError(line)
            at, code, message = texts
            yield Entry(at, code, message, Severity(data["severity"]), count)
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            raise LedgerError(f"{file}:{number}: is broken: restore this line, or delete the file") from None


def ledger_of(problems: Iterable[Problem], client: Client) -> Ledger:
    """The ledger of one client: its costly problems, and the parts of its methods that have no type."""
    counts: Counter[Entry] = Counter()
    names = {(method.origin.file, method.origin.pointer): method.qualified for method in client.methods}
    spec = next((method.origin.file for method in client.methods), "")
    for problem in problems:
        if problem.severity is not Severity.NOTE:
            at = _location(problem.origin, names, spec)
            counts[Entry(at, problem.code, problem.message, problem.severity)] += 1
    for method in client.methods:
        for why in method.untyped:
            counts[Entry(method.qualified, "untyped", why, Severity.NOTE)] += 1
    found = (
        Entry(entry.at, entry.code, entry.message, entry.severity, count) for entry, count in counts.items()
    )
    return Ledger(tuple(sorted(found)))


def _location(origin: Origin, names: Mapping[tuple[str, str], str], spec: str) -> str:
    """The operation that an origin leads into, else its file beside the spec and its pointer, both made of names."""
    inner = origin.pointer
    while inner:
        if (origin.file, inner) in names:
            return names[origin.file, inner]
        inner = inner.rpartition("/")[0]
    pointer = "" if any(step.isdecimal() for step in origin.pointer.split("/")) else origin.pointer
    if origin.file == spec or not spec:
        return pointer
    file = PurePath(os.path.relpath(origin.file, os.path.dirname(spec))).as_posix()
    return f"{file}#{pointer}" if pointer else file
