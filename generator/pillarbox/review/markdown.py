"""Reviews as one comment of a pull request: short first, the rest folded, never longer than GitHub takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..text.markdown import MarkdownText, code_span, inline, plain, sentence
from .changes import Bump, Change, Review, Side
from .checks import Severity
from .grouping import Fold, folded, shortened

__all__ = ["LIMIT", "MARKER", "comment"]

MARKER = MarkdownText("<!-- pillarbox-diff -->")
"""The first line of every comment: by it, the next run finds the one that it is to update."""

LIMIT = 65_000
"""Bytes of UTF-8. GitHub takes 65,536 characters, and counts them in a way of its own."""

_MEMBERS = 12
_SHOWN_OPEN = 25
"""Lines about breaking or doubtful changes that are shown open; the others of them are folded."""

_SUMMARIES = {
    Severity.BREAKING: MarkdownText("{} more breaking"),
    Severity.MAYBE: MarkdownText("{} more that may break"),
    Severity.COMPATIBLE: MarkdownText("{} compatible"),
    Severity.DOCS: MarkdownText("{} in words, examples or order alone"),
}
_HEADINGS = {
    Severity.BREAKING: MarkdownText("**Breaking**"),
    Severity.MAYBE: MarkdownText("**May break**"),
}
_BUMPS = {
    Bump.MAJOR: MarkdownText("major"),
    Bump.MINOR: MarkdownText("minor"),
    Bump.PATCH: MarkdownText("patch"),
    Bump.NONE: MarkdownText("none"),
}
_WORDS = {
    Severity.BREAKING: MarkdownText("**{} breaking**"),
    Severity.MAYBE: MarkdownText("{} maybe"),
    Severity.COMPATIBLE: MarkdownText("{} compatible"),
    Severity.DOCS: MarkdownText("{} docs"),
}
_END = MarkdownText("\n")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that are shown or cut together with the frame around them."""

    rank: int
    """What is cut last has the lowest."""
    opening: MarkdownText
    lines: tuple[MarkdownText, ...]
    closing: MarkdownText | None


def _size(text: MarkdownText) -> int:
    return len(str(text).encode("utf-8")) + 1


def _names(names: Sequence[str]) -> MarkdownText:
    shown = MarkdownText(", ").join(code_span(shortened(name)) for name in names[:_MEMBERS])
    if len(names) <= _MEMBERS:
        return shown
    return MarkdownText("{} and {} more").format(shown, len(names) - _MEMBERS)


def _said(change: Change) -> MarkdownText:
    return sentence(change.check.text, {"old": shortened(change.old), "new": shortened(change.new)})


def _origin(review: Review, change: Change) -> MarkdownText:
    """Where the cause is. The files are named at the top; only another file is named here."""
    pointer = f"#{change.origin.pointer}"
    if change.origin.file == (review.old if change.side is Side.OLD else review.new):
        text = f"old {pointer}" if change.side is Side.OLD else pointer
    else:
        text = f"{change.origin.file}{pointer}"
    return code_span(shortened(text, 240))


def _line(review: Review, fold: Fold) -> MarkdownText:
    """One item of a list: what is so now; what to do, and where it comes from."""
    change = fold.single
    if change is not None:
        head = MarkdownText("- {} {}").format(code_span(shortened(change.symbol)), _said(change))
        reach = (
            MarkdownText("; reaches {}").format(_names(change.reaches))
            if change.reaches
            else MarkdownText("")
        )
    else:
        change = fold.changes[0]
        head = MarkdownText("- {}: {} × {}: {}").format(
            _names(fold.holders), len(fold.changes), plain(fold.check.title), _names(fold.members)
        )
        reach = MarkdownText("")
    hint = MarkdownText("{} ").format(inline(fold.check.hint)) if fold.check.hint else MarkdownText("")
    return MarkdownText("{}{}  \n  <sub>{}{}</sub>").format(head, reach, hint, _origin(review, change))


