"""A request as calls of the Chilkat library."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from ...model.types import Json
from ..http_message import Piece, url_of
from ..model import (
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Input,
    JsonContent,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Pair,
    Request,
    Secret,
    Segment,
    TextContent,
    TextPart,
    Unsigned,
    Variable,
)
from ..naming import Names, candidates
from .chilkat_program import (
    Check,
    Create,
    Do,
    Environment,
    Expression,
    Let,
    Note,
    Of,
    Put,
    Ref,
    Shape,
    Statement,
    Sum,
)

__all__ = ["PLAIN_KEY", "RequestWriter"]

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""A name that a path of Chilkat's takes without quotes."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.\-]+")
_QUERY_NAME = re.compile(r"[A-Za-z0-9_.\-\[\]$]+")
_MOST_UPDATES = 60


class RequestWriter:
    """The statements of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._names = names
        self._locals: dict[Variable, str] = {}
        self.losses: list[str] = []

    # -- variables and address --------------------------------------------------------------------

    def variables(self) -> Iterator[Statement]:
        for variable in self._request.variables:
            name = self._locals[variable] = self._names.claim(candidates(variable))
            match variable:
                case Input(value=value) | FileName(path=value):
                    yield Let(name, Shape.TEXT, value)
                case Secret(environment=environment):
                    yield Let(name, Shape.TEXT, Environment(environment))

    def _texts(self, pieces: Sequence[Piece]) -> Expression:
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

    def _url(self, *, with_query: bool = True) -> Statement:
        pieces = url_of(self._request) if with_query else self._request.address
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

    def _headers(self, target: str, method: str) -> Iterator[Statement]:
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
                yield self._url(with_query=False)
                yield Create("queryParams", Shape.JSON)
                yield from self._params()
                yield from self._headers("http", "SetRequestHeader")
                arguments: tuple[Expression, ...] = (method, Ref("url"), Ref("queryParams", True))
                yield Let("resp", Shape.RESPONSE, Of("http", "QuickRequestParams", arguments))
            case None:
                yield self._url()
                yield from self._headers("http", "SetRequestHeader")
                yield Let("resp", Shape.RESPONSE, Of("http", "QuickRequest", (method, Ref("url"))))
            case JsonContent(value=value, media_type=media_type) as content:
                yield self._url()
                yield from self._headers("http", "SetRequestHeader")
                updates = _updates(value)
                if updates is None:
                    yield from self._text(content.text, media_type)
                else:
                    yield Create("json", Shape.JSON)
                    yield from updates
                    yield from self._ptext(Of("json", "Emit"), media_type)
            case TextContent(text=text, media_type=media_type):
                yield self._url()
                yield from self._headers("http", "SetRequestHeader")
                yield from self._text(text, media_type)
            case FormContent(pairs=pairs, encoded=encoded, media_type=media_type):
                yield self._url()
                plain = media_type == "application/x-www-form-urlencoded"
                if plain and all(_PLAIN_NAME.fullmatch(name) and "\0" not in value for name, value in pairs):
                    yield from self._as_request([Do("req", "AddParam", pair) for pair in pairs], media_type)
                else:
                    yield from self._headers("http", "SetRequestHeader")
                    yield from self._text(encoded, media_type)
            case MultipartContent(parts=parts):
                yield self._url()
                yield from self._as_request(list(self._parts(parts)), "multipart/form-data")
            case FileContent(file=file, media_type=media_type):
                yield from self._upload(Ref(self._locals[file]), media_type)
            case _:
                assert_never(self._request.content)
        yield Check("http")

    def _upload(self, path: Ref, media_type: str) -> Iterator[Statement]:
        yield self._url()
        yield from self._headers("http", "SetRequestHeader")
        yield Create("fileData", Shape.BYTES)
        yield Do("fileData", "LoadFile", (path,))
        yield Check("fileData")
        data: tuple[Expression, ...] = (
            self._request.method, Ref("url"), Ref("fileData", True), media_type, False, False,
        )  # fmt: skip
        yield Let("resp", Shape.RESPONSE, Of("http", "PBinaryBd", data))

    def _params(self) -> Iterator[Statement]:
        names = [piece.name for piece in self._request.query if isinstance(piece, Pair)]
        for piece in self._request.query:
            if isinstance(piece, Pair):
                if PLAIN_KEY.fullmatch(piece.name) and names.count(piece.name) == 1:
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
        yield from self._headers("req", "AddHeader")
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
                if not PLAIN_KEY.fullmatch(key):
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
