"""What generated clients are made of."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NoReturn, Self

from .configuration import Configuration, Setting
from .operation import Arguments
from .resource import AsyncResource, Resource
from .unset import UNSET, Unset

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    import httpx2

    from ..auth import Credential
    from .options import RequestOptions
    from .recording import CapturedResponses
    from .sender import AsyncSender, Sender
    from .session import Session

__all__ = ["AsyncClient", "Client", "Configuration", "Setting"]

# httpx2 is imported by making a client, not by importing this module.


class Client(Resource):
    """A client: connections, credentials and settings. Threads may share it.

    Use it as a context manager, or call `close()`.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        credentials: Mapping[str, Credential] | None = None,
        settings: Mapping[str, str | None] | None = None,
        base_url: str | None = None,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int = 2,
        strict: bool = False,
        headers: Mapping[str, str] | None = None,
        auth: httpx2.Auth | None = None,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
        allow_insecure: bool = False,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        import httpx2

        from .sender import Sender
        from .session import default_timeout, new_session

        _refuse_several(http_client, transport, ssl_context)
        own = http_client is None
        if http_client is None:
            http_client = httpx2.Client(
                verify=True if ssl_context is None else ssl_context,
                transport=transport,
                timeout=default_timeout(),
                cookies=_no_cookies(),
            )
        session = new_session(
            configuration,
            credentials=credentials or {},
            settings=settings or {},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            headers=headers or {},
            auth=auth,
            allow_insecure=allow_insecure,
            http_client=http_client,
            brought=not own,
            transported=transport is not None,
            certified=ssl_context is not None,
        )
        self._sender: Sender = Sender(session, http_client, owned=own)

    def with_options(
        self,
        *,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int | None = None,
        strict: bool | None = None,
        headers: Mapping[str, str | None] | None = None,
        max_response_bytes: int | None = None,
    ) -> Self:
        """A client with other settings that shares this one's connections and credentials.

        Args:
            timeout: Seconds for each phase, an `httpx2.Timeout`, or None for no limit.
            max_retries: How often a failed call is tried again.
            strict: True: raise `DecodeError` where an answer is not of the documented type.
            headers: More headers of every request; None removes one.
            max_response_bytes: The largest answer that is read, counted after decompression.
        """
        from .sender import Sender

        session = _changed(
            self._sender.session,
            timeout,
            max_retries,
            strict,
            headers,
            max_response_bytes,
        )
        other = object.__new__(type(self))
        other._sender = Sender(session, self._sender.http_client, owned=False)
        return other

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        json: object = UNSET,
        form: Mapping[str, object] | None = None,
        content: object = UNSET,
        options: RequestOptions | None = None,
    ) -> httpx2.Response:
        """Send what this client has no method for, signed and retried as its own calls are.

        Args:
            method: Any HTTP method.
            path: Below the base URL, sent as it stands: `"/users/me"`. A URL of the same origin is fine too,
                such as a link from an answer.
            query: Query parameters; None leaves one out, a list repeats it.
            headers: More headers.
            json: A JSON body: models, mappings, lists, dates and so on.
            form: An urlencoded body.
            content: A body as text, bytes, or a file.
            options: Settings for this call.

        Raises:
            StatusError: The answer is no success.
            TransportError: No answer arrived.
            ValueError: `path` leads elsewhere.
        """
        from .request import raw_operation

        operation = raw_operation(self._sender.session, method, path)
        arguments = Arguments(
            query=query, headers=headers, json=json, form=form, content=content
        )
        return self._sender.exchange(operation, arguments, options)

    def capture_responses(self) -> AbstractContextManager[CapturedResponses]:
        """Collect the `httpx2.Response` of each call made inside a `with` block.

        They come in order, errors included, each as its call ended. Calls of other threads are not seen.

        Example:
            >>> with client.capture_responses() as responses:
            ...     client.request("GET", "/status")
            >>> responses[-1].headers["X-Request-Id"]
        """
        from .recording import capturing

        return capturing(self._sender.http_client)

    def close(self) -> None:
        """Close the connections, unless the caller brought them or another client shares them."""
        if self._sender.owned:
            self._sender.http_client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._sender.session.server}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a client holds connections and secrets: make another one instead of copying it"
        )


