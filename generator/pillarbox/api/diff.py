"""Compare two versions of a client, neither of which is rendered."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..config import ClientSettings
from ..lock.claims import Lock
from ..model.problems import Origin, SpecError
from ..pipeline import Planned, Progress, plan
from ..review.changes import Review
from ..review.checks import Check, Severity
from ..review.compare import compare
from ..review.matching import Version
from ..views.losses import ledger_of
from .previous_run import read_lock
from .settings import client_settings

__all__ = ["diff", "plan_client", "review_of"]


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
    before = plan_client(replace(settings, spec=Path(old)), lock)
    after = plan_client(replace(settings, spec=Path(new)), lock if lock.entries else before.lock)
    return review_of(settings.name, before, after, {})


def plan_client(client: ClientSettings, lock: Lock, *, progress: Progress = lambda stage: None) -> Planned:
    """One version of a client. Raises as `pipeline.plan`."""
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    return plan(client.spec, client, lock, progress=progress)


def review_of(
    name: str, old: Planned | None, new: Planned | None, severities: Mapping[Check, Severity]
) -> Review:
    """What changes for callers of the client `name`; a version is None if there was no such client then.

    `severities` replaces those that checks have by themselves.
    """
    return compare(name, _version(old), _version(new), severities)


def _version(planned: Planned | None) -> Version | None:
    if planned is None:
        return None
    ledger = ledger_of(planned.problems, planned.package.operations)
    return Version(planned.read.api, planned.package.surface, planned.lock, ledger)
