"""Folders -> resources: by path segment in a converted collection, else one level a folder."""

import re
from collections.abc import Mapping, Sequence

from ...model.api import Resource
from ...model.grouping import Grouping
from .items import Folder, Item
from .paths import RequestPath

__all__ = ["assign_resources", "grouping_of", "resources_of"]

_PREFIX = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)\]:](?:\s+(?=\S)|(?=[^\d\s]))|\d{1,3}(?:\.[1-9]\d{0,2})+\s+(?=\S)|\(\d{1,3}\)\s*(?=\S)|\d{1,3}\s+[-–—:]\s*(?=\S)|\d{1,3}[-–—]\s+(?=\S))"
)
_METHOD = re.compile(r"^\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?=/)")
_MOST = 0.6

_Position = tuple[int, ...]


def _parts(name: str) -> list[str]:
    """A folder name as path segments; `:id` and `{id}` are the same placeholder."""
    return [f"{{{part[1:]}}}" if part.startswith(":") else part for part in name.strip().split("/") if part]


def _is_placeholder(part: str) -> bool:
    return part.startswith("{") and part.endswith("}")


def _follows_path(item: Item, path: RequestPath) -> bool:
    chain = [part for folder in item.folders for part in _parts(folder.name)]
    return list(path.segments[: len(chain)]) == chain


def _are_segments(items: Sequence[Item], paths: Sequence[RequestPath]) -> bool:
    nested = [(item, path) for item, path in zip(items, paths, strict=True) if item.folders]
    if not nested or len(nested) * 2 < len(items):
        return False
    return sum(_follows_path(item, path) for item, path in nested) >= _MOST * len(nested)


def _by_segment(items: Sequence[Item]) -> list[tuple[str, ...]]:
    """The first folder that tells items apart and is no placeholder."""
    chains = [[part for folder in item.folders for part in _parts(folder.name)] for item in items]
    nested = [chain for chain in chains if chain]
    shared = 0
    while nested and all(len(chain) > shared + 1 and chain[shared] == nested[0][shared] for chain in nested):
        shared += 1
    assigned: list[tuple[str, ...]] = []
    for chain in chains:
        rest = chain[shared:] if len(chain) > shared else chain
        first = next((part for part in rest if not _is_placeholder(part)), None)
        assigned.append((first,) if first is not None else ())
    return assigned


def _endpoint_folders(items: Sequence[Item], paths: Sequence[RequestPath]) -> set[_Position]:
    """Positions of folders whose name is the path that all requests in them share."""
    inside: dict[_Position, list[RequestPath]] = {}
    names: dict[_Position, str] = {}
    for item, path in zip(items, paths, strict=True):
        for folder in item.folders:
            name = _METHOD.sub("", folder.name).strip()
            if name.startswith("/"):
                inside.setdefault(folder.position, []).append(path)
                names[folder.position] = name
    return {
        position
        for position, found in inside.items()
        if all(tuple(_parts(names[position].split()[0])) == path.segments for path in found)
    }


def _shown_names(items: Sequence[Item]) -> dict[_Position, str]:
    """Folder names by position, without ordering prefixes where siblings stay apart without them."""
    siblings: dict[_Position, dict[_Position, str]] = {}
    for item in items:
        for folder in item.folders:
            siblings.setdefault(folder.position[:-1], {})[folder.position] = folder.name
    shown: dict[_Position, str] = {}
    for group in siblings.values():
        bare = {position: _PREFIX.sub("", name).strip() or name.strip() for position, name in group.items()}
        originals: dict[str, set[str]] = {}
        for position, name in bare.items():
            originals.setdefault(name, set()).add(group[position])
        for position, name in bare.items():
            shown[position] = name if len(originals[name]) == 1 else group[position].strip()
    return shown


def _same_words(left: str, right: str) -> bool:
    return re.sub(r"\W+", "", left).casefold() == re.sub(r"\W+", "", right).casefold()


def grouping_of(items: Sequence[Item], paths: Sequence[RequestPath]) -> Grouping:
    """Whether most items are in folders that a program made of their paths."""
    return Grouping.SEGMENTS if _are_segments(items, paths) else Grouping.FOLDERS


def assign_resources(
    items: Sequence[Item], paths: Sequence[RequestPath], title: str, grouping: Grouping
) -> list[tuple[str, ...]]:
    """The resource of each item, as the spec spells it; () for items of the client itself."""
    if grouping is Grouping.SEGMENTS:
        return _by_segment(items)
    skipped = _endpoint_folders(items, paths)
    roots = {item.folders[0].position if item.folders else () for item in items}
    if len(roots) == 1 and (only := items[0].folders[:1]) and _same_words(only[0].name, title):
        skipped.add(only[0].position)
    shown = _shown_names(items)
    return [
        tuple(
            shown[folder.position]
            for folder in item.folders
            if folder.position not in skipped and shown[folder.position]
        )
        for item in items
    ]


def resources_of(items: Sequence[Item], assigned: Sequence[tuple[str, ...]]) -> tuple[Resource, ...]:
    """One entry a resource (parents included), with its description in the spec."""
    documents: dict[tuple[str, ...], tuple[str, Folder | None]] = {}
    for item, path in zip(items, assigned, strict=True):
        for length in range(1, len(path) + 1):
            folder = _folder_of(item, path[length - 1])
            doc, first = documents.get(path[:length], ("", None))
            documents[path[:length]] = (doc or (folder.doc if folder else ""), first or folder)
    root: Mapping[tuple[str, ...], Item] = {
        path[:1]: item for item, path in zip(items, assigned, strict=True)
    }
    return tuple(
        Resource(path=path, doc=doc, origin=folder.origin if folder else root[path[:1]].origin)
        for path, (doc, folder) in documents.items()
    )


def _folder_of(item: Item, name: str) -> Folder | None:
    for folder in item.folders:
        if (
            folder.name.strip() == name
            or _PREFIX.sub("", folder.name).strip() == name
            or name in _parts(folder.name)[-1:]
        ):
            return folder
    return None
