"""A review as entries of a changelog: what callers should know, in the order in which they care."""

from collections.abc import Iterator, Sequence

from ..text.markdown import MarkdownText, code_span, inline, plain, sentence
from .changes import Review
from .checks import Severity
from .grouping import Fold, folded

__all__ = ["changelog"]

_BREAKING = MarkdownText("### Breaking\n")
_MAYBE = MarkdownText("### Worth a look\n")
_ADDED = MarkdownText("### Added\n")
_CHANGED = MarkdownText("### Changed\n")
_DOCS = MarkdownText("### Documentation\n")
_LINE = MarkdownText("\n")


def changelog(review: Review, *, heading: bool) -> MarkdownText:
    """The entries; `heading` puts the client's name above them, where there are several."""
    parts: list[MarkdownText] = []
    if heading:
        parts.append(MarkdownText("## {}\n").format(plain(review.client)))
    compatible = folded(review.of(Severity.COMPATIBLE))
    for title, folds in (
        (_BREAKING, folded(review.of(Severity.BREAKING))),
        (_MAYBE, folded(review.of(Severity.MAYBE))),
        (_ADDED, [fold for fold in compatible if fold.check.adds]),
        (_CHANGED, [fold for fold in compatible if not fold.check.adds]),
    ):
        if folds:
            parts += [title, *map(_entry, folds), MarkdownText("")]
    if words := review.of(Severity.DOCS):
        parts += [_DOCS, MarkdownText("- {} changes in words, examples or order.").format(len(words))]
    if not review.changes:
        parts.append(MarkdownText("Nothing changes for callers."))
    return _LINE.join(parts)


def _names(names: Sequence[str]) -> MarkdownText:
    return MarkdownText(", ").join(map(code_span, names))


def _entry(fold: Fold) -> MarkdownText:
    change = fold.single
    if change is None:
        head = MarkdownText("- {}: {}: {}.").format(
            _names(fold.holders), plain(fold.check.title), _names(fold.members)
        )
    else:
        head = MarkdownText("- {} {}.").format(
            code_span(change.symbol), sentence(fold.check.text, {"old": change.old, "new": change.new})
        )
    return MarkdownText(" ").join((head, *_hint(fold)))


def _hint(fold: Fold) -> Iterator[MarkdownText]:
    if fold.check.hint:
        yield inline(fold.check.hint)
