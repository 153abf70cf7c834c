"""PHP with its curl extension."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.php import PHP, PhpCode, body, latin1
from ..language import Language, Rendered
from ..message import BOUNDARY, headers_of, part_head, url_of
from ..model import (
    BasicAuth,
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    FormContent,
    Given,
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
    Secret,
    Segment,
    TextContent,
    TextPart,
    Variable,
)
from ..naming import Names, Rules, camel, candidates
from ..notes import notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel, reserved=frozenset("this GLOBALS argv argc url curl body text status answer".split())
)


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._names = names
        self._locals: dict[Variable, PhpCode] = {}

    def variables(self) -> Iterator[PhpCode]:
        for variable in self._request.variables:
            name = self._locals[variable] = PHP.name(self._names.claim(candidates(variable)), "$")
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield PhpCode("{} = {};").format(name, PHP.string(value))
                case Secret(environment=place):
                    yield PhpCode("{} = secret({});").format(name, PHP.string(place))

    def _sum(self, pieces: Sequence[str | Variable | Segment]) -> PhpCode:
        made: list[PhpCode] = []
        for piece in pieces:
            match piece:
                case str():
                    made.append(PHP.string(piece))
                case Segment(variable):
                    made.append(PhpCode("rawurlencode({})").format(self._locals[variable]))
                case _:
                    made.append(self._locals[piece])
        return PhpCode(" . ").join(made) if made else PHP.string("")

    def url(self) -> PhpCode:
        return self._sum(url_of(self._request))

    def options(self) -> Iterator[PhpCode]:
        if self._request.method == "HEAD":
            yield PhpCode("CURLOPT_NOBODY => true,")
        else:
            yield PhpCode("CURLOPT_CUSTOMREQUEST => {},").format(PHP.string(self._request.method))
        headers = [self._header(header) for header in headers_of(self._request)]
        if isinstance(self._request.content, MultipartContent):
            pattern = PhpCode('"Content-Type: multipart/form-data; boundary=" . BOUNDARY')
            headers.append(pattern.format())
        if headers:
            yield PhpCode("CURLOPT_HTTPHEADER => [")
            yield from (PhpCode("    {},").format(header) for header in headers)
            yield PhpCode("],")
        for auth in self._request.auth:
            match auth:
                case BasicAuth(username, password) | DigestAuth(username, password):
                    if isinstance(auth, DigestAuth):
                        yield PhpCode("CURLOPT_HTTPAUTH => CURLAUTH_DIGEST,")
                    pair = PhpCode('CURLOPT_USERPWD => {} . ":" . {},')
                    yield pair.format(self._locals[username], self._locals[password])
                case _:
                    pass
        if self._request.content is not None:
            yield PhpCode("CURLOPT_POSTFIELDS => $body,")

    def _header(self, header: Header) -> PhpCode:
        match header.fixed:
            case None:
                return self._sum((f"{header.name}: ", *header.value))
            case "":
                # A semicolon is an empty header; a colon leaves out what curl would send of its own.
                return PHP.string(f"{header.name}:" if header.name == "Content-Type" else f"{header.name};")
            case fixed:
                return latin1(f"{header.name}: {fixed}")

    def body(self) -> Iterator[PhpCode]:
        match self._request.content:
            case None:
                return
            case JsonContent() as content:
                yield PhpCode("$body = {};").format(body(content.pretty))
            case TextContent(text=text):
                yield PhpCode("$body = {};").format(body(text))
            case FormContent(encoded=encoded):
                yield PhpCode("$body = {};").format(PHP.string(encoded))
            case MultipartContent(parts=parts):
                yield PhpCode("const BOUNDARY = {};").format(PHP.string(BOUNDARY))
                yield PhpCode('$body = ""')
                yield from map(self._part, parts)
                yield PhpCode('    . "--" . BOUNDARY . "--\\r\\n";').format()
            case FileContent(file=file):
                yield PhpCode("$body = file_get_contents({});").format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> PhpCode:
        pattern = PhpCode("    . part({}, {})")
        head = self._sum(part_head(part))
        match part:
            case TextPart(value=value):
                return pattern.format(head, PHP.string(value))
            case FilePart(file=file):
                content = PhpCode("file_get_contents({})").format(self._locals[file])
                return pattern.format(head, content)
            case _:
                assert_never(part)


class _Reading(Steps[PhpCode, PhpCode]):
    """Arrays by key; `??` where a member may be absent."""

    def _member(self, key: str | None, parent: PhpCode) -> PhpCode:
        return parent if key is None else PhpCode("{}[{}]").format(parent, PHP.string(key))

    def leaf(self, leaf: Leaf, parent: PhpCode) -> Sequence[PhpCode]:
        said = self.names.claim(leaf.names)
        name = PHP.name(said, "$")
        value = self._member(leaf.key, parent)
        pattern = PhpCode("{} = {} ?? null;") if leaf.optional else PhpCode("{} = {};")
        match leaf.kind:
            case Kind.BOOLEAN:
                shown = PhpCode('echo "{} = ", json_encode({}), "\\n";')
            case Kind.ANY:
                shown = PhpCode('echo "{} = ", is_string({}) ? {} : json_encode({}), "\\n";')
                return pattern.format(name, value), shown.format(PHP.name(said), name, name, name)
            case _:
                shown = PhpCode('echo "{} = {{{}}}\\n";')
        return pattern.format(name, value), shown.format(PHP.name(said), name)

    def group(self, group: Group, parent: PhpCode) -> Opened[PhpCode, PhpCode]:
        if group.key is None:
            return Opened(parent)
        name = PHP.name(self.names.claim(group.names), "$")
        pattern = PhpCode("{} = {} ?? [];") if group.optional else PhpCode("{} = {};")
        return Opened(name, [pattern.format(name, self._member(group.key, parent))])

    def items(self, items: Items, parent: PhpCode) -> Opened[PhpCode, PhpCode]:
        name = PHP.name(self.names.claim(items.item_names), "$")
        pattern = (
            PhpCode("foreach ({} ?? [] as {}) {{") if items.optional else PhpCode("foreach ({} as {}) {{")
        )
        line = pattern.format(self._member(items.key, parent), name)
        return Opened(name, [line], after=[PhpCode("}")], deeper=True)


def _reading(reading: Reading, names: Names) -> PhpCode:
    return PHP.lines(_Reading(names).lines(reading, PhpCode("$answer")))


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample.request, names)
    variables = tuple(writer.variables())
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    return Rendered(
        render(
            environment(PhpCode),
            "samples/php.jinja",
            PhpCode,
            title=PHP.comment(sample.title),
            notes=[PHP.comment(note) for note in notes_of(sample.request)],
            has_secrets=any(isinstance(one, Secret) for one in sample.request.variables),
            is_multipart=isinstance(sample.request.content, MultipartContent),
            variables=variables,
            body=tuple(writer.body()),
            url=writer.url(),
            options=tuple(writer.options()),
            shortened=PHP.comments(answer.shortened) if answer is not None and answer.shortened else (),
            reading=_reading(reading, names) if reading is not None else None,
        )
    )


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    return Rendered(
        render(
            environment(PhpCode),
            "samples/php-json.jinja",
            PhpCode,
            shortened=PHP.comments(shortened),
            reading=_reading(reading, Names(_RULES)),
        )
    )


LANGUAGE = Language("php", "PHP with curl", ".php", _render, _read)
