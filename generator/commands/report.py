"""What a run says: sentences for people, JSON for programs. Text of a spec is made safe for a terminal first."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from ..model.problems import Origin, Problem
from .run import Checked, Generated, Pruned, costly

__all__ = [
    "VERSION",
    "checked_json",
    "complain",
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
    "write_text",
]

VERSION = 1
"""Of the JSON: fields may be added, none is renamed or removed without a new number."""


def printable(text: str) -> str:
    """One line without anything that a terminal would obey."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def say(text: str = "") -> None:
    """A line to stdout, whatever its encoding can hold."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """A line to stderr."""
    _write(sys.stderr, printable(text))


def _write(stream: Any, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def write_text(text: str) -> None:
    """A finished text, byte for byte in UTF-8: source code means the same whatever the terminal holds."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode("utf-8"))
        binary.flush()


def write_json(data: dict[str, Any]) -> None:
    """One JSON document to stdout, in ASCII."""
    say(json.dumps({"version": VERSION, **data}, indent=2, ensure_ascii=True))


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


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
        problems = counted(len(costly(result.built.problems)), "problem")
        complain(f"{client.name}: nothing written: {problems}, and --strict allows none")
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


def say_checked(result: Checked, *, quiet: bool) -> None:
    """Whether one client is current, and the difference."""
    found = result.comparison
    if found.current:
        if quiet:
            return
        say(f"{result.client.name}: current ({_operations(result)} in {result.client.output})")
        return
    for line in found.diff():
        say(line)
    if found.broken:
        complain(f"{result.client.output}: {found.broken}")
    counts = (
        ("changed", len(found.stale)),
        ("missing", len(found.missing)),
        ("no longer generated", len(found.extra)),
        ("edited by hand", len(found.edited)),
        ("in the way", len(found.foreign)),
    )
    text = ", ".join(f"{count:,} {what}" for what, count in counts if count) or "records are broken"
    complain(f"{result.client.name}: stale: {text} in {result.client.output}: run `pillarbox generate`")


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


def checked_json(result: Checked) -> dict[str, Any]:
    """A compared client as data."""
    found = result.comparison
    return _client_json(result) | {
        "current": found.current,
        "stale": list(found.stale),
        "missing": list(found.missing),
        "extra": list(found.extra),
        "edited": [edit.path for edit in found.edited],
        "foreign": [edit.path for edit in found.foreign],
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
