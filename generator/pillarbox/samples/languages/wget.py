"""bash with wget and jq."""

from collections.abc import Iterator
from typing import assert_never

from ...render.environment import environment, render
from ...text.shell import SHELL, ShellText, expanded, holds_nul, latin1, printed, quoted, word
from ..language import Language, Rendered
from ..message import BOUNDARY, headers_of, repeated, url_of
from ..model import (
    BasicAuth,
    DigestAuth,
    FileContent,
    FormContent,
    Header,
    JsonContent,
    MultipartContent,
    Request,
    Sample,
    Segment,
    TextContent,
    Variable,
)
from ..naming import Names
from ..notes import lost_values, notes_of
from ..shell_multipart import TAKEN, multipart_lines
from ..shell_reading import RULES, address, read_alone, reading_lines, variable_lines

__all__ = ["LANGUAGE"]

_LONGEST_ARGUMENT = 100_000
"""Linux takes 131,072 bytes in one argument."""

_Names = dict[Variable, str]


def _header(header: Header, names: _Names) -> ShellText:
    fixed = header.fixed
    if fixed is None:
        return ShellText("--header={}").format(address((f"{header.name}: ", *header.value), names))
    return ShellText("--header={}").format(latin1(f"{header.name}: {fixed}"))


def _options(request: Request, names: _Names, losses: list[str]) -> Iterator[ShellText]:
    yield ShellText("--method={}").format(quoted(request.method))
    lost: set[str] = set()
    twice = repeated(request)
    for header in headers_of(request):
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
    if holds_nul(text) or len(text.encode("utf-8", "replace")) > _LONGEST_ARGUMENT:
        return ShellText('{} >"$body"').format(printed(text)), ShellText('--body-file="$body"')
    return None, ShellText("--body-data={}").format(quoted(text, lines=True))


def _body(request: Request, names: _Names) -> tuple[ShellText | None, ShellText | None]:
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


def _render(sample: Sample) -> Rendered:
    names = Names(RULES, (*TAKEN, "headers"))
    losses: list[str] = []
    found, variables = variable_lines(sample.request, names)
    written, option = _body(sample.request, found)
    url = url_of(sample.request)
    arguments = [*_options(sample.request, found, losses), *([option] if option is not None else [])]
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, nul=True, huge=True))
    return Rendered(
        render(
            environment(ShellText),
            "samples/wget.jinja",
            ShellText,
            title=SHELL.comment(sample.title),
            notes=[SHELL.comment(note) for note in (*notes_of(sample.request), *losses, *unread)],
            variables=variables,
            encodes=any(isinstance(piece, Segment) for piece in url),
            body=written,
            arguments=ShellText(" \\\n  ").join([*arguments, address(url, found)]),
            shortened=SHELL.comments(answer.shortened) if answer is not None and answer.shortened else (),
            reading=reading_lines(reading, names) if reading is not None else None,
        ),
        tuple(losses),
        unread,
    )


LANGUAGE = Language("wget", "bash with wget", ".sh", _render, read_alone)
