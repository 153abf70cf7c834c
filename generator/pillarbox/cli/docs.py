"""`pillarbox docs`: the documentation that comes with this version."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from . import console

__all__ = ["docs"]


def docs(
    topic: Annotated[
        str | None,
        typer.Argument(
            help="A topic. If omitted, all topics are listed, and the other files of this installation.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print a page of the documentation, in Markdown."""
    from ..config import ConfigError
    from ..config.installation import installation

    here = installation()
    pages = {page.stem: page for page in sorted(here.docs.glob("*.md"))}
    if topic is None:
        width = max(map(len, pages), default=0)
        for name, page in pages.items():
            console.say(f"{name:<{width}}  {_title(page)}")
        console.say()
        console.say(f"JSON Schema of pillarbox.toml, for editors: {here.schema}")
        console.say(f"Scripts and jobs for pull requests: {here.integrations}")
    elif topic in pages:
        for line in pages[topic].read_text(encoding="utf-8").splitlines():
            console.say(line)
    else:
        close = difflib.get_close_matches(topic, pages, 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else "`pillarbox docs` lists the topics"
        raise ConfigError(f"no topic {topic[:80]!a}; {hint}")


def _title(page: Path) -> str:
    """The first heading of a page."""
    return page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
