"""Arguments and options that several commands have in common."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AllowMissingRefs",
    "Clients",
    "Config",
    "Environments",
    "Json",
    "OptionalSpec",
    "Output",
    "Package",
    "Project",
    "Quiet",
    "Spec",
]

_SPEC = "A Postman collection or an OpenAPI document: a file, or the folder of a v3 collection."

Spec = Annotated[Path, typer.Argument(help=_SPEC, show_default=False)]
OptionalSpec = Annotated[
    Path | None, typer.Argument(help=f"{_SPEC} If omitted, every client in pillarbox.toml.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Output folder.", show_default=False)]
Package = Annotated[
    str | None, typer.Option(help="Import name [default: name of the output folder].", show_default=False)
]
Project = Annotated[bool, typer.Option("--project", help="Wrap the package for publishing.")]
AllowMissingRefs = Annotated[
    bool,
    typer.Option(
        "--allow-missing-refs", help="Leave operations out that need a reference which cannot be read."
    ),
]
Clients = Annotated[
    list[str] | None, typer.Option("--client", "-c", help="Only this client of pillarbox.toml; repeatable.")
]
Environments = Annotated[
    list[Path] | None,
    typer.Option(
        "--environment",
        "-e",
        help="A Postman environment or globals file; repeatable, later files override earlier ones.",
    ),
]
Config = Annotated[
    Path | None, typer.Option(help="Configuration file [default: pillarbox.toml here or above].")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document to stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")]
