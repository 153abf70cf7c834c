"""What can go wrong, as exceptions. All of them are `APIError`.

    APIError
      ConfigurationError        the client cannot be used as it was set up; also a ValueError
      TransportError            no response arrived
        APITimeoutError         ... in time; also a TimeoutError
      DecodeError               a response arrived that is not what the API documents
      StatusError               the API responded with a status that is no success; its subclasses name the usual ones

A wrong argument (an empty path parameter, a line break in a header) is an ordinary `ValueError` or `TypeError`,
raised before anything is sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast
from urllib.parse import unquote

if TYPE_CHECKING:
    import httpx2

BOM = b"\xef\xbb\xbf"
_CODES = "code errorCode error_code errorcode Code errcode error_id".split()
_MESSAGES = (
    "message error_description errorMessage error_message Message detail description msg reason title"
).split()
_NESTED = "error errors fault Error extensions".split()
_REQUEST_IDS = (
    "X-Request-Id Request-Id X-RequestId X-Correlation-Id Correlation-Id X-Zm-Trackingid X-Amzn-RequestId "
    "X-Ms-Request-Id X-Trace-Id Cf-Ray"
).split()
_TEXT_LIMIT = 500
_SECRET = re.compile(
    r"token|secret|passw|pwd|passphrase|credential|signature|assertion|jwt|session|authorization"
    r"|(?:api|access|private|app|auth|account|subscription|shared)[-_. ]?key|^(?:key|sig|code|auth|hmac|sas)$",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")


class APIError(Exception):
    """Anything that this client raises, wrong arguments apart.

    Attributes:
        message: What happened, without secrets.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the response: its request holds the credentials.
        kept = (
            {**vars(self), "response": None} if "response" in vars(self) else vars(self)
        )
        return _without_attributes, (type(self), self.message), kept


class ConfigurationError(APIError, ValueError):
    """The client cannot be used as it was set up: no base URL, a secret over plain HTTP."""


class TransportError(APIError):
    """No response arrived: no connection, a broken one, or a response that breaks HTTP or the size limit.

    Attributes:
        method: The request's method.
        url: Where it went, secrets hidden.
    """

    def __init__(self, message: str, *, method: str = "", url: str = "") -> None:
        super().__init__(message)
        self.method = method
        self.url = url


class APITimeoutError(TransportError, TimeoutError):
    """No response arrived in time."""


class DecodeError(APIError):
    """The response is not what the API documents: no JSON, or in strict mode another type.

    Attributes:
        problems: Where it differs, without values.
        body: The content of the response.
        response: The whole response; None after pickling.
    """

    def __init__(
        self,
        message: str,
        *,
        problems: tuple[str, ...] = (),
        body: bytes = b"",
        response: httpx2.Response | None = None,
    ) -> None:
        super().__init__(message)
        self.problems = problems
        self.body = body
        self.response = response


