"""`pillarbox lock`: the file that keeps public names."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import console
from .parameters import Clients, Config, Json, Quiet

if TYPE_CHECKING:
    from ..api.prune import Pruned

__all__ = ["lock_app"]

lock_app = typer.Typer(help="The lock, which keeps public names.", no_args_is_help=True)


@lock_app.callback()
def _lock() -> None:
    """The lock, which keeps public names."""


@lock_app.command()
def prune(
    output: Annotated[
        Path | None,
        typer.Argument(help="Output folder of a client. If omitted, every client in pillarbox.toml."),
    ] = None,
    aliases: Annotated[
        bool,
        typer.Option(
            "--aliases", help="Only stop offering the old names of what was renamed; they stay reserved."
        ),
    ] = False,
    client: Clients = None,
    config: Config = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Forget the names of what was removed, so that something new may have them."""
    from ..api.prune import prune as prune_lock
    from .client_selection import Choice, chosen

    if output is not None:
        folders = [(output.name, output)]
    else:
        clients = chosen(Choice(clients=tuple(client or ()), config=config))
        folders = [(settings.name, settings.output) for settings in clients]
    results = [prune_lock(name, folder, aliases=aliases) for name, folder in folders]
    if json:
        console.write_json({"clients": [_data(result) for result in results]})
    elif not quiet:
        for result in results:
            _say(result)


def _say(result: "Pruned") -> None:
    for name in result.removed:
        console.say(f"  {name}")
    console.say(f"{result.name}: {console.counted(len(result.removed), 'retired name')} forgotten")


def _data(result: "Pruned") -> dict[str, Any]:
    return {"name": result.name, "output": str(result.output), "forgotten": list(result.removed)}
