"""Query and headers of a request: parameters, and text that is always sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import Example, FixedHeader, Parameter, Place, Style
from ...model.problems import Origin, Problem, Severity
from ...model.types import Array, Field, Object, Scalar, ScalarKind
from .converted import SECURITY_NOTE, is_placeholder_text, marked
from .encoding import decoded, encode_query
from .given import Context, given
from .secrets import is_secret_name
from .shapes import description, entries, javascript_text, text
from .urls import QueryEntry, Unsendable
from .variables import HOLE

__all__ = ["Headers", "Query", "read_headers", "read_query"]

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
_BAD_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")
_NOT_OURS = frozenset(
    "host content-length transfer-encoding connection keep-alive upgrade te trailer expect".split()
)
_SESSION = re.compile(r"sess|sid\b|auth", re.IGNORECASE)
_DEEP = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Query:
    """The query of a request."""

    parameters: tuple[Parameter, ...]
    fixed: tuple[str, ...]
    """Pieces without a name, encoded."""


def read_query(pieces: Sequence[QueryEntry], context: Context, *, is_converted: bool) -> Query:
    """One parameter a key, in the order of the first entry of each; pieces without a key are fixed text."""
    groups: dict[str, list[QueryEntry]] = {}
    fixed: list[str] = []
    for entry in pieces:
        if entry.key:
            groups.setdefault(decoded(context.scope.resolve(entry.key)), []).append(entry)
        elif entry.enabled:
            fixed.append(
                "" if entry.value is None else "=" + encode_query(context.scope.resolve(entry.value))
            )
    context = replace(context, names=context.names | frozenset(groups))
    parameters = [_query_parameter(wire, group, context) for wire, group in groups.items()]
    if is_converted:
        parameters = _deep_objects(parameters)
    return Query(tuple(parameters), tuple(fixed))


def _query_parameter(wire: str, group: list[QueryEntry], context: Context) -> Parameter:
    enabled = [entry for entry in group if entry.enabled]
    used = enabled or group
    words = next((found for entry in group if (found := description(entry.node.get("description")))), "")
    origin = used[0].origin
    if all(entry.value is None for entry in used):
        marks = marked(words)
        return Parameter(
            place=Place.QUERY,
            wire=wire,
            type=Scalar(ScalarKind.BOOLEAN),
            required=marks.required and bool(enabled),
            style=Style.FLAG,
            doc=marks.doc,
            example=Example(True),
            enabled=bool(enabled),
            origin=origin,
        )
    raws = [entry.value or "" for entry in used]
    repeated = len(enabled) > 1 or (not enabled and len(group) > 1 and len(set(raws)) == 1)
    taken = given(wire, raws if repeated else raws[:1], words, context, origin, repeated=repeated)
    return Parameter(
        place=Place.QUERY,
        wire=wire,
        type=taken.type,
        required=taken.required and bool(enabled),
        style=taken.style,
        doc=taken.doc,
        example=taken.example,
        enabled=bool(enabled),
        origin=origin,
    )


def _deep_objects(parameters: list[Parameter]) -> list[Parameter]:
    """`filter[name]`, `filter[size]` -> one object `filter`, as the OpenAPI document had it."""
    made: dict[str, list[tuple[str, Parameter]]] = {}
    for parameter in parameters:
        match = _DEEP.fullmatch(parameter.wire)
        if match and not match[2].isdigit() and not isinstance(parameter.type, Array):
            made.setdefault(match[1], []).append((match[2], parameter))
    kept: list[Parameter] = []
    for parameter in parameters:
        match = _DEEP.fullmatch(parameter.wire)
        group = made.get(match[1]) if match else None
        if match is None or group is None or isinstance(parameter.type, Array) or match[2].isdigit():
            kept.append(parameter)
        elif parameter is group[0][1]:
            kept.append(_deep_object(match[1], group))
    return kept


def _deep_object(wire: str, group: list[tuple[str, Parameter]]) -> Parameter:
    fields = tuple(
        Field(wire=name, type=member.type, required=False, doc=member.doc) for name, member in group
    )
    value = {name: member.example.value for name, member in group if member.example and member.enabled}
    written = {
        name: member.example.value if member.example.as_written is None else member.example.as_written
        for name, member in group
        if member.example and member.enabled
    }
    first = group[0][1]
    return Parameter(
        place=Place.QUERY,
        wire=wire,
        type=Object(fields=fields, origin=first.origin),
        required=any(member.required for _, member in group),
        style=Style.DEEP,
        doc=first.doc if len(group) == 1 else "",
        example=Example(value, None if written == value else written),
        enabled=any(member.enabled for _, member in group),
        origin=first.origin,
    )


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a request, those that speak of the body or of the caller apart."""

    fixed: tuple[FixedHeader, ...]
    parameters: tuple[Parameter, ...]
    content_type: str | None
    """Of an enabled Content-Type header."""
    disabled_content_type: str | None
    authorization: str | None
    problems: tuple[Problem, ...]


