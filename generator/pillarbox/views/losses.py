"""`_ledger.jsonl`: what a client has less than its spec says, one line an entry, committed with the package.

An entry says where by public name, because the place in the spec moves whenever something is inserted above it; only
what has no name has a pointer, and only one that is made of names. So the same loss is the same line in every run, a
new line in a pull request is a new loss, and `--strict` can tell the two apart.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from ..model.api import BinaryBody, Body, FormBody, GraphQLBody, JsonBody, MultipartBody, Operation, TextBody
from ..model.problems import Problem, Severity
from ..model.types import Anything, Array, Map, Nullable, Object, Type, Union
from ..python.nodes import PlannedOperation

__all__ = ["Entry", "Ledger", "LedgerError", "ledger_of"]

VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


class LedgerError(Exception):
    """A ledger that cannot be read: one line with the file. The command line exits with 2."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One loss, and how often it stands there."""

    at: str
    """Public name of the operation (`users.get_user_token`), a pointer made of names, or empty."""
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


def ledger_of(problems: Iterable[Problem], operations: Sequence[PlannedOperation]) -> Ledger:
    """The ledger of one build: its costly problems, and the places of its operations that have no type."""
    counts: Counter[Entry] = Counter()
    names = {planned.operation.origin.pointer: planned.qualified for planned in operations}
    for problem in problems:
        if problem.severity is not Severity.NOTE:
            at = _place(problem.origin.pointer, names)
            counts[Entry(at, problem.code, problem.message, problem.severity)] += 1
    for planned in operations:
        for why in _untyped_places(planned.operation):
            counts[Entry(planned.qualified, "untyped", why, Severity.NOTE)] += 1
    found = (
        Entry(entry.at, entry.code, entry.message, entry.severity, count) for entry, count in counts.items()
    )
    return Ledger(tuple(sorted(found)))


def _place(pointer: str, names: dict[str, str]) -> str:
    """The operation that a pointer leads into, else the pointer if no step of it is a number."""
    inner = pointer
    while inner:
        if inner in names:
            return names[inner]
        inner = inner.rpartition("/")[0]
    return "" if any(step.isdecimal() for step in pointer.split("/")) else pointer


def _untyped_places(operation: Operation) -> Iterator[str]:
    """Why each place without a type has none. Named objects of the document are not followed, and where the spec itself
    says that anything may stand nothing is lost."""
    types = [parameter.type for parameter in operation.parameters]
    types += _body_types(operation.body)
    types += [answer.type for answer in operation.responses if answer.type is not None]
    for kind in types:
        yield from _unknown(kind)


def _body_types(body: Body | None) -> list[Type]:
    match body:
        case None | BinaryBody():
            return []
        case JsonBody(type=kind):
            return [kind]
        case FormBody(fields=fields) | TextBody(placeholders=fields) | GraphQLBody(variables=fields):
            return [member.type for member in fields]
        case MultipartBody(parts=parts):
            return [part.field.type for part in parts]
        case _:
            assert_never(body)


def _unknown(kind: Type) -> Iterator[str]:
    """Without recursion: schemas may be nested deeply."""
    waiting: list[Any] = [kind]
    while waiting:
        match waiting.pop():
            case Anything(why):
                yield from filter(None, (why,))
            case Array(inner) | Map(inner) | Nullable(inner):
                waiting.append(inner)
            case Union(members):
                waiting += members
            case Object(fields=fields):
                waiting += [member.type for member in fields]
            case _:
                pass
