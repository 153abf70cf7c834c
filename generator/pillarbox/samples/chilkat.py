"""A sample as calls of the Chilkat library: one sequence, which each language of Chilkat's spells in its own way."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from ..model.types import Json
from .model import (
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Given,
    Group,
    Items,
    JsonContent,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    Kind,
    Leaf,
    MultipartContent,
    Pair,
    Reading,
    Sample,
    Secret,
    Segment,
    Step,
    TextContent,
    TextPart,
    Unsigned,
    Variable,
)
from .naming import Names, candidates
from .notes import lost_values, notes_of

__all__ = [
    "RESERVED", "Check", "CheckStatus", "Create", "Do", "Environment", "Expression", "Gap", "Let", "Loop", "Note", "Of", "Program",
    "Property", "Put", "Ref", "Shape", "Show", "ShowText", "Statement", "Sum", "reading_program", "sample_program",
]  # fmt: skip


class Shape(Enum):
    """What a local holds: a scalar, or an object of a Chilkat class."""

    TEXT = "text"
    INTEGER = "integer"
    LARGE = "large"
    """An integer of 64 bits, read from its text: Chilkat's own have 32."""
    NUMBER = "number"
    """A double, read from its text."""
    BOOLEAN = "boolean"
    HTTP = "Http"
    REQUEST = "HttpRequest"
    RESPONSE = "HttpResponse"
    JSON = "JsonObject"
    BUILDER = "StringBuilder"
    BYTES = "BinData"


@dataclass(frozen=True, slots=True)
class Ref:
    """A local; an object where it is passed."""

    name: str
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """A variable of the environment."""

    name: str


@dataclass(frozen=True, slots=True)
class Of:
    """What a method returns."""

    target: str
    method: str
    arguments: "tuple[Expression, ...]" = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property."""

    target: str
    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Texts, one after the other."""

    parts: "tuple[Expression, ...]"


Expression = str | int | bool | Ref | Environment | Of | Property | Sum


@dataclass(frozen=True, slots=True)
class Create:
    """A new object."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Let:
    """A scalar local gets a value, or the object that a method returns."""

    name: str
    shape: Shape
    value: Expression


@dataclass(frozen=True, slots=True)
class Put:
    """A property gets a value."""

    target: str
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Do:
    """A call for its effect."""

    target: str
    method: str
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """End with the error text where the last call of `target` failed."""

    target: str


@dataclass(frozen=True, slots=True)
class CheckStatus:
    """End where the status is 400 or more."""

    response: str


@dataclass(frozen=True, slots=True)
class Loop:
    """`index` from 0 to below `count`, also as Chilkat's own index `letter` of paths."""

    index: str
    count: str
    path: str
    json: str
    letter: str
    steps: "tuple[Statement, ...]"


@dataclass(frozen=True, slots=True)
class Show:
    """`name = value`."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class ShowText:
    """A line for people: a label, and a value where there is one."""

    label: str
    value: Expression | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Comment lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Statement = Create | Let | Put | Do | Check | CheckStatus | Loop | Show | ShowText | Note | Gap


@dataclass(frozen=True, slots=True)
class Program:
    """The statements, in order, and what they cannot carry."""

    statements: tuple[Statement, ...]
    unsent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.\-]+")
_QUERY_NAME = re.compile(r"[A-Za-z0-9_.\-\[\]$]+")
_MOST_UPDATES = 60
_LETTERS = "IJK"
RESERVED = (
    "http", "resp", "req", "json", "queryParams", "sbResponseBody", "jResp", "respStatusCode", "success", "sbBody", "fileData",
    "url", "i", "j", "k", "valCode", "chilkat2", "os", "sys", "countI", "countJ", "countK", "count_i", "count_j", "count_k", "query_params",
    "sb_response_body", "j_resp", "resp_status_code", "sb_body", "file_data", "val_code",
)  # fmt: skip


def _path(prefix: str, key: str) -> str:
    """A path of Chilkat's: names in quotes where they are more than letters and digits."""
    name = key if _PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
    return f"{prefix}.{name}" if prefix else name


