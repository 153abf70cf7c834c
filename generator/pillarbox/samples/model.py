"""A sample in no language yet: one request, one response, and the steps that read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ..client.api import Client, Method
from ..model.types import Json

__all__ = [
    "Address",
    "Auth",
    "BasicAuth",
    "BearerAuth",
    "Content",
    "DigestAuth",
    "FileContent",
    "FileName",
    "FilePart",
    "Flag",
    "FormContent",
    "Group",
    "Header",
    "Input",
    "Items",
    "JsonContent",
    "KeyCookie",
    "KeyHeader",
    "KeyQuery",
    "Kind",
    "Leaf",
    "MultipartContent",
    "Pair",
    "QueryPiece",
    "Raw",
    "Reading",
    "Request",
    "Sample",
    "SampleResponse",
    "Secret",
    "Segment",
    "Step",
    "Text",
    "TextContent",
    "TextPart",
    "Unsigned",
    "Variable",
]


@dataclass(frozen=True, slots=True)
class Input:
    """A value that the reader of a sample replaces: a path parameter, a setting, a part of the host."""

    wire: str
    value: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret: taken from the environment, never written down."""

    wire: str
    """Its usual name: `access_token`."""
    environment: str
    """`ZOOM_ACCESS_TOKEN`: upper-case ASCII letters, digits and underscores."""


@dataclass(frozen=True, slots=True)
class FileName:
    """A file to send. Its name is letters, digits, `.`, `-` and `_`, and starts with no sign."""

    wire: str
    path: str


Variable = Input | Secret | FileName
"""A local at the top of a sample."""

Text = tuple[str | Variable, ...]
"""Fixed text and variables, in order."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A variable of the path: its value is data, so `/`, `?`, `%` and the like in it are to be escaped."""

    variable: Variable


Address = tuple[str | Variable | Segment, ...]
"""A URL: fixed text as it is sent, variables before the path as they are, segments escaped."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`name=value` of a query: what they mean, and how they are written on the wire."""

    name: str
    value: str
    encoded: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A query parameter without `=`."""

    name: str
    encoded: str


@dataclass(frozen=True, slots=True)
class Raw:
    """A piece of the query as it is sent; its meaning is not known."""

    encoded: str


QueryPiece = Pair | Flag | Raw


@dataclass(frozen=True, slots=True)
class Header:
    """One header line: Latin-1, no line breaks."""

    name: str
    value: Text

    @property
    def fixed(self) -> str | None:
        """The value where it is one text, else None."""
        match self.value:
            case ():
                return ""
            case (str() as text,):
                return text
            case _:
                return None


@dataclass(frozen=True, slots=True)
class BearerAuth:
    """`Authorization: PREFIX TOKEN`; the prefix may be empty."""

    prefix: str
    token: Secret


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """HTTP Basic, user name and password in UTF-8."""

    username: Secret
    password: Secret


@dataclass(frozen=True, slots=True)
class DigestAuth:
    """HTTP Digest: a language that cannot do it notes that."""

    username: Secret
    password: Secret


@dataclass(frozen=True, slots=True)
class KeyHeader:
    """A key in a header of its own."""

    name: str
    key: Secret


@dataclass(frozen=True, slots=True)
class KeyQuery:
    """A key as the last parameter of the query."""

    name: str
    key: Secret
    encoded_name: str


@dataclass(frozen=True, slots=True)
class KeyCookie:
    """A key as the last cookie."""

    name: str
    key: Secret


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A scheme that no sample signs: a comment reports it."""

    scheme: str


Auth = BearerAuth | BasicAuth | DigestAuth | KeyHeader | KeyQuery | KeyCookie | Unsigned


