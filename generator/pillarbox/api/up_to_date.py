"""Whether a client can stay as it is: nothing that it is made from has changed, and nobody changed its files.

Loads none of the stages: a run that has nothing to do ends within a fraction of a second.
"""

from dataclasses import dataclass

from ..config import ClientSettings
from ..config.fingerprint import digest_of, sources_now
from ..output.content_hash import digest, lf
from ..output.files import LEDGER, LOCK, MANIFEST, WORK, OutputError
from ..output.folder import Folder
from ..output.manifest import Manifest, parse

__all__ = ["UpToDate", "up_to_date"]


@dataclass(frozen=True, slots=True)
class UpToDate:
    """A client that is what `generate` would make of it."""

    client: ClientSettings
    files: int
    losses: bool
    """Whether it has a ledger."""


def up_to_date(client: ClientSettings) -> UpToDate | None:
    """The client, if a run would change nothing; None where only the run itself can tell."""
    try:
        with Folder(client.output) as folder:
            if folder.status(WORK) is not None:
                return None
            content, lock = folder.read(MANIFEST), folder.read(LOCK)
            if content is None or lock is None:
                return None
            manifest = parse(content, MANIFEST)
            if not _same_inputs(client, manifest, lf(lock).decode("utf-8")):
                return None
            for path, record in manifest.files.items():
                now = folder.read(path)
                if now is None or digest(now) != record.sha256:
                    return None
    except (OSError, OutputError, UnicodeDecodeError):
        return None
    return UpToDate(client, len(manifest.files) + len((LOCK, MANIFEST)), LEDGER in manifest.files)


def _same_inputs(client: ClientSettings, manifest: Manifest, lock: str) -> bool:
    known = manifest.provenance
    sources = sources_now(client, known.sources or (client.spec.name,))
    return bool(known.inputs) and known.inputs == digest_of(client, lock, sources)
