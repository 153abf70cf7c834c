"""Samples that call java.net.http and Jackson: the same calls in Java and in Kotlin, spelled otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote

from ..text.java import JvmText
from .model import (
    BasicAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Group,
    Items,
    JsonContent,
    KeyQuery,
    Kind,
    Leaf,
    MultipartContent,
    Request,
    Segment,
    TextContent,
    TextPart,
    Variable,
)
from .naming import Names
from .notes import lost_digest
from .outline import Spelling, basic_of, carried, headers_of, part_head, url_of
from .reader_code import Opened, Steps

__all__ = ["ESCAPED", "RESERVED", "Dialect", "JvmRequest", "JvmSteps"]

ESCAPED = JvmText('URLEncoder.encode({}, StandardCharsets.UTF_8).replace("+", "%20")')
RESERVED = frozenset("answer args body boundary client error fields request response url".split())
"""What the templates declare."""

_REFUSED = frozenset("connection content-length expect host upgrade".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one of the two writes otherwise."""

    spelling: Spelling[JvmText]
    block: Callable[[str, int], JvmText]
    """A text of several lines, at a depth."""
    body: JvmText
    """The local of a body that is put together: `HttpRequest.BodyPublisher body = {};`."""
    text: JvmText
    """A local with a text: `String {} = {};`."""
    utf8: JvmText
    """A text as bytes: `{}.getBytes(StandardCharsets.UTF_8)`."""
    joined: JvmText
    """Texts with `&` between them: `String.join("&", {})`."""
    leaf: JvmText
    """A local: type, name, value."""
    types: tuple[JvmText, JvmText, JvmText, JvmText, JvmText]
    """Text, 32 bits, 64 bits, double, truth."""
    shown: JvmText
    """A literal and a name, printed."""
    group: JvmText
    """A local with an object: name, value."""
    loop: JvmText
    """The head of a loop: name, value."""


class JvmRequest:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names, dialect: Dialect) -> None:
        self._request = request
        self._dialect = dialect
        self._syntax = dialect.spelling.syntax
        self.losses: list[str] = list(lost_digest(request))
        self._locals: dict[Variable, JvmText]
        self._locals, self.variables = dialect.spelling.declared(request, names)
        self.url = dialect.text.format(JvmText("url"), self._text(url_of(request)))
        self.body = tuple(self._body())
        self.calls = tuple(self._calls())

    def imports(self, *, reads: bool) -> tuple[JvmText, ...]:
        """The classes in use."""
        request = self._request
        has_form = isinstance(request.content, FormContent)
        escapes = has_form or any(isinstance(one, Segment) for one in request.address)
        escapes = escapes or any(isinstance(auth, KeyQuery) for auth in request.auth)
        has_basic = any(isinstance(auth, BasicAuth) for auth in request.auth)
        has_bytes = has_basic and "StandardCharsets" in self._dialect.utf8
        has_file = any(isinstance(one, FileName) for one in request.variables)
        packages = (
            (reads, JvmText("com.fasterxml.jackson.databind.JsonNode")),
            (reads, JvmText("com.fasterxml.jackson.databind.ObjectMapper")),
            (True, JvmText("java.io.IOException")),
            (True, JvmText("java.net.URI")),
            (escapes, JvmText("java.net.URLEncoder")),
            (True, JvmText("java.net.http.HttpClient")),
            (True, JvmText("java.net.http.HttpRequest")),
            (True, JvmText("java.net.http.HttpResponse")),
            (escapes or has_bytes, JvmText("java.nio.charset.StandardCharsets")),
            (has_file, JvmText("java.nio.file.Path")),
            (True, JvmText("java.time.Duration")),
            (has_basic, JvmText("java.util.Base64")),
            (isinstance(request.content, MultipartContent), JvmText("java.util.UUID")),
        )
        return tuple(name for used, name in packages if used)

    def _text(self, pieces: Sequence[str | Variable | Segment]) -> JvmText:
        return self._dialect.spelling.text(pieces, self._locals)

    def _calls(self) -> Iterator[JvmText]:
        """What is called on the builder of the request."""
        for header in carried(headers_of(self._request), self.losses, refused=_REFUSED, latin1=False):
            yield JvmText(".header({}, {})").format(
                self._syntax.string(header.name), self._text(header.value)
            )
        if basic := basic_of(self._request):
            pair = JvmText('({} + ":" + {})').format(
                self._locals[basic.username], self._locals[basic.password]
            )
            yield JvmText(
                '.header("Authorization", "Basic " + Base64.getEncoder().encodeToString({}))'
            ).format(self._dialect.utf8.format(pair))
        if isinstance(self._request.content, MultipartContent):
            yield JvmText('.header("Content-Type", "multipart/form-data; boundary=" + boundary)')
        if self._request.method == "GET" and self._request.content is None:
            yield JvmText(".GET()")
        else:
            yield JvmText(".method({}, {})").format(
                self._syntax.string(self._request.method), self._publisher()
            )

    def _publisher(self) -> JvmText:
        match self._request.content:
            case None:
                return JvmText("HttpRequest.BodyPublishers.noBody()")
            case JsonContent() | TextContent() | FormContent():
                return JvmText("HttpRequest.BodyPublishers.ofString(body)")
            case MultipartContent():
                return JvmText("body")
            case FileContent(file=file):
                pattern = JvmText("HttpRequest.BodyPublishers.ofFile(Path.of({}))")
                return pattern.format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _body(self) -> Iterator[JvmText]:
        """The lines that put it together."""
        match self._request.content:
            case None | FileContent():
                return
            case JsonContent() as content:
                yield self._dialect.text.format(JvmText("body"), self._dialect.block(content.pretty, 4))
            case TextContent(text=text):
                yield self._dialect.text.format(JvmText("body"), self._dialect.block(text, 4))
            case FormContent(pairs=pairs):
                pattern = JvmText("\n                {} + URLEncoder.encode({}, StandardCharsets.UTF_8)")
                fields = [
                    pattern.format(self._syntax.string(f"{quote(name, '')}="), self._syntax.string(value))
                    for name, value in pairs
                ]
                joined = self._dialect.joined.format(JvmText(",").join(fields))
                yield self._dialect.text.format(JvmText("body"), joined)
            case MultipartContent(parts):
                yield self._dialect.text.format(
                    JvmText("boundary"), JvmText('"boundary-" + UUID.randomUUID()')
                )
                pieces = [piece for part in parts for piece in self._part(part)]
                pieces.append(JvmText('HttpRequest.BodyPublishers.ofString("--" + boundary + "--\\r\\n")'))
                pad = JvmText("\n                ")
                concat = JvmText("HttpRequest.BodyPublishers.concat({})")
                yield self._dialect.body.format(
                    concat.format(JvmText(",").join([pad + piece for piece in pieces]))
                )
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> Iterator[JvmText]:
        head = "".join(f"\r\n{name}: {value}" for name, value in part_head(part)) + "\r\n\r\n"
        opened = JvmText('HttpRequest.BodyPublishers.ofString("--" + boundary + {})')
        match part:
            case TextPart(value=value):
                said = JvmText(" + ").join(map(self._syntax.string, (head, value, "\r\n")))
                yield opened.format(said)
            case FilePart(file=file):
                yield opened.format(self._syntax.string(head))
                yield JvmText("HttpRequest.BodyPublishers.ofFile(Path.of({}))").format(self._locals[file])
                yield JvmText('HttpRequest.BodyPublishers.ofString("\\r\\n")')
            case _:
                assert_never(part)


