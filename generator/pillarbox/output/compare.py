"""What `generate` would change: for `pillarbox check`, which writes nothing, and for tests."""

import difflib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .content_hash import first_difference, is_python, lf, same_code
from .files import MANIFEST, WORK, FileSet, OutputError
from .folder import Folder
from .manifest import Manifest, Provenance, last_manifest
from .ownership import Verdict, is_ours, judge

__all__ = ["Comparison", "Edit", "compare"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A file that somebody changed or put there, and the first line that differs from ours."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Change:
    path: str
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a folder differs from the files that belong there, by path."""

    stale: tuple[str, ...]
    missing: tuple[str, ...]
    deleted: tuple[str, ...]
    """Those of `missing` that were there once: the manifest lists them."""
    extra: tuple[str, ...]
    """Files that we wrote and that are no longer part of the client."""
    edited: tuple[Edit, ...]
    foreign: tuple[Edit, ...]
    """Files that we would overwrite and did not write."""
    formatting: tuple[str, ...]
    """No difference in meaning: formatting or comments of Python, provenance in the manifest."""
    broken: str
    """Why the folder's own records cannot be trusted (manifest unreadable, run interrupted), or empty."""
    written: Provenance | None
    """The provenance that the manifest in the folder holds; None if there is no manifest that can be read."""
    _changes: tuple[_Change, ...] = field(repr=False)

    @property
    def current(self) -> bool:
        """Whether `generate` would change nothing that matters."""
        return not (self.stale or self.missing or self.extra or self.edited or self.foreign or self.broken)

    def diff(self, *, formatting: bool = False) -> Iterator[str]:
        """Lines of a unified diff, without line ends, from the folder to what `generate` would write.

        `formatting` takes in the differences that do not count. Control characters are shown as escapes: the lines
        are meant for a terminal.
        """
        for change in self._changes:
            if formatting or change.path not in self.formatting:
                old, new = (f"a/{change.path}", f"b/{change.path}")
                yield from difflib.unified_diff(
                    _lines(change.old),
                    _lines(change.new),
                    "/dev/null" if change.old is None else old,
                    "/dev/null" if change.new is None else new,
                    lineterm="",
                )


def _lines(content: bytes | None) -> list[str]:
    if not content:
        return []
    text = lf(content).decode("utf-8", "backslashreplace")
    if not text.isascii() or not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(_visible(character) for character in text)
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], lines[-1] + "\\ no newline at end of file"]


def _visible(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character)[0] != "C":
        return character
    return ascii(character)[1:-1]


def compare(files: FileSet, folder: Path) -> Comparison:
    """Compare sealed files with a folder; nothing is written, not even the folder.

    `OutputError` for a folder that cannot be read, or that holds a link where a file should be.
    """
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise OutputError(f"{folder}: is not a folder")
        changes = tuple(_Change(path, None, files[path]) for path in files)
        return Comparison(
            stale=(),
            missing=tuple(files),
            deleted=(),
            extra=(),
            edited=(),
            foreign=(),
            formatting=(),
            broken="",
            written=None,
            _changes=changes,
        )
    try:
        with Folder(folder) as root:
            return _compare(root, files)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be read: {error.strerror or error}") from error


def _compare(root: Folder, files: FileSet) -> Comparison:
    manifest, broken = _manifest(root)
    records = manifest.files if manifest is not None else {}
    if root.status(WORK) is not None:
        broken = "a run was interrupted here: generate again"
    found: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    edits: dict[Verdict, list[Edit]] = {Verdict.EDITED: [], Verdict.FOREIGN: []}
    changes: list[_Change] = []
    for path in files:
        now, new = root.read(path), files[path]
        verdict = judge(path, now, new, records.get(path))
        if verdict is Verdict.SAME:
            continue
        changes.append(_Change(path, now, new))
        if verdict in edits:
            edits[verdict].append(Edit(path, first_difference(now or b"", new)))
            continue
        if verdict is Verdict.OURS and (path == MANIFEST or (is_python(path) and same_code(now or b"", new))):
            verdict = Verdict.FORMATTED
        found[verdict].append(path)
    extra: list[str] = []
    for path in sorted(records.keys() - files.keys()):
        now = root.read(path)
        if now is not None and is_ours(path, now, records[path]):
            extra.append(path)
            changes.append(_Change(path, now, None))
    return Comparison(
        stale=tuple(found[Verdict.OURS]),
        missing=tuple(found[Verdict.MISSING]),
        deleted=tuple(path for path in found[Verdict.MISSING] if path in records),
        extra=tuple(extra),
        edited=tuple(edits[Verdict.EDITED]),
        foreign=tuple(edits[Verdict.FOREIGN]),
        formatting=tuple(found[Verdict.FORMATTED]),
        broken=broken,
        written=manifest.provenance if manifest is not None else None,
        _changes=tuple(sorted(changes, key=lambda change: change.path)),
    )


def _manifest(root: Folder) -> tuple[Manifest | None, str]:
    """The manifest of a folder, or why it cannot be used."""
    try:
        return last_manifest(root, lambda path: path), ""
    except OutputError as error:
        return None, str(error)
