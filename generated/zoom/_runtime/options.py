"""Settings that a caller can change for a single call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .unset import UNSET, Unset

if TYPE_CHECKING:
    import httpx2

__all__ = ["RequestOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOptions:
    """Settings for one call. What is left out is as the client has it.

    Example:
        >>> options = RequestOptions(timeout=5, headers={"X-Trace": "abc"})
    """

    timeout: float | httpx2.Timeout | Unset | None = UNSET
    """Seconds for each phase (connecting, writing, reading), an `httpx2.Timeout`, or None for no limit."""
    deadline: float | None = None
    """Seconds for the whole call, retries and reading of the response included."""
    headers: Mapping[str, str | None] = field(
        default_factory=dict[str, str | None], repr=False
    )
    """More headers. They replace those of the client and the operation; None removes one."""
    query: Mapping[str, object] = field(default_factory=dict[str, object], repr=False)
    """More query parameters, after the operation's own."""
    max_retries: int | None = None
    """How often a failed call is tried again. Only what is safe to repeat ever is."""
    strict: bool | None = None
    """True: raise `DecodeError` where the response is not of the documented type."""
    idempotency_key: str | None = None
    """Sent as `Idempotency-Key`, the same in each attempt; makes any method safe to retry."""
    max_response_bytes: int | None = None
    """The largest response that is read, counted after decompression."""