class JvmSteps(Steps[JvmText, JvmText]):
    """Jackson's `path` gives a node for what is absent too: empty, zero, false."""

    def __init__(self, names: Names, dialect: Dialect) -> None:
        super().__init__(names)
        self._dialect = dialect
        self._syntax = dialect.spelling.syntax

    def _member(self, parent: JvmText, key: str | None) -> JvmText:
        return parent if key is None else JvmText("{}.path({})").format(parent, self._syntax.string(key))

    def leaf(self, leaf: Leaf, parent: JvmText) -> Sequence[JvmText]:
        said = self.names.claim(leaf.names)
        name = self._syntax.name(said)
        text, whole, large, double, truth = self._dialect.types
        match leaf.kind:
            case Kind.STRING | Kind.ANY:
                kind, read = text, JvmText("{}.asText()")
            case Kind.INTEGER if leaf.large:
                kind, read = large, JvmText("{}.asLong()")
            case Kind.INTEGER:
                kind, read = whole, JvmText("{}.asInt()")
            case Kind.NUMBER:
                kind, read = double, JvmText("{}.asDouble()")
            case Kind.BOOLEAN:
                kind, read = truth, JvmText("{}.asBoolean()")
            case _:
                assert_never(leaf.kind)
        value = read.format(self._member(parent, leaf.key))
        return (
            self._dialect.leaf.format(kind, name, value),
            self._dialect.shown.format(self._syntax.string(f"{said} = "), name),
        )

    def group(self, group: Group, parent: JvmText) -> Opened[JvmText, JvmText]:
        if group.key is None:
            return Opened(parent)
        name = self._syntax.name(self.names.claim(group.names))
        return Opened(name, (self._dialect.group.format(name, self._member(parent, group.key)),))

    def items(self, items: Items, parent: JvmText) -> Opened[JvmText, JvmText]:
        name = self._syntax.name(self.names.claim(items.item_names))
        line = self._dialect.loop.format(name, self._member(parent, items.key))
        return Opened(name, (line,), after=(JvmText("}"),), deeper=True)
