"""C# with HttpClient and System.Text.Json."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.csharp import CSHARP, CSharpText, block
from ..language import Language, Rendered
from ..model import (
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Group,
    Header,
    Items,
    JsonContent,
    Kind,
    Leaf,
    MultipartContent,
    Reading,
    Request,
    Sample,
    TextContent,
    TextPart,
)
from ..naming import Names, Rules, camel
from ..notes import notes_of
from ..outline import Spelling, basic_of, carried, digest_of, headers_of, part_head, url_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=frozenset(
        """abstract as base bool break byte case catch char checked class const continue decimal default delegate do
        double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface
        internal is lock long namespace new null object operator out override params private protected public readonly
        ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint
        ulong unchecked unsafe ushort using virtual void volatile while
        add alias and args ascending async await by descending dynamic equals field file from get global group init
        into join let managed nameof nint not notnull nuint on or orderby partial record remove required scoped select
        set unmanaged value var when where with yield
        answer client error form handler part request response text url""".split()
    ),
)

_SPELLING = Spelling(
    digest=True,
    syntax=CSHARP,
    plus=CSharpText(" + "),
    escaped=CSharpText("Uri.EscapeDataString({})"),
    given=CSharpText("string {} = {};"),
    secret=CSharpText('string {} = Environment.GetEnvironmentVariable({}) ?? "";'),
)

_OF_CONTENT = frozenset(
    """allow content-disposition content-encoding content-language content-location content-md5 content-range
    content-type expires last-modified""".split()
)
"""Headers that .NET lets stand with a body alone."""
_REFUSED = frozenset(("content-length", "transfer-encoding"))

_TYPES = {
    Kind.STRING: CSharpText("string?"),
    Kind.INTEGER: CSharpText("int?"),
    Kind.NUMBER: CSharpText("double?"),
    Kind.BOOLEAN: CSharpText("bool?"),
    Kind.ANY: CSharpText("string?"),
}


class _Reading(Steps[CSharpText, CSharpText]):
    """`JsonNode?`, which gives null for what is absent."""

    def leaf(self, leaf: Leaf, parent: CSharpText) -> Sequence[CSharpText]:
        said = self.names.claim(leaf.names)
        name = CSHARP.name(said)
        kind = CSharpText("long?") if leaf.large and leaf.kind is Kind.INTEGER else _TYPES[leaf.kind]
        value = _member(parent, leaf.key)
        if leaf.kind is Kind.ANY:
            line = CSharpText("{} {} = {}?.ToString();").format(kind, name, value)
        else:
            line = CSharpText("{} {} = ({}){};").format(kind, name, kind, value)
        return line, CSharpText("Console.WriteLine({} + {});").format(CSHARP.string(f"{said} = "), name)

    def group(self, group: Group, parent: CSharpText) -> Opened[CSharpText, CSharpText]:
        if group.key is None:
            return Opened(parent)
        name = CSHARP.name(self.names.claim(group.names))
        line = CSharpText("JsonNode? {} = {};").format(name, _member(parent, group.key))
        return Opened(name, (line,))

    def items(self, items: Items, parent: CSharpText) -> Opened[CSharpText, CSharpText]:
        name = CSHARP.name(self.names.claim(items.item_names))
        head = CSharpText("foreach (JsonNode? {} in {}?.AsArray() ?? new JsonArray())")
        before = (head.format(name, _member(parent, items.key)), CSharpText("{"))
        return Opened(name, before, after=(CSharpText("}"),), deeper=True)


def _member(parent: CSharpText, key: str | None) -> CSharpText:
    return parent if key is None else CSharpText("{}?[{}]").format(parent, CSHARP.string(key))


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self.losses: list[str] = []
        self._locals, self.variables = _SPELLING.declared(request, names)
        self.url = _SPELLING.text(url_of(request), self._locals)
        self.method = CSHARP.string(request.method)
        refused = _REFUSED if request.content is not None else _REFUSED | _OF_CONTENT
        self._headers = tuple(carried(headers_of(request), self.losses, refused=refused))
        self.handler = tuple(self._handler())
        self.lines = (*self._content(), *self._header_lines())

    def usings(self, *, reads: bool) -> Iterator[CSharpText]:
        """The namespaces in use."""
        yield CSharpText("System")
        if isinstance(self._request.content, FormContent):
            yield CSharpText("System.Collections.Generic")
        if any(isinstance(one, FileName) for one in self._request.variables):
            yield CSharpText("System.IO")
        if digest_of(self._request):
            yield CSharpText("System.Net")
        yield CSharpText("System.Net.Http")
        yield CSharpText("System.Text")
        if reads:
            yield CSharpText("System.Text.Json.Nodes")
        yield CSharpText("System.Threading.Tasks")

    def _handler(self) -> Iterator[CSharpText]:
        """What is set on the handler below the client."""
        texts = [one for header in self._headers for one in header.value if isinstance(one, str)]
        if not all(map(str.isascii, texts)):
            yield CSharpText("RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,")
        if digest := digest_of(self._request):
            pattern = CSharpText("Credentials = new NetworkCredential({}, {}),")
            yield pattern.format(self._locals[digest.username], self._locals[digest.password])

    def _header_lines(self) -> Iterator[CSharpText]:
        for header in self._headers:
            value = _SPELLING.text(header.value, self._locals)
            yield self._add(header, value)
        if basic := basic_of(self._request):
            pattern = CSharpText(
                'request.Headers.TryAddWithoutValidation("Authorization",\n'
                '    "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes({} + ":" + {})));'
            )
            yield pattern.format(self._locals[basic.username], self._locals[basic.password])

    @staticmethod
    def _add(header: Header, value: CSharpText) -> CSharpText:
        pattern = CSharpText("request.Headers.TryAddWithoutValidation({}, {});")
        if header.name.lower() in _OF_CONTENT:
            pattern = CSharpText("request.Content.Headers.TryAddWithoutValidation({}, {});")
        return pattern.format(CSHARP.string(header.name), value)

    def _content(self) -> Iterator[CSharpText]:
        match self._request.content:
            case None:
                return
            case JsonContent() as content:
                yield _bytes(content.pretty)
            case TextContent(text=text):
                yield _bytes(text)
            case FormContent(pairs=pairs):
                yield CSharpText(
                    "request.Content = new FormUrlEncodedContent(new KeyValuePair<string, string>[]"
                )
                yield CSharpText("{")
                for name, value in pairs:
                    yield CSharpText("    new({}, {}),").format(CSHARP.string(name), CSHARP.string(value))
                yield CSharpText("});")
                # Its own type gives way to the one below.
                yield CSharpText('request.Content.Headers.Remove("Content-Type");')
            case MultipartContent(parts):
                yield CSharpText('var form = new MultipartContent("form-data");')
                yield from map(self._part, parts)
                yield CSharpText("request.Content = form;")
            case FileContent(file=file):
                pattern = CSharpText("request.Content = new ByteArrayContent(File.ReadAllBytes({}));")
                yield pattern.format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> CSharpText:
        match part:
            case TextPart(value=value):
                data = CSharpText("Encoding.UTF8.GetBytes({})").format(CSHARP.string(value))
            case FilePart(file=file):
                data = CSharpText("File.ReadAllBytes({})").format(self._locals[file])
            case _:
                assert_never(part)
        said = CSHARP.string(part_head(part)[0][1])
        return CSharpText("form.Add(Part({}, {}, {}));").format(data, said, CSHARP.string(part.content_type))


def _bytes(text: str) -> CSharpText:
    pattern = CSharpText("request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(\n    {}));")
    return pattern.format(block(text, "    "))


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    call = _Writer(sample.request, names)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    made = render(
        environment(CSharpText),
        "samples/csharp.jinja",
        CSharpText,
        title=CSHARP.comment(sample.title),
        notes=[CSHARP.comment(note) for note in (*notes_of(sample.request), *call.losses)],
        usings=tuple(call.usings(reads=reading is not None)),
        call=call,
        has_parts=isinstance(sample.request.content, MultipartContent),
        shortened=CSHARP.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None
        if reading is None
        else CSHARP.lines(_Reading(names).lines(reading, CSharpText("answer"))),
    )
    return Rendered(made, tuple(call.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    made = render(
        environment(CSharpText),
        "samples/csharp-json.jinja",
        CSharpText,
        shortened=CSHARP.comments(shortened),
        reading=CSHARP.lines(_Reading(Names(_RULES)).lines(reading, CSharpText("answer"))),
    )
    return Rendered(made)


LANGUAGE = Language("csharp", "C# with HttpClient", ".cs", _render, _read)
