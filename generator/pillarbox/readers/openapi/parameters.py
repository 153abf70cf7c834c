"""Parameters: where a value travels and how it becomes text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.api import Location, Parameter
from ...model.problems import Origin, Problem, Severity
from ...model.styles import Style, is_array, is_list_of_objects, is_object
from ...model.types import (
    Anything,
    Array,
    Enumeration,
    Nullable,
    Scalar,
    ScalarKind,
    Type,
)
from ..lenient import description, mapping, sequence, text
from .defaults import with_default
from .dialect import Dialect
from .media import Syntax, best, syntax_of
from .parameter_nodes import candidates_of, listed
from .refs import Carried, Lost, Refs
from .schemas import Schemas
from .values import Values

__all__ = ["ParameterNode", "Reading", "collect", "read_parameter", "style_of", "without_null"]

_LOCATIONS = {
    "path": Location.PATH,
    "query": Location.QUERY,
    "header": Location.HEADER,
    "cookie": Location.COOKIE,
    "querystring": Location.QUERY,
}
_NEVER = frozenset(("accept", "content-type", "content-length", "transfer-encoding", "connection", "host"))
"""Headers that the client or its connection writes."""
_OF_PARAMETERS = frozenset(
    "required description name in content style explode allowReserved allowEmptyValue deprecated examples".split()
)
_COLLECTION = {"ssv": Style.SPACE, "tsv": Style.TAB, "pipes": Style.PIPE, "csv": Style.COMMA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reading of any part of one document needs."""

    dialect: Dialect
    refs: Refs
    schemas: Schemas
    values: Values
    problems: list[Problem]

    def note(self, severity: Severity, code: str, message: str, origin: Origin) -> None:
        self.problems.append(Problem(severity, code, message, origin))


@dataclass(frozen=True, slots=True)
class ParameterNode:
    """A parameter object of the document, its references followed."""

    location: str
    wire: str
    node: Mapping[str, Any]
    origin: Origin


def collect(nodes: Any, origin: Origin, reading: Reading) -> list[ParameterNode]:
    """The parameters of a path or an operation, resolved; one that is listed twice is a problem."""
    found: dict[tuple[str, str], ParameterNode] = {}
    for index, entry in enumerate(sequence(nodes)):
        node, here = reading.refs.resolve(entry, origin.child(index), Carried.PARAMETER)
        location, wire = text(node.get("in")), text(node.get("name"))
        if not node:
            continue
        if not wire or location not in (*_LOCATIONS, "body", "formData"):
            message = f"a parameter needs `name` and `in`; {wire[:60]!a} in {location[:20]!a} is left out"
            if node.get("required") is True:
                raise Lost(Problem(Severity.ERROR, "lost-argument", message, here))
            reading.note(Severity.WARNING, "unusable-parameter", message, here)
            continue
        key = _same(location, wire)
        if key in found:
            message = f"the {location} parameter {wire[:60]!a} is listed twice; the last one counts"
            reading.note(Severity.WARNING, "duplicate-parameter", message, here)
        found[key] = ParameterNode(location, wire, node, here)
    return list(found.values())


def merged(above: Sequence[ParameterNode], own: Sequence[ParameterNode]) -> list[ParameterNode]:
    """The parameters of a path under those of its operation, which replace what they share a name with."""

    replaced = {_same(one.location, one.wire): one for one in own}
    kept = [replaced.pop(_same(one.location, one.wire), one) for one in above]
    return kept + list(replaced.values())


def _same(location: str, wire: str) -> tuple[str, str]:
    """Equal for two descriptions of one parameter: header names ignore case, and there is one body."""
    return location, "" if location == "body" else wire.lower() if location == "header" else wire


def without_null(kind: Type) -> Type:
    """Outside of bodies there is no null: None leaves a parameter out."""
    match kind:
        case Nullable(inner):
            return without_null(inner)
        case Array(items):
            return Array(without_null(items))
        case _:
            return kind


def _never_empty(kind: Type) -> Type:
    """A path parameter cannot be sent without a value, whatever its enum lists."""
    if isinstance(kind, Enumeration) and "" in kind.values and len(kind.values) > 1:
        docs = tuple(doc for doc, value in zip(kind.docs, kind.values, strict=False) if value != "")
        return replace(kind, values=tuple(value for value in kind.values if value != ""), docs=docs)
    return kind


def read_parameter(parameter_node: ParameterNode, reading: Reading, *, is_signed: bool) -> Parameter | None:
    """A parameter of the model; None for a header that the client writes itself, and for what cannot be sent.

    Raises:
        Lost: it cannot be sent, and every call needs it.
    """
    location, node, origin = _LOCATIONS[parameter_node.location], parameter_node.node, parameter_node.origin
    wire = parameter_node.wire
    if location is Location.HEADER:
        lower = wire.lower()
        if lower in _NEVER or (lower == "authorization" and is_signed):
            return None
    schema, at, syntax = _schema(node, reading, origin)
    is_deprecated = node.get("deprecated") is True or mapping(schema).get("deprecated") is True
    required = node.get("required") is True or location is Location.PATH
    kind = without_null(reading.schemas.type_of(schema, at, for_request=True))
    if isinstance(kind, Scalar) and kind.kind is ScalarKind.BINARY:
        kind = Scalar(ScalarKind.STRING, kind.format)
    words = description(node.get("description")) or description(mapping(schema).get("description"))
    kind = _never_empty(listed(kind, words)) if location is Location.PATH else listed(kind, words)
    if parameter_node.location == "querystring":
        if not (syntax is Syntax.FORM and is_object(kind)):
            _note_unsendable(node, reading, origin)
            return None
        style = Style.MEMBERS
    elif syntax is Syntax.JSON and _is_composite(kind):
        style = Style.JSON
    else:
        style = style_of(node, location, kind, reading, origin)
        style = by_name(wire, style, kind, node) if location is Location.QUERY else style
    default = mapping(schema).get("default")
    return Parameter(
        location=location,
        wire=wire,
        type=kind,
        required=required,
        style=style,
        reserved=location is Location.QUERY and (node.get("allowReserved") is True or _is_raw(node)),
        doc=with_default(words, default),
        deprecated=is_deprecated,
        example=reading.values.example(
            kind, wire, candidates_of(_shown(node), schema, kind, wire, reading.refs, origin)
        ),
        enabled=required or not is_deprecated,
        origin=origin,
    )


