"""Compare a client with what its spec gives; nothing is written."""

from dataclasses import dataclass

from ..config import ClientSettings
from ..output.compare import Comparison, compare
from ..pipeline import Built, Progress
from .build import build_client

__all__ = ["Checked", "check_client"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A client that was compared with its output folder."""

    client: ClientSettings
    built: Built
    comparison: Comparison


def check_client(client: ClientSettings, *, progress: Progress = lambda stage: None) -> Checked:
    """Build one client and compare it with its output folder. Raises as `build_client`, and `OutputError`."""
    built = build_client(client, progress=progress)
    progress("comparing")
    return Checked(client, built, compare(built.files, client.output))