class _Writer:
    """The statements of one request."""

    def __init__(self, sample: Sample, names: Names) -> None:
        self._request = sample.request
        self._sample = sample
        self._names = names
        self._locals: dict[Variable, str] = {}
        self.losses: list[str] = []

    # -- variables and address --------------------------------------------------------------------

    def variables(self) -> Iterator[Statement]:
        for variable in self._request.variables:
            name = self._locals[variable] = self._names.claim(candidates(variable))
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield Let(name, Shape.TEXT, value)
                case Secret(environment=environment):
                    yield Let(name, Shape.TEXT, Environment(environment))

    def _texts(self, pieces: Sequence[str | Variable | Segment]) -> Expression:
        parts: list[Expression] = []
        for piece in pieces:
            match piece:
                case str() if piece and parts and isinstance(parts[-1], str):
                    parts[-1] += piece
                case str():
                    parts += [piece] if piece else []
                case Segment(variable):
                    parts.append(Of("http", "UrlEncode", (Ref(self._locals[variable]),)))
                case _:
                    parts.append(Ref(self._locals[piece]))
        return parts[0] if len(parts) == 1 else Sum(tuple(parts)) if parts else ""

    def _takes_params(self) -> bool:
        pieces = self._request.query
        return (
            bool(pieces)
            and all(isinstance(one, Pair) and one.value and _QUERY_NAME.fullmatch(one.name) for one in pieces)
            and not any(isinstance(auth, KeyQuery) for auth in self._request.auth)
        )

    def url(self, *, with_query: bool) -> Statement:
        pieces: list[str | Variable | Segment] = list(self._request.address)
        if with_query:
            query = "&".join(piece.encoded for piece in self._request.query)
            mark = "?"
            if query:
                pieces.append(f"?{query}")
                mark = "&"
            for auth in self._request.auth:
                if isinstance(auth, KeyQuery):
                    pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
                    mark = "&"
        return Let("url", Shape.TEXT, self._texts(pieces))

    # -- what is set before -----------------------------------------------------------------------

    def prepared(self) -> Iterator[Statement]:
        """Credentials and headers of the Http object."""
        for auth in self._request.auth:
            match auth:
                case BearerAuth("Bearer", token):
                    yield Note('Adds the header "Authorization: Bearer ...".')
                    yield Put("http", "AuthToken", Ref(self._locals[token]))
                case BasicAuth(username, password) | DigestAuth(username, password):
                    yield Put("http", "Login", Ref(self._locals[username]))
                    yield Put("http", "Password", Ref(self._locals[password]))
                    yield Put("http", "BasicAuth" if isinstance(auth, BasicAuth) else "DigestAuth", True)
                case BearerAuth() | KeyHeader() | KeyQuery() | KeyCookie() | Unsigned():
                    pass
                case _:
                    assert_never(auth)

    def headers(self, target: str, method: str) -> Iterator[Statement]:
        """Header lines, of the Http object or of a request."""
        seen: set[str] = set()
        for header in self._request.headers:
            fixed = header.fixed
            if fixed == "" or (fixed is not None and not fixed.isascii()) or header.name.lower() in seen:
                self.losses.append(f"The header {header.name} is left out: Chilkat sends none like it.")
                continue
            seen.add(header.name.lower())
            yield Do(target, method, (header.name, self._texts(header.value)))
        for auth in self._request.auth:
            match auth:
                case BearerAuth(prefix, token) if prefix != "Bearer":
                    text = self._texts((f"{prefix} ", token) if prefix else (token,))
                    yield Do(target, method, ("Authorization", text))
                case KeyHeader(name, key):
                    yield Do(target, method, (name, Ref(self._locals[key])))
                case _:
                    pass

    # -- sending ----------------------------------------------------------------------------------

    def sent(self) -> Iterator[Statement]:
        """From the URL to the response in `resp`."""
        method = self._request.method
        match self._request.content:
            case None if self._takes_params():
                yield self.url(with_query=False)
                yield Create("queryParams", Shape.JSON)
                yield from self._params()
                yield from self.headers("http", "SetRequestHeader")
                arguments: tuple[Expression, ...] = (method, Ref("url"), Ref("queryParams", True))
                yield Let("resp", Shape.RESPONSE, Of("http", "QuickRequestParams", arguments))
            case None:
                yield self.url(with_query=True)
                yield from self.headers("http", "SetRequestHeader")
                yield Let("resp", Shape.RESPONSE, Of("http", "QuickRequest", (method, Ref("url"))))
            case JsonContent(value=value, media_type=media_type) as content:
                yield self.url(with_query=True)
                yield from self.headers("http", "SetRequestHeader")
                updates = _updates(value)
                if updates is None:
                    yield from self._text(content.text, media_type)
                else:
                    yield Create("json", Shape.JSON)
                    yield from updates
                    yield from self._ptext(Of("json", "Emit"), media_type)
            case TextContent(text=text, media_type=media_type):
                yield self.url(with_query=True)
                yield from self.headers("http", "SetRequestHeader")
                yield from self._text(text, media_type)
            case FormContent(pairs=pairs, encoded=encoded, media_type=media_type):
                yield self.url(with_query=True)
                plain = media_type == "application/x-www-form-urlencoded"
                if plain and all(_PLAIN_NAME.fullmatch(name) and "\0" not in value for name, value in pairs):
                    yield from self._as_request([Do("req", "AddParam", pair) for pair in pairs], media_type)
                else:
                    yield from self.headers("http", "SetRequestHeader")
                    yield from self._text(encoded, media_type)
            case MultipartContent(parts=parts):
                yield self.url(with_query=True)
                yield from self._as_request(list(self._parts(parts)), "multipart/form-data")
            case FileContent(file=file, media_type=media_type):
                yield self.url(with_query=True)
                yield from self.headers("http", "SetRequestHeader")
                yield Create("fileData", Shape.BYTES)
                yield Do("fileData", "LoadFile", (Ref(self._locals[file]),))
                yield Check("fileData")
                data: tuple[Expression, ...] = (
                    method,
                    Ref("url"),
                    Ref("fileData", True),
                    media_type,
                    False,
                    False,
                )
                yield Let("resp", Shape.RESPONSE, Of("http", "PBinaryBd", data))
            case _:
                assert_never(self._request.content)
        yield Check("http")

    def _params(self) -> Iterator[Statement]:
        names = [piece.name for piece in self._request.query if isinstance(piece, Pair)]
        for piece in self._request.query:
            if isinstance(piece, Pair):
                if _PLAIN_KEY.fullmatch(piece.name) and names.count(piece.name) == 1:
                    yield _param(piece)
                else:
                    yield Do("queryParams", "AddStringAt", (-1, piece.name, piece.value))

    def _text(self, text: str, media_type: str) -> Iterator[Statement]:
        if "\0" in text:
            self.losses.append("The body ends at a NUL character: Chilkat's texts hold none.")
            text = text.partition("\0")[0]
        yield from self._ptext(text, media_type)

    def _ptext(self, text: Expression, media_type: str) -> Iterator[Statement]:
        arguments: tuple[Expression, ...] = (
            self._request.method, Ref("url"), text, "utf-8", media_type, False, False,
        )  # fmt: skip
        yield Let("resp", Shape.RESPONSE, Of("http", "PText", arguments))

    def _as_request(self, fill: Sequence[Statement], media_type: str) -> Iterator[Statement]:
        yield Create("req", Shape.REQUEST)
        yield Put("req", "HttpVerb", self._request.method)
        yield Put("req", "ContentType", media_type)
        yield from self.headers("req", "AddHeader")
        yield from fill
        yield Create("resp", Shape.RESPONSE)
        yield Let(
            "success", Shape.BOOLEAN, Of("http", "HttpReq", (Ref("url"), Ref("req", True), Ref("resp", True)))
        )

    def _parts(self, parts: Sequence[TextPart | FilePart]) -> Iterator[Statement]:
        for part in parts:
            match part:
                case TextPart(name, value, content_type):
                    if "\0" in value or "\0" in name:
                        self.losses.append(f"The field {name!a} is cut at a NUL character.")
                    yield Do("req", "AddStringForUpload2", (name, "", value, "utf-8", content_type))
                case FilePart(name, file, content_type):
                    yield Do("req", "AddFileForUpload2", (name, Ref(self._locals[file]), content_type))


