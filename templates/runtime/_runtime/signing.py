"""Which credentials there are, and which of them sign a request."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, assert_never, cast

from ..auth import (
    ApiKey,
    Basic,
    Bearer,
    Digest,
    MutualTls,
    Scheme,
    Signature,
    UnsupportedScheme,
)

if TYPE_CHECKING:
    from ..auth import Credential
    from .configuration import Configuration

__all__ = ["Signer"]


class Signer:
    """The credentials of one client. Never prints them, and is never pickled."""

    __slots__ = ("_configuration", "_credentials", "_digests")

    def __init__(
        self,
        configuration: Configuration,
        credentials: Mapping[str, Credential],
        *,
        certified: bool = False,
    ) -> None:
        self._configuration = configuration
        self._credentials: dict[str, Any] = {}
        # They remember the server's last challenge, which saves the request that asks for it.
        self._digests: dict[str, Signature] = {}
        for key, scheme in configuration.schemes.items():
            credential = self._credential(scheme, credentials.get(key), certified)
            if credential:
                self._credentials[key] = credential

    def __repr__(self) -> str:
        return f"<Signer for {', '.join(self._credentials) or 'nothing'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled")

    def __bool__(self) -> bool:
        """True where any credential is known."""
        return bool(self._credentials)

    def _credential(
        self, scheme: Scheme, passed: Credential, certified: bool
    ) -> object:
        match scheme:
            case Basic() | Digest():
                username, password = cast(
                    "tuple[str | None, str | None]", passed or (None, None)
                )
                username = username or self._from_environment(scheme.username)
                password = password or self._from_environment(scheme.password)
                return (username, password) if username or password else None
            case Bearer() | ApiKey():
                return passed or self._from_environment(scheme.credential)
            case MutualTls():
                return certified
            case UnsupportedScheme():
                return None
            case _:
                assert_never(scheme)

    def _from_environment(self, argument: str) -> str:
        variable = self._configuration.variable(argument)
        return os.environ.get(variable, "") if variable else ""

    def choose(self, security: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
        """The first alternative whose credentials are all known, or nothing.

        Where there is none, a certificate may be missing: a proxy, or a transport of the caller's, may hold it.
        """
        for alternative in security:
            if alternative and all(key in self._credentials for key in alternative):
                return alternative
        for alternative in security:
            rest = tuple(key for key in alternative if not self._is_certificate(key))
            if rest != alternative and all(key in self._credentials for key in rest):
                return rest
        return ()

    def _is_certificate(self, key: str) -> bool:
        return isinstance(self._configuration.schemes.get(key), MutualTls)

    def sign(self, keys: tuple[str, ...]) -> Signature:
        """What the schemes `keys` add to a request.

        Raises:
            TypeError: A token provider is asynchronous, or returns no text.
        """
        return _together(
            [self._signed(key, _now(self._credentials[key])) for key in keys]
        )

    async def sign_async(self, keys: tuple[str, ...]) -> Signature:
        """The same, awaiting asynchronous token providers."""
        return _together(
            [self._signed(key, await _later(self._credentials[key])) for key in keys]
        )

    def _signed(self, key: str, credential: object) -> Signature:
        scheme = self._configuration.schemes[key]
        match scheme, credential:
            case Basic(), tuple():
                username, password = cast("tuple[str, str]", credential)
                return scheme.sign(username, password)
            case Digest(), tuple():
                if key not in self._digests:
                    username, password = cast("tuple[str, str]", credential)
                    self._digests[key] = scheme.sign(username, password)
                return self._digests[key]
            case ((Bearer() | ApiKey()), str()):
                return scheme.sign(credential)
            case MutualTls(), _:
                return Signature()
            case _:
                raise TypeError(
                    f"the credential of {key!r} must be text, or a function that returns text"
                )

    def hint(self, security: tuple[tuple[str, ...], ...]) -> str:
        """What to do about a 401 where nothing signed the request; empty where the API asks for nothing."""
        keys = [key for alternative in security[:1] for key in alternative]
        schemes = [
            self._configuration.schemes[key]
            for key in keys
            if key in self._configuration.schemes
        ]
        names = [name for scheme in schemes for name in scheme.arguments]
        if not names:
            if any(isinstance(scheme, MutualTls) for scheme in schemes):
                return "Pass a client certificate as ssl_context=."
            foreign = any(isinstance(scheme, UnsupportedScheme) for scheme in schemes)
            return (
                "Pass an httpx2.Auth as auth=: this client does not sign such requests."
                if foreign
                else ""
            )
        arguments = " and ".join(f"{name}=" for name in names)
        variables = " and ".join(
            filter(None, (self._configuration.variable(name) for name in names))
        )
        return f"The client has no credentials: pass {arguments}{f' or set {variables}' if variables else ''}."


def _now(credential: object) -> object:
    if not callable(credential):
        return credential
    value = cast("Callable[[], object]", credential)()
    if isinstance(value, Awaitable):
        close = getattr(cast("object", value), "close", None)
        if close is not None:
            close()
        raise TypeError("an asynchronous token provider needs the asynchronous client")
    return value


async def _later(credential: object) -> object:
    if not callable(credential):
        return credential
    value = cast("Callable[[], object]", credential)()
    return (
        await cast("Awaitable[object]", value)
        if isinstance(value, Awaitable)
        else value
    )


def _together(signatures: list[Signature]) -> Signature:
    match signatures:
        case []:
            return Signature()
        case [only]:
            return only
        case _:
            return Signature(
                tuple(pair for signature in signatures for pair in signature.headers),
                tuple(pair for signature in signatures for pair in signature.query),
                tuple(pair for signature in signatures for pair in signature.cookies),
                next((one.auth for one in signatures if one.auth is not None), None),
            )
