"""JavaScript with axios, in Node."""

from collections.abc import Iterator
from typing import assert_never

from ...render.environment import environment, render
from ...text.javascript import JAVASCRIPT, JavaScript, template
from ..javascript_code import RULES, SPELLING, form, header_lines, json_body, json_text, read_lines
from ..language import Language, Rendered
from ..model import (
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Header,
    JsonContent,
    MultipartContent,
    Reading,
    Request,
    Sample,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names
from ..notes import lost_digest, lost_values, notes_of
from ..outline import carried, headers_of, part_head, url_of

__all__ = ["LANGUAGE"]

_REFUSED = frozenset(("content-length", "transfer-encoding"))

_TYPED = ("POST", "PUT", "PATCH")
"""Methods with which axios sends a type also where there is no body."""

_Locals = dict[Variable, JavaScript]


def _append(part: TextPart | FilePart, names: _Locals) -> JavaScript:
    # The package writes a name as it is, so it gets one that needs no quoting.
    quoted = part_head(part)[0][1].partition('name="')[2].partition('"')[0]
    name, kind = JAVASCRIPT.string(quoted), JAVASCRIPT.string(part.content_type)
    match part:
        case TextPart(value=value, content_type=""):
            return JavaScript("form.append({}, {});").format(name, JAVASCRIPT.string(value))
        case TextPart(value=value):
            pattern = JavaScript("form.append({}, {}, {{ contentType: {} }});")
            return pattern.format(name, JAVASCRIPT.string(value), kind)
        case FilePart(file=file):
            pattern = JavaScript("form.append({}, await readFile({}), {{ filename: {}, contentType: {} }});")
            return pattern.format(name, names[file], names[file], kind)
        case _:
            assert_never(part)


class _Call:
    """What the template prints of a request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self.losses: list[str] = list(lost_digest(request))
        self._locals, self.variables = SPELLING.declared(request, names)
        self.method = JAVASCRIPT.string(request.method)
        self.url = SPELLING.text(url_of(request), self._locals)
        self.form = tuple(self._form())
        self.headers = tuple(self._headers())
        self.data = self._data()
        self.reads_files = any(isinstance(one, FileName) for one in request.variables)

    def _form(self) -> Iterator[JavaScript]:
        if isinstance(self._request.content, MultipartContent):
            yield JavaScript("const form = new FormData();")
            yield from (_append(part, self._locals) for part in self._request.content.parts)

    def _headers(self) -> Iterator[JavaScript]:
        headers: list[Header] = list(carried(headers_of(self._request), self.losses, refused=_REFUSED))
        yield from header_lines(self._request, headers, self._locals)
        if self.form:
            yield JavaScript("...form.getHeaders(),")
        typed = any(header.name.lower() == "content-type" for header in headers)
        if self._request.content is None and self._request.method in _TYPED and not typed:
            yield JavaScript('"Content-Type": false, // axios would send that of a form')

    def _data(self) -> JavaScript | None:
        match self._request.content:
            case None:
                return None
            case JsonContent() as content:
                value = json_body(content)
                return _bytes(json_text(content)) if value is None else value
            case FormContent() as content:
                return form(content)
            case MultipartContent():
                return JavaScript("form")
            case TextContent(text=text):
                return _bytes(template(text))
            case FileContent(file=file):
                return JavaScript("await readFile({})").format(self._locals[file])
            case _:
                assert_never(self._request.content)


def _bytes(text: JavaScript) -> JavaScript:
    """axios reads a text that is to be JSON, and writes it again in its own way; bytes it leaves alone."""
    return JavaScript("Buffer.from({})").format(text)


def _render(sample: Sample) -> Rendered:
    names = Names(RULES)
    call = _Call(sample.request, names)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, huge=True))
    made = render(
        environment(JavaScript),
        "samples/node-axios.jinja",
        JavaScript,
        title=JAVASCRIPT.comment(sample.title),
        notes=[JAVASCRIPT.comment(note) for note in (*notes_of(sample.request), *call.losses, *unread)],
        call=call,
        shortened=JAVASCRIPT.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=read_lines(reading, names, typed=False),
    )
    return Rendered(made, tuple(call.losses), unread)


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    unread = tuple(lost_values(reading, huge=True))
    made = render(
        environment(JavaScript),
        "samples/javascript-json.jinja",
        JavaScript,
        notes=[JAVASCRIPT.comment(note) for note in unread],
        typed=False,
        shortened=JAVASCRIPT.comments(shortened),
        reading=read_lines(reading, Names(RULES), typed=False),
    )
    return Rendered(made, unread=unread)


LANGUAGE = Language("node-axios", "Node with axios", ".mjs", _render, _read)
