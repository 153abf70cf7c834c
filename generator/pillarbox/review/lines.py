"""A review as lines for a terminal. Text of a spec is in them: the command makes them printable."""

from collections.abc import Iterator, Sequence

from .changes import Change, Review
from .checks import Severity
from .grouping import Fold, folded, shortened

__all__ = ["counted", "headline", "review_lines"]

_MEMBERS = 12
_HEADINGS = {
    Severity.BREAKING: "Breaking",
    Severity.MAYBE: "Maybe breaking",
    Severity.COMPATIBLE: "Compatible",
    Severity.DOCS: "Words, examples and order",
}


def counted(number: int, noun: str) -> str:
    """`1 change`, `2 changes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def headline(review: Review) -> str:
    """`2 breaking, 5 compatible; suggested version: major`."""
    counts = [(len(review.of(severity)), severity.value) for severity in Severity]
    summary = ", ".join(f"{count:,} {name}" for count, name in counts if count)
    return (
        f"{summary}; suggested version bump: {review.bump.value}"
        if summary
        else "nothing changes for callers"
    )


def review_lines(review: Review, *, verbose: bool = False) -> Iterator[str]:
    """The review: the worst first, changes with the same text as one, words and order counted unless `verbose`."""
    yield f"{review.client}: {headline(review)}"
    for severity in Severity:
        changes = review.of(severity)
        if not changes:
            continue
        yield ""
        yield f"{_HEADINGS[severity]} ({len(changes):,})"
        if severity is Severity.DOCS and not verbose:
            yield f"  {', '.join(_counts(changes))}"
            continue
        if verbose:
            for change in changes:
                yield from _one(change)
        else:
            for fold in folded(changes):
                yield from _fold(fold)


def _counts(changes: Sequence[Change]) -> Iterator[str]:
    for fold in _by_check(changes):
        yield f"{fold[0].check.title}: {len(fold):,}"


def _by_check(changes: Sequence[Change]) -> list[list[Change]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.check.id, []).append(change)
    return list(groups.values())


def _code(text: str) -> str:
    return f"`{shortened(text)}`"


def _one(change: Change) -> Iterator[str]:
    text = change.check.text.format(old=_code(change.old), new=_code(change.new))
    yield f"  {change.symbol} {text}  [{change.check.id}]"
    if change.check.hint:
        yield f"      {change.check.hint}"
    if change.reaches:
        yield f"      reaches {_names(change.reaches)}"
    yield f"      {change.origin}"


def _fold(fold: Fold) -> Iterator[str]:
    if fold.single is not None:
        yield from _one(fold.single)
        return
    check = fold.check
    yield f"  {_names(fold.holders)}: {check.title}: {_names(fold.members)}  [{check.id}, {len(fold.changes):,}]"
    if check.hint:
        yield f"      {check.hint}"
    yield f"      {fold.changes[0].origin}"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MEMBERS])
    return f"{shown} and {len(names) - _MEMBERS:,} more" if len(names) > _MEMBERS else shown
