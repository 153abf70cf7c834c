"""Write a set of files into a folder: contained, staged, journalled, and careful with what others put there."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import journal
from .content_hash import digest, first_difference
from .files import LOCK, MANIFEST, WORK, FileSet, OutputConflict, OutputError
from .folder import Folder
from .journal import Journal, Recovery, Step
from .manifest import Manifest, Record, last_manifest
from .ownership import Verdict, is_ours, judge

__all__ = ["WriteReport", "recover", "write"]

_NAMED = 3
_FLUSH_ONE_BY_ONE = 64
"""With more files, one `sync` of the system is several times faster than a flush of each (measured)."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a run did, by path."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Files of an earlier run that are no longer part of the client but were edited by hand."""
    recovered: Recovery | None
    """What happened to an earlier run that was interrupted."""

    @property
    def changed(self) -> bool:
        """Whether anything on disk is different now."""
        return bool(self.written or self.removed)


@dataclass(frozen=True, slots=True)
class _Plan:
    steps: tuple[Step, ...]
    modes: tuple[int | None, ...]
    report: WriteReport


def write(files: FileSet, folder: Path, *, force: bool = False) -> WriteReport:
    """Make `folder` hold `files`, which `manifest.seal` has completed.

    Files that would not change are not touched; those of the last manifest that are no longer wanted are removed.
    `OutputConflict` names files that somebody edited or put there; `force` overwrites them. `OutputError` is all
    else that prevents it: a link, a folder that cannot be written, another run, no space. Nothing has changed
    after either of them.
    """
    if MANIFEST not in files:
        raise ValueError("files without a manifest: call manifest.seal")
    with _made(folder), _entered(folder) as root:
        recovered = journal.recover(root)
        plan = _plan(root, files, _manifest(root, force), force, recovered)
        if plan.steps:
            _check_writable(root, plan.steps)
            _carry_out(root, files, plan)
        return plan.report


def recover(folder: Path) -> Recovery | None:
    """Complete or undo an interrupted run in `folder`. Call it before an old lock is read from there."""
    if not os.path.lexists(folder / WORK):
        return None
    with _entered(folder) as root:
        return journal.recover(root)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder and those above it; after an error, remove those that stayed empty."""
    made: list[Path] = []
    try:
        missing = [folder.absolute()]
        while not missing[-1].exists():
            missing.append(missing[-1].parent)
        for path in reversed(missing[:-1]):
            path.mkdir(exist_ok=True)
            made.append(path)
        yield
    except BaseException as error:
        for path in reversed(made):
            try:
                path.rmdir()
            except OSError:
                break
        if isinstance(error, OSError):
            raise _refused(folder, error) from error
        raise


@contextmanager
def _entered(folder: Path) -> Iterator[Folder]:
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is not a folder")
    try:
        with Folder(folder) as root:
            if not root.lock():
                raise OutputError(
                    f"{folder}: another run of pillarbox is writing here: try again when it is done"
                )
            yield root
    except OSError as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError) -> OutputError:
    named = (
        f" ({error.filename})" if isinstance(error.filename, str) and error.filename != str(folder) else ""
    )
    return OutputError(f"{folder}: cannot be written: {error.strerror or error}{named}")


def _manifest(root: Folder, force: bool) -> Manifest | None:
    try:
        return last_manifest(root, lambda path: str(root.path / path))
    except OutputError:
        if force:
            return None
        raise


