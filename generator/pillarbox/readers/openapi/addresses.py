"""Nodes of a document, and the addresses that they have beside their JSON pointers: `$id` and anchors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from ...model.problems import Origin

__all__ = ["Addresses", "SchemaNode", "joined"]

_DATA = frozenset(("example", "examples", "default", "const", "enum"))
"""Members that hold data, in which `$id` and `$anchor` mean nothing."""
_NAMING = frozenset(("properties", "patternProperties", "$defs", "definitions", "schemas"))
"""Members whose own members are named by the author, so that `example` there is a name."""


@dataclass(frozen=True, slots=True)
class SchemaNode:
    """JSON of the document and where it is."""

    raw: Any
    origin: Origin


class Addresses:
    """Every `$id` and anchor of one file, collected when the first reference needs one."""

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
                    base = joined(base, address)
                if not raw.keys().isdisjoint(("$id", "$anchor", "$dynamicAnchor")):
                    yield SchemaNode(raw, origin.child(*path) if path else origin), base
            stack.extend(
                (child, (*path, key), base, not names and key in _NAMING)
                for key, child in raw.items()
                if names or key not in _DATA
            )


def joined(base: str, address: str) -> str:
    """An address relative to another; one that is none is left as it is."""
    try:
        return urldefrag(urljoin(base, address)).url
    except ValueError:
        return address
