"""The checked settings of a client. A session never changes, so that threads and tasks may share it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict
from urllib.parse import quote

from ..errors import ConfigurationError
from . import UNSET, Configuration, Signer, Unset
from .encoding import PATH_TEXT, header_text

if TYPE_CHECKING:
    import ssl

    import httpx2

# httpx2 is imported inside of the functions: `RequestOptions` must be cheap to import.


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
    """Check a server's URL and take it apart. ConfigurationError, which does not repeat it, where it is not
    `http(s)://host/path`."""
    import httpx2

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
        url = httpx2.URL()
    if not url.host or not re.fullmatch(rb"[0-9A-Za-z._~:\[\]-]+", url.netloc):
        raise ConfigurationError("the base URL has no valid host name")
    secure = url.scheme == "https" or _is_loopback(url.host)
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    return Server(origin, quote(slash + path, PATH_TEXT).rstrip("/"), secure)


def _is_loopback(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class HeaderLines:
    """Header lines by lower-case name. What is set later replaces what was set earlier."""

    __slots__ = ("_lines",)

    def __init__(self, lines: HeaderLines | None = None) -> None:
        self._lines: dict[str, tuple[str, tuple[str, ...]]]
        self._lines = {} if lines is None else dict(lines._lines)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._lines

    def __repr__(self) -> str:
        return f"<HeaderLines {', '.join(self._lines)}>"

    def set(self, name: str, value: object) -> None:
        """Replace a header; None removes it; UNSET changes nothing."""
        if value is None:
            self._lines.pop(name.lower(), None)
        elif value is not UNSET:
            self.set_lines(name, (value,))

    def set_lines(self, name: str, values: tuple[object, ...]) -> None:
        """Replace a header by several lines of the same name."""
        texts = tuple(header_text(name, value) for value in values)
        self._lines[name.lower()] = name, texts

    def update(self, headers: Mapping[str, object]) -> None:
        """Set each of `headers`."""
        for name, value in headers.items():
            self.set(name, value)

    def add_cookies(self, pairs: Iterable[str]) -> None:
        """Append to the Cookie header."""
        _, lines = self._lines.get("cookie", ("Cookie", ()))
        text = "; ".join((*lines, *pairs))
        if text:
            self._lines["cookie"] = "Cookie", (text,)

    def raw(self) -> list[tuple[bytes, bytes]]:
        """The lines as they go out."""
        return [
            (name.encode("ascii"), line.encode("latin-1"))
            for name, lines in self._lines.values()
            for line in lines
        ]


class ClientOptions(TypedDict, total=False):
    """The arguments of both clients."""

    credentials: Mapping[str, object]
    """By the names of the configuration's schemes."""
    settings: Mapping[str, str | None]
    """By wire name."""
    base_url: str | None
    timeout: float | httpx2.Timeout | Unset | None
    max_retries: int
    strict: bool
    headers: Mapping[str, str] | None
    auth: httpx2.Auth | None
    allow_insecure: bool
    http_client: httpx2.Client | httpx2.AsyncClient | None
    transport: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None
    ssl_context: ssl.SSLContext | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The settings of one client, checked."""

    configuration: Configuration
    server: Server
    settings: Mapping[str, str]
    signer: Signer | None
    """None where the API asks for no credentials, or the caller's own `auth` signs."""
    auth: httpx2.Auth | None
    headers: HeaderLines
    """Of every request. Those of an operation and of a call replace them."""
    by_hand: frozenset[str]
    """Lower-case names of the headers that the caller set: signing does not replace them."""
    cookies: httpx2.Cookies | None = field(repr=False)
    """Those of the caller's own `http_client`; a client of ours keeps none."""
    timeout: Mapping[str, float | None]
    max_retries: int
    strict: bool
    max_response_bytes: int = 100 * 1024 * 1024
    deadline: float | None = None
    allow_insecure: bool
    """Secrets may travel over plain HTTP: the caller allows it, or supplies the transport."""
    own_auth: bool
    """The caller's `http_client` signs requests itself."""

    def changed(self, options: RequestOptions | None) -> Session:
        """This session with the settings of one call; headers and query are no part of them."""
        if options is None:
            return self
        changes: dict[str, Any] = {
            name: value
            for name in ("max_retries", "strict", "max_response_bytes", "deadline")
            if (value := getattr(options, name)) is not None
        }
        if options.timeout is not UNSET:
            changes["timeout"] = _phases(options.timeout)
        return replace(self, **changes) if changes else self

    def with_headers(self, headers: Mapping[str, str | None]) -> Session:
        """This session with more headers of every request."""
        lines = HeaderLines(self.headers)
        lines.update(headers)
        by_hand = self.by_hand | {name.lower() for name in headers}
        return replace(self, headers=lines, by_hand=by_hand)

    def check(self, server: Server, *, secrets: bool) -> None:
        """ConfigurationError where a request with secrets would go elsewhere over plain HTTP."""
        if secrets and not server.secure and not self.allow_insecure:
            raise ConfigurationError(
                f"{server.origin} is plain HTTP, where credentials can be read on the way: use https://, "
                "or pass allow_insecure=True"
            )


