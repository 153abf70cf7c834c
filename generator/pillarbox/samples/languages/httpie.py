"""bash with HTTPie and jq."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.shell import SHELL, ShellText, expanded, holds_nul, printed, quoted, word
from ..language import Language, Rendered
from ..message import BOUNDARY, headers_of, url_of
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
    Sample,
    Segment,
    Text,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names
from ..notes import lost_values, notes_of
from ..shell_multipart import TAKEN, multipart_lines
from ..shell_reading import RULES, address, read_alone, reading_lines, variable_lines

__all__ = ["LANGUAGE"]

_LONGEST_ARGUMENT = 100_000
"""Linux takes 131,072 bytes in one argument."""

_SEPARATORS = re.compile(r"[:;=@]")
_LOST_BACKSLASH = re.compile(r"\\[:;=@]|\\$")

_Names = dict[Variable, str]


def _is_item(name: str, value: str) -> bool:
    """True where HTTPie reads both as they were: it takes a backslash before a separator away."""
    return bool(name) and not _LOST_BACKSLASH.search(name) and not _LOST_BACKSLASH.search(value + "x")


def _item(name: str, separator: str, value: str) -> str:
    """One item of a request; a separator in the name, or at the start of the value, has a backslash before it."""
    escaped = _SEPARATORS.sub(lambda found: f"\\{found[0]}", name)
    start = "\\" if _SEPARATORS.match(value) else ""
    return f"{escaped}{separator}{start}{value}"


def _printed(value: Text, names: _Names) -> ShellText:
    """A file that holds what no item could: variables, whatever is in them."""
    return ShellText("@<(printf '%s' {})").format(address(value, names))


def _header(header: Header, names: _Names, losses: list[str]) -> Iterator[ShellText]:
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


def _auth(request: Request, names: _Names) -> Iterator[ShellText]:
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


def _headers(request: Request, names: _Names, losses: list[str]) -> Iterator[ShellText]:
    """Except what HTTPie itself sends for `--auth` and `--form`."""
    tokens = [
        (auth.token,) for auth in request.auth if isinstance(auth, BearerAuth) and auth.prefix == "Bearer"
    ]
    for header in headers_of(request):
        is_token = header.name == "Authorization" and header.value[1:] in tokens
        if not is_token:
            yield from _header(header, names, losses)
    if isinstance(request.content, MultipartContent) and not _are_items(request.content.parts):
        yield quoted(f"Content-Type:multipart/form-data; boundary={BOUNDARY}")


def _are_items(parts: Sequence[TextPart | FilePart]) -> bool:
    """True where `--multipart` says it all: its fields have no type, and no line ends in their names."""
    return all(
        _is_item(part.name, part.value) and not part.content_type and not holds_nul(part.name + part.value)
        if isinstance(part, TextPart)
        else _is_item(part.name, "")
        for part in parts
    )


def _part(part: TextPart | FilePart, names: _Names) -> ShellText:
    match part:
        case TextPart(name, value):
            return quoted(_item(name, "=", value))
        case FilePart(name, file, content_type):
            return word([_item(name, "@", ""), expanded(names[file]), f";type={content_type}"])


_Body = tuple[ShellText | None, tuple[ShellText, ...], tuple[ShellText, ...]]
"""What writes the file `$body`, where one is needed; options; items."""


def _text_body(text: str) -> _Body:
    if holds_nul(text) or len(text.encode("utf-8", "replace")) > _LONGEST_ARGUMENT:
        return ShellText('{} >"$body"').format(printed(text)), (), (ShellText('@"$body"'),)
    return None, (ShellText("--raw={}").format(quoted(text, lines=True)),), ()


def _body(request: Request, names: _Names) -> _Body:
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


def _render(sample: Sample) -> Rendered:
    names = Names(RULES, (*TAKEN, "message"))
    losses: list[str] = []
    found, variables = variable_lines(sample.request, names)
    written, options, items = _body(sample.request, found)
    url = url_of(sample.request)
    headers = tuple(_headers(sample.request, found, losses))
    target = ShellText("{} {}").format(quoted(sample.request.method), address(url, found))
    arguments = [*options, *_auth(sample.request, found), target, *headers, *items]
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, nul=True, huge=True))
    return Rendered(
        render(
            environment(ShellText),
            "samples/httpie.jinja",
            ShellText,
            title=SHELL.comment(sample.title),
            notes=[SHELL.comment(note) for note in (*notes_of(sample.request), *losses, *unread)],
            variables=variables,
            encodes=any(isinstance(piece, Segment) for piece in url),
            body=written,
            arguments=ShellText(" \\\n  ").join(arguments),
            shortened=SHELL.comments(answer.shortened) if answer is not None and answer.shortened else (),
            reading=reading_lines(reading, names) if reading is not None else None,
        ),
        tuple(losses),
        unread,
    )


LANGUAGE = Language("httpie", "bash with HTTPie", ".sh", _render, read_alone)
