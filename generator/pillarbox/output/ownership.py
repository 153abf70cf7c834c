"""Who wrote the file at a path that we want to write: we, a formatter, or somebody else."""

from enum import Enum

from .content_hash import digest, is_python, lf, outline, same_code
from .files import LEDGER, LOCK, MANIFEST
from .manifest import Record, same_but_version

__all__ = ["Verdict", "is_ours", "judge"]


class Verdict(Enum):
    """How the file on disk relates to the one that we would write."""

    MISSING = "missing"
    SAME = "same"
    """Equal, line ends apart; of manifests, the version of pillarbox too."""
    FORMATTED = "formatted"
    """Python of the same meaning: a formatter ran over it, or comments differ."""
    OURS = "ours"
    """What we wrote last time, perhaps formatted since: free to be replaced."""
    EDITED = "edited"
    """We wrote it and somebody changed it."""
    FOREIGN = "foreign"
    """We never wrote it."""


def is_ours(path: str, now: bytes, record: Record) -> bool:
    """Whether a file still is what we wrote, formatting apart."""
    return digest(now) == record.sha256 or (is_python(path) and outline(now) == record.outline)


def judge(path: str, now: bytes | None, new: bytes, record: Record | None) -> Verdict:
    """Judge the content of a path; `record` is its entry in the manifest on disk."""
    if now is None:
        return Verdict.MISSING
    if now == new or lf(now) == lf(new):
        return Verdict.SAME
    if path in (LEDGER, LOCK, MANIFEST):
        # Records, which merges change too.
        return Verdict.SAME if path == MANIFEST and same_but_version(now, new) else Verdict.OURS
    if record is not None and digest(now) == record.sha256:
        return Verdict.OURS
    if is_python(path) and same_code(now, new):
        return Verdict.FORMATTED
    if record is None:
        return Verdict.FOREIGN
    # Where we wrote this very text before, the code was just compared exactly: the outline knows less.
    if record.sha256 != digest(new) and is_ours(path, now, record):
        return Verdict.OURS
    return Verdict.EDITED
