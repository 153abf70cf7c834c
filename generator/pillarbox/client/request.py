"""What a method sends: the parts of a request that no type describes.

Values that are the same in both models (texts with placeholders, fixed headers, saved examples) are those of the model,
and are imported from here by the projections of a client.
"""

from dataclasses import dataclass
from enum import Enum

from ..model.api import (
    FixedHeader,
    FixedQuery,
    Identity,
    Placeholder,
    ResponseHeader,
    SavedExample,
    Server,
    StatusRange,
    Template,
    TextSyntax,
)
from ..model.problems import Origin
from ..model.styles import Style
from ..model.types import Json

__all__ = [
    "BinaryBody",
    "Body",
    "FixedHeader",
    "FixedQuery",
    "FormBody",
    "GraphQLBody",
    "Identity",
    "Json",
    "JsonBody",
    "Location",
    "MultipartBody",
    "ParameterStyle",
    "Part",
    "Placeholder",
    "Request",
    "ResponseHeader",
    "SavedExample",
    "Server",
    "StatusRange",
    "Style",
    "Template",
    "TextBody",
    "TextSyntax",
    "route_text",
    "template_text",
]


class Location(Enum):
    """Where the value of a parameter is sent. The values are those of the lock and of `inspect`."""

    PATH = "path"
    SERVER = "server"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    BODY_FIELD = "body"
    """A field of a body that is flattened into parameters."""
    BODY = "whole"
    """The body in one piece."""

    @property
    def in_body(self) -> bool:
        """Whether the value is sent in the body."""
        return self in (Location.BODY_FIELD, Location.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonBody:
    """A JSON document."""

    media_type: str
    optional: bool
    """Whether a call that gives none of its fields has no body."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBody:
    """`application/x-www-form-urlencoded`."""

    media_type: str
    styles: tuple[tuple[str, Style], ...]
    """Wire name and style of the fields that are not simply repeated."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of a multipart body and how its part is labelled."""

    wire: str
    content_type: str
    """Empty where the spec sets none."""
    is_json: bool
    """Whether its values are JSON whatever they are."""
    is_file: bool
    file_name: str
    """Base name of the file in the spec's example, for documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartBody:
    """`multipart/form-data`."""

    parts: tuple[Part, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLBody:
    """A GraphQL query whose variables are parameters."""

    query: str | None
    operation_name: str | None
    always_variables: bool
    """True where `variables` is sent though a call may give none."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBody:
    """A text whose placeholders are parameters."""

    template: Template
    syntax: TextSyntax
    media_type: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryBody:
    """Bytes, or text that the client does not write itself."""

    media_type: str
    """Empty where the spec has none."""
    is_text: bool
    example: Json
    """A text, or None."""
    origin: Origin


Body = JsonBody | FormBody | MultipartBody | GraphQLBody | TextBody | BinaryBody


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterStyle:
    """How the value of a parameter becomes text."""

    location: Location
    wire: str
    style: Style
    reserved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a method sends besides its parameters, and how."""

    method: str
    """HTTP method, upper case."""
    path: Template
    fixed_query: tuple[FixedQuery, ...]
    headers: tuple[FixedHeader, ...]
    styles: tuple[ParameterStyle, ...]
    """Of the parameters outside of the body, in the order of the spec."""
    body: Body | None
    server: Template | None
    """None for the client's own."""
    security: tuple[tuple[str, ...], ...]
    """Alternatives, each the keys of schemes that are needed together."""


def template_text(template: Template) -> str:
    """A text with its placeholders as `{wire}`."""
    return "".join(piece if isinstance(piece, str) else f"{{{piece.wire}}}" for piece in template)


def route_text(request: Request) -> str:
    """`GET /users/{userId}/token`."""
    return f"{request.method} {template_text(request.path) or '/'}"
