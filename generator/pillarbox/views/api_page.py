"""`API.md`: an index of the resources, then one line a method: the page that a reviewer reads first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..client.api import Client, Method, Parameter, Resource
from ..client.request import Location, route_text
from ..client.types import spell
from ..model.problems import Problem, Severity
from ..python import filler
from ..python.docstrings import summary_of
from ..python.nodes import ApiIndexLine, ApiLine, ApiPage, ApiSection
from ..python.resource_docs import summary_text
from ..text import prose
from ..text.markdown import MarkdownText, code_span, inline, plain

__all__ = ["plan_page"]

_MANY = re.compile(r"(\w+(?: \| \w+){2})(?: \| \w+){2,}")
"""A union of five types or more, which would be most of its line."""
_NO_ANCHOR = re.compile(r"[^a-z0-9_ -]")


def _signature(parameters: Sequence[Parameter]) -> str:
    """What a call must give; `...` for all that it may give, so that a new option changes no line of the page."""
    shown = [item.name for item in parameters if item.location is Location.PATH]
    required = [
        f"{item.name}=" for item in parameters if item.location is not Location.PATH and item.required
    ]
    optional = ["..."] if any(not item.required for item in parameters) else []
    return ", ".join([*shown, *required, *optional])


def _line(method: Method) -> ApiLine:
    returns = _MANY.sub(r"\1 | ...", str(spell(method.returns)))
    summary = summary_of(method).replace("**", "").rstrip(".")
    return ApiLine(
        call=code_span(f"{method.name}({_signature(method.signature)}) -> {returns}"),
        route=code_span(route_text(method.request)),
        summary=inline(f"Deprecated. {summary}" if method.deprecated else summary),
    )


def _dotted(resource: Resource) -> str:
    return ".".join(("client", *resource.path))


class _Anchors:
    """The anchors that GitHub and GitLab give to headings: small letters, no punctuation, a number at a repetition."""

    def __init__(self, *headings: str) -> None:
        self._seen: Counter[str] = Counter()
        for heading in headings:
            self.of(heading)

    def of(self, heading: str) -> str:
        """The anchor of the next heading of the page."""
        anchor = _NO_ANCHOR.sub("", heading.lower()).replace(" ", "-")
        number = self._seen[anchor]
        self._seen[anchor] += 1
        return f"{anchor}-{number}" if number else anchor


def _index(owners: Sequence[Resource], anchors: _Anchors) -> Iterator[ApiIndexLine]:
    for owner in owners:
        count = len(owner.methods)
        yield ApiIndexLine(
            link=MarkdownText("[{}](#{})").format(
                code_span(_dotted(owner)), plain(anchors.of(_dotted(owner)))
            ),
            methods=plain("1 method" if count == 1 else f"{count} methods"),
        )


def _section(resource: Resource, api: str) -> ApiSection:
    return ApiSection(
        heading=code_span(_dotted(resource)),
        doc=inline(summary_text(resource, api) if resource.path else ""),
        lines=tuple(map(_line, resource.methods)),
    )


def _tree(client: Client) -> Iterator[Resource]:
    """The client, then each resource with all that is below it; those of one parent in the order of the spec."""
    children: dict[tuple[str, ...], list[Resource]] = {}
    for resource in client.resources:
        children.setdefault(resource.path[:-1], []).append(resource)
    waiting = [client.root]
    while waiting:
        owner = waiting.pop()
        yield owner
        waiting += reversed(children.get(owner.path, []))


def _about(client: Client, title: str) -> str:
    """The first sentence on the API that says more than its title; empty for one that introduces what the page has not."""
    sentence = prose.first_sentence(filler.api_text(prose.clean(client.description), title))
    return "" if sentence.endswith(":") else prose.ended(filler.api_text(sentence, title))


def plan_page(client: Client, problems: Iterable[Problem]) -> ApiPage:
    """The page: the client's own methods first, then the tree of resources, then what is left out."""
    title = prose.first_sentence(prose.clean(client.title)) or client.package
    owners = [owner for owner in _tree(client) if owner.methods]
    return ApiPage(
        title=plain(title),
        doc=inline(_about(client, title)),
        source=code_span(client.source),
        usage=MarkdownText("`from {} import {}`").format(plain(client.package), plain(client.class_name)),
        index=tuple(_index(owners, _Anchors(title, "Resources"))) if len(owners) > 1 else (),
        sections=tuple(_section(owner, client.title) for owner in owners),
        left_out=tuple(inline(one.message) for one in problems if one.severity is Severity.ERROR),
    )
