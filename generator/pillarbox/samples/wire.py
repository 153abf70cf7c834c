"""Values of an example call as they travel: the rules of the generated client, for values that are known already."""

import json
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from ..model.api import Style
from ..model.types import Json
from .model import Flag, Pair, QueryPiece

__all__ = [
    "form_text",
    "header_text",
    "json_text",
    "path_text",
    "plain",
    "query_pairs",
    "query_pieces",
    "quoted_key",
]

_VALUE_SAFE = "!$()*,:=@"
_KEY_SAFE = "!$%()*+,-./:;?@[\\]^_`{|}~"
_RESERVED = ":/?#[]@!$&'()*+,;="
_SEPARATORS = {Style.COMMA: ",", Style.SPACE: " ", Style.PIPE: "|", Style.TAB: "\t"}


def plain(value: Json) -> str:
    """A value as text; a list or an object as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return repr(value)
        case _:
            return json_text(value)


def json_text(value: Json) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_list(value: Json) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _items(value: Json) -> Iterator[Json]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        yield from (item for item in value if item is not None)
    else:
        yield value


def header_text(value: Json) -> str:
    """A header's value: a list is joined by commas."""
    return ",".join(map(plain, _items(value))).strip(" \t")


def path_text(wire: str, value: Json, style: Style) -> str:
    """A path parameter's value before it is encoded."""
    explode = style in (Style.LABEL_EXPLODED, Style.MATRIX_EXPLODED)
    if isinstance(value, Mapping):
        assigned = explode or style is Style.ASSIGNED
        members = [f"{key}{'=' if assigned else ','}{plain(item)}" for key, item in value.items()]
    else:
        members = [plain(item) for item in _items(value)]
    match style:
        case Style.LABEL | Style.LABEL_EXPLODED:
            return "." + ("." if explode else ",").join(members)
        case Style.MATRIX_EXPLODED:
            return "".join(
                f";{item}" if isinstance(value, Mapping) else f";{wire}={item}" for item in members
            )
        case Style.MATRIX:
            return f";{wire}={','.join(members)}"
        case Style.JSON:
            return json_text(value)
        case _:
            return ",".join(members)


def _deep(members: Mapping[str, Json], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in members.items():
        if isinstance(value, Mapping):
            yield from _deep(value, f"{prefix}[{name}]")
        else:
            for item in _items(value):
                yield f"{prefix}[{name}]", plain(item)


def query_pairs(wire: str, value: Json, style: Style) -> Iterator[tuple[str, str | None]]:
    """Names and values of one parameter or form field; None for a name alone."""
    if value is None:
        return
    if style is Style.FLAG and isinstance(value, bool):
        if value:
            yield wire, None
    elif style is Style.FLAG and _is_list(value):
        for item in _items(value):
            yield from query_pairs(wire, item, style)
    elif style is Style.JSON:
        yield wire, json_text(value)
    elif isinstance(value, Mapping):
        match style:
            case Style.DEEP:
                yield from _deep(value, wire)
            case Style.MEMBERS:
                for name, member in value.items():
                    yield from query_pairs(name, member, Style.SIMPLE)
            case Style.PAIRS:
                yield wire, ",".join(f"{name},{plain(member)}" for name, member in value.items())
            case _:
                yield wire, json_text(value)
    elif style in _SEPARATORS and _is_list(value):
        if text := _SEPARATORS[style].join(map(plain, _items(value))):
            yield wire, text
    else:
        yield from ((wire, plain(item)) for item in _items(value))


def quoted_key(name: str) -> str:
    """The name of a query parameter as it is written."""
    return quote(name, _KEY_SAFE)


def query_pieces(wire: str, value: Json, style: Style, *, reserved: bool = False) -> Iterator[QueryPiece]:
    """The pieces of one query parameter."""
    safe = _RESERVED if reserved else _VALUE_SAFE
    for name, text in query_pairs(wire, value, style):
        if text is None:
            yield Flag(name, quoted_key(name))
        else:
            yield Pair(name, text, f"{quoted_key(name)}={quote(text, safe)}")


def form_text(pairs: Sequence[tuple[str, str]]) -> str:
    """An urlencoded body: everything but unreserved characters is escaped."""
    return "&".join(f"{quote(name, '')}={quote(value, '')}" for name, value in pairs)
