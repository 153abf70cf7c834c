"""Compare two versions of a client, neither of which is rendered."""

from collections.abc import Mapping

from ..config import ClientSettings
from ..lock.claims import Lock
from ..model.problems import Origin, SpecError
from ..pipeline import Planned, Progress, plan
from ..review.changes import Review
from ..review.checks import Check, Severity
from ..review.compare import compare
from ..review.matching import Version
from ..views.losses import ledger_of

__all__ = ["plan_client", "review_of"]


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
