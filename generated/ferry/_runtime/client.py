"""Clients, and the resources that they consist of."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar, Unpack

from . import UNSET, Arguments, Call, Configuration, Operation, Unset

if TYPE_CHECKING:
    import httpx2

    from .sender import AsyncSender, CapturedResponses, Sender
    from .session import ClientOptions, RequestOptions

# `import` of a client must be cheap. So httpx2, and every module of the runtime that needs it, is imported inside of
# the functions below: by making a client, or by the first call.

T = TypeVar("T")
S = TypeVar("S", "Sender", "AsyncSender")
R_co = TypeVar("R_co", covariant=True)


class _Group(Generic[S]):
    """What the resources of both clients share."""

    _sender: S

    def __init__(self, parent: _Group[S]) -> None:
        self._sender = parent._sender

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"


class Resource(_Group["Sender"]):
    """A group of operations of one client. Made by the client; not to be made by hand."""

    def _send(
        self,
        operation: Operation[T],
        *,
        options: RequestOptions | None = None,
        **arguments: Unpack[Arguments],
    ) -> T:
        return self._sender.send(Call(operation, arguments, options))


class AsyncResource(_Group["AsyncSender"]):
    """A group of operations of one asynchronous client. Made by the client; not to be made by hand."""

    def _send(
        self,
        operation: Operation[T],
        *,
        options: RequestOptions | None = None,
        **arguments: Unpack[Arguments],
    ) -> Coroutine[Any, Any, T]:
        return self._sender.send(Call(operation, arguments, options))


class _AnyClient(Generic[S, R_co]):
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
        from .session import RequestOptions

        options = RequestOptions(
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            max_response_bytes=max_response_bytes,
        )
        sender = self._sender
        session = sender.session.changed(options).with_headers(headers or {})
        other = object.__new__(type(self))
        other._sender = type(sender)(session, sender.http_client, owned=False)
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
    ) -> R_co:
        """Send a request that this client has no method for, signed and retried as its own calls are.

        An asynchronous client's is awaited.

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
        from .message import raw_operation

        operation = raw_operation(self._sender.session, method, path)
        arguments = Arguments(
            query=query or {}, headers=headers or {}, json=json, content=content
        )
        if form is not None:
            arguments["body"] = form
        sender: Any = self._sender
        response: R_co = sender.exchange(Call(operation, arguments, options))
        return response

    def capture_responses(self) -> AbstractContextManager[CapturedResponses]:
        """Collect the `httpx2.Response` of each call made inside a `with` block; never `async with`.

        They come in order, errors included, each as its call ended. Tasks that are started inside are seen too,
        calls of other threads are not.

        Example:
            >>> with client.capture_responses() as responses:
            ...     client.request("GET", "/status")
            >>> responses[-1].headers["X-Request-Id"]
        """
        from .sender import capturing

        return capturing(self._sender.http_client)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._sender.session.server}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a client holds connections and secrets: make another one instead of copying it"
        )


class Client(_AnyClient["Sender", "httpx2.Response"], Resource):
    """A client: connections, credentials and settings. Threads may share it.

    Use it as a context manager, or call `close()`.
    """

    def __init__(
        self, configuration: Configuration, **options: Unpack[ClientOptions]
    ) -> None:
        from .sender import Sender

        self._sender: Sender = Sender.connected(configuration, options)

    def close(self) -> None:
        """Close the connections, unless they are the caller's or another client shares them."""
        if self._sender.owned:
            self._sender.http_client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class AsyncClient(
    _AnyClient["AsyncSender", "Coroutine[Any, Any, httpx2.Response]"], AsyncResource
):
    """An asynchronous client: connections, credentials and settings. Tasks of one event loop may share it.

    Use it as an asynchronous context manager, or await `aclose()`.
    """

    def __init__(
        self, configuration: Configuration, **options: Unpack[ClientOptions]
    ) -> None:
        from .sender import AsyncSender

        self._sender: AsyncSender = AsyncSender.connected(configuration, options)

    async def aclose(self) -> None:
        """Close the connections, unless they are the caller's or another client shares them."""
        if self._sender.owned:
            await self._sender.http_client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()
