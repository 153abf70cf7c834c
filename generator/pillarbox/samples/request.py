"""An operation and its example call -> one concrete request."""

import json
import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from ..model.api import (
    Api,
    BinaryBody,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    Operation,
    Part,
    Server,
    Style,
    TextBody,
    TextSyntax,
)
from ..model.security import (
    ApiKey,
    Basic,
    Bearer,
    Digest,
    KeyLocation,
    MutualTls,
    SecurityScheme,
    UnsupportedScheme,
)
from ..model.types import Json
from ..naming.words import snake
from ..python.nodes import Package, PlannedOperation
from .model import (
    Auth,
    BasicAuth,
    BearerAuth,
    Content,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Given,
    Header,
    JsonContent,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    QueryPiece,
    Raw,
    Request,
    Secret,
    Segment,
    Text,
    TextContent,
    TextPart,
    Unsigned,
    Variable,
)
from .wire import form_text, header_text, path_text, plain, query_pairs, query_pieces, quoted_key

__all__ = ["request_of"]

NO_SERVER = "https://api.example.com"
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_XML_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_TEXT_TYPES = {
    TextSyntax.XML: "application/xml",
    TextSyntax.JSON: "application/json",
    TextSyntax.PLAIN: "text/plain",
}
_FILE_LETTERS = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(slots=True)
class _Builder:
    """The parts of one request while it is put together."""

    api: Api
    package: Package
    planned: PlannedOperation
    notes: list[str] = field(default_factory=list)

    @property
    def operation(self) -> Operation:
        return self.planned.operation

    def values(self, place: str) -> dict[str, Json]:
        """Wire name -> value of the example call, for one place."""
        given = dict(self.planned.example)
        return {
            wire: given[name]
            for name, where, wire in self.planned.arguments
            if where == place and name in given
        }

    # -- the address ------------------------------------------------------------------------------

    def address(self) -> Iterator[str | Variable | Segment]:
        server = self.operation.server or self.api.server
        if server is None:
            self.notes.append("The spec does not say where the API is: put its address in.")
            yield Given("base_url", NO_SERVER)
        else:
            yield from self._server(server)
        values = self.values("path")
        settings = {setting.wire: setting for setting in self.api.settings}
        styles = {one.wire: one.style for one in self.operation.parameters if one.location is Location.PATH}
        for piece in self.operation.path:
            if isinstance(piece, str):
                yield piece
            elif piece.wire in values:
                style = styles.get(piece.wire, Style.SIMPLE)
                yield Segment(Given(piece.wire, path_text(piece.wire, values[piece.wire], style)))
            else:
                setting = settings.get(piece.wire)
                example = (
                    setting.example.value if setting is not None and setting.example is not None else None
                )
                default = setting.default if setting is not None else None
                yield Segment(
                    Given(piece.wire, plain(default if default is not None else example) or "example")
                )

    def _server(self, server: Server) -> Iterator[str | Variable]:
        values = self.values("server")
        settings = {setting.wire: setting.default for setting in self.api.settings}
        for piece in server.template:
            if isinstance(piece, str):
                yield piece
            else:
                value = values.get(piece.wire, settings.get(piece.wire))
                yield Given(piece.wire, plain(value) or "example")

    # -- query and headers ------------------------------------------------------------------------

    def query(self) -> Iterator[QueryPiece]:
        values = self.values("query")
        placed = [one for one in self.operation.fixed_query if one.before]
        parameters = {one.wire: one for one in self.operation.parameters if one.location is Location.QUERY}
        for wire, value in values.items():
            yield from (Raw(one.text) for one in placed if one.before == wire)
            one = parameters[wire]
            yield from query_pieces(wire, value, one.style, reserved=one.reserved)
        # A fixed piece stands before its parameter also where the call leaves that out.
        yield from (
            Raw(one.text)
            for one in self.operation.fixed_query
            if not one.before or (one.before not in values)
        )

    def headers(self) -> Iterator[Header]:
        given = {wire.lower(): (wire, value) for wire, value in self.values("header").items()}
        for fixed in self.operation.headers:
            if fixed.wire.lower() not in given:
                yield Header(fixed.wire, (fixed.value,))
        for wire, value in given.values():
            if value is None:
                continue
            text = header_text(value)
            if _FIELD_VALUE.fullmatch(text):
                yield Header(wire, (text,))
            else:
                self.notes.append(
                    f"The header {wire} is left out: its example holds what no header can carry."
                )

    def cookies(self) -> Iterator[str]:
        """`name=value`, as often as the style of the parameter repeats it."""
        styles = {one.wire: one.style for one in self.operation.parameters if one.location is Location.COOKIE}
        for wire, value in self.values("cookie").items():
            for name, text in query_pairs(wire, value, styles.get(wire, Style.SIMPLE)):
                yield f"{name}={text or ''}"

    # -- what signs it ----------------------------------------------------------------------------

    def _secret(self, scheme: SecurityScheme, role: str) -> Secret:
        name = next(
            name for name, key, said in self.package.credentials if key == scheme.key and said == role
        )
        return Secret(name, f"{snake(self.package.name)}_{name}".upper())

    def auth(self) -> Iterator[Auth]:
        schemes = {scheme.key: scheme for scheme in self.api.security_schemes}
        needed = next((group for group in self.operation.security if group), ())
        for key in needed:
            if key in schemes:
                yield self._signed(schemes[key])

    def _signed(self, scheme: SecurityScheme) -> Auth:
        match scheme:
            case Bearer(prefix=prefix):
                return BearerAuth(prefix, self._secret(scheme, "token"))
            case Basic():
                return BasicAuth(self._secret(scheme, "username"), self._secret(scheme, "password"))
            case Digest():
                return DigestAuth(self._secret(scheme, "username"), self._secret(scheme, "password"))
            case ApiKey(wire=wire, location=KeyLocation.HEADER):
                return KeyHeader(wire, self._secret(scheme, "key"))
            case ApiKey(wire=wire, location=KeyLocation.QUERY):
                return KeyQuery(wire, self._secret(scheme, "key"), quoted_key(wire))
            case ApiKey(wire=wire):
                return KeyCookie(wire, self._secret(scheme, "key"))
            case MutualTls():
                return Unsigned("a client certificate")
            case UnsupportedScheme(kind=kind):
                return Unsigned(kind)
            case _:
                assert_never(scheme)

    # -- the body ---------------------------------------------------------------------------------

    def content(self, media_type: str) -> Content | None:
        """The body; `media_type` is that of a header set by hand, or empty."""
        body = self.operation.body
        fields = self.values("body")
        match body:
            case None:
                return None
            case JsonBody():
                whole = self.values("whole")
                value: Json = next(iter(whole.values())) if whole else fields
                if not whole and not fields and self._has_no_body():
                    return None
                return JsonContent(value, media_type or body.media_type)
            case FormBody(styles=styles):
                named = dict(styles)
                pairs = tuple(
                    (name, text or "")
                    for wire, value in fields.items()
                    for name, text in query_pairs(wire, value, named.get(wire, Style.SIMPLE))
                )
                return FormContent(pairs, form_text(pairs), media_type or body.media_type) if pairs else None
            case MultipartBody(parts=parts):
                made = tuple(piece for part in parts for piece in _parts(part, fields))
                return MultipartContent(made) if made else None
            case GraphQLBody():
                return JsonContent(_graphql(body, fields), media_type or "application/json")
            case TextBody(syntax=syntax):
                text = _filled(body, fields)
                return (
                    TextContent(text, media_type or body.media_type or _TEXT_TYPES[syntax]) if text else None
                )
            case BinaryBody(is_text=True, example=example) if example is not None:
                return TextContent(plain(example.value), media_type or body.media_type or "text/plain")
            case BinaryBody():
                file = FileName("file", "upload.bin")
                return FileContent(file, media_type or body.media_type or _guessed(file.path))
            case _:
                assert_never(body)

    def _has_no_body(self) -> bool:
        places = {place for _, place, _ in self.planned.arguments}
        bodiless = self.operation.method in ("GET", "HEAD", "DELETE", "OPTIONS", "TRACE")
        return "whole" in places or (bodiless and "body" in places)


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _file_name(part: Part) -> str:
    """A name that no shell and no header needs to quote. The spec's own is documentation only."""
    name = _FILE_LETTERS.sub("_", part.file_name or part.field.wire).strip("._-")
    return name[-60:].lstrip("._-") or "file"


