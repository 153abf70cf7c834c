"""bash with curl and jq."""

from collections.abc import Iterator
from typing import assert_never
from urllib.parse import quote

from ...text.shell import ShellText, expanded, holds_nul, latin1, printed, quoted, word
from ..families.shell import Call, ShellNames, address, fits_argument, shell
from ..http_message import url_of
from ..model import (
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
    Request,
    TextContent,
    TextPart,
    Unsigned,
)

__all__ = ["LANGUAGE"]


def _option(name: ShellText, value: ShellText) -> ShellText:
    return ShellText("{} {}").format(name, value)


def _header(header: Header, names: ShellNames) -> ShellText:
    fixed = header.fixed
    if fixed == "":
        return quoted(f"{header.name};")
    if fixed is not None:
        return latin1(f"{header.name}: {fixed}")
    return address((f"{header.name}: ", *header.value), names)


def _signed(auth: Auth, names: ShellNames) -> Iterator[ShellText]:
    match auth:
        case BearerAuth(prefix, token):
            value = (f"Authorization: {prefix} " if prefix else "Authorization: ", token)
            yield _option(ShellText("--header"), address(value, names))
        case KeyHeader(name, key):
            yield _option(ShellText("--header"), address((f"{name}: ", key), names))
        case BasicAuth(username, password):
            pair = [expanded(names[username]), ":", expanded(names[password])]
            yield _option(ShellText("--user"), word(pair))
        case DigestAuth(username, password):
            pair = [expanded(names[username]), ":", expanded(names[password])]
            yield _option(ShellText("--digest --user"), word(pair))
        case KeyQuery() | KeyCookie() | Unsigned():
            return
        case _:
            assert_never(auth)


def _typed(media_type: str) -> ShellText:
    """Without a type of ours curl would send that of a form."""
    return _option(
        ShellText("--header"),
        quoted(f"Content-Type: {media_type}".rstrip() if media_type else "Content-Type:"),
    )


def _part(part: TextPart | FilePart, names: ShellNames) -> ShellText:
    match part:
        case TextPart(name, value, ""):
            return _option(ShellText("--form-string"), quoted(f"{name}={value}"))
        case TextPart(name, value, content_type):
            inside = value.replace("\\", "\\\\").replace('"', '\\"')
            return _option(ShellText("--form"), quoted(f'{name}="{inside}";type={content_type}'))
        case FilePart(name, file, content_type):
            text = [f"{name}=@", expanded(names[file]), f";type={content_type}"]
            return _option(ShellText("--form"), word(text))


def _content(request: Request, names: ShellNames, losses: list[str]) -> Iterator[ShellText]:
    match request.content:
        case None:
            return
        case JsonContent(media_type=media_type) as content:
            yield _typed(media_type)
            yield from _data(content.pretty)
        case TextContent(text=text, media_type=media_type):
            yield _typed(media_type)
            yield from _data(text)
        case FormContent(pairs=pairs, media_type=media_type):
            if media_type != "application/x-www-form-urlencoded":
                yield _typed(media_type)
            for name, value in pairs:
                if holds_nul(value):
                    yield _option(ShellText("--data"), quoted(f"{quote(name, '')}={quote(value, '')}"))
                else:
                    yield _option(ShellText("--data-urlencode"), quoted(f"{quote(name, '')}={value}"))
        case MultipartContent(parts=parts):
            for part in parts:
                if (
                    "=" in part.name
                    or holds_nul(part.name)
                    or (isinstance(part, TextPart) and holds_nul(part.value))
                ):
                    losses.append(f"The field {part.name!a} is left out: curl takes no such name or value.")
                else:
                    yield _part(part, names)
        case FileContent(file=file, media_type=media_type):
            yield _typed(media_type)
            yield _option(ShellText("--data-binary"), word(["@", expanded(names[file])]))
        case _:
            assert_never(request.content)


def _data(text: str) -> Iterator[ShellText]:
    if fits_argument(text):
        yield _option(ShellText("--data-raw"), quoted(text, lines=True))
    else:
        yield ShellText("--data-binary @<({})").format(printed(text))


def _arguments(request: Request, names: ShellNames, losses: list[str]) -> Iterator[ShellText]:
    method = (
        ShellText("--head")
        if request.method == "HEAD"
        else _option(ShellText("--request"), quoted(request.method))
    )
    yield method
    yield _option(ShellText("--url"), address(url_of(request), names))
    for header in request.headers:
        yield _option(ShellText("--header"), _header(header, names))
    for auth in request.auth:
        yield from _signed(auth, names)
    yield from _content(request, names, losses)


def _call(request: Request, names: ShellNames) -> Call:
    losses: list[str] = []
    arguments = tuple(_arguments(request, names, losses))
    return Call(arguments=arguments, losses=tuple(losses))


LANGUAGE = shell("curl", "bash with curl", _call)
