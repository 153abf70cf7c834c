"""The command line: arguments, exit codes, and nothing that a command does itself.

Exit codes: 0 done; 1 the answer is no (stale, problems under `--strict`); 2 the input or the arguments are wrong;
70 a bug of pillarbox. Heavy modules are imported by the command that needs them.
"""

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from .. import __version__
from .project import explain, init

__all__ = ["app", "main"]

_USAGE_ERROR: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError"
)
"""Typer has had its parser in two places; this is the same class in both."""

app = typer.Typer(
    name="pillarbox",
    help="Turn a Postman collection into a typed, documented Python client.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
lock_app = typer.Typer(help="The lock that keeps public names.", no_args_is_help=True)
app.add_typer(lock_app, name="lock")

_Spec = Annotated[
    Path | None,
    typer.Argument(help="A Postman collection, file or folder; all clients of pillarbox.toml without it."),
]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Folder of the package.", show_default=False)
]
_Package = Annotated[
    str | None, typer.Option(help="Import name [default: the output folder's].", show_default=False)
]
_Project = Annotated[bool, typer.Option("--project", help="Wrap the package for publishing.")]
_Client = Annotated[
    list[str] | None, typer.Option("--client", "-c", help="Only this client of pillarbox.toml; repeatable.")
]
_Environment = Annotated[
    list[Path] | None,
    typer.Option(
        "--environment", "-e", help="A Postman environment or globals file; repeatable, the strongest last."
    ),
]
_Config = Annotated[
    Path | None, typer.Option(help="The configuration [default: pillarbox.toml here or above].")
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document to stdout.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pillarbox {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn a Postman collection into a typed, documented Python client."""


@app.command()
def generate(
    spec: _Spec = None,
    output: _Output = None,
    package: _Package = None,
    project: _Project = False,
    environment: _Environment = None,
    client: _Client = None,
    config: _Config = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that were edited by hand.")] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Write nothing and exit with 1 where the ledger has a new entry."),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Generate again after each change, until Ctrl-C.")
    ] = False,
    json: _Json = False,
    quiet: _Quiet = False,
) -> None:
    """Write or update clients."""
    from .client_selection import Choice, chosen
    from .generate import generate_all

    choice = Choice(
        spec=spec,
        output=output,
        package=package,
        project=project,
        clients=tuple(client or ()),
        config=config,
        environments=tuple(environment or ()),
    )
    if watch:
        from .watch import watch as watch_files

        watch_files(
            lambda: chosen(choice),
            lambda clients: generate_all(clients, force=force, strict=strict, json=json, quiet=quiet),
            config,
        )
    elif not generate_all(chosen(choice), force=force, strict=strict, json=json, quiet=quiet):
        raise typer.Exit(1)


@app.command()
def check(
    spec: _Spec = None,
    output: _Output = None,
    package: _Package = None,
    project: _Project = False,
    environment: _Environment = None,
    client: _Client = None,
    config: _Config = None,
    json: _Json = False,
    quiet: _Quiet = False,
) -> None:
    """Exit with 1 and a unified diff if a client is stale; write nothing."""
    from ..api import generate as run
    from . import console, report
    from .client_selection import Choice, chosen, generate_command
    from .progress import Stages

    choice = Choice(
        spec=spec,
        output=output,
        package=package,
        project=project,
        clients=tuple(client or ()),
        config=config,
        environments=tuple(environment or ()),
    )
    clients = chosen(choice)
    results: list[run.Checked] = []
    with Stages(len(clients), quiet=quiet or json) as stages:
        for number, settings in enumerate(clients):

            def progress(stage: str, name: str = settings.name, number: int = number) -> None:
                stages.stage(name, number, stage)

            results.append(run.check(settings, progress=progress))
    for result in results:
        if not json:
            report.say_checked(result, generate_command(choice, result.client), quiet=quiet)
    if json:
        console.write_json(
            {
                "clients": [
                    report.checked_json(result, generate_command(choice, result.client)) for result in results
                ]
            }
        )
    if not all(result.comparison.current for result in results):
        raise typer.Exit(1)


@app.command()
def inspect(
    spec: Annotated[Path, typer.Argument(help="A Postman collection, file or folder.", show_default=False)],
    environment: _Environment = None,
    config: _Config = None,
    json: _Json = False,
) -> None:
    """Show how a spec is understood: operations, types and their evidence, auth, problems."""
    from ..api import generate as run
    from ..views.inspect import inspect as inspected, inspect_lines
    from . import console, report
    from .client_selection import settings_for
    from .progress import Stages

    settings = settings_for(spec, config, tuple(environment or ()))
    with Stages(1, quiet=json) as stages:
        built = run.plan(settings, progress=lambda stage: stages.stage(settings.name, 0, stage))
    data = inspected(built)
    if json:
        problems = [report.problem_json(problem) for problem in built.problems]
        console.write_json({**data, "problems": problems})
        return
    for line in inspect_lines(data):
        console.say(console.printable(line))
    for problem in built.problems:
        console.complain(f"{problem.origin}: {problem.severity.value}: {problem.message}")


app.command()(init)
app.command()(explain)


@app.command()
def diff(
    old: Annotated[
        str, typer.Argument(help="A spec, REV:path, or a revision such as `main...` for configured clients.")
    ] = "HEAD",
    new: Annotated[str | None, typer.Argument(help="A spec or REV:path.", show_default=False)] = None,
    client: _Client = None,
    config: _Config = None,
    form: Annotated[str, typer.Option("--format", help="text, markdown, json or annotations.")] = "text",
    changelog: Annotated[
        bool, typer.Option("--changelog", help="Print entries for a changelog, in Markdown.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(help="Exit with 1 on breaking changes, or on `maybe` too.", show_default=False),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Text: each change by itself.")] = False,
    quiet: _Quiet = False,
) -> None:
    """Show what changes for callers between two versions of a spec."""
    from . import diff as command
    from .progress import Stages

    wanted = _one_of(command.Form, "--format", form)
    limit = None if fail_on is None else _one_of(command.FailOn, "--fail-on", fail_on)
    request = command.Request(old, new, tuple(client or ()), config)
    with Stages(2, quiet=quiet or wanted is not command.Form.TEXT) as stages:
        found = command.reviews(request, stages.stage)
    command.say(found, wanted, as_changelog=changelog, verbose=verbose)
    if command.fails(found, limit):
        raise typer.Exit(1)


@app.command()
def sample(
    spec: Annotated[
        Path | None, typer.Argument(help="A Postman collection, file or folder.", show_default=False)
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            help="The request: its name, `users.get_user_token`, or `GET /users/{userId}/token`.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="One that --list shows.", show_default=False)
    ] = None,
    list_all: Annotated[
        bool, typer.Option("--list", help="List the languages, or the requests of SPEC.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Write every request into files; needs --output.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of --all.", show_default=False)
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the code that reads this JSON file instead.", show_default=False),
    ] = None,
    config: _Config = None,
    quiet: _Quiet = False,
) -> None:
    """Show a request in another language, with the code that reads its answer."""
    from ..config import ConfigError
    from . import console, sample as samples
    from .client_selection import settings_for
    from .progress import Stages

    if json_file is not None:
        console.write_text(samples.json_sample(json_file, _given(language, "--language")))
        return
    if spec is None:
        if not list_all:
            raise ConfigError("sample needs a SPEC, --list or --json FILE: see `pillarbox sample --help`")
        for line in samples.languages():
            console.say(line)
        return
    settings = settings_for(spec, config)
    with Stages(1, quiet=quiet) as stages:

        def progress(stage: str) -> None:
            stages.stage(settings.name, 0, stage)

        if list_all:
            text = "\n".join(map(console.printable, samples.listed(settings, progress))) + "\n"
        elif everything:
            folder = Path(_given(output, "--output"))
            written = samples.write_all(settings, language, folder, progress)
            text = f"{written.written:,} written, {written.unchanged:,} unchanged in {folder}\n"
        else:
            text = samples.one_sample(
                settings, _given(name, "NAME"), _given(language, "--language"), progress
            )
    console.write_text(text)


def _given(value: Any, option: str) -> Any:
    """An argument that is needed here."""
    from ..config import ConfigError

    if value is None:
        raise ConfigError(f"sample needs {option}: see `pillarbox sample --help`")
    return value


@lock_app.callback()
def _lock() -> None:
    """The lock that keeps public names."""


@lock_app.command()
def prune(
    output: Annotated[
        Path | None, typer.Argument(help="Folder of a package; all clients of pillarbox.toml without it.")
    ] = None,
    aliases: Annotated[
        bool,
        typer.Option(
            "--aliases", help="Only stop offering the old names of what was renamed; they stay taken."
        ),
    ] = False,
    client: _Client = None,
    config: _Config = None,
    json: _Json = False,
    quiet: _Quiet = False,
) -> None:
    """Forget the names of what was removed, so that something new may have them."""
    from ..api import generate as run
    from . import console, report
    from .client_selection import Choice, chosen

    folders = (
        [(output.name, output)]
        if output is not None
        else [
            (settings.name, settings.output)
            for settings in chosen(Choice(clients=tuple(client or ()), config=config))
        ]
    )
    results = [run.prune(name, folder, aliases=aliases) for name, folder in folders]
    if json:
        console.write_json({"clients": [report.pruned_json(result) for result in results]})
    elif not quiet:
        for result in results:
            report.say_pruned(result)


_Choice = TypeVar("_Choice", bound=Enum)


def _one_of(choices: type[_Choice], option: str, text: str) -> _Choice:
    """The choice that a text names; the enumerations belong to modules that start slowly, so typer cannot check."""
    try:
        return choices(text)
    except ValueError:
        known = ", ".join(str(choice.value) for choice in choices)
        raise typer.BadParameter(f"{text!a} is none of {known}.", param_hint=option) from None


def _usage(error: Any) -> str:
    """The parser's complaint in one line; it names the options that come close in a way of its own."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "pillarbox"
    message = " ".join(error.format_message().split())
    if close := getattr(error, "possibilities", None):
        message = (
            f"{message.partition(' (Possible ')[0].partition(' Did you mean ')[0]} Did you mean {close[0]}?"
        )
    return f"{path}: {message} See `{path} --help`."


def _refused(arguments: Sequence[str], error: Exception) -> int:
    """Say in one line what is wrong with the input; also as JSON where that was asked for."""
    from ..model.problems import SpecError
    from . import console, report

    as_json = "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
    if as_json or ("--json" in arguments and "sample" not in arguments[:1]):
        if isinstance(error, SpecError):
            console.write_json(report.error_json(error.message, error.origin))
        else:
            console.write_json(report.error_json(str(error)))
    console.complain(str(error))
    return 2


def _run(arguments: Sequence[str]) -> int:
    try:
        result = app(args=list(arguments), prog_name="pillarbox", standalone_mode=False)
    except _USAGE_ERROR as error:
        sys.stderr.write(_usage(error) + "\n")
        return 2
    except typer.Abort:
        return 130
    except Exception as error:
        from .failures import expected

        if expected(error):
            return _refused(arguments, error)
        raise
    return result if isinstance(result, int) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is returned."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away: not an error, and nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        traceback.print_exc()
        sys.stderr.write("This is a bug of pillarbox. Please report it with the lines above.\n")
        return 70
    return code


def run() -> NoReturn:
    """The console script."""
    # What one run makes lives to its end: to look for garbage in it is a tenth of the time.
    gc.disable()
    raise SystemExit(main())
