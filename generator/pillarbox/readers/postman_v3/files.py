"""The folder of a v3 collection: which one is meant, which files it has, in which order."""

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...model.problems import Origin, Problem, Severity, SpecError
from ..limits import Limits, how_to_raise

__all__ = ["Listing", "Parts", "RequestFile", "examples_folder", "find_collection"]

Parts = tuple[str, ...]
"""Steps of a path below the collection's folder."""

_RESOURCES = ".resources"
_DEFINITIONS = ("definition.yaml", "definition.yml")
_REQUEST = re.compile(r"(?P<stem>.+?)\.(?:[a-z0-9.-]+-)?request\.ya?ml", re.IGNORECASE | re.DOTALL)
_EXAMPLE = re.compile(r"(?P<stem>.+)\.example\.ya?ml", re.IGNORECASE | re.DOTALL)
_HOMES = (("postman", "collections"), ("collections",))
_MOST_FILES = 200_000


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A file that holds one request or one example."""

    stem: str
    """The file name without its suffixes: names a request or example that has no name."""
    parts: Parts
    path: Path


@dataclass(slots=True)
class Listing:
    """The files of one collection."""

    root: Path
    definitions: dict[Parts, Path] = field(default_factory=dict)
    """By folder."""
    requests: dict[Parts, list[RequestFile]] = field(default_factory=dict)
    """By folder, sorted by name."""
    examples: dict[Parts, list[RequestFile]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def folders(self) -> Mapping[Parts, list[Parts]]:
        """Every folder that leads to a request, with those right below it, sorted by name; `()` is the root."""
        found: dict[Parts, list[Parts]] = {(): []}
        for parts in self.requests:
            for length in range(1, len(parts) + 1):
                if parts[:length] not in found:
                    found[parts[:length]] = []
                    found[parts[: length - 1]].append(parts[:length])
        for below in found.values():
            below.sort(key=lambda parts: _by_name(parts[-1]))
        return found

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every file that counts, by its path below the root."""
        found = {(*parts, _RESOURCES, path.name): path for parts, path in self.definitions.items()}
        for group in (*self.requests.values(), *self.examples.values()):
            found |= {file.parts: file.path for file in group}
        yield from sorted(("/".join(parts), path) for parts, path in found.items())


def _by_name(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _refuse(message: str, path: Path) -> SpecError:
    return SpecError(message, Origin(str(path)))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: _by_name(entry.name))
    except OSError as error:
        raise _refuse(f"cannot be read: {error.strerror or error}", folder) from None


def _is_collection(folder: Path) -> bool:
    """True for a folder that itself says so: by its definition, or by a request in it."""
    if any((folder / _RESOURCES / name).is_file() for name in _DEFINITIONS):
        return True
    return any(_REQUEST.fullmatch(entry.name) for entry in _entries(folder))


def _list(root: Path, limits: Limits) -> Listing:
    """All files below a folder. Links are not followed, so nothing outside of it is read."""
    found = Listing(root)
    stack: list[tuple[Path, Parts]] = [(root, ())]
    size = count = 0
    while stack:
        limits.deadline.check()
        folder, parts = stack.pop()
        for entry in _entries(folder):
            here = (*parts, entry.name)
            path = folder / entry.name
            if entry.is_symlink():
                _note_link(found, path)
            elif entry.is_dir(follow_symlinks=False):
                if entry.name[0] != "." or entry.name == _RESOURCES or _RESOURCES in parts:
                    stack.append((path, here))
            elif entry.is_file(follow_symlinks=False) and _keep(found, here, path):
                count += 1
                size += entry.stat(follow_symlinks=False).st_size
                if count > _MOST_FILES:
                    raise _refuse(f"more than {_MOST_FILES:,} files are in this collection", root)
                if size > limits.size:
                    message = (
                        f"the files of this collection are larger than the limit of {limits.size:,} bytes"
                    )
                    raise _refuse(f"{message}; {how_to_raise('megabytes')}", root)
    return found


def _note_link(found: Listing, path: Path) -> None:
    if path.suffix.lower() in (".yaml", ".yml") or path.is_dir():
        message = "this is a link, and links are not followed; what it leads to is left out"
        found.problems.append(Problem(Severity.WARNING, "link-left-out", message, Origin(str(path))))


def _keep(found: Listing, parts: Parts, path: Path) -> bool:
    *above, name = parts
    if example := _EXAMPLE.fullmatch(name):
        found.examples.setdefault(tuple(above), []).append(RequestFile(example["stem"], parts, path))
        return True
    if _RESOURCES in above:
        if above[-1] == _RESOURCES and above.count(_RESOURCES) == 1 and name in _DEFINITIONS:
            return found.definitions.setdefault(tuple(above[:-1]), path) is path
        return False
    if request := _REQUEST.fullmatch(name):
        found.requests.setdefault(tuple(above), []).append(RequestFile(request["stem"], parts, path))
        return True
    return False


def examples_folder(listing: Listing, file: RequestFile, described: str) -> Parts:
    """Where the examples of a request lie: as its file describes (relative to it), else beside the folder's definition."""
    *above, _ = file.parts
    if described:
        path = posixpath.normpath(posixpath.join("/", *above, described.replace("\\", "/")))
        parts = tuple(step for step in path.split("/") if step)
        if parts in listing.examples:
            return parts
    return (*above, _RESOURCES, f"{file.stem}.resources", "examples")


def find_collection(path: Path, limits: Limits) -> Listing:
    """The one collection that a folder is, or holds in `postman/collections/` or `collections/`.

    Raises:
        SpecError: there is none, or there are several; those are listed.
    """
    if path.name in ("", ".."):
        path = Path(os.path.abspath(path))
    if _is_collection(path):
        return _list(path, limits)
    for steps in _HOMES:
        home = path.joinpath(*steps)
        if home.is_dir():
            return _only(home, limits)
    if path.name == "collections":
        return _only(path, limits)
    found = _list(path, limits)
    if found.requests:
        return found
    raise _none(path)


def _only(home: Path, limits: Limits) -> Listing:
    folders = [
        home / entry.name
        for entry in _entries(home)
        if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."
    ]
    found = [listing for folder in folders if (listing := _list(folder, limits)).requests]
    if len(found) > 1:
        names = ", ".join(str(listing.root) for listing in found)
        raise _refuse(f"{len(found)} collections are here; name one of them: {names}", home)
    if not found:
        raise _none(home)
    return found[0]


def _none(path: Path) -> SpecError:
    files = [entry.name for entry in _entries(path) if entry.name.endswith(".json") and entry.is_file()]
    if files:
        return _refuse(
            f"this is a folder without a v3 collection; name the collection's file, such as {files[0]!a}",
            path,
        )
    return _refuse("no collection is in this folder: there is no `*.request.yaml`", path)