def read_headers(node: Any, context: Context, origin: Origin, *, is_converted: bool) -> Headers:
    """Fixed text stays fixed; a variable, a placeholder, an empty or a switched off header is a parameter.

    Raises:
        Unsendable: an enabled header whose name or value no client could send.
    """
    fixed: list[FixedHeader] = []
    parameters: dict[str, Parameter] = {}
    special: dict[str, str] = {}
    problems: list[Problem] = []
    for place, entry in entries(node):
        name = context.scope.resolve(text(entry.get("key"))).strip()
        here, enabled = origin.child(place), not entry.get("disabled")
        words = description(entry.get("description"))
        if not name or words.startswith(SECURITY_NOTE):
            continue
        value = javascript_text(entry["value"]) if "value" in entry else ""
        lower = name.lower()
        if not _TOKEN.fullmatch(name):
            if enabled:
                raise Unsendable(f"{name[:60]!a} is no name that a header can have", here)
            continue
        if lower in ("content-type", "authorization"):
            special[lower if enabled else f"-{lower}"] = value
        elif lower in _NOT_OURS:
            message = f"the header {name} belongs to the HTTP client and is left out"
            problems.append(Problem(Severity.NOTE, "header-left-out", message, here))
        elif enabled and _is_fixed(name, value, words, is_converted):
            if _BAD_VALUE.search(value):
                raise Unsendable(f"the header {name[:60]} holds characters that no header can hold", here)
            if (hidden := _without_secrets(name, value, context, here)) == value:
                fixed.append(FixedHeader(name, value.strip(" \t")))
            else:
                parameters[lower] = _header_parameter(name, hidden, words, enabled, context, here)
        else:
            parameters[lower] = _header_parameter(name, value, words, enabled, context, here)
    sent = {header.wire.lower() for header in fixed}
    return Headers(
        fixed=_last_spellings(fixed),
        parameters=tuple(one for lower, one in parameters.items() if lower not in sent),
        content_type=special.get("content-type"),
        disabled_content_type=special.get("-content-type"),
        authorization=special.get("authorization"),
        problems=tuple(problems),
    )


def _is_fixed(name: str, value: str, words: str, is_converted: bool) -> bool:
    lower = name.lower()
    if lower in ("accept", "cookie") and not HOLE.search(value):
        return bool(value)
    if HOLE.search(value) or is_placeholder_text(value) or is_secret_name(name):
        return False
    return not (is_converted and words)


def _without_secrets(name: str, value: str, context: Context, here: Origin) -> str:
    if name.lower() != "cookie":
        return context.vault.hide_text(value, here)
    hidden: list[str] = []
    for pair in value.split(";"):
        key, equals, content = pair.partition("=")
        if _SESSION.search(key) or is_secret_name(key):
            content = str(context.vault.replace(key, content, here))
        hidden.append(f"{key}{equals}{content}")
    return ";".join(hidden)


def _last_spellings(headers: Sequence[FixedHeader]) -> tuple[FixedHeader, ...]:
    """Same spelling: a line each. Of several spellings the one that came up last wins. One Cookie line."""
    spellings: dict[str, dict[str, None]] = {}
    for header in headers:
        spellings.setdefault(header.wire.lower(), {})[header.wire] = None
    winners = {next(reversed(names)) for names in spellings.values()}
    kept = [header for header in headers if header.wire in winners]
    cookies = [header for header in kept if header.wire.lower() == "cookie"]
    if len(cookies) > 1:
        joined = FixedHeader(cookies[0].wire, "; ".join(header.value for header in cookies))
        kept = [header for header in kept if header.wire.lower() != "cookie"] + [joined]
    return tuple(kept)


def _header_parameter(
    name: str, value: str, words: str, enabled: bool, context: Context, here: Origin
) -> Parameter:
    taken = given(name, [value] if value else [], words, context, here, textual="{{$" in value)
    return Parameter(
        place=Place.HEADER,
        wire=name,
        type=taken.type,
        required=taken.required and enabled,
        doc=taken.doc,
        example=taken.example,
        enabled=enabled and bool(value),
        origin=here,
    )