class StatusError(APIError):
    """The API responded with a status that is no success.

    Attributes:
        status: The HTTP status.
        code: The API's own code, where the response holds one.
        message: The API's own message, where the response holds one.
        body: The content of the response: parsed JSON, else text, None where there is none.
        response: The whole response; None after pickling, because its request holds the credentials.
        request_id: What the API calls this request, for its support.
        retry_after: Seconds after which the API asks to be called again.
        method: The request's method.
        url: Where it went, secrets hidden.
    """

    def __init__(
        self,
        status: int,
        *,
        code: str | int | None = None,
        message: str = "",
        body: Any = None,
        response: httpx2.Response | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        method: str = "",
        url: str = "",
        reason: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.body = body
        self.response = response
        self.request_id = request_id
        self.retry_after = retry_after
        self.method = method
        self.url = url
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        status = f"{self.status} {self.reason}".rstrip()
        request = f"{self.method} {self.url}" if self.method else ""
        text = ": ".join(filter(None, (request, status, self.message)))
        facts = {"code": self.code, "request id": self.request_id}
        details = [f"{name} {one}" for name, one in facts.items() if one is not None]
        if details:
            text = f"{text} ({', '.join(details)})"
        return f"{text.removesuffix('.')}. {self.hint}" if self.hint else text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class RedirectError(StatusError):
    """3xx: the API points elsewhere. It is not followed, as that could hand the credentials to another host."""


class ClientError(StatusError):
    """4xx without a class of its own."""


class BadRequestError(StatusError):
    """400: the API does not understand the request."""


class AuthenticationError(StatusError):
    """401: no credentials, or wrong ones."""


class PermissionDeniedError(StatusError):
    """403: these credentials are not allowed to do that."""


class NotFoundError(StatusError):
    """404: there is no such thing, or not for these credentials."""


class ConflictError(StatusError):
    """409: the request does not fit the present state."""


class UnprocessableEntityError(StatusError):
    """422: the API understands the request and refuses its values."""


class RateLimitError(StatusError):
    """429: too many requests; see `retry_after`."""


class ServerError(StatusError):
    """5xx: the API failed."""


def _without_attributes(kind: type[APIError], message: str) -> APIError:
    """What pickle rebuilds an error from."""
    error = kind.__new__(kind)
    APIError.__init__(error, message)
    return error


def parse_json(content: bytes) -> Any:
    """JSON as Python values. JSON is UTF-8, whatever charset a header names (RFC 8259, 8.1). ValueError where it is no
    JSON, nested too deeply, or holds a number of thousands of digits."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(content.removeprefix(BOM).decode(), parse_constant=refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def is_json(content_type: str) -> bool:
    """True where it says JSON (RFC 6839: also `+json`)."""
    media_type = content_type.partition(";")[0].strip().lower()
    known = ("application/json", "text/json")
    return media_type in known or media_type.endswith("+json")


def redacted(url: str, secret_keys: frozenset[str] = frozenset()) -> str:
    """`url` without user name and password, and with `***` for each query value whose key sounds secret."""

    def quiet(piece: str) -> str:
        key, mark, _ = piece.partition("=")
        secret = unquote(key) in secret_keys or _SECRET.search(unquote(key))
        return f"{key}=***" if mark and secret else piece

    head, mark, query = _USERINFO.sub(r"\1", url).partition("?")
    return f"{head}{mark}{'&'.join(map(quiet, query.split('&')))}"


_CLASSES: Mapping[int, type[StatusError]] = {
    3: RedirectError,
    4: ClientError,
    5: ServerError,
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}
"""By status, else by its first digit."""


def status_error(
    response: httpx2.Response, *, retry_after: float | None, hint: str
) -> StatusError:
    """The error for a response with any other status than 2xx; `hint` says what to do about a 401."""
    status, headers = response.status_code, response.headers
    kind = _CLASSES.get(status) or _CLASSES.get(status // 100, StatusError)
    body = _body(response)
    code, message = _code_and_message(body)
    hint = hint if status == 401 else ""
    location = headers.get("Location", "")
    if location and status // 100 == 3:
        hint = f"It points to {_short(redacted(location))}, which is not followed."
    return kind(
        status,
        code=code,
        message=message,
        body=body,
        response=response,
        request_id=next((headers[id] for id in _REQUEST_IDS if id in headers), None),
        retry_after=retry_after,
        method=response.request.method,
        url=str(response.request.url),
        reason=_short(response.reason_phrase),
        hint=hint,
    )


def _body(response: httpx2.Response) -> Any:
    """Parsed JSON, else text, else None. Many servers label their JSON errors as something else."""
    content = response.content
    if not content:
        return None
    is_labelled = is_json(response.headers.get("Content-Type", ""))
    if is_labelled or content.lstrip().startswith((b"{", b"[")):
        try:
            return parse_json(content)
        except ValueError:
            pass
    return response.text


def _code_and_message(body: Any) -> tuple[str | int | None, str]:
    if isinstance(body, str):
        # A page is for people with a browser.
        return None, "" if re.match(r"\s*<", body) else _short(body)
    layers = list(_layers(body, 0))
    code = next(_named(_CODES, layers), None)
    message = _text(_MESSAGES, layers)
    # OAuth 2 (RFC 6749, 5.2): `error` is the code, unless it is all there is.
    error = _text(["error"], layers)
    if message and code is None:
        code = error or None
    return code, message or error


def _layers(body: object, depth: int) -> Iterator[Mapping[str, object]]:
    """The objects in which APIs put their code and message, outermost first."""
    if isinstance(body, list):
        for first in cast("list[object]", body)[:1]:
            is_text = isinstance(first, str)
            yield from _layers({"message": first} if is_text else first, depth)
    elif isinstance(body, dict):
        layer = cast("dict[str, object]", body)
        yield layer
        if depth < 3:
            for name in _NESTED:
                if isinstance(layer.get(name), (dict, list)):
                    yield from _layers(layer[name], depth + 1)


def _named(
    names: Sequence[str], layers: list[Mapping[str, object]]
) -> Iterator[str | int]:
    """The texts and numbers that the layers have by these names."""
    for value in (layer.get(name) for layer in layers for name in names):
        if isinstance(value, str) and value.strip():
            yield _short(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            yield value


def _text(names: Sequence[str], layers: list[Mapping[str, object]]) -> str:
    texts = (value for value in _named(names, layers) if isinstance(value, str))
    return next(texts, "")


def _short(text: str) -> str:
    """One line of printable text of bearable length."""
    start = text[: 2 * _TEXT_LIMIT]
    words = "".join(one if one.isprintable() else " " for one in start).split()
    line = " ".join(words)
    return line if len(line) <= _TEXT_LIMIT else f"{line[:_TEXT_LIMIT]}…"
