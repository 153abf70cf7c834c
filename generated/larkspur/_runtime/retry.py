"""When a failed call is tried again, and after how long."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["BUDGET", "IDEMPOTENT", "RETRIED_STATUSES", "pause_before", "retry_after"]

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
"""Methods that may be repeated (RFC 9110, 9.2.2)."""

RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
"""Statuses that another attempt can change."""

BUDGET = 120.0
"""Seconds after which no new attempt begins, whatever the server asks for."""

_LONGEST_WAIT = 60.0
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, a number or a date (RFC 9110, 10.2.3); None if it is neither."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    seconds: float | None
    try:
        seconds = float(text)
    except ValueError:
        seconds = _until(text)
    return seconds if seconds is not None and 0 <= seconds < math.inf else None


def _until(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def pause_before(attempt: int, asked: float | None) -> float:
    """Seconds to wait before attempt number `attempt` (the first repetition is 1), never over a minute."""
    if asked is not None:
        return min(asked, _LONGEST_WAIT)
    # Random, or all clients of a server that failed come back at the same moment.
    pause: float = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
    return pause * random.uniform(0.5, 1.0)
