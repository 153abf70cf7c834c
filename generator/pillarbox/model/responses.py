"""What an operation responds with: contents, saved examples, documented failures."""

from dataclasses import dataclass
from enum import Enum

from .problems import Origin
from .types import Json, Type

__all__ = ["Content", "ErrorCase", "Response", "ResponseHeader", "SavedExample", "StatusRange"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedExample:
    """One saved response, made concrete and free of secrets."""

    name: str
    status: int
    media_type: str
    """Without parameters; empty where the response has no content."""
    headers: tuple[tuple[str, str], ...] = ()
    """Those worth replaying: neither the content type nor hop-by-hop or length headers, no cookies."""
    json: Json = None
    """The body where `media_type` is JSON and the text parses."""
    text: str | None = None
    """The body where it is other text. Both None: no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """A header of a response. Documentation only."""

    wire: str
    type: Type
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a response may hold besides what a call asks for."""

    media_type: str
    type: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The response of an operation with one status, or with any status that no other names."""

    status: int | None
    """None for the default response."""
    media_type: str
    """The one to ask for, or a range such as `*/*`. Empty where there is no content."""
    type: Type | None
    """None where there is no content."""
    others: tuple[Content, ...] = ()
    doc: str = ""
    """The spec's own description or saved name, uncleaned, without the status."""
    headers: tuple[ResponseHeader, ...] = ()
    examples: tuple[SavedExample, ...] = ()
    origin: Origin


class StatusRange(Enum):
    """Failures that a spec documents together."""

    CLIENT = "4XX"
    SERVER = "5XX"
    ANY = "default"
    """Every status that nothing else names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCase:
    """A documented failure: the HTTP status, the API's own code and what it means."""

    status: int | StatusRange
    code: str | int | None
    text: str
    """The spec's words, uncleaned."""
    body: Type | None = None
    """What its JSON holds; None where the spec does not describe that."""
    origin: Origin
