"""Media types: the syntax of a body or response, and which of several a client uses."""

import re
from collections.abc import Iterable
from enum import IntEnum

__all__ = [
    "Syntax",
    "asked_for",
    "bare",
    "best",
    "is_bytes",
    "is_encoded_value",
    "is_file_type",
    "is_media_type",
    "is_stream",
    "syntax_of",
]

_BINARY = re.compile(
    r"(?:image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip|gzip|x-gzip|x-tar|octet-stream|vnd\.(?:ms-|openxml)"
    r"|.*protobuf|x-protobuf|png|gif|jpeg))"
)
_TEXT = re.compile(
    r"text/|application/(?:.*\+)?(?:xml|yaml|x-yaml|jwt|javascript|csv|graphql|sql|toml|x-ndjson|ndjson|jsonl|x-jsonnet)$"
    r"|image/svg|application/(?:x-)?(?:json-?lines|json-seq)|.*\+(?:xml|yaml)$"
)
_ENCODED_VALUE = re.compile(r"protobuf|msgpack|messagepack|cbor|bson|avro|thrift|smile|ion$")
_STREAM = re.compile(
    r"text/event-stream|application/(?:.*[.+-])?(?:ndjson|jsonl|json-?lines|json-seq)$|.*;stream="
)
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?", re.ASCII)
_CHARSET = re.compile(r"[^;]+;\s*charset=[^;]*", re.IGNORECASE)
_RANGE = re.compile(r"(?:[\w!#$&^.+-]+|\*)/\*", re.ASCII)


class Syntax(IntEnum):
    """What a media type is written in, best first where a caller has the choice."""

    JSON = 0
    MULTIPART = 1
    FORM = 2
    ANY = 3
    """`*/*` and the like: the schema tells."""
    TEXT = 4
    BINARY = 5


def is_bytes(media_type: object) -> bool:
    """True for the name of a format that is no text, such as `image/png`."""
    return (
        isinstance(media_type, str) and is_media_type(media_type) and syntax_of(media_type) is Syntax.BINARY
    )


def bare(media_type: str) -> str:
    """Without parameters, in lower case: `application/json; charset=utf-8` -> `application/json`."""
    return media_type.partition(";")[0].strip().lower()


def is_file_type(media_type: str) -> bool:
    """True for a binary format by its name: not for any unknown one."""
    return _BINARY.match(bare(media_type)) is not None


def is_encoded_value(media_type: str) -> bool:
    """True for a binary format that holds what JSON would hold, such as Protocol Buffers."""
    return _ENCODED_VALUE.search(bare(media_type)) is not None


def is_stream(media_type: str) -> bool:
    """True for a response without an end, or of one value after the other: server-sent events, JSON lines."""
    return _STREAM.match(media_type.replace(" ", "").lower()) is not None


def asked_for(media_type: str) -> str:
    """What `Accept` holds for a media type or a range; `*/*` for what is neither. JSON needs no charset."""
    kind = media_type.strip()
    if _CHARSET.fullmatch(kind):
        kind = bare(kind)
    return kind if is_media_type(kind) or _RANGE.fullmatch(kind) else "*/*"


def is_media_type(text: str) -> bool:
    """True for one media type (RFC 9110, 8.3.1), False for a range such as `image/*` and for anything else."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def syntax_of(media_type: str) -> Syntax:
    """The syntax of a media type; bytes for an unknown one."""
    kind = bare(media_type)
    if kind in ("application/json", "text/json") or kind.endswith(("+json", "/json")):
        return Syntax.JSON
    if kind.startswith("multipart/") and "urlencoded" not in kind:
        return Syntax.MULTIPART
    if kind.endswith("x-www-form-urlencoded"):
        return Syntax.FORM
    if kind.endswith("/*") or not kind:
        return Syntax.BINARY if _BINARY.match(kind) else Syntax.TEXT if kind == "text/*" else Syntax.ANY
    if _BINARY.match(kind):
        return Syntax.BINARY
    return Syntax.TEXT if _TEXT.match(kind) else Syntax.BINARY


def best(media_types: Iterable[str]) -> str | None:
    """The media type that a client should use: plain JSON, other JSON, then as `Syntax` is ordered."""
    ranked = [
        (syntax_of(kind), bare(kind) != "application/json", ";" in kind, index, kind)
        for index, kind in enumerate(media_types)
    ]
    return min(ranked)[-1] if ranked else None
