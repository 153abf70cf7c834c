"""Where requests go."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

import httpx2

from ..errors import ConfigurationError

__all__ = ["Server", "parse_server"]

_HOST = re.compile(rb"[0-9A-Za-z._~:\[\]-]+\Z")
_PATH_TEXT = "!$%&'()*+,-./:;=@[]^_|~"


class Server(NamedTuple):
    """The fixed beginning of a request's URL."""

    origin: str
    """Scheme, host and port, without a slash."""
    path: str
    """The path before that of the operation, percent-encoded, without a slash at the end."""
    secure: bool
    """Whether nobody on the way can read along: HTTPS, or this very machine."""

    def __str__(self) -> str:
        return self.origin + self.path


@lru_cache(maxsize=256)
def parse_server(text: str) -> Server:
    """Check a server's URL and take it apart.

    Raises:
        ConfigurationError: It is not `http(s)://host/path`. The message does not repeat it.
    """
    head, mark, rest = text.strip().partition("://")
    if not mark or head.lower() not in ("http", "https"):
        raise ConfigurationError("the base URL must begin with https:// (or http://)")
    authority, slash, path = rest.partition("/")
    if "@" in authority:
        raise ConfigurationError(
            "the base URL must not hold a user name or password: pass them as arguments"
        )
    if re.search(r"[?#\\]", rest):
        raise ConfigurationError(
            "the base URL must not hold a query, a fragment or a backslash"
        )
    try:
        url = httpx2.URL(f"{head}://{authority}/")
    except (httpx2.InvalidURL, ValueError):
        raise ConfigurationError("the base URL has no valid host name") from None
    if not url.host or not _HOST.match(url.netloc):
        raise ConfigurationError("the base URL has no valid host name")
    secure = url.scheme == "https" or _is_loopback(url.host)
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    return Server(origin, quote(slash + path, _PATH_TEXT).rstrip("/"), secure)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
