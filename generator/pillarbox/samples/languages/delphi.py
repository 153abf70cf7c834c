"""Delphi with its own HTTP client."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.delphi import DELPHI, RESERVED as WORDS, DelphiText, string
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


def _pascal(said: Sequence[str]) -> str:
    """`UserId`."""
    name = camel(said)
    return name[:1].upper() + name[1:]


_RULES = Rules(
    spell=_pascal,
    reserved=WORDS
    | frozenset(
        """sample client request response body form answer url failure member textof integerof numberof booleanof
        itemsof encoded exception halt tstringstream tfilestream tencoding thttpclient tjsonvalue tarray""".split()
    ),
    case_matters=False,
)

_HELPERS = {
    "Encoded(": DelphiText("""\
// A value of the path or the query, escaped.
function Encoded(const Value: string): string;
var
  Letter: Byte;
begin
  Result := '';
  for Letter in TEncoding.UTF8.GetBytes(Value) do
    if CharInSet(Chr(Letter), ['A'..'Z', 'a'..'z', '0'..'9', '-', '.', '_', '~']) then
      Result := Result + Chr(Letter)
    else
      Result := Result + '%' + IntToHex(Letter, 2);
end;
"""),
    "Member(": DelphiText("""\
// A member of an object; nil where there is none.
function Member(Value: TJSONValue; const Key: string): TJSONValue;
begin
  Result := nil;
  if Value is TJSONObject then
    Result := TJSONObject(Value).GetValue(Key);
end;
"""),
    "ItemsOf(": DelphiText("""\
function ItemsOf(Value: TJSONValue): TArray<TJSONValue>;
var
  Index: Integer;
begin
  Result := nil;
  if not (Value is TJSONArray) then
    Exit;
  SetLength(Result, TJSONArray(Value).Count);
  for Index := 0 to TJSONArray(Value).Count - 1 do
    Result[Index] := TJSONArray(Value).Items[Index];
end;
"""),
    "TextOf(": DelphiText("""\
function TextOf(Value: TJSONValue): string;
begin
  Result := '';
  if (Value <> nil) and not (Value is TJSONNull) then
    Result := Value.Value;
end;
"""),
    "IntegerOf(": DelphiText("""\
function IntegerOf(Value: TJSONValue): Int64;
begin
  Result := 0;
  if Value is TJSONNumber then
    Result := TJSONNumber(Value).AsInt64;
end;
"""),
    "NumberOf(": DelphiText("""\
function NumberOf(Value: TJSONValue): Double;
begin
  Result := 0;
  if Value is TJSONNumber then
    Result := TJSONNumber(Value).AsDouble;
end;
"""),
    "BooleanOf(": DelphiText("""\
function BooleanOf(Value: TJSONValue): Boolean;
begin
  Result := (Value is TJSONBool) and TJSONBool(Value).AsBoolean;