def _plan(
    root: Folder, files: FileSet, old: Manifest | None, force: bool, recovered: Recovery | None
) -> _Plan:
    """Decide what to do with each file; raise before anything is done."""
    records = old.files if old is not None else {}
    changes: list[Step] = []
    modes: list[int | None] = []
    unchanged: list[str] = []
    conflicts: list[tuple[str, Verdict, int]] = []
    # The lock and the manifest come last: they describe the others.
    for path in sorted(files, key=lambda path: (path in (LOCK, MANIFEST), path)):
        now, new, record = root.read(path), files[path], records.get(path)
        verdict = judge(path, now, new, record)
        if verdict is Verdict.SAME or (
            verdict is Verdict.FORMATTED and not force and _was_written(record, new)
        ):
            unchanged.append(path)
            continue
        if verdict in (Verdict.EDITED, Verdict.FOREIGN) and not force:
            conflicts.append((path, verdict, first_difference(now or b"", new)))
            continue
        status = root.status(path)
        changes.append(Step(path, journal.hashed(now), journal.hashed(new)))
        modes.append(None if status is None else stat.S_IMODE(status.st_mode))
    if conflicts:
        raise _conflict(root.path, conflicts, old is not None)
    removals: list[Step] = []
    kept: list[str] = []
    for path in sorted(records.keys() - files.keys()):
        now = root.read(path)
        if now is None:
            continue
        if is_ours(path, now, records[path]):
            removals.append(Step(path, journal.hashed(now), None))
        else:
            kept.append(path)
    report = WriteReport(
        written=tuple(sorted(step.path for step in changes)),
        unchanged=tuple(sorted(unchanged)),
        removed=tuple(step.path for step in removals),
        kept=tuple(kept),
        recovered=recovered,
    )
    return _Plan((*removals, *changes), (*(None for _ in removals), *modes), report)


def _was_written(record: Record | None, new: bytes) -> bool:
    """Whether the last run wrote this very text: then a formatter's work on it may stay."""
    return record is not None and record.sha256 == digest(new)


def _conflict(folder: Path, conflicts: list[tuple[str, Verdict, int]], known: bool) -> OutputConflict:
    edited = [f"{path}:{line}" for path, verdict, line in conflicts if verdict is Verdict.EDITED]
    foreign = [path for path, verdict, _ in conflicts if verdict is Verdict.FOREIGN]
    paths = tuple(path for path, _, _ in conflicts)
    if not known:
        text = f"holds files that pillarbox did not generate ({_some(foreign)}): choose another output folder"
        return OutputConflict(f"{folder}: {text}, or overwrite them with --force", paths)
    parts = []
    if edited:
        parts.append(f"edited by hand since the last run: {_some(edited)}")
    if foreign:
        parts.append(f"exists but was not generated by pillarbox: {_some(foreign)}")
    return OutputConflict(
        f"{folder}: {'; '.join(parts)}: move the changes away, or overwrite with --force", paths
    )


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _check_writable(root: Folder, steps: tuple[Step, ...]) -> None:
    """Find out what the system would refuse before the first file changes."""
    done: set[str] = set()
    for step in steps:
        path = step.path
        while (above := journal.parent(path)) and root.status(above) is None:
            path = above
        if path in done:
            continue
        done.add(path)
        if not root.writable(path):
            raise OutputError(f"{root.path / path}: cannot be written: read-only, or on another file system")


def _carry_out(root: Folder, files: FileSet, plan: _Plan) -> None:
    folders = {journal.parent(step.path) for step in plan.steps if step.after is not None}
    entry = Journal(plan.steps, tuple(sorted(_new_folders(root, folders))))
    try:
        _stage(root, files, plan)
        journal.commit(root, entry)
    except BaseException:
        # Nothing has been moved. A journal that was committed all the same goes first, or the next run would obey it.
        root.clear()
        raise
    try:
        journal.forward(root, entry, resumed=False)
    except (OSError, OutputError) as error:
        try:
            journal.back(root, entry)
        except (OSError, OutputError):
            why = error.strerror if isinstance(error, OSError) else error
            raise OutputError(f"{root.path}: stopped half-way ({why}): the next run ends it") from error
        raise


def _new_folders(root: Folder, folders: set[str]) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        step = folder
        while step and step not in found and root.status(step) is None:
            found.add(step)
            step = journal.parent(step)
    return found


def _stage(root: Folder, files: FileSet, plan: _Plan) -> None:
    root.make(WORK)
    root.make(f"{WORK}/new")
    root.make(f"{WORK}/old")
    at_once = len(plan.steps) > _FLUSH_ONE_BY_ONE and sys.platform == "linux"
    for number, (step, mode) in enumerate(zip(plan.steps, plan.modes, strict=True)):
        if step.after is not None:
            root.create(journal.stage_path(number), files[step.path], mode=mode, flush=not at_once)
    if at_once:
        os.sync()
    root.flush([WORK, f"{WORK}/new", f"{WORK}/old"])
