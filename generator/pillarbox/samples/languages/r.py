"""R with httr2 and jsonlite."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ...render.environment import environment, render
from ...text.rlang import R, RCode, body, raw_bytes
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
from ..notes import lost_values, notes_of
from ..reader_code import Opened, Steps

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=snake,
    reserved=frozenset(
        """if else repeat while function for next break in TRUE FALSE NULL Inf NaN NA T F
        answer body escape req resp secret shown text url""".split()
    ),
)

_HELPERS = {
    "secret(": RCode("""\
# A variable of the environment.
secret <- function(name) {
  value <- Sys.getenv(name, NA)
  if (is.na(value)) stop(name, " is not set")
  value
}
"""),
    "escape(": RCode("""\
escape <- function(text) URLencode(text, reserved = TRUE, repeated = TRUE)
"""),
}
"""What a sample declares where it calls it."""


class _Writer:
    """The lines of one request."""

    def __init__(self, request: Request, names: Names) -> None:
        self._request = request
        self._names = names
        self._locals: dict[Variable, RCode] = {}
        self.losses: list[str] = []

    def variables(self) -> Iterator[RCode]:
        for variable in self._request.variables:
            name = self._locals[variable] = R.name(self._names.claim(candidates(variable)))
            match variable:
                case Given(value=value) | FileName(path=value):
                    yield RCode("{} <- {}").format(name, R.string(value.replace("\0", "")))
                    if "\0" in value:
                        self.losses.append(f"NUL characters are left out of {variable.wire}: R has none.")
                case Secret(environment=place):
                    yield RCode("{} <- secret({})").format(name, R.string(place))

    def _text(self, pieces: Sequence[str | Variable | Segment]) -> RCode:
        made: list[RCode] = []
        for piece in pieces:
            match piece:
                case str():
                    made.append(R.string(piece))
                case Segment(variable):
                    made.append(RCode("escape({})").format(self._locals[variable]))
                case _:
                    made.append(self._locals[piece])
        if len(made) < 2:
            return made[0] if made else R.string("")
        return RCode("paste0({})").format(RCode(", ").join(made))

    def url(self) -> RCode:
        return self._text(url_of(self._request))

    def steps(self) -> Iterator[RCode]:
        """What the request goes through, a call each."""
        yield RCode("req_method({})").format(R.string(self._request.method))
        headers = [line for header in headers_of(self._request) for line in self._header(header)]
        if headers:
            yield RCode("req_headers({})").format(RCode(", ").join(headers))
        for auth in self._request.auth:
            if isinstance(auth, BasicAuth):
                pair = RCode("req_auth_basic({}, {})")
                yield pair.format(self._locals[auth.username], self._locals[auth.password])
        yield from self._sent()

    def _header(self, header: Header) -> Iterator[RCode]:
        fixed = header.fixed
        if header.name == "Content-Type":
            # Beside a body, an empty one leaves out what curl would send of its own.
            yield RCode("{} = {}").format(R.string(header.name), self._text(header.value))
        elif fixed == "":
            self.losses.append(f"The header {header.name} is left out: httr2 sends none that is empty.")
        elif fixed is not None and not fixed.isascii():
            self.losses.append(f"The header {header.name} is left out: httr2 sends headers in UTF-8.")
        else:
            yield RCode("{} = {}").format(R.string(header.name), self._text(header.value))

    def body(self) -> Iterator[RCode]:
        """The statement that makes it."""
        match self._request.content:
            case JsonContent() as content:
                yield RCode("body <- {}").format(_text_body(content.pretty))
            case TextContent(text=text):
                yield RCode("body <- {}").format(_text_body(text))
            case FormContent(encoded=encoded):
                yield RCode("body <- {}").format(R.string(encoded))
            case MultipartContent(parts=parts) if not _are_arguments(parts):
                yield RCode("body <- c(")
                yield from (line for part in parts for line in self._written(part))
                yield RCode("  charToRaw({})").format(R.string(f"--{BOUNDARY}--\r\n"))
                yield RCode(")")
            case None | MultipartContent() | FileContent():
                return
            case _:
                assert_never(self._request.content)

    def _sent(self) -> Iterator[RCode]:
        match self._request.content:
            case None:
                return
            case JsonContent() | TextContent() | FormContent():
                yield RCode("req_body_raw(body)")
            case FileContent(file=file):
                yield RCode("req_body_file({})").format(self._locals[file])
            case MultipartContent(parts=parts) if _are_arguments(parts):
                pattern = RCode("req_body_multipart(\n    {}\n  )")
                yield pattern.format(RCode(",\n    ").join([self._part(part) for part in parts]))
            case MultipartContent():
                kind = R.string(f"multipart/form-data; boundary={BOUNDARY}")
                yield RCode("req_body_raw(body, type = {})").format(kind)
            case _:
                assert_never(self._request.content)

    def _written(self, part: TextPart | FilePart) -> Iterator[RCode]:
        head = self._text((f"--{BOUNDARY}\r\n", *part_head(part), "\r\n\r\n"))
        match part:
            case TextPart(value=value):
                yield RCode("  charToRaw({}), {},").format(head, raw_bytes(f"{value}\r\n"))
            case FilePart(file=file):
                path = self._locals[file]
                content = RCode('readBin({}, "raw", file.size({}))').format(path, path)
                yield RCode('  charToRaw({}), {}, charToRaw("\\r\\n"),').format(head, content)
            case _:
                assert_never(part)

    def _part(self, part: TextPart | FilePart) -> RCode:
        pattern = RCode("{} = curl::{}({}{})")
        kind = RCode("")
        if part.content_type:
            kind = RCode(", type = {}").format(R.string(part.content_type))
        match part:
            case TextPart(name, value):
                content = raw_bytes(value) if "\0" in value else R.string(value)
                return pattern.format(R.string(name), RCode("form_data"), content, kind)
            case FilePart(name, file):
                return pattern.format(R.string(name), RCode("form_file"), self._locals[file], kind)
            case _:
                assert_never(part)


def _are_arguments(parts: Sequence[TextPart | FilePart]) -> bool:
    """True where `req_body_multipart` sends them all: for an empty text curl 5.0 sends what lies in memory there."""
    named = all(part.name and "\0" not in part.name for part in parts)
    return named and all(part.value for part in parts if isinstance(part, TextPart))


def _text_body(text: str) -> RCode:
    return raw_bytes(text) if "\0" in text else body(text)


class _Reading(Steps[RCode, RCode]):
    """Lists by name, which give NULL for what is not there."""

    def _member(self, key: str | None, parent: RCode) -> RCode:
        match key:
            case None:
                return parent
            case "":
                return RCode('{}[[match("", names({}))]]').format(parent, parent)
            case _:
                # No name of R holds a NUL character: jsonlite ends the text there.
                return RCode("{}[[{}]]").format(parent, R.string(key.partition("\0")[0]))

    def leaf(self, leaf: Leaf, parent: RCode) -> Sequence[RCode]:
        name = R.name(self.names.claim(leaf.names))
        local = RCode("{} <- {}").format(name, self._member(leaf.key, parent))
        return local, RCode('cat("{} = ", shown({}), "\\n", sep = "")').format(name, name)

    def group(self, group: Group, parent: RCode) -> Opened[RCode, RCode]:
        if group.key is None:
            return Opened(parent)
        name = R.name(self.names.claim(group.names))
        return Opened(name, [RCode("{} <- {}").format(name, self._member(group.key, parent))])

    def items(self, items: Items, parent: RCode) -> Opened[RCode, RCode]:
        name = R.name(self.names.claim(items.item_names))
        line = RCode("for ({} in {}) {{").format(name, self._member(items.key, parent))
        return Opened(name, [line], after=[RCode("}")], deeper=True)


def _reading(reading: Reading, names: Names) -> RCode:
    return R.lines(_Reading(names).lines(reading, RCode("answer")), "  ")


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    writer = _Writer(sample.request, names)
    variables, made = tuple(writer.variables()), tuple(writer.body())
    url, steps = writer.url(), tuple(writer.steps())
    code = RCode("\n").join([url, *variables])
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    unread = tuple(lost_values(reading, nul=True))
    notes = (*notes_of(sample.request, digest=False), *writer.losses, *unread)
    text = render(
        environment(RCode),
        "samples/r.jinja",
        RCode,
        title=R.comment(sample.title),
        notes=[R.comment(note) for note in notes],
        helpers=[helper for call, helper in _HELPERS.items() if call in code],
        variables=variables,
        body=made,
        url=url,
        steps=steps,
        shortened=R.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=_reading(reading, names) if reading is not None else None,
    )
    return Rendered(text, (*writer.losses, *(note for note in notes if "HTTP Digest" in note)), unread)


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    unread = tuple(lost_values(reading, nul=True))
    return Rendered(
        render(
            environment(RCode),
            "samples/r-json.jinja",
            RCode,
            notes=[R.comment(loss) for loss in unread],
            shortened=R.comments(shortened),
            reading=_reading(reading, Names(_RULES)),
        ),
        unread=unread,
    )


LANGUAGE = Language("r", "R with httr2", ".R", _render, _read)
