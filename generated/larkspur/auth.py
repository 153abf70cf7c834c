"""Signs requests. Credentials are arguments of the client; a scheme puts them into a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NoReturn, assert_never, cast

from ._runtime import Signature

if TYPE_CHECKING:
    from ._runtime import Configuration, Security

__all__ = ["ApiKey", "Bearer", "Scheme", "Signing", "TokenProvider"]

TokenProvider = Callable[[], str | Awaitable[str]]
"""Returns the secret, and is called for each request: a function, or for an asynchronous client also an async one."""

# Plain classes, not dataclasses: every `import` of a client pays for this module.


class Scheme:
    """One way to sign a request. Each brings what it needs."""

    __slots__ = ()

    elsewhere = False
    """The credential may be where the client does not see it, such as in a proxy."""
    hint = ""
    """What to do where it has no arguments."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments that hold its credential."""
        return ()

    def credential(
        self, passed: Any, variable: Callable[[str], str], certified: bool
    ) -> object:
        """What signs: of what the caller passed, else of environment variables; falsy where nothing is known."""
        return None

    def sign(self, credential: Any) -> Signature | None:
        """What it adds to a request; None where the credential cannot be one."""
        return None


class _Secret(Scheme):
    """What Bearer and ApiKey share: one argument of the client."""

    __slots__ = ("argument",)

    def __init__(self, argument: str) -> None:
        self.argument = argument

    @property
    def arguments(self) -> tuple[str, ...]:
        return (self.argument,)

    def credential(
        self, passed: Any, variable: Callable[[str], str], certified: bool
    ) -> object:
        return passed or variable(self.argument)

    def sign(self, credential: Any) -> Signature | None:
        return self.signature(credential) if isinstance(credential, str) else None

    def signature(self, secret: str) -> Signature:
        raise NotImplementedError


class Bearer(_Secret):
    """`Authorization: Bearer TOKEN` (RFC 6750). OAuth 2 too: the caller obtains the token.

    Args:
        argument: The client's argument that holds the token.
        prefix: The word before it; may be empty.
    """

    __slots__ = ("prefix",)

    def __init__(self, argument: str, prefix: str = "Bearer") -> None:
        super().__init__(argument)
        self.prefix = prefix

    def signature(self, secret: str) -> Signature:
        value = f"{self.prefix} {secret}".lstrip()
        return Signature(headers=(("Authorization", value),))

    def __repr__(self) -> str:
        return f"Bearer({self.argument!r}, prefix={self.prefix!r})"


class ApiKey(_Secret):
    """One secret in a header, a query parameter or a cookie.

    Args:
        wire: The name of the header, parameter or cookie.
        place: Its location.
        argument: The client's argument that holds the key.
    """

    __slots__ = ("place", "wire")

    def __init__(
        self, wire: str, place: Literal["header", "query", "cookie"], argument: str
    ) -> None:
        super().__init__(argument)
        self.wire = wire
        self.place: Literal["header", "query", "cookie"] = place

    def signature(self, secret: str) -> Signature:
        pair = ((self.wire, secret),)
        match self.place:
            case "header":
                return Signature(headers=pair)
            case "query":
                return Signature(query=pair)
            case "cookie":
                return Signature(cookies=pair)
            case _:
                assert_never(self.place)

    def __repr__(self) -> str:
        return f"ApiKey({self.wire!r}, {self.place!r}, {self.argument!r})"


class Signing:
    """How an API wants its requests to be signed.

    Args:
        schemes: Its ways, by the names that `security` and operations use.
        security: What signs an operation that says nothing itself: alternatives of sets that are needed
            together. The first alternative whose credentials are all known is used.
    """

    __slots__ = ("schemes", "security")

    def __init__(
        self, schemes: Mapping[str, Scheme], security: tuple[tuple[str, ...], ...] = ()
    ) -> None:
        self.schemes = schemes
        self.security = security

    def __call__(
        self,
        configuration: Configuration,
        credentials: Mapping[str, object],
        certified: bool,
    ) -> Credentials:
        """The signer of a client with these credentials, by scheme; `certified` where it holds a certificate."""
        known = {
            key: scheme.credential(
                credentials.get(key), configuration.from_environment, certified
            )
            for key, scheme in self.schemes.items()
        }
        return Credentials(self, configuration.variable, known)