@dataclass(frozen=True, slots=True)
class JsonContent:
    """A JSON document."""

    value: Json
    media_type: str

    @property
    def text(self) -> str:
        """The document on one line."""
        return json.dumps(self.value, ensure_ascii=False)

    @property
    def pretty(self) -> str:
        """The document as a person would write it: the same JSON."""
        return json.dumps(self.value, ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class FormContent:
    """An urlencoded form: names and values as they are meant, and the whole as it is written."""

    pairs: tuple[tuple[str, str], ...]
    encoded: str
    media_type: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A field of a multipart body."""

    name: str
    value: str
    content_type: str
    """Empty: none is sent."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a multipart body."""

    name: str
    file: FileName
    content_type: str
    """Never empty."""


@dataclass(frozen=True, slots=True)
class MultipartContent:
    """`multipart/form-data`."""

    parts: tuple[TextPart | FilePart, ...]


@dataclass(frozen=True, slots=True)
class TextContent:
    """Any other text, sent in UTF-8."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as the whole body."""

    file: FileName
    media_type: str


Content = JsonContent | FormContent | MultipartContent | TextContent | FileContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, whole."""

    method: str
    """An HTTP token in capitals."""
    address: Address
    """The URL up to the query."""
    query: tuple[QueryPiece, ...] = ()
    headers: tuple[Header, ...] = ()
    """Neither the Content-Type of `content` nor what `auth` adds; all cookies are in one `Cookie`."""
    auth: tuple[Auth, ...] = ()
    content: Content | None = None
    notes: tuple[str, ...] = ()
    """What the reader of a sample must know of it, a sentence each."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Each variable once, in the order in which a person would fill them."""
        return tuple(dict.fromkeys(self._variables()))

    def _variables(self) -> Iterator[Variable]:
        for piece in self.address:
            if not isinstance(piece, str):
                yield piece.variable if isinstance(piece, Segment) else piece
        for header in self.headers:
            yield from (piece for piece in header.value if not isinstance(piece, str))
        for auth in self.auth:
            match auth:
                case (
                    BearerAuth(token=secret)
                    | KeyHeader(key=secret)
                    | KeyQuery(key=secret)
                    | KeyCookie(key=secret)
                ):
                    yield secret
                case BasicAuth(username, password) | DigestAuth(username, password):
                    yield from (username, password)
                case Unsigned():
                    pass
        match self.content:
            case MultipartContent(parts):
                yield from (part.file for part in parts if isinstance(part, FilePart))
            case FileContent(file=file):
                yield file
            case _:
                pass


class Kind(Enum):
    """The type of a value of the response."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ANY = "any"
    """A scalar of changing type, or null in the only sample there is."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar: one typed local."""

    key: str | None
    """Its name in the object around it; None for the item of an array and for the whole response."""
    kind: Kind
    names: tuple[tuple[str, ...], ...]
    """Names for a local, best first: words in lower-case ASCII, none of them empty."""
    optional: bool = False
    """Null or absent in some sample."""
    large: bool = False
    """An integer beyond 32 bits in some sample."""


@dataclass(frozen=True, slots=True)
class Group:
    """An object: its members are read below it."""

    key: str | None
    steps: "tuple[Step, ...]"
    names: tuple[tuple[str, ...], ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """An array: the same is read of each item."""

    key: str | None
    item: "Step"
    """Its key is None."""
    names: tuple[tuple[str, ...], ...]
    item_names: tuple[tuple[str, ...], ...]
    """Names for one item."""
    optional: bool = False


Step = Leaf | Group | Items


@dataclass(frozen=True, slots=True)
class Reading:
    """How the values of a JSON response are read."""

    root: Step
    left_out: int = 0
    """How many values are not read: too many, too deep, or objects and scalars in one array."""
    has_nul: bool = False
    """A text holds a NUL character, which some languages end texts at."""
    has_huge: bool = False
    """An integer is beyond 53 bits, which doubles do not tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResponse:
    """The response."""

    status: int
    media_type: str
    shortened: str
    """The sample that the reading was made from, for a comment; empty where there is none."""
    reading: Reading | None
    """None where the response is no JSON, or no saved one is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One request and its response."""

    title: str
    """What the spec calls it."""
    client: Client
    """The generated client, for the samples that call it."""
    method: Method
    request: Request
    response: SampleResponse | None
    """None where the spec saves no response."""
