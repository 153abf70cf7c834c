"""The checked settings of a client. A session never changes, so that threads and tasks may share it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypedDict

import httpx2

from ..auth import Credential
from ..errors import ConfigurationError
from .configuration import Configuration
from .encode import fill_server
from .headers import HeaderLines, user_agent
from .server import Server, parse_server
from .signing import Signer
from .unset import UNSET, Unset

__all__ = [
    "ClientOptions",
    "Session",
    "Supplied",
    "default_timeout",
    "new_session",
    "supplied_parts",
    "timeout_of",
]

_MAX_RESPONSE_BYTES = 100 * 1024 * 1024
_HTTPX_AGENT = "python-httpx2/"


class ClientOptions(TypedDict, total=False):
    """The arguments of both clients that are no part of a connection."""

    credentials: Mapping[str, Credential]
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


class Supplied(NamedTuple):
    """Which parts of the connection are the caller's own."""

    client: bool = False
    transport: bool = False
    certificate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The settings of one client, checked."""

    configuration: Configuration
    server: Server
    settings: Mapping[str, str]
    signer: Signer
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
    max_response_bytes: int
    allow_insecure: bool
    """Secrets may travel over plain HTTP: the caller allows it, or supplies the transport."""
    own_auth: bool
    """The caller's `http_client` signs requests itself."""

    @property
    def package(self) -> str:
        """The client's package: the name of its logger."""
        return __name__.rpartition("._runtime")[0]

    def changed(
        self,
        *,
        timeout: float | httpx2.Timeout | Unset | None,
        max_retries: int | None,
        strict: bool | None,
        headers: Mapping[str, str | None],
        max_response_bytes: int | None,
    ) -> Session:
        """This session with other settings: UNSET and None leave one as it is, but None is a timeout."""
        lines = HeaderLines(self.headers)
        lines.update(headers)
        limit = max_response_bytes
        return replace(
            self,
            timeout=self.timeout if isinstance(timeout, Unset) else timeout_of(timeout),
            max_retries=self.max_retries if max_retries is None else max_retries,
            strict=self.strict if strict is None else strict,
            headers=lines,
            by_hand=self.by_hand | {name.lower() for name in headers},
            max_response_bytes=self.max_response_bytes if limit is None else limit,
        )

    def check(self, server: Server, *, secrets: bool) -> None:
        """Refuse secrets over plain HTTP.

        Raises:
            ConfigurationError: `server` is a plain HTTP one elsewhere, and the request would carry a secret.
        """
        if secrets and not server.secure and not self.allow_insecure:
            raise ConfigurationError(
                f"{server.origin} is plain HTTP, where credentials can be read on the way: use https://, "
                "or pass allow_insecure=True"
            )


def default_timeout() -> httpx2.Timeout:
    """10 seconds to connect, 60 for anything else."""
    return httpx2.Timeout(60.0, connect=10.0)


def supplied_parts(
    http_client: object, transport: object, ssl_context: object
) -> Supplied:
    """Which parts of the connection the caller supplies.

    Raises:
        ConfigurationError: Two of them contradict each other.
    """
    supplied = Supplied(
        http_client is not None, transport is not None, ssl_context is not None
    )
    if supplied.client and supplied.transport:
        raise ConfigurationError(
            "pass http_client= or transport=, not both: an http_client has its own transport"
        )
    if supplied.certificate and (supplied.client or supplied.transport):
        raise ConfigurationError(
            "pass ssl_context= or a transport of your own, not both: give it the certificate"
        )
    return supplied


def new_session(
    configuration: Configuration,
    options: ClientOptions,
    http_client: httpx2.Client | httpx2.AsyncClient,
    supplied: Supplied,
) -> Session:
    """Check a client's arguments, and complete them from the environment.

    Raises:
        ConfigurationError: They make no usable client.
    """
    settings = _settings(configuration, options.get("settings", {}))
    credentials = options.get("credentials", {})
    signer = Signer(configuration, credentials, certified=supplied.certificate)
    auth = options.get("auth")
    headers = options.get("headers") or {}
    lines = _default_headers(configuration, http_client)
    lines.update(headers)
    max_retries = options.get("max_retries", 2)
    if max_retries < 0:
        raise ConfigurationError("max_retries must not be negative")
    timeout = options.get("timeout", UNSET)
    if supplied.client and timeout is UNSET:
        timeout = http_client.timeout
    session = Session(
        configuration=configuration,
        server=_server(configuration, options.get("base_url"), settings),
        settings=settings,
        signer=signer,
        auth=auth,
        headers=lines,
        by_hand=frozenset(name.lower() for name in headers),
        cookies=http_client.cookies if supplied.client else None,
        timeout=timeout_of(timeout),
        max_retries=max_retries,
        strict=options.get("strict", False),
        max_response_bytes=_MAX_RESPONSE_BYTES,
        allow_insecure=options.get("allow_insecure", False)
        or supplied.client
        or supplied.transport,
        own_auth=supplied.client and http_client.auth is not None,
    )
    secrets = bool(signer) or auth is not None or "authorization" in lines
    session.check(session.server, secrets=secrets)
    return session


def timeout_of(
    timeout: float | httpx2.Timeout | Unset | None,
) -> Mapping[str, float | None]:
    """The seconds of each phase, as a transport takes them."""
    whole = default_timeout() if isinstance(timeout, Unset) else httpx2.Timeout(timeout)
    return dict(whole.as_dict())


def _settings(
    configuration: Configuration, passed: Mapping[str, str | None]
) -> Mapping[str, str]:
    """The value of each setting: the caller's, else the environment's, else the default."""
    known: dict[str, str] = {}
    for wire, setting in configuration.settings.items():
        variable = configuration.variable(setting.argument)
        value = (
            passed.get(wire)
            or (os.environ.get(variable) if variable else None)
            or setting.default
        )
        if not value:
            also = f" or set {variable}" if variable else ""
            name = setting.argument
            raise ConfigurationError(
                f"{configuration.name} needs {name}: pass {name}={also}"
            )
        known[wire] = value
    return known


def _server(
    configuration: Configuration, base_url: str | None, settings: Mapping[str, Any]
) -> Server:
    variable = configuration.variable("base_url")
    url = base_url or (os.environ.get(variable) if variable else None)
    if url:
        return parse_server(str(url))
    if not configuration.base_url:
        also = f" or set {variable}" if variable else ""
        raise ConfigurationError(
            f"where {configuration.name} is reached is not known: pass base_url={also}"
        )
    return parse_server(fill_server(configuration.base_url, settings))


def _default_headers(
    configuration: Configuration, http_client: httpx2.Client | httpx2.AsyncClient
) -> HeaderLines:
    lines = HeaderLines()
    for name, value in http_client.headers.multi_items():
        lines.set(name, value)
    if http_client.headers.get("User-Agent", "").startswith(_HTTPX_AGENT):
        lines.set("User-Agent", user_agent(configuration.name))
    return lines
