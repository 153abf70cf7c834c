"""`pillarbox sample`: one request in one language, all of them as files, or the code that reads a JSON file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from . import console
from .parameters import Config, Quiet
from .progress import Stages

if TYPE_CHECKING:
    from ..samples.sampler import Sampler

__all__ = ["sample"]

_Value = TypeVar("_Value")
_WIDTH = 48
"""Of the column of names; a longer name moves the rest of its line."""


def sample(
    spec: Annotated[
        Path | None,
        typer.Argument(help="A Postman collection or an OpenAPI document.", show_default=False),
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(
            help="The request: its name, `users.get_token`, or `GET /users/{userId}/token`.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language key; see --list.", show_default=False)
    ] = None,
    list_all: Annotated[
        bool, typer.Option("--list", help="List the languages, or the requests of SPEC.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Write every request into files; needs --output.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Output folder of --all.", show_default=False)
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Print the code that reads this JSON file instead.", show_default=False),
    ] = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """Show a request in another language, with the code that reads its response."""
    from ..api.sample import json_sample, sampler_of, write_samples
    from ..config import ConfigError
    from .client_selection import settings_for

    if json_file is not None:
        console.write_text(json_sample(json_file, _needed(language, "--language")))
        return
    if spec is None:
        if not list_all:
            raise ConfigError("sample needs a SPEC, --list or --json FILE: see `pillarbox sample --help`")
        for line in _languages():
            console.say(line)
        return
    settings = settings_for(spec, config)
    with Stages(1, quiet=quiet) as stages:
        progress = stages.of(settings.name, 0)
        sampler = sampler_of(settings, progress=progress)
        if list_all:
            text = "\n".join(map(console.printable, _requests(sampler))) + "\n"
        elif everything:
            folder = Path(_needed(output, "--output"))
            progress("writing")
            written, unchanged = write_samples(sampler, settings.spec, language, folder)
            text = f"{written:,} written, {unchanged:,} unchanged in {folder}\n"
        else:
            text = sampler.sample(_needed(name, "NAME"), _needed(language, "--language"))
    console.write_text(text)


def _needed(value: _Value | None, option: str) -> _Value:
    """An argument that is needed here."""
    from ..config import ConfigError

    if value is None:
        raise ConfigError(f"sample needs {option}: see `pillarbox sample --help`")
    return value


def _languages() -> Iterator[str]:
    """A line for each language."""
    from ..samples.sampler import LANGUAGES

    width = max(len(language.key) for language in LANGUAGES)
    yield from (f"{language.key:<{width}}  {language.title}" for language in LANGUAGES)


def _requests(sampler: "Sampler") -> Iterator[str]:
    """A line for each operation."""
    found = list(sampler.operations())
    width = min(max((len(one.public) for one in found), default=0), _WIDTH)
    yield from (f"{one.public:<{width}}  {one.route}  {one.item}" for one in found)
