"""What an API offers: operations, their parameters, bodies and responses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from .grouping import Grouping
from .problems import Origin, Problem
from .responses import Content, ErrorCase, Response, ResponseHeader, SavedExample, StatusRange
from .security import SecurityScheme
from .styles import Style
from .types import Field, Json, Schema, Type

__all__ = [
    "Api",
    "BinaryBody",
    "Body",
    "Content",
    "ErrorCase",
    "Example",
    "FixedHeader",
    "FixedQuery",
    "FormBody",
    "GraphQLBody",
    "Identity",
    "JsonBody",
    "Location",
    "MultipartBody",
    "Operation",
    "Parameter",
    "Part",
    "Placeholder",
    "ReadResult",
    "Resource",
    "Response",
    "ResponseHeader",
    "SavedExample",
    "Server",
    "Setting",
    "Source",
    "StatusRange",
    "Template",
    "TextBody",
    "TextSyntax",
]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A gap in a text that an argument fills, by its wire name."""

    wire: str


Template = tuple[str | Placeholder, ...]
"""Fixed text and placeholders, in order; neighbouring fixed texts are joined."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value for the example call."""

    value: Json
    """What documentation shows and tests send: concrete, readable, of the right type, no secret."""
    as_written: Json = None
    """What the spec itself holds, for the conformance run; None where it is `value` or a secret."""


class Location(Enum):
    """Where a parameter is sent. The order decides which location wins a contested name."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    SERVER = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that the caller gives outside of the body."""

    location: Location
    wire: str
    type: Type
    required: bool
    style: Style = Style.SIMPLE
    reserved: bool = False
    """Query only: characters that URLs reserve are sent as they are, but for those that would end the value or
    change it (`& + #` and `%`)."""
    doc: str = ""
    """The spec's own description, uncleaned, without markers such as `(Required)`."""
    deprecated: bool = False
    default: Json = None
    """Sent unless the caller says otherwise; only for a literal that tells sibling operations apart."""
    example: Example | None = None
    enabled: bool = True
    """False for what the spec switches off: it stays out of the example call."""
    origin: Origin


@dataclass(frozen=True, slots=True)
class FixedHeader:
    """A header that the operation always sends unchanged (Latin-1 text)."""

    wire: str
    value: str


@dataclass(frozen=True, slots=True)
class FixedQuery:
    """A piece of the query that is always sent unchanged, already encoded (rare: an empty piece, a bare `?`)."""

    text: str
    before: str = ""
    """Wire name of the parameter that follows it; empty: it comes after all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonBody:
    """A JSON document. An object is flattened into arguments; anything else is one argument."""

    type: Type
    required: bool
    optional: bool = False
    """Whether a call that gives none of its fields has no body; else it has an empty object."""
    media_type: str = "application/json"
    alternatives: tuple[str, ...] = ()
    """Other media types that the same value may be sent as, where that means something else: the kinds of patch."""
    example: Example | None = None
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBody:
    """`application/x-www-form-urlencoded`."""

    fields: tuple[Field, ...]
    required: bool = True
    """Without it no field is required."""
    media_type: str = "application/x-www-form-urlencoded"
    example: Example | None = None
    """An object: wire name -> value (a list where the field repeats)."""
    styles: tuple[tuple[str, Style], ...] = ()
    """Wire name and style of the fields that are not simply repeated."""
    enabled: frozenset[str] | None = None
    """Wire names that are in the example call; None for all of them."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of a multipart body and how its part is labelled."""

    field: Field
    content_type: str = ""
    """Content-Type of the part, if the spec sets one."""
    is_json: bool = False
    """Whether a text in it is JSON too, in quotes. Not in a collection, whose texts are sent as they are."""
    is_file: bool = False
    file_name: str = ""
    """Base name of the file in the spec's example, documentation only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartBody:
    """`multipart/form-data`."""

    parts: tuple[Part, ...]
    required: bool = True
    """Without it no field is required."""
    example: Example | None = None
    """An object: wire name -> value; files are null."""
    enabled: frozenset[str] | None = None
    origin: Origin


class TextSyntax(Enum):
    """What a text body is written in: how the value of a placeholder is escaped."""

    XML = "xml"
    JSON = "json"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBody:
    """Text with placeholders: SOAP, JSON that no parser takes, plain text. `content=` replaces it whole."""

    template: Template
    syntax: TextSyntax
    media_type: str
    placeholders: tuple[Field, ...] = ()
    """One per distinct placeholder of the template, in order."""
    example: Example | None = None
    """An object: placeholder -> value."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryBody:
    """Bytes, such as a file, or text of a format that clients do not write themselves (XML, CSV)."""

    media_type: str
    """Empty where the spec has none: a file is labelled by its name then, and bare bytes not at all."""
    required: bool
    is_text: bool = False
    example: Example | None = None
    """A text; only where `is_text`."""
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLBody:
    """A GraphQL document over HTTP: the query is fixed, its variables are arguments."""

    query: str | None
    """None where the body has none, as one that runs a stored query."""
    operation_name: str | None
    variables: tuple[Field, ...]
    example: Example | None = None
    """An object, which may be empty; None where the body has no `variables` at all."""
    origin: Origin


