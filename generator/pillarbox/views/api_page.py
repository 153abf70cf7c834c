"""`API.md`: one line a method, the page that a reviewer reads first."""

from collections.abc import Sequence

from ..client.api import Client, Method, Parameter, Resource
from ..client.request import Location, route_text
from ..client.types import spell
from ..python.docstrings import summary_of
from ..python.members import resource_title
from ..python.nodes import ApiLine, ApiPage, ApiSection
from ..text import prose
from ..text.markdown import MarkdownText, code_span, inline, plain
from ..text.python import PythonCode

__all__ = ["plan_page"]

_MODELS = PythonCode("models.")


def _signature(parameters: Sequence[Parameter]) -> str:
    positional = [item.name for item in parameters if item.location is Location.PATH]
    keywords = [
        item.name if item.required else f"{item.name}="
        for item in parameters
        if item.location is not Location.PATH
    ]
    star = ["*"] if keywords else []
    return ", ".join([*positional, *star, *keywords])


def _line(method: Method) -> ApiLine:
    returns = spell(method.returns, models=_MODELS)
    call = f"client.{method.qualified}({_signature(method.parameters)}) -> {returns}"
    return ApiLine(
        call=code_span(call),
        route=code_span(route_text(method.request)),
        summary=inline(summary_of(method)),
    )


def _section(resource: Resource) -> ApiSection:
    return ApiSection(
        heading=code_span(".".join(("client", *resource.path))),
        doc=inline(prose.first_sentence(prose.clean(resource_title(resource))) if resource.path else ""),
        lines=tuple(map(_line, resource.methods)),
    )


def plan_page(client: Client) -> ApiPage:
    """The page: the client's own methods first, then the resources in the order of the spec."""
    return ApiPage(
        title=plain(prose.first_sentence(prose.clean(client.title)) or client.package),
        doc=inline(prose.first_sentence(prose.clean(client.description))),
        source=code_span(client.source),
        usage=MarkdownText("`from {} import {}`").format(plain(client.package), plain(client.class_name)),
        sections=tuple(_section(owner) for owner in client.owners if owner.methods),
    )
