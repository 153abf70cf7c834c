"""All that a client knows. Never changes once it is made, so that threads and tasks may share it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from ..auth import Credential
from ..errors import ConfigurationError
from .configuration import Configuration
from .encode import fill_server
from .headers import HeaderLines, user_agent
from .server import Server, parse_server
from .signing import Signer
from .unset import UNSET, Unset

__all__ = ["Session", "default_timeout", "new_session", "timeout_of"]

_MAX_RESPONSE_BYTES = 100 * 1024 * 1024
_HTTPX_AGENT = "python-httpx2/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The settings of one client, checked."""

    configuration: Configuration
    server: Server
    settings: Mapping[str, str]
    signer: Signer
    auth: httpx2.Auth | None
    headers: HeaderLines
    """Of every request, the lowest in rank."""
    by_hand: frozenset[str]
    """Lower-case names of the headers that the caller set: signing does not replace them."""
    cookies: httpx2.Cookies | None = field(repr=False)
    """Those of the caller's own `http_client`; a client of ours keeps none."""
    timeout: Mapping[str, float | None]
    max_retries: int
    strict: bool
    max_response_bytes: int
    allow_insecure: bool
    """Secrets may travel over plain HTTP: the caller said so, or brought the transport."""
    own_auth: bool
    """The caller's `http_client` signs requests itself."""

    @property
    def package(self) -> str:
        """The client's package: the name of its logger."""
        return __name__.rpartition("._runtime")[0]

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


def new_session(
    configuration: Configuration,
    *,
    credentials: Mapping[str, Credential],
    settings: Mapping[str, str | None],
    base_url: str | None,
    timeout: float | httpx2.Timeout | Unset | None,
    max_retries: int,
    strict: bool,
    headers: Mapping[str, str],
    auth: httpx2.Auth | None,
    allow_insecure: bool,
    http_client: httpx2.Client | httpx2.AsyncClient,
    brought: bool,
    transported: bool,
    certified: bool = False,
) -> Session:
    """Check a client's arguments and complete them from the environment.

    Args:
        brought: `http_client` is the caller's own.
        transported: The caller brought the transport.
        certified: The caller brought a client certificate.

    Raises:
        ConfigurationError: They make no usable client.
    """
    known = _settings(configuration, settings)
    signer = Signer(configuration, credentials, certified=certified)
    lines = _default_headers(configuration, http_client)
    lines.update(headers)
    if max_retries < 0:
        raise ConfigurationError("max_retries must not be negative")
    given = http_client.timeout if brought and timeout is UNSET else timeout
    session = Session(
        configuration=configuration,
        server=_server(configuration, base_url, known),
        settings=known,
        signer=signer,
        auth=auth,
        headers=lines,
        by_hand=frozenset(name.lower() for name in headers),
        cookies=http_client.cookies if brought else None,
        timeout=timeout_of(given),
        max_retries=max_retries,
        strict=strict,
        max_response_bytes=_MAX_RESPONSE_BYTES,
        allow_insecure=allow_insecure or brought or transported,
        own_auth=brought and http_client.auth is not None,
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
    configuration: Configuration, given: Mapping[str, str | None]
) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for wire, setting in configuration.settings.items():
        variable = configuration.variable(setting.argument)
        value = (
            given.get(wire)
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
    given = base_url or (os.environ.get(variable) if variable else None)
    if given:
        return parse_server(str(given))
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
