"""What several commands print of a client: sentences for people, JSON for programs."""

from collections.abc import Iterable
from typing import Any

from ..config import ClientSettings
from ..model.problems import Origin, Problem, Severity
from ..pipeline import Built
from ..views.losses import Entry
from ..views.statistics import statistics_of
from .console import complain, counted

__all__ = ["client_json", "costly", "error_json", "operations_text", "problem_json", "say_problems"]


def costly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems because of which the client lacks something that the spec describes."""
    return tuple(problem for problem in problems if problem.severity is not Severity.NOTE)


def say_problems(problems: Iterable[Problem], *, every: bool) -> None:
    """One line for each kind, with its first place, or for every problem; notes are only listed by `inspect`."""
    kinds: dict[str, list[Problem]] = {}
    for problem in costly(problems):
        kinds.setdefault(problem.code, []).append(problem)
    for code, found in kinds.items():
        if every or len(found) == 1:
            for problem in found:
                complain(str(problem))
        else:
            complain(f"{len(found):,} x {code}, first at {found[0]}")
    if not every and any(len(found) > 1 for found in kinds.values()):
        complain("every problem: --verbose, or `pillarbox inspect SPEC`")


def operations_text(built: Built) -> str:
    """`3 operations`, or `2 of 3 operations` where some could not be generated."""
    read, count = built.read, len(built.client.methods)
    if read.requests > count:
        return f"{count:,} of {counted(read.requests, 'operation')}"
    return counted(count, "operation")


def _origin_json(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file, "pointer": origin.pointer, "line": origin.line}


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as data."""
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        **_origin_json(problem.origin),
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "code": entry.code,
        "message": entry.message,
        "severity": entry.severity.value,
        "count": entry.count,
    }


def client_json(client: ClientSettings, built: Built) -> dict[str, Any]:
    """What is common to a generated client and a compared one, as data."""
    statistics = statistics_of(built.client)
    return {
        "name": client.name,
        "spec": str(client.spec),
        "output": str(client.output),
        "package": built.client.package,
        "operations": len(built.client.methods),
        "requests": built.read.requests,
        "secrets_replaced": built.read.redacted,
        "fields": statistics.fields,
        "untyped_fields": statistics.untyped,
        "problems": [problem_json(problem) for problem in built.problems],
        "ledger": [_entry_json(entry) for entry in built.losses.entries],
    }


def error_json(message: str, origin: Origin | None = None) -> dict[str, Any]:
    """An input that could not be used, as data."""
    return {"error": {"message": message, **(_origin_json(origin) if origin is not None else {})}}
