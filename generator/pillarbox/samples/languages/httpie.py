"""bash with HTTPie and jq."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from ...text.shell import ShellText, expanded, holds_nul, quoted, word
from ..families.shell import Call, ShellNames, address, fits_argument, multipart_lines, shell, written_body
from ..http_message import BOUNDARY, headers_of, url_of
from ..model import (
    BasicAuth,
    BearerAuth,
    DigestAuth,
    FileContent,
    FilePart,
    FormContent,
    Header,
    JsonContent,
    MultipartContent,
    Request,
    Text,
    TextContent,
    TextPart,
)

__all__ = ["LANGUAGE"]

_SEPARATORS = re.compile(r"[:;=@]")
_LOST_BACKSLASH = re.compile(r"\\[:;=@]|\\$")


def _is_item(name: str, value: str) -> bool:
    """True where HTTPie reads both as they were: it takes a backslash before a separator away."""
    return bool(name) and not _LOST_BACKSLASH.search(name) and not _LOST_BACKSLASH.search(value + "x")


def _item(name: str, separator: str, value: str) -> str:
    """One item of a request; a separator in the name, or at the start of the value, has a backslash before it."""
    escaped = _SEPARATORS.sub(lambda found: f"\\{found[0]}", name)
    start = "\\" if _SEPARATORS.match(value) else ""
    return f"{escaped}{separator}{start}{value}"


def _printed(value: Text, names: ShellNames) -> ShellText:
    """A file that holds what no item could: variables, whatever is in them."""
    return ShellText("@<(printf '%s' {})").format(address(value, names))


def _header(header: Header, names: ShellNames, losses: list[str]) -> Iterator[ShellText]:
    fixed = header.fixed
    if fixed is not None and not fixed.isascii():
        losses.append(f"The header {header.name} is left out: HTTPie sends headers in UTF-8.")
    elif fixed == "":
        empty = ":" if header.name == "Content-Type" else ";"
        yield quoted(f"{header.name}{empty}")
    elif fixed is not None and _is_item(header.name, fixed):
        yield quoted(_item(header.name, ":", fixed))
    else:
        yield quoted(f"{header.name}:") + _printed(header.value, names)


def _auth(request: Request, names: ShellNames) -> Iterator[ShellText]:
    for auth in request.auth:
        match auth:
            case BearerAuth("Bearer", token):
                pattern = ShellText("--auth-type=bearer --auth={}")
                yield pattern.format(word([expanded(names[token])]))
            case BasicAuth(username, password):
                pair = word([expanded(names[username]), ":", expanded(names[password])])
                yield ShellText("--auth={}").format(pair)
            case DigestAuth(username, password):
                pair = word([expanded(names[username]), ":", expanded(names[password])])
                yield ShellText("--auth-type=digest --auth={}").format(pair)
            case _:
                pass


def _headers(request: Request, names: ShellNames, losses: list[str]) -> Iterator[ShellText]:
    """Except what HTTPie itself sends for `--auth` and `--form`."""
    tokens = [
        (auth.token,) for auth in request.auth if isinstance(auth, BearerAuth) and auth.prefix == "Bearer"
    ]
    for header in headers_of(request, empty_type=True):
        is_token = header.name == "Authorization" and header.value[1:] in tokens
        if not is_token:
            yield from _header(header, names, losses)
    if isinstance(request.content, MultipartContent) and not _are_items(request.content.parts):
        yield quoted(f"Content-Type:multipart/form-data; boundary={BOUNDARY}")


def _are_items(parts: Sequence[TextPart | FilePart]) -> bool:
    """True where `--multipart` is enough: its fields have no type, and no line ends in their names."""
    return all(
        _is_item(part.name, part.value) and not part.content_type and not holds_nul(part.name + part.value)
        if isinstance(part, TextPart)
        else _is_item(part.name, "")
        for part in parts
    )


def _part(part: TextPart | FilePart, names: ShellNames) -> ShellText:
    match part:
        case TextPart(name, value):
            return quoted(_item(name, "=", value))
        case FilePart(name, file, content_type):
            return word([_item(name, "@", ""), expanded(names[file]), f";type={content_type}"])


_Body = tuple[ShellText | None, tuple[ShellText, ...], tuple[ShellText, ...]]
"""What writes the file `$body`, where one is needed; options; items."""


def _text_body(text: str) -> _Body:
    if fits_argument(text):
        return None, (ShellText("--raw={}").format(quoted(text, lines=True)),), ()
    return written_body(text), (), (ShellText('@"$body"'),)


def _body(request: Request, names: ShellNames) -> _Body:
    match request.content:
        case None:
            return None, (), ()
        case JsonContent() as content:
            return _text_body(content.pretty)
        case TextContent(text=text):
            return _text_body(text)
        case FormContent(pairs=pairs, encoded=encoded):
            if holds_nul(encoded) or not all(_is_item(*pair) and not holds_nul(pair[1]) for pair in pairs):
                return _text_body(encoded)
            return (
                None,
                (ShellText("--form"),),
                tuple(quoted(_item(name, "=", value)) for name, value in pairs),
            )
        case MultipartContent(parts=parts):
            if _are_items(parts):
                return None, (ShellText("--multipart"),), tuple(_part(part, names) for part in parts)
            return multipart_lines(parts, names), (), (ShellText('@"$body"'),)
        case FileContent(file=file):
            return None, (), (word(["@", expanded(names[file])]),)
        case _:
            assert_never(request.content)


def _call(request: Request, names: ShellNames) -> Call:
    losses: list[str] = []
    written, options, items = _body(request, names)
    headers = tuple(_headers(request, names, losses))
    target = ShellText("{} {}").format(quoted(request.method), address(url_of(request), names))
    arguments = (*options, *_auth(request, names), target, *headers, *items)
    return Call(arguments=arguments, body=written, losses=tuple(losses))


LANGUAGE = shell("httpie", "bash with HTTPie", _call, ("body", "boundary", "part", "message"))
