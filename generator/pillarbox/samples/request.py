"""An operation and its example call -> one concrete request.

The code that every generated client carries builds it, with marker words in place of what the reader of a sample puts
in; what it built is then split at the markers. So a sample sends what the client sends, and no rule of encoding is
written here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import unquote

from ..client.api import Client, CredentialRole, Method
from ..client.request import Location, Placeholder, Template
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
from .example_call import ExampleCall, template_text
from .model import (
    Address,
    Auth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Flag,
    Header,
    Input,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    Pair,
    QueryPiece,
    Raw,
    Request,
    Segment,
    Unsigned,
    Variable,
)
from .request_body import content_of
from .runtime_bridge import RefusedValue, SentHeaders

__all__ = ["request_of"]

NO_SERVER = "https://api.example.com"
_NO_VALUE = "example"
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


class _Markers:
    """Words that mark the sites of variables in a text. They are letters and digits, so nothing escapes them."""

    def __init__(self, fixed: str) -> None:
        """`fixed` holds all text that markers are mixed with."""
        self._stem = "marker"
        while self._stem in fixed:
            self._stem += "x"
        self._variables: dict[str, Variable | Segment | None] = {}

    def word(self, variable: Variable | Segment | None = None) -> str:
        """A new word for a variable, which `assign` may name later."""
        word = f"{self._stem}{len(self._variables)}e"
        self._variables[word] = variable
        return word

    def assign(self, word: str, variable: Variable) -> None:
        """Record what a word is for."""
        self._variables[word] = variable

    def split(self, text: str) -> Address:
        """The text, with the variables in it."""
        pieces = re.split(rf"({self._stem}\d+e)", text)
        found = (self._variables[piece] if number % 2 else piece for number, piece in enumerate(pieces))
        return tuple(piece for piece in found if piece is not None and piece != "")


def _meaning(encoded: str) -> str | None:
    """An encoded name or value as it is meant; None where only its own spelling can express it: bytes that are no UTF-8, or a
    comma between items beside one in an item."""
    try:
        text = unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return None
    escaped = set(unquote("".join(_ESCAPES.findall(encoded)), errors="replace"))
    return None if escaped & set(_ESCAPES.sub("", encoded)) else text


def _query_piece(encoded: str) -> QueryPiece:
    name, equals, value = encoded.partition("=")
    known, meant = _meaning(name), _meaning(value)
    if known is None or meant is None:
        return Raw(encoded)
    return Pair(known, meant, encoded) if equals else Flag(known, encoded)


@dataclass(frozen=True, slots=True)
class _Builder:
    """The parts of one request."""

    call: ExampleCall
    markers: _Markers

    # -- the address ------------------------------------------------------------------------------

    def address(self) -> Address:
        """The URL up to the query."""
        return self.markers.split(self._server() + self._path())

    def _server(self) -> str:
        own, common = self.call.own_server, self.call.client_server
        if own and not template_text(own).startswith("/"):
            return self._filled(own)
        if common:
            address = self._filled(common)
        else:
            self.call.notes.append("The spec does not say where the API is: put its address in.")
            address = self.markers.word(Input("base_url", NO_SERVER))
        # A path alone is below the origin of the client's own server.
        return "/".join(address.split("/")[:3]) + self._filled(own) if own else address

    def _filled(self, template: Template) -> str:
        """The URL of a server, a marker for each placeholder."""
        text, fill = template_text(template), self.call.runtime.fill_server
        words = {piece.wire: self.markers.word() for piece in template if isinstance(piece, Placeholder)}
        marked = fill(text, words)
        for wire, word in words.items():
            value = self.call.server_value(wire)
            try:
                filled = fill(text, {**words, wire: _NO_VALUE if value in (None, "") else value})
                written = re.fullmatch(re.escape(marked).replace(word, "(.*?)"), filled)
            except RefusedValue:
                written = None
            self.markers.assign(word, Input(wire, written[1] if written else _NO_VALUE))
        return marked

    def _path(self) -> str:
        values = {
            piece.wire: self._path_value(piece)
            for piece in dict.fromkeys(self.call.sent.path)
            if isinstance(piece, Placeholder)
        }
        return self.call.runtime.fill_path(
            template_text(self.call.sent.path), values, self.call.styles(Location.PATH)
        )

    def _path_value(self, piece: Placeholder) -> object:
        """A marker; the value itself where the runtime makes a text of its own of it: a list, an object, JSON."""
        fill, styles = self.call.runtime.fill_path, self.call.styles(Location.PATH)
        value = self.call.path_value(piece.wire)
        try:
            fill(template_text((piece,)), {piece.wire: value}, styles)
        except RefusedValue:
            value = _NO_VALUE
        if isinstance(value, list | Mapping) or styles.get(piece.wire) == "json":
            return value
        return self.markers.word(Segment(Input(piece.wire, unquote(fill("{value}", {"value": value}, {})))))

    # -- query and headers ------------------------------------------------------------------------

    def query(self) -> Iterator[QueryPiece]:
        """The parameters, and the fixed pieces where they are among them."""
        values, fixed = self.call.values(Location.QUERY), self.call.sent.fixed_query
        styles = self.call.styles(Location.QUERY)
        for wire, value in values.items():
            yield from (Raw(one.text) for one in fixed if one.before == wire)
            try:
                pieces = list(self.call.query_pieces({wire: value}, styles))
            except RefusedValue:
                self.call.leave_out(f"query parameter {wire}")
            else:
                yield from map(_query_piece, pieces)
        # A fixed piece is sent also where the call leaves out the parameter behind it.
        yield from (Raw(one.text) for one in fixed if not one.before or one.before not in values)

    def headers(self) -> SentHeaders:
        """The headers that the operation and the call set."""
        lines, styles = self.call.runtime.headers(), self.call.styles(Location.HEADER)
        for wire, value in (*self.call.headers.items(), *self.call.values(Location.HEADER).items()):
            try:
                if isinstance(value, tuple):
                    lines.set_lines(wire, value)
                elif value is not None:
                    styled = self.call.runtime.styled_header
                    lines.set(wire, styled(wire, value, styles[wire]) if wire in styles else value)
            except RefusedValue:
                self.call.leave_out(f"header {wire}", "its example holds what no header can carry")
        return lines

    def add_cookies(self, lines: SentHeaders, auth: Sequence[Auth]) -> None:
        """Every cookie in one line, as RFC 6265 asks for: those by hand, the parameters, the keys."""
        styles, pairs = self.call.styles(Location.COOKIE), list[str]()
        cookies = [
            (wire, value) for wire, value in self.call.values(Location.COOKIE).items() if value is not None
        ]
        keys = [(one.name, self.markers.word(one.key)) for one in auth if isinstance(one, KeyCookie)]
        for name, value in (*cookies, *keys):
            try:
                pairs += self.call.runtime.cookie_pairs(name, value, styles.get(name, ""))
            except RefusedValue:
                self.call.leave_out(f"cookie {name}")
        lines.add_cookies(pairs)

    def header_lines(self, lines: SentHeaders) -> Iterator[Header]:
        """The headers for the languages."""
        for name, line in lines.raw():
            pieces = self.markers.split(line.decode("latin-1")) or ("",)
            yield Header(name.decode(), tuple(one for one in pieces if not isinstance(one, Segment)))

    # -- what signs it ----------------------------------------------------------------------------

    def auth(self, set_by_hand: SentHeaders) -> tuple[Auth, ...]:
        """What signs the request, except for what a header of its own already sends."""
        schemes = self.call.schemes

        def unsigned(group: tuple[str, ...]) -> int:
            """0 where the client can sign with all of it, 1 with all but a certificate."""
            found = [schemes.get(key) for key in group]
            foreign = any(one is None or isinstance(one, UnsupportedScheme) for one in found)
            return 2 if foreign else int(any(isinstance(one, MutualTls) for one in found))

        needed = min(filter(None, self.call.sent.security), key=unsigned, default=())
        found = [self._signed(schemes[key]) for key in needed if key in schemes]
        return tuple(one for one in found if _own_header(one) not in set_by_hand)

    def _signed(self, scheme: SecurityScheme) -> Auth:
        match scheme:
            case Bearer(prefix=prefix):
                return BearerAuth(prefix, self.call.secret(scheme, CredentialRole.TOKEN))
            case Basic():
                return BasicAuth(
                    self.call.secret(scheme, CredentialRole.USERNAME),
                    self.call.secret(scheme, CredentialRole.PASSWORD),
                )
            case Digest():
                return DigestAuth(
                    self.call.secret(scheme, CredentialRole.USERNAME),
                    self.call.secret(scheme, CredentialRole.PASSWORD),
                )
            case ApiKey(wire=wire, location=KeyLocation.HEADER):
                return KeyHeader(wire, self.call.secret(scheme, CredentialRole.KEY))
            case ApiKey(wire=wire, location=KeyLocation.QUERY):
                (piece,) = self.call.query_pieces({wire: ""}, {})
                return KeyQuery(wire, self.call.secret(scheme, CredentialRole.KEY), piece.removesuffix("="))
            case ApiKey(wire=wire):
                return KeyCookie(wire, self.call.secret(scheme, CredentialRole.KEY))
            case MutualTls():
                return Unsigned("a client certificate")
            case UnsupportedScheme(kind=kind):
                return Unsigned(kind)
            case _:
                assert_never(scheme)


def _own_header(auth: Auth) -> str:
    """The header that a signature sets; empty for none."""
    match auth:
        case BearerAuth() | BasicAuth() | DigestAuth():
            return "Authorization"
        case KeyHeader(name=name):
            return name
        case KeyQuery() | KeyCookie() | Unsigned():
            return ""
        case _:
            assert_never(auth)


def _by_hand(lines: SentHeaders, name: bytes) -> str | None:
    """The value of a header that is set; `name` is in lower case."""
    return next((line.decode("latin-1") for key, line in lines.raw() if key.lower() == name), None)


def request_of(client: Client, method: Method) -> Request:
    """The request that the example call of a method makes."""
    call = ExampleCall(client, method)
    builder = _Builder(call, _Markers(call.fixed_text))
    address, lines = builder.address(), builder.headers()
    auth = builder.auth(lines)
    content = content_of(call, _by_hand(lines, b"content-type"))
    if content is not None:
        lines.set("Content-Type", None)
    builder.add_cookies(lines, auth)
    return Request(
        method=method.request.method,
        address=address,
        query=tuple(builder.query()),
        headers=tuple(builder.header_lines(lines)),
        auth=auth,
        content=content,
        notes=tuple(call.notes),
    )
