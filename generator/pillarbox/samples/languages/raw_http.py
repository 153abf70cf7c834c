"""The request as the text of its HTTP message, with braces around what is to be filled in."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.httpmessage import MessageText, comment, comments, fixed, name
from ..http_message import BOUNDARY, Url, headers_of, part_head, url_of
from ..language import Language, Rendered
from ..model import (
    BasicAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Input,
    JsonContent,
    MultipartContent,
    Request,
    Sample,
    Secret,
    Segment,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names, Rules, candidates, snake
from ..notes import notes_of

__all__ = ["LANGUAGE"]

_RULES = Rules(spell=snake, reserved=frozenset({"length", "env", "uri", "base64", "file", "host", "path"}))
_SCHEME = re.compile(r"(?i)https?://")

_LEGEND = {
    "{{env(": "{{env(NAME)}} is a variable of the environment.",
    "{{uri(": "{{uri(x)}} is x with everything escaped but letters, digits and -._~",
    "{{base64(": "{{base64(x:y)}} is x, a colon and y in Base64.",
    "{{file(": "{{file(x)}} is what the file x holds.",
    "{{host(": "{{host(x)}} is the host of the URL x, {{path(x)}} its path.",
    "{{length}}": "{{length}} is the length of the body in bytes.",
    "{{U+": "{{U+000A}} is the character of that number.",
}
"""What the braces mean: a comment where they are used."""


def _split(url: Url) -> tuple[Url, Url]:
    """The text between the scheme and the path, and all from the path on."""
    host: list[str | Variable | Segment] = []
    for number, piece in enumerate(url):
        text = _SCHEME.sub("", piece) if isinstance(piece, str) and not number else piece
        if isinstance(text, str) and (end := re.search("[/?]", text)):
            slash = "" if end[0] == "/" else "/"
            before, after = text[: end.start()], slash + text[end.start() :]
            return (*host, before), (after, *url[number + 1 :])
        host.append(text)
    return tuple(host), ("/",)


class _Writer:
    """One message."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._names = Names(_RULES)
        self._locals: dict[Variable, MessageText] = {}

    def variables(self) -> Iterator[MessageText]:
        for variable in self._request.variables:
            called = self._locals[variable] = name(self._names.claim(candidates(variable)))
            match variable:
                case Input(value=value) | FileName(path=value):
                    yield MessageText("@{} = {}").format(called, fixed(value))
                case Secret(environment=variable_name):
                    yield MessageText("@{} = {{{{env({})}}}}").format(called, name(variable_name))

    def _filled(self, pieces: Sequence[str | Variable | Segment]) -> MessageText:
        made: list[MessageText] = []
        for piece in pieces:
            match piece:
                case str():
                    made.append(fixed(piece))
                case Segment(variable):
                    made.append(MessageText("{{{{uri({})}}}}").format(self._locals[variable]))
                case _:
                    made.append(MessageText("{{{{{}}}}}").format(self._locals[piece]))
        return MessageText("").join(made)

    def _address(self) -> tuple[MessageText, MessageText]:
        """The host, and the target of the request."""
        url = url_of(self._request)
        if url and isinstance(url[0], Input):
            base = self._locals[url[0]]
            target = MessageText("{{{{path({})}}}}{}").format(base, self._filled(url[1:]))
            return MessageText("{{{{host({})}}}}").format(base), target
        host, rest = _split(url)
        return self._filled(host), self._filled(rest)

    def head(self) -> Iterator[MessageText]:
        host, target = self._address()
        yield MessageText("{} {} HTTP/1.1").format(fixed(self._request.method), target)
        headers = tuple(headers_of(self._request, empty_type=True))
        if all(header.name.lower() != "host" for header in headers):
            yield MessageText("Host: {}").format(host)
        for header in headers:
            if header.name == "Content-Type" and header.fixed == "":
                continue
            yield MessageText("{}: {}").format(fixed(header.name), self._filled(header.value))
        for auth in self._request.auth:
            if isinstance(auth, BasicAuth):
                pattern = MessageText("Authorization: Basic {{{{base64({}:{})}}}}")
                yield pattern.format(self._locals[auth.username], self._locals[auth.password])
        yield from self._framing()
        yield MessageText("Connection: close")

    def _framing(self) -> Iterator[MessageText]:
        match self._request.content:
            case None:
                if self._request.method in ("POST", "PUT", "PATCH"):
                    yield MessageText("Content-Length: 0")
            case MultipartContent():
                yield MessageText("Content-Type: multipart/form-data; boundary={}").format(fixed(BOUNDARY))
                yield MessageText("Content-Length: {{{{length}}}}").format()
            case _:
                yield MessageText("Content-Length: {{{{length}}}}").format()

    def body(self) -> MessageText | None:
        match self._request.content:
            case None:
                return None
            case JsonContent() as content:
                return fixed(content.pretty, lines=True)
            case TextContent(text=text):
                return fixed(text, lines=True)
            case FormContent(encoded=encoded):
                return fixed(encoded)
            case MultipartContent(parts=parts):
                end = MessageText("--{}--").format(fixed(BOUNDARY))
                return MessageText("\n").join([*map(self._part, parts), end])
            case FileContent(file=file):
                return MessageText("{{{{file({})}}}}").format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> MessageText:
        pattern = MessageText("--{}\n{}\n\n{}")
        lines: list[list[str | Variable]] = [[]]
        for piece in part_head(part):
            for number, text in enumerate(piece.split("\r\n") if isinstance(piece, str) else [piece]):
                if number:
                    lines.append([])
                lines[-1].append(text)
        head = MessageText("\n").join(map(self._filled, lines))
        match part:
            case TextPart(value=value):
                return pattern.format(fixed(BOUNDARY), head, fixed(value))
            case FilePart(file=file):
                content = MessageText("{{{{file({})}}}}").format(self._locals[file])
                return pattern.format(fixed(BOUNDARY), head, content)
            case _:
                assert_never(part)


def _render(sample: Sample) -> Rendered:
    writer = _Writer(sample.request)
    variables = tuple(writer.variables())
    head, body = tuple(writer.head()), writer.body()
    text = MessageText("\n").join([*variables, *head, *([body] if body is not None else [])])
    response = sample.response
    shortened = response.shortened if response is not None else ""
    notes = tuple(notes_of(sample.request, digest=False))
    made = render(
        environment(MessageText),
        "samples/raw-http.jinja",
        MessageText,
        title=comment(sample.title),
        is_multipart=isinstance(sample.request.content, MultipartContent),
        legend=[comment(line) for mark, line in _LEGEND.items() if mark in text],
        notes=[comment(note) for note in notes],
        shortened=comments(shortened) if shortened else (),
        variables=variables,
        head=head,
        body=body,
    )
    return Rendered(made, tuple(note for note in notes if "HTTP Digest" in note))


LANGUAGE = Language("raw-http", "HTTP as text", ".http", _render, None)
