"""The request builder of generated clients, for use by samples: the modules of `templates/runtime` that encode a request.

They are loaded as modules below this package when the first sample is made. They need neither httpx2 nor pydantic, and
their names in `sys.modules` all begin with this package's own name. Whatever is renamed in the runtime is renamed here.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from typing import Any, Protocol

from ..config.installation import templates_folder

__all__ = ["BodyStyle", "RefusedValue", "Runtime", "SentBody", "SentHeaders", "Styles", "runtime"]

RefusedValue = (TypeError, ValueError)
"""What the runtime raises for a value that it does not send."""

_PACKAGE = f"{__package__}.client_runtime"
_PART_TYPE = re.compile(r"\r\nContent-Type: (.*)\Z", re.DOTALL)
_Values = Mapping[str, object]
Styles = Mapping[str, str]
"""Wire name -> style, in the runtime's words."""


class SentBody(Protocol):
    """A body as the runtime returns it."""

    @property
    def content(self) -> bytes | Iterable[bytes]: ...
    @property
    def media_type(self) -> str | None: ...


BodyStyle = Callable[[_Values, str | None], SentBody]
"""What encodes the fields of a body of some media type."""


class SentHeaders(Protocol):
    """Header lines as the runtime collects them: a later one replaces an earlier one of the same name."""

    def __contains__(self, name: str) -> bool: ...
    def set(self, name: str, value: object) -> None: ...
    def set_lines(self, name: str, lines: tuple[str, ...]) -> None: ...
    def add_cookies(self, pairs: Iterable[str]) -> None: ...
    def raw(self) -> list[tuple[bytes, bytes]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """The functions of the runtime that write the parts of a request. Each raises `RefusedValue` for a value that a
    client would refuse."""

    unset: object
    """The value of an argument that a call leaves out."""
    fill_server: Callable[[str, _Values], str]
    fill_path: Callable[[str, _Values, Styles], str]
    query_pieces: Callable[[_Values, Styles, bool], Iterator[str]]
    headers: Callable[[], SentHeaders]
    styled_header: Callable[[str, object, str], object]
    cookie_pairs: Callable[[str, object, str], Iterator[str]]
    form: Callable[[Styles], BodyStyle]
    text: Callable[[str, str], BodyStyle]
    _multipart: Callable[..., BodyStyle]
    _build_body: Callable[[Any, Any, Any], SentBody]
    _file: Callable[..., object]
    _operation: Callable[..., object]

    def body(
        self,
        media_type: str | None,
        arguments: _Values,
        style: BodyStyle | None = None,
        *,
        optional: bool = False,
    ) -> SentBody:
        """The body of a call, whose `arguments` are those of the runtime's `Arguments`, encoded by `style`."""
        operation = self._operation("POST", "", body=style, media_type=media_type, optional_body=optional)
        return self._build_body(operation, arguments, self._file)

    def part(
        self, wire: str, value: object, types: Mapping[str, str], *, as_json: bool = False
    ) -> tuple[str, str]:
        """Content and Content-Type of one part of a multipart body; the type is empty where none is sent."""
        sent: Any = self._multipart(types, as_json=(wire,) if as_json else ())({wire: [value]}, None)
        body, media_type = sent.content, sent.media_type
        head, _, rest = body.decode().partition("\r\n\r\n")
        boundary = (media_type or "").partition("boundary=")[2]
        found = _PART_TYPE.search(head)
        return rest.removesuffix(f"\r\n--{boundary}--\r\n"), found[1] if found else ""


def _module(name: str) -> Any:
    if _PACKAGE not in sys.modules:
        # The folder is no package of its own: in a client, the client is that package.
        spec = ModuleSpec(_PACKAGE, None, is_package=True)
        spec.submodule_search_locations = [str(templates_folder() / "runtime")]
        sys.modules[_PACKAGE] = module_from_spec(spec)
    return import_module(f"{_PACKAGE}._runtime.{name}".removesuffix("."))


def _made(styles: Styles, make: Callable[[str], object]) -> dict[str, object]:
    return {wire: make(style) for wire, style in styles.items()}


@cache
def runtime() -> Runtime:
    """The request builder, loaded once."""
    operation, encoding, paths = _module(""), _module("encoding"), _module("paths")
    cookies, files, styles, text = map(_module, ("cookies", "files", "styles", "text"))

    def fill_path(template: str, values: _Values, names: Styles) -> str:
        filled: str = paths.fill_path(template, values, _made(names, styles.path_style))
        return filled

    def query_pieces(values: _Values, names: Styles, as_written: bool) -> Iterator[str]:
        made = _made(names, styles.query_style)
        pieces: Iterator[str] = encoding.query_pieces(values, made, as_written)
        return pieces

    def form(names: Styles) -> BodyStyle:
        style: BodyStyle = encoding.form_body(_made(names, styles.form_style))
        return style

    def styled_header(name: str, value: object, style: str) -> object:
        return styles.header_style(style)(value, f"header {name!r}")

    def cookie_pairs(name: str, value: object, style: str) -> Iterator[str]:
        pairs: Iterator[str] = cookies.cookie_style(style)(name, value)
        return pairs

    return Runtime(
        unset=operation.UNSET,
        fill_server=_module("settings").fill_server,
        fill_path=fill_path,
        query_pieces=query_pieces,
        headers=_module("session").HeaderLines,
        styled_header=styled_header,
        cookie_pairs=cookie_pairs,
        form=form,
        text=text.text_body,
        _multipart=files.multipart_body,
        _build_body=encoding.build_body,
        _file=files.file_body,
        _operation=operation.Operation,
    )
