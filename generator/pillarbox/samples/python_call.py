"""The Python samples that make a request by one call of an HTTP library: httpx2 and requests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from ..render.environment import environment, render
from ..render.formatting import settled
from ..text.python import PythonCode, literal
from .language import Rendered
from .model import (
    Auth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FileContent,
    FilePart,
    FormContent,
    Header,
    JsonContent,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Pair,
    Reading,
    Request,
    Sample,
    SampleResponse,
    TextContent,
    TextPart,
    Unsigned,
    Variable,
)
from .naming import Names
from .notes import notes_of
from .python_reading import PYTHON, response_lines, rules, sum_of, variable_lines
from .response_reading import response_of_reading

__all__ = ["Dialect", "call_of", "read_alone", "rendered"]

_Variables = dict[Variable, PythonCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The differences between the libraries."""

    digest: PythonCode
    """The class for HTTP Digest."""
    bytes_argument: PythonCode
    """The name of the argument for a body of bytes."""
    headers: Callable[[Sequence[tuple[str, PythonCode]]], PythonCode]
    """The value of `headers=`."""
    form: Callable[[Sequence[tuple[str, str]]], PythonCode]
    """The value of `data=`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The pieces of a request that the template prints."""

    imports: tuple[PythonCode, ...]
    variables: tuple[PythonCode, ...]
    url: PythonCode
    arguments: tuple[PythonCode, ...]


def _header_value(header: Header, names: _Variables) -> PythonCode:
    fixed = header.fixed
    if fixed is not None and not fixed.isascii():
        return PythonCode('{}.encode("latin-1")').format(literal(fixed))
    return sum_of(header.value, names)


def _headers(request: Request, names: _Variables) -> Iterator[tuple[str, PythonCode]]:
    for header in request.headers:
        yield header.name, _header_value(header, names)
    match request.content:
        case None | MultipartContent():
            pass
        case JsonContent(media_type="application/json"):
            pass
        case FormContent(media_type="application/x-www-form-urlencoded"):
            pass
        case content:
            if content.media_type:
                yield "Content-Type", literal(content.media_type)
    for auth in request.auth:
        yield from _signed(auth, names)


def _signed(auth: Auth, names: _Variables) -> Iterator[tuple[str, PythonCode]]:
    match auth:
        case BearerAuth(prefix, token):
            yield "Authorization", sum_of((f"{prefix} ", token) if prefix else (token,), names)
        case KeyHeader(name, key):
            yield name, names[key]
        case BasicAuth() | DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
            return
        case _:
            assert_never(auth)


def _auth(request: Request, names: _Variables, dialect: Dialect) -> Iterator[PythonCode]:
    for auth in request.auth:
        match auth:
            case BasicAuth(username, password):
                pattern = PythonCode("auth=({}.encode(), {}.encode()),")
                yield pattern.format(names[username], names[password])
            case DigestAuth(username, password):
                yield PythonCode("auth={}({}, {}),").format(dialect.digest, names[username], names[password])
            case _:
                pass


def _query(request: Request, names: _Variables) -> tuple[PythonCode | None, PythonCode | None]:
    """The query as text for the URL, or else as `params=`, which writes a space as `+`: only forms know that."""
    keys = [auth for auth in request.auth if isinstance(auth, KeyQuery)]
    pairs = [piece for piece in request.query if isinstance(piece, Pair)]
    if (
        len(pairs) == len(request.query)
        and not keys
        and not any(" " in one.name + one.value for one in pairs)
    ):
        entries = [PythonCode("({}, {})").format(literal(one.name), literal(one.value)) for one in pairs]
        return None, PythonCode("params=[{}],").format(PythonCode(", ").join(entries)) if entries else None
    fixed = "&".join(piece.encoded for piece in request.query)
    parts = [literal(f"?{fixed}")] if fixed else []
    for number, one in enumerate(keys):
        parts.append(literal(f"{'&' if fixed or number else '?'}{one.encoded_name}="))
        parts.append(PythonCode('quote({}, safe="")').format(names[one.key]))
    return PythonCode(" + ").join(parts), None


def _content(request: Request, names: _Variables, dialect: Dialect) -> Iterator[PythonCode]:
    match request.content:
        case None:
            return
        case JsonContent(value=value):
            yield PythonCode("json={},").format(literal(value))
        case FormContent(pairs=pairs):
            yield PythonCode("data={},").format(dialect.form(pairs))
        case MultipartContent(parts=parts):
            yield PythonCode("files=[{}],").format(
                PythonCode(", ").join([_part(one, names) for one in parts])
            )
        case TextContent(text=text):
            yield PythonCode("{}={}.encode(),").format(dialect.bytes_argument, literal(text))
        case FileContent(file=file):
            yield PythonCode("{}=Path({}).read_bytes(),").format(dialect.bytes_argument, names[file])
        case _:
            assert_never(request.content)


def _part(part: TextPart | FilePart, names: _Variables) -> PythonCode:
    match part:
        case TextPart(name, value, content_type):
            kind = PythonCode(", {}").format(literal(content_type)) if content_type else PythonCode("")
            return PythonCode("({}, (None, {}{}))").format(literal(name), literal(value), kind)
        case FilePart(name, file, content_type):
            pattern = PythonCode("({}, ({}, Path({}).read_bytes(), {}))")
            path = names[file]
            return pattern.format(literal(name), path, path, literal(content_type))


def call_of(request: Request, names: Names, dialect: Dialect) -> Call:
    """The call of the function `request` of the library."""
    found, variables = variable_lines(request, names)
    added, params = _query(request, found)
    url = sum_of(request.address, found)
    if added is not None:
        url = PythonCode("{} + {}").format(url, added)
    arguments = [literal(request.method), PythonCode("url")]
    arguments = [PythonCode("{},").format(one) for one in arguments]
    if params is not None:
        arguments.append(params)
    headers = tuple(_headers(request, found))
    if headers:
        arguments.append(PythonCode("headers={},").format(dialect.headers(headers)))
    arguments += [
        *_auth(request, found, dialect),
        *_content(request, found, dialect),
        PythonCode("timeout=30,"),
    ]
    text = PythonCode("\n").join([url, *arguments, *variables])
    imports = [
        code
        for needed, code in (
            ("os.environ", PythonCode("import os")),
            ("", PythonCode("import sys")),
            ("Path(", PythonCode("from pathlib import Path")),
            ("quote(", PythonCode("from urllib.parse import quote")),
        )
        if needed in text
    ]
    return Call(imports=tuple(imports), variables=variables, url=url, arguments=tuple(arguments))


def rendered(
    template: str, sample: Sample, call: Call, names: Names, unsent: tuple[str, ...] = ()
) -> Rendered:
    """A finished Python sample."""
    made = render(
        environment(PythonCode),
        template,
        PythonCode,
        title=PYTHON.comment(sample.title),
        notes=[PYTHON.comment(note) for note in (*notes_of(sample.request), *unsent)],
        call=call,
        answer=response_lines(sample.response, names, PythonCode("answer")),
        shortened=PYTHON.comments(sample.response.shortened)
        if sample.response and sample.response.shortened
        else (),
    )
    return Rendered(settled(made) + PythonCode("\n"), unsent)


def read_alone(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    response: SampleResponse = response_of_reading(reading, shortened)
    made = render(
        environment(PythonCode),
        "samples/python-json.jinja",
        PythonCode,
        answer=response_lines(response, Names(rules("json", "Path", "answer")), PythonCode("answer")),
        shortened=PYTHON.comments(shortened),
    )
    return Rendered(settled(made) + PythonCode("\n"))
