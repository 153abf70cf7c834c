"""Which credentials there are, and which of them sign a request."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, assert_never, cast

from ..auth import ApiKey, Basic, Bearer, Foreign, Scheme, Signature

if TYPE_CHECKING:
    from ..auth import Credential
    from .configuration import Configuration

__all__ = ["Signer"]


class Signer:
    """The credentials of one client. Never prints them, and is never pickled."""

    __slots__ = ("_configuration", "_credentials")

    def __init__(
        self, configuration: Configuration, given: Mapping[str, Credential]
    ) -> None:
        self._configuration = configuration
        self._credentials: dict[str, Any] = {}
        for key, scheme in configuration.schemes.items():
            credential = self._credential(scheme, given.get(key))
            if credential:
                self._credentials[key] = credential

    def __repr__(self) -> str:
        return f"<Signer for {', '.join(self._credentials) or 'nothing'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled")

    def __bool__(self) -> bool:
        """True where any credential is known."""
        return bool(self._credentials)

    def _credential(self, scheme: Scheme, given: Credential) -> object:
        match scheme:
            case Basic():
                username, password = cast(
                    "tuple[str | None, str | None]", given or (None, None)
                )
                username = username or self._from_environment(scheme.username)
                password = password or self._from_environment(scheme.password)
                return (username, password) if username or password else None
            case Bearer() | ApiKey():
                return given or self._from_environment(scheme.credential)
            case Foreign():
                return None
            case _:
                assert_never(scheme)

    def _from_environment(self, argument: str) -> str:
        variable = self._configuration.variable(argument)
        return os.environ.get(variable, "") if variable else ""

    def choose(self, security: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
        """The first alternative whose credentials are all known, or nothing."""
        for alternative in security:
            if alternative and all(key in self._credentials for key in alternative):
                return alternative
        return ()

    def sign(self, keys: tuple[str, ...]) -> Signature:
        """What the schemes `keys` add to a request.

        Raises:
            TypeError: A token provider is asynchronous, or gives no text.
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
            case ((Bearer() | ApiKey()), str()):
                return scheme.sign(credential)
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
            foreign = any(isinstance(scheme, Foreign) for scheme in schemes)
            return (
                "Bring an httpx2.Auth as auth=: this client does not sign such requests."
                if foreign
                else ""
            )
        arguments = " and ".join(f"{name}=" for name in names)
        variables = " and ".join(
            filter(None, (self._configuration.variable(name) for name in names))
        )
        return f"No credentials were given: pass {arguments}{f' or set {variables}' if variables else ''}."


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
            )
