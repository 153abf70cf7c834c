"""Sending, retrying and receiving: the only I/O of a client."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import aclosing, closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import httpx2

from ..errors import APITimeoutError, TransportError, status_error
from . import Call, Configuration, Signature
from .message import Outgoing, build_request, decode
from .session import ClientOptions, Session, connected

if TYPE_CHECKING:
    from .model import Mismatch

T = TypeVar("T")

_RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
"""Statuses that another attempt can change."""
_BUDGET = 120.0
"""Seconds after which no new attempt begins, whatever the server asks for."""
_LONGEST_WAIT = 60.0
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0

_log = logging.getLogger(__name__.rpartition("._runtime")[0])
_NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BROKEN = (httpx2.NetworkError, httpx2.TimeoutException, httpx2.RemoteProtocolError)
"""Those where nothing was sent are among them."""
_FAILURES = (
    *(httpx2.HTTPError, httpx2.InvalidURL),
    *(httpx2.StreamError, httpx2.CookieConflict),
)


class CapturedResponses(list[httpx2.Response]):
    """The responses to the calls made inside a `with client.capture_responses()` block, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.mismatches: list[Mismatch] = []
        """Where these responses are not of the documented type."""


_active: ContextVar[tuple[tuple[object, CapturedResponses], ...]] = ContextVar(
    "active", default=()
)
_logged: set[Mismatch] = set()
_LOGGED_LIMIT = 1000


@contextmanager
def capturing(owner: object) -> Generator[CapturedResponses, None, None]:
    """Collect what `owner`, an httpx2 client, receives in this thread or task and in the tasks that it starts."""
    responses = CapturedResponses()
    token = _active.set((*_active.get(), (owner, responses)))
    try:
        yield responses
    finally:
        _active.reset(token)


