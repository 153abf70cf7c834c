"""Forget names of a lock that are no longer in use."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..lock.claims import LockError
from ..output.files import LOCK, WORK, OutputError
from ..output.folder import Folder
from ..output.writer import recover
from .previous_run import read_lock

__all__ = ["Pruned", "prune"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """A lock without its retired names; `removed` lists those."""

    name: str
    output: Path
    removed: tuple[str, ...]


def prune(name: str, output: Path, *, aliases: bool = False) -> Pruned:
    """Forget the retired names of one client, so that others may have them; or its old names, which stay taken."""
    recover(output)
    path = output / LOCK
    if not path.exists():
        raise LockError(f"{path}: there is no such lock: generate the client first")
    old = read_lock(output)
    gone = [entry for entry in old.entries if (entry.renamed if aliases else entry.retired)]
    removed = tuple(sorted({f"{entry.kind} {entry.name}" for entry in gone}))
    if removed:
        _replace(output, (old.without_aliases() if aliases else old.prune()).render())
    return Pruned(name, output, removed)


def _replace(output: Path, text: str) -> None:
    """Replace the lock, in one step."""
    try:
        with Folder(output) as folder:
            if not folder.lock():
                raise OutputError(
                    f"{output}: another run of pillarbox is writing here: try again when it is done"
                )
            folder.check_regular(LOCK)
            try:
                folder.make(WORK)
                folder.create(f"{WORK}/lock", text.encode("utf-8"))
                folder.publish(f"{WORK}/lock", LOCK)
            finally:
                with suppress(OSError):
                    folder.clear()
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from error
