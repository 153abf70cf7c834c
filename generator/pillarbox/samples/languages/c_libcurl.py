"""C with libcurl and cJSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.c import C, CText, byte_count, latin1, lined
from ..language import Language, Rendered
from ..model import (
    Auth,
    BasicAuth,
    BearerAuth,
    Content,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Given,
    Group,
    Items,
    JsonContent,
    KeyCookie,
    KeyHeader,
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
    Unsigned,
    Variable,
)
from ..naming import Names, Rules, candidates, snake
from ..notes import lost_values, notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=snake,
    reserved=frozenset(
        """auto break case char const continue default do double else enum extern float for goto if inline int long
        register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
        bool true false nullptr alignas alignof constexpr thread_local typeof asm linux unix i386
        null eof stdin stdout stderr errno main printf fprintf exit getenv malloc realloc free memcpy strlen strcmp
        fopen fread fclose fseek ftell rewind perror
        answer body code collect curl form headers line memory part received secret status text url
        joined integer_of number_of text_of""".split()
    ),
)

_Locals = dict[Variable, CText]

_HELPERS = {
    " = secret(": CText("""\
// A variable of the environment.
static const char *secret(const char *name) {
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "%s is not set\\n", name);
        exit(1);
    }
    return value;
}
"""),
    "integer_of(": CText("""\
static long long integer_of(const cJSON *item) {
    return cJSON_IsNumber(item) ? (long long)item->valuedouble : 0;
}
"""),
    "number_of(": CText("""\
static double number_of(const cJSON *item) {
    return cJSON_IsNumber(item) ? item->valuedouble : 0;
}
"""),
    "text_of(": CText("""\
