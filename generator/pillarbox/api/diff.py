"""Compare two versions of a client, neither of which is rendered."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..config import ClientSettings
from ..lock.claims import Lock
from ..model.problems import Origin, SpecError
from ..pipeline import Described, Progress, describe
from ..review.changes import Review
from ..review.checks import Check, Severity
from ..review.compare import compare
from ..review.matching import Version
from ..views.losses import ledger_of
from .previous_run import read_lock
from .settings import client_settings

__all__ = ["describe_client", "diff", "review_of"]


def diff(old: Path | str, new: Path | str, *, client: ClientSettings | None = None) -> Review:
    """Compare the clients that two versions of a spec give, as their callers see them.

    `Review.changes` are the changes with their severities, `Review.worst` is the worst severity.

    Args:
        old: The old version of the spec.
        new: The new version.
        client: The configured client whose spec it is: its names and corrections apply to both versions.

    Raises:
        SpecError: one of the specs cannot be read.
        ConfigError: a setting is not valid.
    """
    settings = client or replace(client_settings(new), client_class="Client")
    lock = read_lock(settings.output) if client is not None else Lock()
    before = describe_client(replace(settings, spec=Path(old)), lock)
    after = describe_client(replace(settings, spec=Path(new)), lock if lock.entries else before.lock)
    return review_of(settings.name, before, after, {})


def describe_client(
    client: ClientSettings, lock: Lock, *, progress: Progress = lambda stage: None
) -> Described:
    """One version of a client. Raises as `pipeline.describe`."""
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    return describe(client.spec, client, lock, progress=progress)


def review_of(
    name: str, old: Described | None, new: Described | None, severities: Mapping[Check, Severity]
) -> Review:
    """What changes for callers of the client `name`; a version is None if there was no such client then.

    `severities` replaces those that checks have by themselves.
    """
    return compare(name, _version(old), _version(new), severities)


def _version(described: Described | None) -> Version | None:
    if described is None:
        return None
    return Version(described.client, described.lock, ledger_of(described.problems, described.client))