Body = JsonBody | FormBody | MultipartBody | TextBody | BinaryBody | GraphQLBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """All that an operation can be recognised by in the next version of its spec.

    Position is no identity: `pointer` is set only where it is made of names (OpenAPI), never for
    the numbered items of a collection, or a new item would inherit a removed one's name.
    """

    item: str | None = None
    """Postman's item id."""
    folder: tuple[str, ...] | None = None
    """Postman: names of the folders, then the item's own name."""
    route: str
    """Method and path, placeholders by their wire names: `GET /users/{userId}/token`."""
    operation_id: str | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where requests go: scheme, host, port and leading path, without a trailing slash."""

    template: Template
    """A single fixed text in most specs; placeholders are parameters with `Location.SERVER`."""
    variable: str = ""
    """The variable that holds it in the spec, such as `baseUrl`."""
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A placeholder of most paths that the client fills (`Commerce(project_key=…)`)."""

    wire: str
    type: Type
    doc: str = ""
    default: Json = None
    example: Example | None = None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An argument whose value responses of other operations hold, as a script of the spec shows. Documentation only."""

    location: Location | None
    """None for the body."""
    wire: str
    operations: tuple[Origin, ...]
    """`Operation.origin` of each of them, in the order of the spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One request that a caller can make."""

    identity: Identity
    resource: tuple[str, ...]
    """Names of the resource and its parents as the spec spells them; empty for the client itself."""
    name: str
    """What the spec calls it: an item name, an operationId."""
    summary: str
    """One line, uncleaned; often equal to `name`."""
    description: str = ""
    """The rest, uncleaned Markdown or HTML."""
    method: str
    """Upper case; any HTTP token."""
    path: Template
    """Starts with `/`, or is empty. Fixed text is percent-encoded as it is to be sent, so a fixed text never
    holds `{` or `}`."""
    fixed_query: tuple[FixedQuery, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    """Path parameters in path order first, then the others in the order of the spec."""
    headers: tuple[FixedHeader, ...] = ()
    body: Body | None = None
    other_media_types: tuple[str, ...] = ()
    """What the body may be too, besides the one kind that `body` is. Documentation only."""
    responses: tuple[Response, ...] = ()
    errors: tuple[ErrorCase, ...] = ()
    security: tuple[tuple[str, ...], ...] = ()
    """Alternatives, each a set of scheme keys that are needed together; empty for none at all."""
    server: Server | None = None
    """None for the client's own."""
    deprecated: bool = False
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A group of operations and its description in the spec."""

    path: tuple[str, ...]
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole API."""

    title: str
    description: str = ""
    version: str = ""
    server: Server | None
    other_servers: tuple[Server, ...] = ()
    """Where else the API is: test systems, regions. Documentation only."""
    settings: tuple[Setting, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    credential_sources: tuple[tuple[str, tuple[Origin, ...]], ...] = ()
    """Key of a scheme -> the operations whose responses hold its secret, as scripts of the spec show."""
    resources: tuple[Resource, ...] = ()
    grouping: Grouping
    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema]
    """Named objects, by the key that `Reference` uses. Empty for a collection."""
    names_as_written: bool = False
    """Whether the names of query parameters are already what is sent, escapes included, and one of them would change."""
    source: str
    """The spec's file name without folders, for the documentation."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What a reader returns: the API, what was wrong, and how much was left out."""

    api: Api
    problems: tuple[Problem, ...]
    requests: int
    """How many requests the spec holds, unsendable ones included."""
    redacted: int
    """How many secret values were replaced by placeholders."""