static const char *text_of(const cJSON *item) {
    if (item == NULL) return "null";
    return cJSON_IsString(item) ? item->valuestring : cJSON_PrintUnformatted(item);
}
"""),
}
"""Functions that a sample has where it calls them."""


def _helpers(code: CText) -> list[CText]:
    return [helper for call, helper in _HELPERS.items() if call in code]


def _text(text: str, indent: int = 8) -> CText:
    return lined(text, indent)


def _set(option: str, value: CText) -> CText:
    return CText("curl_easy_setopt(curl, {}, {});").format(C.name(option), value)


class _Writer:
    """The lines of one request."""

    def __init__(self, sample: Sample, names: Names) -> None:
        self._request = sample.request
        self._names = names
        self._locals: _Locals = {}
        self._escaped: _Locals = {}
        self.losses: list[str] = []

    # -- variables and address --------------------------------------------------------------------

    def variables(self) -> Iterator[CText]:
        for variable in self._request.variables:
            name = C.name(self._names.claim(candidates(variable)))
            self._locals[variable] = name
            match variable:
                case Given(value=value) | FileName(path=value):
                    if "\0" in value:
                        self.losses.append("A value of the address ends at a NUL character here.")
                    yield CText("const char *{} = {};").format(name, _text(value))
                case Secret(environment=place):
                    yield CText("const char *{} = secret({});").format(name, _text(place))

    def address(self) -> Iterator[CText]:
        """Escaped values first, then the URL."""
        pieces = self._pieces(self._request)
        for piece in pieces:
            if isinstance(piece, Segment) and piece.variable not in self._escaped:
                name = C.name(self._names.claim([("escaped", *one) for one in candidates(piece.variable)]))
                self._escaped[piece.variable] = name
                plain = self._locals[piece.variable]
                yield CText("char *{} = curl_easy_escape(curl, {}, 0);").format(name, plain)
        yield CText("char *url = {};").format(self._joined(pieces))

    @staticmethod
    def _pieces(request: Request) -> list[str | Variable | Segment]:
        pieces: list[str | Variable | Segment] = list(request.address)
        query = "&".join(piece.encoded for piece in request.query)
        if query and pieces and isinstance(last := pieces[-1], str):
            pieces[-1] = f"{last}?{query}"
        elif query:
            pieces.append(f"?{query}")
        mark = "&" if query else "?"
        for auth in request.auth:
            if isinstance(auth, KeyQuery):
                pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
                mark = "&"
        return pieces

    def _joined(self, pieces: Sequence[str | Variable | Segment]) -> CText:
        said: list[CText] = []
        for piece in pieces:
            match piece:
                case str():
                    said.append(_text(piece))
                case Segment(variable):
                    said.append(self._escaped[variable])
                case _:
                    said.append(self._locals[piece])
        return CText("joined({}, NULL)").format(CText(", ").join(said))

    def escaped(self) -> Iterator[CText]:
        yield from self._escaped.values()

    # -- headers and credentials ------------------------------------------------------------------

    def _append(self, line: CText) -> CText:
        return CText("headers = curl_slist_append(headers, {});").format(line)

    def _append_joined(self, pieces: Sequence[str | Variable]) -> Iterator[CText]:
        yield CText("line = {};").format(self._joined(pieces))
        yield self._append(CText("line"))
        yield CText("free(line);")

    def headers(self) -> Iterator[CText]:
        for header in self._request.headers:
            fixed = header.fixed
            if fixed == "":
                yield self._append(_text(f"{header.name};"))
            elif fixed is not None:
                yield self._append(latin1(f"{header.name}: {fixed}"))
            else:
                yield from self._append_joined((f"{header.name}: ", *header.value))
        match self._request.content:
            case None | MultipartContent() | FormContent(media_type="application/x-www-form-urlencoded"):
                pass
            case JsonContent() | TextContent() | FileContent() | FormContent() as content:
                # Without a type of ours libcurl would send that of a form.
                yield self._append(_text(f"Content-Type: {content.media_type}".rstrip()))
            case _:
                assert_never(self._request.content)
        for auth in self._request.auth:
            yield from self._signed(auth)

    def _signed(self, auth: Auth) -> Iterator[CText]:
        match auth:
            case BearerAuth(prefix, token):
                yield from self._append_joined(
                    (f"Authorization: {prefix} " if prefix else "Authorization: ", token)
                )
            case KeyHeader(name, key):
                yield from self._append_joined((f"{name}: ", key))
            case BasicAuth(username, password) | DigestAuth(username, password):
                if isinstance(auth, DigestAuth):
                    yield _set("CURLOPT_HTTPAUTH", CText("(long)CURLAUTH_DIGEST"))
                yield _set("CURLOPT_USERNAME", self._locals[username])
                yield _set("CURLOPT_PASSWORD", self._locals[password])
            case KeyQuery() | KeyCookie() | Unsigned():
                return
            case _:
                assert_never(auth)

    # -- the body ---------------------------------------------------------------------------------

    def method(self) -> CText:
        if self._request.method == "HEAD":
            return _set("CURLOPT_NOBODY", CText("1L"))
        return _set("CURLOPT_CUSTOMREQUEST", _text(self._request.method))

    def content(self) -> Iterator[CText]:
        match self._request.content:
            case None:
                return
            case JsonContent() as content:
                yield from _posted(_text(content.pretty))
            case TextContent(text=text):
                yield from _posted(_text(text))
            case FormContent(encoded=encoded):
                pieces = encoded.split("&")
                lines = [_text(f"&{piece}" if number else piece) for number, piece in enumerate(pieces)]
                yield from _posted(CText("\n        ").join(lines))
            case MultipartContent(parts=parts):
                yield CText("curl_mime *form = curl_mime_init(curl);")
                yield CText("curl_mimepart *part;")
                for part in parts:
                    yield from self._part(part)
                yield _set("CURLOPT_MIMEPOST", CText("form"))
            case FileContent(file=file):
                yield from self._upload(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> Iterator[CText]:
        if "\0" in part.name:
            self.losses.append(f"The name of the field {part.name!a} ends at a NUL character here.")
        yield CText("part = curl_mime_addpart(form);")
        yield CText("curl_mime_name(part, {});").format(_text(part.name))
        match part:
            case TextPart(value=value):
                size = C.number(byte_count(value)) if "\0" in value else CText("CURL_ZERO_TERMINATED")
                yield CText("curl_mime_data(part, {}, {});").format(_text(value), size)
            case FilePart(file=file):
                yield CText("curl_mime_filedata(part, {});").format(self._locals[file])
            case _:
                assert_never(part)
        if part.content_type:
            yield CText("curl_mime_type(part, {});").format(_text(part.content_type))

    def _upload(self, path: CText) -> Iterator[CText]:
        yield CText('FILE *body = fopen({}, "rb");').format(path)
        yield CText("if (body == NULL) {")
        yield CText("    perror({});").format(path)
        yield CText("    return 1;")
        yield CText("}")
        yield CText("fseek(body, 0, SEEK_END);")
        yield _set("CURLOPT_INFILESIZE_LARGE", CText("(curl_off_t)ftell(body)"))
        yield CText("rewind(body);")
        yield _set("CURLOPT_UPLOAD", CText("1L"))
        yield _set("CURLOPT_READDATA", CText("body"))


def _posted(text: CText) -> Iterator[CText]:
    yield CText("static const char body[] =\n        {};").format(text)
    yield _set("CURLOPT_POSTFIELDS", CText("body"))
    yield _set("CURLOPT_POSTFIELDSIZE_LARGE", CText("(curl_off_t)(sizeof body - 1)"))


def _freed(content: Content | None) -> Iterator[CText]:
    if isinstance(content, MultipartContent):
        yield CText("curl_mime_free(form);")
    elif isinstance(content, FileContent):
        yield CText("fclose(body);")


class _Reading(Steps[CText, CText]):
    """cJSON gives NULL for what is not there, and takes it where it looks into something."""

    def leaf(self, leaf: Leaf, parent: CText) -> Sequence[CText]:
        name, item = C.name(self.names.claim(leaf.names)), self._member(parent, leaf.key)
        match leaf.kind:
            case Kind.STRING:
                local = CText("const char *{} = cJSON_GetStringValue({});")
                shown = CText('printf("{} = %s\\n", {} ? {} : "null");').format(name, name, name)
            case Kind.INTEGER:
                local = CText("long long {} = integer_of({});")
                shown = CText('printf("{} = %lld\\n", {});').format(name, name)
            case Kind.NUMBER:
                local = CText("double {} = number_of({});")
                shown = CText('printf("{} = %.17g\\n", {});').format(name, name)
            case Kind.BOOLEAN:
                local = CText("int {} = cJSON_IsTrue({});")
                shown = CText('printf("{} = %s\\n", {} ? "true" : "false");').format(name, name)
            case Kind.ANY:
                local = CText("const char *{} = text_of({});")
                shown = CText('printf("{} = %s\\n", {});').format(name, name)
            case _:
                assert_never(leaf.kind)
        return [local.format(name, item), shown]

    def group(self, group: Group, parent: CText) -> Opened[CText, CText]:
        if group.key is None:
            return Opened(parent)
        name = C.name(self.names.claim(group.names))
        line = CText("const cJSON *{} = {};").format(name, self._member(parent, group.key))
        return Opened(name, [line])

    def items(self, items: Items, parent: CText) -> Opened[CText, CText]:
        before: list[CText] = []
        place = parent
        if items.key is not None:
            place = C.name(self.names.claim(items.names))
            before.append(CText("const cJSON *{} = {};").format(place, self._member(parent, items.key)))
        item = C.name(self.names.claim(items.item_names))
        before.append(CText("const cJSON *{} = NULL;").format(item))
        before.append(CText("cJSON_ArrayForEach({}, {}) {{").format(item, place))
        return Opened(item, before, after=[CText("}")], deeper=True)

    @staticmethod
    def _member(parent: CText, key: str | None) -> CText:
        if key is None:
            return parent
        return CText("cJSON_GetObjectItemCaseSensitive({}, {})").format(parent, lined(key, 8))


_SEND = CText("""\
    curl_easy_cleanup(curl);
    if (code != CURLE_OK) {
        fprintf(stderr, "No answer: %s\\n", curl_easy_strerror(code));
        return 1;
    }
    printf("Status: %ld\\n", status);
    if (status >= 400) {
        fprintf(stderr, "%s\\n", received.text);
        return 1;
    }""")


def _indented(lines: Iterable[CText]) -> CText:
    return C.lines((1, line) for line in lines)


def _request_lines(writer: _Writer, request: Request) -> CText:
    """From the URL to the checks of the answer."""
    address = [*writer.address(), writer.method()]
    headers, content = list(writer.headers()), list(writer.content())
    lists = any("headers = " in line for line in headers)
    declared = [CText("struct curl_slist *headers = NULL;")] if lists else []
    if any("line = " in line for line in headers):
        declared.append(CText("char *line;"))
    before = [
        *address,
        _set("CURLOPT_URL", CText("url")),
        # Segments such as `..` stay what they are.
        _set("CURLOPT_PATH_AS_IS", CText("1L")),
        *declared,
        *headers,
        *([_set("CURLOPT_HTTPHEADER", CText("headers"))] if lists else []),
        *content,
        _set("CURLOPT_WRITEFUNCTION", CText("collect")),
        _set("CURLOPT_WRITEDATA", CText("&received")),
        CText("CURLcode code = curl_easy_perform(curl);"),
        CText("long status = 0;"),
        CText("curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);"),
        *_freed(request.content),
        *(CText("curl_free({});").format(one) for one in writer.escaped()),
        *([CText("curl_slist_free_all(headers);")] if lists else []),
        CText("free(url);"),
    ]
    return CText("\n").join([_indented(before), _SEND])


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample, names)
    variables = _indented(writer.variables())
    request = _request_lines(writer, sample.request)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, nul=True, huge=True))
    read = None if reading is None else C.lines(_Reading(names).lines(reading, CText("answer"), 1))
    made = render(
        environment(CText),
        "samples/c-libcurl.jinja",
        CText,
        title=C.comment(sample.title),
        notes=[C.comment(note) for note in (*notes_of(sample.request), *writer.losses, *unread)],
        helpers=_helpers(CText("\n").join([variables, read or CText("")])),
        variables=variables,
        request=request,
        shortened=C.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=read,
    )
    return Rendered(made, tuple(writer.losses), unread)


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    unread = tuple(lost_values(reading, nul=True, huge=True))
    code = C.lines(_Reading(Names(_RULES)).lines(reading, CText("answer"), 1))
    made = render(
        environment(CText),
        "samples/c-json.jinja",
        CText,
        notes=[C.comment(note) for note in unread],
        shortened=C.comments(shortened),
        helpers=_helpers(code),
        reading=code,
    )
    return Rendered(made, unread=unread)


LANGUAGE = Language("c-libcurl", "C with libcurl", ".c", _render, _read)
