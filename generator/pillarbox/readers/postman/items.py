"""The tree of folders and requests as a flat list, in document order, with what each inherits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.problems import Origin
from ..lenient import description, mapping, sequence, text
from .security import own_auth

__all__ = ["Folder", "Item", "walk"]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that leads to an item."""

    name: str
    doc: str
    position: tuple[int, ...]
    """Indices from the root down; unique for each folder."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One request of the collection."""

    name: str
    id: str | None
    folders: tuple[Folder, ...]
    request: Any
    """An object, or a URL as text."""
    description: str
    responses: Any
    auth: Mapping[str, Any] | None
    """The nearest block: of the request, its folders, the collection."""
    behaviour: Mapping[str, Any]
    """protocolProfileBehavior, the nearest value of each key."""
    events: Any
    """Scripts of the request itself; they are looked at and never run."""
    origin: Origin

    @property
    def at(self) -> Origin:
        """The origin of the request's node."""
        return self.origin.child("request")


@dataclass(frozen=True, slots=True)
class _Above:
    folders: tuple[Folder, ...]
    auth: Mapping[str, Any] | None
    behaviour: Mapping[str, Any]


def walk(collection: Mapping[str, Any], origin: Origin) -> Iterator[Item]:
    """Every request. A node is a folder if it has items, or an empty list of them and no request.

    Iterative: folders may nest as deep as the document may.
    """
    top = _Above((), own_auth(collection.get("auth")), mapping(collection.get("protocolProfileBehavior")))
    stack: list[tuple[Iterator[tuple[int, Any]], Origin, _Above]] = [
        (iter(enumerate(sequence(collection.get("item")))), origin.child("item"), top)
    ]
    while stack:
        nodes, where, above = stack[-1]
        step = next(nodes, None)
        if step is None:
            stack.pop()
            continue
        index, node = step
        here = where.child(index)
        if not isinstance(node, dict):
            node = {"name": "", "request": node} if isinstance(node, str) else {}
        if node.get("item") or ("request" not in node and isinstance(node.get("item"), list)):
            inner = _below(node, index, here, above)
            stack.append((iter(enumerate(sequence(node.get("item")))), here.child("item"), inner))
        else:
            yield _item(node, here, above)


def _behaviour(node: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    own = mapping(node.get("protocolProfileBehavior"))
    return {**above, **own} if own else above


def _below(node: Mapping[str, Any], index: int, here: Origin, above: _Above) -> _Above:
    position = (*above.folders[-1].position, index) if above.folders else (index,)
    folder = Folder(text(node.get("name")), description(node.get("description")), position, here)
    return _Above(
        (*above.folders, folder),
        own_auth(node.get("auth")) or above.auth,
        _behaviour(node, above.behaviour),
    )


def _item(node: Mapping[str, Any], here: Origin, above: _Above) -> Item:
    request = node.get("request")
    inner = mapping(request)
    identity = node.get("id") or node.get("_postman_id") or node.get("uid")
    return Item(
        name=text(node.get("name")),
        id=identity if isinstance(identity, str) else None,
        folders=above.folders,
        request=request,
        description=description(inner.get("description")) or description(node.get("description")),
        responses=node.get("response"),
        auth=own_auth(inner.get("auth")) or above.auth,
        behaviour=_behaviour(node, above.behaviour),
        events=node.get("event"),
        origin=here,
    )
