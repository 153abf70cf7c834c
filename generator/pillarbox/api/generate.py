"""From settings to a result: build a client, then write it, or compare it with what lies there."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..config import ClientSettings
from ..lock.claims import Lock, LockError
from ..model.problems import Origin, Problem, Severity, SpecError
from ..output.compare import Comparison, compare
from ..output.files import LEDGER, LOCK, MANIFEST, WORK, OutputError
from ..output.folder import Folder
from ..output.writer import WriteReport, recover, write
from ..pipeline import Built, build
from ..views.losses import Entry, Ledger, LedgerError

__all__ = ["Checked", "Generated", "Pruned", "check", "costly", "generate", "plan", "prune"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Generated:
    """A client that was written; `report` is None where `--strict` stopped before writing."""

    client: ClientSettings
    built: Built
    report: WriteReport | None
    repairs: tuple[str, ...]
    """What was decided about a lock with merge conflicts."""
    refused: tuple[Entry, ...] = ()
    """New entries of the ledger, where `--strict` stopped."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A client that was compared."""

    client: ClientSettings
    built: Built
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pruned:
    """A lock without its retired names; `removed` lists those."""

    name: str
    output: Path
    removed: tuple[str, ...]


def costly(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems by which the client has less than the spec says."""
    return tuple(problem for problem in problems if problem.severity is not Severity.NOTE)


def read_lock(output: Path) -> Lock:
    """The lock of an output folder; that of a new client where there is none.

    Raises:
        LockError: the lock cannot be used, or was removed while the package stayed.
    """
    path = output / LOCK
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        if (output / MANIFEST).exists():
            raise LockError(
                f"{path}: is missing: restore it from version control, or public names may move; "
                f"to begin anew, delete {output / MANIFEST} as well"
            ) from None
        return Lock()
    except NotADirectoryError:
        return Lock()
    except UnicodeDecodeError:
        raise LockError(f"{path}: is not UTF-8 text: restore it from version control") from None
    except OSError as error:
        raise LockError(f"{path}: cannot be read: {error.strerror or error}") from None
    return Lock.parse(text, str(path))


def read_ledger(output: Path) -> Ledger:
    """What was lost when the client in an output folder was generated; nothing where there is no ledger.

    Raises:
        LedgerError: it cannot be read.
    """
    path = output / LEDGER
    try:
        return Ledger.parse(path.read_bytes().decode("utf-8"), str(path))
    except (FileNotFoundError, NotADirectoryError):
        return Ledger()
    except UnicodeDecodeError:
        raise LedgerError(f"{path}: is not UTF-8 text: restore or delete it") from None
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror or error}") from None


def _built(client: ClientSettings, lock: Lock, progress: Progress) -> Built:
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    return build(client.spec, client, lock, progress=progress)


def plan(client: ClientSettings, *, progress: Progress) -> Built:
    """Build one client with the names of its lock, for a look at it."""
    return _built(client, read_lock(client.output), progress)


def generate(client: ClientSettings, *, force: bool, strict: bool, progress: Progress) -> Generated:
    """Build and write one client. `strict` writes nothing where something is lost that was not lost before."""
    # An interrupted run is ended first: it may have been about to change the lock.
    recover(client.output)
    lock = read_lock(client.output)
    known = read_ledger(client.output) if strict else Ledger()
    built = _built(client, lock, progress)
    if strict:
        refused = tuple(entry for entry in built.ledger.new_since(known) if entry.costly)
        if refused:
            return Generated(client, built, None, lock.repairs, refused)
    progress("writing")
    return Generated(client, built, write(built.files, client.output, force=force), lock.repairs)


def check(client: ClientSettings, *, progress: Progress) -> Checked:
    """Build one client and compare it with its folder; nothing is written."""
    built = plan(client, progress=progress)
    progress("comparing")
    return Checked(client, built, compare(built.files, client.output))


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
    """Put a lock in place of the old one, in one step."""
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
