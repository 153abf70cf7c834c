"""The runtime's encoders as the tests call them: styles by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

client: Any = import_module("acme._runtime.client")
cookies: Any = import_module("acme._runtime.cookies")
encoding: Any = import_module("acme._runtime.encoding")
paths: Any = import_module("acme._runtime.paths")
styles: Any = import_module("acme._runtime.styles")
cookie_style = cookies.cookie_style
_Names = Mapping[str, str]
_Values = Mapping[str, object]


def _made(names: _Names, make: Any) -> dict[str, Any]:
    return {wire: make(name) for wire, name in names.items()}


def fill_path(template: str, values: _Values, names: _Names = {}) -> str:  # noqa: B006
    beyond = {wire: name for wire, name in names.items() if name}
    path: str = paths.fill_path(template, values, _made(beyond, styles.path_style))
    return path


def query_pieces(values: _Values, names: _Names, *, as_written: bool = False) -> Iterator[str]:
    yield from encoding.query_pieces(values, _made(names, styles.query_style), as_written)


def form_pairs(values: _Values, names: _Names) -> list[str]:
    text: str = encoding.form_body(_made(names, styles.form_style))(values, None).content.decode()
    return text.split("&") if text else []


def styled(name: str, value: object, style: str) -> object:
    return styles.header_style(style)(value, f"header {name!r}")


def cookie_pairs(name: str, value: object, style: str) -> list[str]:
    return list(cookie_style(style)(name, value))


def query(**names: str) -> dict[str, Any]:
    return _made(names, styles.query_style)


def elsewhere(path: _Names = {}, headers: _Names = {}, cookies: _Names = {}) -> dict[str, Any]:  # noqa: B006
    """The `styles` of an operation."""
    return {
        "path": _made(path, styles.path_style),
        "headers": _made(headers, styles.header_style),
        "cookies": _made(cookies, cookie_style),
    }
