"""`pillarbox generate`: write or update clients.

A client of which no input has changed is left alone: neither its spec nor any stage of the pipeline is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import console
from .parameters import (
    AllowMissingRefs,
    Clients,
    Config,
    Environments,
    Json,
    OptionalSpec,
    Output,
    Package,
    Project,
    Quiet,
)
from .progress import Stages

if TYPE_CHECKING:
    from ..api.generate import Generated
    from ..api.up_to_date import UpToDate
    from ..config import ClientSettings

__all__ = ["GenerateOptions", "generate", "generate_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateOptions:
    """How clients are generated, whichever they are."""

    force: bool = False
    strict: bool = False
    verbose: bool = False
    json: bool = False
    quiet: bool = False


def generate(
    spec: OptionalSpec = None,
    output: Output = None,
    package: Package = None,
    project: Project = False,
    environment: Environments = None,
    client: Clients = None,
    config: Config = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that were edited by hand.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing and exit with 1 if there is a new loss.")
    ] = False,
    allow_missing_refs: AllowMissingRefs = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Generate again after each change, until Ctrl-C.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print every problem, not one of each kind.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write or update clients."""
    from .client_selection import Choice, chosen

    choice = Choice(
        spec=spec,
        output=output,
        package=package,
        project=project,
        clients=tuple(client or ()),
        config=config,
        environments=tuple(environment or ()),
        allow_missing_refs=allow_missing_refs,
    )
    options = GenerateOptions(force=force, strict=strict, verbose=verbose, json=json, quiet=quiet)
    if watch:
        from .watch import watch as watch_files

        watch_files(lambda: chosen(choice), lambda clients: generate_all(clients, options), config)
    elif not generate_all(chosen(choice), options):
        raise typer.Exit(1)


def generate_all(clients: Sequence["ClientSettings"], options: GenerateOptions) -> bool:
    """Write or update clients, and print what was done; False if one of them was not written."""
    from ..api.up_to_date import up_to_date

    # --force trusts no record, and --json reports on the spec as well.
    skips = not options.force and not options.json
    current = {client.name: found for client in clients if skips and (found := up_to_date(client))}
    todo = [client for client in clients if client.name not in current]
    if not options.quiet:
        for found in current.values():
            _say_up_to_date(found)
    return not todo or _generate(todo, options)


def _generate(clients: Sequence["ClientSettings"], options: GenerateOptions) -> bool:
    from ..api.generate import generate_client
    from .report import say_problems

    results: list[Generated] = []
    with Stages(len(clients), quiet=options.quiet or options.json) as stages:
        for number, client in enumerate(clients):
            progress = stages.of(client.name, number)
            results.append(
                generate_client(client, force=options.force, strict=options.strict, progress=progress)
            )
    for result in results:
        say_problems(result.built.problems, every=options.verbose)
        _say_notices(result)
        if not options.quiet and not options.json:
            _say_generated(result)
    if options.json:
        console.write_json({"clients": [_data(result) for result in results]})
    return all(result.report is not None for result in results)


def _say_up_to_date(found: "UpToDate") -> None:
    from ..output.files import LEDGER

    client = found.client
    console.say(f"{client.name}: 0 files written, {found.files:,} unchanged in {client.output}")
    losses = f"; losses are listed in {client.output / LEDGER}" if found.losses else ""
    console.say(f"  nothing has changed since the last run{losses}")


def _say_notices(result: "Generated") -> None:
    """What the user must know of one client, quiet or not."""
    client, report = result.client, result.report
    for repair in result.repairs:
        console.complain(repair)
    if report is None:
        for entry in result.refused:
            site = f" at {entry.at}" if entry.at else ""
            console.complain(f"{client.name}: new: {entry.code}{site}: {entry.message}")
        losses = "1 new loss" if len(result.refused) == 1 else f"{len(result.refused):,} new losses"
        console.complain(
            f"{client.name}: nothing written: --strict found {losses}; run without --strict to accept "
            + ("it" if len(result.refused) == 1 else "them")
        )
        return
    if report.recovered is not None:
        console.complain(f"{client.output}: an interrupted run was completed first")
    for path in report.kept:
        console.complain(f"{client.output / path}: no longer generated, but kept: it was edited by hand")


def _say_generated(result: "Generated") -> None:
    """What happened to one client, and where to look."""
    from .report import costly, operations_text

    client, built, report = result.client, result.built, result.report
    if report is None:
        return
    files = f"{console.counted(len(report.written), 'file')} written, {len(report.unchanged):,} unchanged"
    if report.removed:
        files += f", {len(report.removed):,} removed"
    problems = console.counted(len(costly(built.problems)), "problem")
    secrets = console.counted(built.read.redacted, "secret")
    console.say(f"{client.name}: {files} in {client.output}")
    console.say(f"  {operations_text(built)}, {problems}, {secrets} replaced by placeholders")
    page = client.output / (built.client.package if client.project else "") / "API.md"
    console.say(f"  look first at {page}")


def _data(result: "Generated") -> dict[str, Any]:
    """A generated client as data."""
    from .report import client_json

    report = result.report
    return client_json(result.client, result.built) | {
        "wrote": report is not None,
        "written": list(report.written) if report else [],
        "unchanged": len(report.unchanged) if report else 0,
        "removed": list(report.removed) if report else [],
        "kept": list(report.kept) if report else [],
    }
