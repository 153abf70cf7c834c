"""A request as the message that it becomes: the whole URL, every header, the heads of a multipart body."""

from collections.abc import Iterator

from .model import (
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

__all__ = ["BOUNDARY", "Url", "headers_of", "part_head", "repeated", "url_of"]

BOUNDARY = "sample-7MA4YWxkTrZu0gW"
"""Between the parts of a body that a sample puts together itself."""

Url = tuple[str | Variable | Segment, ...]


def url_of(request: Request) -> Url:
    """The address with its query, keys in it last; no two texts side by side."""
    pieces: list[str | Variable | Segment] = list(request.address)
    query = "&".join(piece.encoded for piece in request.query)
    if query:
        pieces.append(f"?{query}")
    mark = "&" if query else "?"
    for auth in request.auth:
        if isinstance(auth, KeyQuery):
            pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
            mark = "&"
    merged: list[str | Variable | Segment] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + piece
        else:
            merged.append(piece)
    return tuple(merged)


def headers_of(request: Request) -> Iterator[Header]:
    """The request's own headers, the type of its body, tokens and keys; neither Basic nor a multipart type."""
    yield from request.headers
    if request.content is not None and not isinstance(request.content, MultipartContent):
        yield Header("Content-Type", (request.content.media_type,))
    for auth in request.auth:
        match auth:
            case BearerAuth(prefix, token):
                yield Header("Authorization", (f"{prefix} ", token) if prefix else (token,))
            case KeyHeader(name, key):
                yield Header(name, (key,))
            case BasicAuth() | DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
                pass


def repeated(request: Request) -> frozenset[str]:
    """Lower-case names of headers that stand there more than once."""
    names = [header.name.lower() for header in headers_of(request)]
    return frozenset(name for name in names if names.count(name) > 1)


def part_head(part: TextPart | FilePart) -> Text:
    """What stands above one part, without the line end after it."""
    name = part.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    start = f'Content-Disposition: form-data; name="{name}"'
    end = f"\r\nContent-Type: {part.content_type}" if part.content_type else ""
    match part:
        case TextPart():
            return (start + end,)
        case FilePart(file=file):
            return (f'{start}; filename="', file, f'"{end}')