def _details(rank: int, summary: MarkdownText, lines: Iterable[MarkdownText]) -> _Block:
    return _Block(
        rank,
        MarkdownText("<details><summary>{}</summary>\n").format(summary),
        tuple(lines),
        MarkdownText("\n</details>\n"),
    )


def _open_and_folded(review: Review, severity: Severity, changes: Sequence[Change]) -> Iterator[_Block]:
    """The first lines open, the rest folded."""
    folds = folded(changes)
    shown, rest = folds[:_SHOWN_OPEN], folds[_SHOWN_OPEN:]
    heading = MarkdownText("{}\n").format(_HEADINGS[severity])
    yield _Block(severity.rank, heading, tuple(_line(review, fold) for fold in shown), MarkdownText(""))
    if rest:
        count = sum(len(fold.changes) for fold in rest)
        yield _details(
            severity.rank, _SUMMARIES[severity].format(count), (_line(review, fold) for fold in rest)
        )


def _words(changes: Sequence[Change]) -> Iterator[MarkdownText]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.check.id, []).append(change)
    for group in groups.values():
        names = [change.symbol for change in group]
        yield MarkdownText("- {} × {}: {}").format(len(group), plain(group[0].check.title), _names(names))


def _blocks(review: Review) -> Iterator[_Block]:
    counts = [_WORDS[severity].format(len(found)) for severity in Severity if (found := review.of(severity))]
    summary = MarkdownText(", ").join(counts) if counts else MarkdownText("nothing changes for callers")
    yield _Block(
        -1,
        MarkdownText("### {}: {}\n\nSuggested version bump: **{}**. Compared: {}\n").format(
            plain(review.client), summary, _BUMPS[review.bump], _compared(review)
        ),
        (),
        None,
    )
    for severity in (Severity.BREAKING, Severity.MAYBE):
        if changes := review.of(severity):
            yield from _open_and_folded(review, severity, changes)
    if changes := review.of(Severity.COMPATIBLE):
        summary = _SUMMARIES[Severity.COMPATIBLE].format(len(changes))
        yield _details(2, summary, (_line(review, fold) for fold in folded(changes)))
    if changes := review.of(Severity.DOCS):
        yield _details(3, _SUMMARIES[Severity.DOCS].format(len(changes)), _words(changes))


def _compared(review: Review) -> MarkdownText:
    sides = [
        code_span(shortened(file)) if file else MarkdownText("nothing") for file in (review.old, review.new)
    ]
    return MarkdownText(" → ").join(sides)


_CUT = MarkdownText("- … and {} more lines: a comment holds no more. `pillarbox diff` prints all of them.")


def _fitted(blocks: Sequence[_Block], limit: int) -> Iterator[MarkdownText]:
    """Blocks with as many of their lines as fit; the least important lose theirs first."""
    frames = sum(
        _size(block.opening) + _size(block.closing or MarkdownText("")) + _size(_CUT) + 12 for block in blocks
    )
    left = limit - frames
    kept: dict[int, int] = {}
    for number in sorted(range(len(blocks)), key=lambda number: blocks[number].rank):
        lines = blocks[number].lines
        kept[number] = 0
        for line in lines:
            left -= _size(line)
            if left < 0:
                break
            kept[number] += 1
        left = max(left, 0)
    for number, block in enumerate(blocks):
        yield block.opening
        yield from block.lines[: kept[number]]
        if cut := len(block.lines) - kept[number]:
            yield _CUT.format(cut)
        if block.closing is not None:
            yield block.closing


def comment(reviews: Sequence[Review]) -> MarkdownText:
    """One comment about all clients, with the marker by which the next run finds it."""
    title = MarkdownText("## What changes for callers\n")
    blocks = [block for review in reviews for block in _blocks(review)]
    limit = LIMIT - _size(MARKER) - _size(title)
    return _END.join((MARKER, title, *_fitted(blocks, limit)))
