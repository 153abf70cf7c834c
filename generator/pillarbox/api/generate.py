"""Write or update a client."""

from dataclasses import dataclass

from ..config import ClientSettings
from ..output.writer import WriteReport, recover, write
from ..pipeline import Built, Progress
from ..views.losses import Entry, Ledger
from .build import build_client
from .previous_run import read_ledger, read_lock
from .up_to_date import remember_up_to_date

__all__ = ["Generated", "generate_client"]


@dataclass(frozen=True, slots=True)
class Generated:
    """A client that was written; `report` is None where `strict` stopped before writing."""

    client: ClientSettings
    built: Built
    report: WriteReport | None
    repairs: tuple[str, ...]
    """What was decided about a lock with merge conflicts."""
    refused: tuple[Entry, ...] = ()
    """New losses, where `strict` stopped."""


def generate_client(
    client: ClientSettings,
    *,
    force: bool = False,
    strict: bool = False,
    progress: Progress = lambda stage: None,
) -> Generated:
    """Build and write one client. Raises as `build_client` and `output.writer.write`.

    Args:
        client: Its settings.
        force: Overwrite files that were edited by hand.
        strict: Write nothing if something is lost that was not lost before.
        progress: Called with the name of each stage as it begins.
    """
    # An interrupted run is completed or undone first: it may have been about to change the lock.
    recover(client.output)
    lock = read_lock(client.output)
    known = read_ledger(client.output) if strict else Ledger()
    built = build_client(client, lock, progress=progress)
    if strict:
        refused = tuple(entry for entry in built.losses.new_since(known) if entry.costly)
        if refused:
            return Generated(client, built, None, lock.repairs, refused)
    progress("writing")
    report = write(built.files, client.output, force=force)
    remember_up_to_date(client.output)
    return Generated(client, built, report, lock.repairs)
