"""Ruby with net/http."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.ruby import RUBY, RubyCode, body
from ..language import Language, Rendered
from ..message import BOUNDARY, headers_of, part_head, url_of
from ..model import (
    BasicAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Given,
    Group,
    Header,
    Items,
    JsonContent,
    Leaf,
    MultipartContent,
    Reading,
    Request,
    Sample,
    Secret,
    Segment,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names, Rules, candidates, snake
from ..notes import notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=snake,
    reserved=frozenset(
        """alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or
        redo rescue retry return self super then true undef unless until when while yield
        abort format part print puts p require raise loop lambda proc test open system exec binding
        answer body error http request response url""".split()
    ),
)

_BODILESS = frozenset(("GET", "HEAD", "DELETE", "OPTIONS", "TRACE"))
_BODIED = frozenset(("POST", "PUT", "PATCH"))


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._names = names
        self._locals: dict[Variable, RubyCode] = {}
        self.losses: list[str] = []

    def variables(self) -> Iterator[RubyCode]:
        for variable in self._request.variables:
            name = self._locals[variable] = RUBY.name(self._names.claim(candidates(variable)))
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield RubyCode("{} = {}").format(name, RUBY.string(value))
                case Secret(environment=place):
                    yield RubyCode("{} = ENV.fetch({})").format(name, RUBY.string(place))

    def _sum(self, pieces: Sequence[str | Variable | Segment]) -> RubyCode:
        made: list[RubyCode] = []
        for piece in pieces:
            match piece:
                case str():
                    made.append(RUBY.string(piece))
                case Segment(variable):
                    made.append(RubyCode("ERB::Util.url_encode({})").format(self._locals[variable]))
                case _:
                    made.append(self._locals[piece])
        return RubyCode(" + ").join(made) if made else RUBY.string("")

    def request(self) -> Iterator[RubyCode]:
        """Its address, and the object with all that is in it."""
        yield RubyCode("url = URI({})").format(self._sum(url_of(self._request)))
        method = self._request.method
        has_body = self._request.content is not None
        # The classes of POST, PUT and PATCH send an empty form where there is no body.
        if method in _BODILESS or (method in _BODIED and has_body):
            yield RubyCode("request = Net::HTTP::{}.new(url)").format(RUBY.name(method.capitalize()))
        else:
            pattern = RubyCode("request = Net::HTTPGenericRequest.new({}, {}, true, url)")
            said = RubyCode("true") if has_body else RubyCode("false")
            yield pattern.format(RUBY.string(method), said)
        seen: set[str] = set()
        for header in headers_of(self._request):
            folded = header.name.lower()
            pattern = RubyCode("request[{}] = {}")
            if folded in seen:
                self.losses.append(f"net/http sends the headers named {header.name} as one.")
                pattern = RubyCode("request.add_field({}, {})")
            seen.add(folded)
            yield pattern.format(RUBY.string(header.name), self._value(header))
        for auth in self._request.auth:
            if isinstance(auth, BasicAuth):
                pattern = RubyCode("request.basic_auth({}, {})")
                yield pattern.format(self._locals[auth.username], self._locals[auth.password])
        yield from self._body()

    def _value(self, header: Header) -> RubyCode:
        value = self._sum(header.value)
        if header.fixed is None or header.fixed.isascii():
            return value
        return RubyCode('{}.encode("ISO-8859-1")').format(value)

    def _body(self) -> Iterator[RubyCode]:
        match self._request.content:
            case None:
                return
            case JsonContent() as content:
                yield RubyCode("request.body = {}").format(body(content.pretty))
            case TextContent(text=text):
                yield RubyCode("request.body = {}").format(body(text))
            case FormContent(pairs=pairs):
                yield RubyCode("request.body = URI.encode_www_form([")
                for name, value in pairs:
                    yield RubyCode("  [{}, {}],").format(RUBY.string(name), RUBY.string(value))
                yield RubyCode("])")
            case MultipartContent(parts=parts):
                boundary = RubyCode('request["Content-Type"] = {}')
                yield boundary.format(RUBY.string(f"multipart/form-data; boundary={BOUNDARY}"))
                yield RubyCode("request.body = [")
                yield from map(self._part, parts)
                yield RubyCode("  {},").format(RUBY.string(f"--{BOUNDARY}--\r\n"))
                yield RubyCode("].join")
            case FileContent(file=file):
                yield RubyCode("request.body = File.binread({})").format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> RubyCode:
        pattern = RubyCode("  part({}, {}),")
        head = self._sum(part_head(part))
        match part:
            case TextPart(value=value):
                return pattern.format(head, RUBY.string(value))
            case FilePart(file=file):
                return pattern.format(head, RubyCode("File.binread({})").format(self._locals[file]))
            case _:
                assert_never(part)


class _Reading(Steps[RubyCode, RubyCode]):
    """Hashes by key, which give nil for what is not there."""

    def _member(self, key: str | None, parent: RubyCode) -> RubyCode:
        return parent if key is None else RubyCode("{}[{}]").format(parent, RUBY.string(key))

    def leaf(self, leaf: Leaf, parent: RubyCode) -> Sequence[RubyCode]:
        name = RUBY.name(self.names.claim(leaf.names))
        shown = RubyCode('print "{} = #{{{}}}\\n"').format(name, name)
        return RubyCode("{} = {}").format(name, self._member(leaf.key, parent)), shown

    def group(self, group: Group, parent: RubyCode) -> Opened[RubyCode, RubyCode]:
        if group.key is None:
            return Opened(parent)
        name = RUBY.name(self.names.claim(group.names))
        pattern = RubyCode("{} = {} || {{}}") if group.optional else RubyCode("{} = {}")
        return Opened(name, [pattern.format(name, self._member(group.key, parent))])

    def items(self, items: Items, parent: RubyCode) -> Opened[RubyCode, RubyCode]:
        name = RUBY.name(self.names.claim(items.item_names))
        pattern = RubyCode("({} || []).each do |{}|") if items.optional else RubyCode("{}.each do |{}|")
        line = pattern.format(self._member(items.key, parent), name)
        return Opened(name, [line], after=[RubyCode("end")], deeper=True)


def _reading(reading: Reading, names: Names) -> RubyCode:
    return RUBY.lines(_Reading(names).lines(reading, RubyCode("answer")), "  ")


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample.request, names)
    variables = tuple(writer.variables())
    request = tuple(writer.request())
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    notes = (*notes_of(sample.request, digest=False), *writer.losses)
    made = render(
        environment(RubyCode),
        "samples/ruby.jinja",
        RubyCode,
        title=RUBY.comment(sample.title),
        notes=[RUBY.comment(note) for note in notes],
        boundary=RUBY.string(f"--{BOUNDARY}\r\n"),
        is_multipart=isinstance(sample.request.content, MultipartContent),
        encodes=any(isinstance(piece, Segment) for piece in url_of(sample.request)),
        variables=variables,
        request=request,
        shortened=RUBY.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=_reading(reading, names) if reading is not None else None,
    )
    return Rendered(made, (*writer.losses, *(note for note in notes if "HTTP Digest" in note)))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    return Rendered(
        render(
            environment(RubyCode),
            "samples/ruby-json.jinja",
            RubyCode,
            shortened=RUBY.comments(shortened),
            reading=_reading(reading, Names(_RULES)),
        )
    )


LANGUAGE = Language("ruby", "Ruby with net/http", ".rb", _render, _read)