class Credentials:
    """The credentials of one client. Never prints them, and is never pickled."""

    __slots__ = ("_credentials", "_signing", "_variable")

    def __init__(
        self,
        signing: Signing,
        variable: Callable[[str], str],
        credentials: Mapping[str, object],
    ) -> None:
        self._signing = signing
        self._variable = variable
        self._credentials = {key: one for key, one in credentials.items() if one}

    def __repr__(self) -> str:
        return f"<Signer for {', '.join(self._credentials) or 'nothing'}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled")

    def __bool__(self) -> bool:
        return bool(self._credentials)

    def _alternatives(self, security: Security) -> tuple[tuple[str, ...], ...]:
        return self._signing.security if security is None else security

    def choose(self, security: Security) -> tuple[str, ...]:
        """The first alternative whose credentials are all known, or nothing.

        Where there is none, a certificate may be missing: a proxy, or a transport of the caller's, may hold it.
        """
        alternatives = self._alternatives(security)
        schemes, known = self._signing.schemes, self._credentials
        for alternative in alternatives:
            if alternative and all(key in known for key in alternative):
                return alternative
        elsewhere = {key for key, scheme in schemes.items() if scheme.elsewhere}
        for alternative in alternatives:
            rest = tuple(key for key in alternative if key not in elsewhere)
            if rest != alternative and all(key in known for key in rest):
                return rest
        return ()

    def sign(self, security: Security) -> Signature | None:
        """What signing adds to a request of an operation; None where no credentials are known that can sign it.

        Raises:
            TypeError: A token provider is asynchronous, or a credential is no text.
        """
        keys = self.choose(security)
        return self._signed({key: _now(self._credentials[key]) for key in keys})

    async def sign_async(self, security: Security) -> Signature | None:
        """The same with asynchronous token providers."""
        keys = self.choose(security)
        return self._signed({key: await _later(self._credentials[key]) for key in keys})

    def _signed(self, credentials: Mapping[str, object]) -> Signature | None:
        """What the schemes add together, each with its credential."""
        signatures: list[Signature] = []
        for key, credential in credentials.items():
            signature = self._signing.schemes[key].sign(credential)
            if signature is None:
                raise TypeError(
                    f"the credential of {key!r} must be text, or a function that returns text"
                )
            signatures.append(signature)
        if not signatures:
            return None
        return Signature(
            tuple(pair for one in signatures for pair in one.headers),
            tuple(pair for one in signatures for pair in one.query),
            tuple(pair for one in signatures for pair in one.cookies),
            next((one.auth for one in signatures if one.auth is not None), None),
        )

    def hint(self, security: Security) -> str:
        """What to do about a 401 where nothing signed the request; empty where the API asks for nothing."""
        known = self._signing.schemes
        keys = next(iter(self._alternatives(security)), ())
        schemes = [known[key] for key in keys if key in known]
        names = [name for scheme in schemes for name in scheme.arguments]
        if not names:
            return next((scheme.hint for scheme in schemes), "")
        arguments = " and ".join(f"{name}=" for name in names)
        variables = " and ".join(filter(None, map(self._variable, names)))
        also = f" or set {variables}" if variables else ""
        return f"The client has no credentials: pass {arguments}{also}."


def _called(credential: object) -> object:
    if callable(credential):
        return cast("Callable[[], object]", credential)()
    return credential


def _now(credential: object) -> object:
    value = _called(credential)
    if isinstance(value, Awaitable):
        close = getattr(cast("object", value), "close", None)
        if close is not None:
            close()
        raise TypeError("an asynchronous token provider needs the asynchronous client")
    return value


async def _later(credential: object) -> object:
    value = _called(credential)
    if isinstance(value, Awaitable):
        return await cast("Awaitable[object]", value)
    return value
