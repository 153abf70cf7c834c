"""Sending and receiving: the only I/O of a client."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import aclosing
from typing import Any, ClassVar, Self, TypeVar

import httpx2

from ..errors import APITimeoutError, TransportError
from .decode import decode
from .operation import Arguments, Operation
from .options import RequestOptions
from .recording import Mismatch, record_mismatch, record_response
from .request import Call, Outgoing, build_request, security_of
from .response import status_error
from .retry import BUDGET, RETRIED_STATUSES, pause_before, retry_after
from .session import Session

__all__ = ["AsyncSender", "Sender"]

T = TypeVar("T")

_log = logging.getLogger(__name__.rpartition("._runtime")[0])
_NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BROKEN = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)
_FAILURES = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    httpx2.CookieConflict,
)
_logged: set[Mismatch] = set()
_LOGGED_LIMIT = 1000


async def _pause(seconds: float) -> None:
    # httpx2 brings anyio, and runs on what anyio runs on. Imported here, as only a repeated asynchronous call needs it.
    from anyio import sleep

    await sleep(seconds)


class _Attempts:
    """The attempts of one call: what is sent, how long it took, and whether it is tried once more."""

    def __init__(
        self,
        session: Session,
        options: RequestOptions | None,
        outgoing: Outgoing,
        auth: Any,
    ) -> None:
        own = None if options is None else options.max_retries
        self.outgoing = outgoing
        self.auth = auth
        self._left = session.max_retries if own is None else own
        self._number = 0
        self._deadline = None if options is None else options.deadline
        self._began = time.monotonic()
        limit = None if options is None else options.max_response_bytes
        self._limit = session.max_response_bytes if limit is None else limit
        self._timeout: dict[str, float | None] = dict(
            outgoing.request.extensions["timeout"]
        )

    @property
    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def begin(self) -> None:
        """Let no phase of the next attempt outlast the deadline."""
        if self._deadline is None:
            return
        left = self._deadline - self._elapsed
        if left <= 0:
            raise self._too_late()
        self.outgoing.request.extensions["timeout"] = {
            phase: left if seconds is None else min(seconds, left)
            for phase, seconds in self._timeout.items()
        }

    def check(self, received: int) -> None:
        """Stop a response that is too long, or that trickles in."""
        if received > self._limit:
            raise self._failed(f"the response is longer than {self._limit} bytes")
        if self._deadline is not None and self._elapsed > self._deadline:
            raise self._too_late()

    def check_encoding(self, response: httpx2.Response) -> None:
        """Refuse content that is compressed more than once: nobody does that but to hurt."""
        if "," in response.headers.get("Content-Encoding", ""):
            raise self._failed("the response is compressed more than once")

    def _too_late(self) -> TransportError:
        text = f"no response within {self._deadline} s in all"
        return self._failed(text, APITimeoutError)

    def _failed(
        self, text: str, kind: type[TransportError] = TransportError
    ) -> TransportError:
        method, url = self.outgoing.method, self.outgoing.url
        return kind(f"{method} {url}: {text}", method=method, url=url)

    def pause_after_failure(self, error: Exception) -> float:
        """Seconds before the next attempt.

        Raises:
            TransportError: There is none.
        """
        again = isinstance(error, _NOTHING_SENT) or (
            self.outgoing.repeatable and isinstance(error, _BROKEN)
        )
        pause = self._pause(None, type(error).__name__) if again else None
        if pause is None:
            raise self._transport_error(error) from error
        return pause

    def pause_after(self, response: httpx2.Response) -> float | None:
        """Seconds before the next attempt, None if this response is the final one."""
        if response.status_code not in RETRIED_STATUSES or not self.outgoing.repeatable:
            return None
        return self._pause(retry_after(response.headers), str(response.status_code))

    def _pause(self, asked: float | None, why: str) -> float | None:
        if self._number >= self._left:
            return None
        pause = pause_before(self._number + 1, asked)
        end = self._elapsed + pause
        if end > BUDGET or (self._deadline is not None and end >= self._deadline):
            return None
        self._number += 1
        outgoing = self.outgoing
        _log.info(
            "%s %s: trying again in %.1f s after %s",
            outgoing.method,
            outgoing.url,
            pause,
            why,
        )
        return pause

    def _transport_error(self, error: Exception) -> TransportError:
        late = isinstance(error, httpx2.TimeoutException)
        what = "no response in time" if late else "no response"
        tries = f" after {self._number + 1} attempts" if self._number else ""
        detail = f": {error}" if str(error) else ""
        text = f"{what}{tries} ({type(error).__name__}{detail})"
        return self._failed(text, APITimeoutError if late else TransportError)


def _keep(response: httpx2.Response, chunks: list[bytes]) -> None:
    """Make `response.content` what was read under our own limit; httpx2 offers no way to say so."""
    vars(response)["_content"] = b"".join(chunks)


class _Exchange:
    """What both senders share: everything but waiting."""

    is_async: ClassVar[bool]

    def __init__(self, session: Session, http_client: Any, *, owned: bool) -> None:
        self.session = session
        self.http_client = http_client
        self.owned = owned

    def __repr__(self) -> str:
        return f"{self.session.configuration.name} at {self.session.server}"

    def sharing(self, session: Session) -> Self:
        """A sender with other settings and the same connections, which it does not own."""
        return type(self)(session, self.http_client, owned=False)

    def _keys(self, operation: Operation[Any]) -> tuple[str, ...]:
        """The schemes that sign an operation."""
        if self.session.auth is not None:
            return ()
        return self.session.signer.choose(security_of(self.session, operation))

    def _attempts(self, call: Call, *, signed: bool) -> _Attempts:
        """Build the request of a call. The signature is in the request, and nowhere else afterwards."""
        outgoing = build_request(call, is_async=self.is_async)
        auth = call.signature.auth or self._auth(call.operation, signed=signed)
        return _Attempts(self.session, call.options, outgoing, auth)

    def _auth(self, operation: Operation[Any], *, signed: bool) -> Any:
        """What httpx2 itself signs with, where our own schemes do not."""
        if operation.security == () or signed:
            return None
        if self.session.auth is None and self.session.own_auth:
            return httpx2.USE_CLIENT_DEFAULT
        return self.session.auth

    def _final(self, outgoing: Outgoing, response: httpx2.Response) -> httpx2.Response:
        """Record the response of the last attempt, and raise its error where it is one."""
        record_response(self.http_client, response)
        if not 200 <= response.status_code < 300:
            raise status_error(outgoing, response)
        return response

    def _value(
        self,
        operation: Operation[T],
        response: httpx2.Response,
        options: RequestOptions | None,
    ) -> T:
        """Decode a response, recording and logging where it is not as documented."""
        own = None if options is None else options.strict
        value, found = decode(
            operation, response, strict=self.session.strict if own is None else own
        )
        for each in found:
            mismatch = Mismatch(f"{operation.method} {operation.path}", *each)
            record_mismatch(self.http_client, mismatch)
            if mismatch not in _logged and len(_logged) < _LOGGED_LIMIT:
                _logged.add(mismatch)
                _log.info("%s", mismatch)
        result: T = value
        return result


class Sender(_Exchange):
    """Sends the calls of a synchronous client."""

    is_async = False
    sleep: Callable[[float], None] = staticmethod(time.sleep)

    def send(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> T:
        """Make a call and decode its response."""
        response = self.exchange(operation, arguments, options)
        return self._value(operation, response, options)

    def exchange(
        self,
        operation: Operation[Any],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> httpx2.Response:
        """Make a call and return its response, read to the end."""
        keys = self._keys(operation)
        attempts = self._attempts(
            Call(
                self.session,
                operation,
                arguments,
                options,
                self.session.signer.sign(keys),
            ),
            signed=bool(keys),
        )
        while True:
            attempts.begin()
            try:
                response = self._receive(attempts)
                pause = attempts.pause_after(response)
            except _FAILURES as error:
                pause = attempts.pause_after_failure(error)
            else:
                if pause is None:
                    return self._final(attempts.outgoing, response)
            self.sleep(pause)

    def _receive(self, attempts: _Attempts) -> httpx2.Response:
        http_client: httpx2.Client = self.http_client
        response = http_client.send(
            attempts.outgoing.request,
            stream=True,
            auth=attempts.auth,
            follow_redirects=False,
        )
        try:
            attempts.check_encoding(response)
            chunks: list[bytes] = []
            received = 0
            for chunk in response.iter_bytes():
                received += len(chunk)
                attempts.check(received)
                chunks.append(chunk)
            _keep(response, chunks)
        finally:
            response.close()
        return response


class AsyncSender(_Exchange):
    """Sends the calls of an asynchronous client."""

    is_async = True
    sleep = staticmethod(_pause)

    async def send(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> T:
        """Make a call and decode its response."""
        response = await self.exchange(operation, arguments, options)
        return self._value(operation, response, options)

    async def exchange(
        self,
        operation: Operation[Any],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> httpx2.Response:
        """Make a call and return its response, read to the end."""
        keys = self._keys(operation)
        attempts = self._attempts(
            Call(
                self.session,
                operation,
                arguments,
                options,
                await self.session.signer.sign_async(keys),
            ),
            signed=bool(keys),
        )
        while True:
            attempts.begin()
            try:
                response = await self._receive(attempts)
                pause = attempts.pause_after(response)
            except _FAILURES as error:
                pause = attempts.pause_after_failure(error)
            else:
                if pause is None:
                    return self._final(attempts.outgoing, response)
            await self.sleep(pause)

    async def _receive(self, attempts: _Attempts) -> httpx2.Response:
        http_client: httpx2.AsyncClient = self.http_client
        response = await http_client.send(
            attempts.outgoing.request,
            stream=True,
            auth=attempts.auth,
            follow_redirects=False,
        )
        try:
            attempts.check_encoding(response)
            chunks: list[bytes] = []
            received = 0
            async with aclosing(response.aiter_bytes()) as stream:
                async for chunk in stream:
                    received += len(chunk)
                    attempts.check(received)
                    chunks.append(chunk)
            _keep(response, chunks)
        finally:
            await response.aclose()
        return response