def _param(piece: Pair) -> Do:
    """A number that is written as Chilkat would write it is one."""
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", piece.value):
        return Do("queryParams", "UpdateInt", (piece.name, int(piece.value)))
    return Do("queryParams", "UpdateString", (piece.name, piece.value))


def _updates(value: Json) -> list[Statement] | None:
    """A JSON object field by field; None where it is better loaded whole."""
    found = list(_update(value, "")) if isinstance(value, dict) and value else []
    if not found or len(found) > _MOST_UPDATES or any(one is None for one in found):
        return None
    return [one for one in found if one is not None]


def _update(value: Json, path: str) -> Iterator[Do | None]:
    match value:
        case dict() if value:
            for key, item in value.items():
                if not _PLAIN_KEY.fullmatch(key):
                    yield None
                    return
                yield from _update(item, f"{path}.{key}" if path else key)
        case dict():
            yield Do("json", "UpdateNewObject", (path,))
        case list() | tuple() if value:
            for number, item in enumerate(value):
                yield from _update(item, f"{path}[{number}]")
        case list() | tuple():
            yield Do("json", "UpdateNewArray", (path,))
        case str():
            yield None if "\0" in value else Do("json", "UpdateString", (path, value))
        case bool():
            yield Do("json", "UpdateBool", (path, value))
        case int() if -(2**31) <= value < 2**31:
            yield Do("json", "UpdateInt", (path, value))
        case int() | float():
            yield Do("json", "UpdateNumber", (path, repr(value)))
        case _:
            yield Do("json", "UpdateNull", (path,))