def _note_unsendable(node: Mapping[str, Any], reading: Reading, origin: Origin) -> None:
    message = "a parameter that is the whole query can only be sent as the fields of a form"
    if node.get("required") is True:
        raise Lost(Problem(Severity.ERROR, "lost-argument", message, origin))
    reading.note(Severity.WARNING, "unsupported-parameter", f"{message}; it is left out", origin)


def _is_raw(node: Mapping[str, Any]) -> bool:
    """Azure's mark of a value that holds delimiters: segments of a path, a link with its query."""
    return node.get("x-ms-skip-url-encoding") is True


def _shown(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object with the examples of a parameter: itself, or its `content`."""
    content = mapping(node.get("content"))
    return {**mapping(content.get(best(content) or "")), **node}


def _is_composite(kind: Type) -> bool:
    return is_object(kind) or is_array(kind) or isinstance(kind, Anything)


def _schema(node: Mapping[str, Any], reading: Reading, origin: Origin) -> tuple[Any, Origin, Syntax | None]:
    """The schema of a parameter, where it is, and the syntax of one that is described by `content`."""
    content = node.get("content")
    if isinstance(content, dict) and content:
        media_type = best(content) or ""
        inner = mapping(content.get(media_type))
        return inner.get("schema", {}), origin.child("content", media_type, "schema"), syntax_of(media_type)
    if "schema" not in node:
        if "type" in node and reading.dialect is not Dialect.SWAGGER_2:
            message = "the type of a parameter belongs into `schema`; it is read as if it were there"
            reading.note(Severity.NOTE, "parameter-without-schema", message, origin)
        return _inline(node), origin, None
    return node.get("schema", {}), origin.child("schema"), None


def _inline(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter that is its own schema, but `required` and `description` are the parameter's."""
    return {key: value for key, value in node.items() if key not in _OF_PARAMETERS}


def style_of(
    node: Mapping[str, Any], location: Location, kind: Type, reading: Reading, origin: Origin
) -> Style:
    """How the value becomes text (OpenAPI 3.1, Style Values; Swagger 2.0, collectionFormat)."""
    if location is Location.PATH and _is_raw(node) and not is_object(kind):
        return Style.SEGMENTS
    if reading.dialect is Dialect.SWAGGER_2:
        return _swagger_style(node, location, kind)
    named = text(node.get("style"))
    usual = "form" if location in (Location.QUERY, Location.COOKIE) else "simple"
    exploded = node.get("explode")
    explode = exploded if isinstance(exploded, bool) else (named or usual) in ("form", "deepObject")
    if location is Location.PATH and named in ("label", "matrix"):
        if named == "label":
            return Style.LABEL_EXPLODED if explode else Style.LABEL
        return Style.MATRIX_EXPLODED if explode else Style.MATRIX
    if location is Location.QUERY and named == "deepObject":
        return Style.DEEP if _is_composite(kind) else Style.SIMPLE
    if location is Location.QUERY and named in ("spaceDelimited", "pipeDelimited"):
        if is_array(kind) and exploded is not True:
            return Style.SPACE if named == "spaceDelimited" else Style.PIPE
        return Style.SIMPLE
    if named and named != usual:
        message = (
            f"the style {named[:40]!a} does not go with a {location.value} parameter; `{usual}` is taken"
        )
        reading.note(Severity.NOTE, "unknown-style", message, origin)
    return _usual(location, kind, explode=explode)


def by_name(wire: str, style: Style, kind: Type, node: Mapping[str, Any]) -> Style:
    """What the style of a query or a form is for a name that holds brackets, such as `filter[size]`: objects nest likewise,
    and the empty ones of `lines[]` are for each item."""
    if style not in (Style.SIMPLE, Style.MEMBERS) or "[" not in wire or "style" in node:
        return style
    if is_list_of_objects(kind):
        return Style.DEEP_REPEATED if wire.endswith("[]") else Style.DEEP
    return Style.DEEP if is_object(kind) else style


def _usual(location: Location, kind: Type, *, explode: bool) -> Style:
    """`form` in queries and cookies, `simple` in paths and headers."""
    if location in (Location.QUERY, Location.COOKIE):
        if is_object(kind):
            return Style.MEMBERS if explode else Style.PAIRS
        return Style.COMMA if is_array(kind) and not explode else Style.SIMPLE
    if is_object(kind):
        return Style.ASSIGNED if explode else Style.PAIRS
    return Style.SIMPLE


def _swagger_style(node: Mapping[str, Any], location: Location, kind: Type) -> Style:
    if not is_array(kind) or location is not Location.QUERY:
        return Style.SIMPLE
    named = text(node.get("collectionFormat")) or "csv"
    return _COLLECTION.get(named, Style.SIMPLE)
