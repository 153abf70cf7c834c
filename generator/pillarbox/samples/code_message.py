"""A request in the code of one language: what a template prints of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote

from ..text.encoded import Encoded
from .http_message import (
    BOUNDARY,
    basic_of,
    digest_of,
    disposition,
    headers_of,
    merged,
    part_head,
    signing_header,
    url_of,
)
from .model import (
    BasicAuth,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Header,
    JsonContent,
    KeyQuery,
    MultipartContent,
    Pair,
    Request,
    Secret,
    Segment,
    TextContent,
    TextPart,
)
from .naming import Names
from .spelling import Capabilities, Locals, Spelling, carried

__all__ = ["Credentials", "Field", "HeaderLine", "Message", "Part", "message_of"]

Code = TypeVar("Code", bound=Encoded)


@dataclass(frozen=True, slots=True)
class HeaderLine(Generic[Code]):
    """One header."""

    header: Header
    name: Code
    value: Code
    line: Code
    """`Name: value` as one text."""
    for_curl: Code
    """The same for libcurl, which takes `Name;` for an empty header, and `Content-Type:` for none of its own."""
    repeats: bool = False
    """A header of this name comes before it."""
    basic: "Credentials[Code] | None" = None
    """It is that of HTTP Basic."""
    of_body: bool = False
    """It is sent beside a body alone."""

    @property
    def is_host(self) -> bool:
        return self.header.name.lower() == "host"

    @property
    def is_cookie(self) -> bool:
        return self.header.name.lower() == "cookie"

    @property
    def is_fixed(self) -> bool:
        return self.header.fixed is not None

    @property
    def is_empty(self) -> bool:
        return self.header.fixed == ""

    @property
    def is_latin1(self) -> bool:
        """Whether it has letters beyond ASCII."""
        return self.header.fixed is not None and not self.header.fixed.isascii()


@dataclass(frozen=True, slots=True)
class Credentials(Generic[Code]):
    """The locals of a user name and a password."""

    username: Code
    password: Code


@dataclass(frozen=True, slots=True)
class Field(Generic[Code]):
    """One field of a form, or one pair of the query, as literals."""

    name: Code
    value: Code
    assigned: Code
    """The escaped name and `=`."""


@dataclass(frozen=True, slots=True)
class Part(Generic[Code]):
    """One part of a multipart body; `value` of a text, or the local of a `file`."""

    name: Code
    disposition: Code
    """The value of `Content-Disposition`."""
    head: Code
    """Its header lines as one text."""
    framed: Code
    """The boundary, the header lines and the empty line after them as one text."""
    headed: Code
    """The same without the boundary."""
    media_type: Code
    is_typed: bool
    """It has a media type."""
    value: Code | None
    ended: Code | None
    """`value` and the line end after it as one text."""
    file: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Generic[Code]):
    """A request as literals and locals."""

    request: Request
    names: Names
    spelling: Spelling[Code]
    locals: Locals[Code]
    losses: list[str]
    """What the sample does not send, a sentence each."""
    variables: tuple[Code, ...]
    url: Code
    escapes: bool
    """Whether a value of the URL is escaped when the sample runs."""
    query: tuple[Field[Code], ...]
    """The pairs of the query."""
    method: Code
    headers: tuple[HeaderLine[Code], ...]
    basic: Credentials[Code] | None
    digest: Credentials[Code] | None
    media_type: Code | None
    """Of a body that is not multipart; None also where it is empty."""
    text: Code | None
    """JSON and other texts, laid out for people."""
    encoded: Code | None
    """A form as one text."""
    pieces: tuple[Code, ...]
    """The same in pieces, `&` between them."""
    has_form: bool
    form: tuple[Field[Code], ...]
    has_parts: bool
    parts: tuple[Part[Code], ...]
    multipart_type: Code
    boundary: Code
    opening: Code
    """`--`, the boundary and a line end."""
    closing: Code
    """The line after the last part."""
    file: Code | None
    """The local of the file that is the whole body."""

    @property
    def has_body(self) -> bool:
        return self.request.content is not None

    @property
    def local_names(self) -> tuple[Code, ...]:
        return tuple(self.locals.values())

    @property
    def is_head(self) -> bool:
        return self.request.method == "HEAD"

    @property
    def has_query_key(self) -> bool:
        return any(isinstance(one, KeyQuery) for one in self.request.auth)

    @property
    def has_secrets(self) -> bool:
        return any(isinstance(one, Secret) for one in self.locals)

    @property
    def has_files(self) -> bool:
        return any(isinstance(one, FileName) for one in self.locals)


def _headers(
    request: Request, rules: "MessageRules[Code]", found: Locals[Code], losses: list[str]
) -> tuple[HeaderLine[Code], ...]:
    """All headers in the order of the request; Basic where the language writes it as one of them."""
    spelling, can = rules.spelling, rules.can
    sent = headers_of(request, typed=can.typed, empty_type=can.empty_type)
    kept = carried(sent, can, losses, has_body=request.content is not None)
    lines = list(_header_lines(kept, rules, found))
    for number, auth in enumerate(request.auth):
        if isinstance(auth, BasicAuth) and spelling.basic is not None:
            name = "Authorization"
            pair = Credentials(found[auth.username], found[auth.password])
            value = spelling.basic.format(username=pair.username, password=pair.password)
            behind = sum(signing_header(one) is not None for one in request.auth[number + 1 :])
            line = HeaderLine(
                Header(name, (auth.username,)), spelling.literal(name), value, value, value, basic=pair
            )
            lines.insert(len(lines) - behind, line)
    return tuple(lines)


def _header_lines(
    headers: Iterator[Header], rules: "MessageRules[Code]", found: Locals[Code]
) -> Iterator[HeaderLine[Code]]:
    spelling = rules.spelling
    seen: set[str] = set()
    for header in headers:
        folded = header.name.lower()
        fixed = header.fixed
        name = spelling.literal(header.name)
        if fixed is None:
            value = spelling.text(header.value, found)
            line = spelling.text((f"{header.name}: ", *header.value), found)
        else:
            value, line = spelling.header(fixed), spelling.header(f"{header.name}: {fixed}")
        bare = f"{header.name}:" if header.name == "Content-Type" else f"{header.name};"
        for_curl = spelling.literal(bare) if fixed == "" else line
        yield HeaderLine(
            header, name, value, line, for_curl, folded in seen, of_body=folded in rules.can.body_headers
        )
        seen.add(folded)


def _part(
    part: TextPart | FilePart, spelling: Spelling[Code], found: Locals[Code], fixed: bool
) -> Part[Code]:
    head = part_head(part, fixed=fixed)
    value = part.value if isinstance(part, TextPart) else None
    return Part(
        name=spelling.literal(part.name),
        disposition=spelling.text(disposition(part, fixed=fixed), found),
        head=spelling.text(head, found),
        framed=spelling.text((f"--{BOUNDARY}\r\n", *head, "\r\n\r\n"), found),
        headed=spelling.text(tuple(merged(("\r\n", *head, "\r\n\r\n"))), found),
        media_type=spelling.literal(part.content_type),
        is_typed=bool(part.content_type),
        value=None if value is None else spelling.literal(value),
        ended=None if value is None else spelling.literal(f"{value}\r\n"),
        file=found[part.file] if isinstance(part, FilePart) else None,
    )


def _fields(pairs: Iterable[tuple[str, str]], spelling: Spelling[Code]) -> Iterator[Field[Code]]:
    for name, value in pairs:
        assigned = spelling.literal(f"{quote(name, '')}=")
        yield Field(spelling.literal(name), spelling.literal(value), assigned)


def _credentials(auth: BasicAuth | DigestAuth | None, found: Locals[Code]) -> Credentials[Code] | None:
    if auth is None or auth.username not in found:
        return None
    return Credentials(found[auth.username], found[auth.password])


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRules(Generic[Code]):
    """How a language writes a request."""

    spelling: Spelling[Code]
    can: Capabilities
    block: Callable[[str], Code]
    """The literal of a text of several lines, laid out for people."""
    strict_url: bool = False
    """Escape in the URL what a strict parser refuses."""
    fixed_paths: bool = False
    """Write the path of a file out in the head of its part, instead of the local that holds it."""


def message_of(request: Request, names: Names, rules: MessageRules[Code]) -> Message[Code]:
    """The request in the code of a language."""
    spelling = rules.spelling
    found, variables = spelling.declared(request, names)
    losses: list[str] = []
    content = request.content
    form = content if isinstance(content, FormContent) else None
    parts = content.parts if isinstance(content, MultipartContent) else ()
    media_type = "" if content is None or isinstance(content, MultipartContent) else content.media_type
    text = None
    if isinstance(content, JsonContent | TextContent):
        text = rules.block(content.pretty if isinstance(content, JsonContent) else content.text)
    url = url_of(request, strict=rules.strict_url)
    return Message(
        request=request,
        names=names,
        spelling=spelling,
        locals=found,
        losses=losses,
        variables=variables,
        url=spelling.text(url, found),
        escapes=any(isinstance(piece, Segment) for piece in url),
        query=tuple(
            _fields(((one.name, one.value) for one in request.query if isinstance(one, Pair)), spelling)
        ),
        method=spelling.literal(request.method),
        headers=_headers(request, rules, found, losses),
        basic=_credentials(basic_of(request), found),
        digest=_credentials(digest_of(request), found),
        media_type=spelling.literal(media_type) if media_type else None,
        text=text,
        encoded=spelling.literal(form.encoded) if form is not None else None,
        pieces=tuple(map(spelling.literal, form.encoded.split("&"))) if form is not None else (),
        has_form=form is not None,
        form=tuple(_fields(form.pairs if form is not None else (), spelling)),
        has_parts=isinstance(content, MultipartContent),
        parts=tuple(_part(part, spelling, found, rules.fixed_paths) for part in parts),
        multipart_type=spelling.literal(f"multipart/form-data; boundary={BOUNDARY}"),
        boundary=spelling.literal(BOUNDARY),
        opening=spelling.literal(f"--{BOUNDARY}\r\n"),
        closing=spelling.literal(f"--{BOUNDARY}--\r\n"),
        file=found[content.file] if isinstance(content, FileContent) else None,
    )