_GETTERS = {
    Kind.STRING: "StringOf",
    Kind.INTEGER: "IntOf",
    Kind.BOOLEAN: "BoolOf",
    Kind.NUMBER: "StringOf",
    Kind.ANY: "StringOf",
}
_SHAPES = {
    Kind.STRING: Shape.TEXT,
    Kind.INTEGER: Shape.INTEGER,
    Kind.BOOLEAN: Shape.BOOLEAN,
    Kind.NUMBER: Shape.NUMBER,
    Kind.ANY: Shape.TEXT,
}


class _Reader:
    """Paths with Chilkat's own indices I, J and K; deeper loops have none."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.losses: list[str] = []

    def steps(self, step: Step, path: str, depth: int) -> Iterator[Statement]:
        here = path if step.key is None else _path(path, step.key)
        match step:
            case Leaf(kind=kind, names=wishes, large=large):
                name = self._names.claim(wishes)
                shape = Shape.LARGE if large and kind is Kind.INTEGER else _SHAPES[kind]
                getter = "StringOf" if shape is Shape.LARGE else _GETTERS[kind]
                yield Let(name, shape, Of("jResp", getter, (here,)))
                yield Show(name, shape)
            case Group(steps=steps):
                for one in steps:
                    yield from self.steps(one, here, depth)
            case Items() if depth >= len(_LETTERS):
                self.losses.append(
                    "Arrays in arrays in arrays in arrays are not read: Chilkat's paths have three indices."
                )
            case Items(item=item):
                letter = _LETTERS[depth]
                inner = tuple(self.steps(item, f"{here}[{letter.lower()}]", depth + 1))
                yield Loop(letter.lower(), f"count{letter}", here, "jResp", letter, inner)
            case _:
                assert_never(step)


def _read(reading: Reading, names: Names) -> tuple[tuple[Statement, ...], list[str]]:
    reader = _Reader(names)
    root = "" if isinstance(reading.root, Group) else "answer"
    steps = tuple(reader.steps(reading.root, root, 0))
    return steps, [*reader.losses, *lost_values(reading, nul=True)]


def sample_program(sample: Sample, names: Names) -> Program:
    """The whole sample."""
    writer = _Writer(sample, names)
    variables: list[Statement] = list(writer.variables())
    before = [
        *variables,
        *([Gap()] if variables else []),
        Create("http", Shape.HTTP),
        *writer.prepared(),
        *writer.sent(),
        Gap(),
        Create("sbResponseBody", Shape.BUILDER),
        Do("resp", "GetBodySb", (Ref("sbResponseBody", True),)),
        Let("respStatusCode", Shape.INTEGER, Property("resp", "StatusCode")),
        ShowText("Response Status Code = ", Ref("respStatusCode")),
        CheckStatus("resp"),
        Gap(),
    ]
    unread: list[str] = []
    reading = sample.answer.reading if sample.answer is not None else None
    after: list[Statement] = []
    if sample.answer is not None and sample.answer.shortened:
        after.append(Note(f"Sample JSON response:\n{sample.answer.shortened}"))
    if reading is not None:
        steps, missed = _read(reading, names)
        unread += missed
        if not isinstance(reading.root, Group):
            after += _wrapped()
        after += [
            Create("jResp", Shape.JSON),
            Do("jResp", "LoadSb", (Ref("sbResponseBody", True),)),
            Check("jResp"),
            Put("jResp", "EmitCompact", False),
            ShowText("Response Body:"),
            ShowText("", Of("jResp", "Emit")),
            *steps,
        ]
    else:
        after += [ShowText("Response Body:"), ShowText("", Of("sbResponseBody", "GetAsString"))]
    notes = [Note(text) for text in (*notes_of(sample.request), *writer.losses, *unread)]
    return Program((*notes, *before, *after), tuple(writer.losses), tuple(unread))


def _wrapped() -> list[Statement]:
    """Makes an object of an answer that is none, so that paths lead into it."""
    return [
        Note("Chilkat's paths begin at an object, so the answer becomes a member of one."),
        Do("sbResponseBody", "Prepend", ('{"answer":',)),
        Do("sbResponseBody", "Append", ("}",)),
    ]


def reading_program(reading: Reading, shortened: str, names: Names) -> Program:
    """The reading code alone, of the file `answer.json`."""
    steps, losses = _read(reading, names)
    wrapped = [] if isinstance(reading.root, Group) else _wrapped()
    return Program(
        (
            Note(shortened),
            *(Note(loss) for loss in losses),
            Create("sbResponseBody", Shape.BUILDER),
            Do("sbResponseBody", "LoadFile", ("answer.json", "utf-8")),
            Check("sbResponseBody"),
            *wrapped,
            Create("jResp", Shape.JSON),
            Do("jResp", "LoadSb", (Ref("sbResponseBody", True),)),
            Check("jResp"),
            *steps,
        ),
        unread=tuple(losses),
    )
