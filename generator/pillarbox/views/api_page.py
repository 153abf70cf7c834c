"""`API.md`: one line an operation, the page that a reviewer reads first."""

from collections.abc import Mapping, Sequence

from ..client.arguments import Argument
from ..model.api import Api
from ..python.docstrings import route_text, summary_of
from ..python.methods import PlannedMethod, spell_answer
from ..python.nodes import ApiLine, ApiPage, ApiSection
from ..python.resources import ResourceTree, resource_title
from ..text import prose
from ..text.markdown import MarkdownText, code_span, inline, plain

__all__ = ["plan_page"]


def _signature(arguments: Sequence[Argument]) -> str:
    positional = [argument.name for argument in arguments if argument.location == "path"]
    keywords = [
        argument.name if argument.required else f"{argument.name}="
        for argument in arguments
        if argument.location != "path"
    ]
    star = ["*"] if keywords else []
    return ", ".join([*positional, *star, *keywords])


def _line(method: PlannedMethod) -> ApiLine:
    returns = spell_answer(method.returns, frozenset())
    call = f"client.{method.qualified}({_signature(method.arguments)}) -> {returns}"
    return ApiLine(
        call=code_span(call),
        route=code_span(route_text(method.operation)),
        summary=inline(summary_of(method.operation, method.name)),
    )


def plan_page(
    api: Api,
    package: str,
    class_name: str,
    tree: ResourceTree,
    methods: Mapping[tuple[str, ...], Sequence[PlannedMethod]],
) -> ApiPage:
    """The page: the client's own methods first, then the resources in the order of the spec."""
    sections: list[ApiSection] = []
    for path in ((), *tree.modules):
        lines = tuple(_line(method) for method in methods.get(path, ()))
        if not lines:
            continue
        heading = code_span(".".join(("client", *path)))
        doc = prose.first_sentence(prose.clean(resource_title(tree, path))) if path else ""
        sections.append(ApiSection(heading=heading, doc=inline(doc), lines=lines))
    return ApiPage(
        title=plain(prose.first_sentence(prose.clean(api.title)) or package),
        doc=inline(prose.first_sentence(prose.clean(api.description))),
        source=code_span(api.source),
        usage=MarkdownText("`from {} import {}`").format(plain(package), plain(class_name)),
        sections=tuple(sections),
    )
