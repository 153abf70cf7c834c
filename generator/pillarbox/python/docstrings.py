"""Docstrings: Google style, no types, the words of the spec as clean Markdown text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..client import types as py
from ..client.api import Default, ErrorCase, Method, Parameter, Response
from ..client.request import Json, Location, ResponseHeader, StatusRange, route_text
from ..config.editions import Edition
from ..naming.inflections import singular
from ..naming.item_names import route_in_name
from ..text import prose
from ..text.blocks import Block, Code, Paragraph, read_blocks, write_blocks
from ..text.python import PythonCode, docstring, literal
from . import filler
from .imports import LINE_LENGTH as WIDTH

__all__ = [
    "MethodDoc",
    "Repeats",
    "call_example",
    "error_class",
    "listed",
    "marked",
    "method_doc",
    "one_line",
    "summary_of",
    "text_doc",
]

_CONTENT = 'b"..."'
"""What an example passes as a file's content."""
_LONGEST_OPTION = 60
"""An optional argument whose example is longer than this is left out of the docstring's example."""

_MODELS = PythonCode("models.")
_ERRORS = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}


def error_class(status: int | StatusRange) -> str:
    """Name of the runtime's exception for an HTTP status, or for several."""
    match status:
        case StatusRange.CLIENT:
            return "ClientError"
        case StatusRange.SERVER:
            return "ServerError"
        case StatusRange.ANY:
            return "StatusError"
        case _:
            pass
    if status in _ERRORS:
        return _ERRORS[status]
    if status >= 500:
        return "ServerError"
    return "ClientError" if status >= 400 else "RedirectError"


def one_line(text: str) -> str:
    """The first sentence of a description, where only one line fits."""
    return prose.first_sentence(prose.clean(text))


def marked(text: str, *, deprecated: bool) -> str:
    """A cleaned text that begins with a deprecation notice, unless it has one itself."""
    if not deprecated or text.casefold().startswith("deprecated"):
        return text
    return f"Deprecated. {text}" if text else "Deprecated."


def listed(texts: Sequence[str], most: int = 6) -> str:
    """`a`, `b` and `c`, as code; the rest is counted."""
    shown = [prose.code(text) for text in texts[:most]]
    if len(texts) > most:
        shown.append(f"{len(texts) - most} more")
    return _enumerated(shown)


