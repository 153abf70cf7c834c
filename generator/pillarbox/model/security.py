"""How a request is signed."""

from dataclasses import dataclass
from enum import Enum

from .problems import Origin

__all__ = [
    "ApiKey",
    "Basic",
    "Bearer",
    "Digest",
    "KeyLocation",
    "MutualTls",
    "SecurityScheme",
    "UnsupportedScheme",
]


class KeyLocation(Enum):
    """Where an API key travels."""

    HEADER = "header"
    QUERY = "query"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """`Authorization: Bearer TOKEN`. OAuth 2 too: the caller brings the token."""

    key: str
    """Names the scheme within the document, as operations refer to it."""
    credential: str
    """What the secret is called in the field: `access_token` for oauth2, `token` for a plain bearer."""
    prefix: str = "Bearer"
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """HTTP Basic, RFC 7617: user name and password in UTF-8."""

    key: str
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One secret in a header, query parameter or cookie."""

    key: str
    wire: str
    location: KeyLocation
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """HTTP Digest, RFC 7616: user name and password, never sent as they are."""

    key: str
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualTls:
    """A client certificate (RFC 8446, 4.6.2): the connection is signed, not the request."""

    key: str
    doc: str = ""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupportedScheme:
    """A scheme that we do not sign (`oauth1`, `awsv4`, `hawk` …): the caller brings an `httpx2.Auth`."""

    key: str
    kind: str
    """The scheme's name in the spec, for documentation."""
    doc: str = ""
    origin: Origin


SecurityScheme = Bearer | Basic | ApiKey | Digest | MutualTls | UnsupportedScheme
