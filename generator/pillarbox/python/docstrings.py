"""Docstrings: Google style, no types, the words of the spec as clean Markdown text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..client import types as py
from ..client.api import Default, Method, Parameter, Response
from ..client.request import ErrorCase, Json, Location, ResponseHeader, StatusRange, route_text
from ..config.editions import Edition
from ..naming.item_names import route_in_name
from ..text import prose
from ..text.python import PythonCode, docstring, literal
from .imports import LINE_LENGTH as WIDTH

__all__ = [
    "MethodDoc",
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
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def text_doc(text: str, indent: int, *, fallback: str) -> PythonCode:
    """A docstring that holds one description."""
    cleaned = prose.clean(text) or fallback
    return docstring(_wrapped(cleaned, WIDTH - indent), indent)


def _wrapped(text: str, width: int, initial: str = "", later: str = "") -> str:
    return prose.wrap(text, width, initial, later)


def summary_of(method: Method) -> str:
    """One line on what a method does; one that the spec calls by its route or id alone is described by its name."""
    described = method.summary or (method.title if method.identity.operation_id is None else "")
    if route_in_name(described) is not None or not (text := one_line(described)):
        return method.name.strip("_").replace("_", " ").capitalize()
    return text


def _paragraphs(method: Method) -> Iterator[str]:
    summary = summary_of(method)
    yield summary if summary[-1:] in ".!?:" else f"{summary}."
    description = prose.clean(method.description)
    if description and description.rstrip(".") != summary.rstrip("."):
        yield description
    yield prose.code(route_text(method.request))
    if method.other_media_types:
        yield f"The API takes the body as {listed(method.other_media_types)} too."


def _entry(name: str, text: str, width: int) -> str:
    """One line of a section; text of several paragraphs hangs below it."""
    return _wrapped(f"{name}: {text}", width, "    ", "        ")


def _arguments(arguments: Sequence[Parameter], width: int) -> str:
    entries = [
        _entry(argument.name, text, width)
        for argument in arguments
        if (text := marked(prose.clean(argument.doc), deprecated=argument.deprecated))
    ]
    return "\n".join(["Args:", *entries]) if entries else ""


def _response_headers(headers: Sequence[ResponseHeader]) -> str:
    """`Headers: `X-Rate-Limit` (calls left in this hour), `X-Expires-After`.`"""
    shown = []
    for header in headers:
        text = one_line(header.doc).rstrip(".")
        shown.append(f"{prose.code(header.wire)} ({text})" if text else prose.code(header.wire))
    return f"Headers: {', '.join(shown)}." if shown else ""


def _response_text(response: Response) -> str:
    text, headers = prose.clean(response.doc), _response_headers(response.headers)
    if not text or not headers:
        return text or headers
    return f"{text}\n\n{headers}" if "\n" in text else f"{text.rstrip('.')}. {headers}"


def _returns(method: Method, width: int) -> str:
    texts = [(response.status, _response_text(response)) for response in method.returned]
    documented = [(status, text) for status, text in texts if text]
    if not documented:
        return ""
    if len(texts) == 1:
        lines = [_wrapped(documented[0][1], width, "    ", "    ")]
    else:
        lines = [
            _wrapped(f"{status or 'Else'}: {text}", width, "    ", "        ") for status, text in documented
        ]
    return "\n".join(["Returns:", *lines])


_RANGES = {StatusRange.CLIENT: "4xx", StatusRange.SERVER: "5xx", StatusRange.ANY: "Any other status"}


def _error_text(case: ErrorCase) -> str:
    status = _RANGES[case.status] if isinstance(case.status, StatusRange) else str(case.status)
    head = status if case.code is None else f"{status}, code {case.code}"
    text = prose.clean(case.text)
    return f"{head}: {text}" if text else f"{head}."


def _raises(method: Method, width: int) -> str:
    entries = [_entry(error_class(case.status), _error_text(case), width) for case in method.errors]
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


def method_doc(method: Method, edition: Edition, indent: int = 8) -> MethodDoc:
    """The docstrings of one method; they differ in the `await` of the example alone."""
    width = WIDTH - indent
    parts = [_wrapped(part, width) for part in _paragraphs(method)]
    if method.deprecated and not any(part.casefold().startswith("deprecated") for part in parts):
        parts.insert(1, "Deprecated.")
    parts += [_arguments(method.signature, width), _returns(method, width), _raises(method, width)]

    def finished(*, awaited: bool) -> PythonCode:
        example = call_example(method, width, edition, awaited=awaited)
        return docstring("\n\n".join(part for part in (*parts, f"Example:\n{example}") if part), indent)

    return MethodDoc(sync=finished(awaited=False), awaited=finished(awaited=True))
