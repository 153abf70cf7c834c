"""Documented defaults: a client never sends one unless the caller passes it."""

import json
from typing import Any

__all__ = ["with_default"]

_LONGEST = 60


def with_default(words: str, value: Any) -> str:
    """A description that names the default, where it does not yet."""
    if value is None or value == "" or isinstance(value, dict | list):
        return words
    written = value if isinstance(value, str) else json.dumps(value)
    if len(written) > _LONGEST or "`" in written or not written.isprintable() or "default" in words.lower():
        return words
    ended = words.rstrip()
    if ended and ended[-1] not in ".!?:)>":
        ended += "."
    return f"{ended} Default: `{written}`.".strip()
