"""`pillarbox explain`: show where a public name comes from and why it was chosen."""

from pathlib import Path
from typing import Annotated

import typer

from . import console
from .parameters import Clients, Config, Json

__all__ = ["explain"]


def explain(
    what: Annotated[
        str,
        typer.Argument(
            help="A public name (zoom.users.get_token, UserToken.token) or a position in a spec (SPEC#/item/3).",
            show_default=False,
        ),
    ],
    spec: Annotated[
        Path | None,
        typer.Option(
            help="A Postman collection or an OpenAPI document with this name; needed if the configuration has none."
        ),
    ] = None,
    client: Clients = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show where a public name comes from and why it was chosen, or the names that a position in a spec gave."""
    from ..api.explain import explain_name, explain_position
    from .client_selection import Choice, chosen, settings_for

    file, mark, pointer = what.partition("#")
    if mark and (not pointer or pointer.startswith("/")):
        found = explain_position(settings_for(Path(file), config), pointer)
    elif spec is not None:
        found = (explain_name(what, [settings_for(spec, config)]),)
    else:
        found = (explain_name(what, chosen(Choice(clients=tuple(client or ()), config=config))),)
    if json:
        console.write_json({"explained": [item.data() for item in found]})
        return
    for number, item in enumerate(found):
        if number:
            console.say()
        for line in item.lines():
            console.say(console.printable(line))
