"""What most languages write down of a request: its URL as one text, all of its headers, its locals, its parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, assert_never
from urllib.parse import quote

from ..text.encoded import Encoded
from ..text.source import Syntax
from .model import (
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FileName,
    FilePart,
    Given,
    Header,
    KeyCookie,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Request,
    Secret,
    Segment,
    Text,
    TextPart,
    Unsigned,
    Variable,
)
from .naming import Names, candidates

__all__ = ["Spelling", "basic_of", "carried", "digest_of", "headers_of", "part_head", "url_of"]

Code = TypeVar("Code", bound=Encoded)

Piece = str | Variable | Segment

_NO_URL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!#-;=?-\[\]_a-z~]")
"""What RFC 3986 has no place for: `|`, `"`, spaces, letters beyond ASCII. URL classes refuse it or each repair it otherwise."""


def _strict(text: str) -> str:
    """The same URL, with nothing in it that a strict parser stumbles at."""
    return _NO_URL.sub(lambda found: quote(found[0], "", errors="replace"), text)


def url_of(request: Request) -> tuple[Piece, ...]:
    """Address, query and keys of the query; neighbouring texts are one."""
    pieces: list[Piece] = list(request.address)
    query = "&".join(piece.encoded for piece in request.query)
    if query:
        pieces.append(f"?{query}")
    mark = "&" if query else "?"
    for auth in request.auth:
        if isinstance(auth, KeyQuery):
            pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
            mark = "&"
    merged: list[Piece] = []
    for piece in pieces:
        made = _strict(piece) if isinstance(piece, str) else piece
        if isinstance(made, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + made
        else:
            merged.append(made)
    return tuple(merged)


def headers_of(request: Request) -> Iterator[Header]:
    """The request's own, the type of its body, and what signs it; Basic and Digest are left to the language."""
    yield from request.headers
    content = request.content
    # Only who writes the parts knows their boundary.
    if content is not None and not isinstance(content, MultipartContent) and content.media_type:
        yield Header("Content-Type", (content.media_type,))
    for auth in request.auth:
        match auth:
            case BearerAuth(prefix, token):
                value: Text = (f"{prefix} ", token) if prefix else (token,)
                yield Header("Authorization", value)
            case KeyHeader(name, key):
                yield Header(name, (key,))
            case BasicAuth() | DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
                pass
            case _:
                assert_never(auth)


def carried(
    headers: Iterable[Header], losses: list[str], *, refused: frozenset[str], latin1: bool = True
) -> Iterator[Header]:
    """The headers that a library lets pass; a sentence for each other one goes to `losses`.

    Args:
        refused: Lower-case names that the library keeps for itself.
        latin1: False where it sends letters beyond ASCII as something else.
    """
    for header in headers:
        if header.name.lower() in refused:
            losses.append(f"The header {header.name} is left out: only the library itself sets it.")
        elif not latin1 and any(isinstance(one, str) and not one.isascii() for one in header.value):
            losses.append(f"The header {header.name} is left out: the library sends ASCII only.")
        else:
            yield header


def basic_of(request: Request) -> BasicAuth | None:
    """User name and password, where the request is signed by them."""
    return next((auth for auth in request.auth if isinstance(auth, BasicAuth)), None)


def digest_of(request: Request) -> DigestAuth | None:
    """The same for HTTP Digest."""
    return next((auth for auth in request.auth if isinstance(auth, DigestAuth)), None)


def _quoted(text: str) -> str:
    # As browsers do it; RFC 7578 leaves it open.
    escaped = text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    return f'"{escaped}"'


def part_head(part: TextPart | FilePart) -> tuple[tuple[str, str], ...]:
    """The header lines of a part: name and value."""
    said = f"form-data; name={_quoted(part.name)}"
    if isinstance(part, FilePart):
        said += f"; filename={_quoted(part.file.path)}"
    typed = (("Content-Type", part.content_type),) if part.content_type else ()
    return ("Content-Disposition", said), *typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling(Generic[Code]):
    """How a language whose texts are joined by an operator writes texts and locals."""

    syntax: Syntax[Code]
    plus: Code
    """Between two texts: ` + `."""
    escaped: Code
    """A value of the path: `encodeURIComponent({})`."""
    queried: Code | None = None
    """A value of the query, where `escaped` is for the path alone."""
    given: Code
    """A local with a text: `const {} = {};`."""
    secret: Code
    """A local of the environment: `const {} = process.env[{}] ?? "";`."""
    digest: bool = False
    """Whether HTTP Digest is done; else its secrets are none of the sample's."""

    def declared(self, request: Request, names: Names) -> tuple[dict[Variable, Code], tuple[Code, ...]]:
        """The name of each variable, and the lines that give them their values."""
        found: dict[Variable, Code] = {}
        lines: list[Code] = []
        auth = tuple(one for one in request.auth if self.digest or not isinstance(one, DigestAuth))
        for variable in replace(request, auth=auth).variables:
            name = found[variable] = self.syntax.name(names.claim(candidates(variable)))
            match variable:
                case Given(value=value) | FileName(path=value):
                    lines.append(self.given.format(name, self.syntax.string(value)))
                case Secret(environment=place):
                    lines.append(self.secret.format(name, self.syntax.string(place)))
                case _:
                    assert_never(variable)
        return found, tuple(lines)

    def text(self, pieces: Sequence[Piece], names: dict[Variable, Code]) -> Code:
        """A text with variables, as a sum."""
        said: list[Code] = []
        escaped = self.escaped
        for piece in pieces or ("",):
            match piece:
                case str():
                    said.append(self.syntax.string(piece))
                    if "?" in piece:
                        escaped = self.queried or escaped
                case Segment(variable):
                    said.append(escaped.format(names[variable]))
                case _:
                    said.append(names[piece])
        return self.plus.join(said)
