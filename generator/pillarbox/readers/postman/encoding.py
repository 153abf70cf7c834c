"""Fixed text of a URL as Postman's URL encoder (postman-url-encoder 3.0.5, measured) sends it."""

import re
from urllib.parse import unquote

__all__ = ["decoded", "encode_key", "encode_path", "encode_query", "readable_key"]

_PATH_UNSAFE = re.compile(r"[^!$%&'()*+,\-./0-9:;=@A-Z\[\]^_a-z|~\\]")
_QUERY_UNSAFE = re.compile(r"[^!$%&()*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z{|}~]")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def encode_path(value: str) -> str:
    """Path text: space, `"`, `<`, `>`, backtick, `#`, `?`, braces, controls and non-ASCII; `%` is never touched."""
    return _PATH_UNSAFE.sub(_percent, value)


def encode_query(value: str) -> str:
    """Query text: space, `"`, `#`, `'`, `<`, `>`, controls and non-ASCII; `+` and `%` are never touched."""
    return _QUERY_UNSAFE.sub(_percent, value)


def encode_key(value: str) -> str:
    """A query key: as `encode_query`, and what would end it (`&`, `=`)."""
    return encode_query(value).replace("&", "%26").replace("=", "%3D")


def readable_key(value: str) -> str:
    """A query key with its escapes decoded, where encoding it again gives the same bytes: `filter%20by`, not `%41`."""
    plain = decoded(value)
    return plain if encode_key(plain) == encode_key(value) else value


def decoded(value: str) -> str:
    """Percent escapes as the characters that they encode; unchanged where they are no UTF-8."""
    if "%" not in value:
        return value
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        return value
