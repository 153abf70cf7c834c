"""Go with what its own library has."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never
from urllib.parse import quote

from ...render.environment import environment, render
from ...text.go import GO, GoText, block, latin1
from ..language import Language, Rendered
from ..model import (
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Group,
    Header,
    Items,
    JsonContent,
    KeyQuery,
    Kind,
    Leaf,
    MultipartContent,
    Reading,
    Request,
    Sample,
    Secret,
    Segment,
    TextContent,
    TextPart,
)
from ..naming import Names, Rules, camel
from ..notes import lost_digest, notes_of
from ..outline import Spelling, basic_of, carried, headers_of, part_head, url_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=frozenset(
        """break case chan const continue default defer else fallthrough for func go goto if import interface map package
        range return select struct switch type var
        any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32
        float64 imag init int int8 int16 int32 int64 iota len main make max min new nil panic print println real recover
        rune string true uint uint8 uint16 uint32 uint64 uintptr
        bytes fmt http io json log multipart os strings textproto time url
        addPart address body client decoded decoder err fields form integer number read received request response shown file""".split()
    ),
)

_SPELLING = Spelling(
    syntax=GO,
    plus=GoText(" + "),
    escaped=GoText("url.PathEscape({})"),
    # PathEscape leaves `&` and `+` alone, QueryEscape makes `+` of a space, which only forms know.
    queried=GoText('strings.ReplaceAll(url.QueryEscape({}), "+", "%20")'),
    given=GoText("{} := {}"),
    secret=GoText("{} := os.Getenv({})"),
)

_REFUSED = frozenset(("content-length", "transfer-encoding", "trailer"))

_ADD_PART = GoText("""\
func addPart(form *multipart.Writer, disposition, contentType string, data []byte) {
	header := textproto.MIMEHeader{"Content-Disposition": {disposition}}
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	part, err := form.CreatePart(header)
	if err != nil {
		log.Fatalln(err)
	}
	part.Write(data)
}""")

_READ = GoText("""\
func read(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatalln(err)
	}
	return data
}""")

_HELPERS = {
    Kind.INTEGER: GoText("""\
func integer(value any) int64 {
	number, _ := value.(json.Number)
	whole, _ := number.Int64()
	return whole
}"""),
    Kind.NUMBER: GoText("""\
func number(value any) float64 {
	number, _ := value.(json.Number)
	double, _ := number.Float64()
	return double
}"""),
    Kind.ANY: GoText("""\
func shown(value any) string {
	if value == nil {
		return "null"
	}
	return fmt.Sprint(value)
}"""),
}


class _Reading(Steps[GoText, GoText]):
    """Assertions of type in their second form: what is absent or null leaves the zero value."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.kinds: set[Kind] = set()

    def leaf(self, leaf: Leaf, parent: GoText) -> Sequence[GoText]:
        self.kinds.add(leaf.kind)
        text = self.names.claim(leaf.names)
        name, value = GO.name(text), _member(parent, leaf.key)
        shown = GoText("fmt.Println({}, {})")
        match leaf.kind:
            case Kind.STRING:
                local = GoText("{}, _ := {}.(string)")
            case Kind.BOOLEAN:
                local = GoText("{}, _ := {}.(bool)")
            case Kind.INTEGER:
                local = GoText("{} := integer({})")
            case Kind.NUMBER:
                local = GoText("{} := number({})")
            case Kind.ANY:
                local = GoText("{} := {}")
                shown = GoText("fmt.Println({}, shown({}))")
            case _:
                assert_never(leaf.kind)
        return local.format(name, value), shown.format(GO.string(f"{text} ="), name)

    def group(self, group: Group, parent: GoText) -> Opened[GoText, GoText]:
        name = GO.name(self.names.claim(group.names))
        line = GoText("{}, _ := {}.(map[string]any)").format(name, _member(parent, group.key))
        return Opened(name, (line,))

    def items(self, items: Items, parent: GoText) -> Opened[GoText, GoText]:
        name = GO.name(self.names.claim(items.names))
        entry = GO.name(self.names.claim([("entry",)]))
        before = (
            GoText("{}, _ := {}.([]any)").format(name, _member(parent, items.key)),
            GoText("for _, {} := range {} {{").format(entry, name),
        )
        return Opened(entry, before, after=(GoText("}"),), deeper=True)


