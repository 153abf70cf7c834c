"""Records the responses behind the values that calls return: `client.capture_responses()`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import httpx2

__all__ = [
    "CapturedResponses",
    "Mismatch",
    "capturing",
    "record_mismatch",
    "record_response",
]


class Mismatch(NamedTuple):
    """A value in a response that is not of the documented type, without the value itself."""

    operation: str
    """Method and path of the operation: `GET /users/{userId}`."""
    location: str
    """The model's name and field, `[]` for an item of a list: `User.emails[]`."""
    expected: str
    """The documented type."""
    found: str
    """The JSON type of the value."""

    def __str__(self) -> str:
        return f"{self.operation}: {self.location} is {self.found}, documented as {self.expected}"


class CapturedResponses(list["httpx2.Response"]):
    """The responses to the calls made inside a `with client.capture_responses()` block, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.mismatches: list[Mismatch] = []
        """Where these responses are not of the documented type."""


_Active = tuple[tuple[object, CapturedResponses], ...]
_active: ContextVar[_Active] = ContextVar("active", default=())


@contextmanager
def capturing(owner: object) -> Generator[CapturedResponses, None, None]:
    """Collect what `owner`, an httpx2 client, receives in this thread or task and in the tasks that it starts."""
    responses = CapturedResponses()
    token = _active.set((*_active.get(), (owner, responses)))
    try:
        yield responses
    finally:
        _active.reset(token)


def record_response(owner: object, response: httpx2.Response) -> None:
    """Add a response to every block that is capturing."""
    for captured_owner, responses in _active.get():
        if captured_owner is owner:
            responses.append(response)


def record_mismatch(owner: object, mismatch: Mismatch) -> None:
    """Add a mismatch to every block that is capturing."""
    for captured_owner, responses in _active.get():
        if captured_owner is owner:
            responses.mismatches.append(mismatch)