def _parts(part: Part, fields: Mapping[str, Json]) -> Iterator[TextPart | FilePart]:
    wire = part.field.wire
    if wire not in fields:
        return
    value = fields[wire]
    many: Sequence[Json] = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    for number, item in enumerate(many):
        if part.is_file:
            name = _file_name(part)
            if number:
                stem, dot, end = name.rpartition(".")
                name = f"{stem}_{number + 1}{dot}{end}" if dot else f"{name}_{number + 1}"
            wired = wire if not number else f"{wire}_{number + 1}"
            yield FilePart(wire, FileName(wired, name), part.content_type or _guessed(name))
        elif item is not None:
            kind = part.content_type or ("application/json" if isinstance(item, Mapping) else "")
            yield TextPart(wire, plain(item), kind)


def _graphql(body: GraphQLBody, variables: Mapping[str, Json]) -> Json:
    members: dict[str, Json] = {}
    if body.query is not None:
        members["query"] = body.query
    if body.operation_name is not None:
        members["operationName"] = body.operation_name
    if variables or body.example is not None:
        members["variables"] = dict(variables)
    return members


def _filled(body: TextBody, values: Mapping[str, Json]) -> str:
    def escaped(value: Json) -> str:
        if body.syntax is TextSyntax.JSON:
            return plain(value) if not isinstance(value, str) else json.dumps(value, ensure_ascii=False)[1:-1]
        return plain(value).translate(_XML_ESCAPES) if body.syntax is TextSyntax.XML else plain(value)

    return "".join(
        piece if isinstance(piece, str) else escaped(values.get(piece.wire)) for piece in body.template
    )


