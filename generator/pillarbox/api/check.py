"""Compare a client with what its spec gives; nothing is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..client.runtime_files import is_runtime_file
from ..config import ClientSettings
from ..output.compare import Comparison, compare
from ..pipeline import Built, Progress
from .build import build_client
from .settings import client_settings

__all__ = ["Checked", "check", "check_client"]


def check(
    spec: Path | str | ClientSettings,
    output: Path | str | None = None,
    *,
    package: str | None = None,
    environments: Sequence[Path | str] = (),
) -> Comparison:
    """Compare the files in an output folder with the client that the spec gives; nothing is written.

    `Comparison.current` is True if `generate` would change nothing; `Comparison.diff()` gives the lines of a unified
    diff. Arguments and errors are those of `build`.
    """
    return check_client(client_settings(spec, output, package=package, environments=environments)).comparison


@dataclass(frozen=True, slots=True)
class Checked:
    """A client that was compared with its output folder."""

    client: ClientSettings
    built: Built
    comparison: Comparison

    @property
    def runtime_fixes(self) -> tuple[str, ...]:
        """The files that differ, if an older version wrote them and nothing but copied runtime files has changed since.

        Such a client works as it did, and its owner may take in the fixes with the next change. A client of the
        same version or another edition, and one with a file that somebody changed or deleted, is stale.
        """
        found = self.comparison
        paths = (*found.stale, *found.missing, *found.extra)
        if found.edited or found.foreign or found.broken or found.deleted or found.written is None:
            return ()
        if found.written.edition != self.client.edition or not _older(found.written.generator, __version__):
            return ()
        prefix = f"{self.built.client.package}/" if self.client.project else ""
        fixes = all(path.startswith(prefix) and is_runtime_file(path.removeprefix(prefix)) for path in paths)
        return paths if fixes else ()


def check_client(client: ClientSettings, *, progress: Progress = lambda stage: None) -> Checked:
    """Build one client and compare it with its output folder. Raises as `build_client`, and `OutputError`."""
    built = build_client(client, progress=progress)
    progress("comparing")
    return Checked(client, built, compare(built.files, client.output))


def _older(version: str, other: str) -> bool:
    """Whether one version of pillarbox precedes another, by their numbers."""
    one, two = (tuple(map(int, re.findall(r"\d+", text)[:3])) for text in (version, other))
    return len(one) == len(two) == 3 and one < two
