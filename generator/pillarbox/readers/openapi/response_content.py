"""The contents of a response: the media types that a document lists for it, the one to ask for first, and their types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from ...model.problems import Origin
from ...model.types import Anything, Scalar, ScalarKind, Type
from ..lenient import mapping
from .dialect import Dialect
from .flatten import textual
from .keywords import is_reference
from .media import Syntax, asked_for, bare, is_encoded_value, is_file_type, is_stream, syntax_of
from .parameters import Reading

__all__ = ["ContentNode", "contents_of"]

_BYTES = Scalar(ScalarKind.BINARY)
_TEXT = Scalar(ScalarKind.STRING)


@dataclass(frozen=True, slots=True)
class ContentNode:
    """One media type of a response."""

    media_type: str
    """What to ask for: as `Accept` holds it."""
    syntax: Syntax
    type: Type
    node: Mapping[str, Any]
    origin: Origin


class _Rank(IntEnum):
    """Which content of a response a client asks for, best first."""

    FILE = 0
    """Bytes that a document describes as such: a text in place of them would be damaged."""
    JSON = 1
    OTHER_JSON = 2
    ANY = 3
    TEXT = 4
    BYTES = 5
    """A format that the client does not read, and the document does not say to be a file."""
    ENCODED_VALUE = 6
    """The same value in a binary encoding."""
    STREAM = 7


def _media_nodes(
    node: Mapping[str, Any], produces: Sequence[str], origin: Origin, reading: Reading
) -> dict[str, tuple[Mapping[str, Any], Origin]]:
    """Media types of a response with their nodes, in either dialect."""
    if reading.dialect is not Dialect.SWAGGER_2:
        content, at = node.get("content"), origin.child("content")
        if is_reference(content):
            content, at = reading.refs.resolve(content, at)
        return {kind: reading.refs.resolve(media, at.child(kind)) for kind, media in mapping(content).items()}
    if "schema" not in node:
        return {}
    examples = mapping(node.get("examples"))
    kinds = (
        tuple(produces) or tuple(kind for kind in examples if "/" in kind) or _usual(node, reading, origin)
    )
    found: dict[str, tuple[Mapping[str, Any], Origin]] = {}
    for kind in kinds:
        media: dict[str, Any] = {"schema": node["schema"]}
        if kind in examples:
            media["example"] = examples[kind]
        found[kind] = (media, origin)
    return found


def _usual(node: Mapping[str, Any], reading: Reading, origin: Origin) -> tuple[str, ...]:
    """The media type where a Swagger 2.0 document names none."""
    schema, _ = reading.refs.resolve(node["schema"], origin.child("schema"))
    return ("*/*",) if schema.get("type") == "file" else ("application/json",)


def contents_of(
    node: Mapping[str, Any], produces: Sequence[str], origin: Origin, reading: Reading
) -> tuple[ContentNode, ...]:
    """The contents of a response, the one to ask for first.

    Event streams and JSON lines are left out beside any other, and so is a binary encoding of a value beside its JSON.
    """
    ranked: list[tuple[_Rank, bool, int, ContentNode]] = []
    for number, (media_type, (media, at)) in enumerate(_media_nodes(node, produces, origin, reading).items()):
        schema = media.get("schema", {})
        kind = reading.schemas.type_of(schema, at.child("schema"), for_request=False)
        rank, content = _content(media_type, kind, media, at, reading)
        ranked.append((rank, ";" in media_type, number, content))
    ranked.sort(key=lambda one: one[:3])
    found: dict[str, ContentNode] = {}
    for rank, _, _, content in ranked:
        if rank < _Rank.ENCODED_VALUE or rank is ranked[0][0]:
            found.setdefault(bare(content.media_type), content)
    return tuple(found.values())


def _content(
    media_type: str, kind: Type, node: Mapping[str, Any], at: Origin, reading: Reading
) -> tuple[_Rank, ContentNode]:
    syntax, asked = syntax_of(media_type), asked_for(media_type)
    rank = _rank(media_type, syntax, kind, reading.dialect)
    match rank:
        case _Rank.FILE | _Rank.BYTES | _Rank.ENCODED_VALUE:
            kind = _BYTES
        case _Rank.JSON | _Rank.OTHER_JSON:
            kind = textual(kind)
        case _Rank.ANY:
            if not isinstance(kind, Anything | Scalar):
                # Only JSON can hold it.
                asked, kind = "application/json", textual(kind)
        case _Rank.TEXT | _Rank.STREAM:
            kind = _TEXT
    return rank, ContentNode(asked, syntax, kind, node, at)


def _rank(media_type: str, syntax: Syntax, kind: Type, dialect: Dialect) -> _Rank:
    if is_stream(media_type):
        return _Rank.STREAM
    if kind == _BYTES:
        return _Rank.FILE
    match syntax:
        case Syntax.JSON:
            return _Rank.JSON if bare(media_type) == "application/json" else _Rank.OTHER_JSON
        case Syntax.ANY:
            return _Rank.ANY
        case Syntax.TEXT | Syntax.FORM:
            return _Rank.TEXT
        case Syntax.MULTIPART:
            return _Rank.BYTES
        case Syntax.BINARY:
            return _binary_rank(media_type, kind, dialect)


def _binary_rank(media_type: str, kind: Type, dialect: Dialect) -> _Rank:
    """What a document describes as an object, a list or a number is no file, whatever else it is labelled as."""
    if is_encoded_value(media_type) or not isinstance(kind, Anything | Scalar):
        return _Rank.ENCODED_VALUE
    # Swagger 2.0 has one schema for all media types, and the type `file` for files.
    is_known = is_file_type(media_type) and dialect is not Dialect.SWAGGER_2
    return _Rank.FILE if is_known else _Rank.BYTES
