"""Jinja, set up so that a template can print encoded text and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined, pass_context
from jinja2.runtime import Context

from ..config.installation import templates_folder
from ..text.encoded import Encoded

__all__ = ["environment", "render", "templates_folder"]

Text = TypeVar("Text", bound=Encoded)


def _gate(kind: type[Encoded]) -> Callable[[Context, Any], Encoded]:
    """The last look at every printed value: text of this environment's language, or an integer."""

    @pass_context
    def finalize(context: Context, value: Any) -> Encoded:
        if isinstance(value, Undefined):
            str(value)  # raises UndefinedError, which names what is missing
        try:
            return kind.escape(value)
        except TypeError as error:
            raise TypeError(f"template {context.name}: {error}") from None

    return finalize


def environment(kind: type[Encoded], *folders: Path) -> Environment:
    """An environment for templates of one output language; a template is taken from the first folder that has it.

    `{{ value }}` takes `kind` or an integer; anything else is a TypeError that names the template. Names that
    are missing raise `jinja2.UndefinedError`. There are no filters, tests that compute or global functions.
    """
    made = Environment(
        loader=FileSystemLoader(folders or (templates_folder(),), encoding="utf-8"),
        autoescape=True,
        finalize=_gate(kind),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
    )
    made.filters.clear()
    made.globals.clear()
    return made


def render(made: Environment, name: str, kind: type[Text], **values: object) -> Text:
    """The text of one template. It holds nothing but the template's own text and encoded values, so it is `kind`."""
    return kind._trusted(made.get_template(name).render(values))
