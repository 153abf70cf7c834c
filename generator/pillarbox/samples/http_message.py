"""A request as the HTTP message that it becomes: the whole URL, every header, the head of each part of its body."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never
from urllib.parse import quote

from .model import (
    Auth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FilePart,
    Header,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Request,
    Segment,
    Text,
    TextPart,
    Unsigned,
    Variable,
)

__all__ = [
    "BOUNDARY",
    "Piece",
    "Url",
    "basic_of",
    "digest_of",
    "disposition",
    "headers_of",
    "merged",
    "part_head",
    "quoted_name",
    "repeated",
    "signing_header",
    "url_of",
]

BOUNDARY = "sample-7MA4YWxkTrZu0gW"
"""Between the parts of a body that a sample puts together itself."""

Piece = str | Variable | Segment
Url = tuple[Piece, ...]

_NO_URL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!#-;=?-\[\]_a-z~]")
"""What RFC 3986 does not allow: `|`, `"`, spaces, letters beyond ASCII. URL classes refuse it, or each repairs it otherwise."""


def _strict(text: str) -> str:
    """The same URL, with nothing in it that a strict parser refuses."""
    return _NO_URL.sub(lambda found: quote(found[0], "", errors="replace"), text)


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces; neighbouring texts are one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        text = ""
        yield piece
    if text:
        yield text


def url_of(request: Request, *, strict: bool = False, keys_apart: bool = False) -> Url:
    """Address, query, and the keys that belong into the query; neighbouring texts are one.

    Args:
        strict: Escape what a strict parser of URLs refuses.
        keys_apart: Keep the name of a key a text of its own, for a language that writes the URL as a sum of lines.
    """
    query = "&".join(piece.encoded for piece in request.query)
    pieces: list[Piece] = [*request.address, f"?{query}"] if query else list(request.address)
    mark = "&" if query else "?"
    keys: list[Piece] = []
    for auth in request.auth:
        if isinstance(auth, KeyQuery):
            keys += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
            mark = "&"
    if strict:
        pieces = [_strict(piece) if isinstance(piece, str) else piece for piece in pieces]
        keys = [_strict(piece) if isinstance(piece, str) else piece for piece in keys]
    return (*merged(pieces), *keys) if keys_apart else tuple(merged((*pieces, *keys)))


def headers_of(request: Request, *, typed: bool = True, empty_type: bool = False) -> Iterator[Header]:
    """The request's own headers, the type of its body, tokens and keys; neither Basic nor a multipart type.

    Args:
        typed: Name the type of a body.
        empty_type: Name the type of a body also where it is empty, which tells a library to send none of its own.
    """
    yield from request.headers
    content = request.content if typed else None
    # Only who writes the parts knows their boundary.
    if (
        content is not None
        and not isinstance(content, MultipartContent)
        and (content.media_type or empty_type)
    ):
        yield Header("Content-Type", (content.media_type,))
    yield from filter(None, map(signing_header, request.auth))


def signing_header(auth: Auth) -> Header | None:
    """A token or a key as a header; Basic and Digest are left to the language."""
    match auth:
        case BearerAuth(prefix, token):
            return Header("Authorization", (f"{prefix} ", token) if prefix else (token,))
        case KeyHeader(name, key):
            return Header(name, (key,))
        case BasicAuth() | DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
            return None
        case _:
            assert_never(auth)


def repeated(request: Request) -> frozenset[str]:
    """Lower-case names of the headers that the request has more than once."""
    names = [header.name.lower() for header in headers_of(request, empty_type=True)]
    return frozenset(name for name in names if names.count(name) > 1)


def basic_of(request: Request) -> BasicAuth | None:
    """User name and password, where the request is signed by them."""
    return next((auth for auth in request.auth if isinstance(auth, BasicAuth)), None)


def digest_of(request: Request) -> DigestAuth | None:
    """The same for HTTP Digest."""
    return next((auth for auth in request.auth if isinstance(auth, DigestAuth)), None)


def quoted_name(part: TextPart | FilePart) -> str:
    """The name of a part for use between quotes, escaped as browsers do it; RFC 7578 leaves it open."""
    return part.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def disposition(part: TextPart | FilePart, *, fixed: bool = False) -> Text:
    """The value of `Content-Disposition` of a part.

    Args:
        fixed: Write the path of a file out, instead of the variable that holds it.
    """
    start = f'form-data; name="{quoted_name(part)}"'
    match part:
        case TextPart():
            return (start,)
        case FilePart(file=file) if fixed:
            return (f'{start}; filename="{file.path}"',)
        case FilePart(file=file):
            return (f'{start}; filename="', file, '"')
        case _:
            assert_never(part)


def part_head(part: TextPart | FilePart, *, fixed: bool = False) -> Text:
    """The header lines of a part, without the line end after the last; `fixed` as in `disposition`."""
    typed = f"\r\nContent-Type: {part.content_type}" if part.content_type else ""
    pieces = ("Content-Disposition: ", *disposition(part, fixed=fixed), typed)
    return tuple(piece for piece in merged(pieces) if not isinstance(piece, Segment))
