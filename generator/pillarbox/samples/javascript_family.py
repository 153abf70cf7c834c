"""Samples that call `fetch`: the same in JavaScript and in TypeScript, but for the types."""

from collections.abc import Iterator
from typing import assert_never

from ..render.environment import environment, render
from ..text.javascript import JAVASCRIPT, JavaScript, template
from .javascript_code import RULES, SPELLING, form, header_lines, json_body, json_text, read_lines
from .language import Rendered
from .model import (
    FileContent,
    FileName,
    FilePart,
    FormContent,
    JsonContent,
    MultipartContent,
    Reading,
    Request,
    Sample,
    TextContent,
    TextPart,
    Variable,
)
from .naming import Names
from .notes import lost_digest, lost_values, notes_of
from .outline import carried, headers_of, part_head, url_of

__all__ = ["reading_text", "sample_text"]

_REFUSED = frozenset("connection content-length expect host keep-alive transfer-encoding upgrade".split())
_REFUSED_METHODS = ("CONNECT", "TRACE", "TRACK")

_Locals = dict[Variable, JavaScript]


def _is_plain(part: TextPart | FilePart) -> bool:
    """Whether FormData sends the part as it is: it changes line breaks, and knows no type of a text."""
    match part:
        case TextPart(name, value, content_type):
            return not content_type and not any(mark in name + value for mark in "\r\n")
        case FilePart(name):
            return not any(mark in name for mark in "\r\n")


def _form_data(content: MultipartContent, names: _Locals) -> Iterator[JavaScript]:
    yield JavaScript("const form = new FormData();")
    for part in content.parts:
        name = JAVASCRIPT.string(part.name)
        match part:
            case TextPart(value=value):
                yield JavaScript("form.append({}, {});").format(name, JAVASCRIPT.string(value))
            case FilePart(file=file, content_type=content_type):
                path, kind = names[file], JAVASCRIPT.string(content_type)
                pattern = JavaScript("form.append({}, new Blob([await readFile({})], {{ type: {} }}), {});")
                yield pattern.format(name, path, kind, path)
            case _:
                assert_never(part)


def _parts(content: MultipartContent, names: _Locals) -> Iterator[JavaScript]:
    yield JavaScript("// By hand: FormData changes line breaks and sends a text without a type.")
    yield JavaScript('const boundary = "boundary-" + crypto.randomUUID();')
    yield JavaScript("const form = new Blob([")
    for part in content.parts:
        head = "".join(f"\r\n{name}: {value}" for name, value in part_head(part))
        yield JavaScript('  "--" + boundary + {},').format(JAVASCRIPT.string(f"{head}\r\n\r\n"))
        match part:
            case TextPart(value=value):
                yield JavaScript("  {},").format(JAVASCRIPT.string(value))
            case FilePart(file=file):
                yield JavaScript("  await readFile({}),").format(names[file])
            case _:
                assert_never(part)
        yield JavaScript('  "\\r\\n",')
    yield JavaScript('  "--" + boundary + "--\\r\\n",')
    yield JavaScript("]);")


class _Call:
    """What the template prints of a request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._content = request.content
        self.losses: list[str] = list(lost_digest(request))
        self._locals, self.variables = SPELLING.declared(request, names)
        self.url = SPELLING.text(url_of(request), self._locals)
        self.before = tuple(self._before())
        self.headers = tuple(self._headers())
        self.body = self._body()
        self.method = JAVASCRIPT.string(request.method)
        if request.method in _REFUSED_METHODS:
            self.losses.append(f"fetch refuses the method {request.method}.")

    @property
    def reads_files(self) -> bool:
        has_file = any(isinstance(one, FileName) for one in self._request.variables)
        return has_file and self.body is not None

    def _before(self) -> Iterator[JavaScript]:
        if isinstance(self._content, MultipartContent):
            plain = all(map(_is_plain, self._content.parts))
            yield from (_form_data if plain else _parts)(self._content, self._locals)

    def _headers(self) -> Iterator[JavaScript]:
        headers = carried(headers_of(self._request), self.losses, refused=_REFUSED)
        yield from header_lines(self._request, headers, self._locals)
        if isinstance(self._content, MultipartContent) and not all(map(_is_plain, self._content.parts)):
            yield JavaScript('"Content-Type": "multipart/form-data; boundary=" + boundary,')

    def _body(self) -> JavaScript | None:
        if self._content is not None and self._request.method in ("GET", "HEAD"):
            self.losses.append(f"The body is left out: fetch sends none with {self._request.method}.")
            return None
        match self._content:
            case None:
                return None
            case JsonContent() as content:
                value = json_body(content)
                return json_text(content) if value is None else JavaScript("JSON.stringify({})").format(value)
            case FormContent() as content:
                return form(content)
            case MultipartContent():
                return JavaScript("form")
            case TextContent(text=text):
                return template(text)
            case FileContent(file=file):
                return JavaScript("await readFile({})").format(self._locals[file])
            case _:
                assert_never(self._content)


def sample_text(sample: Sample, *, typed: bool) -> Rendered:
    """A whole program."""
    names = Names(RULES)
    call = _Call(sample.request, names)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, huge=True))
    made = render(
        environment(JavaScript),
        "samples/javascript-fetch.jinja",
        JavaScript,
        title=JAVASCRIPT.comment(sample.title),
        notes=[JAVASCRIPT.comment(note) for note in (*notes_of(sample.request), *call.losses, *unread)],
        typed=typed,
        call=call,
        shortened=JAVASCRIPT.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=read_lines(reading, names, typed=typed),
    )
    return Rendered(made, tuple(call.losses), unread)


def reading_text(reading: Reading, shortened: str, *, typed: bool) -> Rendered:
    """The reading code alone."""
    unread = tuple(lost_values(reading, huge=True))
    made = render(
        environment(JavaScript),
        "samples/javascript-json.jinja",
        JavaScript,
        notes=[JAVASCRIPT.comment(note) for note in unread],
        typed=typed,
        shortened=JAVASCRIPT.comments(shortened),
        reading=read_lines(reading, Names(RULES), typed=typed),
    )
    return Rendered(made, unread=unread)