def connected(
    configuration: Configuration,
    options: ClientOptions,
    kind: type[httpx2.Client] | type[httpx2.AsyncClient],
) -> tuple[Session, Any, bool]:
    """Check a client's arguments, and complete them from the environment: its session, its HTTP client, and whether
    that is its own. ConfigurationError where they make no usable client."""
    own, transport = options.get("http_client"), options.get("transport")
    certificate = options.get("ssl_context")
    if own is not None and transport is not None:
        raise ConfigurationError(
            "pass http_client= or transport=, not both: an http_client has its own transport"
        )
    supplied = own is not None or transport is not None
    if certificate is not None and supplied:
        raise ConfigurationError(
            "pass ssl_context= or a transport of your own, not both: give it the certificate"
        )
    http_client = own or _http_client(kind, transport, certificate)
    passed, settings = options.get("settings", {}), dict[str, str]()
    for wire, setting in configuration.settings.items():
        settings[wire] = setting(configuration, passed.get(wire))
    auth = options.get("auth")
    signer = None
    if configuration.signing is not None and auth is None:
        credentials = options.get("credentials", {})
        certified = certificate is not None
        signer = configuration.signing(configuration, credentials, certified)
    max_retries = options.get("max_retries", 2)
    if max_retries < 0:
        raise ConfigurationError("max_retries must not be negative")
    timeout = options.get("timeout", UNSET)
    if own is not None and timeout is UNSET:
        timeout = own.timeout
    session = Session(
        configuration=configuration,
        server=_server(configuration, options.get("base_url"), settings),
        settings=settings,
        signer=signer,
        auth=auth,
        headers=_default_headers(configuration, http_client),
        by_hand=frozenset(),
        cookies=None if own is None else own.cookies,
        timeout=_phases(timeout),
        max_retries=max_retries,
        strict=options.get("strict", False),
        allow_insecure=options.get("allow_insecure", False) or supplied,
        own_auth=own is not None and own.auth is not None,
    ).with_headers(options.get("headers") or {})
    secrets = bool(signer) or auth is not None or "authorization" in session.headers
    session.check(session.server, secrets=secrets)
    return session, http_client, own is None


def _http_client(
    kind: type[httpx2.Client] | type[httpx2.AsyncClient],
    transport: Any,
    certificate: ssl.SSLContext | None,
) -> httpx2.Client | httpx2.AsyncClient:
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    return kind(
        verify=certificate or True,
        transport=transport,
        # A jar that accepts nothing. Requests carry `Session.cookies`, the caller's own jar or none, and never this
        # one, which would otherwise keep what every response sets for as long as the client lives.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
    )


def _phases(
    timeout: float | httpx2.Timeout | Unset | None,
) -> Mapping[str, float | None]:
    """The seconds of each phase, as a transport takes them: 10 to connect, 60 for anything else by default."""
    import httpx2

    if isinstance(timeout, Unset):
        return httpx2.Timeout(60.0, connect=10.0).as_dict()
    return httpx2.Timeout(timeout).as_dict()


def _server(
    configuration: Configuration, base_url: str | None, settings: Mapping[str, object]
) -> Server:
    url = (
        base_url or configuration.from_environment("base_url") or configuration.base_url
    )
    if not url:
        ways = configuration.ways("base_url")
        raise ConfigurationError(
            f"where {configuration.name} is reached is not known: {ways}"
        )
    return parse_server(url(settings) if callable(url) else str(url))


def _default_headers(
    configuration: Configuration, http_client: httpx2.Client | httpx2.AsyncClient
) -> HeaderLines:
    lines = HeaderLines()
    lines.update(http_client.headers)
    if http_client.headers.get("User-Agent", "").startswith("python-httpx2/"):
        # Without a version, so that regenerating a client does not change its requests.
        name = re.sub(r"[^0-9A-Za-z.-]+", "-", configuration.name).strip("-")
        lines.set("User-Agent", f"{name or 'client'}/pillarbox")
    return lines
