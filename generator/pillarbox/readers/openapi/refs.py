"""`$ref`: from one node of a document to another, in the same file or another one. No chain is too long."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any
from urllib.parse import unquote

from ...model.problems import Origin, Problem, Severity
from ..limits import LimitError, Limits
from .addresses import Addresses, SchemaNode, joined
from .dialect import Dialect
from .other_files import OtherFiles, Unread

__all__ = ["Carried", "Lost", "Refs", "SchemaNode"]

_MOST_DETOURS = 20
"""References that one pointer may pass through."""
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)


class Carried(Enum):
    """What a call cannot do without, so that a reference to it that leads nowhere is an error."""

    PATH = "the operations of a path"
    OPERATION = "an operation"
    PARAMETER = "a parameter"
    BODY = "a request body"
    SECURITY = "a security scheme"


class Lost(Exception):
    """An operation that cannot be generated, because it or a part that every call needs cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Refs:
    """The references of one document."""

    def __init__(
        self,
        root: Any,
        origin: Origin,
        dialect: Dialect,
        problems: list[Problem],
        limits: Limits | None = None,
    ) -> None:
        limits = limits or Limits()
        self.deadline = limits.deadline
        self._most = limits.references
        self._root = SchemaNode(root, origin)
        self._dialect = dialect
        self._problems = problems
        self._files = OtherFiles(self._root, limits, problems)
        self._noted: set[tuple[str, Origin]] = set()
        self._found: dict[tuple[str, str, str], SchemaNode | Unread] = {}
        self._followed: set[Origin] = set()
        self._detours = 0
        self._addresses: dict[str, Addresses] = {}
        """Of each file where a reference asked for them."""

    @property
    def root(self) -> SchemaNode:
        """The whole document."""
        return self._root

    def note(self, severity: Severity, code: str, message: str, origin: Origin) -> None:
        """Report a problem, once for each code and origin."""
        if (code, origin) not in self._noted:
            self._noted.add((code, origin))
            self._problems.append(Problem(severity, code, message, origin))

    def resolve(
        self, raw: Any, origin: Origin, carried: Carried | None = None
    ) -> tuple[Mapping[str, Any], Origin]:
        """The object at the end of any chain of references, and where it is.

        What cannot be resolved, and what is no object, is a problem and an empty object.

        Raises:
            Lost: a call cannot do without it: `carried` says what it is.
        """
        overrides: dict[str, Any] = {}
        first = origin
        for node in self._chain(raw, origin, carried):
            if not isinstance(node.raw, dict):
                if carried is not None and node.origin != first:
                    self._lose(carried, "it leads to no object", first)
                message = "an object is expected here; it is left out"
                self.note(Severity.WARNING, "wrong-type", message, node.origin)
                return {}, node.origin
            raw, origin = node.raw, node.origin
            if self._dialect is Dialect.OPENAPI_31 and isinstance(raw.get("$ref"), str):
                for key in ("summary", "description"):
                    if isinstance(raw.get(key), str):
                        overrides.setdefault(key, raw[key])
        if isinstance(raw.get("$ref"), str):
            return {}, origin
        return ({**raw, **overrides} if overrides else raw), origin

    def members(self, raw: Any, origin: Origin, carried: Carried) -> dict[str, SchemaNode]:
        """The members of an object, and of those that it refers to where it has no such member itself.

        Raises:
            Lost: as `resolve`.
        """
        found: dict[str, SchemaNode] = {}
        for node in self._chain(raw, origin, carried):
            if isinstance(node.raw, dict):
                for key, child in node.raw.items():
                    found.setdefault(key, SchemaNode(child, node.origin.child(key)))
            elif node.origin != origin:
                self._lose(carried, "it leads to no object", origin)
            else:
                message = "an object is expected here; it is left out"
                self.note(Severity.WARNING, "wrong-type", message, node.origin)
        found.pop("$ref", None)
        return found

    def _chain(self, raw: Any, origin: Origin, carried: Carried | None) -> Iterator[SchemaNode]:
        """A node and those that it leads to, reference by reference; shorter, and a problem, if one leads nowhere."""
        node, passed = SchemaNode(raw, origin), {origin}
        yield node
        while isinstance(node.raw, dict) and isinstance(ref := node.raw.get("$ref"), str):
            found = self._step(ref, node.origin)
            if isinstance(found, Unread):
                if carried is not None:
                    self._lose(carried, f"{ref[:200]!a}: {found.reason}", node.origin)
                self._complain(ref, node.origin, found)
                return
            node = found
            if node.origin in passed:
                if carried is not None:
                    self._lose(carried, f"{ref[:200]!a} leads back to itself", origin)
                self.circular(node.origin)
                return
            passed.add(node.origin)
            yield node

    def _lose(self, carried: Carried, reason: str, origin: Origin) -> None:
        message = f"this reference carries {carried.value} and cannot be read: {reason}"
        raise Lost(Problem(Severity.ERROR, "lost-reference", message, origin))

    def circular(self, origin: Origin) -> None:
        """Report references that lead to themselves and nowhere else."""
        self.note(
            Severity.WARNING, "circular-reference", "this reference leads back to itself; it is empty", origin
        )

    def follow(self, ref: str, origin: Origin) -> SchemaNode | None:
        """The node that the `ref` at `origin` points at: one step. None, and a problem, where there is none."""
        found = self._step(ref, origin)
        if isinstance(found, Unread):
            self._complain(ref, origin, found)
            return None
        return found

    def _step(self, ref: str, origin: Origin) -> SchemaNode | Unread:
        self.deadline.check()
        if origin not in self._followed:
            self._followed.add(origin)
            if len(self._followed) > self._most:
                message = f"more references (`$ref`) than the limit of {self._most:,}"
                raise LimitError(message, "references", origin)
        key = (origin.file, self._base(origin), ref)
        if key not in self._found:
            self._detours = 0
            try:
                self._found[key] = self._find(ref, origin)
            except Unread as reason:
                self._found[key] = reason
        return self._found[key]

    def _complain(self, ref: str, origin: Origin, unread: Unread) -> None:
        code = "external-reference" if unread.is_elsewhere else "missing-reference"
        message = f"{ref[:200]!a} cannot be read: {unread.reason}; what it describes is taken as any value"
        self.note(Severity.WARNING, code, message, origin)

    def _base(self, origin: Origin) -> str:
        """The `$id` that a reference is relative to; empty where no reference of the file has needed one so far."""
        addresses = self._addresses.get(origin.file)
        return "" if addresses is None else addresses.base_of(origin.pointer)

    def _find(self, ref: str, origin: Origin) -> SchemaNode:
        """Raises `Unread`."""
        address, _, fragment = ref.partition("#")
        here = self._files.root_of(origin)
        if not address and (not fragment or fragment.startswith("/")):
            found = self._pointed(here, fragment)
            if found is not None:
                return found
        found = self._addressed(address, fragment, here, origin)
        if found is not None:
            return found
        if address:
            other = self._files.open(address, origin)
            found = self._in_file(other, fragment)
            if found is not None:
                return found
            raise Unread("there is no such place in that file")
        raise Unread("there is no such place in this file")

    def _addressed(self, address: str, fragment: str, here: SchemaNode, origin: Origin) -> SchemaNode | None:
        """The node that `$id` and anchors of the same file name."""
        if self._dialect is not Dialect.OPENAPI_31:
            return None
        addresses = self._addresses_of(here)
        base = addresses.base_of(origin.pointer)
        resource = joined(base, address) if address else base
        start = addresses.resources.get(resource)
        if start is None:
            return None
        if fragment and not fragment.startswith("/"):
            return addresses.anchor(resource, unquote(fragment))
        return self._pointed(start, fragment)

    def _in_file(self, other: SchemaNode, fragment: str) -> SchemaNode | None:
        if not fragment or fragment.startswith("/"):
            return self._pointed(other, fragment)
        if self._dialect is not Dialect.OPENAPI_31:
            return None
        return self._addresses_of(other).anchor("", unquote(fragment))

    def _addresses_of(self, whole: SchemaNode) -> Addresses:
        file = whole.origin.file
        if file not in self._addresses:
            self._addresses[file] = Addresses(whole.raw, whole.origin)
        return self._addresses[file]

    def _pointed(self, start: SchemaNode, fragment: str) -> SchemaNode | None:
        """The node that a JSON pointer names. Percent signs are decoded first, once (RFC 6901, section 6)."""
        decoded = unquote(fragment)
        return self._walk(start, decoded) or (self._walk(start, fragment) if decoded != fragment else None)

    def _walk(self, start: SchemaNode, pointer: str) -> SchemaNode | None:
        raw, origin = start.raw, start.origin
        steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        taken: list[str] = []
        for step in steps:
            while isinstance(raw, dict) and step not in raw and isinstance(ref := raw.get("$ref"), str):
                if self._detours >= _MOST_DETOURS:
                    return None
                self._detours += 1
                node = self._find(ref, origin.child(*taken) if taken else origin)
                raw, origin, taken = node.raw, node.origin, []
            if isinstance(raw, dict) and step in raw:
                raw = raw[step]
            elif isinstance(raw, list) and _INDEX.fullmatch(step) and int(step) < len(raw):
                raw = raw[int(step)]
            else:
                return None
            taken.append(step)
        return SchemaNode(raw, origin.child(*taken) if taken else origin)
