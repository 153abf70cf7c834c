"""What can go wrong, as exceptions. All of them are `APIError`.

    APIError
      ConfigurationError        the client cannot be used as it was set up; also a ValueError
      TransportError            no response arrived
        APITimeoutError         ... in time; also a TimeoutError
      DecodeError               a response arrived that is not what the API documents
      StatusError               the API responded with a status that is no success
        RedirectError           3xx
        ClientError             4xx without a class of its own
        BadRequestError         400
        AuthenticationError     401
        PermissionDeniedError   403
        NotFoundError           404
        ConflictError           409
        UnprocessableEntityError  422
        RateLimitError          429
        ServerError             5xx

A wrong argument (an empty path parameter, a line break in a header) is an ordinary `ValueError` or `TypeError`,
raised before anything is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2


class APIError(Exception):
    """Anything that this client raises, wrong arguments apart.

    Attributes:
        message: What happened, without secrets.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        # Without the response: its request holds the credentials.
        kept = (
            {**vars(self), "response": None} if "response" in vars(self) else vars(self)
        )
        return _restore, (type(self), kept)


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
        text = f"{self.method} {self.url}: {status}" if self.method else status
        if self.message:
            text = f"{text}: {self.message}"
        details = [
            f"{label} {value}"
            for label, value in (("code", self.code), ("request id", self.request_id))
            if value is not None
        ]
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


def _restore(kind: type[APIError], attributes: dict[str, Any]) -> APIError:
    """Rebuild a pickled error."""
    error = kind.__new__(kind)
    APIError.__init__(error, attributes["message"])
    vars(error).update(attributes)
    return error