def _captured(owner: object) -> list[CapturedResponses]:
    return [responses for one, responses in _active.get() if one is owner]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, a number or a date (RFC 9110, 10.2.3); None if it is neither."""
    text = headers.get("Retry-After", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = max(0.0, (moment - datetime.now(UTC)).total_seconds())
    return seconds if 0 <= seconds < math.inf else None


def pause_before(attempt: int, asked: float | None) -> float:
    """Seconds to wait before attempt number `attempt` (the first repetition is 1), never over a minute."""
    if asked is not None:
        return min(asked, _LONGEST_WAIT)
    # Random, or all clients of a server that failed come back at the same moment.
    pause: float = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
    return pause * random.uniform(0.5, 1.0)


async def _pause(seconds: float) -> None:
    # httpx2 brings anyio, and runs on what anyio runs on. Imported here, as only a repeated asynchronous call needs it.
    from anyio import sleep

    await sleep(seconds)


class _Attempts:
    """The attempts of one call: what is sent, how long it took, and whether it is tried once more."""

    def __init__(self, session: Session, outgoing: Outgoing, auth: Any) -> None:
        self.outgoing = outgoing
        self.auth = auth
        self._session = session
        self._number = 0
        self._began = time.monotonic()
        self._timeout: dict[str, float | None] = outgoing.request.extensions["timeout"]
        self._received: list[bytes] = []
        self._length = 0

    @property
    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def begin(self) -> httpx2.Request:
        """What is sent; no phase of it outlasts the deadline."""
        request, deadline = self.outgoing.request, self._session.deadline
        self._received, self._length = [], 0
        if deadline is not None:
            left = deadline - self._elapsed
            if left <= 0:
                raise self._too_late()
            request.extensions["timeout"] = {
                phase: left if seconds is None else min(seconds, left)
                for phase, seconds in self._timeout.items()
            }
        return request

    def check_encoding(self, response: httpx2.Response) -> None:
        """Refuse content that is compressed more than once: nobody does that but to hurt."""
        if "," in response.headers.get("Content-Encoding", ""):
            raise self._failed("the response is compressed more than once")

    def receive(self, chunk: bytes) -> None:
        """Stop a response that is too long, or that trickles in."""
        self._received.append(chunk)
        self._length += len(chunk)
        limit, deadline = self._session.max_response_bytes, self._session.deadline
        if self._length > limit:
            raise self._failed(f"the response is longer than {limit} bytes")
        if deadline is not None and self._elapsed > deadline:
            raise self._too_late()

    def _too_late(self) -> TransportError:
        text = f"no response within {self._session.deadline} s in all"
        return self._failed(text, APITimeoutError)

    def _failed(
        self, text: str, kind: type[TransportError] = TransportError
    ) -> TransportError:
        request = self.outgoing.request
        method, url = request.method, str(request.url)
        return kind(f"{method} {url}: {text}", method=method, url=url)

    def pause_after_failure(self, error: Exception) -> float:
        """Seconds before the next attempt; TransportError where there is none."""
        kinds = _BROKEN if self.outgoing.repeatable else _NOTHING_SENT
        name = type(error).__name__
        pause = self._pause(None, name) if isinstance(error, kinds) else None
        if pause is not None:
            return pause
        late = isinstance(error, httpx2.TimeoutException)
        what = "no response in time" if late else "no response"
        tries = f" after {self._number + 1} attempts" if self._number else ""
        detail = f": {error}" if str(error) else ""
        kind = APITimeoutError if late else TransportError
        raise self._failed(f"{what}{tries} ({name}{detail})", kind) from error

    def pause_after(self, response: httpx2.Response) -> float | None:
        """Seconds before the next attempt, None if this response is the final one: then its content is what was received."""
        # httpx2 offers no way to say so.
        vars(response)["_content"] = b"".join(self._received)
        status = response.status_code
        if status not in _RETRIED_STATUSES or not self.outgoing.repeatable:
            return None
        return self._pause(retry_after(response.headers), str(status))

    def _pause(self, asked: float | None, why: str) -> float | None:
        if self._number >= self._session.max_retries:
            return None
        pause, deadline = pause_before(self._number + 1, asked), self._session.deadline
        end = self._elapsed + pause
        if end > _BUDGET or (deadline is not None and end >= deadline):
            return None
        self._number += 1
        text, request = "%s %s: trying again in %.1f s after %s", self.outgoing.request
        _log.info(text, request.method, request.url, pause, why)
        return pause


class _Exchange:
    """What both senders share: everything but waiting."""

    kind: ClassVar[type[httpx2.Client] | type[httpx2.AsyncClient]]

    def __init__(self, session: Session, http_client: Any, owned: bool) -> None:
        self.session = session
        self.http_client = http_client
        self.owned = owned

    @classmethod
    def connected(cls, configuration: Configuration, options: ClientOptions) -> Self:
        """The sender of a client with these arguments."""
        return cls(*connected(configuration, options, cls.kind))

    def __repr__(self) -> str:
        return f"{self.session.configuration.name} at {self.session.server}"

    def _attempts(self, call: Call[Any], signature: Signature | None) -> _Attempts:
        """Build the request of a call. The signature is in the request, and nowhere else afterwards."""
        session = self.session.changed(call.options)
        # What httpx2 itself signs with.
        auth: Any = None
        if signature is not None:
            auth = signature.auth
        elif call.operation.security != ():
            auth = session.auth
            if auth is None and session.own_auth:
                auth = httpx2.USE_CLIENT_DEFAULT
        is_async = self.kind is httpx2.AsyncClient
        signature = signature or Signature()
        outgoing = build_request(session, call, signature, is_async=is_async)
        return _Attempts(session, outgoing, auth)

    def _final(self, outgoing: Outgoing, response: httpx2.Response) -> httpx2.Response:
        """Record the response of the last attempt, and raise its error where it is one."""
        for responses in _captured(self.http_client):
            responses.append(response)
        if 200 <= response.status_code < 300:
            return response
        asked = retry_after(response.headers)
        raise status_error(response, retry_after=asked, hint=outgoing.hint)

    def _value(self, call: Call[T], response: httpx2.Response) -> T:
        """Decode a response, recording and logging where it is not as documented."""
        strict = self.session.changed(call.options).strict
        value: T
        value, found = decode(call.operation, response, strict=strict)
        for captured in _captured(self.http_client):
            captured.mismatches += found
        for mismatch in found:
            if mismatch not in _logged and len(_logged) < _LOGGED_LIMIT:
                _logged.add(mismatch)
                _log.info("%s", mismatch)
        return value


class Sender(_Exchange):
    """Sends the calls of a synchronous client."""

    http_client: httpx2.Client
    kind = httpx2.Client
    sleep: Callable[[float], None] = staticmethod(time.sleep)

    def send(self, call: Call[T]) -> T:
        """Make a call and decode its response."""
        return self._value(call, self.exchange(call))

    def exchange(self, call: Call[Any]) -> httpx2.Response:
        """Make a call and return its response, read to the end."""
        signer = self.session.signer
        signature = signer.sign(call.operation.security) if signer else None
        attempts = self._attempts(call, signature)
        while True:
            request, auth = attempts.begin(), attempts.auth
            try:
                opened = self.http_client.send(
                    request, stream=True, auth=auth, follow_redirects=False
                )
                with closing(opened) as response:
                    attempts.check_encoding(response)
                    for chunk in response.iter_bytes():
                        attempts.receive(chunk)
                pause = attempts.pause_after(response)
            except _FAILURES as error:
                pause = attempts.pause_after_failure(error)
            else:
                if pause is None:
                    return self._final(attempts.outgoing, response)
            self.sleep(pause)


class AsyncSender(_Exchange):
    """Sends the calls of an asynchronous client."""

    http_client: httpx2.AsyncClient
    kind = httpx2.AsyncClient
    sleep = staticmethod(_pause)

    async def send(self, call: Call[T]) -> T:
        """Make a call and decode its response."""
        return self._value(call, await self.exchange(call))

    async def exchange(self, call: Call[Any]) -> httpx2.Response:
        """Make a call and return its response, read to the end."""
        signer = self.session.signer
        security = call.operation.security
        signature = await signer.sign_async(security) if signer else None
        attempts = self._attempts(call, signature)
        while True:
            request, auth = attempts.begin(), attempts.auth
            try:
                opened = await self.http_client.send(
                    request, stream=True, auth=auth, follow_redirects=False
                )
                async with aclosing(opened) as response:
                    attempts.check_encoding(response)
                    async with aclosing(response.aiter_bytes()) as stream:
                        async for chunk in stream:
                            attempts.receive(chunk)
                pause = attempts.pause_after(response)
            except _FAILURES as error:
                pause = attempts.pause_after_failure(error)
            else:
                if pause is None:
                    return self._final(attempts.outgoing, response)
            await self.sleep(pause)
