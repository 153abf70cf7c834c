"""Reviews as data for programs. Fields may be added; none is renamed or removed without a new version."""

from typing import Any

from .changes import Change, Review
from .checks import Severity

__all__ = ["review_data"]


def review_data(review: Review) -> dict[str, Any]:
    """One client's review."""
    return {
        "client": review.client,
        "old": review.old,
        "new": review.new,
        "bump": review.bump.value,
        "counts": {severity.value: len(review.of(severity)) for severity in Severity},
        "changes": [_change(change) for change in review.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "check": change.check.id,
        "severity": change.severity.value,
        "symbol": change.symbol,
        "message": change.check.text.format(old=f"`{change.old}`", new=f"`{change.new}`"),
        "hint": change.check.hint,
        "old": change.old,
        "new": change.new,
        "reaches": list(change.reaches),
        "side": change.side.value,
        "file": change.origin.file,
        "pointer": change.origin.pointer,
    }
