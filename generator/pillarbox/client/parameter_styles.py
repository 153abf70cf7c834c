"""Parameters whose values do not become text in the plain way of their location: what names its style."""

from collections.abc import Iterator
from dataclasses import dataclass

from .api import Method
from .request import FormBody, Location, ParameterStyle, Style

__all__ = ["SpelledStyle", "spelled_styles"]

_QUERY, _FORM = "query_style", "form_style"
_OTHERS = {
    Location.PATH: ("path", "path_style"),
    Location.HEADER: ("headers", "header_style"),
    Location.COOKIE: ("cookies", "cookie_style"),
}
_PLAIN = {Location.PATH: (Style.SIMPLE, Style.COMMA), Location.HEADER: (Style.SIMPLE, Style.COMMA)}
"""Styles that are what the location does anyway. The runtime without `styles` has no cookies, so each names its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpelledStyle:
    """One entry of the styles of an operation's constant."""

    keyword: str
    """`query` or `form`, or the location within `styles`."""
    function: str
    """The function of the runtime that makes the style."""
    wire: str
    name: str
    """What the function takes; empty for the plain style."""


def _query_name(style: ParameterStyle) -> str:
    text = "" if style.style is Style.SIMPLE else style.style.value
    return f"+{text}" if style.reserved else text


def spelled_styles(method: Method) -> Iterator[SpelledStyle]:
    """The styles that the constant of a method names, query first, then form, then the other locations."""
    request = method.request
    for item in request.styles:
        if item.location is Location.QUERY:
            yield SpelledStyle(keyword="query", function=_QUERY, wire=item.wire, name=_query_name(item))
    if isinstance(request.body, FormBody):
        for wire, style in request.body.styles:
            if style is not Style.SIMPLE:
                yield SpelledStyle(keyword="form", function=_FORM, wire=wire, name=style.value)
    found = {(item.location, item.wire): item.style for item in request.styles}
    named = {(item.location, item.wire): Style.SIMPLE for item in method.parameters}
    for (location, wire), style in (named | found).items():
        if location in _OTHERS and style not in _PLAIN.get(location, ()):
            keyword, function = _OTHERS[location]
            name = "" if style is Style.SIMPLE else style.value
            yield SpelledStyle(keyword=keyword, function=function, wire=wire, name=name)
