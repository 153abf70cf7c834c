"""`pillarbox init`: write pillarbox.toml, or add a client to it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from . import console
from .parameters import Environments, Package, Project

__all__ = ["init"]


def init(
    spec: Annotated[
        Path | None,
        typer.Argument(help="The first client's spec: a Postman collection or an OpenAPI document."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Client name [default: derived from the spec file name].")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Output folder [default: generated/NAME].")
    ] = None,
    package: Package = None,
    project: Project = False,
    environment: Environments = None,
    config: Annotated[Path, typer.Option(help="The configuration to write or add to.")] = Path(
        "pillarbox.toml"
    ),
) -> None:
    """Write pillarbox.toml, or add a client to it; on a terminal, asks for what is missing."""
    from ..api.new_client import NewClient, suggested_name, suggested_output, write_configuration
    from ..config import ConfigError

    asks = sys.stdin.isatty()
    if spec is None:
        if not asks:
            raise ConfigError("init needs a SPEC: it asks for one on a terminal only")
        spec = _ask_spec()
    if name is None:
        name = suggested_name(spec)
        name = typer.prompt("Client name", default=name) if asks else name
    if output is None:
        output = suggested_output(name)
        output = Path(typer.prompt("Output folder", default=str(output))) if asks else output
    new = write_configuration(
        NewClient(
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
    """Offer the specs near the current folder."""
    from ..api.new_client import candidates

    found = candidates(Path())
    for number, path in enumerate(found, 1):
        console.say(f"  {number}. {console.printable(str(path))}")
    question = "Spec (a number or a path)" if found else "Spec (a path)"
    chosen: str = typer.prompt(question, default="1" if found else None)
    if chosen.isdecimal() and 1 <= int(chosen) <= len(found):
        return found[int(chosen) - 1]
    return Path(chosen)
