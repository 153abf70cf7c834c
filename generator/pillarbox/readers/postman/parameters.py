"""Query and headers of a request: parameters, and text that is always sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import Example, FixedHeader, FixedQuery, Location, Parameter
from ...model.problems import Origin, Problem, Severity
from ...model.styles import Style
from ...model.types import Array, Field, Object, Scalar, ScalarKind, Union
from ..lenient import description, entries, javascript_text, text
from ..prose_hints import is_placeholder_text
from ..secret_names import is_secret_name
from .converted import SECURITY_NOTE, marked
from .encoding import encode_query, readable_key
from .parameter_values import Context, Where, Written, read_value
from .urls import QueryEntry, Unsendable
from .variables import PLACEHOLDER

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
    fixed: tuple[FixedQuery, ...]
    """Pieces without a name, encoded."""


def read_query(pieces: Sequence[QueryEntry], context: Context, *, is_converted: bool) -> Query:
    """One parameter a key, in the order of the first entry of each; pieces without a key are fixed text."""
    groups: dict[str, list[QueryEntry]] = {}
    nameless: list[str] = []
    fixed: list[FixedQuery] = []
    for entry in pieces:
        if entry.key:
            wire = readable_key(context.scope.resolve(entry.key))
            if wire not in groups:
                fixed += (FixedQuery(text, before=wire) for text in nameless)
                nameless.clear()
            groups.setdefault(wire, []).append(entry)
        elif entry.enabled:
            value = None if entry.value is None else encode_query(context.scope.resolve(entry.value))
            nameless.append("" if value is None else f"={value}".replace("&", "%26"))
    fixed += map(FixedQuery, nameless)
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
            location=Location.QUERY,
            wire=wire,
            type=Scalar(ScalarKind.BOOLEAN),
            required=marks.required and bool(enabled),
            style=Style.FLAG,
            doc=marks.doc,
            example=Example(True),
            enabled=bool(enabled),
            origin=origin,
        )
    if any(entry.value is None for entry in enabled):
        return _partly_alone(wire, used, words, context)
    raws = [entry.value or "" for entry in used]
    repeated = len(enabled) > 1 or (not enabled and len(group) > 1 and len(set(raws)) == 1)
    written = Written(
        where=Where.QUERY,
        wire=wire,
        values=raws if repeated else raws[:1],
        description=words,
        repeated=repeated,
        origin=origin,
    )
    taken = read_value(written, context)
    return Parameter(
        location=Location.QUERY,
        wire=wire,
        type=taken.type,
        required=taken.required and bool(enabled),
        style=taken.style,
        doc=taken.doc,
        example=taken.example,
        enabled=bool(enabled),
        origin=origin,
    )


def _partly_alone(wire: str, used: list[QueryEntry], words: str, context: Context) -> Parameter:
    """`a=1&a`: a list in which True means the key alone."""
    written = Written(
        where=Where.QUERY,
        wire=wire,
        values=[entry.value for entry in used if entry.value is not None],
        description=words,
        repeated=True,
        origin=used[0].origin,
    )
    taken = read_value(written, context)
    values = taken.example.value
    rest = iter(values if isinstance(values, list) else [values])
    items = taken.type.items if isinstance(taken.type, Array) else taken.type
    return Parameter(
        location=Location.QUERY,
        wire=wire,
        type=Array(Union((items, Scalar(ScalarKind.BOOLEAN)))),
        required=taken.required,
        style=Style.FLAG,
        doc=taken.doc,
        example=Example([True if entry.value is None else next(rest) for entry in used]),
        origin=used[0].origin,
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
        location=Location.QUERY,
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
    """The headers of a request, those about the body or the caller kept apart."""

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
    groups: dict[str, list[_Line]] = {}
    special: dict[str, str] = {}
    problems: list[Problem] = []
    for index, entry in entries(node):
        name = context.scope.resolve(text(entry.get("key"))).strip()
        here, enabled = origin.child(index), not entry.get("disabled")
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
        else:
            groups.setdefault(lower, []).append(
                _Line(name, value, words, enabled, _is_fixed(name, value, words, is_converted), here)
            )
    fixed: list[FixedHeader] = []
    parameters: list[Parameter] = []
    for group in groups.values():
        lines = _sent(group)
        if (texts := _fixed_lines(lines, context)) is not None:
            fixed += texts
        else:
            parameters.append(_header_parameter(lines, context))
    return Headers(
        fixed=tuple(fixed),
        parameters=tuple(parameters),
        content_type=special.get("content-type"),
        disabled_content_type=special.get("-content-type"),
        authorization=special.get("authorization"),
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One header of the request, as the collection has it."""

    name: str
    value: str
    words: str
    enabled: bool
    is_fixed: bool
    origin: Origin


def _sent(group: list[_Line]) -> list[_Line]:
    """The enabled ones, or else the last. Of several spellings the last one wins."""
    enabled = [line for line in group if line.enabled]
    if not enabled:
        return group[-1:]
    winner = next(reversed(dict.fromkeys(line.name for line in enabled)))
    return [line for line in enabled if line.name == winner]


def _fixed_lines(lines: list[_Line], context: Context) -> list[FixedHeader] | None:
    """Headers with fixed text: one for each line, one for all cookies. None where a line is an argument."""
    if not all(line.enabled and line.is_fixed for line in lines):
        return None
    for line in lines:
        if _BAD_VALUE.search(line.value):
            message = f"the header {line.name[:60]} holds characters that no header can hold"
            raise Unsendable(message, line.origin)
        if _without_secrets(line.name, line.value, context, line.origin) != line.value:
            return None
    values = [line.value.strip(" \t") for line in lines]
    if lines[0].name.lower() == "cookie":
        values = ["; ".join(values)]
    return [FixedHeader(lines[0].name, value) for value in values]


def _is_fixed(name: str, value: str, words: str, is_converted: bool) -> bool:
    lower = name.lower()
    if lower in ("accept", "cookie") and not PLACEHOLDER.search(value):
        return bool(value)
    if PLACEHOLDER.search(value) or is_placeholder_text(value) or is_secret_name(name):
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


def _header_parameter(lines: list[_Line], context: Context) -> Parameter:
    """An argument; for a header that is repeated, a list, which is sent as one line joined by commas."""
    first = lines[0]
    raws = [_without_secrets(line.name, line.value, context, line.origin) for line in lines if line.value]
    if first.name.lower() == "cookie" and raws:
        raws = ["; ".join(raws)]
    written = Written(
        where=Where.HEADER,
        wire=first.name,
        values=raws,
        description=next((line.words for line in lines if line.words), ""),
        repeated=len(raws) > 1,
        origin=first.origin,
    )
    taken = read_value(written, context)
    return Parameter(
        location=Location.HEADER,
        wire=first.name,
        type=taken.type,
        required=taken.required and first.enabled,
        doc=taken.doc,
        example=taken.example,
        enabled=first.enabled and bool(raws),
        origin=first.origin,
    )
