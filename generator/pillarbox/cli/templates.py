"""`pillarbox templates`: the templates of this version, to start from with templates of your own."""

from pathlib import Path
from typing import Annotated

import typer

from . import console

__all__ = ["templates_app"]

templates_app = typer.Typer(help="The templates that print a client.", no_args_is_help=True)


@templates_app.callback()
def _templates() -> None:
    """The templates that print a client."""


@templates_app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)],
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that is not empty; replace files.")
    ] = False,
) -> None:
    """Write the templates into a folder, to be changed there and named by `templates` in pillarbox.toml."""
    from ..api.export_templates import export_templates

    written = export_templates(folder, force=force)
    console.say(f"{console.counted(written, 'file')} written in {folder}")
    console.say("  next: change some, delete the others: `pillarbox docs templates`")