def _member(parent: GoText, key: str | None) -> GoText:
    return parent if key is None else GoText("{}[{}]").format(parent, GO.string(key))


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self.losses: list[str] = list(lost_digest(request))
        self._locals, self._variables = _SPELLING.declared(request, names)

    def lines(self) -> Iterator[GoText]:
        yield from self._variables
        yield GoText("address := {}").format(_SPELLING.text(url_of(self._request), self._locals))
        body = yield from self._body()
        method = GO.string(self._request.method)
        yield GoText("request, err := http.NewRequest({}, address, {})").format(method, body)
        yield from _checked(GoText("log.Fatalln(err)"))
        yield from self._headers()

    def _headers(self) -> Iterator[GoText]:
        known: set[str] = set()
        for header in carried(headers_of(self._request), self.losses, refused=_REFUSED):
            value = self._value(header)
            if header.name.lower() == "host":
                yield GoText("request.Host = {}").format(value)
                continue
            add = GoText("request.Header.Add({}, {})")
            pattern = add if header.name.lower() in known else GoText("request.Header.Set({}, {})")
            known.add(header.name.lower())
            yield pattern.format(GO.string(header.name), value)
        if isinstance(self._request.content, MultipartContent):
            yield GoText('request.Header.Set("Content-Type", form.FormDataContentType())')
        if basic := basic_of(self._request):
            username, password = self._locals[basic.username], self._locals[basic.password]
            yield GoText("request.SetBasicAuth({}, {})").format(username, password)

    def _value(self, header: Header) -> GoText:
        fixed = header.fixed
        if fixed is not None and not fixed.isascii():
            return latin1(fixed)
        return _SPELLING.text(header.value, self._locals)

    def _body(self) -> Generator[GoText, None, GoText]:
        """Lines that the body needs; its expression is returned."""
        match self._request.content:
            case None:
                return GoText("nil")
            case JsonContent() as content:
                return _reader(content.pretty)
            case TextContent(text=text):
                return _reader(text)
            case FormContent(pairs=pairs):
                yield GoText("fields := []string{")
                for name, value in pairs:
                    pattern = GoText("\t{} + url.QueryEscape({}),")
                    yield pattern.format(GO.string(f"{quote(name, '')}="), GO.string(value))
                yield GoText("}")
                return GoText('strings.NewReader(strings.Join(fields, "&"))')
            case MultipartContent(parts):
                yield GoText("var body bytes.Buffer")
                yield GoText("form := multipart.NewWriter(&body)")
                yield from map(self._part, parts)
                yield GoText("form.Close()")
                return GoText("&body")
            case FileContent(file=file):
                return GoText("bytes.NewReader(read({}))").format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> GoText:
        said = GO.string(part_head(part)[0][1])
        match part:
            case TextPart(value=value):
                data = GoText("[]byte({})").format(GO.string(value))
            case FilePart(file=file):
                data = GoText("read({})").format(self._locals[file])
            case _:
                assert_never(part)
        return GoText("addPart(form, {}, {}, {})").format(said, GO.string(part.content_type), data)


def _reader(text: str) -> GoText:
    return GoText("strings.NewReader({})").format(block(text, "\t\t"))


def _checked(told: GoText) -> Iterator[GoText]:
    yield GoText("if err != nil {")
    yield GoText("\t{}").format(told)
    yield GoText("}")


def _indented(lines: Iterable[GoText]) -> GoText:
    return GO.lines(((1, line) for line in lines), "\t")


def _reading_code(reading: Reading | None, names: Names) -> tuple[GoText | None, list[GoText]]:
    """The code that reads, and the functions that it calls."""
    if reading is None:
        return None, []
    steps = _Reading(names)
    code = GO.lines(steps.lines(reading, GoText("decoded"), 1), "\t")
    return code, [helper for kind, helper in _HELPERS.items() if kind in steps.kinds]


def _imports(request: Request, reads: bool) -> Iterator[GoText]:
    """What is used and nothing else: Go compiles no other program. Told by the model, as texts may hold anything."""
    content = request.content
    has_parts = isinstance(content, MultipartContent)
    has_file = any(isinstance(one, FileName) for one in request.variables)
    has_key = any(isinstance(auth, KeyQuery) for auth in request.auth)
    has_form = isinstance(content, FormContent)
    # What Digest needs is not declared.
    others = replace(request, auth=tuple(one for one in request.auth if not isinstance(one, DigestAuth)))
    has_secret = any(isinstance(one, Secret) for one in others.variables)
    has_segment = any(isinstance(piece, Segment) for piece in request.address)
    packages = (
        (reads or has_parts or isinstance(content, FileContent), GoText('"bytes"')),
        (reads, GoText('"encoding/json"')),
        (True, GoText('"fmt"')),
        (True, GoText('"io"')),
        (True, GoText('"log"')),
        (has_parts, GoText('"mime/multipart"')),
        (True, GoText('"net/http"')),
        (has_parts, GoText('"net/textproto"')),
        (has_segment or has_key or has_form, GoText('"net/url"')),
        (has_file or has_secret, GoText('"os"')),
        (has_key or isinstance(content, JsonContent | TextContent | FormContent), GoText('"strings"')),
        (True, GoText('"time"')),
    )
    return (name for used, name in packages if used)


def _body_helpers(request: Request) -> Iterator[GoText]:
    if isinstance(request.content, MultipartContent):
        yield _ADD_PART
    if any(isinstance(one, FileName) for one in request.variables):
        yield _READ


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample.request, names)
    request = _indented(writer.lines())
    answer = sample.answer
    reading, helpers = _reading_code(answer.reading if answer is not None else None, names)
    helpers = [*_body_helpers(sample.request), *helpers]
    made = render(
        environment(GoText),
        "samples/go.jinja",
        GoText,
        title=GO.comment(sample.title),
        notes=[GO.comment(note) for note in (*notes_of(sample.request), *writer.losses)],
        imports=tuple(_imports(sample.request, reading is not None)),
        request=request,
        shortened=GO.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=reading,
        helpers=helpers,
    )
    return Rendered(made, tuple(writer.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    code, helpers = _reading_code(reading, Names(_RULES))
    made = render(
        environment(GoText),
        "samples/go-json.jinja",
        GoText,
        shortened=GO.comments(shortened),
        reading=code,
        helpers=helpers,
    )
    return Rendered(made)


LANGUAGE = Language("go", "Go", ".go", _render, _read)
