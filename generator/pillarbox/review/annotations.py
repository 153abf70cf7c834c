"""A review as workflow commands of GitHub Actions, which show beside the lines of a pull request."""

from collections.abc import Iterator, Mapping

from ..text.workflow import WorkflowText, message, property_value
from .changes import Change, Review, Side
from .checks import Severity
from .grouping import shortened

__all__ = ["annotations"]

_COMMANDS = {
    Severity.BREAKING: WorkflowText("error"),
    Severity.MAYBE: WorkflowText("warning"),
    Severity.COMPATIBLE: WorkflowText("notice"),
}


def annotations(review: Review, lines: Mapping[str, int] | None = None) -> Iterator[WorkflowText]:
    """One command for each change that callers can notice. What is gone has no line in the new spec.

    `lines` are those of pointers into the new spec, as far as they are known.
    """
    for change in review.changes:
        command = _COMMANDS.get(change.severity)
        if command is not None:
            in_spec = change.side is Side.NEW and change.origin.file == review.new
            line = (lines or {}).get(change.origin.pointer) if in_spec else None
            yield _command(command, review.client, change, line)


def _command(command: WorkflowText, client: str, change: Change, line: int | None) -> WorkflowText:
    title = property_value(f"{client}: {change.check.title}")
    what = change.check.text.format(old=shortened(change.old), new=shortened(change.new))
    hint = f" {change.check.hint}" if change.check.hint else ""
    text = message(f"{change.symbol} {what}.{hint} ({change.origin})")
    if change.side is Side.OLD:
        return WorkflowText("::{} title={}::{}").format(command, title, text)
    file = property_value(change.origin.file)
    if line is None:
        return WorkflowText("::{} file={},title={}::{}").format(command, file, title, text)
    return WorkflowText("::{} file={},line={},title={}::{}").format(command, file, line, title, text)
