"""What a run says: sentences for people, JSON for programs. Text of a spec is made safe for a terminal first."""

from collections.abc import Iterable
from typing import Any

from ..api.generate import Checked, Generated, Pruned, costly
from ..model.problems import Origin, Problem
from ..views.losses import Entry
from .console import complain, counted, printable, say, write_json

__all__ = [
    "checked_json",
    "complain",
    "entry_json",
    "error_json",
    "generated_json",
    "printable",
    "problem_json",
    "pruned_json",
    "say",
    "say_checked",
    "say_generated",
    "say_notices",
    "say_problems",
    "say_pruned",
    "write_json",
]


def say_problems(problems: Iterable[Problem]) -> None:
    """One line each; notes are counted in the summary and listed by `inspect`."""
    for problem in costly(tuple(problems)):
        complain(str(problem))


def _operations(result: Generated | Checked) -> str:
    read, count = result.built.read, len(result.built.package.operations)
    if read.requests > count:
        return f"{count:,} of {counted(read.requests, 'operation')}"
    return counted(count, "operation")


def say_notices(result: Generated) -> None:
    """What the user must know of one client, quiet or not."""
    client, report = result.client, result.report
    for repair in result.repairs:
        complain(repair)
    if report is None:
        for entry in result.refused:
            complain(
                f"{client.name}: new: {entry.code}{f' at {entry.at}' if entry.at else ''}: {entry.message}"
            )
        new = "1 entry is new" if len(result.refused) == 1 else f"{len(result.refused):,} entries are new"
        complain(
            f"{client.name}: nothing written: {new} in the ledger, and --strict refuses them: "
            "generate without it to accept them"
        )
        return
    if report.recovered is not None:
        complain(f"{client.output}: an interrupted run was ended first")
    for path in report.kept:
        complain(f"{client.output / path}: no longer generated, but kept: it was edited by hand")


def say_generated(result: Generated) -> None:
    """What happened to one client, and where to look."""
    client, built, report = result.client, result.built, result.report
    if report is None:
        return
    files = f"{counted(len(report.written), 'file')} written, {len(report.unchanged):,} unchanged"
    if report.removed:
        files += f", {len(report.removed):,} removed"
    problems = counted(len(costly(built.problems)), "problem")
    say(f"{client.name}: {files} in {client.output}")
    say(
        f"  {_operations(result)}, {problems}, {counted(built.read.redacted, 'secret')} replaced by placeholders"
    )
    say(f"  look first at {client.output / (built.package.name if client.project else '') / 'API.md'}")


def say_checked(result: Checked, command: str, *, quiet: bool) -> None:
    """Whether one client is current, the difference, whose work is in the way, and what to type."""
    found, output = result.comparison, result.client.output
    if found.current:
        if quiet:
            return
        say(f"{result.client.name}: current ({_operations(result)} in {output})")
        return
    for line in found.diff():
        say(line)
    if found.broken:
        complain(f"{output}: {found.broken}")
    for edit in found.edited:
        complain(f"{output / edit.path}:{edit.line}: edited by hand")
    for edit in found.foreign:
        complain(f"{output / edit.path}:{edit.line}: not written by pillarbox, but in the way")
    counts = (
        ("changed", len(found.stale)),
        ("missing", len(found.missing)),
        ("no longer generated", len(found.extra)),
        ("edited by hand", len(found.edited)),
        ("in the way", len(found.foreign)),
    )
    text = ", ".join(f"{count:,} {what}" for what, count in counts if count) or "records are broken"
    first = "move those changes away, then " if found.edited or found.foreign else ""
    complain(f"{result.client.name}: stale: {text} in {output}: {first}run `{command}`")


def say_pruned(result: Pruned) -> None:
    """What a lock forgot."""
    for name in result.removed:
        say(f"  {name}")
    say(f"{result.name}: {counted(len(result.removed), 'retired name')} forgotten")


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


def entry_json(entry: Entry) -> dict[str, Any]:
    """A line of the ledger as data."""
    return {
        "at": entry.at,
        "code": entry.code,
        "message": entry.message,
        "severity": entry.severity.value,
        "count": entry.count,
    }


def _client_json(result: Generated | Checked) -> dict[str, Any]:
    client, built = result.client, result.built
    return {
        "name": client.name,
        "spec": str(client.spec),
        "output": str(client.output),
        "package": built.package.name,
        "operations": len(built.package.operations),
        "requests": built.read.requests,
        "secrets_replaced": built.read.redacted,
        "fields": built.statistics.fields,
        "untyped_fields": built.statistics.untyped,
        "problems": [problem_json(problem) for problem in built.problems],
        "ledger": [entry_json(entry) for entry in built.ledger.entries],
    }


def generated_json(result: Generated) -> dict[str, Any]:
    """A generated client as data."""
    report = result.report
    return _client_json(result) | {
        "wrote": report is not None,
        "written": list(report.written) if report else [],
        "unchanged": len(report.unchanged) if report else 0,
        "removed": list(report.removed) if report else [],
        "kept": list(report.kept) if report else [],
    }


def checked_json(result: Checked, command: str) -> dict[str, Any]:
    """A compared client as data."""
    found = result.comparison
    return _client_json(result) | {
        "current": found.current,
        "stale": list(found.stale),
        "missing": list(found.missing),
        "extra": list(found.extra),
        "edited": [edit.path for edit in found.edited],
        "foreign": [edit.path for edit in found.foreign],
        "lines": {edit.path: edit.line for edit in (*found.edited, *found.foreign)},
        "command": command,
        "formatting": list(found.formatting),
        "broken": found.broken,
        "diff": "".join(f"{line}\n" for line in found.diff()),
    }


def pruned_json(result: Pruned) -> dict[str, Any]:
    """A pruned lock as data."""
    return {"name": result.name, "output": str(result.output), "forgotten": list(result.removed)}


def error_json(message: str, origin: Origin | None = None) -> dict[str, Any]:
    """An input that could not be used, as data."""
    return {"error": {"message": message, **(_origin_json(origin) if origin is not None else {})}}
