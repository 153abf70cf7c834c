"""`pillarbox diff`: build both versions of each client, compare them, say it in the format that was asked for."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import assert_never

from ..config import ConfigError
from ..lock.claims import Lock, LockError
from ..model.problems import Origin, SpecError
from ..output.files import OutputError
from ..pipeline import Planned, plan
from ..review.annotations import annotations
from ..review.changelog import changelog
from ..review.changes import Review
from ..review.checks import BY_ID, Check, Severity
from ..review.compare import compare
from ..review.data import review_data
from ..review.json_lines import lines_in
from ..review.lines import review_lines
from ..review.markdown import comment
from ..review.matching import Version
from ..views.losses import ledger_of
from . import console
from .client_selection import configuration
from .compared_specs import Comparison, Request, Source, comparisons

__all__ = ["FailOn", "Form", "Request", "fails", "reviews", "say"]

Progress = Callable[[str, int, str], None]
"""Told the client, how many builds were before, and the stage."""


class Form(Enum):
    """How a review is said."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    ANNOTATIONS = "annotations"


class FailOn(Enum):
    """The mildest severity that makes the exit code 1."""

    BREAKING = "breaking"
    MAYBE = "maybe"


def reviews(request: Request, progress: Progress) -> tuple[Review, ...]:
    """The reviews of all clients that were asked for.

    Raises:
        ConfigError, SpecError, LockError, OutputError, RevisionError: one of both sides cannot be built.
    """
    severities = _severities(request.config)
    with comparisons(request) as found:
        return tuple(
            _review(comparison, severities, 2 * number, progress) for number, comparison in enumerate(found)
        )


def _severities(config: Path | None) -> Mapping[Check, Severity]:
    settings = configuration(config)
    if settings is None:
        return {}
    chosen: dict[Check, Severity] = {}
    for name, severity in settings.severities:
        if name not in BY_ID:
            close = difflib.get_close_matches(name, BY_ID, 1, 0.5)
            hint = f'; did you mean "{close[0]}"?' if close else ": see docs/review.md"
            raise ConfigError(f"{settings.source}: diff.severity.{name}: there is no such check{hint}")
        chosen[BY_ID[name]] = Severity(severity)
    return chosen


def _review(
    comparison: Comparison, severities: Mapping[Check, Severity], number: int, progress: Progress
) -> Review:
    name, old, new = comparison.name, comparison.old, comparison.new
    before = after = None
    if old is not None:
        before = _planned(old, old.lock or Lock(), lambda stage: progress(name, number, stage))
    if new is not None:
        # Without a lock of its own, the new version has the names of the old one.
        lock = new.lock or (before.lock if before is not None else Lock())
        after = _planned(new, lock, lambda stage: progress(name, number + 1, stage))
    review = compare(name, _version(before), _version(after), severities)
    return replace(
        review,
        old=_file(review.old, old, new),
        new=_file(review.new, old, new),
        changes=tuple(replace(change, origin=_shown(change.origin, old, new)) for change in review.changes),
    )


def _planned(source: Source, lock: Lock, progress: Callable[[str], None]) -> Planned:
    if not source.settings.spec.exists():
        raise SpecError("there is no such file", Origin(str(source.settings.spec)))
    try:
        return plan(source.settings.spec, source.settings, lock, progress=progress)
    except SpecError as error:
        raise SpecError(source.shown(error.message), _shown(error.origin, source)) from None
    except (ConfigError, LockError, OutputError) as error:
        raise type(error)(source.shown(str(error))) from None


def _version(built: Planned | None) -> Version | None:
    if built is None:
        return None
    ledger = ledger_of(built.problems, built.package.operations)
    return Version(built.read.api, built.package.surface, built.lock, ledger)


def _shown(origin: Origin, *sources: Source | None) -> Origin:
    """An origin with the revision in place of the folder of its copies."""
    return replace(origin, file=_file(origin.file, *sources))


def _file(file: str, *sources: Source | None) -> str:
    for source in sources:
        file = source.shown(file) if source is not None else file
    return file


def say(found: Sequence[Review], form: Form, *, as_changelog: bool, verbose: bool) -> None:
    """Print the reviews to stdout."""
    if as_changelog:
        console.say("\n\n".join(str(changelog(review, heading=len(found) > 1)) for review in found))
        return
    match form:
        case Form.TEXT:
            for number, review in enumerate(found):
                if number:
                    console.say()
                for line in review_lines(review, verbose=verbose):
                    console.say(console.printable(line))
        case Form.MARKDOWN:
            console.say(str(comment(found)))
        case Form.JSON:
            console.write_json({"reviews": [review_data(review) for review in found]})
        case Form.ANNOTATIONS:
            for review in found:
                for line in annotations(review, _lines(review)):
                    console.say(str(line))
        case _:
            assert_never(form)


def _lines(review: Review) -> Mapping[str, int]:
    """Lines of the new spec, where it is a file of the working tree."""
    try:
        text = Path(review.new).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return {}
    return lines_in(text, (change.origin.pointer for change in review.changes))


def fails(found: Sequence[Review], limit: FailOn | None) -> bool:
    """Whether a review holds a change of the severity that is not allowed, or a worse one."""
    if limit is None:
        return False
    allowed = Severity(limit.value).rank
    return any(review.worst is not None and review.worst.rank <= allowed for review in found)
