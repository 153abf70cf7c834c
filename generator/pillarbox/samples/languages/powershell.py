"""PowerShell 7 with Invoke-WebRequest."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.powershell import POWERSHELL, PowerShellText, body, string
from ..language import Language, Rendered
from ..model import (
    Auth,
    BasicAuth,
    BearerAuth,
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
from ..naming import Names, Rules, camel, candidates
from ..notes import notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=frozenset(
        """args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber executioncontext
        false foreach home host input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation
        nestedpromptlevel null ofs pid profile psboundparameters pscmdlet pscommandpath psculture psdebugcontext
        psedition pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace
        switch this true confirmpreference debugpreference erroractionpreference errorview formatenumerationlimit
        outputencoding progresspreference psdefaultparametervalues verbosepreference warningpreference
        whatifpreference env answer body content credential disposition form request response type url""".split()
    ),
    case_matters=False,
)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"})
_TYPES = {
    Kind.STRING: PowerShellText("[string]"),
    Kind.INTEGER: PowerShellText("[long]"),
    Kind.NUMBER: PowerShellText("[double]"),
    Kind.BOOLEAN: PowerShellText("[bool]"),
    Kind.ANY: PowerShellText(""),
}
_Line = tuple[int, PowerShellText]


def _local(name: str) -> PowerShellText:
    return POWERSHELL.name(name, "$")


def _bytes(text: PowerShellText) -> PowerShellText:
    return PowerShellText("[System.Text.Encoding]::UTF8.GetBytes({})").format(text)


class _Writer:
    """The lines of one request."""

    def __init__(self, sample: Sample, names: Names) -> None:
        self._request = sample.request
        self._names = names
        self._locals: dict[Variable, PowerShellText] = {}
        self.losses: list[str] = []

    # -- variables and texts ----------------------------------------------------------------------

    def variables(self) -> Iterator[_Line]:
        for variable in self._request.variables:
            name = self._locals[variable] = _local(self._names.claim(candidates(variable)))
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield 0, PowerShellText("{} = {}").format(name, string(value))
                case Secret(environment=place):
                    taken = POWERSHELL.name(place)
                    yield 0, PowerShellText("{} = $env:{}").format(name, taken)
                    missing = string(f"{place} is not set")
                    yield 0, PowerShellText("if (-not {}) {{ throw {} }}").format(name, missing)

    def _sum(self, pieces: Sequence[str | Variable | Segment]) -> PowerShellText:
        parts: list[PowerShellText] = []
        for piece in pieces:
            match piece:
                case str():
                    parts.append(string(piece))
                case Segment(variable):
                    escaped = PowerShellText("[uri]::EscapeDataString({})")
                    parts.append(escaped.format(self._locals[variable]))
                case _:
                    parts.append(self._locals[piece])
        return PowerShellText(" + ").join(parts) if parts else string("")

    def url(self) -> PowerShellText:
        pieces: list[str | Variable | Segment] = list(self._request.address)
        query = "&".join(piece.encoded for piece in self._request.query)
        if query and pieces and isinstance(last := pieces[-1], str):
            pieces[-1] = f"{last}?{query}"
        elif query:
            pieces.append(f"?{query}")
        mark = "&" if query else "?"
        for auth in self._request.auth:
            if isinstance(auth, KeyQuery):
                pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
                mark = "&"
        return self._sum(pieces)

    # -- headers and credentials ------------------------------------------------------------------

    def headers(self) -> Iterator[PowerShellText]:
        seen: set[str] = set()
        for header in self._request.headers:
            fixed = header.fixed
            if (fixed is not None and not fixed.isascii()) or header.name.lower() in seen:
                self.losses.append(f"The header {header.name} is left out: PowerShell sends none like it.")
                continue
            seen.add(header.name.lower())
            yield _entry(header.name, self._sum(header.value))
        for auth in self._request.auth:
            yield from self._signed(auth)

    def _signed(self, auth: Auth) -> Iterator[PowerShellText]:
        match auth:
            case BearerAuth(prefix, token):
                yield _entry("Authorization", self._sum((f"{prefix} ", token) if prefix else (token,)))
            case KeyHeader(name, key):
                yield _entry(name, self._locals[key])
            case BasicAuth(username, password):
                pair = PowerShellText("{} + ':' + {}").format(self._locals[username], self._locals[password])
                value = PowerShellText("'Basic ' + [Convert]::ToBase64String({})").format(_bytes(pair))
                yield _entry("Authorization", value)
            case DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
                return
            case _:
                assert_never(auth)

    def credential(self) -> Iterator[_Line]:
        """The line that makes the credential of HTTP Digest."""
        for auth in self._request.auth:
            if isinstance(auth, DigestAuth):
                secure = PowerShellText("(ConvertTo-SecureString {} -AsPlainText -Force)")
                password = secure.format(self._locals[auth.password])
                made = PowerShellText("$credential = [pscredential]::new({}, {})")
                yield 0, made.format(self._locals[auth.username], password)

    # -- the body ---------------------------------------------------------------------------------

    def content(self) -> Iterator[_Line]:
        """The lines that make `$body` or `$form`."""
        match self._request.content:
            case None | FileContent():
                return
            case JsonContent() as content:
                yield 0, PowerShellText("$body = {}").format(body(content.pretty))
            case TextContent(text=text):
                yield 0, PowerShellText("$body = {}").format(body(text))
            case FormContent(encoded=encoded):
                yield 0, PowerShellText("$body = @(")
                yield from ((1, string(piece)) for piece in encoded.split("&"))
                yield 0, PowerShellText(") -join '&'")
            case MultipartContent(parts=parts):
                yield 0, PowerShellText("$form = [System.Net.Http.MultipartFormDataContent]::new()")
                yield from ((0, self._part(part)) for part in parts)
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> PowerShellText:
        if not part.name.isascii():
            self.losses.append(f"The field {part.name!a} gets another name: PowerShell sends ASCII ones.")
        quoted = part.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        start = f'form-data; name="{quoted}"'
        call = PowerShellText("Add-Part {} {} {}")
        match part:
            case TextPart(value=value):
                content = PowerShellText("([System.Net.Http.StringContent]::new({}))").format(string(value))
                made = call.format(content, string(start), string(part.content_type))
            case FilePart(file=file):
                pattern = PowerShellText(
                    "([System.Net.Http.ByteArrayContent]::new([System.IO.File]::ReadAllBytes((Resolve-Path {}).Path)))"
                )
                content = pattern.format(self._locals[file])
                head = self._sum((f'{start}; filename="', file, '"'))
                made = call.format(content, PowerShellText("({})").format(head), string(part.content_type))
            case _:
                assert_never(part)
        return made

    def settings(self) -> Iterator[PowerShellText]:
        """The entries of `$request` that hold method and body."""
        method = self._request.method
        yield _named("Method" if method in _METHODS else "CustomMethod", string(method))
        match self._request.content:
            case None:
                return
            case MultipartContent():
                yield _named("Body", PowerShellText("$form"))
                return
            case FileContent(file=file) as content:
                yield _named("InFile", self._locals[file])
            case JsonContent() | TextContent() | FormContent() as content:
                yield _named("Body", _bytes(PowerShellText("$body")))
            case _:
                assert_never(self._request.content)
        if content.media_type:
            yield _named("ContentType", string(content.media_type))
        else:
            self.losses.append(
                "A content type is sent, that of a form: PowerShell sends no body without one."
            )


def _entry(name: str, value: PowerShellText) -> PowerShellText:
    return PowerShellText("{} = {}").format(string(name), value)


def _named(name: str, value: PowerShellText) -> PowerShellText:
    return PowerShellText("{} = {}").format(POWERSHELL.name(name), value)


class _Reading(Steps[PowerShellText, PowerShellText]):
    """Hashtables give null for what is not there; an empty one stands for an object that is not."""

    def leaf(self, leaf: Leaf, parent: PowerShellText) -> Sequence[PowerShellText]:
        name = self.names.claim(leaf.names)
        local = _local(name)
        typed = PowerShellText("{}{} = {}").format(_TYPES[leaf.kind], local, _member(parent, leaf.key))
        return [typed, PowerShellText('"{} = {}"').format(POWERSHELL.name(name), local)]

    def group(self, group: Group, parent: PowerShellText) -> Opened[PowerShellText, PowerShellText]:
        if group.key is None:
            return Opened(parent)
        name, item = _local(self.names.claim(group.names)), _member(parent, group.key)
        pattern = PowerShellText("{} = {} ?? @{{}}") if group.optional else PowerShellText("{} = {}")
        return Opened(name, [pattern.format(name, item)])

    def items(self, items: Items, parent: PowerShellText) -> Opened[PowerShellText, PowerShellText]:
        item = _local(self.names.claim(items.item_names))
        line = PowerShellText("foreach ({} in {}) {{").format(item, _member(parent, items.key))
        return Opened(item, [line], after=[PowerShellText("}")], deeper=True)


def _member(parent: PowerShellText, key: str | None) -> PowerShellText:
    return parent if key is None else PowerShellText("{}[{}]").format(parent, string(key))


def _reading(reading: Reading, names: Names) -> PowerShellText:
    return POWERSHELL.lines(_Reading(names).lines(reading, PowerShellText("$answer")))


def _request_lines(writer: _Writer, request: Request) -> PowerShellText:
    before = [(0, PowerShellText("$url = {}").format(writer.url())), *writer.credential()]
    lines: list[_Line] = [*before, *writer.content(), (0, PowerShellText("$request = @{"))]
    lines.append((1, PowerShellText("Uri = $url")))
    lines += ((1, one) for one in writer.settings())
    headers = list(writer.headers())
    if headers:
        lines.append((1, PowerShellText("Headers = @{")))
        lines += ((2, one) for one in headers)
        lines += [(1, PowerShellText("}")), (1, PowerShellText("SkipHeaderValidation = $true"))]
    if any(isinstance(auth, DigestAuth) for auth in request.auth):
        lines.append((1, PowerShellText("Credential = $credential")))
    lines += [
        (1, PowerShellText("SkipHttpErrorCheck = $true")),
        (1, PowerShellText("TimeoutSec = 30")),
        (0, PowerShellText("}")),
    ]
    return POWERSHELL.lines(lines)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample, names)
    variables = list(writer.variables())
    request = _request_lines(writer, sample.request)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    made = render(
        environment(PowerShellText),
        "samples/powershell.jinja",
        PowerShellText,
        title=POWERSHELL.comment(sample.title),
        notes=[POWERSHELL.comment(note) for note in (*notes_of(sample.request), *writer.losses)],
        variables=POWERSHELL.lines(variables) if variables else None,
        has_parts="Add-Part " in request,
        request=request,
        shortened=POWERSHELL.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None if reading is None else _reading(reading, names),
    )
    return Rendered(made, tuple(writer.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    return Rendered(
        render(
            environment(PowerShellText),
            "samples/powershell-json.jinja",
            PowerShellText,
            shortened=POWERSHELL.comments(shortened),
            reading=_reading(reading, Names(_RULES)),
        )
    )


LANGUAGE = Language("powershell", "PowerShell", ".ps1", _render, _read)
