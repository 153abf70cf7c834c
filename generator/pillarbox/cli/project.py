"""Commands around a project: `init` begins one, `explain` tells why a name is what it is."""

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["explain", "init"]


def init(
    spec: Annotated[Path | None, typer.Argument(help="The spec of the first client.")] = None,
    name: Annotated[
        str | None, typer.Option(help="Name of the client [default: made of the spec's].")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of the package [default: generated/NAME].")
    ] = None,
    package: Annotated[str | None, typer.Option(help="Import name [default: the output folder's].")] = None,
    project: Annotated[bool, typer.Option("--project", help="Wrap the package for publishing.")] = False,
    environment: Annotated[
        list[Path] | None,
        typer.Option("--environment", "-e", help="A Postman environment or globals file; repeatable."),
    ] = None,
    config: Annotated[Path, typer.Option(help="The configuration to write or add to.")] = Path(
        "pillarbox.toml"
    ),
) -> None:
    """Write pillarbox.toml, or add a client to it; asks for what is not given, on a terminal."""
    from ..config import ConfigError
    from . import console
    from .init import Answers, suggested_name, suggested_output, write_configuration

    asks = sys.stdin.isatty()
    if spec is None:
        if not asks:
            raise ConfigError("init needs a SPEC here: it asks for one on a terminal only")
        spec = _ask_spec()
    if name is None:
        name = suggested_name(spec)
        name = typer.prompt("Name of the client", default=name) if asks else name
    if output is None:
        output = suggested_output(name)
        output = Path(typer.prompt("Folder of the package", default=str(output))) if asks else output
    new = write_configuration(
        Answers(
            spec=spec,
            name=name,
            output=output,
            package=package,
            project=project,
            environments=tuple(environment or ()),
        ),
        config,
    )
    console.say(f"{config}: {'written' if new else f'client {name} added'}")
    console.say("  next: pillarbox generate")


def _ask_spec() -> Path:
    """Offer the specs that lie around."""
    from . import console
    from .init import candidates

    found = candidates(Path())
    for number, path in enumerate(found, 1):
        console.say(f"  {number}. {console.printable(str(path))}")
    question = "Spec (a number or a path)" if found else "Spec (a path)"
    answer: str = typer.prompt(question, default="1" if found else None)
    if answer.isdecimal() and 1 <= int(answer) <= len(found):
        return found[int(answer) - 1]
    return Path(answer)


def explain(
    what: Annotated[
        str,
        typer.Argument(
            help="A public name (zoom.users.get_user_token, UserToken.token) or a place (SPEC#/item/3).",
            show_default=False,
        ),
    ],
    spec: Annotated[
        Path | None, typer.Option(help="Where the name is from a spec that the configuration does not name.")
    ] = None,
    client: Annotated[
        list[str] | None,
        typer.Option("--client", "-c", help="Only this client of pillarbox.toml; repeatable."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="The configuration [default: pillarbox.toml here or above].")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document to stdout.")] = False,
) -> None:
    """Tell where a public name comes from and why it is called so, or which names a place of a spec gave."""
    from . import console
    from .explain import explain_what

    found = explain_what(what, spec=spec, clients=tuple(client or ()), config=config)
    if json:
        console.write_json({"explained": [item.data() for item in found]})
        return
    for number, item in enumerate(found):
        if number:
            console.say()
        for line in item.lines():
            console.say(console.printable(line))
