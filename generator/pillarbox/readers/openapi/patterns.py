"""Regular expressions of a schema: whether any engine could use them. They are never run."""

import re
import warnings
from functools import lru_cache

__all__ = ["is_pattern"]

_LONGEST = 10_000
_UNICODE = re.compile(r"\\[pP](?:\{[^{}]*\}|[A-Z])|\\u\{[0-9a-fA-F]+\}")
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_CONTROL = re.compile(r"\\c[A-Za-z]")
_NOT_PYTHON = re.compile(r"\\([zZ/\-_'\"#@%&~`!<>:;=, ]|[A-Za-z])")
_KNOWN = frozenset("AbBdDfnrsStuvwWxZ")


@lru_cache(maxsize=4096)
def is_pattern(text: str) -> bool:
    """True for what ECMA-262 and Python can read alike, as near as Python's own parser tells."""
    if len(text) > _LONGEST:
        return False
    for spelled, ours in ((_UNICODE, "w"), (_NAMED_GROUP, "(?P<"), (_CONTROL, "w")):
        text = spelled.sub(ours, text)
    text = _NOT_PYTHON.sub(lambda match: match[0] if match[1] in _KNOWN else "w", text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, OverflowError, RecursionError, MemoryError, ValueError):
        return False
    return True
