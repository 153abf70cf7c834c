"""URLs without their secrets, for messages and logs."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx2

__all__ = ["QuietURL", "redacted"]

_SECRET = re.compile(
    r"token|secret|passw|pwd|passphrase|credential|signature|assertion|jwt|session|authorization"
    r"|(?:api|access|private|app|auth|account|subscription|shared)[-_. ]?key|^(?:key|sig|code|auth|hmac|sas)$",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")


def redacted(url: str, secret_keys: frozenset[str] = frozenset()) -> str:
    """`url` without user name and password, and with `***` for each query value whose key sounds secret."""
    head, mark, query = _USERINFO.sub(r"\1", url).partition("?")
    if not mark:
        return head
    return (
        head + mark + "&".join(_quiet(piece, secret_keys) for piece in query.split("&"))
    )


def _quiet(piece: str, secret_keys: frozenset[str]) -> str:
    key, mark, _value = piece.partition("=")
    name = unquote(key)
    return (
        f"{key}=***"
        if mark and (name in secret_keys or _SECRET.search(name))
        else piece
    )


class QuietURL(httpx2.URL):
    """A URL that prints without its secrets.

    httpx2 logs the URL of each request at level INFO, query and all, so an API key that travels there would end
    in the log. All parts of this URL are the real ones; only its text is not.
    """

    secret_keys: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return redacted(super().__str__(), self.secret_keys)

    def __repr__(self) -> str:
        return f"URL({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        # The inherited comparison is by text, which would find a URL unequal to itself.
        if not isinstance(other, (str, httpx2.URL)):
            return NotImplemented
        return httpx2.URL(self) == (
            httpx2.URL(other) if isinstance(other, QuietURL) else other
        )

    def __hash__(self) -> int:
        return hash(httpx2.URL(self))
