"""Groups of operations: what generated resources are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from .operation import Arguments, Operation, TextBody
from .unset import UNSET

if TYPE_CHECKING:
    from .options import RequestOptions
    from .sender import AsyncSender, Sender

__all__ = ["AsyncResource", "Resource"]

T = TypeVar("T")


class Resource:
    """A group of operations of one client. Made by the client; not to be made by hand."""

    _sender: Sender

    def __init__(self, parent: Resource) -> None:
        self._sender = parent._sender

    def _send(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        server: Mapping[str, object] | None = None,
        json: object = UNSET,
        form: Mapping[str, object] | None = None,
        multipart: Mapping[str, object] | None = None,
        content: object = UNSET,
        text: TextBody | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        arguments = Arguments(
            path, query, headers, cookies, server, json, form, multipart, content, text
        )
        return self._sender.send(operation, arguments, options)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"


class AsyncResource:
    """A group of operations of one asynchronous client. Made by the client; not to be made by hand."""

    _sender: AsyncSender

    def __init__(self, parent: AsyncResource) -> None:
        self._sender = parent._sender

    async def _send(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        server: Mapping[str, object] | None = None,
        json: object = UNSET,
        form: Mapping[str, object] | None = None,
        multipart: Mapping[str, object] | None = None,
        content: object = UNSET,
        text: TextBody | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        arguments = Arguments(
            path, query, headers, cookies, server, json, form, multipart, content, text
        )
        return await self._sender.send(operation, arguments, options)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._sender!r}>"
