"""Path templates: `/users/{id}` with its fixed text encoded as it is sent."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from ...model.api import FixedQuery, Placeholder, Template

__all__ = ["Path", "QueryArgument", "bare_name", "first_segment", "read_path"]

_BRACES = re.compile(r"\{((?:[^{}]|\{[^{}]*\})+)\}")
"""A placeholder; its pattern may hold braces, as in `{code:[a-z]{2}}`."""
_MARKED = re.compile(r"([+*]*)([^+*?:=]+)([?*]?)(?:([:=])(.*))?", re.DOTALL)
"""Marks of other template languages: `{+path}`, `{*path}`, `{path*}`, `{id?}`, `{id:[0-9]+}`, `{name=projects/*}`."""
_CONVERTERS = frozenset(
    "alpha any bool boolean date datetime decimal double float guid int integer long number path slug str string "
    "uuid".split()
)
"""What frameworks write behind a colon, to check and convert a value."""
_FIXED_PATH = "!$%&'()*+,-./:;=@_~"
_FIXED_QUERY = "!$%&'()*+,-./:;=?@_~"
_UNINFORMATIVE = re.compile(
    r"v?\d+(?:[._]\d+)*(?:-?(?:alpha|beta)\d*)?|api|apis|rest|services?|public", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class QueryArgument:
    """A parameter of the query that a path holds: `?city={name}`."""

    wire: str
    name: str
    """That of the parameter that describes it."""
    required: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A path template, and the query that some documents write behind it."""

    written: str
    template: Template
    placeholders: tuple[str, ...]
    """Names, each once, in path order."""
    with_slashes: frozenset[str]
    """Placeholders that take several segments."""
    query: tuple[FixedQuery, ...] = ()
    arguments: tuple[QueryArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class _Braces:
    """A placeholder as it is written."""

    raw: str
    name: str
    with_slashes: bool


_Pieces = Sequence[str | _Braces]


def read_path(written: str, declared: Collection[str] = ()) -> Path:
    """Split a key of `paths`; `declared` are the names of the parameters that the document describes.

    A fragment, with which some documents tell operations apart, is not sent, unless a described placeholder is in it.
    """
    pieces = list(_pieces(written.strip(), declared))
    before, fragment = _partition(pieces, "#")
    if not any(isinstance(piece, _Braces) and piece.name in declared for piece in fragment):
        pieces = before
    path, query = _partition(pieces, "?")
    if not str(path[0]).startswith("/"):
        path = [f"/{path[0]}", *path[1:]]
    template: list[str | Placeholder] = []
    expanded: list[QueryArgument] = []
    for piece in path:
        if isinstance(piece, str):
            template += [quote(piece, _FIXED_PATH)] if piece else []
        elif piece.raw[0] in "?&":
            expanded += [QueryArgument(name, name, False) for name in _expanded(piece)]
        else:
            template.append(Placeholder(piece.name))
    braces = [piece for piece in path if isinstance(piece, _Braces) and piece.raw[0] not in "?&"]
    fixed, arguments = _read_query(query)
    return Path(
        written=written,
        template=tuple(template),
        placeholders=tuple(dict.fromkeys(piece.name for piece in braces)),
        with_slashes=frozenset(piece.name for piece in braces if piece.with_slashes),
        query=fixed,
        arguments=(*arguments, *expanded),
    )


def bare_name(written: str, declared: Collection[str] = ()) -> str:
    """The name of a placeholder without marks and pattern."""
    return _braces(written, declared).name


def _pieces(text: str, declared: Collection[str]) -> Iterator[str | _Braces]:
    end = 0
    for match in _BRACES.finditer(text):
        found = _braces(match[1], declared)
        if "/" in found.name:
            # Braces around segments are no placeholder.
            continue
        yield text[end : match.start()]
        yield found
        end = match.end()
    yield text[end:]


def _braces(raw: str, declared: Collection[str]) -> _Braces:
    raw = raw.strip() or raw
    match = _MARKED.fullmatch(raw)
    if match is None:
        return _Braces(raw, raw, False)
    before, name, behind, mark, pattern = match.groups(default="")
    name = name.strip()
    is_word = mark == ":" and re.fullmatch(r"\w+", pattern) and pattern not in _CONVERTERS
    if is_word and name not in declared:
        # A colon may be part of a name.
        return _Braces(raw, raw, False)
    is_segments = pattern == "path" if mark == ":" else "/" in pattern or "**" in pattern
    return _Braces(raw, name, bool(before) or behind == "*" or is_segments)


def _expanded(piece: _Braces) -> Iterator[str]:
    """The names of `{?page,size}` (RFC 6570)."""
    return (name for part in piece.raw[1:].split(",") if (name := part.strip().removesuffix("*")))


def _partition(pieces: _Pieces, mark: str) -> tuple[list[str | _Braces], list[str | _Braces]]:
    """What is before and behind a mark in the fixed text; nothing is behind it where there is none."""
    for index, piece in enumerate(pieces):
        if isinstance(piece, str) and mark in piece:
            head, _, tail = piece.partition(mark)
            return [*pieces[:index], head], [tail, *pieces[index + 1 :]]
    return list(pieces), []


def _read_query(pieces: _Pieces) -> tuple[tuple[FixedQuery, ...], tuple[QueryArgument, ...]]:
    """The fixed pieces and the arguments of the query behind a path. An argument is a whole value, or a whole name."""
    fixed: list[FixedQuery] = []
    arguments: list[QueryArgument] = []
    waiting: list[str] = []
    rest = list(pieces)
    while rest:
        part, rest = _partition(rest, "&")
        match [piece for piece in part if piece]:
            case [str() as text]:
                waiting.append(quote(text, _FIXED_QUERY))
                continue
            case [str() as key, _Braces(name=name)] if key.endswith("="):
                argument = QueryArgument(unquote(key[:-1]), name, True)
            case [_Braces(name=name), *others] if not others or str(others[0]).startswith("="):
                argument = QueryArgument(name, name, True)
            case _:
                continue
        arguments.append(argument)
        fixed += [FixedQuery(text, before=argument.wire) for text in waiting]
        waiting.clear()
    return (*fixed, *map(FixedQuery, waiting)), tuple(arguments)


def first_segment(path: Path) -> str:
    """The first fixed segment that names the subject of the path: `users` of `/v2/users/{id}`."""
    text = "".join(piece if isinstance(piece, str) else "{}" for piece in path.template)
    fixed = [segment for segment in text.split("/") if segment and "{" not in segment]
    informative = [segment for segment in fixed if not _UNINFORMATIVE.fullmatch(segment)]
    return next(iter(informative or fixed), "")
