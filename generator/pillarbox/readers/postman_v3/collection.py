"""A v3 collection, which is a folder of YAML files -> the tree that `read_collection` takes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...model.problems import Origin, Problem, Severity, SpecError
from ..lenient import text
from ..limits import Limits
from ..yaml_tree import Written, core_value, load_yaml
from .files import Listing, Parts, RequestFile, examples_folder, find_collection
from .origins import MappedOrigin
from .requests import At, Translator, plain_text

__all__ = ["Collection", "fingerprint", "read_folder"]

_HTTP, _GRAPHQL = "http-request", "graphql-request"

_Rank = tuple[int, float, str, str, str]
_Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in the shape of v2.1."""

    root: Mapping[str, Any]
    origin: Origin
    """Of the root; its children name the files that they came from."""
    problems: tuple[Problem, ...]
    others: int
    """Requests of protocols that no HTTP client supports."""


def read_folder(path: Path, limits: Limits) -> Collection:
    """Read the collection that a folder is or holds.

    Raises:
        SpecError: there is no collection or several, or a file of it cannot be read, with its line.
    """
    return _Folder(find_collection(path, limits), limits).read()


def fingerprint(path: Path, limits: Limits) -> str:
    """SHA-256 over names and content of all files that a collection is made of, in an order of its own."""
    digest = hashlib.sha256()
    for name, file in find_collection(path, limits).files():
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _rank(order: Any, name: str) -> _Rank:
    """Numbers first, then fractional indices (texts, compared by their characters), then what has no order."""
    end = (name.casefold(), name)
    if isinstance(order, str):
        try:
            number = core_value(str(order)) if isinstance(order, Written) else None
        except ValueError:
            number = None
        if isinstance(number, int | float) and abs(number) < 2**1000:
            return (0, float(number), "", *end)
        if order:
            return (1, 0.0, str(order), *end)
    return (2, 0.0, "", *end)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One file, parsed."""

    tree: _Tree
    origin: Origin


@dataclass(frozen=True, slots=True)
class _Child:
    """A request or a folder among its siblings."""

    rank: _Rank
    file: RequestFile | None
    folder: Parts
    loaded: _Loaded | None


class _Folder:
    """One collection while it is put together."""

    def __init__(self, listing: Listing, limits: Limits) -> None:
        self._listing = listing
        self._limits = limits
        self._translator = Translator()
        self._problems: list[Problem] = list(listing.problems)
        self._others = 0
        self._folders = listing.folders()
        self._definitions = {
            parts: self._load(path) for parts, path in listing.definitions.items() if parts in self._folders
        }

    def _load(self, path: Path) -> _Loaded:
        document = load_yaml(path, self._limits, text=True)
        self._limits = replace(self._limits, nodes=max(0, self._limits.nodes - document.nodes))
        self._problems.extend(document.problems)
        if not isinstance(document.root, dict):
            raise SpecError("this file of a v3 collection is no mapping", Origin(document.file))
        return _Loaded(document.root, Origin(document.file))

    def read(self) -> Collection:
        root = self._listing.root
        made = self._scope((), "")
        made["info"] = {"name": made.pop("name"), "description": made.pop("description")}
        definition = self._definitions.get(())
        if definition is not None:
            at = definition.origin
            self._translator.put("/info", at)
            variables = At(at.child("variables"), "/variable")
            made["variable"] = self._translator.pairs(definition.tree.get("variables"), variables)
        stack: list[tuple[Parts, str, dict[str, Any]]] = [((), "", made)]
        while stack:
            parts, inner, node = stack.pop()
            items: list[dict[str, Any]] = []
            node["item"] = items
            for child in self._children(parts):
                here = f"{inner}/item/{len(items)}"
                if child.file is None:
                    items.append(self._scope(child.folder, here))
                    stack.append((child.folder, here, items[-1]))
                elif child.loaded is not None and (item := self._item(child.file, child.loaded, here)):
                    items.append(item)
        return Collection(
            root=made,
            origin=MappedOrigin(str(root), origins=self._translator.origins),
            problems=(*self._problems, *self._translator.problems),
            others=self._others,
        )

    def _children(self, parts: Parts) -> list[_Child]:
        found: list[_Child] = []
        for file in self._listing.requests.get(parts, ()):
            loaded = self._load(file.path)
            found.append(_Child(_rank(loaded.tree.get("order"), file.stem), file, parts, loaded))
        for folder in self._folders[parts]:
            definition = self._definitions.get(folder)
            order = definition.tree.get("order") if definition is not None else None
            found.append(_Child(_rank(order, folder[-1]), None, folder, None))
        return sorted(found, key=lambda child: child.rank)

    def _scope(self, parts: Parts, inner: str) -> dict[str, Any]:
        """Name, description, auth and scripts of a folder or of the collection."""
        definition = self._definitions.get(parts)
        name = parts[-1] if parts else self._listing.root.name
        if definition is None:
            self._translator.put(inner, Origin(str(self._listing.root.joinpath(*parts))))
            return {"name": name, "description": ""}
        tree, origin = definition.tree, definition.origin
        if inner:
            self._translator.put(inner, origin)
        made: dict[str, Any] = {
            "name": str(text(tree.get("name")).strip() or name),
            "description": plain_text(tree.get("description")),
            "event": self._translator.events(tree.get("scripts")),
        }
        auth = self._translator.auth(tree.get("auth"), origin.child("auth"), f"{inner}/auth")
        if auth is not None:
            made["auth"] = auth
        return made

    def _item(self, file: RequestFile, loaded: _Loaded, inner: str) -> dict[str, Any] | None:
        tree, origin = loaded.tree, loaded.origin
        kind = str(tree.get("$kind") or _HTTP)
        if kind not in (_HTTP, _GRAPHQL):
            self._others += 1
            name = str(text(tree.get("name")) or file.stem)
            message = f"{name[:60]!a} is a {kind[:60]}, which no HTTP client sends: it is not generated"
            self._problems.append(Problem(Severity.ERROR, "other-protocol", message, origin))
            return None
        self._translator.put(inner, origin)
        translate = self._translator.graphql if kind == _GRAPHQL else self._translator.request
        made: dict[str, Any] = {
            "name": str(text(tree.get("name")).strip() or file.stem),
            "request": translate(tree, origin, f"{inner}/request"),
            "response": self._examples(file, tree, origin, f"{inner}/response"),
            "event": self._translator.events(tree.get("scripts")),
            "protocolProfileBehavior": plain_text(tree.get("settings"), None),
        }
        if isinstance(tree.get("id"), str):
            made["id"] = str(tree["id"])
        return made

    def _examples(self, file: RequestFile, tree: _Tree, origin: Origin, inner: str) -> list[dict[str, Any]]:
        described = tree.get("examples")
        found: list[tuple[_Rank, str, _Loaded]] = []
        if isinstance(described, list):
            for index, node in enumerate(described):
                if isinstance(node, dict):
                    here = _Loaded(node, origin.child("examples", index))
                    found.append((_rank(node.get("order"), ""), "", here))
        else:
            for example in self._listing.examples.get(
                examples_folder(self._listing, file, text(described)), ()
            ):
                loaded = self._load(example.path)
                found.append((_rank(loaded.tree.get("order"), example.stem), example.stem, loaded))
        found.sort(key=lambda entry: entry[0])
        return [
            self._translator.example(loaded.tree, stem, loaded.origin, f"{inner}/{index}")
            for index, (_, stem, loaded) in enumerate(found)
        ]
