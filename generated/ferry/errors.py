"""What can go wrong, as exceptions. All of them are `APIError`.

A wrong argument (an empty path parameter, a line break in a header) is an ordinary `ValueError` or `TypeError`,
raised before anything is sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast
from urllib.parse import unquote

if TYPE_CHECKING:
    import httpx2

    from ._runtime.model import Model

M = TypeVar("M", bound="Model")

BOM = b"\xef\xbb\xbf"
_CODES = "code errorCode error_code errorcode Code errcode error_id".split()
_MESSAGES = (
    "message error_description errorMessage error_message Message detail description msg reason"
).split()
_NESTED = "error errors fault Error extensions detail".split()
_INNER = (*_NESTED, *_MESSAGES, "extra")
_PLACES = "loc field key property propertyName param".split()
_DEEPEST = 6
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
    """No response arrived: no connection, a broken one, or a response that breaks HTTP or the size limit. `method` and
    `url` are those of the request, secrets hidden."""

    def __init__(self, message: str, *, method: str = "", url: str = "") -> None:
        super().__init__(message)
        self.method = method
        self.url = url


class APITimeoutError(TransportError, TimeoutError):
    """No response arrived in time."""


class DecodeError(APIError):
    """The response is not what the API documents: no JSON, bytes that are no text, or in strict mode another type.

    `problems` say where; `body` is its content; `response` is None after pickling."""

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

    def body_as(self, model: type[M]) -> M:
        """The body as a model that the method documents, read as a response is. DecodeError where it is no object."""
        body: object = self.body
        if isinstance(body, dict):
            return model.from_json(cast("dict[str, object]", body))
        raise DecodeError(f"{self}: no {model.__name__}", response=self.response)

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
    """JSON as Python values, UTF-8 whatever a header says (RFC 8259, 8.1). ValueError where it is none, or too deep."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(content.removeprefix(BOM).decode(), parse_constant=refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def is_json(content_type: str) -> bool:
    """True where it says JSON (RFC 6839: also `+json`)."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type.endswith("+json") or media_type in (
        "application/json",
        "text/json",
    )


def redacted(url: str, secret_keys: frozenset[str] = frozenset()) -> str:
    """`url` without user name and password, and with `***` for each query value whose key sounds secret."""

    def quiet(piece: str) -> str:
        key, mark, _ = piece.partition("=")
        secret = unquote(key) in secret_keys or _SECRET.search(unquote(key))
        return f"{key}=***" if mark and secret else piece

    head, mark, query = _USERINFO.sub(r"\1", url).partition("?")
    return f"{head}{mark}{'&'.join(map(quiet, query.split('&')))}"


_CLASSES: Mapping[int, type[StatusError]] = {  # by status, else by its first digit
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


def status_error(
    response: httpx2.Response, *, retry_after: float | None, hint: str
) -> StatusError:
    """The error for a response with any other status than 2xx; `hint` says what to do about a 401."""
    status, headers = response.status_code, response.headers
    kind = _CLASSES.get(status) or _CLASSES.get(status // 100, StatusError)
    body = _body(response)
    code, message = _said(body)
    hint = hint if status == 401 else ""
    location = headers.get("Location", "")
    if location and status // 100 == 3:
        hint = f"It points to {_short(redacted(location))}, which is not followed."
    return kind(
        status,
        code=_short(code) if isinstance(code, str) else code,
        message=_short(message),
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
    labelled = is_json(response.headers.get("Content-Type", ""))
    if labelled or response.content.lstrip().startswith((b"{", b"[")):
        with suppress(ValueError):
            return parse_json(response.content)
    return response.text or None


def _said(body: object, depth: int = 0) -> tuple[str | int | None, str]:
    """The code and the text in a body (no page): a title before its text, entries of a list joined, each after its place."""
    if isinstance(body, str) and not body.lstrip().startswith("<"):
        return None, body.strip()
    if isinstance(body, list) and depth < _DEEPEST:
        entries = cast("list[object]", body)[:50]
        found = [(_place(one), *_said(one, depth + 1)) for one in entries]
        texts = [f"{at}: {text}" if at and text else text for at, _, text in found]
        code = next((code for _, code, _ in found if code is not None), None)
        return code, "; ".join(dict.fromkeys(filter(None, texts)))
    if not isinstance(body, dict) or depth > _DEEPEST:
        return None, ""
    layer = cast("dict[str, Any]", body)
    lists: list[list[Any]] = [one for one in layer.values() if isinstance(one, list)]
    if len(lists) == len(layer) and not layer.keys() <= set(_INNER):
        # What is wrong with each field.
        return _said([{"field": name, "msg": layer[name]} for name in layer], depth)
    title, error = _text(layer, ["title"]), _text(layer, ["error"])
    text = _text(layer, _MESSAGES)
    inner = [layer[one] for one in _INNER if isinstance(layer.get(one), (dict, list))]
    below = [_said(one, depth + 1) for one in inner]
    more = next((said for _, said in below if said), "")
    if text:
        # Beside a text, only what says where something is wrong.
        located = [one for each in lists for one in each if _place(one)]
        more = _said(located, depth)[1]
    parts = ["" if text.startswith(title) else title, text, more]
    *first, last = [one for one in parts if one] or [""]
    message = ": ".join([*(one.rstrip(".:") for one in first), last])
    codes = (*map(layer.get, _CODES), *(code for code, _ in below))
    code = next((one for one in codes if one != "" and type(one) in (str, int)), None)
    # OAuth 2 (RFC 6749, 5.2): `error` is the code, unless it is all there is.
    if message and code is None:
        code = error or None
    return code, message or error


def _text(layer: Mapping[str, Any], names: Sequence[str]) -> str:
    texts = (value.strip() for value in map(layer.get, names) if isinstance(value, str))
    return next(filter(None, texts), "")


def _place(entry: object) -> str:
    layer = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
    loc: object = layer.get("loc")
    if isinstance(loc, list):
        return ".".join(map(str, cast("list[object]", loc)))
    return _text(layer, _PLACES)


def _short(text: str) -> str:
    """One line of printable text of bearable length."""
    start = text[: 2 * _TEXT_LIMIT]
    words = "".join(one if one.isprintable() else " " for one in start).split()
    line = " ".join(words)
    return line if len(line) <= _TEXT_LIMIT else f"{line[:_TEXT_LIMIT]}…"
