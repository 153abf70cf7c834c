"""The path of a request: fixed text as it is sent, and placeholders."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.api import Location, Parameter, Placeholder, Template
from ...model.problems import Origin
from ..lenient import description, javascript_text, mapping
from .encoding import encode_path
from .parameter_values import Context, Where, Written, read_value
from .urls import Address
from .variables import Scope, pieces

__all__ = ["Gap", "RequestPath", "read_path", "route"]

_STANDS_FOR = re.compile(r"<([^<>/]{1,60})>|\{([^{}/]{1,60})\}")
_BRACES = str.maketrans("{}", "__")


@dataclass(frozen=True, slots=True)
class Gap:
    """A placeholder of a path before it is a parameter or a setting."""

    wire: str
    is_variable: bool
    """True for `{{name}}`: a value that lives outside of the request."""
    raw: str
    """What the collection holds there."""
    node: Mapping[str, Any]
    origin: Origin
    segment: int

    @property
    def written(self) -> Written:
        return Written(
            where=Where.PATH,
            wire=self.wire,
            values=[self.raw] if self.raw else [],
            description=description(self.node.get("description")),
            origin=self.origin,
        )

    def parameter(self, context: Context) -> Parameter:
        """The placeholder as an argument: always required."""
        taken = read_value(self.written, context)
        return Parameter(
            location=Location.PATH,
            wire=self.wire,
            type=taken.type,
            required=True,
            doc=taken.doc,
            example=taken.example,
            origin=self.origin,
        )


@dataclass(frozen=True, slots=True)
class RequestPath:
    """A path as a template, with its placeholders (each name once, in path order)."""

    template: Template
    gaps: tuple[Gap, ...]
    segments: tuple[str, ...]
    """The text between slashes, placeholders as `{name}`, fixed text as written: for comparing with folders."""


def _label(name: str) -> str:
    """The name of a placeholder: it never travels, but braces would break templates."""
    return name.translate(_BRACES) or "value"


def _segment(raw: str, index: int, address: Address, scope: Scope) -> Iterator[str | Gap]:
    where = address.origin
    raw = scope.flatten(raw)
    if raw.startswith(":") and len(raw) > 1 and "{{" not in raw:
        name, dot, rest = raw[1:].partition(".")
        if name:
            node = mapping(address.variables.get(name))
            value = node.get("value")
            written = "" if value is None else javascript_text(value)
            yield Gap(_label(name), False, written, node, where.child("variable", name), index)
            yield dot + rest
            return
    if match := _STANDS_FOR.fullmatch(raw):
        yield Gap(_label(match[1] or match[2]), False, raw, {}, where.child("path", index), index)
        return
    for piece in pieces(raw):
        if isinstance(piece, str):
            yield piece
            continue
        value = scope.value(piece.wire)
        if value is not None and "/" in value:
            yield value.strip("/") if raw == f"{{{{{piece.wire}}}}}" else value
        else:
            yield Gap(
                _label(piece.wire), True, f"{{{{{piece.wire}}}}}", {}, where.child("path", index), index
            )


def read_path(address: Address, scope: Scope) -> RequestPath:
    """Segments become fixed text and placeholders: `:id`, `{{id}}` (also inside text), `{id}` and `<id>`.

    A variable whose known value holds a slash is a piece of the address and no value: it is fixed text.
    """
    template: list[str | Placeholder] = []
    gaps: dict[str, Gap] = {}
    segments: list[str] = []
    for index, raw in enumerate(address.path):
        _append(template, "/")
        written: list[str] = []
        for piece in _segment(raw, index, address, scope):
            if isinstance(piece, str):
                _append(template, encode_path(piece))
                written.append(piece)
            else:
                gaps.setdefault(piece.wire, piece)
                template.append(Placeholder(piece.wire))
                written.append(f"{{{piece.wire}}}")
        segments.extend("".join(written).split("/"))
    return RequestPath(tuple(template), tuple(gaps.values()), tuple(part for part in segments if part))


def _append(template: list[str | Placeholder], fixed: str) -> None:
    if not fixed:
        return
    if template and isinstance(last := template[-1], str):
        template[-1] = last + fixed
    else:
        template.append(fixed)


def route(method: str, template: Template) -> str:
    """`GET /users/{userId}/token`."""
    path = "".join(piece if isinstance(piece, str) else f"{{{piece.wire}}}" for piece in template)
    return f"{method} {path or '/'}"
