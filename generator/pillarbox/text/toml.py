"""The encoder for TOML."""

import re

from .characters import INVISIBLE
from .encoded import Encoded

__all__ = ["TomlText", "string"]

_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(f'["\\\\{INVISIBLE}]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


class TomlText(Encoded):
    """A piece of a TOML document."""

    __slots__ = ()


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHORT:
        return _SHORT[character]
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def string(text: str) -> TomlText:
    """A basic string, TOML 1.0: `tomllib` reads back the same text.

    Controls and invisible characters are escaped. TOML holds Unicode scalar values only, so a lone surrogate
    becomes U+FFFD.
    """
    body = _ESCAPED.sub(_escape, _SURROGATES.sub("\ufffd", text))
    return TomlText._trusted(f'"{body}"')
