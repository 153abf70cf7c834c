"""bash with wget and jq."""

from collections.abc import Iterator
from typing import assert_never

from ...text.shell import ShellText, expanded, latin1, quoted, word
from ..families.shell import Call, ShellNames, address, fits_argument, multipart_lines, shell, written_body
from ..http_message import BOUNDARY, headers_of, repeated, url_of
from ..model import (
    BasicAuth,
    DigestAuth,
    FileContent,
    FormContent,
    Header,
    JsonContent,
    MultipartContent,
    Request,
    TextContent,
)

__all__ = ["LANGUAGE"]


def _header(header: Header, names: ShellNames) -> ShellText:
    fixed = header.fixed
    if fixed is None:
        return ShellText("--header={}").format(address((f"{header.name}: ", *header.value), names))
    return ShellText("--header={}").format(latin1(f"{header.name}: {fixed}"))


def _options(request: Request, names: ShellNames, losses: list[str]) -> Iterator[ShellText]:
    yield ShellText("--method={}").format(quoted(request.method))
    lost: set[str] = set()
    twice = repeated(request)
    for header in headers_of(request, empty_type=True):
        folded = header.name.lower()
        if folded in twice and folded not in lost:
            losses.append(f"wget sends only the last of the headers named {header.name}.")
        lost |= {folded} & twice
        yield _header(header, names)
    for auth in request.auth:
        match auth:
            case BasicAuth(username, password):
                pattern = ShellText("--auth-no-challenge --user={} --password={}")
                yield pattern.format(word([expanded(names[username])]), word([expanded(names[password])]))
            case DigestAuth(username, password):
                pattern = ShellText("--user={} --password={}")
                yield pattern.format(word([expanded(names[username])]), word([expanded(names[password])]))
            case _:
                pass
    if isinstance(request.content, MultipartContent):
        yield ShellText("--header={}").format(
            quoted(f"Content-Type: multipart/form-data; boundary={BOUNDARY}")
        )


def _text_body(text: str) -> tuple[ShellText | None, ShellText]:
    if fits_argument(text):
        return None, ShellText("--body-data={}").format(quoted(text, lines=True))
    return written_body(text), ShellText('--body-file="$body"')


def _body(request: Request, names: ShellNames) -> tuple[ShellText | None, ShellText | None]:
    """What writes the file `$body`, where one is needed, and the option that names what is sent."""
    match request.content:
        case None:
            return None, None
        case JsonContent() as content:
            return _text_body(content.pretty)
        case TextContent(text=text):
            return _text_body(text)
        case FormContent(encoded=encoded):
            return _text_body(encoded)
        case MultipartContent(parts=parts):
            return multipart_lines(parts, names), ShellText('--body-file="$body"')
        case FileContent(file=file):
            return None, ShellText("--body-file={}").format(word([expanded(names[file])]))
        case _:
            assert_never(request.content)


def _call(request: Request, names: ShellNames) -> Call:
    losses: list[str] = []
    body, option = _body(request, names)
    arguments = [*_options(request, names, losses), *([option] if option is not None else [])]
    return Call(arguments=(*arguments, address(url_of(request), names)), body=body, losses=tuple(losses))


LANGUAGE = shell("wget", "bash with wget", _call, ("body", "boundary", "part", "headers"))