def _enumerated(shown: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def text_doc(text: str, indent: int, *, fallback: str) -> PythonCode:
    """A docstring that holds one description."""
    cleaned = prose.ended(prose.clean(text)) or fallback
    return docstring(_wrapped(cleaned, WIDTH - indent), indent)


def _wrapped(text: str, width: int, initial: str = "", later: str = "") -> str:
    return prose.wrap(text, width, initial, later)


def summary_of(method: Method) -> str:
    """What a method does: the whole summary, else how the description begins, else the words of its name.

    A route or an operation id in place of a summary is none.
    """
    title = method.title if method.identity.operation_id is None else ""
    opening = (one_line(text) for text in (title, method.description) if route_in_name(text) is None)
    text = _whole(method.summary) or next(filter(None, opening), "")
    if not text:
        return _named(method)
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def _whole(summary: str) -> str:
    """A summary, which some documents write in several paragraphs; one sentence is on one line, as titles are."""
    if route_in_name(summary) is not None:
        return ""
    cleaned = prose.clean(summary)
    return prose.first_sentence(cleaned) if prose.is_one_sentence(cleaned) else cleaned


_ON_NOUNS = frozenset("check create delete get list replace update".split())


def _named(method: Method) -> str:
    """What the name says: `List releases` for repos.releases.list, `Get release` for repos.releases.get."""
    words = method.name.strip("_").split("_")
    if words[0] == "bulk":
        words = words[1:]
    if len(words) == 1 and words[0] in _ON_NOUNS and method.resource:
        *before, noun = method.resource[-1].strip("_").split("_")
        many = words[0] == "list" or method.name.startswith("bulk_")
        words = [*words, *before, noun if many else singular(noun)]
    return " ".join(words).capitalize()


def _paragraphs(method: Method, width: int, repeats: "Repeats") -> Iterator[str]:
    summary = summary_of(method)
    yield summary if summary[-1:] in ".!?:" else f"{summary}."
    description = prose.clean(method.description)
    if description.startswith(summary) and not method.summary:
        description = description.removeprefix(summary).lstrip()
    if description := filler.description_text(description, summary):
        yield repeats.description(description, summary, width)
    yield prose.code(route_text(method.request))
    if method.other_media_types:
        yield f"The API takes the body as {listed(method.other_media_types)} too."


def _entry(name: str, text: str, width: int) -> str:
    """One line of a section; text of several paragraphs hangs below it. Without a name, a paragraph."""
    if not name:
        return _wrapped(text, width)
    return _wrapped(f"{name}: {prose.ended(text)}", width, "    ", "        ")


_DEFAULT = re.compile(r" Default: `[^`\n]*`\.\Z")
_SHORT_CODE = 4
"""So many lines of code may be repeated."""
_ONE_VALUE = re.compile(r"`[^`\n]*` ?[-–—:=]")
"""How the meaning of one value begins, where a text is a list of values: it says nothing of the others."""


def _introduces(blocks: Sequence[Block]) -> bool:
    """Whether blocks end in a colon, so that something must follow."""
    return write_blocks(blocks[-1:]).endswith(":")


class Repeats:
    """Texts that methods of one class have documented: a method after these has the first sentence of them.

    It names no method that has the whole, or a new method at the front of the class would change all of them.
    """

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def is_first(self, text: str) -> bool:
        """Whether no method before has documented it."""
        is_first = text not in self._seen
        self._seen.add(text)
        return is_first

    def shortened(self, name: str, text: str, width: int) -> str:
        """The text of an entry: whole for the first time, and where its first sentence takes as many lines."""
        if text not in self._seen:
            self._seen.add(text)
            return text
        short = prose.first_sentence(text)
        if _ONE_VALUE.match(short):
            return text
        if short.endswith(":"):
            short = f"{short[:-1]}."
        default = _DEFAULT.search(text)
        if default is not None and not short.endswith(default[0].strip()):
            short += default[0]
        lines = [_entry(name, item, width).count("\n") for item in (short, text)]
        return short if lines[0] < lines[1] else text

    def description(self, text: str, summary: str, width: int) -> str:
        """A description below its summary, whose paragraphs are whole for the first time, and whose longer code is there once.

        What introduces a list or code is always whole, and so are lines, whose first would not stand for the others.
        """
        kept: list[Block] = [Paragraph((summary,))]
        for block in read_blocks(text):
            match block:
                case Paragraph((line,)) if not line.endswith(":"):
                    kept.append(Paragraph((self.shortened("", line, width),)))
                case Code(_, lines) if len(lines) > _SHORT_CODE and not _introduces(kept):
                    if (code := "\n".join(lines)) not in self._seen:
                        self._seen.add(code)
                        kept.append(block)
                case _:
                    kept.append(block)
        return write_blocks(kept[1:])


def _arguments(method: Method, width: int, repeats: Repeats) -> str:
    entries: list[str] = []
    for argument in method.signature:
        text = filler.name_text(prose.clean(argument.doc), argument.name, argument.wire, method.qualified)
        text = repeats.shortened(argument.name, text, width) if text else ""
        if text := marked(text, deprecated=argument.deprecated):
            entries.append(_entry(argument.name, text, width))
    return "\n".join(["Args:", *entries]) if entries else ""


def _response_headers(headers: Sequence[ResponseHeader]) -> str:
    """``The response has the headers `X-Rate-Limit` (calls left in this hour) and `X-Expires-After`.``"""
    shown = []
    for header in headers:
        text = one_line(header.doc).rstrip(".")
        shown.append(f"{prose.code(header.wire)} ({text})" if text else prose.code(header.wire))
    if not shown:
        return ""
    return f"The response has the {'header' if len(shown) == 1 else 'headers'} {_enumerated(shown)}."


def _response_text(method: Method, response: Response) -> str:
    known = (method.summary, method.title, method.qualified, str(py.spell(method.returns)))
    text = filler.response_text(prose.clean(response.doc), response.status, *known)
    headers = _response_headers(response.headers)
    if not text or not headers:
        return text or headers
    return f"{text}\n\n{headers}" if "\n" in text else f"{prose.ended(text)} {headers}"


def _returns(method: Method, width: int) -> str:
    texts = [(response.status, _response_text(method, response)) for response in method.returned]
    documented = [(str(status or "Else"), text) for status, text in texts if text]
    failures = [
        (_case_head(case), prose.clean(case.text) or "a failure")
        for case in method.errors
        if not _is_raised(case)
    ]
    if len(texts) == 1 and documented and not failures:
        return "\n".join(["Returns:", _wrapped(prose.ended(documented[0][1]), width, "    ", "    ")])
    lines = [_entry(head, text, width) for head, text in (*documented, *failures)]
    return "\n".join(["Returns:", *lines]) if lines else ""


_RANGES = {StatusRange.CLIENT: "4xx", StatusRange.SERVER: "5xx", StatusRange.ANY: "Any other status"}


def _is_raised(case: ErrorCase) -> bool:
    """A failure that the API reports with a status of success is returned as any other response."""
    return isinstance(case.status, StatusRange) or case.status >= 300


def _body(case: ErrorCase) -> str:
    """` (`models.Problem`)`: what the body of a failure can be read as."""
    if case.body is None or not py.models_of(case.body):
        return ""
    return f" ({prose.code(str(py.spell(case.body, models=_MODELS)))})"


def _case_head(case: ErrorCase) -> str:
    status = _RANGES[case.status] if isinstance(case.status, StatusRange) else str(case.status)
    return status if case.code is None else f"{status}, code {case.code}"


def _raises(method: Method, width: int, repeats: Repeats) -> str:
    """An entry for each error that has a text or a code; the others are one entry of their statuses.

    A range of statuses without either is left out, because every call may fail; what its body is, is documented once.
    """
    entries: list[str] = []
    last: list[str] = []
    bare: dict[str, list[int]] = {}
    documented: set[int | StatusRange] = set()
    for case in filter(_is_raised, method.errors):
        name = error_class(case.status)
        # All codes of a status have one body.
        body = "" if case.status in documented else _body(case)
        documented.add(case.status)
        known = (method.qualified,) if case.code is None else ()
        text = filler.error_text(prose.clean(case.text), case.status, *known)
        head = f"{_case_head(case)}{body}"
        if text:
            text = repeats.shortened(name, f"{head}: {text}", width)
            entries.append(_entry(name, text, width))
        elif case.code is not None:
            entries.append(_entry(name, f"{head}.", width))
        elif isinstance(case.status, int):
            bare.setdefault(body, []).append(case.status)
        elif body and repeats.is_first(f"{name}: {head}"):
            last.append(_entry(name, f"{head}.", width))
    for model, found in bare.items():
        names = {error_class(status) for status in found}
        statuses = ", ".join(map(str, dict.fromkeys(found)))
        entries.append(
            _entry(names.pop() if len(names) == 1 else "StatusError", f"{statuses}{model}.", width)
        )
    entries += last
    return "\n".join(["Raises:", *entries]) if entries else ""


def _shown(arguments: Sequence[Parameter], edition: Edition) -> list[tuple[Parameter, str]]:
    """What the example passes: all that is required, and a few options; headers only where nothing else is optional."""
    texts = {argument.name: _example_text(argument.example, argument) for argument in arguments}
    options = [
        argument
        for argument in arguments
        if not argument.required
        and argument.shown
        and argument.has_example
        and (argument.location is Location.BODY or _says_something(argument.example))
        and len(texts[argument.name]) <= _LONGEST_OPTION
    ]
    options.sort(key=lambda argument: argument.location is Location.HEADER)
    chosen = {argument.name for argument in options[: edition.options_shown]}
    if any(argument.location is Location.BODY for argument in arguments):
        # A text is sent with all of its placeholders filled.
        chosen |= {
            argument.name
            for argument in arguments
            if argument.location is Location.BODY_FIELD and argument.default is Default.NONE
        }
    return [
        (argument, texts[argument.name])
        for argument in arguments
        if argument.required or argument.name in chosen
    ]


def _says_something(value: Json, *, inside: bool = False) -> bool:
    """Whether the value of an option shows anything: text that stands for any text does not, nor an object made of such.

    Args:
        inside: Within an object or a list, where 1 stands for any number.
    """
    match value:
        case str():
            return not value.startswith("example") or "." in value
        case bool() | None:
            return True
        case int() | float():
            return not inside or value not in (1, 1.5)
        case Mapping():
            return any(_says_something(item, inside=True) for item in value.values())
        case _:
            return any(_says_something(item, inside=True) for item in value)


def _example_text(value: Json, argument: Parameter) -> str:
    match argument.kind:
        case py.ListOf(items) if _takes_files(items) and isinstance(value, list | tuple):
            return f"[{', '.join([_CONTENT] * len(value))}]"
        case kind if _takes_files(kind):
            return _CONTENT if value is None else _text_content(value)
        case _:
            return str(literal(value))


def _text_content(value: Json) -> str:
    text = str(literal(value))
    return text if len(text) <= _LONGEST_OPTION else '"..."'


def _takes_files(kind: py.PyType) -> bool:
    return kind == py.FILE or (isinstance(kind, py.Either) and py.FILE in kind.members)


def call_example(method: Method, width: int, edition: Edition, *, awaited: bool) -> str:
    """The example call as doctest lines: one line where it fits, else an argument a line."""
    pieces = [
        text if argument.location is Location.PATH and not method.names_path else f"{argument.name}={text}"
        for argument, text in _shown(method.signature, edition)
    ]
    prefix = ">>> await " if awaited else ">>> "
    target = f"client.{method.qualified}"
    line = f"{prefix}{target}({', '.join(pieces)})"
    if len(line) + 4 <= width or not pieces:
        return f"    {line}"
    return "\n".join([f"    {prefix}{target}(", *(f"    ...     {piece}," for piece in pieces), "    ... )"])


@dataclass(frozen=True, slots=True)
class MethodDoc:
    """The docstrings of a method, synchronous and asynchronous."""

    sync: PythonCode
    awaited: PythonCode


def method_doc(method: Method, edition: Edition, repeats: Repeats, indent: int = 8) -> MethodDoc:
    """The docstrings of one method; they differ in the `await` of the example alone.

    Args:
        repeats: What the methods of the class have documented before this one.
    """
    width = WIDTH - indent
    parts = [_wrapped(part, width) for part in _paragraphs(method, width, repeats)]
    if method.deprecated and not any(part.casefold().startswith("deprecated") for part in parts):
        parts.insert(1, "Deprecated.")
    parts += [_arguments(method, width, repeats), _returns(method, width), _raises(method, width, repeats)]

    def finished(*, awaited: bool) -> PythonCode:
        example = call_example(method, width, edition, awaited=awaited)
        return docstring("\n\n".join(part for part in (*parts, f"Example:\n{example}") if part), indent)

    return MethodDoc(sync=finished(awaited=False), awaited=finished(awaited=True))
