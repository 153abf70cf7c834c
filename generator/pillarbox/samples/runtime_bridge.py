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

__all__ = ["RefusedValue", "Runtime", "SentBody", "SentHeaders", "Styles", "runtime"]

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
    query_pieces: Callable[[_Values, Styles], Iterator[str]]
    headers: Callable[[], SentHeaders]
    styled_header: Callable[[str, object, str], object]
    cookie_pairs: Callable[[str, object, str], Iterator[str]]
    _build_body: Callable[[Any, Any], SentBody]
    _multipart_body: Callable[[_Values, Mapping[str, str]], tuple[bytes, str | None]]
    _operation: Callable[..., object]
    _arguments: Callable[..., object]

    def body(self, method: str, media_type: str | None, form: Styles, arguments: _Values) -> SentBody:
        """The body of a call, whose `arguments` are those of the runtime's `Arguments`."""
        operation = self._operation(method, "", form=form, media_type=media_type)
        return self._build_body(operation, self._arguments(**arguments))

    def part(self, wire: str, value: object, types: Mapping[str, str]) -> tuple[str, str]:
        """Content and Content-Type of one part of a multipart body; the type is empty where none is sent."""
        body, media_type = self._multipart_body({wire: [value]}, types)
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
    return import_module(f"{_PACKAGE}._runtime.{name}")


@cache
def runtime() -> Runtime:
    """The request builder, loaded once."""
    encode, headers, operation = _module("encode"), _module("headers"), _module("operation")
    return Runtime(
        unset=_module("unset").UNSET,
        fill_server=encode.fill_server,
        fill_path=encode.fill_path,
        query_pieces=encode.query_pieces,
        headers=headers.HeaderLines,
        styled_header=headers.styled,
        cookie_pairs=headers.cookie_pairs,
        _build_body=_module("body").build_body,
        _multipart_body=_module("multipart").multipart_body,
        _operation=operation.Operation,
        _arguments=operation.Arguments,
    )