class AsyncClient(AsyncResource):
    """An asynchronous client: connections, credentials and settings. Tasks of one event loop may share it.

    Use it as an asynchronous context manager, or await `aclose()`.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        credentials: Mapping[str, Credential] | None = None,
        settings: Mapping[str, str | None] | None = None,
        base_url: str | None = None,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int = 2,
        strict: bool = False,
        headers: Mapping[str, str] | None = None,
        auth: httpx2.Auth | None = None,
        http_client: httpx2.AsyncClient | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        allow_insecure: bool = False,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        import httpx2

        from .sender import AsyncSender
        from .session import default_timeout, new_session

        _refuse_several(http_client, transport, ssl_context)
        own = http_client is None
        if http_client is None:
            http_client = httpx2.AsyncClient(
                verify=True if ssl_context is None else ssl_context,
                transport=transport,
                timeout=default_timeout(),
                cookies=_no_cookies(),
            )
        session = new_session(
            configuration,
            credentials=credentials or {},
            settings=settings or {},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            headers=headers or {},
            auth=auth,
            allow_insecure=allow_insecure,
            http_client=http_client,
            brought=not own,
            transported=transport is not None,
            certified=ssl_context is not None,
        )
        self._sender: AsyncSender = AsyncSender(session, http_client, owned=own)

    def with_options(
        self,
        *,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int | None = None,
        strict: bool | None = None,
        headers: Mapping[str, str | None] | None = None,
        max_response_bytes: int | None = None,
    ) -> Self:
        """A client with other settings that shares this one's connections and credentials.

        Args:
            timeout: Seconds for each phase, an `httpx2.Timeout`, or None for no limit.
            max_retries: How often a failed call is tried again.
            strict: True: raise `DecodeError` where an answer is not of the documented type.
            headers: More headers of every request; None removes one.
            max_response_bytes: The largest answer that is read, counted after decompression.
        """
        from .sender import AsyncSender

        session = _changed(
            self._sender.session,
            timeout,
            max_retries,
            strict,
            headers,
            max_response_bytes,
        )
        other = object.__new__(type(self))
        other._sender = AsyncSender(session, self._sender.http_client, owned=False)
        return other

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        json: object = UNSET,
        form: Mapping[str, object] | None = None,
        content: object = UNSET,
        options: RequestOptions | None = None,
    ) -> httpx2.Response:
        """Send what this client has no method for, signed and retried as its own calls are.

        Args:
            method: Any HTTP method.
            path: Below the base URL, sent as it stands: `"/users/me"`. A URL of the same origin is fine too,
                such as a link from an answer.
            query: Query parameters; None leaves one out, a list repeats it.
            headers: More headers.
            json: A JSON body: models, mappings, lists, dates and so on.
            form: An urlencoded body.
            content: A body as text, bytes, or a file.
            options: Settings for this call.

        Raises:
            StatusError: The answer is no success.
            TransportError: No answer arrived.
            ValueError: `path` leads elsewhere.
        """
        from .request import raw_operation

        operation = raw_operation(self._sender.session, method, path)
        arguments = Arguments(
            query=query, headers=headers, json=json, form=form, content=content
        )
        return await self._sender.exchange(operation, arguments, options)

    def capture_responses(self) -> AbstractContextManager[CapturedResponses]:
        """Collect the `httpx2.Response` of each call made inside a `with` block (not `async with`).

        They come in order, errors included, each as its call ended. Tasks that are started inside are seen too.

        Example:
            >>> with client.capture_responses() as responses:
            ...     await client.request("GET", "/status")
            >>> responses[-1].headers["X-Request-Id"]
        """
        from .recording import capturing

        return capturing(self._sender.http_client)

    async def aclose(self) -> None:
        """Close the connections, unless the caller brought them or another client shares them."""
        if self._sender.owned:
            await self._sender.http_client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._sender.session.server}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a client holds connections and secrets: make another one instead of copying it"
        )


def _refuse_several(
    http_client: object, transport: object, ssl_context: object
) -> None:
    if http_client is not None and transport is not None:
        problem = (
            "http_client= or transport=, not both: an http_client has its own transport"
        )
    elif ssl_context is not None and (http_client or transport) is not None:
        problem = (
            "ssl_context= or a transport of your own, not both: give it the certificate"
        )
    else:
        return
    from ..errors import ConfigurationError

    raise ConfigurationError(f"pass {problem}")


def _no_cookies() -> Any:
    """A jar that takes none, or an answer to one user could end in another user's request."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def _changed(
    session: Session,
    timeout: float | httpx2.Timeout | Unset | None,
    max_retries: int | None,
    strict: bool | None,
    headers: Mapping[str, str | None] | None,
    max_response_bytes: int | None,
) -> Session:
    """`session` with what is not None or UNSET in place of its own."""
    from dataclasses import replace

    from .headers import HeaderLines
    from .session import timeout_of

    lines = HeaderLines(session.headers)
    lines.update(headers or {})
    limit = (
        session.max_response_bytes if max_response_bytes is None else max_response_bytes
    )
    return replace(
        session,
        timeout=session.timeout if isinstance(timeout, Unset) else timeout_of(timeout),
        max_retries=session.max_retries if max_retries is None else max_retries,
        strict=session.strict if strict is None else strict,
        headers=lines,
        by_hand=session.by_hand | {name.lower() for name in headers or {}},
        max_response_bytes=limit,
    )
