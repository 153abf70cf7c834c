"""Swift with URLSession."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.swift import SWIFT, SwiftText, block
from ..language import Language, Rendered
from ..model import (
    FileContent,
    FilePart,
    FormContent,
    Group,
    Items,
    JsonContent,
    KeyQuery,
    Kind,
    Leaf,
    MultipartContent,
    Reading,
    Request,
    Sample,
    Segment,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names, Rules, camel
from ..notes import lost_digest, notes_of
from ..outline import Spelling, basic_of, carried, headers_of, part_head, url_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=frozenset(
        """associatedtype class deinit enum extension fileprivate func import init inout internal let open operator
        private precedencegroup protocol public rethrows static struct subscript typealias var break case catch continue
        default defer do else fallthrough for guard if in repeat return throw switch where while any as await false is
        nil self super throws true try associativity async convenience didSet dynamic final get indirect infix lazy left
        mutating none nonmutating optional override postfix precedence prefix required right set some type unowned weak
        willSet actor consume copy each macro
        body boundary data decoded error exit print request response status unreserved url""".split()
    ),
)

_SPELLING = Spelling(
    syntax=SWIFT,
    plus=SwiftText(" + "),
    escaped=SwiftText("{}.addingPercentEncoding(withAllowedCharacters: unreserved)!"),
    given=SwiftText("let {} = {}"),
    secret=SwiftText('let {} = ProcessInfo.processInfo.environment[{}] ?? ""'),
)

_REFUSED = frozenset("connection content-length host transfer-encoding".split())

_TYPES = {
    Kind.STRING: (SwiftText("String"), SwiftText('""')),
    Kind.INTEGER: (SwiftText("Int"), SwiftText("0")),
    Kind.NUMBER: (SwiftText("Double"), SwiftText("0.0")),
    Kind.BOOLEAN: (SwiftText("Bool"), SwiftText("false")),
}


class _Reading(Steps[SwiftText, SwiftText]):
    """Casts that may fail: what is absent or null is nil."""

    def leaf(self, leaf: Leaf, parent: SwiftText) -> Sequence[SwiftText]:
        said = self.names.claim(leaf.names)
        name, value = SWIFT.name(said), _member(parent, leaf.key)
        shown = SwiftText("print({}, {} ?? {})")
        if leaf.kind is Kind.ANY:
            line = SwiftText("let {}: Any? = {}").format(name, value)
            return line, shown.format(SWIFT.string(f"{said} ="), name, SwiftText('"null"'))
        kind, absent = _TYPES[leaf.kind]
        line = SwiftText("let {}: {}? = {} as? {}").format(name, kind, value, kind)
        return line, shown.format(SWIFT.string(f"{said} ="), name, absent)

    def group(self, group: Group, parent: SwiftText) -> Opened[SwiftText, SwiftText]:
        name = SWIFT.name(self.names.claim(group.names))
        pattern = SwiftText("let {} = {} as? [String: Any] ?? [:]")
        return Opened(name, (pattern.format(name, _member(parent, group.key)),))

    def items(self, items: Items, parent: SwiftText) -> Opened[SwiftText, SwiftText]:
        entry = SWIFT.name(self.names.claim([("entry",)]))
        head = SwiftText("for {} in {} as? [Any] ?? [] {{").format(entry, _member(parent, items.key))
        return Opened(entry, (head,), after=(SwiftText("}"),), deeper=True)


def _member(parent: SwiftText, key: str | None) -> SwiftText:
    return parent if key is None else SwiftText("{}[{}]").format(parent, SWIFT.string(key))


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self.losses: list[str] = list(lost_digest(request))
        self._locals, self.variables = _SPELLING.declared(request, names)
        self.escapes = any(isinstance(one, Segment) for one in request.address) or any(
            isinstance(auth, KeyQuery) for auth in request.auth
        )
        self.url = self._text(url_of(request))
        self.method = SWIFT.string(request.method)
        self.lines = (*self._headers(), *self._body())

    def _text(self, pieces: Sequence[str | Variable | Segment]) -> SwiftText:
        return _SPELLING.text(pieces, self._locals)

    def _headers(self) -> Iterator[SwiftText]:
        known: set[str] = set()
        for header in carried(headers_of(self._request), self.losses, refused=_REFUSED, latin1=False):
            if header.name.lower() == "cookie":
                yield SwiftText("request.httpShouldHandleCookies = false")
            pattern = SwiftText("request.setValue({}, forHTTPHeaderField: {})")
            if header.name.lower() in known:
                pattern = SwiftText("request.addValue({}, forHTTPHeaderField: {})")
            known.add(header.name.lower())
            yield pattern.format(self._text(header.value), SWIFT.string(header.name))
        if basic := basic_of(self._request):
            pattern = SwiftText(
                'request.setValue(\n    "Basic " + Data(({} + ":" + {}).utf8).base64EncodedString(),\n'
                '    forHTTPHeaderField: "Authorization")'
            )
            yield pattern.format(self._locals[basic.username], self._locals[basic.password])

    def _body(self) -> Iterator[SwiftText]:
        content = self._request.content
        if content is not None and self._request.method == "GET":
            self.losses.append("The body is left out: URLSession sends none with GET.")
            return
        match content:
            case None:
                return
            case JsonContent() as content:
                yield _data(block(content.pretty))
            case TextContent(text=text):
                yield _data(block(text))
            case FormContent(encoded=encoded):
                fields = SwiftText(",\n    ").join(map(SWIFT.string, encoded.split("&")))
                yield _data(SwiftText('[\n    {},\n].joined(separator: "&")').format(fields))
            case MultipartContent(parts):
                yield SwiftText('let boundary = "boundary-" + UUID().uuidString')
                yield SwiftText("var body = Data()")
                for part in parts:
                    yield from self._part(part)
                yield SwiftText('body.append(Data(("--" + boundary + "--\\r\\n").utf8))')
                yield SwiftText(
                    "request.setValue(\n"
                    '    "multipart/form-data; boundary=" + boundary, forHTTPHeaderField: "Content-Type")'
                )
                yield SwiftText("request.httpBody = body")
            case FileContent(file=file):
                yield SwiftText("request.httpBody = {}").format(self._file(file))
            case _:
                assert_never(content)

    def _file(self, file: Variable) -> SwiftText:
        return SwiftText("try Data(contentsOf: URL(fileURLWithPath: {}))").format(self._locals[file])

    def _part(self, part: TextPart | FilePart) -> Iterator[SwiftText]:
        head = "".join(f"\r\n{name}: {value}" for name, value in part_head(part)) + "\r\n\r\n"
        yield SwiftText('body.append(Data(("--" + boundary + {}).utf8))').format(SWIFT.string(head))
        match part:
            case TextPart(value=value):
                yield SwiftText("body.append(Data({}.utf8))").format(SWIFT.string(f"{value}\r\n"))
            case FilePart(file=file):
                yield SwiftText("body.append({})").format(self._file(file))
                yield SwiftText('body.append(Data("\\r\\n".utf8))')
            case _:
                assert_never(part)


def _data(text: SwiftText) -> SwiftText:
    return SwiftText("request.httpBody = Data({}.utf8)").format(text)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    call = _Writer(sample.request, names)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    made = render(
        environment(SwiftText),
        "samples/swift.jinja",
        SwiftText,
        title=SWIFT.comment(sample.title),
        notes=[SWIFT.comment(note) for note in (*notes_of(sample.request), *call.losses)],
        call=call,
        shortened=SWIFT.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None
        if reading is None
        else SWIFT.lines(_Reading(names).lines(reading, SwiftText("decoded"))),
    )
    return Rendered(made, tuple(call.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    made = render(
        environment(SwiftText),
        "samples/swift-json.jinja",
        SwiftText,
        shortened=SWIFT.comments(shortened),
        reading=SWIFT.lines(_Reading(Names(_RULES)).lines(reading, SwiftText("decoded"))),
    )
    return Rendered(made)


LANGUAGE = Language("swift", "Swift with URLSession", ".swift", _render, _read)