def _joined(pieces: Iterator[str | Variable | Segment]) -> tuple[str | Variable | Segment, ...]:
    """The same with neighbouring texts in one."""
    made: list[str | Variable | Segment] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(last := made[-1], str):
            made[-1] = last + piece
        elif piece != "":
            made.append(piece)
    return tuple(made)


def _with_cookies(
    headers: Sequence[Header], cookies: Iterator[str], auth: Sequence[Auth]
) -> tuple[Header, ...]:
    """Every cookie in one line, as RFC 6265 asks for: those by hand, the parameters, the keys."""
    pieces: list[Text] = [header.value for header in headers if header.name.lower() == "cookie"]
    pieces += [(pair,) for pair in cookies]
    pieces += [(f"{one.name}=", one.key) for one in auth if isinstance(one, KeyCookie)]
    rest = tuple(header for header in headers if header.name.lower() != "cookie")
    if not pieces:
        return rest
    line: list[str | Variable | Segment] = []
    for number, piece in enumerate(pieces):
        line += ["; ", *piece] if number else list(piece)
    text = tuple(piece for piece in _joined(iter(line)) if not isinstance(piece, Segment))
    return (*rest, Header("Cookie", text))


def _is_by_hand(auth: Auth, names: frozenset[str]) -> bool:
    match auth:
        case BearerAuth() | BasicAuth() | DigestAuth():
            return "authorization" in names
        case KeyHeader(name=name):
            return name.lower() in names
        case KeyQuery() | KeyCookie() | Unsigned():
            return False
        case _:
            assert_never(auth)


def request_of(api: Api, package: Package, planned: PlannedOperation) -> Request:
    """The request that the example call of an operation makes."""
    builder = _Builder(api, package, planned)
    address = _joined(builder.address())
    headers = tuple(builder.headers())
    names = frozenset(header.name.lower() for header in headers)
    auth = tuple(one for one in builder.auth() if not _is_by_hand(one, names))
    by_hand = next((header.fixed or "" for header in headers if header.name.lower() == "content-type"), "")
    content = builder.content(by_hand)
    if content is not None:
        headers = tuple(header for header in headers if header.name.lower() != "content-type")
    return Request(
        method=planned.operation.method,
        address=address,
        query=tuple(builder.query()),
        headers=_with_cookies(headers, builder.cookies(), auth),
        auth=auth,
        content=content,
        notes=tuple(builder.notes),
    )
