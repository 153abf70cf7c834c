"""`pillarbox diff`: show what changes for callers between two versions of a spec."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from . import console
from .parameters import Clients, Config, Quiet
from .progress import Stages

if TYPE_CHECKING:
    from ..lock.claims import Lock
    from ..model.problems import Origin
    from ..pipeline import Described
    from ..review.changes import Review
    from ..review.checks import Check, Severity
    from .compared_specs import Comparison, Request, Source

__all__ = ["diff"]


class Form(Enum):
    """The format of the output."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    ANNOTATIONS = "annotations"


class FailOn(Enum):
    """The mildest severity that makes the exit code 1."""

    BREAKING = "breaking"
    MAYBE = "maybe"


def diff(
    old: Annotated[
        str,
        typer.Argument(
            help="A Postman collection or an OpenAPI document, REV:path, or a revision such as `main...` "
            "for configured clients."
        ),
    ] = "HEAD",
    new: Annotated[
        str | None,
        typer.Argument(help="A Postman collection or an OpenAPI document, or REV:path.", show_default=False),
    ] = None,
    client: Clients = None,
    config: Config = None,
    form: Annotated[Form, typer.Option("--format", help="Format of the output.")] = Form.TEXT,
    changelog: Annotated[
        bool, typer.Option("--changelog", help="Print entries for a changelog, in Markdown.")
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit with 1 on breaking changes, or on `maybe` too.", show_default=False),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Text: each change by itself.")] = False,
    quiet: Quiet = False,
) -> None:
    """Show what changes for callers between two versions of a spec."""
    from .compared_specs import Request

    request = Request(old, new, tuple(client or ()), config)
    with Stages(2, quiet=quiet or form is not Form.TEXT) as stages:
        found = _reviews(request, stages)
    if changelog:
        _say_changelog(found)
    else:
        _say(found, form, verbose=verbose)
    if fail_on is not None and _fails(found, fail_on):
        raise typer.Exit(1)


def _reviews(request: "Request", stages: Stages) -> "tuple[Review, ...]":
    """The reviews of all clients that the arguments select."""
    from .compared_specs import comparisons

    severities = _severities(request.config)
    with comparisons(request) as found:
        return tuple(
            _review(comparison, severities, stages, 2 * number) for number, comparison in enumerate(found)
        )


def _severities(config: Path | None) -> "Mapping[Check, Severity]":
    from ..config import ConfigError
    from ..review.checks import BY_ID, Severity
    from .client_selection import configuration

    settings = configuration(config)
    if settings is None:
        return {}
    chosen: dict[Check, Severity] = {}
    for name, severity in settings.severities:
        if name not in BY_ID:
            close = difflib.get_close_matches(name, BY_ID, 1, 0.5)
            hint = f'; did you mean "{close[0]}"?' if close else ": `pillarbox docs review` lists them"
            raise ConfigError(f"{settings.source}: diff.severity.{name}: there is no such check{hint}")
        chosen[BY_ID[name]] = Severity(severity)
    return chosen


def _review(
    comparison: "Comparison", severities: "Mapping[Check, Severity]", stages: Stages, number: int
) -> "Review":
    from ..api.diff import review_of
    from ..lock.claims import Lock

    name, old, new = comparison.name, comparison.old, comparison.new
    before = after = None
    if old is not None:
        before = _described(old, old.lock or Lock(), stages.of(name, number))
    if new is not None:
        # Without a lock of its own, the new version has the names of the old one.
        lock = new.lock or (before.lock if before is not None else Lock())
        after = _described(new, lock, stages.of(name, number + 1))
    review = review_of(name, before, after, severities)
    return replace(
        review,
        old=_file(review.old, old, new),
        new=_file(review.new, old, new),
        changes=tuple(replace(change, origin=_shown(change.origin, old, new)) for change in review.changes),
    )


def _described(source: "Source", lock: "Lock", progress: Callable[[str], None]) -> "Described":
    from ..api.diff import describe_client
    from ..config import ConfigError
    from ..lock.claims import LockError
    from ..model.problems import SpecError
    from ..output.files import OutputError

    try:
        return describe_client(source.settings, lock, progress=progress)
    except SpecError as error:
        raise SpecError(source.shown(error.message), _shown(error.origin, source)) from None
    except (ConfigError, LockError, OutputError) as error:
        raise type(error)(source.shown(str(error))) from None


def _shown(origin: "Origin", *sources: "Source | None") -> "Origin":
    """An origin with the revision instead of the folder of its copies."""
    return replace(origin, file=_file(origin.file, *sources))


def _file(file: str, *sources: "Source | None") -> str:
    for source in sources:
        file = source.shown(file) if source is not None else file
    return file


def _say_changelog(found: "Sequence[Review]") -> None:
    from ..review.changelog import changelog

    console.say("\n\n".join(str(changelog(review, heading=len(found) > 1)) for review in found))


def _say(found: "Sequence[Review]", form: Form, *, verbose: bool) -> None:
    """Print the reviews to stdout."""
    from ..review.annotations import annotations
    from ..review.data import review_data
    from ..review.lines import review_lines
    from ..review.markdown import comment

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


def _lines(review: "Review") -> Mapping[str, int]:
    """Line numbers in the new spec, if it is a file of the working tree."""
    from ..review.json_lines import lines_in

    try:
        text = Path(review.new).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return {}
    return lines_in(text, (change.origin.pointer for change in review.changes))


def _fails(found: "Sequence[Review]", limit: FailOn) -> bool:
    """Whether a review holds a change of the severity that is not allowed, or a worse one."""
    from ..review.checks import Severity

    allowed = Severity(limit.value).rank
    return any(review.worst is not None and review.worst.rank <= allowed for review in found)
