"""What a method returns, and how it fails."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.problems import Origin
from . import types as py
from .request import ResponseHeader, SavedExample, StatusRange
from .types import PyType

__all__ = ["Content", "ErrorCase", "Response", "Table", "is_plain", "table_of"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a method returns for a response of a media type."""

    media_type: str
    """Or a range, such as `*/*`. Empty where there is no content."""
    kind: PyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A documented response."""

    status: int | None
    """None for the default response."""
    media_type: str
    """Empty where there is no content."""
    has_content: bool
    contents: tuple[Content, ...]
    """What the method returns for it, that to ask for first; empty for a response that it does not return."""
    doc: str
    headers: tuple[ResponseHeader, ...]
    examples: tuple[SavedExample, ...]
    origin: Origin

    @property
    def returns(self) -> PyType | None:
        """The documented type, which the annotation has; None for a response that the method does not return."""
        return self.contents[0].kind if self.contents else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCase:
    """A documented failure."""

    status: int | StatusRange
    code: str | int | None
    text: str
    """The spec's words, uncleaned."""
    body: PyType | None
    """What its JSON holds; None where the spec does not describe that."""
    origin: Origin


Table = tuple[tuple[int | None, Content], ...]
"""What a method returns, by status and media type; None is any status of success."""


def table_of(returned: Sequence[Response]) -> Table:
    """By any status where all have the same contents."""
    if len({response.contents for response in returned}) == 1:
        return tuple((None, content) for content in returned[0].contents)
    return tuple((response.status, content) for response in returned for content in response.contents)


def is_plain(table: Table) -> bool:
    """Whether there is nothing to look up: JSON of one type, no content, or nothing is documented."""
    match table:
        case () | ((None, Content("*/*", py.ANY)),) | ((None, Content("" | "application/json")),):
            return True
        case _:
            return False
