"""The request of a sample beside that of the generated client, which makes the same example call, byte by byte."""

import json
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import httpx2

from pillarbox.client.api import Method
from pillarbox.client.request import Location
from pillarbox.pipeline import Built
from pillarbox.samples.model import (
    BasicAuth,
    BearerAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Input,
    JsonContent,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Request,
    Secret,
    Segment,
    TextContent,
    Variable,
)
from tests.conformance.compare import parts_of

__all__ = ["SECRET", "client_request", "differences"]

SECRET = "s3cr3t$(x)%41&+"
_FILE = b"\x00\xff file"
_PATH_SAFE = "!$'()*,:=@"
"""What a client does not escape in a path, though a sample may."""
_LIBRARY = frozenset({"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"})


def _value(piece: str | Variable | Segment) -> str:
    match piece:
        case str():
            return piece
        case Segment(Input(value=value)):
            return quote(value, _PATH_SAFE)
        case Input(value=value) | FileName(path=value):
            return value
        case Secret() | Segment():
            return SECRET


def _query(request: Request) -> Iterator[str]:
    yield from (piece.encoded for piece in request.query)
    for auth in request.auth:
        if isinstance(auth, KeyQuery):
            yield f"{auth.encoded_name}={quote(SECRET, '!$()*,:=@')}"


def _url(request: Request) -> str:
    scheme, _, rest = "".join(map(_value, request.address)).partition("://")
    host, slash, path = rest.partition("/")
    # The client says no port that the scheme has anyway.
    origin = httpx2.URL(f"{scheme}://{host}/")
    query = "&".join(_query(request))
    return (
        f"{scheme}://{origin.netloc.decode()}{slash}{path}"
        + ("" if slash else "/")
        + (f"?{query}" if query else "")
    )


def _headers(request: Request) -> Iterator[tuple[str, str]]:
    for header in request.headers:
        yield header.name.lower(), "".join(map(_value, header.value))
    for auth in request.auth:
        match auth:
            case BearerAuth(prefix):
                yield "authorization", f"{prefix} {SECRET}".lstrip()
            case BasicAuth():
                yield "authorization", f"Basic {b64encode(f'{SECRET}:{SECRET}'.encode()).decode()}"
            case KeyHeader(name):
                yield name.lower(), SECRET
            case _:
                pass
    match request.content:
        case None | MultipartContent():
            pass
        case content:
            yield "content-type", content.media_type


def _body(request: Request) -> Any:
    match request.content:
        case None:
            return b""
        case JsonContent(value):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        case FormContent(encoded=text) | TextContent(text):
            return text.encode()
        case MultipartContent(parts):
            return [
                (part.name, part.file.path, part.content_type, _FILE)
                if isinstance(part, FilePart)
                else (part.name, "", part.content_type, part.value.encode())
                for part in parts
            ]
        case FileContent():
            return _FILE


def _arguments(planned: Method, request: Request, folder: Path) -> Iterator[tuple[str, Any]]:
    """The arguments of the example call, with files to upload. An upload that the spec does not require is one of them:
    a sample shows it."""
    match request.content:
        case MultipartContent(parts):
            files = {part.file.wire: part.file.path for part in parts if isinstance(part, FilePart)}
        case FileContent(file):
            files = {"": file.path}
        case _:
            files = {}
    for path in files.values():
        (folder / path).write_bytes(_FILE)
    given: dict[str, Any] = {item.name: value for item, value in planned.example_call}
    for item in planned.parameters:
        name, wire = item.name, item.wire
        own = [folder / path for file, path in files.items() if file in (wire, f"{wire}_2")]
        if own and (name in given or item.location is Location.BODY):
            given[name] = own if isinstance(given.get(name), list) else own[0]
        if name in given:
            yield name, given[name]


def client_request(built: Built, package: ModuleType, planned: Method, request: Request) -> httpx2.Request:
    """What the generated client sends for the example call of an operation.

    Raises:
        Exception: it refuses to.
    """
    seen: list[httpx2.Request] = []

    def answer(sent: httpx2.Request) -> httpx2.Response:
        sent.read()
        seen.append(sent)
        return httpx2.Response(200, json={})

    shown = {one.wire: one.value for one in request.variables if isinstance(one, Input)}
    options: dict[str, Any] = {one.name: SECRET for one in built.client.credentials}
    options |= {one.name: shown.get(one.wire, "example") for one in built.client.settings}
    if isinstance(request.address[0], Input):
        options["base_url"] = request.address[0].value
    with tempfile.TemporaryDirectory() as folder:
        arguments = dict(_arguments(planned, request, Path(folder)))
        transport = httpx2.MockTransport(answer)
        with getattr(package, built.client.class_name)(
            max_retries=0, transport=transport, **options
        ) as client:
            method = client
            for step in planned.qualified.split("."):
                method = getattr(method, step)
            try:
                method(**arguments)
            except package.DecodeError:
                pass
    return seen[0]


def differences(request: Request, sent: httpx2.Request) -> Iterator[str]:
    """What the request of a sample has otherwise than the client's."""
    if request.method != sent.method:
        yield f"method {request.method} instead of {sent.method}"
    url = f"{sent.url.scheme}://{sent.url.netloc.decode()}{sent.extensions['target'].decode()}"
    if _url(request) != url:
        yield f"URL {_url(request)} instead of {url}"
    own = {header.name.lower() for header in request.headers}
    theirs = [
        (name.decode().lower(), value.decode("latin-1"))
        for name, value in sent.headers.raw
        if name.decode().lower() in own or name.decode().lower() not in _LIBRARY
    ]
    media_type = sent.headers.get("content-type", "")
    if media_type.startswith("multipart/"):
        theirs.remove(("content-type", media_type))
    if sorted(_headers(request)) != sorted(theirs):
        yield f"headers {sorted(_headers(request))} instead of {sorted(theirs)}"
    body = parts_of(sent.content, media_type)
    if _body(request) != (sent.content if body is None else body):
        yield f"body {_body(request)!a:.300} instead of {sent.content!a:.300}"
