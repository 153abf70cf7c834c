"""Whether a client can stay as it is: none of its inputs has changed, nor pillarbox, nor any of its files.

Loads no stage of the pipeline, so a run that has nothing to do ends within a fraction of a second.
"""

from dataclasses import dataclass
from pathlib import Path

from ..config import ClientSettings
from ..config.cache import recall, remember
from ..config.fingerprint import code_identity, digest_of, is_released, sources_now
from ..output.content_hash import digest, lf
from ..output.files import LEDGER, LOCK, MANIFEST, WORK, OutputError
from ..output.folder import Folder
from ..output.manifest import Manifest, parse

__all__ = ["UpToDate", "remember_up_to_date", "up_to_date"]


@dataclass(frozen=True, slots=True)
class UpToDate:
    """A client that `generate` would not change."""

    client: ClientSettings
    files: int
    losses: bool
    """Whether it has a list of losses."""


def up_to_date(client: ClientSettings) -> UpToDate | None:
    """The client, if a run would change nothing; None if only the run itself can tell."""
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
            if not _same_code(client.output, manifest, content):
                return None
            for path, record in manifest.files.items():
                now = folder.read(path)
                if now is None or digest(now) != record.sha256:
                    return None
    except (OSError, OutputError, UnicodeDecodeError):
        return None
    return UpToDate(client, len(manifest.files) + len((LOCK, MANIFEST)), LEDGER in manifest.files)


def remember_up_to_date(output: Path) -> None:
    """Note that this pillarbox has just written, or would write, exactly what the manifest in a folder lists."""
    try:
        with Folder(output) as folder:
            content = folder.read(MANIFEST)
    except (OSError, OutputError):
        return
    if content is not None:
        remember(output, code_identity(), digest(content))


def _same_inputs(client: ClientSettings, manifest: Manifest, lock: str) -> bool:
    known = manifest.provenance
    sources = sources_now(client, known.sources or (client.spec.name,))
    return bool(known.inputs) and known.inputs == digest_of(client, lock, sources)


def _same_code(output: Path, manifest: Manifest, content: bytes) -> bool:
    """Whether this pillarbox would write what the manifest lists.

    A release writes what the same release wrote. The code of a working copy changes without a new version, and a
    newer release may write the same as an older one: for both, the user's cache holds what the last run found.
    """
    if is_released(manifest.provenance.generator):
        return True
    return recall(output) == (code_identity(), digest(content))
