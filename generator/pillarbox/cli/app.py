"""The command line, put together: its commands, and the exit codes of all of them.

Exit codes: 0 done; 1 the result is "no" (stale, a breaking change, a new loss with `--strict`); 2 the input or the
arguments are wrong; 70 a bug of pillarbox. A command imports what is slow to load when it runs.
"""

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, NoReturn

import typer

from .. import __version__
from .check import check
from .diff import diff
from .docs import docs
from .explain import explain
from .generate import generate
from .init import init
from .inspect import inspect
from .lock import lock_app
from .sample import sample
from .templates import templates_app

__all__ = ["app", "main", "run"]

_USAGE_ERROR: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError"
)
"""Typer has had its parser in two modules; this is the same class in both."""

_SUMMARY = "Turn a Postman collection or an OpenAPI document into a typed, documented Python client."

app = typer.Typer(
    name="pillarbox",
    help=_SUMMARY,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (generate, check, inspect, explain, diff, sample, init, docs):
    app.command()(_command)
app.add_typer(lock_app, name="lock")
app.add_typer(templates_app, name="templates")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pillarbox {__version__}")
        raise typer.Exit


@app.callback(help=_SUMMARY)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


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
    """Print what is wrong with the input in one line; also as JSON, if the arguments ask for it."""
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
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe stopped early: not an error, and nothing more may be written at exit.
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
