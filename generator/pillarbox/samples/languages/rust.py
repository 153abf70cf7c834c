"""Rust with ureq and serde_json."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.rust import RUST, RustText, body, pattern
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
    Pair,
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
from ..notes import notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=snake,
    reserved=frozenset(
        """as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod
        move mut pub ref return self static struct super trait true type union unsafe use where while abstract become
        box do final gen macro override priv try typeof unsized virtual yield str bool char string u8 i64 f64
        main std ureq serde_json base64 percent_encoding answer body boundary error part response sent status text_of
        url value vec""".split()
    ),
)

_Locals = dict[Variable, RustText]

_HELPERS = {
    " part(": RustText("""\
/// Adds one part to a multipart body.
fn part(body: &mut Vec<u8>, head: &str, content: &[u8]) {
    body.extend(format!("--{}\\r\\nContent-Disposition: form-data; {}\\r\\n\\r\\n", BOUNDARY, head).bytes());
    body.extend(content);
    body.extend(b"\\r\\n");
}

const BOUNDARY: &str = "sample-7MA4YWxkTrZu0gW";
"""),
    "text_of(": RustText("""\
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}
"""),
}
"""What a sample declares where it calls it."""

_CRATES = {
    "base64::": RustText('// base64 = "0.13"'),
    "utf8_percent_encode(": RustText('// percent-encoding = "2"'),
}


class _Writer:
    """The lines of one request."""

    def __init__(self, sample: Sample, names: Names) -> None:
        self._request = sample.request
        self._names = names
        self._locals: _Locals = {}
        self.losses: list[str] = []

    # -- variables and texts ----------------------------------------------------------------------

    def variables(self) -> Iterator[RustText]:
        for variable in self._request.variables:
            name = self._locals[variable] = RUST.name(self._names.claim(candidates(variable)))
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield RustText("let {} = {};").format(name, RUST.string(value))
                case Secret(environment=place):
                    line = RustText("let {} = std::env::var({}).expect({});")
                    yield line.format(name, RUST.string(place), RUST.string(f"{place} is not set"))

    def _borrowed(self, variable: Variable) -> RustText:
        """As `&str`."""
        local = self._locals[variable]
        return RustText("&{}").format(local) if isinstance(variable, Secret) else local

    def _formatted(self, pieces: Sequence[str | Variable | Segment]) -> RustText:
        """A call of `format!`."""
        fixed: list[RustText] = []
        filled: list[RustText] = []
        for piece in pieces:
            match piece:
                case str():
                    fixed.append(pattern(piece))
                    continue
                case Segment(variable):
                    escaped = RustText("utf8_percent_encode({}, NON_ALPHANUMERIC)")
                    filled.append(escaped.format(self._borrowed(variable)))
                case _:
                    filled.append(self._locals[piece])
            fixed.append(RustText("{}"))
        text = RustText("").join(fixed)
        if not filled:
            return RustText('"{}".to_string()').format(text)
        return RustText('format!("{}", {})').format(text, RustText(", ").join(filled))

    def _text(self, pieces: Sequence[str | Variable]) -> RustText:
        """As `&str`."""
        match tuple(pieces):
            case ():
                return RUST.string("")
            case (str() as text,):
                return RUST.string(text)
            case (Given() | Secret() | FileName() as variable,):
                return self._borrowed(variable)
            case _:
                return RustText("&{}").format(self._formatted(pieces))

    # -- the request ------------------------------------------------------------------------------

    def _takes_pairs(self) -> bool:
        """`query` writes a space as `+`, which only forms know."""
        pairs = [piece for piece in self._request.query if isinstance(piece, Pair)]
        has_key = any(isinstance(auth, KeyQuery) for auth in self._request.auth)
        spaced = any(" " in pair.name + pair.value for pair in pairs)
        return len(pairs) == len(self._request.query) and not has_key and not spaced

    def url(self) -> RustText:
        pieces: list[str | Variable | Segment] = list(self._request.address)
        if not self._takes_pairs():
            query = "&".join(piece.encoded for piece in self._request.query)
            pieces += [f"?{query}"] if query else []
            mark = "&" if query else "?"
            for auth in self._request.auth:
                if isinstance(auth, KeyQuery):
                    pieces += [f"{mark}{auth.encoded_name}=", Segment(auth.key)]
                    mark = "&"
        if all(isinstance(piece, str) for piece in pieces):
            return RUST.string("".join(piece for piece in pieces if isinstance(piece, str)))
        return self._formatted(pieces)

    def settings(self) -> Iterator[RustText]:
        """Query and headers, a call each."""
        if self._takes_pairs():
            for piece in self._request.query:
                if isinstance(piece, Pair):
                    call = RustText(".query({}, {})")
                    yield call.format(RUST.string(piece.name), RUST.string(piece.value))
        seen: set[str] = set()
        for header in self._request.headers:
            fixed = header.fixed
            folded = header.name.lower()
            if (fixed is not None and not fixed.isascii()) or (folded in seen and folded[:2] != "x-"):
                self.losses.append(f"The header {header.name} is left out: ureq sends none like it.")
                continue
            seen.add(folded)
            yield _set(header.name, self._text(header.value))
        for auth in self._request.auth:
            yield from self._signed(auth)
        match self._request.content:
            case None:
                pass
            case MultipartContent():
                boundary = RustText('&format!("multipart/form-data; boundary={}", BOUNDARY)')
                yield _set("Content-Type", boundary)
            case FormContent(media_type="application/x-www-form-urlencoded"):
                pass
            case content if content.media_type:
                yield _set("Content-Type", RUST.string(content.media_type))
            case _:
                pass

    def _signed(self, auth: Auth) -> Iterator[RustText]:
        match auth:
            case BearerAuth(prefix, token):
                yield _set("Authorization", self._text((f"{prefix} ", token) if prefix else (token,)))
            case KeyHeader(name, key):
                yield _set(name, self._borrowed(key))
            case BasicAuth(username, password):
                pair = RustText('&format!("Basic {}", base64::encode(format!("{}:{}", {}, {})))')
                mark = RustText("{}")
                made = pair.format(mark, mark, mark, self._locals[username], self._locals[password])
                yield _set("Authorization", made)
            case DigestAuth() | KeyQuery() | KeyCookie() | Unsigned():
                return
            case _:
                assert_never(auth)

    # -- the body ---------------------------------------------------------------------------------

    def body(self) -> Iterator[RustText]:
        """The lines that make it."""
        match self._request.content:
            case JsonContent() as content:
                yield RustText("let body = {};").format(body(content.pretty))
            case TextContent(text=text):
                yield RustText("let body = {};").format(body(text))
            case FormContent(pairs=pairs):
                yield RustText("let body = [")
                for name, value in pairs:
                    yield RustText("    ({}, {}),").format(RUST.string(name), RUST.string(value))
                yield RustText("];")
            case MultipartContent(parts=parts):
                yield RustText("let mut body = Vec::new();")
                for part in parts:
                    yield self._part(part)
                yield RustText('body.extend(format!("--{}--\\r\\n", BOUNDARY).bytes());').format(
                    RustText("{}")
                )
            case FileContent(file=file):
                yield RustText("let body = std::fs::read({})?;").format(self._locals[file])
            case None:
                return
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> RustText:
        quoted = part.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        kind = f"\r\nContent-Type: {part.content_type}" if part.content_type else ""
        call = RustText("part(&mut body, {}, {});")
        match part:
            case TextPart(value=value):
                content = RustText("{}.as_bytes()").format(RUST.string(value))
                return call.format(RUST.string(f'name="{quoted}"{kind}'), content)
            case FilePart(file=file):
                head = self._formatted((f'name="{quoted}"; filename="', file, f'"{kind}'))
                content = RustText("&std::fs::read({})?").format(self._locals[file])
                return call.format(RustText("&{}").format(head), content)
            case _:
                assert_never(part)

    def sending(self) -> RustText:
        """The last call of the chain."""
        match self._request.content:
            case None:
                return RustText(".call()")
            case FormContent():
                return RustText(".send_form(&body)")
            case JsonContent(media_type="") | TextContent(media_type=""):
                return RustText(".send_bytes(body.as_bytes())")
            case JsonContent() | TextContent():
                return RustText(".send_string(body)")
            case MultipartContent() | FileContent():
                return RustText(".send_bytes(&body)")
            case _:
                assert_never(self._request.content)


def _set(name: str, value: RustText) -> RustText:
    return RustText(".set({}, {})").format(RUST.string(name), value)


class _Reading(Steps[RustText, RustText]):
    """serde_json gives null for what is not there, and takes it where it looks into something."""

    def leaf(self, leaf: Leaf, parent: RustText) -> Sequence[RustText]:
        name, item = RUST.name(self.names.claim(leaf.names)), _member(parent, leaf.key)
        shown = RustText('println!("{} = {{{}}}");').format(name, name)
        match leaf.kind:
            case Kind.STRING if leaf.optional:
                local = RustText("let {} = {}.as_str();")
                shown = RustText('println!("{} = {}", {}.unwrap_or("null"));').format(
                    name, RustText("{}"), name
                )
            case Kind.STRING:
                local = RustText("let {} = {}.as_str().unwrap_or_default();")
            case Kind.INTEGER:
                local = RustText("let {} = {}.as_i64().unwrap_or_default();")
            case Kind.NUMBER:
                local = RustText("let {} = {}.as_f64().unwrap_or_default();")
                shown = RustText('println!("{} = {{{}:?}}");').format(name, name)
            case Kind.BOOLEAN:
                local = RustText("let {} = {}.as_bool().unwrap_or_default();")
            case Kind.ANY:
                local = RustText("let {} = text_of(&{});")
            case _:
                assert_never(leaf.kind)
        return [local.format(name, item), shown]

    def group(self, group: Group, parent: RustText) -> Opened[RustText, RustText]:
        if group.key is None:
            return Opened(parent)
        name = RUST.name(self.names.claim(group.names))
        return Opened(name, [RustText("let {} = &{};").format(name, _member(parent, group.key))])

    def items(self, items: Items, parent: RustText) -> Opened[RustText, RustText]:
        item = RUST.name(self.names.claim(items.item_names))
        line = RustText("for {} in {}.as_array().into_iter().flatten() {{")
        return Opened(
            item, [line.format(item, _member(parent, items.key))], after=[RustText("}")], deeper=True
        )


def _member(parent: RustText, key: str | None) -> RustText:
    return parent if key is None else RustText("{}[{}]").format(parent, RUST.string(key))


def _reading(reading: Reading, names: Names) -> RustText:
    return RUST.lines(_Reading(names).lines(reading, RustText("answer"), 1))


def _helpers(code: RustText) -> list[RustText]:
    return [helper for call, helper in _HELPERS.items() if call in code]


def _indented(lines: Sequence[RustText], depth: int = 1) -> RustText | None:
    return RUST.lines((depth, line) for line in lines) if lines else None


def _request_lines(writer: _Writer, request: Request) -> RustText:
    made = tuple(writer.body())
    url = RustText("let url = {};").format(writer.url())
    borrowed = RustText("&url") if "format!" in url else RustText("url")
    call = RustText("let sent = ureq::request({}, {})").format(RUST.string(request.method), borrowed)
    timeout = RustText(".timeout(std::time::Duration::from_secs(30))")
    chain = [timeout, *writer.settings(), RustText("{};").format(writer.sending())]
    return RUST.lines([*((1, line) for line in (*made, url, call)), *((2, line) for line in chain)])


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample, names)
    variables = _indented(tuple(writer.variables()))
    request = _request_lines(writer, sample.request)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    read = None if reading is None else _reading(reading, names)
    code = RustText("\n").join([request, read or RustText("")])
    made = render(
        environment(RustText),
        "samples/rust.jinja",
        RustText,
        title=RUST.comment(sample.title),
        crates=[line for call, line in _CRATES.items() if call in code],
        notes=[RUST.comment(note) for note in (*notes_of(sample.request, digest=False), *writer.losses)],
        encodes="utf8_percent_encode(" in code,
        helpers=_helpers(code),
        variables=variables,
        request=request,
        shortened=RUST.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=read,
    )
    digest = tuple(note for note in notes_of(sample.request, digest=False) if "HTTP Digest" in note)
    return Rendered(made, (*writer.losses, *digest))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    code = _reading(reading, Names(_RULES))
    return Rendered(
        render(
            environment(RustText),
            "samples/rust-json.jinja",
            RustText,
            shortened=RUST.comments(shortened),
            helpers=_helpers(code),
            reading=code,
        )
    )


LANGUAGE = Language("rust", "Rust with ureq", ".rs", _render, _read)
