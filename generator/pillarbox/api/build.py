"""Build the client of some settings in memory, with the names of the lock in its output folder."""

from ..config import ClientSettings
from ..lock.claims import Lock
from ..model.problems import Origin, SpecError
from ..pipeline import Built, Progress, build as run_pipeline
from .previous_run import read_lock

__all__ = ["build_client"]


def build_client(
    client: ClientSettings, lock: Lock | None = None, *, progress: Progress = lambda stage: None
) -> Built:
    """Build one client; `lock` is the one of its output folder by default.

    Raises:
        SpecError: the spec cannot be read, or nothing can be generated from it.
        ConfigError, LockError, OutputError: as for `pipeline.build`.
    """
    if lock is None:
        lock = read_lock(client.output)
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    return run_pipeline(client.spec, client, lock, progress=progress)
