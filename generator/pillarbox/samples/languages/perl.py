"""Perl with HTTP::Tiny and JSON::PP, which come with it."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.perl import PERL, PerlCode, body
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

_RULES = Rules(spell=snake, reserved=frozenset("a b answer body file http path response text url".split()))

_HELPERS = {
    "secret(": PerlCode("""\
# A variable of the environment.
sub secret {
    my ($name) = @_;
    return decode_utf8($ENV{$name} // die "$name is not set\\n");
}
"""),
    "escape(": PerlCode("""\
# Everything but letters, digits and -._~ escaped.
sub escape {
    my $text = encode_utf8($_[0]);
    $text =~ s/([^A-Za-z0-9._~-])/sprintf("%%%02X", ord $1)/ge;
    return $text;
}
"""),
    "slurp(": PerlCode("""\
# What a file holds.
sub slurp {
    my ($path) = @_;
    open my $file, "<:raw", $path or die "$path: $!\\n";
    local $/;
    return scalar <$file>;
}
"""),
}
"""What a sample declares where it calls it."""


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._names = names
        self._locals: dict[Variable, PerlCode] = {}
        self.losses: list[str] = []

    def variables(self) -> Iterator[PerlCode]:
        for variable in self._request.variables:
            name = self._locals[variable] = PERL.name(self._names.claim(candidates(variable)), "$")
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield PerlCode("my {} = {};").format(name, PERL.string(value))
                case Secret(environment=place):
                    yield PerlCode("my {} = secret({});").format(name, PERL.string(place))

    def _sum(self, pieces: Sequence[str | Variable | Segment]) -> PerlCode:
        made: list[PerlCode] = []
        for piece in pieces:
            match piece:
                case str():
                    made.append(PERL.string(piece))
                case Segment(variable):
                    made.append(PerlCode("escape({})").format(self._locals[variable]))
                case _:
                    made.append(self._locals[piece])
        return PerlCode(" . ").join(made) if made else PERL.string("")

    def url(self) -> PerlCode:
        return self._sum(url_of(self._request))

    def headers(self) -> Iterator[PerlCode]:
        """Entries of a hash: what comes more than once is a list there."""
        found: dict[str, tuple[str, list[PerlCode]]] = {}
        for header in headers_of(self._request):
            if header.name.lower() == "host":
                self.losses.append("The header Host is left out: HTTP::Tiny takes none.")
            elif header.name == "Content-Type" and header.fixed == "":
                self.losses.append("HTTP::Tiny gives the body a type of its own.")
            else:
                values = found.setdefault(header.name.lower(), (header.name, []))[1]
                values.append(self._sum(header.value))
        for name, values in found.values():
            pattern = PerlCode("{} => {},") if len(values) == 1 else PerlCode("{} => [{}],")
            yield pattern.format(PERL.string(name), PerlCode(", ").join(values))
        for auth in self._request.auth:
            if isinstance(auth, BasicAuth):
                pair = PerlCode('encode_utf8({} . ":" . {})')
                made = pair.format(self._locals[auth.username], self._locals[auth.password])
                yield PerlCode('"Authorization" => "Basic " . encode_base64({}, ""),').format(made)
        if isinstance(self._request.content, MultipartContent):
            kind = PERL.string(f"multipart/form-data; boundary={BOUNDARY}")
            yield PerlCode('"Content-Type" => {},').format(kind)

    def body(self) -> Iterator[PerlCode]:
        match self._request.content:
            case None:
                return
            case JsonContent() as content:
                yield body(content.pretty)
            case TextContent(text=text):
                yield body(text)
            case FormContent(encoded=encoded):
                yield PerlCode("my $body = {};").format(PERL.string(encoded))
            case MultipartContent(parts=parts):
                yield PerlCode('my $body = join "",')
                for part in parts:
                    yield from self._part(part)
                yield PerlCode("    {};").format(PERL.string(f"--{BOUNDARY}--\r\n"))
            case FileContent(file=file):
                yield PerlCode("my $body = slurp({});").format(self._locals[file])
            case _:
                assert_never(self._request.content)

    def _part(self, part: TextPart | FilePart) -> Iterator[PerlCode]:
        head = self._sum((f"--{BOUNDARY}\r\n", *part_head(part), "\r\n\r\n"))
        yield PerlCode("    encode_utf8({}),").format(head)
        match part:
            case TextPart(value=value):
                yield PerlCode("    encode_utf8({}),").format(PERL.string(f"{value}\r\n"))
            case FilePart(file=file):
                yield PerlCode('    slurp({}), "\\r\\n",').format(self._locals[file])
            case _:
                assert_never(part)

    def sent(self) -> PerlCode | None:
        """The bytes of the body."""
        match self._request.content:
            case None:
                return None
            case JsonContent() | TextContent() | FormContent():
                return PerlCode("encode_utf8($body)")
            case MultipartContent() | FileContent():
                return PerlCode("$body")
            case _:
                assert_never(self._request.content)


class _Reading(Steps[PerlCode, PerlCode]):
    """Hashes by key, which give undef for what is not there."""

    def _member(self, key: str | None, parent: PerlCode) -> PerlCode:
        return parent if key is None else PerlCode("{}->{{{}}}").format(parent, PERL.string(key))

    def leaf(self, leaf: Leaf, parent: PerlCode) -> Sequence[PerlCode]:
        said = self.names.claim(leaf.names)
        name = PERL.name(said, "$")
        pattern = PerlCode('print "{} = ", {} // "null", "\\n";')
        local = PerlCode("my {} = {};").format(name, self._member(leaf.key, parent))
        return local, pattern.format(PERL.name(said), name)

    def group(self, group: Group, parent: PerlCode) -> Opened[PerlCode, PerlCode]:
        if group.key is None:
            return Opened(parent)
        name = PERL.name(self.names.claim(group.names), "$")
        pattern = PerlCode("my {} = {} // {{}};") if group.optional else PerlCode("my {} = {};")
        return Opened(name, [pattern.format(name, self._member(group.key, parent))])

    def items(self, items: Items, parent: PerlCode) -> Opened[PerlCode, PerlCode]:
        name = PERL.name(self.names.claim(items.item_names), "$")
        loop = (
            PerlCode("for my {} (@{{{} // []}}) {{") if items.optional else PerlCode("for my {} (@{{{}}}) {{")
        )
        line = loop.format(name, self._member(items.key, parent))
        return Opened(name, [line], after=[PerlCode("}")], deeper=True)


def _reading(reading: Reading, names: Names) -> PerlCode:
    return PERL.lines(_Reading(names).lines(reading, PerlCode("$answer")))


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample.request, names)
    variables, made, headers = tuple(writer.variables()), tuple(writer.body()), tuple(writer.headers())
    url = writer.url()
    code = PerlCode("\n").join([url, *variables, *made])
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    notes = (*notes_of(sample.request, digest=False), *writer.losses)
    text = render(
        environment(PerlCode),
        "samples/perl.jinja",
        PerlCode,
        title=PERL.comment(sample.title),
        notes=[PERL.comment(note) for note in notes],
        helpers=[helper for call, helper in _HELPERS.items() if call in code],
        is_basic=any(isinstance(auth, BasicAuth) for auth in sample.request.auth),
        variables=variables,
        body=made,
        url=url,
        method=PERL.string(sample.request.method),
        headers=headers,
        sent=writer.sent(),
        shortened=PERL.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=_reading(reading, names) if reading is not None else None,
    )
    return Rendered(text, (*writer.losses, *(note for note in notes if "HTTP Digest" in note)))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    return Rendered(
        render(
            environment(PerlCode),
            "samples/perl-json.jinja",
            PerlCode,
            shortened=PERL.comments(shortened),
            reading=_reading(reading, Names(_RULES)),
        )
    )


LANGUAGE = Language("perl", "Perl with HTTP::Tiny", ".pl", _render, _read)
