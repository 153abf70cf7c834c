"""`$ref`: from one node of the document to another. Nothing is fetched, and no chain is too long."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from ...model.problems import Origin, Problem, Severity, SpecError
from ..limits import Limits, how_to_raise
from .dialect import Dialect

__all__ = ["Refs", "SchemaNode"]

_MOST_DETOURS = 20
"""References that one pointer may pass through."""
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_DATA = frozenset(("example", "examples", "default", "const", "enum"))
"""Members that hold data, in which `$id` and `$anchor` mean nothing."""
_NAMING = frozenset(("properties", "patternProperties", "$defs", "definitions", "schemas"))
"""Members whose own members are named by the author, so that `example` there is a name."""


@dataclass(frozen=True, slots=True)
class SchemaNode:
    """JSON of the document and where it is."""

    raw: Any
    origin: Origin


class _Names:
    """Every `$id` and anchor of a document, collected when the first reference needs one."""

    def __init__(self, root: Any, origin: Origin) -> None:
        self.resources: dict[str, SchemaNode] = {"": SchemaNode(root, origin)}
        self.anchors: dict[tuple[str, str], SchemaNode] = {}
        self.bases: dict[str, str] = {}
        """Pointer of a node with `$id` -> its address."""
        for node, base in _walked(root, origin):
            self._note(node, base)

    def _note(self, node: SchemaNode, base: str) -> None:
        if node.origin.pointer and base not in self.resources:
            self.resources[base] = node
            self.bases[node.origin.pointer] = base
        for key in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := node.raw.get(key), str):
                self.anchors.setdefault((base, name), node)

    def base_of(self, pointer: str) -> str:
        """The address that a reference at `pointer` is relative to."""
        while pointer:
            if pointer in self.bases:
                return self.bases[pointer]
            pointer = pointer.rpartition("/")[0]
        return ""

    def anchor(self, base: str, name: str) -> SchemaNode | None:
        """The anchor of that name: of this resource, else of any (documents are bundled carelessly)."""
        if found := self.anchors.get((base, name)):
            return found
        return next((node for (_, known), node in self.anchors.items() if known == name), None)


def _walked(root: Any, origin: Origin) -> Iterator[tuple[SchemaNode, str]]:
    """Objects that name themselves, each with the address of the resource that it is part of."""
    stack: list[tuple[Any, tuple[str | int, ...], str, bool]] = [(root, (), "", False)]
    seen: set[int] = set()
    while stack:
        raw, path, base, names = stack.pop()
        if id(raw) in seen:
            continue
        if isinstance(raw, list):
            seen.add(id(raw))
            stack.extend((child, (*path, index), base, False) for index, child in enumerate(raw))
        elif isinstance(raw, dict):
            seen.add(id(raw))
            if not names:
                if isinstance(address := raw.get("$id"), str) and path:
                    base = _joined(base, address)
                if not raw.keys().isdisjoint(("$id", "$anchor", "$dynamicAnchor")):
                    yield SchemaNode(raw, origin.child(*path) if path else origin), base
            stack.extend(
                (child, (*path, key), base, not names and key in _NAMING)
                for key, child in raw.items()
                if names or key not in _DATA
            )


def _joined(base: str, address: str) -> str:
    try:
        return urldefrag(urljoin(base, address)).url
    except ValueError:
        return address


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
        self._noted: set[tuple[str, str]] = set()
        self._found: dict[tuple[str, str], SchemaNode | None] = {}
        self._followed: set[str] = set()
        self._detours = 0
        self._names: _Names | None = None
        self._own_file = PurePath(origin.file).name

    @property
    def root(self) -> SchemaNode:
        """The whole document."""
        return self._root

    def note(self, severity: Severity, code: str, message: str, origin: Origin) -> None:
        """Report a problem, once for each code and pointer."""
        if (code, origin.pointer) not in self._noted:
            self._noted.add((code, origin.pointer))
            self._problems.append(Problem(severity, code, message, origin))

    def resolve(self, raw: Any, origin: Origin) -> tuple[Mapping[str, Any], Origin]:
        """The object at the end of any chain of references, and where it is.

        What cannot be resolved, and what is no object, is a problem and an empty object.
        """
        overrides: dict[str, Any] = {}
        passed: set[str] = set()
        while isinstance(raw, dict) and isinstance(ref := raw.get("$ref"), str):
            if self._dialect is Dialect.OPENAPI_31:
                for key in ("summary", "description"):
                    if isinstance(raw.get(key), str):
                        overrides.setdefault(key, raw[key])
            if origin.pointer in passed:
                self.circular(origin)
                return {}, origin
            passed.add(origin.pointer)
            node = self.follow(ref, origin)
            if node is None:
                return {}, origin
            raw, origin = node.raw, node.origin
        if not isinstance(raw, dict):
            self.note(Severity.WARNING, "wrong-type", "an object is expected here; it is left out", origin)
            return {}, origin
        return ({**raw, **overrides} if overrides else raw), origin

    def circular(self, origin: Origin) -> None:
        """Report references that lead to themselves and nowhere else."""
        self.note(
            Severity.WARNING, "circular-reference", "this reference leads back to itself; it is empty", origin
        )

    def follow(self, ref: str, origin: Origin) -> SchemaNode | None:
        """The node that the `ref` at `origin` points at: one step. None, and a problem, where there is none."""
        self.deadline.check()
        if origin.pointer not in self._followed:
            self._followed.add(origin.pointer)
            if len(self._followed) > self._most:
                message = f"more references (`$ref`) than the limit of {self._most:,}"
                raise SpecError(f"{message}; {how_to_raise('references')}", origin)
        base = "" if self._names is None else self._names.base_of(origin.pointer)
        key = (base, ref)
        if key not in self._found:
            self._detours = 0
            self._found[key] = self._find(ref, origin)
        found = self._found[key]
        if found is None:
            self._complain(ref, origin)
        return found

    def _complain(self, ref: str, origin: Origin) -> None:
        address = ref.partition("#")[0]
        if address and address != self._own_file:
            message = f"{ref[:200]!a} is outside of this document and is not read; it is taken as empty"
            self.note(Severity.WARNING, "external-reference", message, origin)
        else:
            message = f"there is no {ref[:200]!a} in this document; it is taken as empty"
            self.note(Severity.WARNING, "missing-reference", message, origin)

    def _find(self, ref: str, origin: Origin) -> SchemaNode | None:
        address, _, fragment = ref.partition("#")
        if address.removeprefix("./") == self._own_file:
            address = ""
        is_pointer = not address and (not fragment or fragment.startswith("/"))
        if is_pointer and (found := self._pointed(self._root, fragment)):
            return found
        if self._dialect is not Dialect.OPENAPI_31:
            return None
        if self._names is None:
            self._names = _Names(self._root.raw, self._root.origin)
        base = self._names.base_of(origin.pointer)
        resource = _joined(base, address) if address else base
        start = self._names.resources.get(resource)
        if start is None:
            return None
        if fragment and not fragment.startswith("/"):
            return self._names.anchor(resource, unquote(fragment))
        return self._pointed(start, fragment)

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
                if node is None:
                    return None
                raw, origin, taken = node.raw, node.origin, []
            if isinstance(raw, dict) and step in raw:
                raw = raw[step]
            elif isinstance(raw, list) and _INDEX.fullmatch(step) and int(step) < len(raw):
                raw = raw[int(step)]
            else:
                return None
            taken.append(step)
        return SchemaNode(raw, origin.child(*taken) if taken else origin)