end;
"""),
}
"""Functions that a sample has where it calls them."""

_READERS = {
    Kind.STRING: (DelphiText("TextOf"), DelphiText("string")),
    Kind.INTEGER: (DelphiText("IntegerOf"), DelphiText("Int64")),
    Kind.NUMBER: (DelphiText("NumberOf"), DelphiText("Double")),
    Kind.BOOLEAN: (DelphiText("BooleanOf"), DelphiText("Boolean")),
    Kind.ANY: (DelphiText("TextOf"), DelphiText("string")),
}
"""How a value is read, and its type."""

_Declared = dict[str, DelphiText]
_Line = tuple[int, DelphiText]


class _Writer:
    """The lines of one request; `declared` is filled with every local."""

    def __init__(self, sample: Sample, names: Names, declared: _Declared) -> None:
        self._request = sample.request
        self._names = names
        self._declared = declared
        self._locals: dict[Variable, DelphiText] = {}
        self.losses: list[str] = []

    # -- variables and texts ----------------------------------------------------------------------

    def variables(self) -> Iterator[DelphiText]:
        for variable in self._request.variables:
            claimed = self._names.claim(candidates(variable))
            self._declared[claimed] = DelphiText("string")
            name = self._locals[variable] = DELPHI.name(claimed)
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield DelphiText("{} := {};").format(name, string(value))
                case Secret(environment=place):
                    yield DelphiText("{} := GetEnvironmentVariable({});").format(name, string(place))

    def _sum(self, pieces: Sequence[str | Variable | Segment]) -> DelphiText:
        parts: list[DelphiText] = []
        for piece in pieces:
            match piece:
                case str():
                    parts.append(string(piece))
                case Segment(variable):
                    parts.append(DelphiText("Encoded({})").format(self._locals[variable]))
                case _:
                    parts.append(self._locals[piece])
        return DelphiText(" + ").join(parts) if parts else string("")

    def url(self) -> DelphiText:
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

    def headers(self) -> Iterator[DelphiText]:
        for header in self._request.headers:
            if header.fixed == "":
                self.losses.append(f"The header {header.name} is left out: WinHTTP sends none that is empty.")
            else:
                yield _header(header.name, self._sum(header.value))
        for auth in self._request.auth:
            yield from self._signed(auth)

    def _signed(self, auth: Auth) -> Iterator[DelphiText]:
        match auth:
            case BearerAuth(prefix, token):
                yield _header("Authorization", self._sum((f"{prefix} ", token) if prefix else (token,)))
            case KeyHeader(name, key):
                yield _header(name, self._locals[key])
            case BasicAuth(username, password):
                # The encoder of Delphi breaks its lines.
                pattern = DelphiText(
                    "'Basic ' + StringReplace(TNetEncoding.Base64.Encode({} + ':' + {}), sLineBreak, '', [rfReplaceAll])"
                )
                value = pattern.format(self._locals[username], self._locals[password])
                yield _header("Authorization", value)
            case DigestAuth(username, password):
                added = DelphiText(
                    "Client.CredentialsStorage.AddCredential(TCredentialsStorage.TCredential.Create("
                    "TAuthTargetType.Server, '', '', {}, {}));"
                )
                yield added.format(self._locals[username], self._locals[password])
            case KeyQuery() | KeyCookie() | Unsigned():
                return
            case _:
                assert_never(auth)

    # -- the body ---------------------------------------------------------------------------------

    def content(self) -> Iterator[DelphiText]:
        match self._request.content:
            case None:
                return
            case JsonContent(media_type=media_type) as content:
                yield from self._text(_lined(content.pretty), media_type)
            case TextContent(text=text, media_type=media_type):
                yield from self._text(_lined(text), media_type)
            case FormContent(encoded=encoded, media_type=media_type):
                pieces = [f"&{piece}" if number else piece for number, piece in enumerate(encoded.split("&"))]
                text = DelphiText(" +\n    ").join(string(piece) for piece in pieces)
                yield from self._text(text, media_type)
            case FileContent(file=file, media_type=media_type):
                self._declared["Body"] = DelphiText("TFileStream")
                opened = DelphiText("Body := TFileStream.Create({}, fmOpenRead);")
                yield opened.format(self._locals[file])
                yield from _sent_as(media_type)
            case MultipartContent(parts=parts):
                self._declared["Form"] = DelphiText("TMultipartFormData")
                yield DelphiText("Form := TMultipartFormData.Create;")
                yield from (self._part(part) for part in parts)
                yield DelphiText("Form.Stream.Position := 0;")
                yield DelphiText("Request.SourceStream := Form.Stream;")
                yield _header("Content-Type", DelphiText("Form.MimeTypeHeader"))
            case _:
                assert_never(self._request.content)

    def _text(self, text: DelphiText, media_type: str) -> Iterator[DelphiText]:
        self._declared["Body"] = DelphiText("TStringStream")
        yield DelphiText("Body := TStringStream.Create(\n    {},\n    TEncoding.UTF8);").format(text)
        yield from _sent_as(media_type)

    def _part(self, part: TextPart | FilePart) -> DelphiText:
        match part:
            case TextPart(name, value, content_type):
                kind = DelphiText(", {}").format(string(content_type)) if content_type else DelphiText("")
                return DelphiText("Form.AddField({}, {}{});").format(string(name), string(value), kind)
            case FilePart(name, file, content_type):
                pattern = DelphiText("Form.AddFile({}, {}, {});")
                return pattern.format(string(name), self._locals[file], string(content_type))
            case _:
                assert_never(part)


def _lined(text: str) -> DelphiText:
    return DelphiText(" +\n    ").join(string(line) for line in text.splitlines(keepends=True) or [""])


def _sent_as(media_type: str) -> Iterator[DelphiText]:
    yield DelphiText("Request.SourceStream := Body;")
    if media_type:
        yield _header("Content-Type", string(media_type))


def _header(name: str, value: DelphiText) -> DelphiText:
    return DelphiText("Request.SetHeaderValue({}, {});").format(string(name), value)


class _Reading(Steps[DelphiText, DelphiText]):
    """Own functions read, so that what is not there is nil, and nil holds nothing."""

    def __init__(self, names: Names, declared: _Declared) -> None:
        super().__init__(names)
        self._declared = declared

    def _claim(self, wanted: Sequence[Sequence[str]], kind: DelphiText) -> DelphiText:
        name = self.names.claim(wanted)
        self._declared[name] = kind
        return DELPHI.name(name)

    def leaf(self, leaf: Leaf, parent: DelphiText) -> Sequence[DelphiText]:
        reader, kind = _READERS[leaf.kind]
        name = self._claim(leaf.names, kind)
        return [
            DelphiText("{} := {}({});").format(name, reader, _member(parent, leaf.key)),
            DelphiText("WriteLn('{} = ' + {});").format(name, _shown(leaf.kind, name)),
        ]

    def group(self, group: Group, parent: DelphiText) -> Opened[DelphiText, DelphiText]:
        if group.key is None:
            return Opened(parent)
        name = self._claim(group.names, DelphiText("TJSONValue"))
        return Opened(name, [DelphiText("{} := {};").format(name, _member(parent, group.key))])

    def items(self, items: Items, parent: DelphiText) -> Opened[DelphiText, DelphiText]:
        item = self._claim(items.item_names, DelphiText("TJSONValue"))
        line = DelphiText("for {} in ItemsOf({}) do").format(item, _member(parent, items.key))
        return Opened(item, [line, DelphiText("begin")], after=[DelphiText("end;")], deeper=True)


def _shown(kind: Kind, name: DelphiText) -> DelphiText:
    match kind:
        case Kind.INTEGER:
            return DelphiText("IntToStr({})").format(name)
        case Kind.NUMBER:
            return DelphiText("FloatToStr({})").format(name)
        case Kind.BOOLEAN:
            return DelphiText("BoolToStr({}, True)").format(name)
        case Kind.STRING | Kind.ANY:
            return name
        case _:
            assert_never(kind)


def _member(parent: DelphiText, key: str | None) -> DelphiText:
    return parent if key is None else DelphiText("Member({}, {})").format(parent, string(key))


def _helpers(code: DelphiText) -> list[DelphiText]:
    return [helper for call, helper in _HELPERS.items() if call in code]


def _declarations(declared: _Declared) -> list[DelphiText]:
    return [DelphiText("{}: {};").format(DELPHI.name(name), kind) for name, kind in declared.items()]


def _indented(lines: Sequence[DelphiText]) -> DelphiText:
    return DELPHI.lines(((1, line) for line in lines), "  ")


def _reading(reading: Reading, names: Names, declared: _Declared) -> DelphiText:
    return DELPHI.lines(_Reading(names, declared).lines(reading, DelphiText("Answer"), 1), "  ")


def _request_lines(writer: _Writer, request: Request, declared: _Declared) -> DelphiText:
    variables = list(writer.variables())
    declared["Url"] = DelphiText("string")
    lines = [
        *variables,
        DelphiText("Url := {};").format(writer.url()),
        DelphiText("Client := THTTPClient.Create;"),
        DelphiText("Request := Client.GetRequest({}, Url);").format(string(request.method)),
        *writer.headers(),
        *writer.content(),
    ]
    return _indented(lines)


def _render(sample: Sample) -> Rendered:
    names, declared = Names(_RULES), dict[str, DelphiText]()
    writer = _Writer(sample, names, declared)
    request = _request_lines(writer, sample.request, declared)
    declared["Client"] = DelphiText("THTTPClient")
    declared["Request"] = DelphiText("IHTTPRequest")
    declared["Response"] = DelphiText("IHTTPResponse")
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    read = DelphiText("")
    if reading is not None:
        declared["Answer"] = DelphiText("TJSONValue")
        read = _reading(reading, names, declared)
    made = render(
        environment(DelphiText),
        "samples/delphi.jinja",
        DelphiText,
        title=DELPHI.comment(sample.title),
        notes=[DELPHI.comment(note) for note in (*notes_of(sample.request), *writer.losses)],
        helpers=_helpers(DelphiText("\n").join([request, read])),
        variables=_declarations(declared),
        request=request,
        freed=[
            DelphiText("{}.Free;").format(DELPHI.name(one)) for one in ("Body", "Form") if one in declared
        ],
        shortened=DELPHI.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None if reading is None else read,
    )
    return Rendered(made, tuple(writer.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    declared = {"Answer": DelphiText("TJSONValue")}
    code = _reading(reading, Names(_RULES), declared)
    return Rendered(
        render(
            environment(DelphiText),
            "samples/delphi-json.jinja",
            DelphiText,
            helpers=_helpers(code),
            variables=_declarations(declared),
            shortened=DELPHI.comments(shortened),
            reading=code,
        )
    )


LANGUAGE = Language("delphi", "Delphi with THTTPClient", ".dpr", _render, _read)
