"""The clients that generated clients inherit from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar, Unpack

from .configuration import Configuration, Setting
from .operation import Arguments
from .resource import AsyncResource, Resource
from .unset import UNSET, Unset

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    import httpx2

    from .options import RequestOptions
    from .recording import CapturedResponses
    from .sender import AsyncSender, Sender
    from .session import ClientOptions

__all__ = ["AsyncClient", "Client", "Configuration", "Setting"]

# `import` of a client must be cheap. So httpx2, and every module of the runtime that needs it, is imported inside of
# the functions below: by making a client, or by the first call.

S = TypeVar("S", "Sender", "AsyncSender")


class _ClientBase(Generic[S]):
    """What both clients share: everything that waits for nothing."""

    _sender: S

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
            strict: True: raise `DecodeError` where a response is not of the documented type.
            headers: More headers of every request; None removes one.
            max_response_bytes: The largest response that is read, counted after decompression.
        """
        session = self._sender.session.changed(
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            headers=headers or {},
            max_response_bytes=max_response_bytes,
        )
        other = object.__new__(type(self))
        other._sender = self._sender.sharing(session)
        return other

    def capture_responses(self) -> AbstractContextManager[CapturedResponses]:
        """Collect the `httpx2.Response` of each call made inside a `with` block; never `async with`.

        They come in order, errors included, each as its call ended. Tasks that are started inside are seen too,
        calls of other threads are not.

        Example:
            >>> with client.capture_responses() as responses:
            ...     client.request("GET", "/status")
            >>> responses[-1].headers["X-Request-Id"]
        """
        from .recording import capturing

        return capturing(self._sender.http_client)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._sender.session.server}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a client holds connections and secrets: make another one instead of copying it"
        )


class Client(_ClientBase["Sender"], Resource):
    """A client: connections, credentials and settings. Threads may share it.

    Use it as a context manager, or call `close()`.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
        ssl_context: ssl.SSLContext | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        import httpx2

        from .sender import Sender
        from .session import new_session, supplied_parts

        supplied = supplied_parts(http_client, transport, ssl_context)
        if http_client is None:
            http_client = httpx2.Client(**_own_client(transport, ssl_context))
        session = new_session(configuration, options, http_client, supplied)
        self._sender: Sender = Sender(session, http_client, owned=not supplied.client)

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
        """Send a request that this client has no method for, signed and retried as its own calls are.

        Args:
            method: Any HTTP method.
            path: Below the base URL, sent without encoding: `"/users/me"`. A URL of the same origin is fine too,
                such as a link from a response.
            query: Query parameters; None leaves one out, a list repeats it.
            headers: More headers.
            json: A JSON body: models, mappings, lists, dates and so on.
            form: An urlencoded body.
            content: A body as text, bytes, or a file.
            options: Settings for this call.

        Raises:
            StatusError: The response is no success.
            TransportError: No response arrived.
            ValueError: `path` leads elsewhere.
        """
        from .request import raw_operation

        operation = raw_operation(self._sender.session, method, path)
        arguments = Arguments(
            query=query, headers=headers, json=json, form=form, content=content
        )
        return self._sender.exchange(operation, arguments, options)

    def close(self) -> None:
        """Close the connections, unless they are the caller's or another client shares them."""
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


class AsyncClient(_ClientBase["AsyncSender"], AsyncResource):
    """An asynchronous client: connections, credentials and settings. Tasks of one event loop may share it.

    Use it as an asynchronous context manager, or await `aclose()`.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        http_client: httpx2.AsyncClient | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        ssl_context: ssl.SSLContext | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        import httpx2

        from .sender import AsyncSender
        from .session import new_session, supplied_parts

        supplied = supplied_parts(http_client, transport, ssl_context)
        if http_client is None:
            http_client = httpx2.AsyncClient(**_own_client(transport, ssl_context))
        session = new_session(configuration, options, http_client, supplied)
        self._sender: AsyncSender = AsyncSender(
            session, http_client, owned=not supplied.client
        )

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
        """Send a request that this client has no method for, signed and retried as its own calls are.

        Args:
            method: Any HTTP method.
            path: Below the base URL, sent without encoding: `"/users/me"`. A URL of the same origin is fine too,
                such as a link from a response.
            query: Query parameters; None leaves one out, a list repeats it.
            headers: More headers.
            json: A JSON body: models, mappings, lists, dates and so on.
            form: An urlencoded body.
            content: A body as text, bytes, or a file.
            options: Settings for this call.

        Raises:
            StatusError: The response is no success.
            TransportError: No response arrived.
            ValueError: `path` leads elsewhere.
        """
        from .request import raw_operation

        operation = raw_operation(self._sender.session, method, path)
        arguments = Arguments(
            query=query, headers=headers, json=json, form=form, content=content
        )
        return await self._sender.exchange(operation, arguments, options)

    async def aclose(self) -> None:
        """Close the connections, unless they are the caller's or another client shares them."""
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


def _own_client(transport: Any, ssl_context: ssl.SSLContext | None) -> dict[str, Any]:
    """Arguments of the httpx2 client that a client of ours makes for itself."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    from .session import default_timeout

    return {
        "verify": True if ssl_context is None else ssl_context,
        "transport": transport,
        "timeout": default_timeout(),
        # A jar that accepts nothing. Requests carry `Session.cookies`, the caller's own jar or none, and never this
        # one, which would otherwise keep what every response sets for as long as the client lives.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=())),
    }
